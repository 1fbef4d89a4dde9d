"""Replacement pages: which chapters a copy on paper must exchange to be as the manual is on a later day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chapterhouse import dates
from chapterhouse import history as histories
from chapterhouse.manual.changes import between
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Amendment, History, Manual, Version
from chapterhouse.redline import Redline


@dataclass(frozen=True, slots=True)
class Replacement:
    """One chapter of which the sheets are taken out and put in."""

    history: History
    old: Version | None
    """What a copy of the earlier day holds; None where it does not have the chapter."""
    new: Version
    redline: Redline | None
    """From the old text to the new one; None for a new chapter."""
    around: tuple[str, ...] = ()
    """What differs of all that is said around the text, in words."""

    @property
    def withdrawn(self) -> bool:
        """Whether the chapter has been withdrawn since: its sheets say what to follow instead."""
        return self.new.chapter.head.status == "withdrawn"


def replacements(manual: Manual, since: date, today: date) -> tuple[Replacement, ...]:
    """The chapters of which a copy made on `since` no longer says what the manual says on `today`.

    Chapters stand in the order of the manual; one that was only renumbered or given another title is among
    them, and one of which the sheets say something else around the same text: that it is not in force yet,
    what is announced or recorded of it, its reviews, how the law that it cites stands. What has no date, as
    its owner, cannot be compared. A copy holds what had been published by its day: a version that was
    published later and took effect earlier was not in it. Raises ValueError, with what is to be done
    instead, for a day that has not come and for one before the first record.
    """
    if since > today:
        raise ValueError(f"{since} lies after {today}, the day for which the sheets are made")
    published = [r.published for history in manual.published for r in history.chapter.head.amendments]
    if not published or since < min(published):
        first = f"before {dates.long(min(published))}" if published else "yet"
        raise ValueError(f"nothing was published {first}: print the whole manual")
    return tuple(
        found for history in manual.published for found in _replacement(manual, history, since, today)
    )


def _replacement(manual: Manual, history: History, since: date, today: date) -> Iterator[Replacement]:
    new, old = histories.shown(history, today), _held(history, since)
    if new is None:
        raise ValueError(f"the text of {history.chapter.slug} on {today} is not in the archive: run check")
    if old is None:
        yield Replacement(history, None, new, None)
    else:
        known = tuple(one for one in history.chapter.head.amendments if one.published <= since)
        then = _around(manual, history, old, since, known)
        now = _around(manual, history, new, today, history.chapter.head.amendments)
        around = tuple(words for words, said in now.items() if said != then[words])
        if old != new or around:
            yield Replacement(history, old, new, between(history, old, new), around)


def _held(history: History, day: date) -> Version | None:
    """The version that a copy made on a day holds, by what had been published then."""
    record = _record(history, day)
    if record is None:
        return None
    for version in histories.versions(history):
        if version.amendment is record:
            return version
    raise ValueError(
        f"the text of version {record.version} of {history.chapter.slug} is not in the archive: run check"
    )


def _record(history: History, day: date) -> Amendment | None:
    """As `histories.shown`: the version that applied, else the first that was going to."""
    records = histories.in_order(history.chapter.head.amendments)
    known = [record for record in records if record.published <= day]
    due = [record for record in known if record.effective <= day]
    return due[-1] if due else next(iter(known), None)


def _around(
    manual: Manual, history: History, version: Version, day: date, known: tuple[Amendment, ...]
) -> Mapping[str, object]:
    """What its sheets of a day say around the text of a version, by what that is in words.

    `known` are the records that they tell of.
    """
    ahead = version.amendment.effective > day
    declared = histories.under_review(history, version, day)
    review = history.chapter.head.review
    law = mentions(manual, version.chapter, version.amendment.effective if ahead else day)
    return {
        "whether it is in force": ahead,
        "the notice that it is under review": (declared, declared is not None and declared.expected < day),
        "its next review": review
        and (review.due < day, review.last if review.last and review.last.date <= day else None),
        "the amendments that are announced or listed": known,
        "how the law that it cites stands": [one.standings for one in law],
    }
