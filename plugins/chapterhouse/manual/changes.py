"""What each amendment of a chapter changed, to the word; and every text that each paragraph ever had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from chapterhouse import history as histories
from chapterhouse.model import Amendment, Chapter, History, Version
from chapterhouse.redline import Redline, compare


@dataclass(frozen=True, slots=True)
class Step:
    """One amendment of a chapter, with the version before it and what it changed."""

    before: Version
    after: Version
    redline: Redline


_KEPT: WeakKeyDictionary[History, Mapping[str, Step]] = WeakKeyDictionary()


def steps(history: History) -> Mapping[str, Step]:
    """What each amendment changed, by its version, in the order in which they took effect.

    Those without a predecessor are left out, and those whose text is not at hand. Worked out once.
    """
    found = _KEPT.get(history)
    if found is None:
        found = _KEPT[history] = {step.after.number: step for step in _steps(history)}
    return found


def redlined(history: History) -> Mapping[str, Step]:
    """The amendments that have a redline to show, at `/slug/changes/<version>/`: words changed."""
    return {number: step for number, step in steps(history).items() if step.redline.wording}


def _steps(history: History) -> list[Step]:
    found = []
    for version in histories.versions(history):
        before = histories.before(history, version.amendment)
        if before is not None:
            redline = between(history, before.amendment, before.chapter, version.amendment, version.chapter)
            found.append(Step(before, version, redline))
    return found


def between(
    history: History, old: Amendment, old_text: Chapter, new: Amendment, new_text: Chapter
) -> Redline:
    """The redline from one version of a chapter to any later recorded one."""
    return compare(old_text, new_text, renumbered(history, old, new))


def renumbered(history: History, old: Amendment, new: Amendment) -> Mapping[str, str]:
    """Which number of `old` became which number of `new`, over all records between them."""
    records = history.chapter.head.amendments
    between = records[records.index(new) : records.index(old)]
    numbers: dict[str, str] = {}
    for record in reversed(between):
        own = dict(record.renumbered)
        numbers = {first: own.pop(last, last) for first, last in numbers.items()} | own
    return numbers
