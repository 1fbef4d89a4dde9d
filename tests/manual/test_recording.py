"""The files of a new version: what is added, what stays, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from chapterhouse import frontmatter, manifest
from chapterhouse.model import Source

DAY = date(2026, 11, 21)
LAW = "ukpga/2004/31/section/11"
REASON = "Section 11 is being rewritten."

Run = Callable[..., Result]
Archive = Callable[..., None]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]
Refuse = Callable[[Path, str], None]


def test_a_review_touches_nothing_but_what_it_adds(
    cited: Path, files: Files, opened: Run, errors: Errors
) -> None:
    before = files(cited)
    result = opened(cited, "--meanwhile", "Ask the owner: first.", "--expected", "2027-06-30")
    assert result.exit_code == 0, result.output
    assert "opened: under review as version 3: 1.2, 2.2" in result.stdout
    after = files(cited)
    live = after["procedures/core/referrals.md"]
    assert after["amendments/core/referrals/3.md"] == live
    old, new = (Source("x.md", data.decode()) for data in (before["procedures/core/referrals.md"], live))
    head, start, faults = frontmatter.read(new)
    assert faults == ()
    assert new.text[start:] == old.text[frontmatter.read(old)[1] :]
    assert head.version == "3"
    assert head.under_review is not None
    assert head.under_review.reason == REASON
    assert head.under_review.meanwhile == "Ask the owner: first."
    assert head.under_review.paragraphs == ("1.2", "2.2")
    assert (head.under_review.since, head.under_review.expected) == (DAY, date(2027, 6, 30))
    record = head.amendments[0]
    assert (record.kind, record.because, record.effective) == ("reviewed", ("ukpga/2004/31",), DAY)
    assert "section 11 of the Children Act 2004" in record.summary
    sums = after["amendments/core/referrals/SHA256SUMS"]
    assert sums.startswith(before["amendments/core/referrals/SHA256SUMS"])
    assert list(manifest.read(sums)) == ["1.md", "2.md", "3.md"]
    touched = {path for path in after if after[path] != before.get(path)}
    assert len(touched) == 3
    assert errors(cited) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: "\ufeff" + text, id="byte-order mark"),
        pytest.param(lambda text: text.replace("owner:", "# kept\nowner:   "), id="comment"),
        pytest.param(lambda text: text.rstrip("\n"), id="no last line end"),
    ],
)
def test_the_ways_of_an_editor_stay(cited: Path, change: Any, archive: Archive, opened: Run) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = change(chapter.read_bytes().decode())
    chapter.write_bytes(text.encode())
    archive(cited, "core/referrals")
    assert opened(cited).exit_code == 0
    after = chapter.read_bytes().decode()
    lines = iter(after.split("\n"))
    kept = [line for line in text.split("\n") if not line.startswith("version:")]
    assert all(line in lines for line in kept)
    assert ("\r\n" in text) == ("\r\n" in after)
    assert after.count("\n") == after.count("\r\n") or "\r" not in text


def test_records_in_braces_are_refused(cited: Path, archive: Archive, refuse: Refuse) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    start, end = text.index("amendments:"), text.index("\n---\n\n")
    records = (
        'amendments: [{version: "2", effective: 2026-04-01, published: 2026-03-25, kind: revised,'
        ' summary: A.}, {version: "1", effective: 2024-01-01, published: 2023-12-15, kind: new,'
        " summary: First issue.}]"
    )
    chapter.write_bytes((text[:start] + records + text[end:]).encode())
    archive(cited, "core/referrals")
    refuse(cited, "the records are not written one below the other")


def test_an_altered_archive_is_refused(cited: Path, refuse: Refuse) -> None:
    first = cited / "amendments/core/referrals/1.md"
    first.write_bytes(first.read_bytes().replace(b"worried", b"anxious"))
    refuse(cited, "it is not what was archived as version 1: look at paragraphs 1.1 and 2.2")


def test_a_broken_chain_is_refused(cited: Path, refuse: Refuse) -> None:
    sums = cited / "amendments/core/referrals/SHA256SUMS"
    sums.write_bytes(sums.read_bytes().split(b"\n", 2)[2])
    refuse(cited, "line 1: the lines above are not those that were written")


def test_another_file_in_the_place_of_the_next_version_is_refused(cited: Path, refuse: Refuse) -> None:
    chapter = (cited / "procedures/core/referrals.md").read_text("utf-8")
    other = chapter.replace('version: "2"', 'version: "3"', 1)
    (cited / "amendments/core/referrals/3.md").write_text(other, "utf-8")
    refuse(cited, "version 3 is in the archive, and the chapter has no record of it")


def test_an_archive_without_a_manifest_is_refused(cited: Path, refuse: Refuse) -> None:
    (cited / "amendments/core/referrals/SHA256SUMS").unlink()
    refuse(cited, "the archive of core/referrals has no SHA256SUMS")


@pytest.mark.parametrize(
    "reason",
    ['Say "no": when? #1', "- dash", "Tŷ'r plant ☂ 🙂", "{a: [b]}", "\\n", "no", "%", "'", "&x *y !z"],
)
def test_words_are_kept_whatever_they_are(cited: Path, reason: str, run: Run) -> None:
    assert run(cited, LAW, "--open-review", "--reason", reason).exit_code == 0
    text = (cited / "procedures/core/referrals.md").read_bytes().decode()
    review = frontmatter.read(Source("x.md", text))[0].under_review
    assert review is not None
    assert review.reason == reason
