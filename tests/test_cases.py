"""Each diagnostic code has a case: an edit of a sound manual, and all that `check` then says."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from chapterhouse.cli import main
from chapterhouse.diagnostics import CODES

CASES = Path(__file__).parent / "cases"
CHAPTER = "procedures/core/referrals.md"
DATE = "2026-11-21"


def cases() -> Iterator[Any]:
    for code in sorted(CODES):
        path = CASES / f"{code}.yml"
        listed = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
        for case in listed:
            yield pytest.param(code, case, id=f"{code}: {case['name']}")


def apply(root: Path, case: dict[str, Any]) -> None:
    """Damage a copy of the manual as the case says."""
    for path, content in case.get("write", {}).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")
    file = root / case.get("file", CHAPTER)
    data = file.read_bytes() if file.exists() else b""
    for old, new in case.get("replace", {}).items():
        assert data.count(old.encode()) == 1, f"{old!r} must stand in the chapter once"
        data = data.replace(old.encode(), new.encode())
    for text, count in case.get("repeat", {}).items():
        data = data.replace(text.encode(), text.encode() * count)
    data += case.get("append", "").encode()
    data = data.replace(*(bytes.fromhex(part) for part in case.get("bytes", ("00", "00"))))
    if file.exists():
        file.write_bytes(data)
    for path, target in case.get("link", {}).items():
        (root / path).symlink_to(target)
    for verb, act in (("copy", shutil.copyfile), ("rename", shutil.move)):
        for path, new in case.get(verb, {}).items():
            (root / new).parent.mkdir(parents=True, exist_ok=True)
            act(root / path, root / new)
    for verb, make in (("delete", Path.unlink), ("folder", Path.mkdir), ("pipe", os.mkfifo)):
        for path in case.get(verb, []):
            make(root / path)


@pytest.mark.parametrize(("code", "case"), list(cases()))
def test_a_case_is_told_exactly(
    code: str,
    case: dict[str, Any],
    small_manual: Path,
    archive: Callable[..., None],
    golden: Callable[[Path, str], None],
) -> None:
    """What `check` prints is what the case file beside it says, and the exit code follows the severity.

    What a case writes is then archived as it stands, unless the fault is that it is not.
    """
    apply(small_manual, case)
    if case.get("archive", True):
        archive(small_manual)
    before = {p: p.read_bytes() for p in small_manual.rglob("*") if p.is_file()}
    result = CliRunner().invoke(
        main, ["--manual", str(small_manual), "check", "--date", case.get("date", DATE)]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    slug = re.sub(r"[^a-z0-9]+", "-", case["name"].lower()).strip("-")
    golden(CASES / "expected" / f"{code}.{slug}.txt", result.output)
    told = re.findall(r": (error|warning|info)\[([a-z0-9-]+)\]", result.output)
    assert code in {name for _, name in told}
    if not case.get("more"):
        assert [name for _, name in told] == [code]
    assert result.exit_code == ("error" in {severity for severity, _ in told})
    assert {p: p.read_bytes() for p in small_manual.rglob("*") if p.is_file()} == before


def test_the_manual_of_the_cases_is_sound(small_manual: Path) -> None:
    result = CliRunner().invoke(main, ["--manual", str(small_manual), "check", "--strict", "--date", DATE])
    assert (result.exit_code, result.output) == (0, "no faults found\n")


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_has_a_case_and_a_heading(code: str) -> None:
    assert (CASES / f"{code}.yml").exists()
    text = (CASES.parent.parent / "docs" / "diagnostics.md").read_text("utf-8")
    assert f"\n### {code}\n" in text


def test_nothing_is_documented_or_cased_that_is_no_code() -> None:
    text = (CASES.parent.parent / "docs" / "diagnostics.md").read_text("utf-8")
    assert set(re.findall(r"^### (\S+)$", text, re.MULTILINE)) == set(CODES)
    assert {path.stem for path in CASES.glob("*.yml")} == set(CODES)
    written = {path.name.partition(".")[0] for path in (CASES / "expected").glob("*.txt")}
    assert written == set(CODES)


def test_all_faults_come_in_one_run(small_manual: Path) -> None:
    """Three faults of one file and one of another, none hiding the next."""
    file = small_manual / CHAPTER
    text = file.read_text("utf-8")
    text = text.replace("title: Making", "titel: Making").replace("2023-12-15", "2023-02-30")
    file.write_text(text.replace("1.2 Ring", "1.1 Ring"), "utf-8")
    (small_manual / "procedures/core/records.md").write_bytes(b"\xff\xfe")
    result = CliRunner().invoke(
        main, ["--manual", str(small_manual), "check", "--date", DATE, "--format", "json"]
    )
    codes = set(re.findall(r'"code": "([a-z0-9-]+)"', result.output))
    assert codes >= {"unknown-key", "missing-key", "bad-date", "duplicate-paragraph", "not-utf8"}
