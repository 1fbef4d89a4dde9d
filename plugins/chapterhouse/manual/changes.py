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
            numbers = dict(version.amendment.renumbered)
            found.append(Step(before, version, compare(before.chapter, version.chapter, numbers)))
    return found


def between(history: History, old: Version, new: Version) -> Redline:
    """The redline from one version of a chapter to any other, be it an earlier one."""
    step = _KEPT.get(history, {}).get(new.number)  # one redline is no reason to work out all
    if step and step.before.number == old.number:
        return step.redline
    return compare(old.chapter, new.chapter, renumbered(history, old.amendment, new.amendment))


def renumbered(history: History, old: Amendment, new: Amendment) -> Mapping[str, str]:
    """Which number of `old` became which number of `new`, whichever of them is the later.

    Two versions may both stand on a third, as one that is urgent and one that is scheduled do: the way from
    one to the other leads back over what they have in common.
    """
    ahead, back = _line(history, new), _line(history, old)
    common = next((one for one in back if one in ahead), None)
    numbers: dict[str, str] = {}
    for record in back[: back.index(common)] if common else back:
        numbers = _then(numbers, {last: first for first, last in record.renumbered})
    for record in reversed(ahead[: ahead.index(common)] if common else ahead):
        numbers = _then(numbers, dict(record.renumbered))
    return {first: last for first, last in numbers.items() if first != last}


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
