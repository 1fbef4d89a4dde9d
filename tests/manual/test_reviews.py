"""Reviews on disk: stopped at any operation, and in the sample manual."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from chapterhouse import manual as manuals
from chapterhouse.manual import impact as impacts
from chapterhouse.manual import reviewing
from chapterhouse.reviews import put_under_review

DATE = "2026-11-21"
DAY = date(2026, 11, 21)
LAW = "ukpga/2004/31/section/11"
OPERATIONS = 13
"""So many operations on files make a version; test_amending_stopped.py says which."""
REASON = "Section 11 is being rewritten."

Run = Callable[..., Result]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]
Stopped = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("operations", range(OPERATIONS + 1))
def test_killed_before_any_operation_it_is_finished_by_the_same_command(
    cited: Path, operations: int, files: Files, opened: Run, errors: Errors, stopped: Stopped
) -> None:
    expected = shutil.copytree(cited, cited.parent / "expected")
    opened(expected)
    command = ["impact", LAW, "--date", DATE, "--open-review", "--reason", REASON]
    before = files(cited)
    code = 0 if operations == OPERATIONS else -9
    assert stopped("kill", operations, cited, *command).returncode == code
    halfway = files(cited)
    wanted = files(expected)
    for path, data in halfway.items():
        temporary = Path(path).name.startswith(".")
        assert temporary or data in (before.get(path), wanted[path]), path
    live = "procedures/core/referrals.md"
    begun = "amendments/core/referrals/3.md" in halfway and halfway[live] == before[live]
    says = "amendments/core/referrals/3.md: the recording of version 3 was begun and not finished"
    assert errors(cited) == ([says] if begun else [])
    assert opened(cited).exit_code == 0
    left = {path for path in files(cited) if Path(path).name.startswith(".")}
    assert {path: data for path, data in files(cited).items() if path not in left} == wanted
    assert not left or halfway[live] == wanted[live]


def test_what_was_begun_on_another_day_in_other_words_is_finished_as_it_was_archived(
    cited: Path, run: Run, files: Files, opened: Run
) -> None:
    live = cited / "procedures/core/referrals.md"
    before = live.read_bytes()
    opened(cited)
    wanted = files(cited)
    live.write_bytes(before)
    result = run(cited, LAW, "--open-review", "--reason", "Other words.")
    assert "finished: under review as version 3: 1.2, 2.2; it had been begun" in result.stdout
    assert files(cited) == wanted


def test_a_fault_that_comes_up_in_the_archive_meanwhile_is_told(cited: Path) -> None:
    """Somebody else alters an archived version after the manual was read, and before it is read again."""
    manual = manuals.load(cited)
    first = cited / "amendments/core/referrals/1.md"
    first.write_bytes(first.read_bytes().replace(b"worried", b"anxious"))
    found = impacts.impact(manual, impacts.known(manual, LAW, DAY), DAY)
    request = reviewing.request(DAY, REASON, None, None, None)
    (outcome,) = put_under_review(cited, manual, found, request, dry=False)
    assert outcome.state == "refused"
    assert "it was written, and has an error now: it is not what was archived as version 1" in outcome.message


@pytest.mark.skipif(os.name == "nt", reason="sets a limit that Windows does not have")
def test_a_full_disk_is_one_line_and_nothing_is_half_written(cited: Path, files: Files) -> None:
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))\n"
    script += "from chapterhouse.cli import main; main()"
    command = [sys.executable, "-B", "-c", script, "--manual", str(cited), "impact", LAW, "--date", DATE]
    command += ["--open-review", "--reason", REASON]
    before = files(cited)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "refused: it cannot be written: " in result.stdout
    assert "Traceback" not in result.stderr
    assert files(cited) == before


def test_the_sample_is_put_under_review_and_stays_sound(
    sample: Path, tmp_path: Path, run: Run, errors: Errors
) -> None:
    for name in ("procedures", "amendments"):
        shutil.copytree(sample / name, tmp_path / name)
    shutil.copyfile(sample / "mkdocs.yml", tmp_path / "mkdocs.yml")
    known = errors(tmp_path)
    result = run(tmp_path, "ukpga/1989/41", "--open-review", "--reason", REASON)
    assert result.exit_code in (0, 1)
    assert result.stdout.count(": opened: ") >= 5
    assert errors(tmp_path) == known
    again = run(tmp_path, "ukpga/1989/41", "--open-review", "--reason", REASON)
    assert ": opened: " not in again.stdout
