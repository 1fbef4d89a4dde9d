"""The codes by which copies on paper are known, and what is told where two versions have one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import history as histories
from chapterhouse import manual as manuals
from chapterhouse.manual import copies
from chapterhouse.model import Manual
from chapterhouse.site import Site
from chapterhouse.verify import copies as judged
from chapterhouse.verify.built import Built
from chapterhouse.verify.required import Required

TODAY = date(2026, 11, 21)
DESK = """---
chapter: "{number}"
title: {title}
version: "1"
owner: Desk {owner}
review: {{due: 2027-03-31}}
amendments:
  - {{version: "1", effective: 2024-01-01, published: 2023-12-15, kind: new, summary: First issue.}}
---

## 1. The desk

1.1 Write on the day.
"""
SAME = {
    "first": DESK.format(number="1.4", title="The first desk", owner=17955),
    "second": DESK.format(number="1.5", title="The second desk", owner=3330),
}
"""Two chapters, found by trying, whose bytes have digests that begin alike."""


def read(code: str) -> int:
    value = 0
    for letter in code:
        value = value * 32 + copies.ALPHABET.index(letter)
    return value


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_the_beginning_of_the_digest_and_nothing_else(digest: bytes) -> None:
    code = copies.of_digest(digest.hex())
    assert len(code) == 7
    assert read(code) == int.from_bytes(digest, "big") >> 221
    # No letter is lost to somebody who reads it as a figure, or types it in capitals.
    assert code == code.lower().translate(str.maketrans("oil", "011"))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 220))
def test_what_comes_after_makes_no_difference(digest: bytes, bit: int) -> None:
    other = int.from_bytes(digest, "big") ^ 1 << bit
    assert copies.of_digest(digest.hex()) == copies.of_digest(f"{other:064x}")


def codes(root: Path) -> dict[str, set[str]]:
    """The codes of a manual's chapters, by title."""
    found: dict[str, set[str]] = {}
    for code, versions in copies.coded(manuals.load(root)).items():
        for history, _ in versions:
            found.setdefault(history.chapter.head.title, set()).add(code)
    return found


def test_a_chapter_that_is_moved_keeps_its_codes(small_manual: Path) -> None:
    before = codes(small_manual)
    for folder, suffix in (("procedures", ".md"), ("amendments", "")):
        place = small_manual / folder / "core"
        (place / f"referrals{suffix}").rename(place / f"telling{suffix}")
    live = small_manual / "procedures/core/telling.md"
    live.write_text(live.read_text("utf-8").replace("roles:", "formerly: [core/referrals]\nroles:"), "utf-8")
    assert len(before["Making a referral"]) == 2
    assert codes(small_manual) == before


def test_a_draft_has_no_code(small_manual: Path) -> None:
    draft = '---\nchapter: "1.9"\ntitle: Draft\nowner: X\nstatus: draft\n---\n\n1.1 Text.\n'
    (small_manual / "procedures/core/draft.md").write_text(draft, "utf-8")
    assert set(codes(small_manual)) == {"Making a referral", "Keeping records"}


HEAD = """---
chapter: "1.4"
title: Telling
version: "{version}"
owner: Procedures Subgroup
review: {{due: 2037-03-31}}
{more}amendments:
{records}---

## 1. When to tell

{text}
"""
RECORD = """  - version: "{0}"
    effective: {1}
    published: 2024-01-01
    kind: {2}
    summary: Change {0}.
    reason: So it was.
"""


@dataclass(frozen=True)
class Recorded:
    """One version of a chapter: from when it applies, its text, and what more its head says."""

    effective: str
    text: str
    kind: str = "revised"
    head: str = ""


def copied(root: Path, archive: Callable[..., None], versions: list[Recorded], today: date) -> list[str]:
    """What is told first of each version of a chapter, by number; `verify` judges the rest of the page."""
    records = ""
    for number, one in enumerate(versions, 1):
        kind = "new" if number == 1 else one.kind
        records = RECORD.format(number, one.effective, kind) + records
        text = HEAD.format(version=number, more=one.head, records=records, text=one.text)
        for place in (f"amendments/core/telling/{number}.md", "procedures/core/telling.md"):
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            (root / place).write_text(text, "utf-8")
    archive(root)
    manual = manuals.load(root)
    assert [d for d in manuals.check(manual, today) if d.severity == "error"] == []
    history = manual.histories["core/telling"]
    shown = histories.shown(history, today)
    assert shown is not None
    site = Site(manual, today, "Case procedures", "", lambda *_: None)
    found: dict[int, str] = {}
    for file, same in judged.copies([Required(history, shown, today, manual.register)]).items():
        page = site.by_source[f"{file.removesuffix('/index.html')}.md"]
        assert page.before is not None
        head = '<meta name="robots" content="noindex">'
        built = Built.read(file, f"{head}<article>{page.before(page.url)}</article>")
        assert list(judged.faults(built, same)) == []
        heading = built.html.select_one(".chapter-notice h2")
        assert heading is not None
        found[int(same[0].number)] = heading.get_text()
    return [found[number] for number in sorted(found)]


CURRENT = "This copy is still current, on the site as built on 21 November 2026"
SAME_WORDS = "The words of this copy are still current, on the site as built on 21 November 2026"
GONE = "Withdrawn since 1 May 2026: do not follow this copy"
TEXT, OTHER = "1.1 Tell the desk.", "1.1 Tell the office."
WITHDRAWN = Recorded("2026-05-01", TEXT, "withdrawn", head="status: withdrawn\n")


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        (
            [Recorded("2024-01-01", TEXT), Recorded("2025-01-01", OTHER), Recorded("2026-01-01", TEXT)],
            [SAME_WORDS, "This copy is out of date since 1 January 2026: version 3 took its place", CURRENT],
        ),
        (
            [
                Recorded("2024-01-01", "1.1 [Tell](https://a.example/)."),
                Recorded("2025-01-01", "1.1 [Tell](https://b.example/)."),
            ],
            ["This copy is out of date since 1 January 2025: version 2 took its place", CURRENT],
        ),
        (
            [Recorded("2024-01-01", TEXT), Recorded("2027-01-01", OTHER), Recorded("2027-01-01", TEXT)],
            [CURRENT, "Do not use this copy: it is not going to apply", "This copy does not apply yet"],
        ),
        ([Recorded("2024-01-01", OTHER), WITHDRAWN], [GONE, GONE]),
        (
            [Recorded("2024-01-01", OTHER), WITHDRAWN, Recorded("2026-06-01", TEXT)],
            [
                "This copy is out of date since 1 May 2026: version 2 took its place",
                "This copy is out of date since 1 June 2026: version 3 took its place",
                CURRENT,
            ],
        ),
    ],
    ids=["current-again", "another-address", "taken-back", "withdrawn", "brought-back"],
)
def test_each_copy_is_told_first_how_it_stands(
    small_manual: Path, archive: Callable[..., None], versions: list[Recorded], told: list[str]
) -> None:
    assert copied(small_manual, archive, versions, TODAY) == told


@pytest.fixture
def same(small_manual: Path, archive: Callable[..., None]) -> Manual:
    """A manual in which two versions have one code."""
    for name, text in SAME.items():
        (small_manual / f"procedures/core/{name}.md").write_bytes(text.encode())
    archive(small_manual)
    manual = manuals.load(small_manual)
    assert [d for d in manuals.check(manual, TODAY) if d.severity == "error"] == []
    return manual


def test_of_two_versions_with_one_code_both_are_told(same: Manual) -> None:
    twice = [code for code, versions in copies.coded(same).items() if len(versions) > 1]
    assert len(twice) == 1
    page = Site(same, TODAY, "Case procedures", "", lambda *_: None).by_source[f"check/{twice[0]}.md"]
    assert page.before is not None
    html = page.before(page.url)
    assert f">Copies with the code {twice[0]}</h1>" in html
    shown = [
        Required(history, version, TODAY, same.register)
        for history in same.published
        if (version := histories.shown(history, TODAY))
    ]
    wanted = judged.copies(shown)[f"{page.address}index.html"]
    assert [copy.own.title for copy in wanted] == ["1.4 The first desk", "1.5 The second desk"]

    def faults(text: str) -> list[str]:
        head = '<meta name="robots" content="noindex">'
        return list(
            judged.faults(Built.read(f"{page.address}index.html", f"{head}<article>{text}</article>"), wanted)
        )

    assert faults(html) == []
    assert faults(html.replace("The second desk, version 1", "The second desk")) == [
        "no title names chapter 1.5 The second desk, version 1"
    ]
