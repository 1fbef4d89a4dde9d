"""The lists of HTML: how deep they stand, and what they show before their items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

from chapterhouse.importers.pages.counting import list_marker
from chapterhouse.importers.pages.elements import attribute, number_of, style_of

LISTS = frozenset(("ul", "ol", "menu", "dir"))
_GOOGLE_LEVEL = re.compile(r"\blst-kix_\w+-(\d)\b")
_NUMBERED = re.compile(r"\s*\d+(?:\.\d+)*[.)]?\s")
_FEW = 5
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)


@dataclass(slots=True)
class OpenList:
    """A list that is open."""

    level: int
    style: str
    """Of its numbers; empty where it has bullets."""
    next: int = 1
    step: int = 1
    defines: bool = False
    """Whether it is one of terms, and a term has begun an item."""

    def marker(self, item: Tag) -> str:
        """What a browser shows before the next item."""
        number = number_of(item, "value", self.next)
        self.next = number + self.step
        return list_marker(self.style, number) if self.style else "\N{BULLET}"


def begins_with_number(tag: Tag) -> bool:
    """Whether an element begins as a numbered paragraph does, as far as the first few in it tell."""
    for _ in range(_FEW):
        first = next((one for one in tag.contents[:_FEW] if isinstance(one, Tag) or str(one).strip()), None)
        if not isinstance(first, Tag):
            return first is not None and _NUMBERED.match(str(first)) is not None
        tag = first
    return False


def open_list(tag: Tag, around: OpenList | None) -> OpenList:
    """A list, with where it begins to count."""
    level = around.level + 1 if around else 1
    if google := _GOOGLE_LEVEL.search(attribute(tag, "class")):
        level = int(google[1]) + 1
    if tag.name != "ol":
        return OpenList(level, "")
    css = _LIST_STYLE.search(style_of(tag))
    style = css[1].lower() if css else attribute(tag, "type").strip() or "1"
    if tag.has_attr("reversed"):
        return OpenList(level, style, number_of(tag, "start", _items(tag)), -1)
    return OpenList(level, style, number_of(tag, "start", 1))


def _items(tag: Tag) -> int:
    """How many items a list has; one that is not closed has those after it inside."""
    count = 0
    stack = [tag]
    while stack:
        inner = [child for child in stack.pop().contents if isinstance(child, Tag)]
        count += sum(child.name == "li" for child in inner)
        stack += (child for child in inner if child.name not in LISTS)
    return count
