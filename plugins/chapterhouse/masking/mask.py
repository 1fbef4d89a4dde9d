"""A text with everything but its prose blanked out."""

from __future__ import annotations

import re

from chapterhouse.masking.pieces import pieces

WRITING = re.compile(r"[^\r\n]+")
BLANK = "\0"


def mask(text: str, *, links: bool = False) -> str:
    """`text`, with NUL for every character that is not prose; ends of lines stay.

    Blanked are fenced code, code spans, tags and comments, autolinks, the marks of footnotes, the
    destinations of links and pictures, and definitions of references. The words of a link stay unless
    `links` asks for whole links to be blanked. The length never changes, so offsets hold.
    """
    parts: list[str] = []
    done = 0
    for piece in sorted(pieces(text), key=lambda piece: piece.start):
        start = piece.start if links else piece.target
        start = max(start, done)
        if piece.end > start:
            parts += (text[done:start], WRITING.sub(_blank, text[start : piece.end]))
            done = piece.end
    parts.append(text[done:])
    return "".join(parts)


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
