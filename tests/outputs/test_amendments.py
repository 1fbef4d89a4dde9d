"""`api/amendments.json`: every record, with where the site shows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chapterhouse import crossreference, outputs
from chapterhouse.manual import load

Judge = Callable[[str], Draft202012Validator]
BUILT = date(2026, 11, 21)


def listed(root: Path, today: date = BUILT) -> list[dict[str, Any]]:
    made = outputs.amendments_json(crossreference.recorded(load(root), today), today)
    assert (made["schema"], made["build_date"]) == (1, today.isoformat())
    read: list[dict[str, Any]] = json.loads(json.dumps(made["amendments"]))
    return read


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_each_record_says_what_changed_and_where_it_is_shown(small_manual: Path) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    edit(
        chapter,
        "    summary: Names the duty desk.\n",
        """    summary: Names the duty desk.
    action: Ring it.
    approved_by: Board
    because: [ukpga/2004/31, A review.]
    reason: Late.
    renumbered: {"1.3": "1.2"}
    corrects: {version: "1", from: 2024-01-01, until: 2026-03-31}
""",
    )
    archive = small_manual / "amendments/core/referrals"
    (archive / "2.md").write_bytes(chapter.read_bytes())
    second, *others = listed(small_manual)
    first = next(one for one in others if one["slug"] == "core/referrals")
    assert second == {
        "chapter": "1.2",
        "slug": "core/referrals",
        "title": "Making a referral",
        "part": "core",
        "version": "2",
        "effective": "2026-04-01",
        "in_force_until": None,
        "published": "2026-03-25",
        "kind": "revised",
        "summary": "Names the duty desk.",
        "paragraphs": ["1.2"],
        "renumbered": {"1.3": "1.2"},
        "because": ["ukpga/2004/31", "A review."],
        "reason": "Late.",
        "action": "Ring it.",
        "roles": ["school"],
        "approved_by": "Board",
        "corrects": {"version": "1", "from": "2024-01-01", "until": "2026-03-31"},
        "url": "core/referrals/",
        "redline": "core/referrals/changes/2/",
        "code": "fz0ye3x",
        "sha256": hashlib.sha256(chapter.read_bytes()).hexdigest(),
    }
    assert (first["url"], first["redline"]) == ("core/referrals/versions/1/", None)
    assert (first["effective"], first["in_force_until"]) == ("2024-01-01", "2026-03-31")
    assert first["sha256"] == hashlib.sha256((archive / "1.md").read_bytes()).hexdigest()


def test_a_version_to_come_has_no_page_yet_and_comes_to_one(small_manual: Path) -> None:
    pages = {one["version"]: one["url"] for one in listed(small_manual, date(2026, 3, 31)) if one["roles"]}
    assert pages == {"2": None, "1": "core/referrals/"}


def test_a_record_without_its_text_points_at_nothing(small_manual: Path) -> None:
    (small_manual / "amendments/core/referrals/1.md").unlink()
    found = {(one["slug"], one["version"]): one for one in listed(small_manual)}
    first = found["core/referrals", "1"]
    assert (first["chapter"], first["title"]) == ("1.2", "Making a referral")
    assert (first["url"], first["redline"], first["code"], first["sha256"]) == (None, None, None, None)
    assert found["core/referrals", "2"]["redline"] is None


def test_a_version_overtaken_on_its_first_day_ends_before_it_starts(small_manual: Path) -> None:
    edit(small_manual / "procedures/core/referrals.md", "effective: 2024-01-01", "effective: 2026-04-01")
    newest, overtaken, _ = listed(small_manual)
    assert (newest["version"], overtaken["version"]) == ("2", "1")
    assert (overtaken["effective"], overtaken["in_force_until"]) == ("2026-04-01", "2026-03-31")


def test_the_newest_stands_first_and_drafts_do_not_stand_at_all(small_manual: Path) -> None:
    draft = '---\nchapter: "1.9"\ntitle: Draft\nowner: X\nstatus: draft\n---\n\n1.1 Text.\n'
    (small_manual / "procedures/core/draft.md").write_text(draft, "utf-8")
    found = [(one["slug"], one["version"]) for one in listed(small_manual)]
    # Two of one day stand in the order of the manual: 1.2 before 1.3.
    assert found == [("core/referrals", "2"), ("core/referrals", "1"), ("core/records", "1")]


@pytest.mark.parametrize("today", [date(2010, 1, 1), BUILT, date(2036, 11, 21)])
def test_the_sample_is_what_the_schema_says(sample: Path, today: date, judge: Judge) -> None:
    manual = load(sample)
    data = json.loads(json.dumps(outputs.amendments_json(crossreference.recorded(manual, today), today)))
    assert list(judge("amendments-api").iter_errors(data)) == []
    recorded = sum(len(chapter.head.amendments) for chapter in manual.chapters)
    assert len(data["amendments"]) == recorded


def test_the_schema_refuses_what_the_contract_does(sample_files: Mapping[str, bytes], judge: Judge) -> None:
    data = json.loads(sample_files["api/amendments.json"])
    first = data["amendments"][0]
    damages: tuple[dict[str, Any], ...] = (
        {"kind": "changed"},
        {"effective": "2026-02-30"},
        {"in_force_until": ""},
        {"url": "/core/referrals/"},
        {"redline": "core/referrals/changes/2"},
        {"code": "4k7q2mu"},
        {"sha256": "a"},
        {"renumbered": {"1.1": 2}},
        {"corrects": {"version": "1"}},
        {"summary": ""},
        {"extra": 1},
    )
    for damage in damages:
        damaged = data | {"amendments": [first | damage]}
        assert len(list(judge("amendments-api").iter_errors(damaged))) == 1, damage
    assert json.loads(sample_files["api/schema/amendments.json"])["title"] == "api/amendments.json"
