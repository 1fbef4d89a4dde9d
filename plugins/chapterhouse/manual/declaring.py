"""`review`: a chapter put under review, taken out of it again, or checked by its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chapterhouse import amending, frontmatter
from chapterhouse.manual import asked, inserting, naming, recording, reviewing, urgent
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.manual.recording import File, Recorded
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.model import Amendment, Chapter, LastReview, Manual, Review


def opened(
    manual: Manual, chapter: Chapter, request: reviewing.Request, paragraphs: Sequence[str]
) -> Recorded:
    """The version that declares a review. Raises RefusedError, and ValueError for an unknown paragraph."""
    here = frozenset(chapter.anchors)
    for number in paragraphs:
        if number not in here:
            raise ValueError(f"--paragraph: {'; '.join(naming.no_paragraph(number, here))}")
    if chapter.head.under_review:
        since = chapter.head.under_review.since
        hint = "change `under_review:` in the file and record that with `chapterhouse amend`, or --close it"
        raise RefusedError(f"it is under review already, since {since}", hint)
    if chapter.head.status == "withdrawn":
        raise RefusedError("a withdrawn chapter cannot be under review", "publish it again first")
    if done := _begun(manual, chapter, request.day):
        return done
    named = tuple(dict.fromkeys(paragraphs))
    done = reviewing.opened(manual, chapter, request, named, summary=f"Under review: {request.reason}"[:2000])
    recording.refuse_errors(manual, done, request.day)
    return done


def closed(manual: Manual, chapter: Chapter, summary: str, day: date) -> Recorded:
    """The version that ends a review. Raises RefusedError, and ValueError for words that cannot stand."""
    summary = asked.of_amendment("summary", summary)
    if done := _begun(manual, chapter, day):
        return done
    if chapter.head.under_review is None:
        raise RefusedError("it is not under review", "")
    record = Amendment(
        version=recording.following(chapter),
        effective=day,
        published=day,
        kind="reviewed",
        summary=summary,
        paragraphs=tuple(n for n in chapter.head.under_review.paragraphs if n in chapter.anchors),
    )
    done = recording.recorded(manual, chapter, record, None)
    recording.refuse_errors(manual, done, day)
    return done


def last(by: str, checked: Sequence[str], outcome: str, on: date, due: date) -> Review:
    """What an owner's check found, and when the next is due. Raises ValueError, saying what cannot be."""
    if due <= on:
        raise ValueError(f"--due {due} does not lie after the review, which was done on {on}")
    return Review(
        due,
        LastReview(
            on,
            asked.words(frontmatter.LAST_REVIEW, "by", by),
            tuple(asked.words(frontmatter.LAST_REVIEW, "checked", one) for one in dict.fromkeys(checked)),
            asked.words(frontmatter.LAST_REVIEW, "outcome", outcome),
        ),
    )


def done(chapter: Chapter, review: Review) -> File:
    """The chapter's file with the record of a check in it, and nothing else changed. Raises RefusedError."""
    if chapter.head.status == "draft":
        raise RefusedError("it is a draft, and is reviewed once it is published", "")
    wrong = next((one for one in frontmatter.read(chapter.source)[2] if one.severity == "error"), None)
    if wrong:
        raise RefusedError(f"line {wrong.span.line}: {wrong.message}", wrong.hint)
    was = chapter.head.review
    if was and was.last and review.last and review.last.date < was.last.date:
        message = f"a later review is recorded, of {was.last.date}"
        raise RefusedError(message, "a review is never recorded over a later one")
    source = chapter.source
    try:
        edits = amending.reviewed(source.text, inserting.tree_of(chapter), review)
    except amending.LayoutError as error:
        raise inserting.refused_layout(chapter, error) from None
    text = amending.applied(source.text, edits)
    after, _ = parse_chapter(replace(source, text=text), chapter.slug, "")
    if after.head != replace(chapter.head, review=review) or after.text != chapter.text:
        hint = "write `review.last` by hand, as docs/editing.md shows"
        raise RefusedError("its review is laid out so that nothing can be changed safely", hint)
    return File(source.path, source.text.encode(), text.encode())


def _begun(manual: Manual, chapter: Chapter, day: date) -> Recorded | None:
    """What was begun and stopped, after making sure that a version may be recorded at all."""
    if chapter.head.status == "draft":
        raise RefusedError("it is a draft, of which nothing is recorded", "publish it first")
    if not chapter.head.amendments:
        raise RefusedError("it has no version yet", f"run `chapterhouse amend {chapter.slug}` first")
    found = recording.begun(manual, chapter.slug)
    if found:
        recording.refuse_errors(manual, found, day)
        return found
    recording.refuse_unrecorded(manual, chapter)
    waiting = urgent.scheduled(chapter.head.amendments, day)
    if waiting:
        one = waiting[-1]
        hint = "change `under_review:` in that version with `chapterhouse amend`, or wait for its day"
        raise RefusedError(f"version {one.version} is scheduled for {one.effective}", hint)
    return None
