"""Which chapters are put under review because of the law, and which are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from chapterhouse.manual import reviewing

LAW = "ukpga/2004/31/section/11"

Run = Callable[..., Result]
Report = Callable[..., dict[str, Any]]
Archive = Callable[..., None]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]
Refuse = Callable[[Path, str], None]


def test_a_chapter_under_review_stays_so_and_what_it_does_not_name_is_told(
    cited: Path, files: Files, opened: Run
) -> None:
    opened(cited, law=f"{LAW}/2")
    before = files(cited)
    result = opened(cited)
    assert result.exit_code == 0
    assert "kept: under review already, since 2026-11-21; not named in it: 1.2" in result.stdout
    assert files(cited) == before


def test_an_unrecorded_change_is_refused(cited: Path, refuse: Refuse) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"You keep a copy", b"You keep two copies"))
    refuse(cited, "it is no longer what was published as version 2: paragraph 2.2")


def test_an_owner_may_change_without_a_version(cited: Path, opened: Run) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"Procedures Subgroup", b"Another Subgroup"))
    assert opened(cited).exit_code == 0


def test_a_version_that_is_not_in_the_archive_is_refused(cited: Path, refuse: Refuse) -> None:
    (cited / "amendments/core/referrals/2.md").unlink()
    refuse(cited, "version 2 was archived, and its file is gone")


def test_a_chapter_with_errors_is_refused(cited: Path, refuse: Refuse) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"kind: revised", b"kind: revamped"))
    refuse(cited, "the chapter has an error; line 14: kind cannot be revamped")


def test_law_that_ended_is_no_error_that_stops_a_review(
    cited: Path, run: Run, archive: Archive, opened: Run, errors: Errors
) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"section 11 of", b"section 14 of"))
    archive(cited, "core/referrals")
    assert errors(cited)
    said = run(cited, "ukpga/2004/31/section/14").stdout
    assert "    error[law-repealed] section 14 of the Children Act 2004: repealed on 29 June 2018\n" in said
    assert "  to do: Amend it: cite " in said
    result = opened(cited, law="ukpga/2004/31/section/14")
    assert result.exit_code == 0, result.output
    assert "opened" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--open-review",),
        ("--reason", "x"),
        ("--dry-run",),
        ("--open-review", "--reason", "two\nlines"),
        ("--open-review", "--reason", "<b>bold</b>"),
        ("--open-review", "--reason", "x" * 2001),
        ("--open-review", "--reason", " "),
        ("--open-review", "--reason", "x", "--expected", "2026-11-20"),
        ("--open-review", "--reason", "x", "--published", "2026-11-22"),
        ("--open-review", "--reason", "x", "--expected", "soon"),
    ],
)
def test_misuse_writes_nothing(cited: Path, options: tuple[str, ...], run: Run, files: Files) -> None:
    before = files(cited)
    result = run(cited, LAW, *options)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert files(cited) == before


def test_three_months_on_is_a_day_of_the_calendar() -> None:
    days = [date(2026, 11, 30), date(2026, 1, 15), date(2027, 11, 30), date(2026, 12, 31)]
    assert [reviewing.expected(day).isoformat() for day in days] == [
        "2027-02-28",
        "2026-04-15",
        "2028-02-29",
        "2027-03-31",
    ]


def test_a_review_that_names_a_section_covers_its_paragraphs(
    cited: Path, as_json: Report, opened: Run
) -> None:
    opened(cited)
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace('paragraphs: ["1.2", "2.2"]', 'paragraphs: ["1"]')
    chapter.write_bytes(text.encode())
    (found,) = as_json(cited, LAW)["chapters"]
    assert "Add to its review, as a change: 2.2." in found["to_do"]
    assert "kept: under review already, since 2026-11-21; not named in it: 2.2\n" in opened(cited).stdout
