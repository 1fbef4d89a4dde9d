"""What became of each imported document: recognised, dropped, moved, and what needs a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from chapterhouse.chapters import sequence
from chapterhouse.chapters.numbers import numerals
from chapterhouse.diagnostics import CODES, printers
from chapterhouse.fields.shapes import TODO
from chapterhouse.importers.blocks import Loss
from chapterhouse.importers.drafts.drafting import Draft, Imported
from chapterhouse.importers.drafts.leading import Lost
from chapterhouse.importers.recognising.numbering import dotted_number
from chapterhouse.importers.recognising.recognised import Moved, Piece, Recognised
from chapterhouse.manual.printing import counted
from chapterhouse.manual.tree import PARTS
from chapterhouse.model import Diagnostic

SCHEMA = 1
SHOWN = 100
"""Characters of a text that a line of the report shows."""
MOST_DOUBTS = 50
"""How many of them the report for a person names."""
WHY = {
    "furniture": "menu, button or print line of the website",
    "hidden": "nobody saw it",
    "deleted": "struck out in the source",
    "picture": "describes a picture, which is not kept",
    "markup": "code of the file",
    "unread": "could not be read",
}
ASKED = {
    "owner": "who owns the chapter",
    "since": "the day since which it is under review",
    "still_applies": "true if the text still applies, or false",
    "meanwhile": "what staff follow meanwhile",
    "paragraphs": "which paragraphs are under review",
    "expected": "the day by which the review is expected to end",
}
"""What a person writes in the place of each TODO."""
TO_FRONT_MATTER = {
    "title": "the chapter's number and title",
    "under_review": "the notice that the chapter is under review",
    "amendments": "a comment: record the amendment yourself",
}


def as_json(files: Sequence[Imported]) -> str:
    """The report for programs, as `schema/import.schema.json` describes it."""
    return (
        json.dumps({"schema": SCHEMA, "files": [_one(one) for one in files]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _one(one: Imported) -> dict[str, Any]:
    if one.draft is None:
        return {"path": one.path, "refused": one.refused}
    draft, found = one.draft, one.draft.recognised
    return {
        "path": one.path,
        "draft": one.written,
        "chapter": {"number": draft.number, "title": draft.title, "numbering": found.numbering},
        "recognised": {name.replace(" ", "_"): count for name, count in counts(found).items()},
        "sections": list(found.section_titles),
        "paragraphs": list(found.paragraph_numbers),
        "gaps": list(gaps(found)),
        "front_matter": [
            {"text": part.text, "place": part.place, "as": part.where}
            for part in found.stretches
            if isinstance(part, Moved)
        ],
        "dropped": [
            {"text": part.text, "place": part.place, "why": part.why, "remark": part.remark}
            for part in found.stretches
            if isinstance(part, Loss)
        ],
        "person": list(person(one, sys.maxsize)),
        "law": _faults(_of_law(draft)),
        "references": _faults(_of_references(draft)),
        "accepted": _faults(draft.accepted),
        "left": _faults(draft.left),
        "links": [{"text": lost.words, "address": lost.address, "leads": lost.leads} for lost in draft.lost],
        "remarks": list(one.remarks),
    }


def _faults(faults: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "message": one.message,
            "hint": one.hint,
            "line": one.span.line,
            "column": one.span.column,
        }
        for one in faults
    ]


def counts(found: Recognised) -> dict[str, int]:
    """How many blocks of each kind, by what one is called; an item or note of several paragraphs is one."""
    headings = [piece for piece in found.pieces if piece.block.kind == "heading"]
    others = sum(not piece.number for piece in headings)
    kinds = [piece.block.kind for piece in found.pieces]
    return {
        "section": len(headings) - others,
        "other heading": others,
        "numbered paragraph": len(found.paragraph_numbers),
        "list item": sum(piece.block.kind == "item" and bool(piece.block.marker) for piece in found.pieces),
        "table": kinds.count("table"),
        "footnote": len({piece.block.name for piece in found.pieces if piece.block.kind == "note"}),
        "quote": kinds.count("quote"),
        "code block": kinds.count("code"),
        "other paragraph": sum(
            piece.block.kind == "paragraph" and not piece.number for piece in found.pieces
        ),
    }


def gaps(found: Recognised) -> Iterator[str]:
    """The numbers that are missing between those of the source, as `check` finds them."""
    pieces = [piece for piece in found.pieces if piece.number]
    paragraphs = (piece.number for piece in pieces if piece.block.kind != "heading")
    titles = (dotted_number(piece.block.text) for piece in found.pieces if piece.block.kind == "heading")
    known = frozenset(numerals(number) for number in (*paragraphs, *titles) if number)
    return sequence.gaps(((piece.number, piece.block.kind == "heading") for piece in pieces), known)


def doubts(found: Recognised, most: int = MOST_DOUBTS) -> Iterator[str]:
    """What looks like numbers of paragraphs or sections and was kept as words, in a sentence; or nothing."""
    unsure = [f"{piece.doubt} ({piece.block.place})" for piece in found.pieces if piece.doubt]
    if unsure:
        more = f" and {len(unsure) - most} more (--format json names all)" if len(unsure) > most else ""
        yield (
            "These look like numbers of paragraphs or sections, but stand twice, do not follow those before,"
            " belong to an annex, measure something, or have another form. They stayed in the text:"
            f" {', '.join(unsure[:most])}{more}."
        )


def person(one: Imported, most: int = MOST_DOUBTS) -> Iterator[str]:
    """What only a person can settle, in sentences; of doubtful numbers not more than `most`."""
    if one.draft is None:
        return
    yield from _named(one.draft)
    yield from _before_publishing(one.draft)
    found = one.draft.recognised
    for missing in gaps(found):
        yield f"The source has no paragraph {missing}."
    yield from doubts(found, most)
    for piece in empty_ends(found):
        yield (
            f"Nothing follows the colon at {piece.block.place}{_numbered(piece)}:"
            " a list or table may already be missing in the file."
        )
    for piece in one.draft.plain:
        yield (
            f"{piece.block.place}: the words stand as plain text, without number, list, table or link:"
            f" {_short(piece.block.text)}"
        )


def _named(draft: Draft) -> Iterator[str]:
    found = draft.recognised
    if not found.number:
        yield f"The document has no chapter number. We numbered it {draft.number}: choose its number."
    elif found.number != draft.number:
        yield (
            f"The document is numbered {found.number}, and so is another chapter, or no chapter can be."
            f" We numbered it {draft.number}: choose its number."
        )
    if not found.title:
        yield f"The document has no title. We called it {draft.title}: choose its title."


def _before_publishing(draft: Draft) -> Iterator[str]:
    for fault in draft.faults:
        if fault.code == "todo":
            key = draft.source.line(fault.span.line).partition(":")[0].strip()
            what = ASKED.get(key, "what is so")
            yield f"Line {fault.span.line}: write {what} in the place of {TODO} (`{key}:`)."
        elif fault.code == "unknown-part":
            part = draft.slug.partition("/")[0]
            yield f"The part {part} is new: write a line `{part}:` with its title under `parts:` in {PARTS}."
    yield "You give the day from which the chapter applies when you publish it."
    if draft.beside:
        yield (
            f"It links to {', '.join(draft.beside)}, imported with it:"
            " delete `status: draft` in all of them before you publish the first."
        )
    if draft.accepted:
        yield (
            f"{counted(len(draft.accepted), 'fault')} below {'is' if len(draft.accepted) == 1 else 'are'}"
            " accepted for now, under `accept:`. Look at each: put the text right, or say there why it is"
            " right as it is."
        )
    if draft.left:
        yield (
            f"{counted(len(draft.left), 'more fault')} {'is' if len(draft.left) == 1 else 'are'} not accepted"
            " at the top of the draft: put the text right, as check says at each."
        )


def _numbered(piece: Piece) -> str:
    return f", paragraph {piece.number}" if piece.number else ""


def empty_ends(found: Recognised) -> Iterator[Piece]:
    """Pieces that end with a colon, and that no list, table or text follows before the next number."""
    pieces = found.pieces
    for here, after in zip_longest(pieces, pieces[1:]):
        opens = here.block.kind == "paragraph" and here.block.text.endswith(":")
        if opens and (after is None or after.number or after.block.kind == "heading"):
            yield here


def _of_law(draft: Draft) -> Iterator[Diagnostic]:
    return (fault for fault in (*draft.accepted, *draft.faults) if CODES[fault.code].cited)


def _of_references(draft: Draft) -> Iterator[Diagnostic]:
    return (fault for fault in (*draft.accepted, *draft.faults) if fault.code == "broken-reference")


def _accepted_besides(draft: Draft) -> Iterator[Diagnostic]:
    told = {*_of_law(draft), *_of_references(draft)}
    return (fault for fault in draft.accepted if fault not in told)


def as_text(files: Sequence[Imported]) -> str:
    """The report for a person."""
    return "\n".join(printers.visible(line) for one in files for line in _lines(one)) + "\n"


def _lines(one: Imported) -> Iterator[str]:
    if one.draft is None:
        yield f"{one.path}: not imported: {one.refused}"
        return
    draft = one.draft
    found = draft.recognised
    yield f"{one.path}: imported as {one.written}"
    yield f"  {draft.number} {draft.title}"
    made = counts(found)
    # Where no heading has a number, none is another.
    names = {} if made["section"] else {"other heading": "heading"}
    yield "  " + ", ".join(counted(count, names.get(what, what)) for what, count in made.items() if count)
    groups = {
        "Moved to the top of the draft": [
            f"{part.place}: {_line(part.text)} ({TO_FRONT_MATTER[part.where]})"
            for part in found.stretches
            if isinstance(part, Moved)
        ],
        "Dropped": [
            f"{part.place}: {_line(part.text)} ({part.remark or WHY[part.why]})"
            for part in found.stretches
            if isinstance(part, Loss)
        ],
        "For you to settle": list(person(one)),
        "Law to look at": list(_told(_of_law(draft))),
        "References that lead nowhere": list(_told(_of_references(draft))),
        "Other faults that are accepted for now": list(_told(_accepted_besides(draft))),
        "Faults that check still finds": list(_told(draft.left)),
        "Links that do not lead where they did": [_lost(lost) for lost in draft.lost],
        "About the file": list(one.remarks),
    }
    for title, lines in groups.items():
        if lines:
            yield f"  {title}:"
            yield from (f"    {line}" for line in lines)
    yield ""


def _told(faults: Iterable[Diagnostic]) -> Iterator[str]:
    """Faults in the order of the draft, each with its cure where that is another than the last."""
    before = ""
    for fault in sorted(faults, key=lambda one: (one.span.line, one.span.column)):
        yield f"line {fault.span.line}: {fault.message} ({fault.code})"
        if fault.hint and fault.hint != before:
            yield f"  help: {fault.hint}"
        before = fault.hint


def _lost(lost: Lost) -> str:
    leads = f"leads to {lost.leads}" if lost.leads else "its words alone are kept"
    return f"{_short(lost.words)} ({_short(lost.address)}): {leads}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}\u2026"
