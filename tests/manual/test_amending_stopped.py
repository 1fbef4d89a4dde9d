"""`amend` stopped at any operation, and run twice at once: nothing is half written, and it is finished."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from chapterhouse import manifest
from chapterhouse import manual as manuals
from chapterhouse.dates import parse

DATE = "2026-11-21"
OPERATIONS = 13
"""So many operations on files make a version: a new one, a line of the manifest, the live file."""
LIVE = "procedures/core/referrals.md"
FOLDER = "amendments/core/referrals"
SUMS = f"{FOLDER}/SHA256SUMS"
AMEND = ("amend", "core/referrals", "--summary", "Two copies are kept.")

Command = Callable[..., Result]
Files = Callable[[Path], dict[str, bytes]]
Stopped = Callable[..., subprocess.CompletedProcess[str]]


def errors_of(root: Path) -> list[str]:
    return [one.code for one in manuals.check(manuals.load(root), parse(DATE)) if one.severity == "error"]


def temporary(path: str) -> bool:
    return Path(path).name.startswith(".")


STOPS = [("kill", left) for left in range(OPERATIONS + 1)]
# Of a disk that is full, each kind of operation once: a file, its mode, a link, a renaming.
STOPS += [("full", left) for left in (1, 2, 3, 8)]


@pytest.mark.parametrize(("how", "operations"), STOPS)
def test_stopped_before_any_operation_it_is_finished_by_running_it_again(
    written: Path, how: str, operations: int, command: Command, files: Files, stopped: Stopped
) -> None:
    expected = shutil.copytree(written, written.parent / "expected")
    assert command(expected, *AMEND).exit_code == 0
    before, wanted = files(written), files(expected)
    result = stopped(how, operations, written, *AMEND, "--date", DATE)
    halfway = files(written)
    if operations == OPERATIONS:
        assert result.returncode == 0
        assert halfway == wanted
    elif how == "kill":
        assert result.returncode == -9
    else:
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert f"{LIVE}: refused: it cannot be written: " in result.stderr
        assert not any(temporary(path) for path in halfway)
    for path, data in halfway.items():
        assert temporary(path) or data in (before.get(path), wanted[path]), path
    done = {path for path in wanted if wanted[path] == halfway.get(path) != before.get(path)}
    # `check` may say that something is unfinished; it never breaks, and never takes it for whole.
    assert set(errors_of(written)) <= {"archive-without-record", "unrecorded-change", "version-mismatch"}
    # In other words: what was begun is what is finished.
    begun = f"{FOLDER}/3.md" in done
    again = command(written, "amend", "core/referrals", *(() if begun else ("--summary", AMEND[3])))
    if LIVE in done:
        assert again.exit_code == 1
        assert "nothing has changed since version 3" in again.stderr
    else:
        assert again.exit_code == 0, again.output
        assert ("it had been begun" in again.stdout) == begun
    assert {path: data for path, data in files(written).items() if not temporary(path)} == wanted
    assert not any(temporary(path) for path in files(written)) or LIVE in done
    assert errors_of(written) == []


@pytest.mark.parametrize("operations", range(OPERATIONS + 1))
def test_an_urgent_change_is_finished_with_or_without_its_file(
    written: Path, operations: int, command: Command, files: Files, stopped: Stopped
) -> None:
    assert command(written, *AMEND, "--effective", "2027-01-04").exit_code == 0
    file = written.parent / "urgent.md"
    old = (written / FOLDER / "2.md").read_bytes()
    file.write_bytes(old.replace(b"Ring the duty desk first", b"Ring the police first"))
    expected = shutil.copytree(written, written.parent / "expected")
    arguments: tuple[str, ...] = ("amend", "1.2", "--summary", "Police.", "--from", str(file), "--urgent")
    assert command(expected, *arguments).exit_code == 0
    before = files(written)
    code = 0 if operations == OPERATIONS else -9
    assert stopped("kill", operations, written, *arguments, "--date", DATE).returncode == code
    halfway = files(written)
    begun = f"{FOLDER}/4.md" in halfway and halfway[LIVE] == before[LIVE]
    if begun and operations % 2:
        arguments = ("amend", "1.2")
    told = [one for one in manuals.check(manuals.load(written), parse(DATE)) if "begun" in one.message]
    assert [one.hint for one in told] == (
        ["run `chapterhouse amend core/referrals` again, which finishes it"] if begun else []
    )
    again = command(written, *arguments)
    finished = halfway[LIVE] != before[LIVE]
    assert again.exit_code == (1 if finished else 0), again.output
    assert {p: data for p, data in files(written).items() if not temporary(p)} == files(expected)


def test_what_was_begun_of_another_text_is_not_taken_for_it(
    written: Path, command: Command, files: Files, stopped: Stopped
) -> None:
    assert stopped("kill", 5, written, *AMEND, "--date", DATE).returncode == -9
    live = written / LIVE
    live.write_bytes(live.read_bytes().replace(b"two copies", b"three copies"))
    before = files(written)
    result = command(written, *AMEND)
    assert result.exit_code == 1
    assert "3.md was begun as the next version, and the chapter has changed since" in result.stderr
    assert files(written) == before


FREE = {
    "owner": ("owner: Procedures Subgroup", "owner: Another Subgroup  # since May"),
    "review": ("due: 2027-03-31", "due: 2027-04-30"),
    "an old address": ("title:", "formerly: [core/old-name]\ntitle:"),
    "line ends": ("\n", "\r\n"),
}


@pytest.mark.parametrize("operations", [5, 9])
@pytest.mark.parametrize("change", FREE)
def test_what_may_change_without_a_version_stays_when_it_is_finished(
    written: Path, change: str, operations: int, command: Command, stopped: Stopped
) -> None:
    """The owner is another since the command was stopped; `check` says to run it again, and that works."""
    assert stopped("kill", operations, written, *AMEND, "--date", DATE).returncode == -9
    live = written / LIVE
    old, new = (text.encode() for text in FREE[change])
    assert old in live.read_bytes()
    live.write_bytes(live.read_bytes().replace(old, new, -1 if old == b"\n" else 1))
    archived = (written / FOLDER / "3.md").read_bytes()
    assert "archive-without-record" in errors_of(written)
    result = command(written, "amend", "core/referrals")
    assert result.exit_code == 0, result.output
    assert "it had been begun" in result.stdout
    assert (written / FOLDER / "3.md").read_bytes() == archived
    assert live.read_bytes() == archived.replace(old, new, -1 if old == b"\n" else 1)
    assert errors_of(written) == []
    assert command(written, "amend", "core/referrals").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("two copies", "three copies"),
        ("title: ", "title: New "),
        ("title:", "status: draft\ntitle:"),
        ("summary: Names", "summary: Name"),
    ],
)
def test_check_and_amend_agree_on_what_cannot_be_finished(
    written: Path, old: str, new: str, command: Command, files: Files, stopped: Stopped
) -> None:
    assert stopped("kill", 9, written, *AMEND, "--date", DATE).returncode == -9
    live = written / LIVE
    assert old in live.read_text("utf-8")
    live.write_bytes(live.read_bytes().replace(old.encode(), new.encode(), 1))
    before = files(written)
    told = manuals.check(manuals.load(written), parse(DATE))
    assert not any("begun" in one.message for one in told)
    assert not any("which finishes it" in one.hint for one in told)
    assert command(written, *AMEND).exit_code == 1
    assert files(written) == before


@pytest.mark.parametrize("operations", [5, 9])
@pytest.mark.parametrize("cure", ["published", "not published"])
@pytest.mark.parametrize(("old", "new"), [("two copies", "three copies"), ("title: ", "title: New ")])
def test_what_was_changed_after_the_stop_is_told_once_and_the_cure_works(
    written: Path, old: str, new: str, cure: str, operations: int, command: Command, stopped: Stopped
) -> None:
    """The one that `check` names and `amend` too, step by step."""
    assert stopped("kill", operations, written, *AMEND, "--date", DATE).returncode == -9
    live, third, sums = written / LIVE, written / FOLDER / "3.md", written / SUMS
    live.write_text(live.read_text("utf-8").replace(old, new, 1), "utf-8")
    (told,) = (one for one in manuals.check(manuals.load(written), parse(DATE)) if one.severity == "error")
    assert told.code == "archive-without-record"
    adopting, _, away = told.hint.removeprefix("if it was published, ").partition("; if not, ")
    assert adopting in command(written, *AMEND).stderr
    assert adopting == (
        f"save the chapter elsewhere, copy {FOLDER}/3.md to {LIVE}, make in it again what has changed since"
        " and run `chapterhouse amend core/referrals`"
    )
    if cure == "published":
        live.write_text(third.read_text("utf-8").replace(old, new, 1), "utf-8")
    else:
        third.unlink()
        lines = sums.read_text("utf-8").splitlines(keepends=True)
        listed = lines[-1].endswith("  3.md\n")
        assert away == "move the file away" + listed * (
            f", and take its line and the one above it out of {SUMS}"
        )
        sums.write_text("".join(lines[:-2] if listed else lines), "utf-8")
    assert not any("without-record" in code for code in errors_of(written))
    result = command(written, "amend", "core/referrals", "--summary", "Changed since.")
    assert result.exit_code == 0, result.output
    assert errors_of(written) == []
    assert new in live.read_text("utf-8")
    (text,) = (one for one in manuals.load(written).chapters if one.slug == "core/referrals")
    assert text.head.version == ("4" if cure == "published" else "3")


def test_of_an_urgent_change_nothing_that_stands_in_the_live_file_alone_is_lost(
    written: Path, command: Command, files: Files, stopped: Stopped
) -> None:
    assert command(written, *AMEND, "--effective", "2027-01-04").exit_code == 0
    file = written.parent / "urgent.md"
    old = (written / FOLDER / "2.md").read_bytes()
    file.write_bytes(old.replace(b"Ring the duty desk first", b"Ring the police first"))
    arguments = ("amend", "1.2", "--summary", "Police.", "--from", str(file), "--urgent")
    assert stopped("kill", 9, written, *arguments, "--date", DATE).returncode == -9
    live = written / LIVE
    live.write_bytes(live.read_bytes().replace(b"owner: Procedures", b"owner: Another"))
    before = files(written)
    (told,) = (one for one in manuals.check(manuals.load(written), parse(DATE)) if one.severity == "error")
    assert "save the chapter elsewhere" in told.hint
    result = command(written, *arguments)
    assert result.exit_code == 1
    assert "the chapter has changed since" in result.stderr
    assert files(written) == before


def limited(size: int) -> str:
    """The command as a script that may make no file longer than so many bytes."""
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    return f"import resource; {limit}\nfrom chapterhouse.cli import main; main()"


def test_a_full_disk_is_one_message(written: Path, files: Files) -> None:
    command = [sys.executable, "-B", "-c", limited(600), "--manual", str(written), *AMEND, "--date", DATE]
    before = files(written)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "refused: it cannot be written: " in result.stderr
    assert "Traceback" not in result.stderr
    assert files(written) == before


def test_two_at_once_leave_one_version_and_one_is_told(written: Path, files: Files) -> None:
    script = "import sys\nfrom chapterhouse.cli import main\nsys.stdin.readline()\nmain()"
    racers = []
    for words in ("The first.", "The second."):
        command = [sys.executable, "-B", "-c", script, "--manual", str(written), "amend", "1.2"]
        command += ["--summary", words, "--date", DATE]
        racers.append(
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate() for racer in racers]
    assert not any("Traceback" in errors for _, errors in said)
    assert {racer.returncode for racer in racers} <= {0, 1}
    assert [racer.returncode for racer in racers].count(0) >= 1
    after = files(written)
    assert after[f"{FOLDER}/3.md"] == after[LIVE]
    digests = manifest.read(after[SUMS])
    assert digests["3.md"] == manifest.digest(after[LIVE])
    assert not any(temporary(path) for path in after)
    assert errors_of(written) == []


def test_a_full_output_is_one_line_and_the_version_stands(written: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.write_bytes(b"." * 10_000)
    command = [sys.executable, "-B", "-c", limited(10_000), "--manual", str(written), *AMEND, "--date", DATE]
    with output.open("ab") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr == "the result cannot be printed: File too large\n"
    assert errors_of(written) == []
    assert (written / FOLDER / "3.md").exists()


def test_without_streams_git_or_a_plain_path(written: Path) -> None:
    root = shutil.copytree(written, written.parent / 'a manual, Tŷ\'r "plant"')
    command = [sys.executable, "-B", "-m", "chapterhouse", "--manual", str(root), *AMEND, "--date", DATE]
    closed = f"exec {' '.join(map(quote, command))} <&- >&- 2>&-"
    environment = {**os.environ, "PATH": os.environ["PATH"], "GIT_DIR": "/nowhere", "LC_ALL": "C"}
    assert subprocess.run(["sh", "-c", closed], env=environment, check=False).returncode == 0
    assert (root / FOLDER / "3.md").read_bytes() == (root / LIVE).read_bytes()
    assert errors_of(root) == []


def quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def test_the_wrong_folder_is_misuse(tmp_path: Path) -> None:
    command = [sys.executable, "-B", "-m", "chapterhouse", *AMEND]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "mkdocs.yml and procedures/" in result.stderr
