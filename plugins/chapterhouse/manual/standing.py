"""The manual as it stood on a day: its chapters, the guidance of that day, and what was corrected later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chapterhouse import history as histories
from chapterhouse.citations.status import status
from chapterhouse.law import Instrument, Register, Target
from chapterhouse.model import Amendment, Chapter, Correction, History, Manual, UnderReview, Version

State = Literal["in-force", "under-review", "withdrawn", "scheduled"]


@dataclass(frozen=True, slots=True)
class ChapterThen:
    """A chapter on a day."""

    history: History
    amendment: Amendment
    """The record of the version that applied; before the first, that of the first."""
    version: Version | None
    """The version that applied; None before the first, and where the text is not at hand."""
    state: State
    """`scheduled` before the first version. A review is that which the version itself declares."""

    @property
    def slug(self) -> str:
        """The chapter's address today."""
        return self.history.chapter.slug

    @property
    def text(self) -> Chapter:
        """The chapter as it read then; the live one where there was none, or it is not at hand."""
        return self.version.chapter if self.version else self.history.chapter

    @property
    def under_review(self) -> UnderReview | None:
        """The review that the version declared."""
        return self.version.chapter.head.under_review if self.version else None


@dataclass(frozen=True, slots=True)
class GuidanceThen:
    """The edition of guidance that held on a day."""

    instrument: Instrument
    since: date | None
    """The first day of the edition; None where the register does not tell."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text that readers were shown on a day, and that was corrected later as published in error."""

    history: History
    correction: Amendment
    """The record that put it right."""
    wrong: Correction
    """Which version was wrong, and from when until when it was shown."""


@dataclass(frozen=True, slots=True)
class DatedView:
    """The manual as it stood on a day, as far as it is recorded today."""

    day: date
    chapters: tuple[ChapterThen, ...]
    """Every chapter that was ever published, in the manual's order."""
    guidance: tuple[GuidanceThen, ...]
    """The guidance that is issued in editions, each with the one that held, in the register's order."""
    corrections: tuple[Mistake, ...]
    """In the manual's order."""

    @property
    def versions(self) -> tuple[tuple[History, Version], ...]:
        """The versions that applied, those that withdrew a chapter left out."""
        applied = (one for one in self.chapters if one.state in ("in-force", "under-review"))
        return tuple((one.history, one.version) for one in applied if one.version)


def as_at(manual: Manual, day: date) -> DatedView:
    """The manual as it stood on `day`. Drafts are left out."""
    return DatedView(
        day,
        tuple(chapter_then(history, day) for history in manual.published),
        tuple(guidance(manual.register, day)),
        tuple(mistake for history in manual.published for mistake in mistakes(history, day)),
    )


def chapter_then(history: History, day: date) -> ChapterThen:
    """A chapter on `day`. It must have been published: it has a record."""
    order = histories.in_order(history.chapter.head.amendments)
    due = [amendment for amendment in order if amendment.effective <= day]
    if not due:
        return ChapterThen(history, order[0], None, "scheduled")
    version = histories.as_at(history, day)
    return ChapterThen(history, due[-1], version, _state(version, due[-1]))


def mistakes(history: History, day: date) -> Iterator[Mistake]:
    """What of the chapter was shown on `day` and was corrected later, earliest correction first."""
    for amendment in histories.in_order(history.chapter.head.amendments):
        wrong = amendment.corrects
        if wrong and wrong.start <= day <= wrong.until:
            yield Mistake(history, amendment, wrong)


def _state(version: Version | None, amendment: Amendment) -> State:
    if version is None:
        return "withdrawn" if amendment.kind == "withdrawn" else "in-force"
    if version.chapter.head.status == "withdrawn":
        return "withdrawn"
    return "under-review" if version.chapter.head.under_review else "in-force"


def guidance(register: Register, day: date) -> Iterator[GuidanceThen]:
    """The editions that held on a day, in the manual's territory."""
    for instrument in register.instruments.values():
        if not (instrument.edition_of or instrument.reissued):
            continue
        standing = status(register, Target(instrument.id), day, register.territory)
        if standing.state == "in-force":
            first = standing.fact.start if standing.fact else None
            # Of what is reissued under one title the register knows the first day of each edition.
            issued = [since for since in instrument.reissued if since <= day]
            yield GuidanceThen(instrument, issued[-1] if issued else first)
