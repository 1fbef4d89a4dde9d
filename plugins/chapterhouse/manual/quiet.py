"""Where a term is left alone though it is prose: in links, quotations, and where the editor says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from chapterhouse.markup.allowed import NO_TERMS
from chapterhouse.masking import Piece, blank
from chapterhouse.model import LINE_END

Stretch = tuple[int, int]

BOX = re.compile(r" {0,12}!!!")
QUOTE_BOX = re.compile(r"( {0,12})!!! *quote\b")
QUOTATION = re.compile(r" *(?:(?:[-*+]|[0-9]{1,9}[.)]|[A-Za-z][.)]) +)*>")
# What an author writes as HTML about words that are not the manual's own, or that it explains already.
TAG = re.compile(r"<(/?)(q|abbr|kbd)\b", re.IGNORECASE)
ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
CLASS = re.compile(rf"\.{NO_TERMS}(?![\w-])")
LINKED = frozenset({"link", "image", "autolink"})
CODE = frozenset({"code", "fence"})


def stretches(text: str, found: Sequence[Piece]) -> list[Stretch]:
    """The stretches of a chapter's text in which no term is linked, headings apart; in order of their starts.

    `found` are the pieces of the text.
    """
    result = [(piece.start, piece.end) for piece in found if piece.kind in LINKED]
    result += _elements(text, found)
    prose = blank(text, ((piece.start, piece.end) for piece in found if piece.kind in CODE))
    if ">" in prose or "!!!" in prose:
        result += _quoted(prose)
    if f".{NO_TERMS}" in prose:
        result += _refused(prose)
    return sorted(result)


def free(quiet: Sequence[Stretch], words: Sequence[Stretch]) -> Iterator[bool]:
    """Whether each of some words, in the order of a text, shares nothing with the quiet stretches of it."""
    reach = 0
    waiting = iter(quiet)
    following = next(waiting, None)
    for start, end in words:
        while following and following[0] < end:
            reach = max(reach, following[1])
            following = next(waiting, None)
        yield start >= reach


def _elements(text: str, found: Sequence[Piece]) -> Iterator[Stretch]:
    """The HTML elements in which no term is linked, from tag to tag; one may stand in another."""
    opened: dict[str, list[int]] = {}
    for piece in found:
        tag = TAG.match(text, piece.start) if piece.kind == "tag" else None
        if tag is None:
            continue
        starts = opened.setdefault(tag[2].lower(), [])
        if not tag[1]:
            starts.append(piece.start)
        elif starts:
            yield starts.pop(), piece.end


def _quoted(text: str) -> Iterator[Stretch]:
    """Block quotations, boxes of the kind `quote`, and the titles of all boxes."""
    quoting = False
    box: int | None = None
    for start, written in _lines(text):
        line = written.expandtabs(4)
        empty = not line.strip()
        depth = len(line) - len(line.lstrip(" "))
        if box is not None and not empty and depth <= box:
            box = None
        if match := QUOTE_BOX.match(line):
            box = len(match[1])
        quoting = not empty and (quoting or QUOTATION.match(line) is not None)
        if quoting or box is not None or BOX.match(line):
            yield start, start + len(written)


def _refused(text: str) -> Iterator[Stretch]:
    """What attribute lists are about: emphasised words before one, else its line, else the block above."""
    starts: list[int] = []
    tops: list[int] = []
    top = -1
    for start, line in _lines(text):
        if not line.strip():
            top = -1
        elif top < 0:
            top = start
        starts.append(start)
        tops.append(top)
    for match in ATTRIBUTES.finditer(text):
        if CLASS.search(match[0]):
            end = match.start()
            here = bisect_right(starts, end) - 1
            if text[end - 1 : end] in {"*", "_"}:
                yield _emphasised(text, end, tops[here]), end
            else:
                alone = not text[starts[here] : end].strip(" >\t")
                yield tops[here] if alone else starts[here], end


def _emphasised(text: str, end: int, top: int) -> int:
    """Where the emphasis opens that closes at `end`; where none does, the start of its block."""
    sign = text[end - 1]
    closing = end - 1
    while closing > top and text[closing - 1] == sign:
        closing -= 1
    return max(text.rfind(sign * (end - closing), top, closing), top)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in LINE_END.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]
