"""What other programs read: judged by the published schema and by a calendar reader that is not ours."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from jsonschema import Draft202012Validator

from chapterhouse import crossreference, outputs
from chapterhouse import manual as manuals
from chapterhouse.crossreference import Index
from chapterhouse.editions import editions
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


@pytest.mark.parametrize("today", [date(2020, 1, 1), BUILT, date(2036, 11, 21)])
def test_what_an_open_page_is_told_is_what_its_schema_says(manual: Manual, today: date) -> None:
    schema = json.loads(outputs.schema("current"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    told = [outputs.current_json(edition) for edition in editions(manual, today)]
    assert told
    for one in told:
        assert list(validator.iter_errors(json.loads(json.dumps(one)))) == []
    assert all(f"version {one['version']}, " in one["standing"] for one in told)


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


TEXT = """---
chapter: "1.10"
title: %s
version: "1"
owner: Procedures Subgroup
review: {due: 2027-03-31}
amendments:
  - {version: "1", effective: 2026-04-01, published: 2026-03-25, kind: new, summary: First issue.}
---

## 1. Law

1.10 See section 47(1) of the Children Act 1989, and Working Together 2018.

1.11 Section 47(1) again, and section 13 of the Children Act 2004.
"""


@pytest.fixture
def index(small_manual: Path) -> Index:
    """A manual of which one chapter cites what is in force and what is not, under a title that computes."""
    (small_manual / "procedures/core/law.md").write_text(TEXT % "'=SUM(A1), \"quoted\"'", "utf-8")
    return crossreference.index(manuals.load(small_manual), BUILT)


def test_legislation_json_says_where_each_provision_is_cited(index: Index) -> None:
    data = outputs.legislation_json(index)
    assert (data["schema"], data["build_date"], data["territory"]) == (1, "2026-11-21", "both")
    found = {one["id"]: one for one in data["instruments"]}
    (section,) = found["ukpga/1989/41"]["provisions"]
    assert section == {
        "provision": "section/47/1",
        "label": "section 47(1)",
        "state": "in-force",
        "settled": True,
        "replaced_by": [],
        "url": "https://www.legislation.gov.uk/ukpga/1989/41/section/47/1",
        "cited_in": [
            {
                "chapter": "1.10",
                "slug": "core/law",
                "paragraph": number,
                "url": f"core/law/#{number}",
                "words": [words],
            }
            for number, words in (
                ("1.10", "section 47(1) of the Children Act 1989"),
                ("1.11", "Section 47(1)"),
            )
        ],
    }
    gone = next(one for one in found["ukpga/2004/31"]["provisions"] if one["provision"] == "section/13")
    assert (gone["state"], gone["replaced_by"]) == ("repealed", ["ukpga/2004/31/section/16E"])
    old = found["guidance/working-together-2018"]
    assert (old["state"], old["replaced_by"]) == ("superseded", ["guidance/working-together-2023"])
    assert old["page"] == "legislation/guidance/working-together-2018/"
    assert all(one["provisions"] or one["id"] not in ("ukpga/1989/41", old["id"]) for one in found.values())


def test_legislation_json_is_what_its_schema_says(index: Index) -> None:
    schema = json.loads(outputs.schema("legislation-api"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    data = json.loads(json.dumps(outputs.legislation_json(index)))
    assert list(validator.iter_errors(data)) == []
    assert len(data["duties"]) > 20
    for damage in (
        {"as_of": "2026-02-30"},
        {"territory": "scotland"},
        {"extra": 1},
        {"instruments": [{**data["instruments"][0], "state": "gone"}]},
        {"instruments": [{**data["instruments"][0], "url": "javascript:alert(1)"}]},
        {"duties": [{**data["duties"][0], "provisions": []}]},
    ):
        assert len(list(validator.iter_errors(data | damage))) == 1, damage


def test_legislation_csv_reads_back_and_no_cell_is_a_formula(index: Index) -> None:
    content = outputs.legislation_csv(index, SITE)
    assert content.count(b"\n") == content.count(b"\r\n")
    head, *rows = csv.reader(content.decode("utf-8").splitlines())
    assert tuple(head) == outputs.COLUMNS
    assert [(row[0], row[4], row[6], row[8], row[10], row[12], row[13]) for row in rows] == [
        (identifier, path, state, replaced, "1.10", number, f"{SITE}core/law/#{number}")
        for identifier, path, state, replaced, number in (
            ("ukpga/1989/41", "section/47/1", "in-force", "", "1.10"),
            ("ukpga/1989/41", "section/47/1", "in-force", "", "1.11"),
            ("ukpga/2004/31", "section/13", "repealed", "ukpga/2004/31/section/16E", "1.11"),
            (
                "guidance/working-together-2018",
                "",
                "superseded",
                "guidance/working-together-2023",
                "1.10",
            ),
        )
    ]
    assert {row[11] for row in rows} == {'\'=SUM(A1), "quoted"'}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert all(len(row) == len(head) for row in rows)
    assert b",core/law/#1.10," in outputs.legislation_csv(index, "")


WORDS = """
schema: 1
terms:
  - term: duty desk
    abbreviation: DD
    aliases: [desk of duties]
    kind: body
    definition: "It *answers*."
    source: The council
    see: [duty officer]
  - {term: duty officer, kind: role, definition: Who answers.}
  - term: help line
    kind: body
    definition: It rang.
    replaced_by: {terms: [duty desk], since: 2026-11-21}
"""


@pytest.fixture
def glossary(small_manual: Path) -> dict[str, Any]:
    """`api/glossary.json` of a manual of which one chapter uses one of three terms."""
    (small_manual / "procedures/glossary.yml").write_text(WORDS, "utf-8")
    manual = manuals.load(small_manual)
    assert manual.diagnostics == ()
    made = outputs.glossary_json(manual, crossreference.uses(manual, BUILT), BUILT)
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def test_glossary_json_says_what_each_term_is_and_where_it_is_used(glossary: dict[str, Any]) -> None:
    assert (glossary["schema"], glossary["build_date"]) == (1, "2026-11-21")
    desk, officer, line = glossary["terms"]
    assert desk == {
        "term": "duty desk",
        "abbreviation": "DD",
        "aliases": ["desk of duties"],
        "synonyms": ["duty desk", "duty desks", "DD", "DDs", "desk of duties", "desks of duties"],
        "kind": "body",
        "definition": "It *answers*.",
        "source": "The council",
        "see": ["duty officer"],
        "replaced_by": None,
        "gone": False,
        "url": "glossary/#duty-desk",
        "used_in": [
            {
                "chapter": "1.2",
                "slug": "core/referrals",
                "paragraph": number,
                "url": f"core/referrals/#{number}",
                "words": [words],
            }
            for number, words in (("1.2", "duty desk"), ("2.1", "duty desk"))
        ],
    }
    assert (officer["term"], officer["see"], officer["used_in"]) == ("duty officer", ["duty desk"], [])
    assert (line["gone"], line["replaced_by"]) == (True, {"terms": ["duty desk"], "since": "2026-11-21"})


def test_glossary_json_is_what_its_schema_says(glossary: dict[str, Any]) -> None:
    schema = json.loads(outputs.schema("glossary-api"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(glossary)) == []
    first = glossary["terms"][0]
    damages: tuple[dict[str, Any], ...] = (
        {"kind": "thing"},
        {"url": "/glossary/#duty-desk"},
        {"synonyms": []},
        {"synonyms": ["a", "a"]},
        {"replaced_by": {"terms": [], "since": "2026-11-21"}},
        {"used_in": [{**first["used_in"][0], "words": []}]},
        {"extra": 1},
    )
    for damage in damages:
        damaged = glossary | {"terms": [first | damage]}
        assert len(list(validator.iter_errors(damaged))) == 1, damage


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
