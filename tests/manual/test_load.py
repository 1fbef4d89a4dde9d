"""Loading and judging whole manuals, hostile ones included."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chapterhouse import manual as manuals
from chapterhouse.diagnostics import CODES
from chapterhouse.manual.tree import Tree
from chapterhouse.model import Diagnostic

TODAY = date(2026, 11, 21)
CHAPTER = "procedures/core/referrals.md"
ARCHIVED = "amendments/core/referrals/1.md"
SOUND = (Path(__file__).parent.parent / "cases/manual" / CHAPTER).read_bytes()


def judge(root: Path) -> tuple[Diagnostic, ...]:
    manual = manuals.load(root)
    found = manuals.check(manual, TODAY)
    for diagnostic in found:
        span = diagnostic.span
        assert diagnostic.code in CODES
        assert diagnostic.message
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        if diagnostic.path in manual.sources:
            source = manual.sources[diagnostic.path]
            assert 1 <= span.line <= len(source.starts)
            assert 1 <= span.column <= len(source.line(span.line)) + 1
    return found


@pytest.fixture(scope="module")
def shared_manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(
        shutil.copytree(
            Path(__file__).parent.parent / "cases/manual", tmp_path_factory.mktemp("m") / "manual"
        )
    )


HEADS = st.sampled_from([b"", b"---\n", SOUND, SOUND[: SOUND.index(b"##")]])
MARKS = """1.1 |2.2A |3. |23. |## 1. Title\n|# |### |\n|\n\n|- |    |```\n|~~~|> |a) |i)
|[x](y.md#1.1)|![](z.png)
|[^1]|[^1]: |<b>|<!--|-->|&#x0;|\\|{: .x }|{#y}|`|**|_|paragraph 1.1|chapter 2.2, paragraph 9.9|\r\n|\r
|\u2028|\x85|\x00|\ufeff|\u202e|e\u0301|<<<<<<< a\n|=======\n|>>>>>>> b\n|---\n|===\n|!!! note\n|*[A]: b\n"""
TOKENS = st.lists(st.sampled_from([*MARKS.split("|"), "| a | b |\n|---|---|\n", "|"]), max_size=60)


@given(st.binary(max_size=300), HEADS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_any_bytes_as_a_chapter_end_in_diagnostics(shared_manual: Path, data: bytes, head: bytes) -> None:
    (shared_manual / CHAPTER).write_bytes(head + data)
    judge(shared_manual)


@given(TOKENS, HEADS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_any_heap_of_marks_ends_in_diagnostics(shared_manual: Path, tokens: list[str], head: bytes) -> None:
    (shared_manual / CHAPTER).write_bytes(head + "".join(tokens).encode())
    judge(shared_manual)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + SOUND, id="byte-order mark"),
        pytest.param(SOUND.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(SOUND.replace(b"\n", b"\r"), id="CR"),
        pytest.param(SOUND.replace(b"copy.\n", b"copy."), id="no final newline"),
        pytest.param(
            SOUND.replace(b"duty desk", "de\u0301sk â “quoted” text".encode()), id="NFD and typography"
        ),
        pytest.param(SOUND.replace(b"paragraph 2.1", "paragraph\u00a02.1".encode()), id="no-break space"),
    ],
)
def test_what_must_be_read_is_read(small_manual: Path, data: bytes) -> None:
    (small_manual / CHAPTER).write_bytes(data)
    assert judge(small_manual) == ()
    chapter = manuals.load(small_manual).by_slug["core/referrals"]
    assert chapter.anchors == ("1", "1.1", "1.2", "2", "2.1", "2.2")
    assert chapter.body.paragraphs[1].text.replace("\r", "").startswith("Ring the ")


def test_no_file_of_any_kind_raises(small_manual: Path) -> None:
    (small_manual / "procedures/parts.yml").write_bytes(b"\xff")
    (small_manual / "procedures/core/records.md").unlink()
    os.mkfifo(small_manual / "procedures/core/records.md")
    assert {d.code for d in judge(small_manual)} >= {"not-utf8", "unreadable-file", "unknown-part"}


def test_a_file_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert tree.read("procedures/core/gone.md") is None
    assert [(d.code, d.message) for d in tree.faults] == [
        ("unreadable-file", "the file cannot be read: No such file or directory")
    ]


def test_other_programs_files_are_passed_over(small_manual: Path) -> None:
    for name in (".DS_Store", ".referrals.md.swp", "referrals.md~", ".#referrals.md"):
        (small_manual / "procedures/core" / name).write_bytes(b"\xff\xff")
    assert judge(small_manual) == ()


def test_an_accepted_diagnostic_is_silent(small_manual: Path) -> None:
    file = small_manual / CHAPTER
    text = file.read_text("utf-8").replace("2.2 You keep", "2.3 You keep")
    accept = (
        "accept:\n  - {code: number-gap, text: 2.3 You keep, because: 2.2 was taken out in 2020.}\nreview:"
    )
    file.write_text(text, "utf-8")
    assert [d.code for d in judge(small_manual)] == ["number-gap"]
    file.write_text(text.replace("review:", accept), "utf-8")
    assert judge(small_manual) == ()


def test_time_alone_makes_no_error(small_manual: Path) -> None:
    """Whether every version has its text is asked on the day of loading, not on the day of its change."""
    file = small_manual / CHAPTER
    file.write_text(
        file.read_text("utf-8").replace("effective: 2026-04-01", "effective: 2027-04-01"), "utf-8"
    )
    days = [date(1900, 1, 1), date(2024, 1, 1), TODAY, date(2027, 4, 1), date(2199, 12, 31)]

    def errors() -> list[list[str]]:
        loaded = manuals.load(small_manual)
        found = [manuals.check(loaded, day) for day in days]
        return [[d.code for d in at_day if d.severity == "error"] for at_day in found]

    assert errors() == [[]] * len(days)
    (small_manual / ARCHIVED).unlink()
    assert errors() == [["missing-version"]] * len(days)
