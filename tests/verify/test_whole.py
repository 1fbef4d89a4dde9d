"""Files that are missing, files that must not be there, and the day that a site is built for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from chapterhouse.cli import main
from chapterhouse.model import Manual
from chapterhouse.verify import Report, verify

RELY, GONE, CHANGE = "core/rely/index.html", "core/gone/index.html", "core/change/index.html"
MISTAKE, OLD = "core/mistake/index.html", "core/old/index.html"
ONE = "core/mistake/versions/1/index.html"
BANNER, STATUS, STAMP = "the under-review banner", "the status line", "the stamp"
SCHEDULED, WITHDRAWN = "the notice of the coming change", "the notice that the chapter is withdrawn"
DATA = "api/manual.json"


def found(report: Report) -> set[tuple[str, str]]:
    return {(failure.page, failure.reason) for failure in report.failures}


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (RELY, "chapter"),
        (ONE, "superseded version"),
        (OLD, "old address"),
        ("pages/about/index.html", "file"),
        ("404.html", "file"),
        ("chapters/index.html", "file"),
        ("reviews/index.html", "file"),
        ("reviews.ics", "file"),
        (DATA, "file"),
        ("api/schema/manual.json", "file"),
    ],
)
def test_a_file_that_is_gone_is_missed(manual: Manual, copy: Path, file: str, what: str) -> None:
    (copy / file).unlink()
    assert found(verify(manual, copy)) == {(file, f"the {what} is missing")}


def test_drafts_and_versions_to_come_have_no_page(manual: Manual, copy: Path) -> None:
    for source, target in {MISTAKE: "core/draft", ONE: "core/change/versions/2"}.items():
        (copy / target).mkdir(parents=True)
        shutil.copy(copy / source, copy / target / "index.html")
    assert found(verify(manual, copy)) == {
        ("core/draft/index.html", "this is a draft, and it was built"),
        ("core/change/versions/2/index.html", "this is no superseded version, and it was built"),
    }


def test_a_page_that_cannot_be_read_fails(manual: Manual, copy: Path) -> None:
    (copy / RELY).write_bytes(b"\xff")
    assert [failure.page for failure in verify(manual, copy).failures] == [RELY]


@pytest.mark.parametrize("day", ["2024-06-01", "2025-06-01", "2026-08-31", "2027-01-04", "2036-11-21"])
def test_a_sound_site_passes_on_any_day(manual: Manual, site_of: Callable[[date], Path], day: str) -> None:
    """Before the first chapter, on the day of a change, between two, and long after the last."""
    built_for = date.fromisoformat(day)
    assert found(verify(manual, site_of(built_for), built_for)) == set()


def test_a_stale_site_fails(manual: Manual, plain: Path) -> None:
    stale = "the build date is 2026-11-21, not 2026-11-22"
    assert {(RELY, stale), (DATA, stale)} <= found(verify(manual, plain, date(2026, 11, 22)))


@pytest.mark.parametrize("written", ["", "2026-13-01"])
def test_a_home_page_without_its_date_is_told_of_once(manual: Manual, copy: Path, written: str) -> None:
    home = copy / "index.html"
    home.write_text(home.read_text("utf-8").replace('content="2026-11-21"', f'content="{written}"'), "utf-8")
    reason = "the build date is missing, and nothing that depends on it was judged"
    assert found(verify(manual, copy)) == {("index.html", reason)}


@pytest.mark.parametrize("options", [[], ["--date", "2026-11-21"]], ids=["undated", "dated"])
def test_a_site_without_the_plugin_fails(root: Path, without_plugin: Path, options: list[str]) -> None:
    result = CliRunner().invoke(main, ["--manual", str(root), "verify", str(without_plugin), *options])
    assert result.exit_code == 1
    assert "do not publish this site" in result.output
    told = set(result.output.splitlines())
    mark = "the mark of Chapterhouse is missing: was it built with the plugin?"
    assert {f"{page}: {mark}" for page in (RELY, GONE, "index.html")} <= told
    dated = {
        f"{RELY}: {BANNER} is missing",
        f"{GONE}: {WITHDRAWN} is missing",
        f"{CHANGE}: {SCHEDULED} is missing",
        f"{MISTAKE}: {STATUS} is missing",
        f"{MISTAKE}: {STAMP} is missing",
        f"{MISTAKE}: the list of amendments is missing",
        f"{ONE}: the superseded version is missing",
    }
    assert told & dated == (dated if options else set())
