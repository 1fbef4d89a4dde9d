"""Two steps before Markdown is parsed: ask the core what is numbered, and mark those lines.

The core reads the text as its author wrote it. The marks go in after Python-Markdown has normalised
white space, which keeps every line where it was. A mark stands in place of the number, so nothing in
Markdown can take `23.` for an item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from chapterhouse import chapters
from chapterhouse.model import Body, Paragraph, Section, Source
from chapterhouse.render.context import MARK, Context
from chapterhouse.render.linking import Signs, signed, signs

OPENING = f"{STX}chapterhouse:"
MARKER = re.compile(f"{OPENING}([0-9]+){ETX}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block of the page stands: an address in the page, and its words."""

    anchor: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A section or a paragraph on its way into the page."""

    kind: type[Section | Paragraph]
    place: Place
    printed: str = ""
    """A paragraph's number as its author wrote it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the core found in the text that is being rendered, and what has become of it."""

    context: Context = field(default_factory=Context)
    body: Body = field(default_factory=Body)
    placed: list[Placed] = field(default_factory=list)
    """By the number in its marker."""
    places: dict[Element, Place] = field(default_factory=dict)
    """By the child of the root that opens each place; it lasts until the next."""
    signs: Signs = field(default_factory=dict)
    """Where words are to be linked."""


class Reader(Preprocessor):
    """Takes the mark of `marked` off the text and has the rest read by the core."""

    def __init__(self, md: Markdown, read: Callable[[str | None, Source], tuple[Context, Body]]) -> None:
        super().__init__(md)
        self.md: Markdown = md
        self.read = read
        self.reading = Reading()

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without mark and byte-order mark; what was found is in `reading`."""
        mark = MARK.match(lines[0])
        key = mark[1] if mark else None
        lines = lines[1:] if mark else lines
        source = Source(key or "", "\n".join(lines))
        context, body = self.read(key, source)
        marks = signs(context.text or source.text, context.linked, self.md.tab_length)
        self.reading = Reading(context, body, signs=marks)
        return [lines[0].removeprefix("\ufeff"), *lines[1:]] if lines else lines


class Placer(Preprocessor):
    """Writes a marker where the core found a number or a heading, and signs where words are to be linked.

    It parts a list from its sentence too.
    """

    def __init__(self, md: Markdown, reader: Reader) -> None:
        super().__init__(md)
        self.reader = reader

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with their markers."""
        reading = self.reader.reading
        body = reading.body
        items: dict[int, Section | Paragraph] = {s.line: s for s in body.sections}
        items |= {p.line: p for p in body.paragraphs}
        lists = frozenset(body.lists)
        result: list[str] = []
        for number, line in enumerate(signed(lines, reading.signs), body.line):
            item = items.get(number)
            if (item or number in lists) and result and result[-1]:
                result.append("")
            result.append(self._mark(item, line) if item else line)
        return result

    def _mark(self, item: Section | Paragraph, line: str) -> str:
        reading = self.reader.reading
        marker = f"{OPENING}{len(reading.placed)}{ETX}"
        if isinstance(item, Paragraph):
            printed = chapters.printed(item.number, reading.context.numbering)
            if not line.startswith(printed):
                raise ValueError(f"the context's body is not that of the text: no {printed} in {line[:40]!r}")
            place = Place(item.anchor, f"paragraph {item.number}")
            reading.placed.append(Placed(Paragraph, place, printed))
            return marker + line.removeprefix(printed)
        reading.placed.append(Placed(Section, Place(item.anchor, f"section {item.title}")))
        text = line.lstrip("#").lstrip(" ")
        return line.removesuffix(text) + marker + text
