"""Fenced code: where it starts and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Only a fence that Python-Markdown takes for one: no more than the name of a language after it.
OPENING = re.compile(r"([ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*[\w#.+-]*[ \t]*$")


@dataclass(frozen=True, slots=True)
class Fence:
    """The opening line of fenced code."""

    line: int
    column: int
    """Characters before the fence, zero-based."""
    marks: str
    quoted: bool

    def holds(self, text: str) -> bool:
        """Whether the line `text` can still be inside: a fence in a quote ends with the quote."""
        return not self.quoted or text.lstrip(" \t").startswith(">")

    def closes(self, text: str) -> bool:
        """Whether the line `text` ends it: the same marks, and nothing else."""
        return text.strip(" \t>") == self.marks


def opening(text: str, line: int) -> Fence | None:
    """The fence that the line `text`, the `line`th, opens."""
    if "```" not in text and "~~~" not in text:
        return None
    match = OPENING.match(text)
    return Fence(line, match.start(2), match[2], ">" in match[1]) if match else None


def closed_fences(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The first and the last line (zero-based, both with the fence itself) of each closed fence.

    One that is never closed is code to the end of the text, or of its quote.
    """
    fence: Fence | None = None
    index = -1
    for index, text in enumerate(lines):
        if fence is not None and not fence.holds(text):
            yield fence.line, index - 1
            fence = None
        if fence is None:
            fence = opening(text, index)
        elif fence.closes(text):
            yield fence.line, index
            fence = None
    if fence is not None:
        yield fence.line, index
