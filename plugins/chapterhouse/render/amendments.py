"""The page of amendments: every record of every chapter, by the month in which it takes effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from chapterhouse import dates
from chapterhouse.editions import Edition, editions
from chapterhouse.model import Amendment, Manual, Role
from chapterhouse.render.past import Exists, redline
from chapterhouse.render.pieces import ENVIRONMENT, KINDS, Url

LONG = 500
"""From how many amendments on a browser lays out only those that are on the screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One amendment of one chapter."""

    edition: Edition
    """What the chapter's own address shows on the build date."""
    record: Amendment
    roles: tuple[Role, ...]
    """Whom it concerns: those whom the record names, else those whom the chapter does."""
    page: str
    """Where its version stands, from the site's root; empty while it is to come."""
    redline: str
    """Where what it changed stands; empty where there is nothing to show."""
    never: bool
    """Whether a later version took effect on the same day."""


@dataclass(frozen=True, slots=True)
class Month:
    """The amendments that took effect in one month, newest first."""

    first: date
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """April."""
        return dates.MONTHS[self.first.month - 1]

    @property
    def title(self) -> str:
        """April 2026."""
        return f"{self.name} {self.first.year}"

    @property
    def anchor(self) -> str:
        """Its address in the page."""
        return f"chapterhouse-{self.first:%Y-%m}"


def page(manual: Manual, today: date, exists: Exists, url: Url) -> str:
    """The HTML of the page: what is to come, the nearest first, then all that has taken effect."""
    shown = editions(manual, today)
    entries = [entry for edition in shown for entry in _entries(manual, edition, exists)]
    coming = sorted((e for e in entries if e.record.effective > today), key=_effective)
    months = by_month([e for e in entries if e.record.effective <= today])
    kinds = {entry.record.kind for entry in entries}
    roles = {role for entry in entries for role in entry.roles}
    return ENVIRONMENT.get_template("register.html").render(
        coming=coming,
        months=months,
        years=[(year, tuple(members)) for year, members in groupby(months, lambda month: month.first.year)],
        total=len(entries),
        LONG=LONG,
        chapter_choices=[(e.history.chapter.slug, f"{e.head.chapter} {e.head.title}") for e in shown],
        kind_choices=[(kind, words) for kind, words in KINDS.items() if kind in kinds],
        roles=manual.roles,
        role_choices=[(role.id, role.title) for role in manual.roles if role in roles],
        everybody=len(manual.roles),
        today=today,
        url=url,
    )


def by_month(entries: list[Entry]) -> tuple[Month, ...]:
    """Amendments by the month in which they took effect, newest first.

    Of two on one day, chapters stand in the order of the manual, and of one chapter the later recorded first.
    """
    order = sorted(entries, key=_effective, reverse=True)
    months = groupby(order, lambda entry: entry.record.effective.replace(day=1))
    return tuple(Month(first, tuple(members)) for first, members in months)


def _entries(manual: Manual, edition: Edition, exists: Exists) -> Iterator[Entry]:
    """The amendments of a chapter, newest first."""
    following: date | None = None
    for record in edition.records:
        concerned = record.roles or edition.live.roles
        yield Entry(
            edition,
            record,
            tuple(role for role in manual.roles if role.id in concerned),
            _page(edition, record),
            redline(edition, record, exists),
            never=record.effective == following,
        )
        following = record.effective


def _page(edition: Edition, record: Amendment) -> str:
    if record == edition.amendment:
        return edition.path
    return f"{edition.path}versions/{record.version}/" if record.version in edition.archived else ""


def _effective(entry: Entry) -> date:
    return entry.record.effective
