"""Reviews on disk: stopped at any operation, and in the sample manual."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

DATE = "2026-11-21"
LAW = "ukpga/2004/31/section/11"
REASON = "Section 11 is being rewritten."

Run = Callable[..., Result]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]
Stopped = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("operations", range(10))
def test_killed_before_any_operation_it_is_finished_by_the_same_command(
    cited: Path, operations: int, files: Files, opened: Run, errors: Errors, stopped: Stopped
) -> None:
    expected = shutil.copytree(cited, cited.parent / "expected")
    opened(expected)
    command = ["impact", LAW, "--date", DATE, "--open-review", "--reason", REASON]
    before = files(cited)
    assert stopped("kill", operations, cited, *command).returncode == -9
    halfway = files(cited)
    wanted = files(expected)
    for path, data in halfway.items():
        temporary = Path(path).name.startswith(".")
        assert temporary or data in (before.get(path), wanted[path]), path
    begun = "amendments/core/referrals/3.md" in halfway
    says = "amendments/core/referrals/3.md: the recording of version 3 was begun and not finished"
    assert errors(cited) == ([says] if begun else [])
    assert opened(cited).exit_code == 0
    assert files(cited) == wanted


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
