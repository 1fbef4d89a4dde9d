"""The numbers of a body's paragraphs, and no more of it: for archives of thousands of versions."""

from __future__ import annotations

import re

from chapterhouse.chapters.lines import Line, scan
from chapterhouse.chapters.numbers import NUMBER, STOP, split
from chapterhouse.model import LINE_END, Numbering

POSSIBLE = {
    numbering: re.compile(rf"^({pattern}){re.escape(STOP[numbering])}(?=\s)", re.MULTILINE)
    for numbering, pattern in NUMBER.items()
}
CERTAIN = {
    numbering: re.compile(
        rf"^[ \t]*\n({pattern}){re.escape(STOP[numbering])}[ \t]+(?=[^|\s])[^|\n]*$", re.MULTILINE
    )
    for numbering, pattern in NUMBER.items()
}
SWALLOWING = ("```", "~~~", "<", "\r")
"""Signs of what can swallow the lines below it, and line ends of another kind."""


def numbered(text: str, numbering: Numbering) -> frozenset[str]:
    """The numbers of the paragraphs of a body."""
    lines = LINE_END.split(text) if "\r" in text else text.split("\n")
    found = (
        line.text for line in scan(1, lines, numbering) if isinstance(line, Line) and line.kind == "number"
    )
    return frozenset(parts[0] for parts in (split(words, numbering) for words in found) if parts)


def certain(text: str, numbering: Numbering) -> frozenset[str]:
    """Numbers that are surely those of paragraphs, found at a glance; there may be more."""
    if numbering == "none" or any(sign in text for sign in SWALLOWING):
        return frozenset()
    return frozenset(CERTAIN[numbering].findall(text))


def possible(text: str, numbering: Numbering) -> frozenset[str] | None:
    """At least the numbers of its paragraphs, found at a glance; None where they cannot be."""
    if numbering == "none":
        return frozenset()
    return None if "\r" in text else frozenset(POSSIBLE[numbering].findall(text))
