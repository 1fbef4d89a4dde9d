"""A manual judged at a date: what loading found, what has grown old, what the editor accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chapterhouse import dates
from chapterhouse.citations import reading
from chapterhouse.diagnostics import CODES, NOWHERE, fault
from chapterhouse.manual import mentions, succession, term_faults
from chapterhouse.manual.accepting import accepts
from chapterhouse.manual.printing import counted
from chapterhouse.model import Acceptance, Chapter, Diagnostic, Manual, Span


def check(manual: Manual, today: date) -> tuple[Diagnostic, ...]:
    """Every diagnostic of the manual on a day, by file and place."""
    faults = [*manual.diagnostics, *reading.aged(manual.register, today)]
    for chapter in manual.chapters:
        faults.extend(succession.overtaken(chapter, today))
        if chapter.head.status != "draft":
            faults.extend(_aged(chapter, today))
    faults.extend(mentions.faults(manual, today))
    faults.extend(term_faults.faults(manual, today))
    faults = list(_accepted(manual, faults))
    return tuple(sorted(faults, key=lambda d: (d.path, d.span, d.code, d.message)))


def _aged(chapter: Chapter, today: date) -> Iterator[Diagnostic]:
    head, places, source = chapter.head, chapter.head.places, chapter.source
    if head.review and head.review.due < today and head.status != "withdrawn":
        days = (today - head.review.due).days
        yield fault(
            "review-overdue",
            source,
            places.get("review.due", NOWHERE),
            f"the review was due on {dates.long(head.review.due)}, {counted(days, 'day')} ago",
            f"{head.owner or 'the owner'} checks the chapter and records the review under `review.last`",
        )
    if head.under_review:
        if head.under_review.expected < today:
            yield fault(
                "under-review-overdue",
                source,
                places.get("under_review.expected", NOWHERE),
                f"the new text was expected by {dates.long(head.under_review.expected)}",
                "publish it, or say when it is expected now",
            )
        if head.under_review.since > today:
            yield fault(
                "under-review-future",
                source,
                places.get("under_review.since", NOWHERE),
                f"the chapter says that it is under review from {dates.long(head.under_review.since)}",
                "a notice is shown as soon as it is published: write that day",
            )


def _accepted(manual: Manual, faults: list[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults that nobody accepted, and the acceptances that match no fault."""
    accepted: dict[str, list[Acceptance]] = {
        chapter.source.path: list(chapter.head.accept) for chapter in manual.chapters if chapter.head.accept
    }
    accepted[manual.glossary.path] = list(manual.glossary.accept)
    used: set[tuple[str, Acceptance]] = set()
    for diagnostic in faults:
        matching = [
            acceptance
            for acceptance in accepted.get(diagnostic.path, ())
            if accepts(acceptance, diagnostic.code, manual.sources[diagnostic.path], diagnostic.span)
        ]
        used.update((diagnostic.path, acceptance) for acceptance in matching)
        if not matching:
            yield diagnostic
    for path, place, acceptance in _acceptances(manual):
        if (path, acceptance) not in used:
            words = "words of the citation" if CODES[acceptance.code].cited else "words"
            yield fault(
                "acceptance-unused",
                path,
                place,
                f"nothing here is {acceptance.code} with the words {acceptance.text}",
                f"delete it, or copy the {words} from the text",
            )


def _acceptances(manual: Manual) -> Iterator[tuple[str, Span, Acceptance]]:
    """Every entry of `accept:`, with its file and place."""
    for chapter in manual.chapters:
        for index, acceptance in enumerate(chapter.head.accept):
            place = chapter.head.places.get(f"accept[{index}]", NOWHERE)
            yield chapter.source.path, place, acceptance
    for place, acceptance in zip(manual.glossary.accept_at, manual.glossary.accept, strict=True):
        yield manual.glossary.path, place, acceptance
