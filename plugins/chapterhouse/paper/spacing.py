"""White space in running text, as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chapterhouse.paper.nodes import Address, Break, Inline, Inlines, Words

SPACE = re.compile(r"[ \t\n\r\f]+")


def tidy(run: Iterable[Inline]) -> Inlines:
    """Running text with its white space as a browser shows it, and pieces of one look in one."""
    found: list[Inline] = []
    spaced = True
    for one in run:
        if not isinstance(one, Words):
            found.append(one)
            spaced = isinstance(one, Break) or (spaced and isinstance(one, Address))
            continue
        text = SPACE.sub(" ", one.text)
        if spaced:
            text = text.removeprefix(" ")
        if not text:
            continue
        spaced = text.endswith(" ")
        last = found[-1] if found else None
        if isinstance(last, Words) and (last.styles, last.to) == (one.styles, one.to):
            found[-1] = Words(last.text + text, one.styles, one.to)
        else:
            found.append(Words(text, one.styles, one.to))
    return tuple(_trimmed(found))


def _trimmed(found: list[Inline]) -> list[Inline]:
    """Without the space at the end."""
    for place in reversed(range(len(found))):
        one = found[place]
        if isinstance(one, Words):
            text = one.text.removesuffix(" ")
            rest = found[place + 1 :]
            return [*found[:place], *([Words(text, one.styles, one.to)] if text else []), *rest]
        if not isinstance(one, Address):
            return found
    return found
