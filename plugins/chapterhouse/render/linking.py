"""Citations of the law and terms of the glossary become links in the text of a page, with notes beside them.

The core has found them in the source. Signs go into the source where each begins and ends, and come out
of the tree again: nothing is looked for a second time, so the page and the index cannot differ.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from chapterhouse.model import LINE_END

SIGN = re.compile(f"{STX}linked:([0-9]+)(/?){ETX}")
NOTE = "data-chapterhouse-note"
CODE = frozenset({"code", "pre"})
# What can stand in no link.
UNLINKED = frozenset({"a", "img", *CODE})


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """Words of a chapter that cite the law or are a term, and what becomes of them. No two overlap."""

    start: int
    end: int
    """Offsets into the chapter's text."""
    words: str
    """For a complaint."""
    anchor: str
    """The paragraph or section in which they stand."""
    href: str = ""
    """Where they lead; empty where they stay words."""
    described_by: str = ""
    """The ids of what the page says at its end about the law cited."""
    note: str = ""
    """What stands beside them in brackets: plain text, empty for nothing."""
    kind: Literal["citation", "term"] = "citation"
    expansion: str = ""
    """What an abbreviation stands for, in brackets for those who have the page read out."""


Signs = dict[int, list[tuple[int, str]]]
"""By line of the text, counted from 0: the columns and signs to be set there, last column first."""


def signs(text: str, linked: Sequence[LinkedWords], tab: int) -> Signs:
    """The signs of the words of `text` that are linked, for its lines once tabs are `tab` columns wide."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    found: Signs = {}
    for index, one in enumerate(linked):
        for mark, offset in (("", _unescaped(text, one.start)), ("/", one.end)):
            line = bisect_right(starts, offset) - 1
            # A byte-order mark is not part of the first line any more.
            before = text[starts[line] : offset].removeprefix("\ufeff").expandtabs(tab)
            found.setdefault(line, []).insert(0, (len(before), f"{STX}linked:{index}{mark}{ETX}"))
    return found


def _unescaped(text: str, start: int) -> int:
    """Where a sign goes before `start`: never between a backslash and what it escapes."""
    return start - 1 if re.search(r"(?<!\\)(?:\\\\)*\\\Z", text[max(0, start - 20) : start]) else start


def signed(lines: list[str], marks: Signs) -> list[str]:
    """The lines with their signs."""
    lines = list(lines)
    for number, places in marks.items():
        for column, mark in places:
            line = lines[number]
            lines[number] = line[:column] + mark + line[column:]
    return lines


def link_words(
    root: Element,
    linked: Sequence[LinkedWords],
    is_block: Callable[[str], bool],
    wall: Callable[[str, str], None],
) -> None:
    """Take every sign out of the tree and put links and notes in their places.

    A citation that Markdown does not show, or shows as something else than text, is told to `wall`.
    """
    if linked:
        Linking(root, linked, is_block).run(wall)


@dataclass(eq=False, slots=True)
class Slot:
    """A stretch of text of the tree: the text of `parent`, or the tail of its child `after`."""

    parent: Element
    after: Element | None
    text: str
    code: bool
    """Whether it stands in code, which is left alone."""

    def write(self, text: str) -> None:
        """Put a text in the place of this one."""
        if self.after is None:
            self.parent.text = text
        else:
            self.after.tail = text

    def insert(self, element: Element, before: str, behind: str) -> None:
        """Put an element into the text, between `before` and `behind`."""
        self.write(before)
        element.tail = behind
        self.parent.insert(self.index, element)

    @property
    def index(self) -> int:
        """The place among the children of `parent` that follows the text."""
        return 0 if self.after is None else list(self.parent).index(self.after) + 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text of the tree: the index of its slot, and the offset there."""

    slot: int
    offset: int


class Linking:
    """The linked words of one page on their way into its tree."""

    def __init__(self, root: Element, linked: Sequence[LinkedWords], is_block: Callable[[str], bool]) -> None:
        self.linked = linked
        self.is_block = is_block
        self.parents: dict[Element, Element] = {}
        self.slots = list(self._slots(root, code=False))
        self.spots: dict[tuple[str, str], Spot] = {}
        """By what is written in a sign."""
        for number, slot in enumerate(self.slots):
            if STX in slot.text:
                self._read(number, slot)
        for element in root.iter():
            for name, value in element.items():
                if STX in value:
                    element.set(name, SIGN.sub("", value))

    def run(self, wall: Callable[[str, str], None]) -> None:
        """Link all of them, the last first: what stands before it keeps its place."""
        missing = []
        for index in reversed(range(len(self.linked))):
            first, last = self.spots.get(("", str(index))), self.spots.get(("/", str(index)))
            if first is None or last is None:
                # A term that Markdown shows as something else than text is only not explained there.
                if self.linked[index].kind == "citation":
                    missing.append(self.linked[index])
            elif not self.slots[first.slot].code:
                self._link(self.linked[index], first, last)
        for one in reversed(missing):
            wall(one.anchor, f"Markdown does not show the citation “{one.words}” as text")

    def _slots(self, element: Element, *, code: bool) -> Iterator[Slot]:
        code = code or element.tag in CODE
        if element.text:
            yield Slot(element, None, element.text, code)
        for child in element:
            self.parents[child] = element
            yield from self._slots(child, code=code)
            if child.tail:
                yield Slot(element, child, child.tail, code)

    def _read(self, number: int, slot: Slot) -> None:
        """Take the signs out of a slot."""
        removed = 0
        for match in SIGN.finditer(slot.text):
            self.spots[match[2], match[1]] = Spot(number, match.start() - removed)
            removed += len(match[0])
        if removed:
            slot.text = SIGN.sub("", slot.text)
            slot.write(slot.text)

    def _link(self, one: LinkedWords, first: Spot, last: Spot) -> None:
        slot = self.slots[last.slot]
        notes = [_note(f"{one.kind}-note", one.note)] if one.note else []
        if one.expansion:
            notes.insert(0, _note("term-expansion", one.expansion))
        if not one.href:
            if notes:
                slot.insert(notes[0], slot.text[: last.offset], self._behind(last))
            return
        link = Element("a", {"class": one.kind, "href": one.href})
        if one.kind == "citation":
            link.set("rel", "external noreferrer")
        if one.described_by:
            link.set("aria-describedby", one.described_by)
        if first.slot == last.slot or not self._wrap(link, first, last):
            self._fill(link, first, last)
        if notes and link in self.parents:
            parent = self.parents[link]
            notes[-1].tail, link.tail = link.tail, None
            place = list(parent).index(link) + 1
            parent[place:place] = notes

    def _behind(self, spot: Spot) -> str:
        """What follows a spot in its slot, up to what has been put there since."""
        slot = self.slots[spot.slot]
        written = slot.parent.text if slot.after is None else slot.after.tail
        return (written or "")[spot.offset :]

    def _fill(self, link: Element, first: Spot, last: Spot) -> None:
        """Make a link of the words: where markup parts them, of the piece that holds most of them."""
        best, start, end = 0, 0, 0
        for number in range(first.slot, last.slot + 1):
            slot = self.slots[number]
            begins = first.offset if number == first.slot else 0
            ends = last.offset if number == last.slot else len(slot.text)
            words = slot.text[begins:ends]
            if self._is_open(slot) and len(words.strip()) > end - start:
                best = number
                start = begins + len(words) - len(words.lstrip())
                end = start + len(words.strip())
        if start == end:
            return  # all of it stands where no link can
        slot = self.slots[best]
        link.text = slot.text[start:end]
        slot.insert(link, slot.text[:start], self._behind(Spot(best, end)))
        self.parents[link] = slot.parent

    def _is_open(self, slot: Slot) -> bool:
        """Whether a link can stand in a slot."""
        element: Element | None = slot.parent
        while element is not None:
            if element.tag in UNLINKED or NOTE in element.attrib:
                return False
            element = self.parents.get(element)
        return True

    def _wrap(self, link: Element, first: Spot, last: Spot) -> bool:
        """Put the whole phrase into one link, if it covers every element that it touches; say whether."""
        start, end = self.slots[first.slot], self.slots[last.slot]
        above = [start.parent, *self._above(start.parent)]
        home = next(e for e in (end.parent, *self._above(end.parent)) if e in above)
        opening = self._covered(home, start, first.offset, at_start=True)
        closing = self._covered(home, end, last.offset, at_start=False)
        if opening is None or closing is None or not self._is_open(Slot(home, None, "", code=False)):
            return False
        children = list(home)[opening:closing]
        inside = [element for child in children for element in child.iter()]
        if any(e.tag in UNLINKED or NOTE in e.attrib or self.is_block(str(e.tag)) for e in inside):
            return False
        behind = self._behind(last) if end.parent is home else children[-1].tail or ""
        if end.parent is home:
            end.write(end.text[: last.offset])
        else:
            children[-1].tail = None
        if start.parent is home:
            link.text = start.text[first.offset :]
            start.write(start.text[: first.offset])
        for child in children:
            home.remove(child)
            link.append(child)
            self.parents[child] = link
        link.tail = behind
        home.insert(opening, link)
        self.parents[link] = home
        return True

    def _above(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    def _covered(self, home: Element, slot: Slot, offset: int, *, at_start: bool) -> int | None:
        """Where among the children of `home` a phrase begins or ends; None if it cuts one of them in two."""
        if slot.parent is home:
            return slot.index
        beyond = slot.text[:offset] if at_start else slot.text[offset:]
        element = slot.parent
        children = list(element)
        alone = slot.after is None if at_start else slot.after is (children[-1] if children else None)
        if beyond or not alone:
            return None
        while self.parents[element] is not home:
            parent = self.parents[element]
            edge = parent[0] if at_start else parent[-1]
            if edge is not element or (parent.text if at_start else element.tail):
                return None
            element = parent
        return list(home).index(element) + (not at_start)


def _note(name: str, text: str) -> Element:
    note = Element("span", {"class": name, NOTE: "", "data-search-exclude": ""})
    # Python-Markdown leaves alone what looks like an entity; these words are plain text.
    note.text = f" ({text})".replace("&", "&amp;")
    return note
