"""The manual as at a date: the page to pick one, and a page for each day on which something changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from chapterhouse import history as histories
from chapterhouse.editions import STATES, Edition, editions
from chapterhouse.manual import timeline
from chapterhouse.model import Amendment, Manual
from chapterhouse.render import past
from chapterhouse.render.past import Exists, Guidance, Mistake, Row
from chapterhouse.render.pieces import ENVIRONMENT, Url


@dataclass(frozen=True, slots=True)
class Applied(Row):
    """A version of a chapter and the days on which it applied."""

    slug: str
    title: str
    """The number and the title of the chapter in that version. The text itself is not kept."""
    amendment: Amendment
    state: str
    """In words."""
    page: str
    """Where it can be read, from the site's root; of a version to come, where the change stands."""
    withdrawn: bool
    """Whether it says that the chapter applies no more."""
    dated: bool
    """Whether that page can say what else held on a day."""
    published_later: bool
    """Whether the site is that of a day on which it was not published yet."""


@dataclass(frozen=True)
class Dated:
    """What held on which days, in a manual as it is recorded on `today`."""

    manual: Manual
    today: date
    exists: Exists

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which something changed, earliest first."""
        return timeline.days(self.manual)

    @cached_property
    def versions(self) -> tuple[Applied, ...]:
        """Every version of every chapter, in the order of the manual, the oldest first."""
        return tuple(row for one in editions(self.manual, self.today) for row in self._versions(one))

    @cached_property
    def guidance(self) -> tuple[Guidance, ...]:
        """Every edition of guidance that is known, in the order of the register."""
        register = self.manual.register
        return tuple(past.guidance(one, register, self.exists) for one in timeline.guidance(register))

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What was corrected as published in error, in the order of the manual."""
        return tuple(
            Mistake(wrong.start, wrong.until, one, record, past.redline(one, record, self.exists))
            for one in editions(self.manual, self.today)
            for record in histories.in_order(one.live.amendments)
            if (wrong := record.corrects)
        )

    def page(self, url: Url) -> str:
        """The HTML of the page on which a reader picks a date."""
        years = groupby(self.days, lambda day: day.year)
        return ENVIRONMENT.get_template("dated.html").render(
            dated=self, years=[(year, tuple(days)) for year, days in years], url=url
        )

    def day(self, day: date, url: Url) -> str:
        """The HTML of the page of one of the `days`."""
        place = self.days.index(day)
        return ENVIRONMENT.get_template("day.html").render(
            dated=self,
            day=day,
            before=self.days[place - 1] if place else None,
            after=self.days[place + 1] if place + 1 < len(self.days) else None,
            versions=[row for row in self.versions if row.holds(day)],
            guidance=[row for row in self.guidance if row.holds(day)],
            mistakes=[row for row in self.mistakes if row.holds(day)],
            url=url,
        )

    def _versions(self, edition: Edition) -> Iterator[Applied]:
        for version in histories.versions(edition.history):
            record, head = version.amendment, version.chapter.head
            if not version.applied:
                state = "Never in force"
            elif head.status == "withdrawn":
                state = STATES["withdrawn"]
            else:
                state = STATES["under-review" if head.under_review else "in-force"]
            page, dated = edition.path, True
            if version.number in edition.archived:
                page = edition.version_path(version.number)
            elif record != edition.amendment:
                page = past.redline(edition, record, self.exists) or f"{edition.path}#chapterhouse-scheduled"
                dated = False
            yield Applied(
                record.effective,
                version.until,
                version.chapter.slug,
                f"{head.chapter} {head.title}",
                record,
                state,
                page,
                head.status == "withdrawn",
                dated,
                record.published > self.today,
            )
