"""A stretch of Markdown in tokens: the words that a reader sees, and the markup and white space between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chapterhouse.masking import Piece, pieces, unescape

# Each branch that is no word is markup, or white space; what is left is a sign of its own.
TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<markup>\\(?=[\\`*_{}\[\]()>#+.!|-])|\{:[^}\r\n]*\}|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|\*+|`+|~{3,})"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<word>\w+(?:['\u2019.\-\u2010\u2011/@]\w+)*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
FOLDED = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2010\u2011", "''\"\" --")
"""Quotation marks, hyphens and spaces that a word processor puts in: to a reader they are the same."""


class Token(NamedTuple):
    """A stretch of source; `key` is what it is compared by, empty for what is no word."""

    source: str
    shown: str
    key: str


def tokens(text: str, hidden: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """All of a text in tokens, in order: their sources joined are the text.

    `hidden` are the stretches of it of which a reader sees nothing: addresses, tags, comments.
    """
    return list(_tokens(text, hidden))


def hidden(text: str) -> list[tuple[int, int]]:
    """The stretches of a Markdown text that are not shown, in order."""
    found: list[tuple[int, int]] = []
    for piece in pieces(text):
        found += _hidden(piece)
    return sorted(found)


def _hidden(piece: Piece) -> Iterator[tuple[int, int]]:
    if piece.kind in {"link", "image"}:
        yield piece.start, piece.start + (2 if piece.kind == "image" else 1)
        yield piece.target - 1, piece.end
    elif piece.kind in {"tag", "comment", "definition"}:
        yield piece.start, piece.end
    elif piece.kind == "autolink":
        yield piece.start, piece.start + 1
        yield piece.end - 1, piece.end


def _tokens(text: str, hidden: Iterable[tuple[int, int]]) -> Iterator[Token]:
    place = 0
    for start, end in (*sorted(hidden), (len(text), len(text))):
        if end <= place:
            continue  # a picture in a link: its brackets are hidden already
        yield from _visible(text[place : max(start, place)])
        place = max(start, place)
        if end > place:
            yield Token(text[place:end], "", "")
        place = end


def _visible(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        source = match[0]
        if match.lastgroup == "space":
            yield Token(source, " ", "")
        elif match.lastgroup == "markup":
            yield Token(source, "", "")
        else:
            shown = unescape(source) if match.lastgroup == "entity" else source
            key = shown if shown.isascii() else unicodedata.normalize("NFC", shown).translate(FOLDED)
            # White space may be written as `&nbsp;`.
            yield Token(source, shown, key) if key.strip() else Token(source, " ", "")
