"""Which elements of a page paper knows, and what they are on it."""

from __future__ import annotations

from chapterhouse.paper.nodes import Style

SCREEN = (
    "[hidden]",
    "nav",
    "summary",
    "button",
    "input",
    "label",
    "script",
    "template",
    ".chapter-feeds",
    ".chapter-history",
    ".chapter-pdf",
    ".chapter-stamp",
    ".footnote-backref",
    ".filter-status",
    ".law-filter",
    ".law-filter-status",
    ".register-filter",
    ".term-expansion",
    # Of a provision the instrument's address is enough.
    ".chapter-law li li a[rel]",
    "[data-chapterhouse=links]",
)
"""What has nothing to do on paper, as CSS selectors. What of it a browser would print, `@media print` in
chapterhouse.css leaves out as well: whoever changes one changes both.
"""

READ_OUT = ".read-out"
"""Words for those who have the page read out. Those of a redline tell what colour or a line tells others,
and stay; the others repeat what stands beside them."""

OFFICIAL = ".chapter-law li > p a[rel]"
"""Links to official texts, of which paper shows the address."""

STYLES: dict[str, frozenset[Style]] = {
    "strong": frozenset({"strong"}),
    "em": frozenset({"em"}),
    "code": frozenset({"code"}),
    "kbd": frozenset({"code"}),
    "sup": frozenset({"sup"}),
    "sub": frozenset({"sub"}),
    "small": frozenset({"small"}),
    "mark": frozenset({"mark"}),
    "ins": frozenset({"ins"}),
    "del": frozenset({"del"}),
    "a": frozenset(),
    "abbr": frozenset(),
    "span": frozenset(),
    "time": frozenset(),
    "q": frozenset(),
}
"""The elements of running text, and the look that they give their words."""

VOID = frozenset({"br", "wbr", "img"})
"""Elements of running text that hold none."""

QUOTES = ("“", "”")

CLASSES: dict[str, Style] = {
    "admonition-title": "strong",
    # What is said beside an author's words, and not by the author.
    "chapter-law__places": "small",
    "paragraph-mark": "small",
    "paragraph-note": "small",
    "read-out": "small",
}
"""The looks that classes give."""

HOLDERS = frozenset({"div", "section", "aside", "article", "details"})
"""Elements that hold blocks, and say nothing by themselves."""
BOXES = frozenset({"admonition", "chapter-notice", "chapter-coming"})
"""The classes of those that are notices."""
