"""Addresses of a chapter that no longer lead to the text that had them, and what became of that text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from chapterhouse import history as histories
from chapterhouse.chapters import key
from chapterhouse.manual import changes
from chapterhouse.model import Amendment, Chapter, History, Version


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


@dataclass(slots=True)
class _Trace:
    """The way of one text from the address where it is first met."""

    anchor: str
    title: str
    text: str
    moves: tuple[tuple[Amendment, str], ...] = ()
    removed: Amendment | None = None
    last: str = ""

    @property
    def now(self) -> str:
        return self.moves[-1][1] if self.moves else self.anchor


def former(history: History, today: date) -> tuple[Former, ...]:
    """The addresses that today's text of the chapter no longer has for what they once led to.

    They stand in the order of numbers, of two texts with one number the earlier first. What became of a text
    is what the records say: a number that one of them maps went where it says, one that the next version
    lacks went out, and so did one that another text was moved to. A text that came back as it was is where
    it was.
    """
    applied = _applied(history, today)
    if not applied:
        return ()
    traces = list(_first(applied[0].chapter))
    for before, after in pairwise(applied):
        _follow(traces, _renumbered(history, before, after), before, after)
    present = frozenset(applied[-1].chapter.anchors)
    found = [
        Former(one.anchor, one.title, one.moves, one.removed, one.last, one.anchor in present)
        for one in traces
        if one.removed or one.now != one.anchor
    ]
    return tuple(sorted(found, key=lambda one: key(one.anchor)))


def _applied(history: History, today: date) -> list[Version]:
    """The versions that stood at the chapter's own address up to the one that stands there now."""
    shown = histories.shown(history, today)
    if shown is None:
        return []
    found = []
    for version in histories.versions(history):
        if version.until is None or version.until >= version.amendment.effective:
            found.append(version)
        if version.amendment is shown.amendment:
            break
    return found


def _follow(traces: list[_Trace], numbers: Mapping[str, str], before: Version, after: Version) -> None:
    """Take every text one version further."""
    texts = _texts(before.chapter)
    anchors = frozenset(after.chapter.anchors)
    taken = frozenset(numbers.values())
    for trace in traces:
        if trace.removed:
            continue
        stood = trace.now
        trace.text = texts[stood]
        if stood in numbers:
            trace.moves += ((after.amendment, numbers[stood]),)
        if trace.now not in anchors or (stood in taken and stood not in numbers):
            trace.removed, trace.last = after.amendment, before.number
    here = {(trace.anchor, trace.now) for trace in traces if not trace.removed}
    for trace in _first(after.chapter):
        if (trace.anchor, trace.anchor) not in here and not _back(traces, trace):
            traces.append(trace)


def _back(traces: list[_Trace], new: _Trace) -> bool:
    """Whether a text that went out stands where it stood, as it was."""
    for trace in traces:
        if trace.removed and trace.now == new.anchor == trace.anchor and trace.text == new.text:
            trace.removed = None
            return True
    return False


def _first(chapter: Chapter) -> Iterator[_Trace]:
    """The texts of a version at their addresses."""
    titles = {section.anchor: section.number or section.title for section in chapter.body.sections}
    texts = _texts(chapter)
    for anchor in dict.fromkeys(chapter.anchors):
        title = "" if anchor in chapter.numbers else titles[anchor]
        yield _Trace(anchor, title, texts[anchor])


def _texts(chapter: Chapter) -> dict[str, str]:
    found = {section.anchor: section.title for section in chapter.body.sections}
    return found | {paragraph.anchor: paragraph.text for paragraph in chapter.body.paragraphs}


def _renumbered(history: History, before: Version, after: Version) -> Mapping[str, str]:
    """Which number of a version became which of the next that applied."""
    changed = histories.before(history, after.amendment)
    if changed is None or changed.amendment is before.amendment:
        return dict(after.amendment.renumbered)
    return changes.renumbered(history, before.amendment, after.amendment)
