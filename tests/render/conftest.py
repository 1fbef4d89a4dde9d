"""Chapters as values, for what is drawn around their text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chapterhouse.manual import law
from chapterhouse.model import (
    Amendment,
    Body,
    Chapter,
    Correction,
    Head,
    History,
    LastReview,
    Manual,
    Paragraph,
    Part,
    Review,
    Section,
    Source,
    UnderReview,
)

FIRST = Amendment("1", date(2025, 4, 1), date(2025, 3, 20), "new", "First version.")
SECOND = Amendment(
    "2",
    date(2026, 4, 1),
    date(2026, 3, 25),
    "corrected",
    "Names the integrated care board as a safeguarding partner",
    paragraphs=("2.1", "2.9", "3"),
    because=("ukpga/2022/31", "Learning review <7>"),
    approved_by="Policy and Procedures Subgroup",
    reason="The board was left out by mistake",
    action="Tell your staff.",
    renumbered=(("2.8", "2.1"),),
    corrects=Correction("1", date(2025, 4, 1), date(2026, 3, 31)),
)
THIRD = Amendment(
    "3", date(2026, 9, 1), date(2026, 9, 1), "reviewed", "Opened a review of the duty to notify."
)
FOURTH = Amendment(
    "4",
    date(2027, 1, 4),
    date(2026, 11, 2),
    "revised",
    "Notification within three days.",
    paragraphs=("3.4",),
)
WITHDRAWN = Amendment("3", date(2026, 9, 1), date(2026, 9, 1), "withdrawn", "Replaced by chapter 2.3.")
OVERTAKEN = Amendment("2.1", date(2026, 4, 1), date(2026, 4, 1), "corrected", "Puts a wrong number right.")

REVIEW = Review(
    date(2027, 3, 31), LastReview(date(2026, 3, 20), "Policy Officer", ("law", "links"), "no change")
)
UNDER_REVIEW = UnderReview(
    date(2026, 9, 1),
    "The duty to notify is being rewritten",
    True,  # noqa: FBT003 - a field of a record
    "Follow paragraph 3.4 as it stands.",
    ("3.4",),
    date(2026, 12, 31),
)


def chapter(
    number: str, title: str, *amendments: Amendment, slug: str = "core/arrangements", **head: Any
) -> Chapter:
    """A chapter with two sections and three paragraphs, at the version of its newest amendment."""
    version = amendments[0].version if amendments else ""
    fields: dict[str, Any] = {"owner": "Policy and Procedures Subgroup", "review": REVIEW} | head
    body = Body(
        sections=(Section("2", "Who takes part", "2", 2, 20), Section("3", "Notification", "3", 2, 24)),
        paragraphs=tuple(Paragraph(n, n[0], 21, 22, "Text.") for n in ("2.1", "3.3", "3.4")),
    )
    return Chapter(
        slug,
        Source(f"procedures/{slug}.md", ""),
        Head(chapter=number, title=title, version=version, amendments=amendments, **fields),
        body,
        "",
        version.replace(".", "").rjust(64, "0"),
    )


def history(*versions: Chapter) -> History:
    """A history from a chapter's versions, oldest first; the newest is the live one."""
    return History(versions[-1], {one.head.version: one for one in versions})


def arrangements(*amendments: Amendment, **head: Any) -> Chapter:
    return chapter("2.2", "Local safeguarding arrangements", *amendments, **head)


@pytest.fixture
def records() -> dict[str, History]:
    """Histories of one chapter, each with something of its own to say on 21 November 2026."""
    first, second = arrangements(FIRST), arrangements(SECOND, FIRST)
    third = arrangements(THIRD, SECOND, FIRST, under_review=UNDER_REVIEW)
    fourth = arrangements(FOURTH, THIRD, SECOND, FIRST)
    return {
        "in-force": history(first, second),
        "under-review": history(first, second, third),
        "changing": history(first, second, third, fourth),
        "withdrawn": history(first, second, arrangements(WITHDRAWN, SECOND, FIRST, status="withdrawn")),
        "overtaken": history(first, second, arrangements(OVERTAKEN, SECOND, FIRST)),
    }


@pytest.fixture
def manual(records: dict[str, History]) -> Manual:
    """Chapters under review, overdue, due soon, to come and gone, and a draft, in two parts."""
    soon = Review(date(2027, 1, 31))
    nurse = "Named Nurse"
    others = [
        chapter("2.10", "Émigré children", FIRST, slug="core/emigre", review=soon, owner=nurse),
        chapter("2.11", "A draft", slug="core/draft", status="draft"),
        chapter(
            "PA5", "<b>7</b> days & nights", FIRST, slug="extra/seven", review=Review(date(2026, 11, 20))
        ),
        chapter("PA12", "allegations", FOURTH, slug="extra/allegations", owner=nurse),
        chapter("PA13", "Zeal", WITHDRAWN, FIRST, slug="extra/zeal", status="withdrawn"),
    ]
    histories = {one.slug: history(one) for one in others}
    histories["extra/zeal"] = history(chapter("PA13", "Zeal", FIRST, slug="extra/zeal"), others[-1])
    live = records["under-review"].chapter
    return Manual(
        chapters=(live, *others),
        pages=(),
        parts=(
            Part("core", "Core procedures"),
            Part("none", "An empty part"),
            Part("extra", "Extra procedures"),
        ),
        roles=(),
        histories=histories | {live.slug: records["under-review"]},
        files=frozenset(),
        sources={},
        register=law.national(),
        diagnostics=(),
    )
