"""Two editors who amended one version: whatever git makes of it ends in a diagnostic, and no record is lost.

Each test makes two branches of a real repository, with a version 3 recorded on each by `chapterhouse amend`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from chapterhouse import manual as manuals

LIVE = "procedures/core/referrals.md"
FOLDER = "amendments/core/referrals"
THIRD = f"{FOLDER}/3.md"
SUMS = f"{FOLDER}/SHA256SUMS"
ONE = ("as soon as you are worried", "at once", "At once.")
TWO = ("You keep a copy.", "You keep two copies.", "Two copies.")

Command = Callable[..., Result]
Told = list[tuple[str, str]]


def git(root: Path, *arguments: str, code: int = 0) -> str:
    environment = {
        **os.environ,
        **{
            f"GIT_{who}_{what}": "x@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def told(root: Path) -> Told:
    """What `check` says, errors alone: code and file."""
    found = manuals.load(root).diagnostics
    assert all(fault.severity == "error" for fault in found)
    return [(fault.code, fault.path) for fault in found]


def amended(root: Path, command: Command, old: str, new: str, summary: str) -> None:
    """The live chapter with other words, recorded as its next version and committed."""
    file = root / LIVE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    result = command(root, "amend", "core/referrals", "--summary", summary)
    assert result.exit_code == 0, result.output
    git(root, "add", "-A")
    git(root, "commit", "-qm", summary)


@pytest.fixture
def repository(small_manual: Path) -> Path:
    """The small manual in git, with what keeps the bytes of the archive."""
    (small_manual / ".gitattributes").write_text("amendments/** -text\n", "utf-8")
    git(small_manual, "init", "-q", "-b", "main")
    git(small_manual, "add", "-A")
    git(small_manual, "commit", "-qm", "First.")
    return small_manual


@pytest.fixture
def two_editors(repository: Path, command: Command) -> Path:
    """Version 3 on two branches: of paragraph 1.1 on `main`, of paragraph 2.2 on `other`."""
    git(repository, "checkout", "-qb", "other")
    amended(repository, command, *TWO)
    git(repository, "checkout", "-q", "main")
    amended(repository, command, *ONE)
    assert told(repository) == []
    return repository


def test_a_conflict_is_told_in_every_file_that_has_one(two_editors: Path) -> None:
    git(two_editors, "merge", "other", code=1)
    assert set(told(two_editors)) == {
        ("merge-conflict", LIVE),
        ("merge-conflict", THIRD),
        ("broken-manifest", SUMS),
    }
    for fault in manuals.load(two_editors).diagnostics:
        assert "two editors" in fault.message
        assert "run `chapterhouse amend core/referrals`" in fault.hint


@pytest.mark.parametrize(("side", "kept", "other"), [("ours", ONE, TWO), ("theirs", TWO, ONE)])
def test_the_cure_keeps_both_records(
    two_editors: Path, command: Command, side: str, kept: tuple[str, ...], other: tuple[str, str, str]
) -> None:
    """As docs/editing.md says: keep what was published, make the other change again, record it."""
    git(two_editors, "merge", "other", code=1)
    aside = git(two_editors, "show", f"{'MERGE_HEAD' if side == 'ours' else 'HEAD'}:{LIVE}")
    assert other[1] in aside
    git(two_editors, "checkout", f"--{side}", LIVE, FOLDER)
    git(two_editors, "add", LIVE, FOLDER)
    git(two_editors, "commit", "-qm", "Both.")
    assert told(two_editors) == []
    amended(two_editors, command, *other)
    assert told(two_editors) == []
    records = manuals.load(two_editors).by_slug["core/referrals"].head.amendments
    assert [(one.version, one.summary) for one in records][:2] == [("4", other[2]), ("3", kept[2])]


def test_a_union_merge_is_told(two_editors: Path) -> None:
    """Git puts the lines of both one below the other, and calls it clean."""
    (two_editors / ".git/info/attributes").write_text("* merge=union\n", "utf-8")
    git(two_editors, "merge", "-q", "-m", "Both.", "other")
    assert told(two_editors) == [
        ("duplicate-key", LIVE),
        ("duplicate-key", LIVE),
        ("broken-manifest", SUMS),
        ("archive-altered", THIRD),
    ]
    (sums,) = (one for one in manuals.load(two_editors).diagnostics if one.code == "broken-manifest")
    assert "two editors amended one version at once" in sums.message
    assert sums.span.line > 4
    git(two_editors, "checkout", "other", "--", LIVE, FOLDER)
    assert told(two_editors) == []


@pytest.mark.parametrize("kept", ["other", "main^"])
def test_of_two_manifests_put_together_either_text_is_as_it_was(two_editors: Path, kept: str) -> None:
    """Nothing is said of a file that one of them archived: which was published only the editors know."""
    (two_editors / ".git/info/attributes").write_text("* merge=union\n", "utf-8")
    git(two_editors, "merge", "-q", "-m", "Both.", "other")
    git(two_editors, "checkout", kept, "--", LIVE, THIRD)
    assert told(two_editors) == [("broken-manifest", SUMS)]


def test_a_union_of_whole_records_is_one_version_recorded_twice(
    repository: Path, archive: Callable[..., None]
) -> None:
    """Records of one line each stay whole, and only their number says that there is one too many."""
    file = repository / LIVE
    one = '  - {version: "3", effective: 2026-06-01, published: 2026-06-01, kind: revised, summary: %s}\n'
    for branch, words in (("other", "Theirs."), ("main", "Ours.")):
        git(repository, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        text = file.read_text("utf-8").replace('version: "2"\nowner', 'version: "3"\nowner')
        file.write_text(text.replace("amendments:\n", f"amendments:\n{one % words}"), "utf-8")
        archive(repository, "core/referrals")
        git(repository, "add", "-A")
        git(repository, "commit", "-qm", words)
    (repository / ".git/info/attributes").write_text("* merge=union\n", "utf-8")
    git(repository, "merge", "-q", "-m", "Both.", "other")
    assert set(told(repository)) == {
        ("duplicate-version", LIVE),
        ("broken-manifest", SUMS),
        ("archive-altered", THIRD),
    }


def test_one_number_and_two_texts_that_git_merges_cleanly(
    repository: Path, archive: Callable[..., None]
) -> None:
    """Both gave the same record to other words; one of them archived nothing."""
    file = repository / LIVE
    record = (
        'amendments:\n  - {version: "3", effective: 2026-06-01, published: 2026-06-01, kind: revised, '
        "summary: A change.}\n"
    )
    changes = {"other": ("You keep a copy.", "You keep two copies."), "main": ("worried", "anxious")}
    for branch, (old, new) in changes.items():
        git(repository, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        text = file.read_text("utf-8").replace('version: "2"\nowner', 'version: "3"\nowner')
        file.write_text(text.replace("amendments:\n", record).replace(old, new), "utf-8")
        if branch == "main":
            archive(repository, "core/referrals")
        git(repository, "add", "-A")
        git(repository, "commit", "-qm", branch)
    git(repository, "merge", "-q", "-m", "Both.", "other")
    assert told(repository) == [("unrecorded-change", LIVE)]
    (fault,) = manuals.load(repository).diagnostics
    assert fault.message == "it is no longer what was published as version 3: paragraph 2.2"
    assert "`chapterhouse amend core/referrals`, which records the change" in fault.hint


def test_no_git_and_a_shallow_clone_say_the_same(two_editors: Path, tmp_path: Path) -> None:
    """With a fault of each kind that the archive can have."""
    third = two_editors / THIRD
    third.write_bytes(third.read_bytes().replace(b"at once", b"soon"))
    live = two_editors / LIVE
    live.write_text(live.read_text("utf-8").replace("First issue.", "The first."), "utf-8")
    (two_editors / FOLDER / "2.md").unlink()
    git(two_editors, "add", "-A")
    git(two_editors, "commit", "-qm", "Faults.")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", two_editors.as_uri(), str(shallow))
    bare = tmp_path / "zip"
    shutil.copytree(two_editors, bare, ignore=shutil.ignore_patterns(".git"))
    found = manuals.load(two_editors).diagnostics
    assert {fault.code for fault in found} == {"archive-altered", "record-changed", "missing-version"}
    assert manuals.load(shallow).diagnostics == manuals.load(bare).diagnostics == found
