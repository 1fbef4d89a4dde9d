"""Lists as drafters of procedures write them: `a)`, `i)`, `1.`, and bullets."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.fancylists import (
    FancyOListProcessor,
    FancyUListProcessor,
)

OPTIONS = {"additional_ordered_styles": ["roman", "alpha"], "inject_style": False, "inject_class": True}


class ListCleaner(Treeprocessor):
    """Takes off what the parser of lists left for itself, and keeps `a)` apart from `a.`."""

    def run(self, root: Element) -> None:
        """Give each list whose items are written with a bracket the class `list-paren`."""
        for ol in root.iter("ol"):
            if ol.attrib.pop("__fancylist", "").startswith("paren-"):
                ol.set("class", f"{ol.get('class', '')} list-paren".lstrip())


def add_lists(md: Markdown) -> None:
    """Let `md` read the lists of pymdownx.fancylists, without the block syntax that comes with them.

    As in sane_lists, a list holds items of one kind.
    """
    md.parser.blockprocessors.register(FancyOListProcessor(md.parser, OPTIONS), "olist", 40)
    md.parser.blockprocessors.register(FancyUListProcessor(md.parser, OPTIONS), "ulist", 30)
    md.treeprocessors.register(ListCleaner(md), "olist-cleanup", 10)
