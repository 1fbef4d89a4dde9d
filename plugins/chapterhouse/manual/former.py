"""Addresses of a chapter that no longer lead to the text that had them, and what became of that text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from chapterhouse import history as histories
from chapterhouse.chapters import key
from chapterhouse.manual import following
from chapterhouse.manual.following import Stage, UnitHistory
from chapterhouse.model import Amendment, History


@dataclass(frozen=True, slots=True)
class Former:
    """An address that a paragraph, a section or a heading had, and what became of it."""

    anchor: str
    title: str
    """Of a heading without a number its words, of a section its number; empty for a paragraph."""
    moves: tuple[tuple[Amendment, str], ...]
    """Each number that the text was given later, and by which record."""
    removed: Amendment | None
    """The record that took the text out; None while the chapter has it."""
    last: str
    """The version that had it last."""
    reused: bool
    """Whether the chapter of today has another text at the address."""
    became: str = ""
    """As `title`, of what it was at last."""

    @property
    def now(self) -> str:
        """The last number it had."""
        return self.moves[-1][1] if self.moves else self.anchor

    @property
    def lost(self) -> Amendment:
        """The record with which the address ceased to lead to it."""
        found = self.moves[0][0] if self.moves else self.removed
        if found is None:
            raise ValueError(f"{self.anchor} is where it was")
        return found


def former(history: History, today: date) -> tuple[Former, ...]:
    """The addresses that today's text of the chapter no longer has for what they once led to.

    They stand in the order of numbers, of two texts with one number the earlier first. What became of a text
    is what `following` says. One that went out and came back as it was is where it was.
    """
    shown = histories.shown(history, today)
    if shown is None:
        return ()
    known = following.followed(history)
    numbers = [version.number for version in known.versions]
    until = {number: place for place, number in enumerate(numbers[: numbers.index(shown.number) + 1])}
    addressed = (unit for unit in known.units if unit.stages[0].change.kind != "text")
    units = [_Unit(until, unit) for unit in addressed if unit.stages[0].version.number in until]
    came = {(unit.anchors[0], _text(unit.stages[0])): unit.first for unit in units}
    present = frozenset(shown.chapter.anchors)
    found = [one for unit in units for one in unit.former(present, came)]
    return tuple(sorted(found, key=lambda one: key(one.anchor)))


class _Unit:
    """A paragraph or a heading in the versions up to the one that is shown."""

    def __init__(self, until: Mapping[str, int], unit: UnitHistory) -> None:
        self.stages = [one for one in unit.stages if one.version.number in until]
        self.anchors = [one.change.number for one in self.stages]
        self.removed = unit.removed if unit.removed and unit.removed.number in until else None
        self.first = until[self.stages[0].version.number]
        self.end = until[self.removed.number] if self.removed else len(until)

    def former(self, present: Collection[str], came: Mapping[tuple[str, str], int]) -> Iterator[Former]:
        """Its addresses that do not lead to it; `came` tells when which text first stood where."""
        now = self.anchors[-1]
        back = came.get((now, _text(self.stages[-1])), -1) >= self.end
        for anchor in dict.fromkeys(self.anchors):
            if anchor != now or (self.removed and not back):
                start = self.anchors.index(anchor)
                moves = tuple(
                    (after.version.amendment, after.change.number)
                    for before, after in pairwise(self.stages[start:])
                    if after.change.number != before.change.number
                )
                yield Former(
                    anchor,
                    _title(self.stages[start]),
                    moves,
                    self.removed.amendment if self.removed else None,
                    self.stages[-1].version.number if self.removed else "",
                    reused=anchor in present,
                    became=_title(self.stages[-1]),
                )


def _text(stage: Stage) -> str:
    """The words of a unit without its number."""
    body, anchor = stage.version.chapter.body, stage.change.number
    if stage.change.kind == "section":
        return next(one.title for one in body.sections if one.anchor == anchor)
    return next(one.text for one in body.paragraphs if one.anchor == anchor)


def _title(stage: Stage) -> str:
    """What a heading is known by; empty for a paragraph."""
    if stage.change.kind != "section":
        return ""
    sections = stage.version.chapter.body.sections
    return next(one.number or one.title for one in sections if one.anchor == stage.change.number)
