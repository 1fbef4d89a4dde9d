"""Each unit of a chapter followed from version to version: the one answer to which text became which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from chapterhouse import history as histories
from chapterhouse.manual.changes import between, steps
from chapterhouse.model import History, Version
from chapterhouse.redline import Change, telling, whole


@dataclass(frozen=True, slots=True)
class Stage:
    """A unit as a version has it."""

    version: Version
    change: Change
    """What changed from the version before; of the first, the text."""
    called: str
    """What it is called then: `paragraph 3.4`."""


# Compared by identity: two units may have had the same texts.
@dataclass(frozen=True, eq=False)
class UnitHistory:
    """A paragraph, a heading or a text that stands in none, in every version that has it."""

    stages: tuple[Stage, ...]
    """Oldest first; never empty."""
    removed: Version | None
    """The version that removed it."""


@dataclass(frozen=True, eq=False)
class Followed:
    """The units of a chapter through all of its versions."""

    versions: tuple[Version, ...]
    """Those that were published, in order."""
    units: tuple[UnitHistory, ...]
    """In the order in which they first came."""

    @cached_property
    def addresses(self) -> Mapping[str, Mapping[str, UnitHistory]]:
        """By version, the unit that each address led to: of a heading and a text, the heading."""
        found: dict[str, dict[str, UnitHistory]] = {version.number: {} for version in self.versions}
        for unit in self.units:
            for stage in unit.stages:
                own = found[stage.version.number]
                if stage.change.kind != "text" or stage.change.number not in own:
                    own[stage.change.number] = unit
        return found


_KEPT: WeakKeyDictionary[History, Followed] = WeakKeyDictionary()


def followed(history: History) -> Followed:
    """The units of a chapter through its versions, as the redline of each step pairs them. Worked out once.

    A redline goes by the record first: what `renumbered` names is one unit, whatever its words. A version
    that never applied is passed over, unless a record corrects it: it was published then.
    """
    found = _KEPT.get(history)
    if found is None:
        found = _KEPT[history] = _follow(history)
    return found


def still(history: History, then: str, now: str) -> frozenset[str]:
    """The addresses that lead to the same paragraph or section in two versions, given by their numbers.

    None where one of them was never published: nobody was to follow it.
    """
    known = followed(history).addresses
    old, new = known.get(then, {}), known.get(now, {})
    return frozenset(address for address, unit in new.items() if old.get(address) is unit)


def _follow(history: History) -> Followed:
    steps(history)  # most of what lies between two versions is what an amendment changed
    published = tuple(_published(history))
    every: list[list[Stage]] = []
    removed: dict[int, Version] = {}
    # Which of `every` stands at which place of the version that was read last.
    living: dict[int, int] = {}
    last: Version | None = None
    for version in published:
        before, living = living, {}
        changes = between(history, last, version).changes if last else whole(version.chapter)
        titles = telling.headings(changes)
        for change in changes:
            unit = before.get(change.old) if last else None
            if change.state == "removed":
                if unit is not None:
                    removed[unit] = version
                continue
            if unit is None:
                unit = len(every)
                every.append([])
            every[unit].append(Stage(version, change, telling.called(change, titles)))
            living[change.new] = unit
        last = version
    units = (UnitHistory(tuple(stages), removed.get(place)) for place, stages in enumerate(every))
    return Followed(published, tuple(units))


def _published(history: History) -> Iterator[Version]:
    corrected = {a.corrects.version for a in history.chapter.head.amendments if a.corrects}
    for version in histories.versions(history):
        if version.applied or version.number in corrected:
            yield version
