"""The manual as it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import history as histories
from chapterhouse.manual import load, standing
from chapterhouse.model import Manual

ARRANGEMENTS = "arrangements/local-safeguarding-arrangements"
FIRST = date(2016, 4, 1)


@pytest.fixture(scope="module")
def manual() -> Manual:
    """The sample, whose chapter on arrangements tells of eleven years."""
    return load(Path(__file__).parents[2])


@given(days=st.integers(min_value=-400, max_value=365 * 21))
def test_on_every_day_a_chapter_has_one_version_or_none(manual: Manual, days: int) -> None:
    day = FIRST + timedelta(days)
    view = standing.as_at(manual, day)
    published = [chapter.slug for chapter in manual.chapters if chapter.head.status != "draft"]
    assert [one.slug for one in view.chapters] == published
    for one in view.chapters:
        assert one.version == histories.as_at(one.history, day)
        if one.version is None:
            assert one.state == "scheduled"
            assert one.amendment.effective > day
        else:
            until = one.version.until
            assert one.amendment.effective <= day
            assert until is None or day <= until
    for umbrella in {one.instrument.edition_of for one in view.guidance} - {""}:
        assert len([one for one in view.guidance if one.instrument.edition_of == umbrella]) == 1


@pytest.mark.parametrize(
    ("day", "version", "guidance", "wrong"),
    [
        (date(2016, 3, 31), None, "guidance/working-together-2015", []),
        (date(2016, 4, 1), "1", "guidance/working-together-2015", []),
        (date(2019, 6, 23), "1.1", "guidance/working-together-2018", []),
        (date(2019, 6, 24), "2", "guidance/working-together-2018", []),
        (date(2022, 6, 30), "2.2", "guidance/working-together-2018", []),
        (date(2022, 7, 1), "3", "guidance/working-together-2018", ["3"]),
        (date(2022, 9, 11), "3", "guidance/working-together-2018", ["3"]),
        (date(2022, 9, 12), "3.1", "guidance/working-together-2018", []),
        (date(2024, 12, 2), "4", "guidance/working-together-2023", []),
        (date(2027, 1, 3), "5", "guidance/working-together-2026", []),
        (date(2027, 1, 4), "6", "guidance/working-together-2026", []),
    ],
)
def test_each_date_of_a_long_story_gives_its_text(
    manual: Manual, day: date, version: str | None, guidance: str, wrong: list[str]
) -> None:
    view = standing.as_at(manual, day)
    then = next(one for one in view.chapters if one.slug == ARRANGEMENTS)
    assert (then.version.number if then.version else None) == version
    assert then.text.head.version == (version or "6")
    assert guidance in [one.instrument.id for one in view.guidance]
    corrected = [one.correction.corrects for one in view.corrections if one.history is then.history]
    assert [one.version for one in corrected if one] == wrong


def test_guidance_has_the_first_day_of_its_edition(manual: Manual) -> None:
    view = standing.as_at(manual, date(2024, 9, 1))
    found = {one.instrument.id: one.since for one in view.guidance}
    assert found == {
        "guidance/working-together-2023": date(2023, 12, 15),
        "guidance/keeping-children-safe-in-education": date(2023, 9, 1),
        "guidance/eyfs": date(2024, 1, 4),
    }
    assert standing.as_at(manual, date(1980, 1, 1)).guidance == ()


def test_a_chapter_is_under_review_or_withdrawn_on_the_days_on_which_it_was(manual: Manual) -> None:
    """The version of the day says so, and not the live chapter."""
    for chapter in manual.chapters:
        history = manual.histories[chapter.slug]
        for version in histories.versions(history):
            then = standing.chapter_then(history, version.amendment.effective)
            if then.version != version:  # overtaken on its first day
                continue
            assert then.under_review == version.chapter.head.under_review
            expected = "under-review" if then.under_review else "in-force"
            withdrawn = version.chapter.head.status == "withdrawn"
            assert then.state == ("withdrawn" if withdrawn else expected)
    states = {one.state for one in standing.as_at(manual, date(2026, 11, 21)).chapters}
    assert states == {"in-force", "under-review", "withdrawn"}
    view = standing.as_at(manual, date(2026, 11, 21))
    assert {h.chapter.slug for h, _ in view.versions} == {
        one.slug for one in view.chapters if one.state in ("in-force", "under-review")
    }


def test_what_is_not_at_hand_is_not_taken_for_another_version(small_manual: Path) -> None:
    (small_manual / "amendments/core/referrals/1.md").unlink()
    manual = load(small_manual)
    then = standing.chapter_then(manual.histories["core/referrals"], date(2025, 1, 1))
    assert (then.version, then.amendment.version, then.state) == (None, "1", "in-force")
