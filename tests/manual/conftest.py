"""What the tests of `impact` share: a manual that cites section 11 twice, and the command on it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chapterhouse import manual as manuals
from chapterhouse.cli import main

DATE = "2026-11-21"
DAY = date(2026, 11, 21)
LAW = "ukpga/2004/31/section/11"
REASON = "Section 11 is being rewritten."


@pytest.fixture
def run() -> Callable[..., Result]:
    """The command `impact` on a manual."""

    def run_(root: Path, *arguments: str) -> Result:
        result = CliRunner().invoke(main, ["--manual", str(root), "impact", *arguments, "--date", DATE])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run_


OPERATIONS = ("os.mkdir", "tempfile.mkstemp", "os.chmod", "os.link", "os.rename", "os.remove")
"""What Python reports of all that a verb does to files."""


@pytest.fixture
def stopped(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command, stopped before one of its operations on files: by a kill, or because the disk is full.

    It has a process of its own, and spends no time on loading anything.
    """

    def stopped_(how: str, operations: int, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        said = tmp_path_factory.mktemp("stopped") / "stderr"
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = alone(said, how, operations, ["--manual", str(root), *arguments])
            finally:
                os._exit(code)  # nothing may come back to pytest, which goes on in the other process
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return subprocess.CompletedProcess(arguments, code, "", said.read_text("utf-8"))

    return stopped_


def alone(said: Path, how: str, left: int, arguments: list[str]) -> int:
    """Run the command in this process, which ends with it; the exit code."""

    def hook(event: str, _: object) -> None:
        nonlocal left
        if event not in OPERATIONS:
            return
        left -= 1
        if left == -1 and how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if left == -1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    code = 1
    with (
        said.open("w", encoding="utf-8") as errors,
        Path(os.devnull).open("r+", encoding="utf-8") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(errors),
    ):
        sys.stdin = nothing
        sys.addaudithook(hook)
        try:
            main.main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        except BaseException:
            traceback.print_exc()
            raise
    return code


@pytest.fixture
def command() -> Callable[..., Result]:
    """A verb on a manual, where there is no terminal."""

    def command_(root: Path, *arguments: str) -> Result:
        result = CliRunner().invoke(main, ["--manual", str(root), *arguments, "--date", DATE])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return command_


@pytest.fixture
def written(small_manual: Path, archive: Callable[..., None]) -> Path:
    """The small manual, archived and listed, with an unrecorded change of paragraph 2.2 of chapter 1.2."""
    archive(small_manual, "core/referrals", "1", "2")
    chapter = small_manual / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"You keep a copy.", b"You keep two copies."))
    return small_manual


@pytest.fixture
def as_json(run: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """What it prints for programs."""

    def as_json_(root: Path, *arguments: str) -> dict[str, Any]:
        report = json.loads(run(root, "--format", "json", *arguments).stdout)
        assert report["schema"] == 1
        return dict(report)

    return as_json_


@pytest.fixture
def opened(run: Callable[..., Result]) -> Callable[..., Result]:
    """The command with `--open-review`."""

    def opened_(root: Path, *more: str, law: str = LAW) -> Result:
        return run(root, law, "--open-review", "--reason", REASON, *more)

    return opened_


@pytest.fixture
def files() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder."""

    def files_(root: Path) -> dict[str, bytes]:
        return {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }

    return files_


@pytest.fixture
def errors() -> Callable[[Path], list[str]]:
    """What `check` says is an error."""

    def errors_(root: Path) -> list[str]:
        found = manuals.check(manuals.load(root), DAY)
        return [f"{one.path}: {one.message}" for one in found if one.severity == "error"]

    return errors_


@pytest.fixture
def refuse(
    files: Callable[[Path], dict[str, bytes]], opened: Callable[..., Result]
) -> Callable[[Path, str], None]:
    """Sees that a review is refused, why, and that nothing is written."""

    def refuse_(cited: Path, says: str) -> None:
        before = files(cited)
        result = opened(cited)
        assert result.exit_code == 1
        assert "procedures/core/referrals.md: refused: " in result.stdout
        assert says in result.stdout
        assert "  help: " in result.stdout
        assert files(cited) == before

    return refuse_


@pytest.fixture
def cited(small_manual: Path, archive: Callable[..., None]) -> Path:
    """The small manual with section 11 in two paragraphs of chapter 1.2, archived and listed."""
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    text = text.replace(
        "2.2 You keep a copy.", "2.2 You keep a copy. Under s.11(2) of the CA 2004 it is shared."
    )
    text = text.replace(
        "1.2 Ring the duty desk first, then write:",
        "1.2 Under section 11 of the Children Act 2004, ring the duty desk first, then write:",
    )
    chapter.write_bytes(text.encode())
    archive(small_manual, "core/referrals")
    return small_manual
