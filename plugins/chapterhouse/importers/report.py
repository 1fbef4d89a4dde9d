"""What became of each imported document: recognised, dropped, moved, and what needs a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from chapterhouse.chapters import sequence
from chapterhouse.chapters.numbers import numerals
from chapterhouse.diagnostics import CODES
from chapterhouse.importers.blocks import Loss
from chapterhouse.importers.drafts.drafting import Draft
from chapterhouse.importers.recognising.numbering import dotted_number
from chapterhouse.importers.recognising.recognised import Moved, Piece, Recognised
from chapterhouse.model import Diagnostic

SCHEMA = 1
SHOWN = 100
"""Characters of a text that a line of the report shows."""
MOST_DOUBTS = 20
"""How many of them the report names."""
WHY = {
    "furniture": "belongs to the site that showed it",
    "hidden": "nobody saw it",
    "deleted": "struck out by a tracked change",
    "picture": "describes a picture, which is not kept",
    "markup": "says how the file is made",
    "unread": "could not be read",
}
TO_FRONT_MATTER = {
    "title": "chapter and title",
    "under_review": "under_review",
    "amendments": "a comment",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """One document, and what was made of it."""

    path: str
    """As it was named."""
    refused: str = ""
    """Why it was not read; then there is no draft."""
    draft: Draft | None = None
    written: str = ""
    """Where the draft stands."""
    remarks: tuple[str, ...] = ()


def as_json(files: Sequence[Imported]) -> str:
    """The report for programs. Its schema stands in docs/data.md."""
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
        "recognised": counts(found),
        "sections": list(found.section_titles),
        "paragraphs": list(found.paragraph_numbers),
        "gaps": list(gaps(found)),
        "front_matter": [
            {"text": part.text, "place": part.place, "as": TO_FRONT_MATTER[part.where]}
            for part in found.stretches
            if isinstance(part, Moved)
        ],
        "dropped": [
            {"text": part.text, "place": part.place, "why": part.why, "remark": part.remark}
            for part in found.stretches
            if isinstance(part, Loss)
        ],
        "person": list(person(one)),
        "law": [_fault(fault) for fault in _of_law(draft)],
        "references": [_fault(fault) for fault in draft.accepted if fault.code == "broken-reference"],
        "links": [{"text": words, "address": address} for words, address in draft.nowhere],
        "remarks": list(one.remarks),
    }


def _fault(fault: Diagnostic) -> dict[str, Any]:
    return {"code": fault.code, "message": fault.message, "hint": fault.hint}


def counts(found: Recognised) -> dict[str, int]:
    """How many of each kind of block the draft has."""
    kinds = [piece.block.kind for piece in found.pieces]
    return {
        "sections": len(found.section_titles),
        "numbered paragraphs": len(found.paragraph_numbers),
        "items": kinds.count("item"),
        "tables": kinds.count("table"),
        "footnotes": kinds.count("note"),
        "quotes": kinds.count("quote"),
        "other paragraphs": sum(
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


def doubts(found: Recognised) -> Iterator[str]:
    """What looks like the numbers of paragraphs and was kept as words, in a sentence; or nothing."""
    unsure = [f"{piece.doubt} ({piece.block.place})" for piece in found.pieces if piece.doubt]
    if unsure:
        more = f" and {len(unsure) - MOST_DOUBTS} more" if len(unsure) > MOST_DOUBTS else ""
        yield (
            "These look like numbers of paragraphs, but stand twice, do not follow those before, or have"
            f" another form. They are words of the draft: {', '.join(unsure[:MOST_DOUBTS])}{more}."
        )


def person(one: Imported) -> Iterator[str]:
    """What only a person can settle, in sentences."""
    draft = one.draft
    if draft is None:
        return
    found = draft.recognised
    if not found.number:
        yield f"The document has no chapter number: {draft.number} was given."
    elif found.number != draft.number:
        yield f"Another chapter is {found.number} already: {draft.number} was given."
    if not found.title:
        yield f"The document has no title: {draft.title} was given."
    for fault in draft.faults:
        if fault.code == "todo":
            yield f"{fault.message[:1].upper()}{fault.message[1:]} (line {fault.span.line})."
    yield "The effective date is given when the chapter is published."
    for missing in gaps(found):
        yield f"There is no paragraph {missing}."
    yield from doubts(found)
    for piece in empty_ends(found):
        yield (
            f"Nothing follows the colon at {piece.block.place}{_numbered(piece)}:"
            " a list or table may have been lost before."
        )
    for piece in draft.plain:
        yield f"{piece.block.place} was kept as plain words: {_short(piece.block.text)}"


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


def as_text(files: Sequence[Imported]) -> str:
    """The report for a person."""
    return "\n".join(line for one in files for line in _lines(one)) + "\n"


def _lines(one: Imported) -> Iterator[str]:
    if one.draft is None:
        yield f"{one.path}: not imported: {one.refused}"
        return
    draft = one.draft
    found = draft.recognised
    yield f"{one.path}: {one.written}"
    yield f"  {draft.number} {draft.title}"
    yield "  " + ", ".join(f"{count} {what}" for what, count in counts(found).items() if count)
    groups = {
        "In the front matter": [
            f"{part.place}: {_short(part.text)} ({TO_FRONT_MATTER[part.where]})"
            for part in found.stretches
            if isinstance(part, Moved)
        ],
        "Dropped": [
            f"{part.place}: {_short(part.text)} ({part.remark or WHY[part.why]})"
            for part in found.stretches
            if isinstance(part, Loss)
        ],
        "For a person": list(person(one)),
        "Law that does not hold": [f"{fault.code}: {fault.message}" for fault in _of_law(draft)],
        "References that lead nowhere": [
            f"{fault.message}" for fault in draft.accepted if fault.code == "broken-reference"
        ],
        "Links that lead nowhere": [f"{words} ({address})" for words, address in draft.nowhere],
        "Of the file": list(one.remarks),
    }
    for title, lines in groups.items():
        if lines:
            yield f"  {title}:"
            yield from (f"    {line}" for line in lines)
    yield ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}\u2026"
