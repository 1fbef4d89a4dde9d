"""`chapterhouse diff`, as an editor meets it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

import chapterhouse
from chapterhouse.cli import main

ROOT = Path(__file__).parent.parent
SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "redline.schema.json"
LONG = "arrangements/local-safeguarding-arrangements"


def diff(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--manual", str(root), "diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def sides(*arguments: str, root: Path = ROOT) -> tuple[str | None, str | None]:
    """The versions that were compared."""
    result = diff(root, *arguments, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    return found["from"]["version"], found["to"]["version"]


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The sample with an edit that nobody has recorded."""
    for name in ("procedures", "amendments"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "procedures/core/referrals.md"
    file.write_bytes(file.read_bytes().replace(b"ring the Front Door and ask", b"ring the Front Door to ask"))
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        ([], ("3.1", "4")),
        (["2"], ("2", "4")),
        (["2", "3"], ("2", "3")),
        (["3", "2"], ("3", "2")),
        (["2019-06-24", "2024-09-08"], ("2", "3")),
        (["2019-06-23", "2"], ("1", "2")),
        (["4", "4"], ("4", "4")),
    ],
)
def test_what_is_compared(asked: list[str], compared: tuple[str, str]) -> None:
    assert sides("core/referrals", *asked) == compared
    assert sides("1.1", *asked) == compared


def test_a_scheduled_version_is_compared_with_what_it_changes() -> None:
    assert sides(LONG) == ("5", "6")


def test_edits_that_are_not_recorded_come_first(edited: Path) -> None:
    assert sides("core/referrals", root=edited) == ("4", None)
    assert sides("core/referrals", "3", root=edited) == ("3", None)
    assert sides("core/referrals", "4", "3", root=edited) == ("4", "3")
    said = diff(edited, "core/referrals").stdout
    assert "from version 4, effective 1 June 2026\nto the text as it stands now, not recorded\n" in said
    assert "ring the Front Door [-and-]{+to+} ask" in said
    recorded = diff(edited, "core/referrals", "3.1", "4").stdout
    assert recorded == diff(ROOT, "core/referrals").stdout, "a version is what was recorded"


def test_what_takes_no_version_is_no_edit(edited: Path) -> None:
    """Another owner, an old address, or other ends of lines."""
    file = edited / "procedures/core/referrals.md"
    data = (ROOT / "procedures/core/referrals.md").read_bytes()
    file.write_bytes(data.replace(b"\nowner: ", b"\nformerly: [core/letters]\nowner: New ", 1))
    assert file.read_bytes() != data
    assert diff(edited, "core/referrals").stdout == diff(ROOT, "core/referrals").stdout
    file.write_bytes(data.replace(b"\n", b"\r\n"))
    assert diff(edited, "core/referrals").stdout == diff(ROOT, "core/referrals").stdout


def test_no_difference_is_no_fault() -> None:
    result = diff(ROOT, "core/referrals", "4", "4")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "No difference.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["core/referrals", "9"], "there is no version '9'; there are 4 (effective 1 June 2026), 3.1 "),
        (["core/referrals", "2", "2026-02-30"], "there is no version '2026-02-30'; there are 4 "),
        (["core/referrals", "2000-01-01"], "no version was in force on 1 January 2000; there are 4 "),
        (["core/nowhere"], "there is no chapter core/nowhere"),
    ],
)
def test_what_is_not_known_is_misuse_with_what_is(arguments: list[str], says: str) -> None:
    result = diff(ROOT, *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_a_draft_has_no_versions(small_manual: Path) -> None:
    file = small_manual / "procedures/core/referrals.md"
    text = file.read_text("utf-8")
    head = text[: text.index("amendments:")].replace('version: "2"', "status: draft")
    file.write_text(head + text[text.index("---\n", 4) :], "utf-8")
    result = diff(small_manual, "core/referrals")
    assert result.exit_code == 2
    assert "core/referrals is a draft: it has no version yet" in result.stderr


def test_html_is_a_document_by_itself() -> None:
    result = diff(ROOT, "2.2", "1", "2", "--format", "html")
    assert result.exit_code == 0
    soup = BeautifulSoup(result.stdout, "html.parser")
    assert result.stdout.startswith("<!doctype html>")
    assert soup.select_one("html[lang=en-GB] main h1")
    assert soup.find("ins")
    assert not soup.select("script, link, img, [src], [href], [style]")
