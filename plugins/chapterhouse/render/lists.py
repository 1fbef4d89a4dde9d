"""Lists as drafters of procedures write them: `a)`, `i)`, `1.`, and bullets."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.fancylists import (
    FancyOListProcessor,
    FancyUListProcessor,
)

OPTIONS = {"additional_ordered_styles": ["roman", "alpha"], "inject_style": False, "inject_class": True}
KIND, WRITTEN = "__fancylist", "__written"
"""Say of a list and of an item how they are written, until the whole text is read: `paren-alpha`, `4`."""

FITS = {
    "decimal": re.compile("[0-9]{1,9}"),
    "alpha": re.compile("[A-Za-z]"),
    "roman": re.compile("[IVXLCDMivxlcdm]{1,15}"),
}
"""Which marks a list of each kind counts by."""
NEVER = re.compile("(?!)")


class WrittenNumbers(BlockProcessor):
    """Reads the lists that count, and notes the number or the letter that each item is written with.

    Markdown counts by itself: of `a)`, `b)`, `d)` a page would make a c), and who cites d) would be wrong.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._lists = FancyOListProcessor(parser, OPTIONS)

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block begins with a list that counts."""
        return bool(self._lists.test(parent, block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read the items at the start of the first block. What follows of another kind stays there."""
        marks = [found for line in blocks[0].split("\n") if (found := self._lists.child_re.match(line))]
        old = {id(item) for item in self._items(parent)}
        self._lists.run(parent, blocks)
        made = [item for item in self._items(parent) if id(item) not in old]
        kind = self._holder(parent).get(KIND, "")
        for item, mark in zip(made, marks, strict=False):
            if FITS.get(kind.partition("-")[2].lower(), NEVER).fullmatch(mark[1][:-1]):
                item.set(WRITTEN, self._lists.get_start(kind, mark))

    def _items(self, parent: Element) -> list[Element]:
        return self._holder(parent).findall("li")

    def _holder(self, parent: Element) -> Element:
        """The list that an element is, or ends with."""
        last = self.lastChild(parent)
        return parent if parent.tag in {"ol", "ul"} or last is None else last


class ListCleaner(Treeprocessor):
    """Gives items their numbers, takes off what the parser of lists left, and keeps `a)` apart from `a.`."""

    def run(self, root: Element) -> None:
        """Give each list whose items are written with a bracket the class `list-paren`."""
        for ol in root.iter("ol"):
            _number(ol)
            if ol.attrib.pop(KIND, "").startswith("paren-"):
                ol.set("class", f"{ol.get('class', '')} list-paren".lstrip())


def _number(ol: Element) -> None:
    """Give the items of a list their numbers where these are others than a browser counts.

    Where one item after the other is written as the first, `1.` and `1.`, they are left to be counted: many
    write Markdown so.
    """
    expected = first = before = int(ol.get("start", "1"))
    for item in ol.findall("li"):
        written = int(item.attrib.pop(WRITTEN, expected))
        if written != expected and not written == before == first:
            item.set("value", str(written))
            expected = written
        before = written
        expected += 1


def add_lists(md: Markdown) -> None:
    """Let `md` read the lists of pymdownx.fancylists, without the block syntax that comes with them.

    As in sane_lists, a list holds items of one kind.
    """
    md.parser.blockprocessors.register(WrittenNumbers(md.parser), "olist", 40)
    md.parser.blockprocessors.register(FancyUListProcessor(md.parser, OPTIONS), "ulist", 30)
    md.treeprocessors.register(ListCleaner(md), "olist-cleanup", 10)
