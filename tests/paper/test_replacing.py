"""The sheets that a copy on paper must exchange: the list, the chapters, the bars beside what changed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from chapterhouse.cli import main

DATE = "2026-11-21"
REFERRALS, RECORDS = "procedures/core/referrals.md", "procedures/core/records.md"
BAR = (48, 54)
"""Where bars stand, in points from the left edge of the sheet."""


def command(root: Path, *arguments: str) -> str:
    asked = ["--manual", str(root), *arguments, "--date", DATE]
    result = CliRunner().invoke(main, asked, env={"CHAPTERHOUSE_DATE": DATE})
    assert result.exit_code == 0, result.output
    return result.stderr


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text, "utf-8")


def amend(root: Path, chapter: str, *more: str) -> None:
    days = ("--effective", "2026-06-01", "--published", "2026-05-20")
    command(root, "amend", chapter, "--summary", "Changed.", *days, *more)


@pytest.fixture
def amended(small_manual: Path, archive: Callable[..., None]) -> Path:
    """The small manual since 1 May 2026: one chapter changed, one came, one was withdrawn, one stayed."""
    text = (small_manual / RECORDS).read_text("utf-8")
    for number, name, title in (("1.4", "stays", "What stays"), ("1.6", "goes", "What goes")):
        own = text.replace('"1.3"', f'"{number}"').replace("title: Keeping records", f"title: {title}")
        (small_manual / f"procedures/core/{name}.md").write_text(own, "utf-8")
        archive(small_manual, f"core/{name}")
    own = text.replace('"1.3"', '"1.5"').replace("title: Keeping records", "title: What comes")
    own = own.replace("2024-01-01, published: 2023-12-15", "2026-06-01, published: 2026-05-20")
    (small_manual / "procedures/core/comes.md").write_text(own, "utf-8")
    archive(small_manual, "core/comes")
    edit(
        small_manual,
        REFERRALS,
        ("title: Making a referral", "title: Referring a child"),
        ("\n1.1 Refer a child as soon as you are worried. See paragraph 2.1.\n", ""),
        ("- what was said.", "- what was said;\n- what you did."),
        ("2.2 You keep a copy.", "2.3 You keep a copy.\n\n2.4 You date it."),
    )
    amend(small_manual, "1.2", "--renumbered", "2.2=2.3")
    edit(
        small_manual,
        "procedures/core/goes.md",
        ("owner:", "status: withdrawn\nowner:"),
        ("review: {due: 2027-03-31}\n", ""),
    )
    amend(small_manual, "1.6")
    return small_manual


@pytest.fixture
def file(amended: Path, tmp_path: Path) -> Path:
    made = tmp_path / "since.pdf"
    command(amended, "pdf", "--changed-since", "2026-05-01", "-o", str(made))
    return made


def test_the_list_says_what_to_take_out_and_put_in(
    file: Path, read_back: Callable[[bytes], list[str]]
) -> None:
    first, *sheets = (re.sub(r"\s+", " ", sheet) for sheet in read_back(file.read_bytes()))
    assert "a printed copy of Case procedures that was made on 1 May 2026" in first
    assert (
        "1.2 Referring a child All sheets of 1.2 Making a referral, version 2, in force from 1 April 2026 "
        "Version 3, in force from 1 June 2026. Sheets: 1, from sheet 2 of this file "
        "Title; paragraph 1.1 removed; paragraph 1.2; paragraph 2.2 is now 2.3; paragraph 2.4 added"
    ) in first
    assert (
        "1.5 What comes Nothing: the chapter is new Version 1, in force from 1 June 2026. Sheets: 1, from "
        "sheet 3 of this file New chapter"
    ) in first
    assert (
        "1.6 What goes All sheets of version 1, in force from 1 January 2024 "
        "Version 2, in force from 1 June 2026, which withdraws the chapter: its sheets say what to follow "
        "instead. Sheets: 1, from sheet 4 of this file Withdrawn"
    ) in first
    assert "2 other chapters say the same: leave the sheets in." in first
    assert "1.3" not in first
    assert [re.findall(r"Case procedures\. (\S+)", sheet) for sheet in sheets] == [["1.2"], ["1.5"], ["1.6"]]
    assert "Paragraph 1.1 removed" in sheets[0]
    assert "Withdrawn since 1 June 2026" in sheets[2]
    assert "Write on the day" in sheets[2], "what a withdrawn chapter still says stands on its sheets"


def test_bars_stand_beside_what_changed_and_nothing_else(file: Path) -> None:
    dark = strip(file, 2)
    # Of a word that stands there twice, where it stands first.
    rows = {word: dark(top, bottom) for word, top, bottom in reversed(words(file, 2))}
    barred = ["what", "1.2", "did.", "2.3", "2.4", "date", "removed"]
    assert {word: rows[word] for word in barred} == dict.fromkeys(barred, True)
    others = ["Version", "1.", "2.", "2.1", "answers", "Amendments"]
    assert {word: rows[word] for word in others} == dict.fromkeys(others, False)
    dark = strip(file, 3)
    assert not any(dark(top, bottom) for word, top, bottom in words(file, 3))


def words(file: Path, sheet: int) -> list[tuple[str, float, float]]:
    """Each word of a sheet with its upper and lower edge in points; the foot is left out."""
    pages = ("-f", str(sheet), "-l", str(sheet))
    said = subprocess.run(["pdftotext", "-bbox", *pages, str(file), "-"], capture_output=True, check=True)
    found = BeautifulSoup(said.stdout.decode(), "html.parser").find_all("word")
    every = [(one.get_text(), float(str(one["ymin"])), float(str(one["ymax"]))) for one in found]
    return [one for one in every if one[2] < 740]


def strip(file: Path, sheet: int) -> Callable[[float, float], bool]:
    """Whether a bar stands in the margin of a sheet between two heights in points."""
    left, right = BAR
    pages = ("-f", str(sheet), "-l", str(sheet), "-r", "72", "-gray")
    cut = ("-x", str(left), "-y", "0", "-W", str(right - left), "-H", "842")
    image = subprocess.run(["pdftoppm", *pages, *cut, str(file)], capture_output=True, check=True).stdout
    kind, width, height, _, pixels = re.split(rb"\s", image, maxsplit=4)
    assert kind == b"P5"
    rows = [pixels[n * int(width) : (n + 1) * int(width)] for n in range(int(height))]
    return lambda top, bottom: all(min(row) < 128 for row in rows[round(top) + 2 : round(bottom) - 2])
