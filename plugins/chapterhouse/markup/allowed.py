"""What may stand in a page: the lists that both walls use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NO_TERMS = "no-terms"
"""The class of what holds no links to the glossary."""
CLASSES = ("wide", "narrow", "note", NO_TERMS)
"""The classes that an attribute list may name."""

TAGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "abbr": frozenset({"title"}),
        "br": frozenset(),
        "kbd": frozenset(),
        "mark": frozenset(),
        "q": frozenset(),
        "small": frozenset(),
        "sub": frozenset(),
        "sup": frozenset(),
        "wbr": frozenset(),
    }
)
"""The elements that an author may write as HTML, with their attributes."""

VOID = frozenset({"br", "wbr"})
"""Those of them that enclose nothing."""

BOXES = frozenset({"note", "warning", "important", "tip", "info", "example", "quote"})
"""The kinds of box that `!!!` may open."""

ELEMENTS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td blockquote pre code em strong a img hr"
    " div span nav section aside".split()
) | frozenset(TAGS)
"""Every element that Markdown with our extensions may make of a text."""

ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "*": frozenset(
            {
                "class",
                "id",
                "role",
                "tabindex",
                "title",
                "aria-label",
                "aria-hidden",
                "data-chapterhouse-note",
                "data-search-exclude",
            }
        ),
        "a": frozenset({"aria-describedby", "data-on-paper", "data-paper-note", "href", "rel"}),
        "img": frozenset({"src", "alt"}),
        "ol": frozenset({"start", "type"}),
        "li": frozenset({"value"}),
        "div": frozenset({"data-chapterhouse"}),
        "th": frozenset({"scope"}),
    }
)
"""The attributes that an element of the finished tree may have; under `*`, those of every element."""
