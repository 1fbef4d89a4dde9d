"""`chapterhouse import`, as somebody uses it who brings a manual along: to a site that builds."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chapterhouse.cli import main

from .conftest import DOCUMENTS

DATE = "2026-11-22"
OWN = sorted(DOCUMENTS.iterdir())
FILLED = {
    "owner": "Policy and Procedures Subgroup",
    "since": "2026-03-01",
    "still_applies": "true",
    "meanwhile": "Follow the text as it stands.",
    "paragraphs": '["1.1"]',
    "expected": "2027-03-01",
}
"""What a person writes in the place of each TODO."""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def codes(manual: Path) -> set[str]:
    """What `check` finds wrong with a manual."""
    found = json.loads(run("--manual", manual, "check", "--date", DATE, "--format", "json").output)
    return {one["code"] for one in found["diagnostics"] if one["severity"] != "info"}


def filled(draft: Path) -> None:
    """Settle what is marked TODO, and make a chapter of the draft."""
    text = draft.read_text("utf-8")
    for key, value in FILLED.items():
        text = re.sub(rf"^(\s*{key}): TODO$", rf"\1: {value}", text, flags=re.MULTILINE)
    assert "TODO" not in re.sub(r"^#.*$", "", text.split("\n---\n")[0], flags=re.MULTILINE)
    draft.write_text(text.replace("status: draft\n", "review: {due: 2027-11-30}\n", 1), "utf-8")


def becomes_a_site(manual: Path, documents: Sequence[Path]) -> None:
    drafts = manual / "procedures/imported"
    assert run("import", *documents, "--output", drafts, "--date", DATE).exit_code == 0
    assert len(list(drafts.iterdir())) == len(documents)
    assert codes(manual) == {"todo"}
    for draft in sorted(drafts.iterdir()):
        filled(draft)
        name = f"imported/{draft.stem}"
        days = ("--effective", DATE, "--date", DATE)
        said = run("--manual", manual, "amend", name, "--summary", "Imported.", *days)
        assert said.exit_code == 0, said.output
    site = manual / "site"
    built = run("--manual", manual, "build", "--strict", "--date", DATE, "--site-dir", site)
    assert built.exit_code == 0, built.output
    assert run("--manual", manual, "verify", site, "--date", DATE).exit_code == 0


def test_our_own_documents_become_a_site(manual: Path) -> None:
    becomes_a_site(manual, OWN)


def test_the_four_documents_become_a_site(manual: Path, seeds: list[Path]) -> None:
    becomes_a_site(manual, seeds)


def test_the_report_for_programs(tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = run("import", DOCUMENTS / "hosted.txt", "-o", output, "--format", "json", "--date", DATE)
    assert result.exit_code == 0
    (one,) = json.loads(result.output)["files"]
    assert one["draft"] == str(tmp_path / "out/the-northmoor-escalation-forum.md")
    assert one["chapter"] == {
        "number": "4.7",
        "title": "The Northmoor Escalation Forum",
        "numbering": "sections",
    }
    assert one["gaps"] == ["2.3"]
    assert [drop["place"] for drop in one["dropped"]] == ["line 1", "line 5", "line 7", "line 35", "line 36"]
    assert "There is no paragraph 2.3." in one["person"]


def test_the_report_for_a_person(tmp_path: Path) -> None:
    said = run("import", DOCUMENTS / "table.txt", "-o", tmp_path / "out", "--date", DATE).output
    for words in (
        "PB3 The Northmoor Duty Desk",
        "line 5: In March 2026 this guidance was marked as under review. (under_review)",
        "Owner is still to be settled",
        "Nothing follows the colon at line 11, paragraph 1.2: a list or table may have been lost before.",
    ):
        assert words in said


def test_nothing_is_written_over(tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("import", DOCUMENTS / "hosted.txt", "-o", output, "--date", DATE).exit_code == 0
    (draft,) = output.iterdir()
    draft.write_text("mine", "utf-8")
    again = run("import", DOCUMENTS / "hosted.txt", "-o", output, "--date", DATE)
    assert again.exit_code == 1
    assert f"{draft} is there already" in again.output
    assert draft.read_text("utf-8") == "mine"
    assert list(output.iterdir()) == [draft]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"%PDF-1.7", "it is a PDF file"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "a file of an old word processor"),
        ("a.rtf", b"{\\rtf1", "Rich Text Format"),
        ("a.txt.gz", b"\x1f\x8b\x08", "a packed file"),
    ],
)
def test_what_is_not_read(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    """One line for what is no document, and the others are imported all the same."""
    wrong = tmp_path / name
    wrong.write_bytes(content)
    result = run("import", wrong, DOCUMENTS / "hosted.txt", "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 1
    assert [why in line for line in result.output.splitlines() if str(wrong) in line] == [True]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_file_of_200_megabytes(tmp_path: Path) -> None:
    """It is refused by its size, before it is read."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    result = run("import", large, "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 1
    assert result.output.startswith(f"{large}: not imported: it has 200,000,000 bytes")
    assert not (tmp_path / "out").exists()


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    result = run("import", pipe, "-o", tmp_path / "out", "--date", DATE)
    assert (result.exit_code, "it is no file" in result.output) == (1, True)


def test_names_that_climb_out(tmp_path: Path) -> None:
    """A title is no path: nothing is written outside of the folder."""
    source = tmp_path / "source.txt"
    source.write_text("4.2 ../../../../etc/passwd\n\n1. Start\n\n1.1 Words.\n\n1.2 More.\n")
    assert run("import", source, "-o", tmp_path / "out", "--date", DATE).exit_code == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["etc-passwd.md", "out", "source.txt"]


def test_links_between_documents(tmp_path: Path) -> None:
    """A link to another document of the same run leads to its draft; one that leads nowhere is told."""
    (tmp_path / "one.md").write_text("# 1.1 One\n\nSee [the other](two.md#x) and [a third](three.md).\n")
    (tmp_path / "two.md").write_text("# 1.2 Two\n\nWords of [a site](https://moor.example/).\n")
    result = run("import", tmp_path / "one.md", tmp_path / "two.md", "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 0
    assert "a third (three.md)" in result.output
    text = (tmp_path / "out/one.md").read_text("utf-8")
    assert "See [the other](two.md) and a third." in text
    assert "[a site](https://moor.example/)" in (tmp_path / "out/two.md").read_text("utf-8")


def test_a_part_of_a_manual(small_manual: Path) -> None:
    """Numbers and files that the manual has already are given to no draft."""
    shutil.copy(DOCUMENTS / "hosted.txt", small_manual / "4.txt")
    text = (small_manual / "4.txt").read_text("utf-8").replace("4.7 The Northmoor", "1.2 The Northmoor")
    (small_manual / "4.txt").write_text(text, "utf-8")
    output = small_manual / "procedures/core"
    result = run("import", small_manual / "4.txt", "-o", output, "--date", DATE)
    assert result.exit_code == 0
    assert "Another chapter is 1.2 already: X1 was given." in result.output
    assert codes(small_manual) == {"todo"}
