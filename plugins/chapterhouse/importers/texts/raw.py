"""HTML in Markdown: read as pages are, so that it has no more power than theirs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chapterhouse.importers.blocks import Block, Loss
from chapterhouse.importers.pages.elements import BLOCKS
from chapterhouse.importers.pages.html import parsed
from chapterhouse.importers.pages.walking import Walk

MOST_STRETCHES = 5_000
"""Of HTML in one text. What comes after these is words, and its tags are listed."""
UNTIL_END = frozenset(("script", "style", "pre", "textarea"))
"""Elements that go on across empty lines."""
DRESS = frozenset(("b", "strong", "i", "em"))
_INLINE = frozenset(
    "a abbr acronym area audio base bdi bdo big br button canvas cite code col colgroup data defs del dfn"
    " embed font iframe img input ins kbd label link map mark meta object output picture q rp rt ruby s samp"
    " select small source span strike sub sup svg template time tt u var video wbr".split()
)
_OF_DRAWINGS = frozenset("circle desc ellipse g line path polygon polyline rect text tspan use".split())
TAGS = BLOCKS | UNTIL_END | DRESS | _INLINE | _OF_DRAWINGS
"""Tags that are tags: `<name of the child>` is words."""
_TAG = re.compile(r"<(?=/?([A-Za-z][A-Za-z0-9]{0,30}))")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
"""In a text that ends with one, so that each is found at once."""
_START = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>]|$)")
_LINE = re.compile(r"line ([0-9]+)")


def begins(line: str) -> str:
    """The name of the element with which HTML begins at a line; empty where none does."""
    found = _START.match(line.lstrip()) if line.lstrip()[:1] == "<" else None
    name = found[1].lower() if found else ""
    return name if name in BLOCKS or name in UNTIL_END else ""


def ends_of(lines: Iterable[str]) -> dict[str, int]:
    """The last line that ends each element which goes on across empty lines, and that ends a comment."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines):
        if "</" in line or "-->" in line:
            low = line.lower()
            found.update((name, at) for name in UNTIL_END if f"</{name}" in low)
            if "-->" in low:
                found["!--"] = at
    return found


def parts(written: str, above: int) -> tuple[list[Block | Loss], tuple[str, ...]]:
    """What HTML says, with remarks. `above` lines of the file stand above it."""
    end = written.rfind("-->") + len("-->")
    shown = _COMMENT.sub(_hidden, written[:end]) + written[end:]
    walk = Walk(parsed(_TAG.sub(_known, shown)))
    return [_lower(part, above) for part in walk.parts()], walk.remarks


def _hidden(found: re.Match[str]) -> str:
    """A comment as words that nobody sees, so that they are listed."""
    return f"<span hidden>{html.escape(found[1])}</span>"


def _known(found: re.Match[str]) -> str:
    return "<" if found[1].lower() in TAGS else "&lt;"


def _lower(part: Block | Loss, above: int) -> Block | Loss:
    place = _LINE.sub(lambda found: f"line {int(found[1]) + above}", part.place)
    if isinstance(part, Loss):
        return replace(part, place=place)
    rows = tuple(
        tuple(replace(cell, blocks=tuple(_blocks(cell.blocks, above))) for cell in row) for row in part.rows
    )
    return replace(part, place=place, rows=rows)


def _blocks(blocks: Iterable[Block], above: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(lower := _lower(block, above), Block):
            yield lower
