"""What each amendment of a chapter changed, to the word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from chapterhouse import history as histories
from chapterhouse.model import Amendment, History, Version
from chapterhouse.redline import Redline, compare


@dataclass(frozen=True, slots=True)
class Step:
    """One amendment of a chapter, with the version before it and what it changed."""

    before: Version
    after: Version
    redline: Redline


_KEPT: WeakKeyDictionary[History, Mapping[str, Step]] = WeakKeyDictionary()
_SINGLE: WeakKeyDictionary[History, dict[str, Step | None]] = WeakKeyDictionary()
"""Those that somebody asked for by themselves: one redline is no reason to work out all."""


def steps(history: History) -> Mapping[str, Step]:
    """What each amendment changed, by its version, in the order in which they took effect.

    Those without a predecessor are left out, and those whose text is not at hand. Worked out once.
    """
    found = _KEPT.get(history)
    if found is None:
        own = (_step(history, version.amendment) for version in histories.versions(history))
        found = _KEPT[history] = {step.after.number: step for step in own if step}
    return found


def redlined(history: History) -> Mapping[str, Step]:
    """The amendments that have a redline to show, at `/slug/changes/<version>/`: words changed."""
    return {number: step for number, step in steps(history).items() if step.redline.wording}


def _step(history: History, record: Amendment) -> Step | None:
    """What one amendment changed; None where the text before it or its own is not at hand."""
    kept = _SINGLE.setdefault(history, {})
    if record.version not in kept:
        before = histories.before(history, record)
        after = next((one for one in histories.versions(history) if one.amendment is record), None)
        step = None
        if before and after:
            numbers = dict(record.renumbered)
            step = Step(before, after, compare(before.chapter, after.chapter, numbers))
        kept[record.version] = step
    return kept[record.version]


def between(history: History, old: Version, new: Version) -> Redline:
    """The redline from one version of a chapter to any other, be it an earlier one."""
    if old.amendment is histories.predecessor(history.chapter.head.amendments, new.amendment):
        step = _step(history, new.amendment)
        if step and step.before.chapter is old.chapter and step.after.chapter is new.chapter:
            return step.redline
        return compare(old.chapter, new.chapter, dict(new.amendment.renumbered))
    return compare(old.chapter, new.chapter, renumbered(history, old.amendment, new.amendment))


def renumbered(history: History, old: Amendment, new: Amendment) -> Mapping[str, str]:
    """Which number of `old` became which number of `new`, whichever of them is the later.

    Each step on the way is what its own redline pairs, so that a text is one here if its history says so. Two
    versions may both stand on a third, as one that is urgent and one that is scheduled do: the way from one
    to the other leads back over what they have in common.
    """
    ahead, back = _line(history, new), _line(history, old)
    common = next((one for one in back if one in ahead), None)
    numbers: dict[str, str] = {}
    for record in back[: back.index(common)] if common else back:
        numbers = _then(numbers, {last: first for first, last in _numbers(history, record).items()})
    for record in reversed(ahead[: ahead.index(common)] if common else ahead):
        numbers = _then(numbers, _numbers(history, record))
    return {first: last for first, last in numbers.items() if first != last}


def _numbers(history: History, record: Amendment) -> Mapping[str, str]:
    """Which number an amendment made which."""
    step = _step(history, record)
    if step is None:
        return dict(record.renumbered)
    return {change.was: change.number for change in step.redline.changes if change.was}


def _line(history: History, amendment: Amendment) -> list[Amendment]:
    """An amendment and those that it stands on, newest first."""
    found = [amendment]
    while before := histories.before(history, found[-1]):
        found.append(before.amendment)
    return found


def _then(numbers: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """What becomes of numbers that were changed already when they are changed again."""
    left = dict(own)
    return {first: left.pop(last, last) for first, last in numbers.items()} | left
