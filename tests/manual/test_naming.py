"""What a name on the command line means: a chapter by its slug, number or path, of today or of a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chapterhouse.manual import load, naming
from chapterhouse.model import Manual

OLD, NOW = date(2024, 5, 1), date(2026, 5, 1)
REFERRALS = "core/referrals"


@pytest.fixture
def renamed(small_manual: Path) -> Manual:
    """Chapter 1.2 was 1.3 once and had another address; what is 1.3 now had not been issued then."""
    live = small_manual / "procedures/core/referrals.md"
    live.write_text(live.read_text().replace("title:", "formerly: [core/old-name]\ntitle:", 1), "utf-8")
    old = small_manual / "amendments/core/referrals/1.md"
    old.write_text(old.read_text().replace('"1.2"', '"1.3"', 1), "utf-8")
    later = small_manual / "procedures/core/records.md"
    later.write_text(later.read_text().replace("2024-01-01", "2025-01-01"), "utf-8")
    return load(small_manual)


@pytest.mark.parametrize(
    ("name", "day", "slug"),
    [
        *(
            (name, day, REFERRALS)
            for name in (
                "core/referrals",
                "procedures/core/referrals.md",
                "./procedures/core/referrals.md",
                "procedures\\core\\referrals.md",
                "/core/old-name/",
                "procedures/core/old-name.md",
                "1.2",
                " 1.2 ",
            )
            for day in (None, OLD, NOW)
        ),
        ("1.3", OLD, REFERRALS),
        ("1.3", NOW, "core/records"),
        ("1.3", None, "core/records"),
    ],
)
def test_a_chapter_is_found_by_what_it_is_or_was_called(
    renamed: Manual, name: str, day: date | None, slug: str
) -> None:
    assert naming.chapter(renamed, name, day).chapter.slug == slug


@pytest.mark.parametrize("day", [None, OLD, NOW])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("core/referral", "there is no chapter core/referral; the nearest is core/referrals"),
        ("procedures/core/referral.md", "the nearest is core/referrals"),
        ("zzz", "^there is no chapter zzz$"),
    ],
)
def test_of_what_is_none_the_nearest_is_told(renamed: Manual, name: str, says: str, day: date | None) -> None:
    with pytest.raises(ValueError, match=says):
        naming.chapter(renamed, name, day)


def test_a_draft_is_a_chapter_today_and_was_none_on_any_day(small_manual: Path) -> None:
    path = small_manual / "procedures/core/records.md"
    text = path.read_text("utf-8")
    start, end = text.index("amendments:"), text.index("\n---\n")
    path.write_text(f"{text[:start]}status: draft{text[end:]}", "utf-8")
    manual = load(small_manual)
    assert naming.chapter(manual, "core/records").chapter.slug == "core/records"
    with pytest.raises(ValueError, match="there is no chapter core/records"):
        naming.chapter(manual, "core/records", NOW)


def test_of_a_chapter_that_cannot_be_read_is_said_so(small_manual: Path) -> None:
    (small_manual / "procedures/core/records.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ValueError, match=r"core/records.md cannot be read: run `chapterhouse check`"):
        naming.chapter(load(small_manual), "procedures/core/records.md")
