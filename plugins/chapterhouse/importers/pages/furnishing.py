"""What of a page belongs to the site that showed it, as far as its elements, roles and classes tell.

A class is a name that somebody gave, and `header` may be the style of a heading. So besides the name all else
must fit: a menu is made of links, a header has no heading, no page has two footers, and none of them has the
half of its words, numbers paragraphs or holds a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

from chapterhouse.importers.blocks import Why, letters
from chapterhouse.importers.pages.elements import HEADINGS, SILENT, attribute, events

_Kind = Literal["menu", "contents", "trail", "header", "footer", "cookies"]

_PATTERNS: Mapping[_Kind, str] = {
    "menu": r"(?:(?:site|page|main|top|side|left|right|primary|secondary|global|sub)[-_]?)?"
    r"(?:menu|nav|navbar|navigation|sidebar|toolbar|pagination|social|share)"
    r"(?:[-_]?(?:bar|list|links|items|wrapper|container|inner|buttons|icons))?",
    "contents": r"contents|(?:toc|contents|table[-_]of[-_]contents)(?:[-_]?(?:list|links|container))?",
    "trail": r"bread-?crumbs?(?:[-_]?(?:trail|list|nav|bar|container|wrapper))?",
    "header": r"(?:(?:site|page|main|global)[-_]?)?header|masthead",
    "footer": r"(?:(?:site|page|main|global)[-_]?)?footer|colophon",
    "cookies": r"[\w-]*cookie[\w-]*|gdpr[\w-]*",
}
_NAMED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}
_ROLES: Mapping[str, _Kind] = {"banner": "header", "contentinfo": "footer", "complementary": "menu"}
_ELEMENTS: Mapping[str, _Kind] = {"header": "header", "footer": "footer", "aside": "menu"}
_ONCE = frozenset(("header", "footer"))
_OF_A_PART = frozenset(("article", "section", "blockquote", "figure", "li", "td", "dd", "dialog", "details"))
"""What has a header and a footer of its own (HTML, 4.3.8), which say something of it."""
_LONGEST_NAME = 60
_MOST_LETTERS: Mapping[_Kind, int] = {"trail": 400, "header": 800, "footer": 1500, "cookies": 2000}
"""Of those that need not be links. A notice of cookies has 200 words, a letter more or less."""
_NUMBERED = re.compile(r"\s*\d+\.\d")
_CONTENTS = "The list of contents, which is made anew."


@dataclass(slots=True)
class _Count:
    """What is in an element."""

    tag: Tag
    kind: _Kind | None
    letters: int = 0
    linked: int = 0
    """Letters of links and buttons."""
    headings: int = 0
    titles: int = 0
    """Headings of the first level."""
    kept: int = 0
    """Paragraphs with numbers, and notes."""

    def add(self, inner: _Count) -> None:
        """Count an element that has ended in it."""
        self.letters += inner.letters
        is_link = inner.tag.name in ("a", "button", "select")
        self.linked += inner.letters if is_link else inner.linked
        self.headings += inner.headings + (inner.tag.name in HEADINGS)
        self.titles += inner.titles + (inner.tag.name == "h1")
        self.kept += inner.kept

    def fits(self, whole: int) -> bool:
        """Whether it is what its name says, on a page of so many letters."""
        if self.kept or self.titles or self.kind is None or self.letters * 2 > whole:
            return False
        if self.kind in ("menu", "contents"):
            return self.linked * 2 > self.letters
        is_bare = not self.headings or self.kind in ("footer", "cookies")
        return is_bare and self.letters <= _MOST_LETTERS[self.kind]


def find_furniture(soup: BeautifulSoup, notes: Mapping[int, str]) -> dict[int, tuple[Why, str]]:
    """Elements that are no part of the text, by their `id()`, and what to say of each.

    `notes` are the elements that are footnotes, by the same.
    """
    counts = list(_counted(soup, notes))
    whole = counts[-1].letters
    found = [count for count in counts if count.fits(whole)]
    many = Counter(count.kind for count in found)
    return {
        id(count.tag): ("furniture", _CONTENTS if count.kind == "contents" else "")
        for count in found
        if count.kind not in _ONCE or many[count.kind] == 1
    }


def _counted(soup: BeautifulSoup, notes: Mapping[int, str]) -> Iterator[_Count]:
    """The elements that may be furniture, each when it has ended, and last the whole page."""
    stack = [_Count(soup, None)]
    silent = parts = links = 0
    for what, node in events(soup):
        if not isinstance(node, Tag):
            if not silent and not isinstance(node, PreformattedString):
                stack[-1].letters += letters(node)
                is_title = links > 0 and not node.rstrip().endswith(".")  # of a chapter that a menu leads to
                stack[-1].kept += _NUMBERED.match(node) is not None and not is_title
        elif what == "open":
            silent += node.name in SILENT
            links += node.name == "a"
            stack.append(_Count(node, _kind(node, is_part=parts > 0), kept=id(node) in notes))
            parts += node.name in _OF_A_PART
        else:
            silent -= node.name in SILENT
            links -= node.name == "a"
            parts -= node.name in _OF_A_PART
            count = stack.pop()
            stack[-1].add(count)
            if count.kind:
                yield count
    yield stack[0]


def _kind(tag: Tag, *, is_part: bool) -> _Kind | None:
    """What the names of an element say that it is."""
    if tag.name in ("html", "body", "main", "article"):
        return None
    kind = _ROLES.get(attribute(tag, "role")) or _ELEMENTS.get(tag.name)
    if kind and not (is_part and kind in _ONCE):
        return kind
    if not tag.attrs:
        return None
    names = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    if len(names) > 5 * _LONGEST_NAME:
        return None
    return next(
        (kind for kind, named in _NAMED.items() for name in names.split() if _is(named, name)),
        None,
    )


def _is(named: re.Pattern[str], name: str) -> bool:
    return len(name) <= _LONGEST_NAME and named.fullmatch(name) is not None
