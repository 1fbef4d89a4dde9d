"""Putting chapters under review: what is to be written, worked out and proved before anything is."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from chapterhouse import frontmatter, history
from chapterhouse.manual import asked, recording
from chapterhouse.manual.holdings import Holdings
from chapterhouse.manual.impact import Affected, Impact, uncovered
from chapterhouse.manual.recording import File, Recorded
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.model import Amendment, Chapter, Diagnostic, Manual, UnderReview

MEANWHILE = "Follow the chapter as it stands, and ask the owner about the paragraphs named here."
MONTHS = 3
"""How far ahead the new text is expected, if nobody says."""

State = Literal["opened", "finished", "kept", "skipped", "refused"]


@dataclass(frozen=True, slots=True)
class Request:
    """What an editor asks for."""

    reason: str
    meanwhile: str
    expected: date
    published: date
    day: date
    """The first day under review."""
    still_applies: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one chapter. `files` are to be written in their order, each whole."""

    chapter: Chapter
    state: State
    message: str
    hint: str = ""
    version: str = ""
    paragraphs: tuple[str, ...] = ()
    files: tuple[File, ...] = ()

    def refused(self, message: str, hint: str) -> Outcome:
        """The same chapter, refused after all."""
        return replace(self, state="refused", message=message, hint=hint)


def request(
    day: date, reason: str | None, meanwhile: str | None, until: date | None, published: date | None
) -> Request:
    """What an editor asks for, with what nobody said. Raises ValueError, saying what cannot be."""
    if not reason:
        raise ValueError("a review needs a reason, which the reader is told: give --reason")
    reason = asked.words(frontmatter.UNDER_REVIEW, "reason", reason)
    meanwhile = asked.words(frontmatter.UNDER_REVIEW, "meanwhile", meanwhile or MEANWHILE)
    until, published = until or expected(day), published or day
    if until < day:
        raise ValueError(f"--expected {until} is before the review opens, on {day}")
    if published > day:
        raise ValueError(f"--published {published} is after the review opens: give that day as --date")
    return Request(reason, meanwhile, until, published, day)


def expected(day: date) -> date:
    """The day on which the new text is expected if nobody says: three months on, or the month's last day."""
    month = day.month + MONTHS
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def plan(
    manual: Manual,
    found: Impact,
    request: Request,
    faults: Sequence[Diagnostic],
) -> tuple[Outcome, ...]:
    """What becomes of each chapter that cites what the impact is about. Writes nothing.

    `faults` is what `check` says of the manual on the day.
    """
    by_slug: dict[str, list[Affected]] = {}
    for affected in found.affected:
        by_slug.setdefault(affected.chapter.slug, []).append(affected)
    outcomes = []
    for slug, texts in by_slug.items():
        chapter = manual.by_slug[slug]
        try:
            outcomes.append(_outcome(manual, chapter, texts, found, request, faults))
        except RefusedError as refused:
            outcomes.append(Outcome(chapter, "refused", str(refused), refused.hint))
    return tuple(outcomes)


def _outcome(
    manual: Manual,
    chapter: Chapter,
    texts: Sequence[Affected],
    found: Impact,
    request: Request,
    faults: Sequence[Diagnostic],
) -> Outcome:
    if chapter.head.status == "draft":
        return Outcome(chapter, "skipped", "a draft: put the law right in its text")
    shown = next((one for one in texts if one.state == "published"), texts[0])
    if shown.review:
        return _kept(chapter, shown, shown.review)
    scheduled = history.coming(manual.histories[chapter.slug], request.day)
    if scheduled:
        message = f"version {scheduled.version} is scheduled for {scheduled.effective}"
        raise RefusedError(message, "put the law right in that version, or reissue it with `under_review:`")
    _refuse_faulty(manual, chapter, faults)
    if not shown.anchors:
        message = "the words stand above the first number and heading, so no paragraph can be named"
        raise RefusedError(message, "number the paragraph, or write `under_review:` by hand")
    return _opened(manual, chapter, shown.anchors, found, request)


def _kept(chapter: Chapter, shown: Affected, review: UnderReview) -> Outcome:
    """A chapter that is under review stays so; what is not named in its review is told."""
    left = uncovered(shown)
    message = f"under review already, since {review.since}"
    if not left:
        return Outcome(chapter, "kept", message)
    message += f"; not named in it: {', '.join(left)}"
    return Outcome(
        chapter, "kept", message, "add them to `under_review.paragraphs`, as a change", paragraphs=left
    )


def _refuse_faulty(manual: Manual, chapter: Chapter, faults: Sequence[Diagnostic]) -> None:
    """Refuse a chapter with errors, but for those that the law itself has brought about.

    What was begun and stopped half way is finished.
    """
    holdings = Holdings(manual, manual.histories[chapter.slug])
    begun = ("archive-without-record", holdings.path(holdings.begun))
    own = [fault for fault in recording.errors(faults, chapter) if (fault.code, fault.path) != begun]
    if own:
        many = "an error" if len(own) == 1 else f"{len(own)} errors"
        place = f"line {own[0].span.line}: {own[0].message}"
        raise RefusedError(
            f"the chapter has {many}; {place}", "run `chapterhouse check`, and correct it first"
        )


def _opened(
    manual: Manual,
    chapter: Chapter,
    paragraphs: tuple[str, ...],
    found: Impact,
    request: Request,
) -> Outcome:
    done = opened(
        manual,
        chapter,
        request,
        paragraphs,
        summary=f"Under review because of {found.called}, which is cited here.",
        because=(found.target.instrument,),
    )
    review, version = done.chapter.head.under_review, done.record.version
    if review is None:
        message = f"version {version} was begun, and is no review"
        raise RefusedError(message, f"finish it first: `chapterhouse amend {chapter.slug}`")
    message = f"under review as version {version}: {', '.join(review.paragraphs)}"
    if done.state == "finished":
        message += "; it had been begun, and is now as it was archived then"
    state: State = "finished" if done.state == "finished" else "opened"
    return Outcome(chapter, state, message, "", version, review.paragraphs, done.files)


def opened(
    manual: Manual,
    chapter: Chapter,
    request: Request,
    paragraphs: tuple[str, ...],
    *,
    summary: str,
    because: tuple[str, ...] = (),
) -> Recorded:
    """The version that puts a chapter under review, or the one that was begun. Raises RefusedError."""
    if done := recording.begun(manual, chapter.slug):
        return done
    record = Amendment(
        version=recording.following(chapter),
        effective=request.day,
        published=request.published,
        kind="reviewed",
        summary=summary,
        paragraphs=paragraphs,
        because=because,
    )
    review = UnderReview(
        since=request.day,
        reason=request.reason,
        still_applies=request.still_applies,
        meanwhile=request.meanwhile,
        paragraphs=paragraphs,
        expected=request.expected,
    )
    return recording.recorded(manual, chapter, record, review)
