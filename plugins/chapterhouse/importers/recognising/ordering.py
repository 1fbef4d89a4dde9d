"""Which of the numbers that texts start with are theirs: those that follow one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from chapterhouse.chapters.numbers import key, numerals
from chapterhouse.chapters.sequence import expected
from chapterhouse.importers.blocks import Block, Loss, letters, words
from chapterhouse.importers.recognising.numbering import (
    LARGEST_NUMERAL,
    Start,
    is_annex,
    joined,
    looks_numbered,
    measure_of,
    number_alone,
    section_of,
    start_of,
)
from chapterhouse.importers.recognising.recognised import Moved, Piece, Stretch
from chapterhouse.importers.runs import cut, text_of
from chapterhouse.model import Numbering

MOST_MISSING = 9
"""So many numbers in a row may be missing before one that stands by itself."""
MOST_MISSING_IN_ITEMS = 2
"""The same where a bullet stands before the number: few bullets are paragraphs."""
MOST_SECTIONS_MISSING = 4
"""The same of sections."""
FEWEST = 3
"""Paragraphs that are numbered through, for their numbers to be more than those of a list."""
MOST_OF = 0.75
"""The share of the numbers of a text that follow one another, where it is numbered through."""
AHEAD = 12
"""So many numbers are looked at to see whether the row goes on better without one."""


def numbering_of(stretches: Sequence[Stretch]) -> Numbering:
    """How the paragraphs are numbered: 3.2, or 23, or not at all.

    Lists that start at 1 again and again number no chapter through; those of annexes say nothing of it.
    """
    blocks = [one for one in stretches if isinstance(one, Block)]
    dotted = sum(
        one.kind in {"paragraph", "item", "heading"} and start_of(f"{one.text} .", "sections") is not None
        for one in blocks
    )
    body = list(takewhile(lambda one: one.kind != "heading" or not is_annex(one.text), blocks))
    plain = [one for one in body if one.kind == "paragraph" and start_of(f"{one.text} .", "continuous")]
    tried = pieces(joined(body, "continuous"), "continuous")
    through = sum(isinstance(one, Piece) and bool(one.number) for one in tried)
    if dotted >= 2 and dotted >= through / 2:
        return "sections"
    return "continuous" if through >= max(FEWEST, MOST_OF * len(plain)) else "none"


def pieces(stretches: Sequence[Stretch], numbering: Numbering) -> Iterator[Piece | Loss | Moved]:
    """Each block with the number that it starts with, if that is one of a paragraph or section here."""
    starts = [_start(one, numbering) for one in stretches]
    order = _Order(numbering, frozenset(start.number for start in starts if start and start.capital))
    row = [start for start in starts if start]
    met = 0
    gone = 0  # letters of the block that are listed before it
    for one, start in zip(stretches, starts, strict=True):
        met += start is not None
        ahead = row[met : met + AHEAD]
        if isinstance(one, Loss) and one.within is not None:
            yield replace(one, within=max(one.within - gone, 0))
        elif not isinstance(one, Block):
            yield one
        elif one.kind == "heading":
            piece, word = order.heading(one, ahead)
            gone = letters(word)
            if word:
                yield Loss(word, one.place, "markup", "the word before the number of a section")
            yield piece
        else:
            gone = 0
            yield order.piece(one, start, ahead)


def _start(one: Stretch, numbering: Numbering) -> Start | None:
    if not isinstance(one, Block) or one.kind not in {"paragraph", "item"} or words(one.marker):
        return None
    return start_of(text_of(one.runs), numbering)


@dataclass
class _Restart:
    """A second row of numbers, of an annex or a list, which is not that of the chapter."""

    last: str
    apart: bool
    """Whether a heading stands between it and the numbers of the chapter."""


@dataclass
class _Order:
    """Follows the numbers, so that "3.4 of the families" is not taken for paragraph 3.4 of section 7."""

    numbering: Numbering
    better: frozenset[str]
    """The numbers with which texts start that begin like a sentence."""
    section: int = 0
    last: str = ""
    """The number before; empty where the next has nothing to follow."""
    headed: bool = False
    """Whether a heading has come since."""
    restart: _Restart | None = None
    annex: int = 0
    """The level of the heading of the annex that this is; 0 where it is none."""

    def __post_init__(self) -> None:
        self.taken: set[str] = set()
        self.sections_again = 0
        """The number of the section before, where those of an annex started at 1 again."""

    def piece(self, block: Block, start: Start | None, ahead: Sequence[Start]) -> Piece:
        """A block that is no heading. `ahead` is what the next texts with numbers start with."""
        if start is None:
            text = text_of(block.runs)
            looks = looks_numbered(text, self.numbering) or number_alone(text, self.numbering)
            return Piece(block, doubt=(block.kind == "paragraph" and looks) or self._measure(block))
        if not self._fits(start, ahead, is_item=block.kind == "item"):
            return Piece(block, doubt=start.number)
        self.taken.add(start.number)
        self._arrive(start.number)
        bare = replace(block, kind="paragraph", marker="", level=1, runs=cut(block.runs, start.end))
        return Piece(bare, start.number)

    def _measure(self, block: Block) -> str:
        """The number of what was taken for a measure, where a paragraph could have it."""
        number = measure_of(text_of(block.runs)) if self.numbering == "sections" else ""
        near = bool(number) and numerals(number)[0] in {self.section, self.section + 1}
        return number if near and block.kind in {"paragraph", "item"} and not words(block.marker) else ""

    def _arrive(self, number: str) -> None:
        self.last, self.headed, self.restart = number, False, None
        if self.numbering == "sections":
            self.section = max(self.section, numerals(number)[0])

    def heading(self, block: Block, ahead: Sequence[Start]) -> tuple[Piece, str]:
        """A heading, of a section where its number follows; and the word "Section" that stood before it."""
        self.headed = True
        text = text_of(block.runs)
        if is_annex(text):
            self.annex, self.restart = block.level, None
        elif block.level <= self.annex:
            self.annex = 0
        if self.numbering != "sections":
            return Piece(block, doubt=looks_numbered(text, "sections")), ""
        match = section_of(text)
        sure = match is not None and bool(match[1] or match[3])
        begins = match is not None and bool(ahead) and numerals(ahead[0].number)[0] == int(match[2])
        if match and self._opens(int(match[2]), sure=sure, begins=begins):
            word = (match[1] or "").strip()
            return Piece(replace(block, runs=cut(block.runs, match.end())), match[2]), word
        start = start_of(text, "sections")
        if start and self._fits(start, (), is_item=False):
            # A heading that has the number of a paragraph stays a heading; its number is among its words.
            self._arrive(start.number)
            return Piece(block), ""
        if start and numerals(start.number)[-1] == 0:  # as the first section is numbered by some
            return Piece(block), ""
        again = match[2] if match and sure and int(match[2]) <= LARGEST_NUMERAL else ""
        return Piece(block, doubt=start.number if start else looks_numbered(text, "sections") or again), ""

    def _opens(self, number: int, *, sure: bool, begins: bool) -> bool:
        """Whether a number is that of the next section.

        It is `sure` with a sign behind it; it `begins` a section whose first paragraph has its numeral.
        """
        if self.sections_again and number == self.sections_again + 1:
            self.sections_again = number
            return False
        most = self.section + 1 + (MOST_SECTIONS_MISSING if sure else 0)
        if self.section < number <= most or (sure and begins and not self.section):
            self.section, self.last, self.sections_again, self.restart = number, "", 0, None
            self.annex = 0
            return True
        if sure and number == 1:
            self.sections_again = number
        return False

    def _fits(self, start: Start, ahead: Sequence[Start], *, is_item: bool) -> bool:
        """Whether a number is that of its text."""
        number = start.number
        if self._goes_on_elsewhere(number):
            return False
        now, last = numerals(number), numerals(self.last)
        if not start.capital and number in self.better:
            return False
        if number in self.taken or (self.section and now[0] not in {self.section, self.section + 1}):
            self._elsewhere(number)
            return False
        section = str(self.section) if self.section and not self.last and now[0] == self.section else ""
        next_one = (not last or key(number) > key(self.last)) and expected(last, now, section) is None
        if self._better_without(number, ahead, is_next=next_one):
            return False
        if next_one:
            return True
        if is_item:
            return bool(last) and last < now and _missing(last, now) <= MOST_MISSING_IN_ITEMS
        # Neither a sentence that begins with a number has a capital after it, nor do others follow it.
        if ahead and _follows(now, ahead[0].number):
            return True
        if not start.capital:
            return False
        if not last:
            return now[-1] <= (1 + MOST_MISSING if self.section else 1)
        alike = now[:-1] == last[: len(now) - 1]
        return alike and (now < last or _missing(last, now) <= MOST_MISSING)

    def _better_without(self, number: str, ahead: Sequence[Start], *, is_next: bool) -> bool:
        """Whether a number leaps over the one that comes next, which follows soon: "2.5 Children" before 2.3.

        Two that changed places, and one for which there is room in the row ahead, are left to a person.
        """
        now, last = numerals(number), numerals(self.last)
        if is_next and (not last or now[0] == last[0] or self.numbering == "continuous"):
            return False
        row = list(takewhile(lambda one: one.number not in self.taken, ahead))
        numbers = [one.number for one in row if one.capital]
        section = str(self.section) if self.section and not self.last else ""
        skipped = any(
            last < then < now
            and (not last or then[0] == last[0] or self.numbering == "continuous")
            and now[: len(then)] != then
            and expected(last, then, section) is None
            for then in map(numerals, numbers)
        )
        if not skipped:
            return False
        before, after = (".".join(map(str, (*now[:-1], now[-1] + step))) for step in (-1, 1))
        swapped = before in self.better and (after in self.better or row[0].number == before)
        return number in numbers or not swapped

    def _goes_on_elsewhere(self, number: str) -> bool:
        """Whether a number goes on with a row of an annex or a list; in doubt it is the chapter's."""
        restart = self.restart
        if restart is None:
            return False
        if self.annex:
            restart.last = number
            return True
        if not _follows(numerals(restart.last), number):
            return False
        if not restart.apart and number not in self.taken and _follows(numerals(self.last), number):
            return False
        restart.last = number
        return True

    def _elsewhere(self, number: str) -> None:
        apart = self.restart.apart if self.restart else self.headed and self.numbering == "sections"
        self.restart = _Restart(number, apart)


def _follows(before: tuple[int, ...], number: str) -> bool:
    now = numerals(number)
    return before < now and expected(before, now) is None


def _missing(last: tuple[int, ...], now: tuple[int, ...]) -> int:
    """How many numbers are missing at the first level in which two differ."""
    return next((new - old - 1 for old, new in zip(last, now, strict=False) if old != new), 0)
