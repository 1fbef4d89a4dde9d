"""What a change of the law touches: texts, provisions, records, duties."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from chapterhouse import manual as manuals
from chapterhouse.law import Target
from chapterhouse.manual import impact, law

DAY = date(2026, 11, 21)
LAW = "ukpga/2004/31/section/11"

Run = Callable[..., Result]
Report = Callable[..., dict[str, Any]]


def test_each_paragraph_is_named_with_its_words(cited: Path, as_json: Report) -> None:
    (chapter,) = as_json(cited, LAW)["chapters"]
    assert (chapter["number"], chapter["state"], chapter["version"]) == ("1.2", "published", "2")
    first, second = chapter["places"]
    assert first == {
        "path": "procedures/core/referrals.md",
        "line": 28,
        "column": 11,
        "anchor": "1.2",
        "paragraph": "1.2",
        "footnote": "",
        "words": "section 11 of the Children Act 2004",
        "text": "Under section 11 of the Children Act 2004, ring the duty desk first, then write:",
        "targets": [{"instrument": "ukpga/2004/31", "provision": "section/11"}],
        "problems": [],
    }
    assert second["paragraph"] == "2.2"
    assert second["text"] == "Under s.11(2) of the CA 2004 it is shared."
    assert chapter["to_do"]


@pytest.mark.parametrize(
    ("asked", "cited_as", "touched"),
    [
        ("ukpga/1989/41/section/47", "section/47/1", True),
        ("ukpga/1989/41/section/4", "section/47", False),
        ("ukpga/1989/41/section/47/1", "section/47", False),
        ("ukpga/1989/41", "schedule/2/paragraph/3", True),
        ("ukpga/1989/41/part/III", "section/17", True),
        ("ukpga/1989/41/part/III", "section/22A/1", True),
        ("ukpga/1989/41/part/III", "section/47", False),
        ("ukpga/2004/31", "section/47", False),
    ],
)
def test_a_provision_is_touched_by_its_parts(asked: str, cited_as: str, *, touched: bool) -> None:
    type_, year, number, *path = asked.split("/")
    target = Target(f"{type_}/{year}/{number}", "/".join(path))
    assert impact.touches(law.national(), target, Target("ukpga/1989/41", cited_as)) is touched


def test_guidance_is_touched_by_its_editions() -> None:
    umbrella, edition = Target("guidance/working-together"), Target("guidance/working-together-2018")
    assert impact.touches(law.national(), umbrella, edition)
    assert not impact.touches(law.national(), edition, umbrella)


def test_a_range_holds_what_was_inserted_in_it(cited: Path, as_json: Report) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    text = text.replace("section 11 of the Children", "sections 10 to 12 of the Children")
    chapter.write_bytes(text.encode())
    (found,) = as_json(cited, "ukpga/2004/31/section/11A")["chapters"]
    assert [place["words"] for place in found["places"]] == ["sections 10 to 12 of the Children Act 2004"]
    assert as_json(cited, "ukpga/2004/31/section/12A")["chapters"] == []


def test_what_is_cited_as_a_whole_is_pointed_at(cited: Path, as_json: Report) -> None:
    report = as_json(cited, f"{LAW}/1")
    assert report["chapters"] == []
    assert report["whole"] == [{"instrument": "ukpga/2004/31", "provision": "section/11", "paragraphs": 1}]


def test_texts_to_come_and_drafts_are_told_apart(cited: Path, run: Run, as_json: Report, opened: Run) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace('version: "2"\nowner', 'version: "3"\nowner')
    record = (
        '  - {version: "3", effective: 2027-01-01, published: 2026-11-01, kind: revised, summary: Later.}\n'
    )
    text = text.replace("amendments:\n", f"amendments:\n{record}").replace("s.11(2)", "s.11(4)")
    chapter.write_bytes(text.encode())
    draft = '---\nchapter: "1.9"\ntitle: New\nowner: Us\nstatus: draft\n---\n\n'
    draft += "1.1 Section 11 of the Children Act 2004.\n"
    (cited / "procedures/core/new.md").write_text(draft, "utf-8")
    report = as_json(cited, LAW)
    assert [(one["slug"], one["state"], one["effective"]) for one in report["chapters"]] == [
        ("core/referrals", "published", "2026-04-01"),
        ("core/referrals", "scheduled", "2027-01-01"),
        ("core/new", "draft", None),
    ]
    assert report["chapters"][0]["places"][0]["path"] == "amendments/core/referrals/2.md"
    assert "Cited in 3 paragraphs of 2 chapters:" in run(cited, LAW).stdout
    result = opened(cited)
    assert result.exit_code == 1
    assert "refused: version 3 is scheduled for 2027-01-01" in result.stdout
    assert "procedures/core/new.md: skipped: a draft" in result.stdout


def test_a_withdrawn_chapter_is_not_listed(cited: Path, as_json: Report) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("kind: revised", "kind: withdrawn")
    chapter.write_bytes(
        text.replace('version: "2"\nowner', 'version: "2"\nstatus: withdrawn\nowner').encode()
    )
    assert as_json(cited, LAW)["chapters"] == []


def test_records_and_duties_that_name_it_are_listed(cited: Path, as_json: Report) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    because = "summary: Names the duty desk.\n    because: [Section 11 of the Children Act 2004]"
    chapter.write_bytes(text.replace("summary: Names the duty desk.", because).encode())
    report = as_json(cited, LAW)
    assert [(one["slug"], one["version"]) for one in report["amendments"]] == [("core/referrals", "2")]
    assert any("police" in duty["body"].lower() for duty in report["duties"])


@pytest.mark.parametrize(
    "asked",
    [
        LAW,
        f"https://www.legislation.gov.uk/{LAW}",
        "section 11 of the Children Act 2004",
        "Children Act 2004 section 11",
        "ukpga/2004/31/section 11",
        "UKPGA/2004/31/section/11",
    ],
)
def test_an_id_an_address_and_a_title_mean_the_same(cited: Path, asked: str) -> None:
    assert impact.asked(manuals.load(cited), asked, DAY) == Target("ukpga/2004/31", "section/11")


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("ukpga/2004/310", "ukpga/2004/31 (Children Act 2004)"),
        ("Childrn Act 2004x", "Children Act 2004"),
        ("", "write"),
    ],
)
def test_what_is_not_known_is_misuse(cited: Path, asked: str, nearest: str, run: Run) -> None:
    result = run(cited, asked)
    assert result.exit_code == 2
    assert "is not known" in result.stderr
    assert nearest in result.stderr


@pytest.mark.parametrize("section", ["14", "14A", "15", "16", "16A", "16B"])
def test_a_range_that_ends_in_a_letter_holds_all_between(cited: Path, as_json: Report, section: str) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    text = text.replace("section 11 of the Children", "sections 14 to 16B of the Children")
    chapter.write_bytes(text.encode())
    (found,) = as_json(cited, f"ukpga/2004/31/section/{section}")["chapters"]
    assert [place["words"] for place in found["places"]] == ["sections 14 to 16B of the Children Act 2004"]


@pytest.mark.parametrize("section", ["11", "12", "16C", "17"])
def test_a_list_holds_nothing_between(cited: Path, as_json: Report, section: str) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("s.11(2)", "s.18")
    text = text.replace("section 11 of the Children", "sections 10 and 14 to 16B of the Children")
    chapter.write_bytes(text.encode())
    assert as_json(cited, f"ukpga/2004/31/section/{section}")["chapters"] == []


def test_the_answer_does_not_hang_on_the_order_of_a_set(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("s.11(2)", "s.11, s.11(1)(a), s.11(1)(b), s.11(1)")
    chapter.write_bytes(text.encode())
    command = [sys.executable, "-m", "chapterhouse", "--manual", str(cited), "impact"]
    command += [f"{LAW}/1/b/ii", "--date", "2026-11-21", "--format", "json"]
    said = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    whole = json.loads(said.pop())["whole"]
    assert [one["provision"] for one in whole] == ["section/11/1/b", "section/11/1", "section/11"]
