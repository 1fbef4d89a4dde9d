"""`review`: opened and closed as versions, and a check recorded without one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from chapterhouse import frontmatter
from chapterhouse.model import Head, LastReview, Review, Source

LIVE = "procedures/core/referrals.md"
OPEN = ("--open", "--reason", "Being rewritten.", "--meanwhile", "Follow it.", "--paragraph", "2.2")
DONE = ("--done", "--by", "Policy Officer", "--checked", "law,links", "--outcome", "no change")
VERSION, CHECK = 13, 4
"""So many operations on files make a version, and a check; test_amending_stopped.py says which."""
DUE = ("--due", "2027-11-30")

Command = Callable[..., Result]
Archive = Callable[..., None]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]
Stopped = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def sound(small_manual: Path, archive: Archive) -> Path:
    """The small manual, archived and listed."""
    archive(small_manual, "core/referrals", "1", "2")
    return small_manual


def head_of(root: Path) -> Head:
    return frontmatter.read(Source(LIVE, (root / LIVE).read_bytes().decode()))[0]


def refused(result: Result, code: int, *says: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    for words in says:
        assert words in result.stderr


def test_a_review_is_opened_and_closed(sound: Path, command: Command, errors: Errors) -> None:
    before = (sound / LIVE).read_bytes()
    result = command(sound, "review", "1.2", *OPEN, "--expected", "2027-01-31", "--do-not-rely")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{LIVE}: recorded: version 3, reviewed, effective 2026-11-21: 2.2\n"
    review = head_of(sound).under_review
    assert review is not None
    assert (review.reason, review.meanwhile, review.still_applies, review.paragraphs, review.expected) == (
        "Being rewritten.",
        "Follow it.",
        False,
        ("2.2",),
        date(2027, 1, 31),
    )
    assert (sound / "amendments/core/referrals/3.md").read_bytes() == (sound / LIVE).read_bytes()
    refused(command(sound, "review", "1.2", *OPEN), 1, "under review already, since 2026-11-21")
    result = command(sound, "review", "1.2", "--close", "--summary", "It stays.")
    assert result.exit_code == 0, result.output
    head = head_of(sound)
    assert head.under_review is None
    newest = head.amendments[0]
    assert (newest.version, newest.kind, newest.summary) == ("4", "reviewed", "It stays.")
    # Nothing is left of the review but its two records.
    lines = iter((sound / LIVE).read_bytes().split(b"\n"))
    assert all(line in lines for line in before.split(b"\n") if not line.startswith(b"version:"))
    assert errors(sound) == []
    refused(command(sound, "review", "1.2", "--close", "--summary", "x"), 1, "it is not under review")


def test_a_text_that_nobody_recorded_is_neither_opened_nor_closed(
    sound: Path, command: Command, files: Files
) -> None:
    live = sound / LIVE
    text = live.read_bytes()
    live.write_bytes(text.replace(b"a copy", b"two copies"))
    refused(command(sound, "review", "1.2", *OPEN), 1, "no longer what was published", "paragraph 2.2")
    live.write_bytes(text)
    assert command(sound, "review", "1.2", *OPEN).exit_code == 0
    live.write_bytes(live.read_bytes().replace(b"a copy", b"two copies"))
    before = files(sound)
    refused(command(sound, "review", "1.2", "--close", "--summary", "x"), 1, "no longer what was published")
    assert files(sound) == before


def test_while_a_change_is_scheduled_it_is_refused(sound: Path, command: Command) -> None:
    live = sound / LIVE
    live.write_bytes(live.read_bytes().replace(b"a copy", b"two copies"))
    assert command(sound, "amend", "1.2", "--summary", "x", "--effective", "2027-01-04").exit_code == 0
    refused(command(sound, "review", "1.2", *OPEN), 1, "version 3 is scheduled for 2027-01-04", "help: ")


@pytest.mark.parametrize("operations", range(VERSION + 1))
@pytest.mark.parametrize("step", ["open", "close"])
def test_stopped_it_is_finished(
    sound: Path, step: str, operations: int, command: Command, files: Files, stopped: Stopped
) -> None:
    arguments: tuple[str, ...] = ("review", "1.2", *OPEN)
    if step == "close":
        assert command(sound, *arguments).exit_code == 0
        arguments = ("review", "1.2", "--close", "--summary", "x")
    before = files(sound)
    code = 0 if operations == VERSION else -9
    assert stopped("kill", operations, sound, *arguments, "--date", "2026-11-21").returncode == code
    finished = files(sound)[LIVE] != before[LIVE]
    assert command(sound, *arguments).exit_code == (1 if finished else 0)
    after = files(sound)
    version = head_of(sound).version
    assert after[f"amendments/core/referrals/{version}.md"] == after[LIVE]
    assert finished or not any(Path(path).name.startswith(".") for path in after)
    assert (head_of(sound).under_review is None) == (step == "close")


LAYOUTS = {
    "as written": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "no last line end": lambda text: text.rstrip("\n"),
    "comments": lambda text: text.replace("2027-03-31\n", "2027-03-31  # spring\n  # of last\n"),
    "quoted date": lambda text: text.replace("due: 2027-03-31", "due: '2027-03-31'"),
    "without last": lambda text: text.replace(text[text.index("  last:") : text.index("amendments:")], ""),
    "last first": lambda text: text.replace(
        text[text.index("  due:") : text.index("amendments:")],
        "\n".join(reversed(text[text.index("  due:") : text.index("amendments:")].rstrip().split("\n")))
        + "\n",
    ),
    "all in braces": lambda text: text.replace(
        text[text.index("review:") : text.index("amendments:")],
        "review: {due: 2027-03-31, last: {outcome: 'no change', checked: [law], by: A, date: 2026-03-20}}\n",
    ),
    "in braces without last": lambda text: text.replace(
        text[text.index("review:") : text.index("amendments:")], "review: {due: 2027-03-31}  # kept\n"
    ),
    "blocks": lambda text: text.replace(
        text[text.index("  last:") : text.index("amendments:")],
        "  last:\n    # who\n    by: Policy Officer\n    date: 2026-03-20 # then\n    checked:\n    - law\n"
        "    - contacts\n\n    # what\n    outcome: >-\n      nothing\n      new\n",
    ),
    "a list that goes on": lambda text: text.replace("[law, links]", "[law,\n    contacts]"),
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_check_is_recorded_in_every_layout_and_nothing_else_changes(
    sound: Path, layout: str, command: Command, files: Files, errors: Errors
) -> None:
    live = sound / LIVE
    text = LAYOUTS[layout](live.read_bytes().decode())
    live.write_bytes(text.encode())
    before, was, known = files(sound), head_of(sound), errors(sound)
    assert was.review is not None
    result = command(sound, "review", "core/referrals", *DONE, *DUE, "--on", "2026-11-20")
    assert result.exit_code == 0, result.output
    assert (
        result.stdout == f"{LIVE}: recorded: reviewed on 2026-11-20; the next review is due on 2027-11-30\n"
    )
    after = files(sound)
    assert {path for path in after if after[path] != before[path]} == {LIVE}
    head = head_of(sound)
    on = date(2026, 11, 20)
    wanted = LastReview(on, "Policy Officer", ("law", "links"), "no change")
    assert head.review == Review(date(2027, 11, 30), wanted)
    assert (head.version, head.amendments, head.owner) == (was.version, was.amendments, was.owner)
    new = after[LIVE].decode()
    for mark in ("# spring", "# of last", "# kept", "# who", "# then", "# what", "\ufeff"):
        assert new.count(mark) == text.count(mark), mark
    assert new.count("'") == text.count("'")
    assert new.count("\r\n") == new.count("\n") or "\r" not in text
    start, end = (text.index("review:"), text.index("amendments:"))
    assert new.startswith(text[:start])
    assert new.endswith(text[end:])
    assert errors(sound) == known
    # A second recording of the same says the same, byte for byte.
    assert command(sound, "review", "1.2", *DONE, *DUE, "--on", "2026-11-20").exit_code == 0
    assert files(sound) == after


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "checked: [law, links]",
            "checked:\n    - law  # all\n    - links of old",
            "a comment stands within",
        ),
        ("outcome: no change}", "outcome: nothing, by: B}", "by is written twice"),
        ("  due: 2027-03-31\n", "", "has no due"),
    ],
)
def test_a_review_in_which_nothing_can_be_set_safely_is_refused(
    sound: Path, old: str, new: str, says: str, command: Command, files: Files
) -> None:
    live = sound / LIVE
    text = live.read_bytes().decode()
    if "\n" in new:
        old = text[text.index("  last:") : text.index("amendments:")]
        new = f"  last:\n    date: 2026-03-20\n    by: A\n    {new}\n    outcome: none\n"
    live.write_bytes(text.replace(old, new).encode())
    before = files(sound)
    result = command(sound, "review", "1.2", *DONE, *DUE)
    refused(result, 1, says, "help: ")
    assert files(sound) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "give one of --open, --close and --done"),
        (("--open", "--close"), "give one of"),
        (("--done", *DUE), "a date alone says nothing of a review"),
        (("--done", *DUE, "--by", "A", "--outcome", "b"), "say what was done, with --checked"),
        (DONE, "when it is to be checked again: --due"),
        ((*DONE, "--due", "2026-11-21"), "does not lie after the review"),
        ((*DONE, *DUE, "--on", "2026-11-22"), "in the future"),
        ((*DONE, *DUE, "--summary", "x"), "--summary goes with --close"),
        ((*DONE, *DUE, "--outcome", "<b>"), "plain text"),
        (("--close",), "--summary"),
        (("--close", "--summary", "two\nlines"), "one line"),
        (OPEN[:3], "--meanwhile"),
        (OPEN[:5], "--paragraph"),
        ((*OPEN, "--paragraph", "2.9"), "--paragraph: the chapter has no paragraph 2.9; the nearest"),
        ((*OPEN, "--expected", "2026-11-01"), "is before the review opens"),
    ],
)
def test_misuse_is_one_message_and_writes_nothing(
    sound: Path, options: tuple[str, ...], says: str, command: Command, files: Files
) -> None:
    before = files(sound)
    result = command(sound, "review", "1.2", *options)
    refused(result, 2, "Error: ", says)
    assert files(sound) == before


def test_a_check_before_the_last_one_is_refused(sound: Path, command: Command) -> None:
    result = command(sound, "review", "1.2", *DONE, *DUE, "--on", "2026-03-19")
    refused(result, 1, "a later review is recorded, of 2026-03-20")


def test_a_dry_run_writes_nothing(sound: Path, command: Command, files: Files) -> None:
    before = files(sound)
    for arguments in (OPEN, (*DONE, *DUE)):
        result = command(sound, "review", "1.2", *arguments, "--dry-run")
        assert result.exit_code == 0
        assert "would be recorded: " in result.stdout
        assert result.stdout.endswith("nothing was written: it is a dry run\n")
    assert files(sound) == before


@pytest.mark.parametrize("operations", range(CHECK + 1))
def test_a_check_stopped_leaves_the_old_file_and_its_leftovers_go(
    sound: Path, operations: int, command: Command, files: Files, stopped: Stopped
) -> None:
    before = files(sound)
    arguments = ("review", "1.2", *DONE, *DUE)
    code = 0 if operations == CHECK else -9
    assert stopped("kill", operations, sound, *arguments, "--date", "2026-11-21").returncode == code
    assert (files(sound)[LIVE] == before[LIVE]) == (operations < CHECK)
    assert command(sound, *arguments).exit_code == 0
    assert set(files(sound)) == set(before)
