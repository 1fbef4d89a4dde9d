"""A chapter's text, read once for all that is looked for in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, partial
from weakref import WeakKeyDictionary

from chapterhouse.glossary import Finder, Found
from chapterhouse.manual.keeping import Kept
from chapterhouse.manual.places import Place, places
from chapterhouse.masking import Piece, blank, pieces
from chapterhouse.model import Chapter, Manual
from chapterhouse.terms import Glossary


@dataclass(frozen=True)
class ReadText:
    """The text of one version of a chapter."""

    chapter: Chapter
    finder: Finder

    @cached_property
    def pieces(self) -> list[Piece]:
        """What of it is no prose."""
        return pieces(self.chapter.text)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Its paragraphs, sections, headings and footnotes, in order."""
        return tuple(places(self.chapter))

    def place(self, offset: int) -> Place:
        """The place that holds an offset."""
        return self.places[max(bisect_right(self.places, offset, key=lambda place: place.start) - 1, 0)]

    @cached_property
    def prose(self) -> str:
        """The text with NUL for what is no prose. The words of a link stay, those of a picture do not."""
        found = ((p.start if p.kind == "image" else p.target, p.end) for p in self.pieces)
        return blank(self.chapter.text, found)

    @cached_property
    def terms(self) -> tuple[Found, ...]:
        """Where the words of a term stand, whatever else they are part of."""
        return self.finder.find(self.prose)


@dataclass
class _Kept:
    """What was read of one manual. It must not hold the manual, with which it is to end."""

    finder: Finder
    texts: Kept[tuple[str, str], ReadText] = field(default_factory=Kept)
    """By slug and digest."""


_KEPT: WeakKeyDictionary[Manual, _Kept] = WeakKeyDictionary()
_FINDERS: WeakKeyDictionary[Glossary, Finder] = WeakKeyDictionary()


def read(manual: Manual, chapter: Chapter) -> ReadText:
    """The text of one version of a chapter, read once."""
    kept = _KEPT.get(manual)
    if kept is None:
        kept = _KEPT[manual] = _Kept(finder(manual.glossary))
    return kept.texts.get((chapter.slug, chapter.sha256), partial(ReadText, chapter, kept.finder))


def finder(glossary: Glossary) -> Finder:
    """What finds the terms of a glossary; made once."""
    found = _FINDERS.get(glossary)
    if found is None:
        found = _FINDERS[glossary] = Finder(glossary)
    return found
