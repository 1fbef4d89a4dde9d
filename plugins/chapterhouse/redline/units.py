"""A chapter's text in units: its headings, its paragraphs, and what stands in neither. None is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chapterhouse.model import Chapter, Paragraph, Section
from chapterhouse.redline.change import UnitKind

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Unit:
    """A stretch of a chapter's text that is compared with its like."""

    kind: UnitKind
    anchor: str
    """Of text that stands in no paragraph, the anchor of its section."""
    numbered: bool
    """Whether the anchor is a number that its author wrote."""
    source: str
    printed: int
    """How many of its first characters are its number, or the marks and number of a heading."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, the number left out."""
        return tuple(WORD.findall(self.source, self.printed))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.words)


def units(chapter: Chapter) -> tuple[Unit, ...]:
    """Every unit of a chapter, in order: their sources joined are its text."""
    return tuple(_units(chapter))


def _units(chapter: Chapter) -> Iterator[Unit]:
    items: list[Section | Paragraph] = [*chapter.body.sections, *chapter.body.paragraphs]
    items.sort(key=lambda item: item.line)
    text, starts = chapter.text, [_offset(chapter, item.line) for item in items]
    section = ""
    yield from _rest(text, 0, starts[0] if starts else len(text), section)
    for item, start, stop in zip(items, starts, [*starts, len(text)][1:], strict=True):
        last = item.line if isinstance(item, Section) else item.end_line
        end = min(_offset(chapter, last + 1), stop)
        if not text[end:stop].strip():
            end = stop
        source = text[start:end]
        if isinstance(item, Section):
            section = item.anchor
            yield Unit("section", section, bool(item.number), source, _heading(source, item))
        else:
            # A byte-order mark may stand before the number of a text without front matter.
            printed = len(source) - len(source.lstrip("\ufeff")) + len(item.number)
            printed += source[printed : printed + 1] == "."
            yield Unit("paragraph", item.anchor, numbered=True, source=source, printed=printed)
        yield from _rest(text, end, stop, section)


def _rest(text: str, start: int, stop: int, section: str) -> Iterator[Unit]:
    if start < stop:
        yield Unit("text", section, numbered=False, source=text[start:stop], printed=0)


def _offset(chapter: Chapter, line: int) -> int:
    """Where a line begins in the chapter's text; its end beyond the last line."""
    starts = chapter.source.starts
    return max(starts[line - 1] - chapter.start, 0) if line <= len(starts) else len(chapter.text)


def _heading(source: str, section: Section) -> int:
    marks = len(source) - len(source.lstrip("# \t"))
    number = f"{section.number}."
    return marks + len(number) if section.number and source.startswith(number, marks) else marks
