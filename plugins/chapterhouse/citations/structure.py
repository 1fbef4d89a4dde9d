"""Paragraphs, sentences, list stems and headings of a cleaned text: how far what is named reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

LINE = re.compile(r"[^\n]*(?:\n|\Z)")
ITEM = re.compile(
    r" {0,8}(?:[-+\u2022\u00b7\u25aa\u25cf] |\||\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)] "
    r"|\(?(?:[a-z]|[ivx]{1,5})\) ?)"
)
NUMBERED = re.compile(r" {0,8}[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[A-Z]{0,2}\.? ")
HEADING = re.compile(r" {0,3}(#{1,6}) ")
# "## 3. Purpose", "2. LSCP Functions": a section of the text's own.
OWN = re.compile(
    r"^ {0,3}(?:#{1,6} )?(?:Section )?([0-9]{1,2})[.:]? {1,3}[A-Z][^\n.!?;:|]{2,90}$", re.MULTILINE
)
# Not after "s.", "Reg.", "no." and their like, and only before a capital.
SHORT = "s ss sec sch schs reg regs art arts para paras pt ch c no nos cf dr mr mrs ms st etc".split()
ABBREVIATED = "".join(rf"(?<!\b{form}\.)" for word in SHORT for form in (word, word.capitalize()))
SENTENCE = re.compile(
    rf"[.!?]{ABBREVIATED}(?<!\be\.g\.)(?<!\bi\.e\.)[\"')\]]{{0,3}}(?=[ \n]{{1,4}}[\"'(\[]?[A-Z])"
)


WRAPPED = 120
"""The longest line of a text whose lines are broken by hand, in characters."""


@dataclass(frozen=True)
class Structure:
    """Where the paragraphs and sentences of a text begin."""

    text: str

    @cached_property
    def _read(self) -> tuple[list[int], list[int], dict[int, int]]:
        paragraphs, items, headings = [0], [], {}
        before = ""
        for match in LINE.finditer(self.text):
            line = match[0].rstrip("\n")
            stripped = line.strip()
            start = match.start()
            heading = HEADING.match(line)
            item = ITEM.match(line)
            if heading:
                headings[start] = len(heading[1])
            if item:
                items.append(start)
            # In a text whose lines are broken by hand the end of a line says nothing.
            if start and (
                not before
                or (before[-1] in ".:;!?|" and not self.wrapped)
                or before[0] == "#"
                or heading
                or item
                or NUMBERED.match(line)
            ):
                paragraphs.append(start)
            before = stripped
            if match.end() == len(self.text):
                break
        return paragraphs, items, headings

    @cached_property
    def wrapped(self) -> bool:
        """Whether the lines are broken by hand: none is long, and some sentence goes over an end of line."""
        lines = self.text.split("\n")
        if max(map(len, lines)) > WRAPPED:
            return False
        return any(one[-1:].isalpha() and two[:1].islower() for one, two in pairwise(lines))

    @cached_property
    def own(self) -> frozenset[str]:
        """The numbers of the text's own sections."""
        return frozenset(match[1] for match in OWN.finditer(self.text))

    @cached_property
    def sentences(self) -> list[int]:
        """Where sentences begin; every paragraph begins one."""
        return sorted({*self._read[0], *(match.end() for match in SENTENCE.finditer(self.text))})

    def paragraph(self, position: int) -> int:
        """Where the paragraph of a position begins."""
        starts = self._read[0]
        return starts[bisect_right(starts, position) - 1]

    def sentence(self, position: int) -> int:
        """Where the sentence of a position begins."""
        return self.sentences[bisect_right(self.sentences, position) - 1]

    def is_item(self, position: int) -> bool:
        """Whether the paragraph of a position is an item of a list, or a row of a table."""
        start = self.paragraph(position)
        return start in self._items

    @cached_property
    def _items(self) -> frozenset[int]:
        return frozenset(self._read[1])

    @property
    def headings(self) -> dict[int, int]:
        """The Markdown headings: where each line begins, and its level."""
        return self._read[2]

    def line(self, position: int) -> tuple[int, int]:
        """Where the line of a position begins and ends, its end of line not included."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        return start, len(self.text) if end < 0 else end
