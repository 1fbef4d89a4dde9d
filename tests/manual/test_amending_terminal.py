"""`amend` at a terminal: the redline first, then questions, then the writing."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

DATE = "2026-11-21"
LIVE = "procedures/core/referrals.md"
NAMED = {"^C": "\x03", "^D": "\x04"}

Files = Callable[[Path], dict[str, bytes]]


def talk(root: Path, answers: list[tuple[str, str]], *options: str) -> tuple[int, str]:
    """The exit code and all that was shown: each answer is given once its question stands there."""
    arguments = [sys.executable, "-B", "-m", "chapterhouse", "--manual", str(root)]
    arguments += ["amend", "1.2", "--date", DATE, *options]
    process, terminal = pty.fork()
    if process == 0:
        os.environ["NO_COLOR"] = "1"
        # What runs in the background may have been told to ignore it, and hands that on.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, arguments)
    shown = ""
    waiting = list(answers)
    start, end = 0, time.monotonic() + 60
    while time.monotonic() < end:
        # Silence: whoever asks now listens.
        if not select.select([terminal], [], [], 0.3)[0]:
            if waiting and waiting[0][0] in shown[start:]:
                start = len(shown)
                answer = waiting.pop(0)[1]
                os.write(terminal, NAMED.get(answer, answer + "\n").encode())
            continue
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data.decode("utf-8", "replace")
    else:
        os.kill(process, signal.SIGKILL)
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert not waiting, shown
    return code, shown


def test_the_redline_is_shown_before_anything_is_asked(written: Path) -> None:
    questions = [("Summary", "Two copies."), ("Effective", ""), ("Kind", ""), ("Record version 3", "")]
    code, shown = talk(written, questions)
    assert code == 0, shown
    assert "[-a copy-]{+two copies+}" in shown
    assert shown.index("[-a copy-]") < shown.index("Summary")
    assert "[2026-11-21]" in shown
    assert "[revised]" in shown
    assert "recorded: version 3, revised, effective 2026-11-21: 2.2" in shown
    assert 'summary: "Two copies."' in (written / LIVE).read_text("utf-8")


def test_an_answer_that_may_not_stand_is_asked_for_again(written: Path) -> None:
    questions = [
        ("Summary", "<b>Two</b>"),
        ("Summary", "Two copies."),
        ("Effective", "soon"),
        ("Effective", "2026-11-01"),
        ("Kind", "revised"),
        ("Why", "Agreed by telephone."),
        ("Record version 3", "y"),
    ]
    code, shown = talk(written, questions)
    assert code == 0, shown
    assert "plain text" in shown
    assert "not written as YYYY-MM-DD" in shown
    assert "reason: " in (written / LIVE).read_text("utf-8")


@pytest.mark.parametrize(
    "questions",
    [
        [("Summary", "^C")],
        [("Summary", "^D")],
        [("Summary", "x"), ("Effective", "^C")],
        [("Summary", "x"), ("Effective", ""), ("Kind", "^D")],
        [("Summary", "x"), ("Effective", ""), ("Kind", ""), ("Record version 3", "n")],
        [("Summary", "x"), ("Effective", ""), ("Kind", ""), ("Record version 3", "^C")],
    ],
)
def test_whoever_leaves_has_written_nothing(
    written: Path, questions: list[tuple[str, str]], files: Files
) -> None:
    before = files(written)
    code, shown = talk(written, questions)
    assert code == 1
    assert "Aborted!" in shown
    assert "Traceback" not in shown
    assert files(written) == before


def test_what_is_said_is_not_asked_for(written: Path) -> None:
    options = ("--summary", "Two.", "--effective", "2026-12-01", "--kind", "revised")
    code, shown = talk(written, [("Record version 3", "")], *options)
    assert code == 0, shown
    assert not re.search("Summary|Effective from|Kind", shown)


def test_with_yes_nothing_is_asked(written: Path) -> None:
    code, shown = talk(written, [], "--summary", "Two.", "--yes")
    assert code == 0, shown
    code, shown = talk(written, [], "--yes")
    assert code == 1
    assert "nothing has changed since version 3" in shown
