"""Putting chapters under review: what is to be written, worked out and proved before anything is."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from chapterhouse import frontmatter, history
from chapterhouse.citations import judge
from chapterhouse.fields.nodes import Scalar
from chapterhouse.fields.reading import Reading
from chapterhouse.manual import recording
from chapterhouse.manual.impact import Affected, Impact, uncovered
from chapterhouse.manual.recording import File, RefusedError
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Diagnostic, Manual, Source, UnderReview

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
    words = {"--reason": reason, "--meanwhile": meanwhile or MEANWHILE}
    for name, text in words.items():
        # By the validator's own rule.
        reading = Reading(Source(name, text))
        frontmatter.PROSE.read(Scalar(0, 0, text), reading, name)
        for fault in reading.faults:
            raise ValueError(f"{fault.message}: {fault.hint}")
    until, published = until or expected(day), published or day
    if until < day:
        raise ValueError(f"--expected {until} is before the review opens, on {day}")
    if published > day:
        raise ValueError(f"--published {published} is after the review opens: give that day as --date")
    return Request(reason.strip(), words["--meanwhile"].strip(), until, published, day)


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
    manifests: Mapping[str, bytes | None],
) -> tuple[Outcome, ...]:
    """What becomes of each chapter that cites what the impact is about. Writes nothing.

    `faults` is what `check` says of the manual on the day; `manifests` has the bytes of the `SHA256SUMS` of
    each chapter, None where there is none.
    """
    by_slug: dict[str, list[Affected]] = {}
    for affected in found.affected:
        by_slug.setdefault(affected.chapter.slug, []).append(affected)
    outcomes = []
    for slug, texts in by_slug.items():
        chapter = manual.by_slug[slug]
        try:
            outcomes.append(_outcome(manual, chapter, texts, found, request, faults, manifests.get(slug)))
        except RefusedError as refused:
            outcomes.append(Outcome(chapter, "refused", str(refused), refused.hint))
    return tuple(outcomes)


def proved(
    outcomes: Sequence[Outcome], after: Sequence[Diagnostic], before: Sequence[Diagnostic]
) -> tuple[Outcome, ...]:
    """The outcomes, those refused of which the manual as it was read again has an error that is new."""
    known = {(fault.path, fault.code, fault.message) for fault in before}
    new = {
        fault.path: fault
        for fault in after
        if fault.severity == "error" and (fault.path, fault.code, fault.message) not in known
    }
    return tuple(
        one.refused(f"it was written, and has an error now: {new[path].message}", new[path].hint)
        if one.files and (path := one.chapter.source.path) in new
        else one
        for one in outcomes
    )


def _outcome(
    manual: Manual,
    chapter: Chapter,
    texts: Sequence[Affected],
    found: Impact,
    request: Request,
    faults: Sequence[Diagnostic],
    sums: bytes | None,
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
    _refuse_faulty(chapter, faults)
    archive = manual.histories[chapter.slug].archive
    archived = archive.get(chapter.head.version)
    if archived is None:
        path = f"{ARCHIVE}/{chapter.slug}/{chapter.head.version}.md"
        message = f"version {chapter.head.version} is not in the archive"
        raise RefusedError(message, f"copy the chapter, as it was published, to {path}")
    _refuse_unrecorded(chapter, archived)
    if not shown.anchors:
        message = "the words stand above the first number and heading, so no paragraph can be named"
        raise RefusedError(message, "number the paragraph, or write `under_review:` by hand")
    return _opened(manual, chapter, shown.anchors, found, request, sums)


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


def _refuse_faulty(chapter: Chapter, faults: Sequence[Diagnostic]) -> None:
    """Refuse a chapter with errors, but for those that the law itself has brought about."""
    own = [
        fault
        for fault in faults
        if (fault.path == chapter.source.path or fault.path.startswith(f"{ARCHIVE}/{chapter.slug}/"))
        and fault.severity == "error"
        and fault.code not in judge.CODES.values()
    ]
    if own:
        many = "an error" if len(own) == 1 else f"{len(own)} errors"
        place = f"line {own[0].span.line}: {own[0].message}"
        raise RefusedError(
            f"the chapter has {many}; {place}", "run `chapterhouse check`, and correct it first"
        )


def _refuse_unrecorded(chapter: Chapter, archived: Chapter) -> None:
    keys, places = history.unrecorded(chapter, archived)
    if not keys and not places:
        return
    what = [*keys, *(f"paragraph {place}" if place in chapter.numbers else place for place in places)]
    named = ", ".join(name or "the text" for name in what[:6]) + (" and more" if len(what) > 6 else "")
    message = f"it is no longer what was published as version {chapter.head.version}: {named}"
    path = archived.source.path
    raise RefusedError(message, f"record that change first, or put back what stands in {path}")


def _opened(
    manual: Manual,
    chapter: Chapter,
    paragraphs: tuple[str, ...],
    found: Impact,
    request: Request,
    sums: bytes | None,
) -> Outcome:
    record = Amendment(
        version=recording.following(chapter),
        effective=request.day,
        published=request.published,
        kind="reviewed",
        summary=f"Under review because of {found.called}, which is cited here.",
        paragraphs=paragraphs,
        because=(found.target.instrument,),
    )
    review = UnderReview(
        since=request.day,
        reason=request.reason,
        still_applies=True,
        meanwhile=request.meanwhile,
        paragraphs=paragraphs,
        expected=request.expected,
    )
    done = recording.recorded(manual, chapter, record, review, sums)
    now = done.chapter.head.under_review or review
    message = f"under review as version {record.version}: {', '.join(now.paragraphs)}"
    if done.begun:
        message += "; it had been begun, and is now as it was archived then"
    state: State = "finished" if done.begun else "opened"
    return Outcome(chapter, state, message, "", record.version, now.paragraphs, done.files)
