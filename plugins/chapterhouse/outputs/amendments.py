"""`api/amendments.json`: every record of every chapter."""

from __future__ import annotations

from datetime import date
from typing import Any

from chapterhouse.crossreference import Recorded
from chapterhouse.outputs.common import SCHEMA


def amendments_json(records: tuple[Recorded, ...], today: date) -> dict[str, Any]:
    """The content of `api/amendments.json` on a day, as `schema/amendments-api.schema.json` describes it.

    Addresses are relative to the site's root, without a leading slash. A record whose text is not in the
    archive has the live chapter's number and title, and neither page nor digest; `check` calls it an error.
    """
    return {
        "schema": SCHEMA,
        "build_date": today.isoformat(),
        "amendments": [_record_json(record) for record in records],
    }


def _record_json(record: Recorded) -> dict[str, Any]:
    amendment, wrong = record.amendment, record.amendment.corrects
    return {
        "chapter": record.chapter.head.chapter,
        "slug": record.slug,
        "title": record.chapter.head.title,
        "part": record.history.chapter.part,
        "version": amendment.version,
        "effective": amendment.effective.isoformat(),
        "in_force_until": record.until.isoformat() if record.until else None,
        "published": amendment.published.isoformat(),
        "kind": amendment.kind,
        "summary": amendment.summary,
        "paragraphs": list(amendment.paragraphs),
        "renumbered": dict(amendment.renumbered),
        "because": list(amendment.because),
        "reason": amendment.reason,
        "action": amendment.action,
        "roles": list(record.roles),
        "approved_by": amendment.approved_by,
        "corrects": {
            "version": wrong.version,
            "from": wrong.start.isoformat(),
            "until": wrong.until.isoformat(),
        }
        if wrong
        else None,
        "url": record.page,
        "redline": record.redline,
        "code": record.code,
        "sha256": record.sha256,
    }
