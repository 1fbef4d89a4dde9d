"""Broken documents all the way: whatever the bytes, a draft that `check` lets pass, or one line."""

from __future__ import annotations

import os
import random
from collections import Counter

from chapterhouse.importers import choosing, report
from chapterhouse.importers.blocks import RefusedError, in_order
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.drafts.drafting import Imported
from chapterhouse.importers.recognising.recognise import recognise

from . import test_docx, test_html
from .conftest import DOCUMENTS, words_of, written_out
from .test_words import DAY, NEW, shown, told

EACH = int(os.environ.get("CHAPTERHOUSE_FUZZ", "500"))
"""How many of each kind; `make fuzz` tries more."""
TEXTS = [path.read_text("utf-8") for path in sorted(DOCUMENTS.iterdir())]


def broken(number: int, dice: random.Random) -> tuple[str, bytes]:
    """A page, a Word document or a text after some accidents."""
    match number % 3:
        case 0:
            return "a.html", test_html.mutated(test_html.SEEDS[number % len(test_html.SEEDS)], dice)
        case 1:
            return "a.docx", test_docx.mutated(dice)
        case _:
            name = dice.choice(("a.txt", "a.md"))
            return name, test_html.mutated(TEXTS[number % len(TEXTS)], dice)


def outcome(name: str, content: bytes) -> str:
    """What becomes of a document; anything but a draft, or a refusal in one line, is an exception."""
    try:
        document = choosing.read(name, content)
    except RefusedError as error:
        return "told in lines" if "\n" in str(error) else "refused"
    found = recognise(document)
    written = written_out(document)
    assert words_of(recognise(written)) == list(in_order(written.stretches))
    (draft,) = drafting.drafts([(name, found)], NEW, DAY)
    if not any(piece.block.kind == "note" for piece in found.pieces):
        kept = [word for is_kept, listed in told(draft) for word in listed if is_kept]
        assert "".join(shown(draft)) == "".join(kept)
    assert {fault.code for fault in draft.faults if fault.severity == "error"} == {"todo"}
    done = [Imported(name, draft=draft, written="a.md", remarks=document.remarks)]
    assert report.as_text(done)
    assert report.as_json(done)
    return "drafted"


def test_broken_documents_become_drafts_or_are_refused() -> None:
    dice = random.Random(7)
    outcomes = Counter(outcome(*broken(number, dice)) for number in range(3 * EACH))
    assert outcomes.keys() <= {"drafted", "refused"}
    assert outcomes["drafted"] > 2.8 * EACH
