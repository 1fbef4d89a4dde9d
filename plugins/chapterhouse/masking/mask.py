"""A text with everything but its prose blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chapterhouse.masking.pieces import pieces

WRITING = re.compile(r"[^\r\n]+")


def mask(text: str, *, links: bool = False) -> str:
    """`text`, with NUL for every character that is not prose; ends of lines stay.

    Blanked are fenced code, code spans, tags and comments, autolinks, the marks of footnotes, the
    destinations of links and pictures, and definitions of references. The words of a link stay unless
    `links` asks for whole links to be blanked. The length never changes, so offsets hold.
    """
    return blank(text, ((piece.start if links else piece.target, piece.end) for piece in pieces(text)))


def blank(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """`text`, with NUL for the characters of each stretch (start, end) but its ends of lines."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(stretches):
        if end > done:
            first = max(start, done)  # stretches may overlap
            parts += (text[done:first], WRITING.sub(_nul, text[first:end]))
            done = end
    parts.append(text[done:])
    return "".join(parts)


def _nul(match: re.Match[str]) -> str:
    return "\0" * len(match[0])
