"""What other programs read: judged by the published schema and by a calendar reader that is not ours."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import vobject
from jsonschema import Draft202012Validator

from chapterhouse import outputs
from chapterhouse.manual import law
from chapterhouse.model import (
    Amendment,
    Body,
    Chapter,
    Head,
    History,
    LastReview,
    Manual,
    Part,
    Review,
    Source,
    UnderReview,
)

BUILT = date(2026, 11, 21)
SITE = "https://procedures.northmoor.example/"
NEW = Amendment("1", date(2025, 4, 1), date(2025, 3, 20), "new", "First version.")
NEXT = Amendment("1.10", date(2027, 1, 4), date(2026, 11, 2), "revised", "To come.")
GONE = Amendment("2", date(2026, 2, 1), date(2026, 1, 20), "withdrawn", "Gone.")
UNDER_REVIEW = UnderReview(
    since=date(2026, 9, 1),
    reason="It is being rewritten.",
    still_applies=True,
    meanwhile="Follow it.",
    paragraphs=(),
    expected=date(2026, 12, 31),
)
DONE = Review(date(2026, 11, 20), LastReview(date(2025, 11, 20), "Policy Officer", ("law",), "no change"))
LONG = (
    "Émigré children; their carers, and what “private fostering” means: a title that is longer than a line is"
)


def chapter(slug: str, number: str, title: str, *amendments: Amendment, **head: object) -> Chapter:
    fields = {"owner": "Named, Nurse; et al", "review": Review(date(2027, 3, 31))} | head
    version = amendments[0].version if amendments else ""
    full = Head(chapter=number, title=title, version=version, amendments=amendments, **fields)  # type: ignore[arg-type]
    return Chapter(slug, Source(f"procedures/{slug}.md", ""), full, Body(), "", version[-1:].rjust(64, "a"))


@pytest.fixture
def manual() -> Manual:
    old = chapter("core/arrangements", "2.2", "The old title", NEW)
    histories = [
        History(chapter("core/arrangements", "2.2", "The new title", NEXT, NEW, review=DONE), {"1": old}),
        History(chapter("core/emigre", "2.10", LONG, NEW, under_review=UNDER_REVIEW), {}),
        History(chapter("core/draft", "2.11", "A draft", status="draft"), {}),
        History(chapter("core/to-come", "2.12", "To come", NEXT), {}),
        History(
            chapter("core/gone", "2.13", "Gone", GONE, NEW, status="withdrawn"),
            {"1": chapter("core/gone", "2.13", "Gone", NEW)},
        ),
    ]
    return Manual(
        chapters=tuple(history.chapter for history in histories),
        pages=(),
        parts=(Part("core", "Core procedures"),),
        roles=(),
        histories={history.chapter.slug: history for history in histories},
        files=frozenset(),
        sources={},
        register=law.national(),
        diagnostics=(),
    )


def test_manual_json_says_what_the_site_shows_and_leaves_drafts_out(manual: Manual) -> None:
    data = outputs.manual_json(manual, BUILT)
    assert (data["schema"], data["build_date"]) == (1, "2026-11-21")
    assert {entry["number"]: entry["status"] for entry in data["chapters"]} == {
        "2.2": "in-force",
        "2.10": "under-review",
        "2.12": "scheduled",
        "2.13": "withdrawn",
    }
    assert data["chapters"][0] == {
        "number": "2.2",
        "slug": "core/arrangements",
        "title": "The old title",
        "part": "core",
        "version": "1",
        "effective": "2025-04-01",
        "status": "in-force",
        "review": {"due": "2026-11-20", "last": "2025-11-20", "overdue": True},
        "url": "core/arrangements/",
        "sha256": "1".rjust(64, "a"),
    }
    assert data["chapters"][3]["review"] == {"due": None, "last": None, "overdue": False}


def test_a_version_stays_as_written_and_comes_on_its_day(manual: Manual) -> None:
    first = outputs.manual_json(manual, date(2027, 1, 4))["chapters"][0]
    assert (first["version"], first["title"], first["sha256"]) == (
        "1.10",
        "The new title",
        "0".rjust(64, "a"),
    )


@pytest.mark.parametrize("today", [date(2020, 1, 1), BUILT, date(2036, 11, 21)])
def test_manual_json_is_what_its_schema_says(manual: Manual, today: date) -> None:
    schema = json.loads(outputs.schema("manual"))
    Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps(outputs.manual_json(manual, today)))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(data)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "/core/x/"),
        ("status", "superseded"),
        ("effective", "2026-02-30"),
        ("sha256", "A"),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_what_the_contract_does(manual: Manual, key: str, value: object) -> None:
    data = outputs.manual_json(manual, BUILT)
    data["chapters"][0][key] = value
    schema = json.loads(outputs.schema("manual"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert len(list(validator.iter_errors(data))) == 1


def test_the_calendar_reads_back_in_another_program(manual: Manual) -> None:
    calendar = vobject.readOne(outputs.reviews_ics(manual, BUILT, SITE).decode())
    found = {
        event.uid.value: (event.dtstart.value, event.dtend.value, event.summary.value)
        for event in calendar.vevent_list
    }
    host = "procedures.northmoor.example"
    assert found == {
        f"review.core.arrangements@{host}": (
            date(2026, 11, 20),
            date(2026, 11, 21),
            "Review due: 2.2 The old title",
        ),
        f"review.core.emigre@{host}": (date(2027, 3, 31), date(2027, 4, 1), f"Review due: 2.10 {LONG}"),
        f"new-text.core.emigre@{host}": (
            date(2026, 12, 31),
            date(2027, 1, 1),
            f"New text expected: 2.10 {LONG}",
        ),
        f"review.core.to-come@{host}": (date(2027, 3, 31), date(2027, 4, 1), "Review due: 2.12 To come"),
    }
    for event in calendar.vevent_list:
        assert event.dtstamp.value == datetime(2026, 11, 21, tzinfo=UTC)
        assert event.description.value == "Owner: Named, Nurse; et al"
        assert event.url.value.startswith(f"{SITE}core/")


def test_the_calendar_is_the_same_bytes_twice_with_the_ends_and_widths_of_its_format(manual: Manual) -> None:
    first, second = (outputs.reviews_ics(manual, BUILT, SITE) for _ in range(2))
    assert first == second
    assert first.count(b"\n") == first.count(b"\r\n")
    assert max(len(line) for line in first.split(b"\r\n")) <= 75


def test_a_site_without_an_address_gives_events_without_one(manual: Manual) -> None:
    calendar = vobject.readOne(outputs.reviews_ics(manual, BUILT, "").decode())
    assert {event.uid.value.partition("@")[2] for event in calendar.vevent_list} == {"chapterhouse.invalid"}
    assert not any("url" in event.contents for event in calendar.vevent_list)
