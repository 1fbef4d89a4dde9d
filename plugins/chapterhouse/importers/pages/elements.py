"""The elements of HTML, and what they mean: what begins a paragraph, is not kept, or dresses its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from chapterhouse.importers.blocks import DEEPEST_HEADING, Run, Why

Event = tuple[Literal["open", "close"], Tag] | tuple[Literal["text"], NavigableString]

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html head legend li listing main menu"
    " nav ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead title tr ul"
    " xmp".split()
)
"""What begins a paragraph and ends the one before."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SILENT = frozenset(("script", "style"))
"""What has text that is no words."""
_LONGEST_STYLE = 1000
_LOST: dict[str, tuple[Why, str]] = {
    **dict.fromkeys(("nav", "search", "button", "select", "datalist", "textarea"), ("furniture", "")),
    "title": ("furniture", "The title of the window."),
    **dict.fromkeys(("template", "noscript"), ("hidden", "")),
    "del": ("deleted", ""),
    **dict.fromkeys(("s", "strike"), ("deleted", "It is struck through in the source.")),
    "svg": ("picture", "A drawing is not kept."),
    **dict.fromkeys(
        ("iframe", "object", "embed", "video", "audio", "canvas", "applet", "frameset", "noframes"),
        ("unread", "What a frame, a film or a program shows is not fetched."),
    ),
}
_ROLES = frozenset(("navigation", "button", "search", "menubar"))
_UNSEEN = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:(bold|bolder|[6-9]00)|\w+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(?:(italic|oblique)|\w+)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)


def attribute(tag: Tag, name: str) -> str:
    """The value of an attribute as one text; empty where there is none."""
    value = tag.get(name)
    return value if isinstance(value, str) else " ".join(value or ())


def events(soup: BeautifulSoup) -> Iterator[Event]:
    """A tree as it was written: beginnings, texts and ends. However deep it is, this goes no deeper."""
    stack: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.contents))]
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if isinstance(child, Tag):
            yield "open", child
            stack.append((child, iter(child.contents)))
        elif isinstance(child, NavigableString):
            yield "text", child
        else:
            stack.pop()
            if stack:
                yield "close", tag


def style_of(tag: Tag) -> str:
    """What an element says of its look, as far as anybody looks."""
    return attribute(tag, "style")[:_LONGEST_STYLE]


def lost(tag: Tag) -> tuple[Why, str] | None:
    """Why an element and all in it is not kept, and what to say of it; None of one that is."""
    if reason := _LOST.get(tag.name):
        return reason
    if not tag.attrs or tag.name in ("html", "body"):
        return None
    if attribute(tag, "role") in _ROLES:
        return "furniture", ""
    style = style_of(tag)
    if tag.has_attr("hidden") or attribute(tag, "aria-hidden").lower() == "true" or _UNSEEN.search(style):
        return "hidden", ""
    if _STRUCK.search(style):
        return _LOST["s"]
    return None


def dressed(dress: Run, tag: Tag) -> Run:
    """The dress of the words in an element, by that of those around it."""
    match tag.name:
        case "b" | "strong" | "dt":
            dress = replace(dress, strong=True)
        case "dd":
            dress = replace(dress, strong=False)
        case "i" | "em" | "cite" | "dfn" | "var":
            dress = replace(dress, emphasis=True)
        case "sup":
            dress = replace(dress, raised=True)
    if style := style_of(tag):
        if weight := _WEIGHT.search(style):
            dress = replace(dress, strong=bool(weight[1]))
        if slant := _SLANT.search(style):
            dress = replace(dress, emphasis=bool(slant[1]))
        if _RAISED.search(style):
            dress = replace(dress, raised=True)
    return dress


def number_of(tag: Tag, name: str, otherwise: int) -> int:
    """The whole number of an attribute, where it is one that a list or a table can have."""
    value = attribute(tag, name).strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,6}", value) else otherwise


def heading_level(tag: Tag) -> int:
    """The level of a heading, from 1; 0 of what is none."""
    if attribute(tag, "role") == "heading" and tag.name not in HEADINGS:
        return max(1, min(number_of(tag, "aria-level", 2), DEEPEST_HEADING))
    return int(tag.name[1]) if tag.name in HEADINGS else 0
