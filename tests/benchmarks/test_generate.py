"""The measured manual is the same on every machine, and has no fault of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GENERATE = Path(__file__).with_name("generate.py")


def generate(
    output: Path, hash_seed: str, *, chapters: int = 3, words: int = 600, terms: int = 300
) -> dict[str, bytes]:
    """The files of a small manual by path."""
    size = ("--chapters", str(chapters), "--words", str(words), "--versions", "3", "--terms", str(terms))
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, str(GENERATE), *size, "--output", str(output)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    assert generate(tmp_path / "a", "1") == generate(tmp_path / "b", "2")


def test_every_version_is_archived_and_the_newest_is_the_chapter(tmp_path: Path) -> None:
    files = generate(tmp_path, "0")
    live = {
        path.removeprefix("procedures/")[:-3]: path for path in files if path.startswith("procedures/part-")
    }
    for slug, path in live.items():
        archived = sorted(
            name for name in files if name.startswith(f"amendments/{slug}/") and name.endswith(".md")
        )
        assert files[archived[-1]] == files[path]


def test_the_glossary_changes_nothing_else(tmp_path: Path) -> None:
    with_terms, without = (generate(tmp_path / str(terms), "0", terms=terms) for terms in (300, 0))
    assert with_terms.keys() - without.keys() == {"procedures/glossary.yml"}
    assert without.items() <= with_terms.items()


@pytest.mark.parametrize(("chapters", "terms"), [(1, 300), (12, 300), (12, 20), (12, 500), (12, 0)])
def test_a_generated_manual_checks_clean(tmp_path: Path, chapters: int, terms: int) -> None:
    generate(tmp_path, "0", chapters=chapters, words=300, terms=terms)
    command = [sys.executable, "-m", "chapterhouse", "check", "--strict", "--date", "2026-09-01"]
    result = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "no faults found" in result.stdout
