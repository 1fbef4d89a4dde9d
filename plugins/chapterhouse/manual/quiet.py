"""Where a term is left alone though it is prose: in links, quotations, and where the editor says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chapterhouse.markup.allowed import NO_TERMS
from chapterhouse.masking import Piece
from chapterhouse.model import LINE_END

Stretch = tuple[int, int]

BOX = re.compile(r" {0,12}!!!")
QUOTE_BOX = re.compile(r"( {0,12})!!! *quote\b")
# What an author writes as HTML about words that are not the manual's own, or that it explains already.
ELEMENT = re.compile(r"<(q|abbr|kbd)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
ATTRIBUTES = re.compile(rf"\{{[^{{}}\n]*\.{NO_TERMS}(?![\w-])[^{{}}\n]*\}}")
LINKED = frozenset({"link", "image", "autolink"})


def stretches(text: str, found: Sequence[Piece]) -> list[Stretch]:
    """The stretches of a chapter's text in which no term is linked, headings apart; in order of their starts.

    `found` are the pieces of the text.
    """
    result = [(piece.start, piece.end) for piece in found if piece.kind in LINKED]
    if "<" in text:
        result += (match.span() for match in ELEMENT.finditer(text))
    if ">" in text or "!!!" in text:
        result += _quoted(text)
    if f".{NO_TERMS}" in text:
        result += (_refused(text, match) for match in ATTRIBUTES.finditer(text))
    return sorted(result)


def _quoted(text: str) -> Iterator[Stretch]:
    """Block quotations, boxes of the kind `quote`, and the titles of all boxes."""
    quoting = False
    box: int | None = None
    for start, line in _lines(text):
        blank = not line.strip()
        depth = len(line) - len(line.lstrip(" "))
        if box is not None and not blank and depth <= box:
            box = None
        if match := QUOTE_BOX.match(line):
            box = len(match[1])
        quoting = not blank and (quoting or line.lstrip(" ").startswith(">"))
        if quoting or box is not None or BOX.match(line):
            yield start, start + len(line)


def _refused(text: str, match: re.Match[str]) -> Stretch:
    """What an attribute list is about: emphasised words before it, else its line, else the block above."""
    start = match.start()
    before = text[start - 1 : start]
    if before in {"*", "_"} and before:
        signs = len(text[:start]) - len(text[:start].rstrip(before))
        opening = text.rfind(before * signs, 0, start - signs)
        return max(opening, 0), start
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    if text[line:start].strip(" >\t"):
        return line, start
    first = line
    while first:
        above = max(text.rfind("\n", 0, first - 1), text.rfind("\r", 0, first - 1)) + 1
        if not text[above:first].strip():
            break
        first = above
    return first, start


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in LINE_END.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]
