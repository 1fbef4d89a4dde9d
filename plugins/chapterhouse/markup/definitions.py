"""Definitions of references: `[label]: address "words"`, which are taken out of the page."""

from __future__ import annotations

from collections.abc import Iterator

from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic


def check(text: Text) -> Iterator[Diagnostic]:
    """Definitions that no link uses, and second ones of a label: their words would be lost."""
    if "]:" not in text.body:
        return
    found = [piece for piece in text.pieces if piece.kind == "definition"]
    # Each label is read as a link too.
    own = {text.body.find("[", piece.start) for piece in found}
    used = {p.label for p in text.pieces if p.kind in {"link", "image"} and p.label and p.start not in own}
    first: dict[str, int] = {}
    for piece in found:
        label = text.body.find("[", piece.start)
        shown = " ".join(piece.label[:40].split())
        if piece.label in first:
            line = text.source.span(text.start + first[piece.label], text.start).line
            wrong = f"[{shown}] is defined twice, and this line is not shown: the first is on line {line}"
        elif piece.label not in used:
            wrong = f"this is taken for the address of [{shown}], which no link uses, and is not shown"
        else:
            first[piece.label] = label
            continue
        yield text.fault(
            "unused-definition",
            label,
            piece.end,
            wrong,
            "delete it; to have it in the text, write a backslash before the bracket: \\[",
        )
