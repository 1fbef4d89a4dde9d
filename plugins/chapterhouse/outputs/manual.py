"""`api/manual.json`: every chapter as the site shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from chapterhouse.editions import Edition, editions
from chapterhouse.model import Manual
from chapterhouse.outputs.common import SCHEMA


def manual_json(manual: Manual, today: date) -> dict[str, Any]:
    """The content of `api/manual.json` on a day, as `schema/manual.schema.json` describes it.

    Drafts are left out. Dates are ISO 8601; `url` is relative to the site's root, without a leading slash.
    """
    return {
        "schema": SCHEMA,
        "build_date": today.isoformat(),
        "chapters": [chapter_json(shown) for shown in editions(manual, today)],
    }


def chapter_json(shown: Edition) -> dict[str, Any]:
    """One entry of `api/manual.json`. `version`, `title` and `sha256` are of the version shown."""
    review = shown.review
    last = review.last if review else None
    return {
        "number": shown.head.chapter,
        "slug": shown.chapter.slug,
        "title": shown.head.title,
        "part": shown.chapter.part,
        "version": shown.amendment.version,
        "effective": shown.amendment.effective.isoformat(),
        "status": shown.state,
        "review": {
            "due": review.due.isoformat() if review else None,
            "last": last.date.isoformat() if last else None,
            "overdue": shown.review_overdue,
        },
        "url": shown.path,
        "sha256": shown.chapter.sha256,
    }
