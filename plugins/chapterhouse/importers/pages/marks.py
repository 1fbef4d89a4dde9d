"""The marks of footnotes in HTML, links like others: told by where they lead and how little they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from chapterhouse.importers.pages.elements import HEADINGS, attribute, events

_MARK = re.compile(r"[\[(]?(?:\w{1,4}|[*†‡§¶]{1,3})[\])]?[.:]?")
_NAME = re.compile(
    r"_?(?:fn|ftn|edn|en|sdfootnote|sdendnote|(?:foot|end|cite)?[-_]?note)(?![a-z]*ref)[-_:.\w]*",
    re.IGNORECASE,
)
"""How those call a note who write it: Word, LibreOffice, Google Docs, MediaWiki, Pandoc, Markdown."""
_ENOUGH = 12


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a page has to do with footnotes, each element by its `id()`."""

    marks: dict[int, str] = field(default_factory=dict)
    """Links that are marks, and the name of the note of each."""
    notes: dict[int, str] = field(default_factory=dict)
    """Elements that are notes or begin one, and the name of each."""
    returns: set[int] = field(default_factory=set)
    """Links that lead up the page, as from a note back to its mark."""


@dataclass(slots=True)
class _Link:
    tag: Tag
    place: int
    raised: bool
    said: str = ""


@dataclass(slots=True)
class _Survey:
    """The links within a page, and what they may lead to."""

    targets: dict[str, tuple[int, Tag]] = field(default_factory=dict)
    links: list[_Link] = field(default_factory=list)
    _open: list[_Link] = field(default_factory=list)
    _raised: int = 0

    def text(self, text: str) -> None:
        if self._open and len(self._open[-1].said) < _ENOUGH:
            self._open[-1].said += text.strip()

    def opened(self, tag: Tag, place: int) -> None:
        for name in (attribute(tag, "id"), attribute(tag, "name") if tag.name == "a" else ""):
            if name:
                self.targets.setdefault(name, (place, tag))
        if tag.name == "a" and attribute(tag, "href").startswith("#"):
            self._open.append(_Link(tag, place, bool(self._raised)))
            self.links.append(self._open[-1])
        elif tag.name == "sup":
            self._raised += 1
            if self._open:
                self._open[-1].raised = True

    def closed(self, tag: Tag) -> None:
        if tag.name == "sup":
            self._raised -= 1
        elif self._open and self._open[-1].tag is tag:
            self._open.pop()


def find_marks(soup: BeautifulSoup) -> Marks:
    """The marks and the notes of a page. A mark leads down, to something that is no heading."""
    survey = _Survey()
    for place, (what, node) in enumerate(events(soup)):
        if not isinstance(node, Tag):
            survey.text(str(node))
        elif what == "open":
            survey.opened(node, place)
        else:
            survey.closed(node)
    marks = Marks()
    for link in survey.links:
        name = unquote(attribute(link.tag, "href")[1:])
        place, target = survey.targets.get(name, (0, None))
        if target is None:
            continue
        if place < link.place:
            marks.returns.add(id(link.tag))
        elif (
            target.name not in HEADINGS
            and (link.raised or _NAME.fullmatch(name))
            and _MARK.fullmatch(link.said)
        ):
            marks.marks[id(link.tag)] = name
            marks.notes[id(target)] = name
    return marks
