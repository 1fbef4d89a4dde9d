"""The page of amendments: every record of every chapter, by the month in which it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from chapterhouse import dates
from chapterhouse.crossreference import Recorded
from chapterhouse.editions import KINDS, editions
from chapterhouse.model import Manual, Role
from chapterhouse.render.pieces import ENVIRONMENT, Url

LONG = 500
"""From how many amendments on a browser lays out only those that are on the screen."""


@dataclass(frozen=True, slots=True)
class Month:
    """The amendments that took effect in one month, newest first."""

    first: date
    entries: tuple[Recorded, ...]

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


def page(manual: Manual, records: Sequence[Recorded], today: date, url: Url) -> str:
    """The HTML of the page: what is to come, the nearest first, then all that has taken effect.

    `records` are all amendments, newest first by the day on which they take effect.
    """
    shown = {edition.history: edition for edition in editions(manual, today)}
    coming = sorted((one for one in records if one.amendment.effective > today), key=_effective)
    months = by_month([one for one in records if one.amendment.effective <= today])
    concerned = partial(_concerned, manual.roles)
    kinds = {one.amendment.kind for one in records}
    roles = {role for one in records for role in concerned(one)}
    return ENVIRONMENT.get_template("register.html").render(
        coming=coming,
        months=months,
        years=[(year, tuple(members)) for year, members in groupby(months, lambda month: month.first.year)],
        total=len(records),
        LONG=LONG,
        chapter_choices=[
            (e.history.chapter.slug, f"{e.head.chapter} {e.head.title}") for e in shown.values()
        ],
        kind_choices=[(kind, words) for kind, words in KINDS.items() if kind in kinds],
        roles=manual.roles,
        role_choices=[(role.id, role.title) for role in manual.roles if role in roles],
        everybody=len(manual.roles),
        today=today,
        editions=shown,
        concerned=concerned,
        url=url,
    )


def by_month(records: Iterable[Recorded]) -> tuple[Month, ...]:
    """Amendments by the month in which they took effect; they stand newest first, and stay so."""
    months = groupby(records, lambda one: one.amendment.effective.replace(day=1))
    return tuple(Month(first, tuple(members)) for first, members in months)


def _concerned(roles: Iterable[Role], record: Recorded) -> tuple[Role, ...]:
    """Whom an amendment concerns, in the order of the manual."""
    return tuple(role for role in roles if role.id in record.roles)


def _effective(record: Recorded) -> date:
    return record.amendment.effective
