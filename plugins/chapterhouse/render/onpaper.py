"""Where the links of a text lead, for readers of paper: a number beside each, and a list at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import STX

from chapterhouse.render.links import NOTE, OURS
from chapterhouse.render.noting import MARK, plain

ADDRESS, NUMBER = "data-on-paper", "data-paper-note"
"""On a link: what a reader of paper is told of where it leads, and under which number."""
# A link that was made of words which say already where it leads.
NAMED = OURS | {"reference"}
TITLE = "Where the links lead"
# What the words of a link must hold between them, not to need the address: its numbers, or the whole of it.
PLACE = re.compile(r"(?:chapter|paragraph|section) (\S+?)(?=,|\Z)")
TELEPHONE = re.compile(r"\+?[\d\s().-]+")


def note_links(root: Element, on_paper: Callable[[str], str]) -> None:
    """Number the links that the author wrote where their words do not say where they lead, and list them.

    `on_paper` says what a reader of paper is told of an address; empty for nothing. What is told twice has
    one number.
    """
    numbers: dict[str, int] = {}
    for link in root.iter("a"):
        href = link.get("href", "")
        # Python-Markdown writes the letters of a mail address in signs of its own; the words show it.
        if not href or STX in href or NOTE in link.attrib or NAMED & set(link.get("class", "").split()):
            continue
        told = on_paper(href)
        if told and not _says("".join(link.itertext()), told):
            number = numbers.setdefault(told, len(numbers) + 1)
            link.set(ADDRESS, plain(told))
            link.set(NUMBER, str(number))
    if numbers:
        division = SubElement(root, "div", {"class": "chapter-links", "data-chapterhouse": "links", **MARK})
        division.tail = "\n"
        SubElement(division, "p").text = TITLE
        entries = SubElement(division, "ol")
        for told in numbers:
            SubElement(entries, "li").text = plain(told)


def _says(words: str, told: str) -> bool:
    """Whether the words of a link name what is told of it."""
    if places := PLACE.findall(told):
        return all(re.search(rf"(?<![\w.]){re.escape(number)}(?!\w|\.\w)", words) for number in places)
    if TELEPHONE.fullmatch(told):
        return _digits(told) == _digits(words)
    return _bare(told) in _bare(words)


def _digits(text: str) -> str:
    """A telephone number as it is rung in this country, without what parts its figures."""
    return re.sub(r"\(0\)|[^\d+]", "", text).replace("+44", "0", 1)


def _bare(text: str) -> str:
    """An address without what people leave out of it."""
    return re.sub(r"\s", "", text).casefold().removeprefix("https://").removeprefix("http://").rstrip("/")
