"""Fenced code: where it starts and where it ends. A fence starts at the start of its line, as on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What Python-Markdown's `fenced_code` takes for an opening: nothing after it but a language or braces.
OPENING = re.compile(
    r"(`{3,}|~{3,})[ \t]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ \t]*(?:hl_lines=[\"'][^\"'\n]*[\"'])?)[ \t]*$"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """The opening line of fenced code."""

    line: int
    marks: str

    def closes(self, text: str) -> bool:
        """Whether the line `text` ends it: the same marks, and nothing else."""
        return text.startswith(self.marks) and text.rstrip(" \t") == self.marks


def opening(text: str, line: int) -> Fence | None:
    """The fence that the line `text`, the `line`th, opens."""
    if not text.startswith(("```", "~~~")):
        return None
    match = OPENING.match(text)
    return Fence(line, match[1]) if match else None


def closed_fences(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last line (zero-based, both with the fence itself) of each fence that is closed."""
    last = {text.rstrip(" \t"): index for index, text in enumerate(lines) if text.startswith(("```", "~~~"))}
    fence: Fence | None = None
    for index, text in enumerate(lines):
        if fence is None:
            fence = opening(text, index)
            if fence is not None and last.get(fence.marks, -1) <= index:
                fence = None
        elif fence.closes(text):
            yield fence.line, index
            fence = None
