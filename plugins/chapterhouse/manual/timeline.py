"""The days on which the manual changed, and from when until when each part of it held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from chapterhouse import dates
from chapterhouse import history as histories
from chapterhouse.law import Instrument, Register
from chapterhouse.manual import standing
from chapterhouse.model import Amendment, History, Manual, Version

DAY = timedelta(days=1)
FIRST = date(dates.FIRST_YEAR, 1, 1)
"""The first day that anybody can ask about."""


@dataclass(frozen=True, slots=True)
class Held:
    """An edition of guidance, and the days on which it held (both included)."""

    instrument: Instrument
    since: date | None
    """None where the register does not tell."""
    until: date | None
    """None while no end is known."""

    def within(self, first: date, last: date | None) -> bool:
        """Whether it held on any day from `first` to `last`; None is a day without end."""
        begun = self.since is None or last is None or self.since <= last
        return begun and (self.until is None or first <= self.until)


_KEPT: WeakKeyDictionary[Register, tuple[Held, ...]] = WeakKeyDictionary()


def days(manual: Manual) -> tuple[date, ...]:
    """The days on which something changed, earliest first.

    A version took effect, or a time in which a mistake was published began or was over.
    """
    found = set()
    for history in manual.published:
        for record in history.chapter.head.amendments:
            found.add(record.effective)
            if record.corrects:
                found |= {record.corrects.start, record.corrects.until + DAY}
    return tuple(sorted(found))


def guidance(register: Register) -> tuple[Held, ...]:
    """Every edition of guidance that ever held, in the register's order and then by day. Worked out once."""
    found = _KEPT.get(register)
    if found is None:
        found = _KEPT[register] = tuple(_guidance(register))
    return found


def corrections(history: History, version: Version) -> tuple[Amendment, ...]:
    """The records that put right what was published in error while a version applied, earliest first.

    Those that name the version are among them, whenever it applied.
    """
    first, last = version.amendment.effective, version.until
    found = []
    for record in histories.in_order(history.chapter.head.amendments):
        wrong = record.corrects
        if wrong is None or record == version.amendment:
            continue
        if wrong.version == version.number or (
            wrong.until >= first and (last is None or wrong.start <= last)
        ):
            found.append(record)
    return tuple(found)


def _guidance(register: Register) -> Iterator[Held]:
    """Between two days on which a fact of the register begins nothing changes."""
    editions = [one for one in register.instruments.values() if one.edition_of or one.reissued]
    turns = sorted({FIRST, *(day for one in editions for day in _turns(one))})
    then = [{(one.instrument.id, one.since) for one in standing.guidance(register, turn)} for turn in turns]
    for instrument in editions:
        since = {first for held in then for identity, first in held if identity == instrument.id}
        for first in sorted(since, key=lambda day: day or FIRST):
            holds = [turn for turn, held in zip(turns, then, strict=True) if (instrument.id, first) in held]
            following = next((turn for turn in turns if turn > holds[-1]), None)
            yield Held(instrument, first, following - DAY if following else None)


def _turns(instrument: Instrument) -> Iterable[date]:
    yield from instrument.reissued
    for fact in instrument.facts:
        if fact.start and fact.start >= FIRST:
            yield fact.start
