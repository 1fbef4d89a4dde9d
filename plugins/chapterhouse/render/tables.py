"""Tables: each in a box of its own that scrolls, named after the paragraph it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor

ATTRIBUTES = re.compile(rf"[ ]*{AttrListTreeprocessor.BASE_RE}[ ]*\Z")
ALIGNMENT = re.compile(r"text-align: (left|right|center);")


class Tables:
    """Wraps the tables of one page."""

    def __init__(self, md: Markdown) -> None:
        self.attributes = AttrListTreeprocessor(md)
        self.count: Counter[str] = Counter()

    def wrap(self, table: Element, following: Element | None, place: str) -> tuple[Element, Element | None]:
        """Return the box with the table in it, and `following` if that was its attribute list.

        `place` is the paragraph or section it stands in, in words; it makes the name that a screen
        reader says of the box. An attribute list stands on the line below the table, or below that.
        """
        own = self._list_in_last_row(table) or not self._list_in(table, following)
        _dress(table)
        self.count[place] += 1
        name = "Table" if self.count[place] == 1 else f"Table {self.count[place]}"
        box = Element(
            "div",
            {
                "class": "table-scroll",
                "role": "region",
                "tabindex": "0",
                "aria-label": (f"{name} in {place}" if place else name).replace("&", "&amp;"),
            },
        )
        box.text = "\n"
        box.append(table)
        box.tail, table.tail = table.tail, "\n"
        return box, None if own else following

    def wrap_inside(self, block: Element, place: str) -> None:
        """Wrap each table inside `block`: in a quote, a list, a note."""
        if next(block.iter("table"), block) is block:
            return
        for parent in list(block.iter()):
            siblings = list(parent)
            attributes: Element | None = None
            children: list[Element] = []
            for child, following in zip_longest(siblings, siblings[1:]):
                if child.tag == "table":
                    box, attributes = self.wrap(child, following, place)
                    children.append(box)
                elif child is not attributes:
                    children.append(child)
            if children != siblings:
                parent[:] = children

    def _list_in(self, table: Element, element: Element | None) -> bool:
        """Give the table the attributes that are the whole text of `element`, and say whether they are."""
        if element is None or element.tag not in {"p", "td"} or len(element):
            return False
        match = ATTRIBUTES.match(element.text or "")
        return match is not None and not self.attributes.assign_attrs(table, match[1], strict=True)

    def _list_in_last_row(self, table: Element) -> bool:
        body = table.find("tbody")
        if body is None or not len(body):
            return False
        first, *others = list(body[-1])
        if any(len(cell) or cell.text for cell in others):
            return False
        found = self._list_in(table, first)
        if found:
            body.remove(body[-1])
        return found


def _dress(table: Element) -> None:
    """Header cells get their scope, and aligned cells a class: a strict policy forbids `style`."""
    table.set("class", f"table {table.get('class', '')}".rstrip())
    for cell in table.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        match = ALIGNMENT.fullmatch(cell.get("style", "")) if cell.tag in {"th", "td"} else None
        if match:
            cell.attrib.pop("style")
            cell.set("class", f"{cell.get('class', '')} align-{match[1]}".lstrip())
