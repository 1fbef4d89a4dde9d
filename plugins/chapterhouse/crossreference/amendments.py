"""The register of amendments: every record of every chapter, with what the site shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from chapterhouse import history as histories
from chapterhouse.editions import Edition, editions
from chapterhouse.manual import changes, copies
from chapterhouse.model import Amendment, Chapter, History, Manual, Version


@dataclass(frozen=True, slots=True)
class Recorded:
    """One amendment of one chapter, with what the site shows of it on a day."""

    history: History
    amendment: Amendment
    chapter: Chapter
    """The chapter at that version; the live one where the text is not at hand."""
    until: date | None
    """The last day it applied; None while no later version is recorded."""
    sha256: str | None
    """Of the version's bytes in the archive; None where they are not there."""
    page: str | None
    """The page that shows the version, from the site's root; None while it has none."""
    redline: str | None
    """The page that shows what the amendment changed; None where there is nothing to show."""

    @property
    def code(self) -> str | None:
        """The code that copies of the version carry on paper; None where its bytes are not there."""
        return copies.of_digest(self.sha256) if self.sha256 else None

    @property
    def slug(self) -> str:
        """The chapter's address today."""
        return self.history.chapter.slug

    @property
    def never_applied(self) -> bool:
        """Whether a later version took effect on its first day."""
        return not Version(self.amendment, self.chapter, self.until).applied

    @property
    def roles(self) -> tuple[str, ...]:
        """Whom it concerns: those whom the record names, else those whom the chapter does."""
        return self.amendment.roles or self.history.chapter.head.roles


def recorded(manual: Manual, today: date) -> tuple[Recorded, ...]:
    """Every record of every published chapter, newest first by the day on which it takes effect.

    Of two on one day, chapters stand in the order of the manual, and of one chapter the later recorded first.
    """
    found = [record for edition in editions(manual, today) for record in _of(edition)]
    return tuple(sorted(found, key=lambda one: one.amendment.effective, reverse=True))


def _of(shown: Edition) -> list[Recorded]:
    """The records of one chapter, newest first."""
    history, order = shown.history, histories.in_order(shown.live.amendments)
    redlined = changes.redlined(history)
    pages = {number: shown.version_path(number) for number in shown.archived}
    pages[shown.version.number] = shown.path
    found = []
    for amendment, following in zip_longest(order, order[1:]):
        version = amendment.version
        archived = history.archive.get(version)
        own = history.digests.get(f"{version}.md") or (archived.sha256 if archived else None)
        found.append(
            Recorded(
                history,
                amendment,
                histories.text_of(history, version) or history.chapter,
                following.effective - timedelta(days=1) if following else None,
                own,
                pages.get(version),
                shown.changes_path(version) if version in redlined else None,
            )
        )
    return found[::-1]
