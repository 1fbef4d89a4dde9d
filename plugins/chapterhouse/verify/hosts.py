"""What no page may hold: requests to other hosts, and what could hide or replace its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

REFUSED = {
    "applet": "runs or shows what is not of this site",
    "base": "sends every link elsewhere",
    "embed": "runs or shows what is not of this site",
    "frame": "runs or shows what is not of this site",
    "iframe": "runs or shows what is not of this site",
    "object": "runs or shows what is not of this site",
    "style": "can hide what the page must show",
}
"""Elements that no page of ours has, and what each does."""

FETCHED = ("src", "poster", "background", "data", "ping")
"""Attributes whose address is asked for with the page, or behind a click's back."""
LISTS = ("srcset", "imagesrcset")
"""Attributes that hold several addresses, each with a width after it."""
DRAWN = frozenset({"use", "image", "feimage"})
"""Elements of drawings, in which `href` is fetched."""
QUIET = frozenset({"alternate", "author", "canonical", "help", "license", "next", "prev", "search"})
"""What `<link>` may say without asking for anything."""

STYLE_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+(?!url\())["']?\s*([^"'\s)]*)""", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def page_faults(html: BeautifulSoup) -> Iterator[str]:
    """What a page holds and must not, each as one line."""
    for tag in html.find_all():
        if tag.name in REFUSED:
            yield f"<{tag.name}> {REFUSED[tag.name]}"
        if tag.name == "meta" and str(tag.get("http-equiv", "")).strip().lower() == "refresh":
            yield "<meta> leads readers to another page by itself"
        if "style" in tag.attrs:
            yield f"<{tag.name}> has a style of its own, which {REFUSED['style']}"
        if handlers := [name for name in tag.attrs if name.lower().startswith("on")]:
            yield f"<{tag.name}> has a script of its own: {', '.join(handlers)}"
        for address in _addresses(tag):
            if elsewhere(address):
                yield f"<{tag.name}> asks another host: {address}"


def style_faults(text: str) -> Iterator[str]:
    """The requests of a style sheet to other hosts, each as one line."""
    for match in STYLE_ADDRESS.finditer(COMMENT.sub(" ", text)):
        if elsewhere(match[1]):
            yield f"the style sheet asks another host: {match[1]}"


def elsewhere(address: str) -> bool:
    """Whether a browser would look outside the site. It reads a backslash as a slash and skips blanks."""
    plain = re.sub(r"[\t\r\n]", "", address).strip(" \0\f").replace("\\", "/")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return True
    return parts.scheme not in {"", "data"} or plain.startswith("//")


def _addresses(tag: Tag) -> Iterator[str]:
    for name in FETCHED:
        if name in tag.attrs:
            yield str(tag[name])
    for name in LISTS:
        for part in str(tag.get(name, "")).split(","):
            yield part.strip().partition(" ")[0]
    if tag.name in DRAWN:
        yield from (str(tag[name]) for name in ("href", "xlink:href") if name in tag.attrs)
    if tag.name == "link" and not {str(rel).lower() for rel in tag.get("rel") or ["none"]} <= QUIET:
        yield str(tag.get("href", ""))
