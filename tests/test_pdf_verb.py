"""`pdf`: what is made, what is refused, and what is said. What the sheets look like is tested in `paper/`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chapterhouse.cli import main

DATE = "2026-11-21"
REFERRALS = "procedures/core/referrals.md"
DRAFT = """---
chapter: "1.9"
title: Neglect
status: draft
owner: Procedures Subgroup
---

## 1. Purpose

1.1 A child may be neglected.
"""


@pytest.fixture
def manual(small_manual: Path) -> Path:
    """The small manual with an address, and a draft."""
    settings = small_manual / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "site_url: https://case.example/\n", "utf-8")
    (small_manual / "procedures/core/neglect.md").write_text(DRAFT, "utf-8")
    return small_manual


def pdf(root: Path, *arguments: str, dated: bool = True) -> Result:
    dates = ("--date", DATE) if dated else ()
    environment = {"CHAPTERHOUSE_DATE": DATE}
    result = CliRunner().invoke(main, ["--manual", str(root), "pdf", *arguments, *dates], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def read(data: bytes) -> list[str]:
    """The words of each sheet."""
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return [re.sub(r"\s+", " ", sheet) for sheet in said.stdout.decode().split("\f")[:-1]]


def made(root: Path, *arguments: str, dated: bool = True) -> list[str]:
    """The sheets of a file that was made."""
    result = pdf(root, *arguments, "--output", "-", dated=dated)
    assert result.exit_code == 0, result.stderr
    return read(result.stdout_bytes)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_a_chapter_is_written_whole_and_the_same_again(manual: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.pdf", tmp_path / "out/again.PDF"
    result = pdf(manual, "1.2", "-o", str(first))
    assert (result.exit_code, result.stdout) == (0, "")
    data = first.read_bytes()
    assert result.stderr == f"1 sheet, {len(data):,} bytes in {first}\n"
    assert pdf(manual, "core/referrals", "--output", str(second)).exit_code == 0
    assert second.read_bytes() == data
    assert list(second.parent.iterdir()) == [second]
    (sheet,) = read(data)
    assert "Case procedures. 1.2 Making a referral Version 2, in force from 1 April 2026" in sheet
    assert "https://case.example/core/referrals/" in sheet
    assert "2.2 You keep a copy." in sheet


def test_several_chapters_each_once_in_the_order_asked_for(manual: Path) -> None:
    sheets = made(manual, "1.3", REFERRALS, "core/records")
    assert [re.findall(r"Case procedures\. (\S+)", sheet) for sheet in sheets] == [["1.3"], ["1.2"]]
    assert [re.findall(r"Page 1 of 1 Sheet . of 2", sheet) != [] for sheet in sheets] == [True, True]


def test_without_a_chapter_it_is_the_whole_manual(manual: Path) -> None:
    sheets = made(manual)
    assert "The whole manual as it stood on 21 November 2026: 2 chapters" in sheets[0]
    assert "1.2 Making a referral" in sheets[1]
    assert "Neglect" not in " ".join(sheets)
    edit(manual, "procedures/core/neglect.md", "owner:", "ownr:")
    assert len(made(manual)) == len(sheets)


def test_any_version_and_any_day(manual: Path) -> None:
    (old,) = made(manual, "1.2", "--version", "1")
    assert "Version 1, in force from 1 January 2024 to 31 March 2026" in old
    assert "Superseded" in old
    (then,) = pdf_of_day(manual, "2025-01-01")
    assert "Version 1, in force from 1 January 2024" in then
    assert "PDF of the site as it stood on 1 January 2025" in then
    assert "Superseded" not in then
    (early,) = pdf_of_day(manual, "2023-12-20")
    assert "Not yet in force" in early


def pdf_of_day(root: Path, day: str) -> list[str]:
    result = pdf(root, "1.2", "-o", "-", "--date", day, dated=False)
    assert result.exit_code == 0, result.stderr
    return read(result.stdout_bytes)


def test_a_scheduled_version_says_that_it_is_not_in_force(manual: Path) -> None:
    edit(manual, REFERRALS, "You keep a copy.", "You keep two copies.")
    arguments = ["amend", "1.2", "--summary", "Two.", "--effective", "2027-01-04", "--date", DATE]
    assert CliRunner().invoke(main, ["--manual", str(manual), *arguments]).exit_code == 0
    (ahead,) = made(manual, "1.2", "--version", "3")
    assert "Not yet in force" in ahead
    assert "You keep two copies." in ahead
    (now,) = made(manual, "1.2")
    assert "Version 2, in force from 1 April 2026" in now


def test_a_draft_is_marked_and_claims_nothing(manual: Path) -> None:
    (sheet,) = made(manual, "core/neglect", dated=False)
    assert "Draft, not published and not in force" in sheet
    # Above the text, at the foot, and across the sheet, where each letter stands by itself.
    assert sheet.replace(" ", "").count("Draft") == 3
    assert "1.1 A child may be neglected." in sheet
    assert "Copy" not in sheet
    assert "in force from" not in sheet
    result = pdf(manual, "1.9", "-o", "-")
    assert result.exit_code == 2
    assert "core/neglect is a draft, of which no day is known: leave out --date" in result.stderr
    edit(manual, "procedures/core/neglect.md", "owner:", "ownr:")
    result = pdf(manual, "1.9", "-o", "-", dated=False)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "procedures/core/neglect.md:5:1: error[unknown-key]" in result.stderr


def test_a_text_that_is_no_version_is_not_printed_as_one(manual: Path, tmp_path: Path) -> None:
    edit(manual, REFERRALS, "You keep a copy.", "You keep two copies.")
    result = pdf(manual, "1.2", "-o", str(tmp_path / "one.pdf"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[unrecorded-change]" in result.stderr
    assert "chapterhouse amend" in result.stderr
    assert result.stderr.endswith("the manual has faults; no PDF file was made\n")
    assert not (tmp_path / "one.pdf").exists()


@pytest.mark.parametrize("path", [REFERRALS, "amendments/core/referrals/1.md"])
def test_what_is_wrong_with_a_chapter_stops_its_own_paper_alone(
    manual: Path, tmp_path: Path, path: str
) -> None:
    edit(manual, path, "You keep a copy.", "You keep two copies.")
    for asked, code in (("1.2", 1), (None, 1), ("1.3", 0)):
        output = tmp_path / f"{asked}.pdf"
        arguments = [asked] if asked else []
        assert pdf(manual, *arguments, "-o", str(output)).exit_code == code, asked
        assert output.exists() is (code == 0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("9.9",), "there is no chapter 9.9"),
        (("1.2", "--version", "7"), "there is no version '7'; there are 2 (effective 1 April 2026), 1 ("),
        (("--version", "1"), "--version goes with one CHAPTER"),
        (("1.2", "--version", ""), "there is no version ''; there are 2 ("),
        (("1.9", "--version", "1"), "core/neglect is a draft, which has no versions: leave out --version"),
        (("1.2", "1.3", "--version", "1"), "--version goes with one CHAPTER"),
        (("1.2", "--changed-since", "2026-01-01"), "leave out CHAPTER and --version"),
        (("1.2", "--date", "2026-11-22"), "2026-11-22 lies after 2026-11-21: how the manual will stand"),
        (("--changed-since", "2026-13-01"), "month 13"),
        (("--changed-since", "2027-01-01"), "2027-01-01 lies after 2026-11-21"),
        (("--changed-since", "2020-01-01"), "nothing was published before 15 December 2023: print the whole"),
    ],
)
def test_misuse_is_one_line_and_writes_nothing(
    manual: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = pdf(manual, *arguments, "-o", str(tmp_path / "one.pdf"), dated="--date" not in arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr.splitlines()[-1]
    assert not (tmp_path / "one.pdf").exists()


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("procedures/core/one.pdf", "stands in the manual itself"),
        ("amendments/one.pdf", "stands in the manual itself"),
        ("linked/one.pdf", "stands in the manual itself"),
        ("procedures", "is a folder"),
        ("mkdocs.yml", "let it end in .pdf"),
    ],
)
def test_the_manual_itself_is_never_written_over(manual: Path, output: str, says: str) -> None:
    (manual / "linked").symlink_to(manual / "amendments", target_is_directory=True)
    before = {path: path.read_bytes() for path in manual.rglob("*") if path.is_file()}
    result = pdf(manual, "1.2", "-o", str(manual / output))
    assert result.exit_code == 2
    assert says in result.stderr
    assert {path: path.read_bytes() for path in manual.rglob("*") if path.is_file()} == before


def test_a_file_that_cannot_be_written_is_said(manual: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    result = pdf(manual, "1.3", "-o", str(tmp_path / "file/one.pdf"))
    assert result.exit_code == 1
    assert "cannot be written: " in result.stderr
    assert "Traceback" not in result.stderr
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "chapterhouse", "--manual", str(manual), "pdf", "1.3", "-o", "-"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.endswith("standard output cannot be written: No space left on device\n")


def test_nothing_changed_makes_no_file(manual: Path, tmp_path: Path) -> None:
    result = pdf(manual, "--changed-since", "2026-04-01", "-o", str(tmp_path / "one.pdf"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (
        result.stderr == "nothing changed between 1 April 2026 and 21 November 2026: no PDF file was made\n"
    )
    assert not (tmp_path / "one.pdf").exists()


def test_without_the_engine_the_cure_is_said(manual: Path, tmp_path: Path) -> None:
    script = "import sys; sys.modules['typst'] = None; from chapterhouse.cli import main; main()"
    command = [sys.executable, "-c", script, "--manual", str(manual), "pdf", "1.3", "--date", DATE]
    result = subprocess.run(
        [*command, "-o", str(tmp_path / "one.pdf")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHAPTERHOUSE_DATE": DATE},
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert "pip install 'chapterhouse[pdf]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "one.pdf").exists()
