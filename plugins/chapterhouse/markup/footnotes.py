"""Footnotes: each mark has its note, and each note its mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from chapterhouse.markup.text import Text
from chapterhouse.masking import Piece
from chapterhouse.model import Diagnostic

MOST_MARKS = 200
"""Of one footnote: it gets a way back to each, and Python-Markdown looks at them all for every one."""
LABEL = re.compile(r"[\w.-]{1,50}")
LINE_START = re.compile(r"(?:\A|[\r\n])\ufeff?[ \t>]{0,30}\Z")


def check(text: Text) -> Iterator[Diagnostic]:
    """Marks without a note, notes without a mark, and notes written twice."""
    marks: list[Piece] = []
    notes: dict[str, Piece] = {}
    for piece in text.pieces:
        if piece.kind != "note":
            continue
        if not LABEL.fullmatch(piece.address):
            yield text.fault(
                "broken-footnote",
                piece.start,
                piece.end,
                "the name of a footnote is made of letters, digits and hyphens",
                "write it like [^1] or [^interim]",
            )
        elif not _is_definition(text, piece):
            marks.append(piece)
        elif piece.address in notes:
            line = text.source.span(text.start + notes[piece.address].start, text.start).line
            yield text.fault(
                "broken-footnote",
                piece.start,
                piece.end,
                f"footnote {piece.address} is written twice: the first is on line {line}",
                "give this one another name, here and at its mark",
            )
        else:
            notes[piece.address] = piece
    for piece in marks:
        if piece.address not in notes:
            yield text.fault(
                "broken-footnote",
                piece.start,
                piece.end,
                f"there is no footnote {piece.address}",
                f"write it at the end of the chapter: [^{piece.address}]: Its text.",
            )
    yield from _crowded(text, marks)
    used = {piece.address for piece in marks}
    for label, piece in notes.items():
        if label not in used:
            yield text.fault(
                "unused-footnote",
                piece.start,
                piece.end,
                f"nothing in the text leads to footnote {label}",
                f"write [^{label}] where it belongs, or delete it",
            )


def _crowded(text: Text, marks: list[Piece]) -> Iterator[Diagnostic]:
    for label, count in Counter(piece.address for piece in marks).items():
        if count > MOST_MARKS:
            piece = [mark for mark in marks if mark.address == label][MOST_MARKS]
            yield text.fault(
                "too-large",
                piece.start,
                piece.end,
                f"{count:,} marks lead to footnote {label}, and {MOST_MARKS} is the most",
                "say it in the text, or write the note again under another name",
            )


def _is_definition(text: Text, piece: Piece) -> bool:
    return (
        text.body.startswith(":", piece.end)
        and LINE_START.search(text.body, max(0, piece.start - 32), piece.start) is not None
    )
