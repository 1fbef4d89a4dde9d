"""Words as the template draws them, and where those may be broken that are too long for a line."""

from __future__ import annotations

from typing import Any

from chapterhouse.paper import widths
from chapterhouse.paper.nodes import Words


def drawn(words: Words, ems: float | None) -> Any:
    """Words as text alone, if they have no look; with `ems`, those that are longer can be broken anywhere."""
    text: Any = words.text
    if ems is not None:
        # What stands directly beside a word, in another look, is not known here.
        text = broken(words.text, ems * 0.8, code="code" in words.styles)
    looks = sorted(words.styles - {"term"})
    if not looks and "term" not in words.styles:
        return text
    return {"k": "words", "looks": looks, "quiet": "term" in words.styles, "c": text}


def broken(text: str, ems: float, *, code: bool = False) -> Any:
    """A text, or its pieces where some can be broken anywhere: these stand in lists of one."""
    pieces: list[Any] = []
    for number, word in enumerate(text.split(" ")):
        wide = widths.ems(word, code=code) > ems
        if number:
            pieces.append(" ")
        pieces.append([word] if wide else word)
    joined: list[Any] = [""]
    for piece in pieces:
        if isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined[0] if len(joined) == 1 else {"k": "pieces", "c": joined}
