"""The sample manual as an archive: the story that its chapters tell, day by day, and the rules it keeps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from chapterhouse import history as histories
from chapterhouse import manifest
from chapterhouse import manual as manuals
from chapterhouse.manual import changes, naming, standing
from chapterhouse.model import History, Manual

ROOT = Path(__file__).parent.parent.parent
SLUG = "arrangements/local-safeguarding-arrangements"
TODAY = date(2026, 11, 21)
TEN_YEARS_AHEAD = date(2036, 11, 21)
DAY = timedelta(days=1)

# A version, its first day, words that it is the first to have, and words that it no longer has.
STORY = (
    ("1", date(2016, 4, 1), "Working Together to Safeguard Children (2015)", None),
    (
        "1.1",
        date(2018, 10, 1),
        "- the fire and rescue service;",
        "Working Together to Safeguard Children (2015)",
    ),
    (
        "2",
        date(2019, 6, 24),
        "- Northmoor Clinical Commissioning Group;",
        "6.3 The Board publishes its accounts",
    ),
    ("2.1", date(2020, 7, 6), None, None),
    ("2.2", date(2020, 12, 14), None, None),
    (
        "3",
        date(2022, 7, 1),
        "- the integrated care board, which",
        "- Northmoor Clinical Commissioning Group;",
    ),
    (
        "3.1",
        date(2022, 9, 12),
        "6.1 The integrated care board holds",
        "6.1 The clinical commissioning group holds",
    ),
    ("4", date(2024, 12, 2), "2.5 The three share the duty", "2.2 The three share the duty"),
    ("5", date(2026, 6, 1), "1.4 The partners review", "7.3 The partners review"),
    ("6", date(2027, 1, 4), "3.2A The Education Safeguarding Forum", None),
)
EDITIONS = (
    (date(2016, 4, 1), "2015"),
    (date(2018, 10, 1), "2018"),
    (date(2024, 12, 2), "2023"),
    (date(2026, 6, 1), "2026"),
)


@pytest.fixture(scope="module")
def manual() -> Manual:
    return manuals.load(ROOT)


@pytest.fixture(scope="module")
def arrangements(manual: Manual) -> History:
    return manual.histories[SLUG]


@pytest.fixture(scope="module")
def published(manual: Manual) -> list[History]:
    """The history of every chapter that is no draft."""
    return [h for h in manual.histories.values() if h.chapter.head.status != "draft"]


def text_on(history: History, day: date) -> str:
    version = histories.as_at(history, day)
    return version.chapter.text if version else ""


def test_the_story_has_ten_versions_over_eight_years_and_more(arrangements: History) -> None:
    order = histories.in_order(arrangements.chapter.head.amendments)
    assert [(one.version, one.effective) for one in order] == [(v, first) for v, first, _, _ in STORY]
    assert order[-1].effective.year - order[0].effective.year >= 8
    assert {one.kind for one in order} >= {"new", "revised", "reviewed", "corrected"}


@pytest.mark.parametrize("number", range(len(STORY)), ids=[version for version, *_ in STORY])
def test_each_change_turns_on_its_day(arrangements: History, number: int) -> None:
    """The day before, the day itself, the day after, and the last day."""
    version, first, new, gone = STORY[number]
    earlier = STORY[number - 1][0] if number else None
    last = STORY[number + 1][1] - DAY if number + 1 < len(STORY) else TEN_YEARS_AHEAD
    on = {day: histories.as_at(arrangements, day) for day in (first - DAY, first, first + DAY, last)}
    assert [v.number if v else None for v in on.values()] == [earlier, version, version, version]
    then, *now = (text_on(arrangements, day) for day in on)
    for text in now:
        assert new is None or (new in text and new not in then)
        assert gone is None or (gone in then and gone not in text)


@pytest.mark.parametrize(("first", "year"), EDITIONS)
def test_each_edition_of_the_guidance_is_followed_from_its_version_on(
    manual: Manual, arrangements: History, first: date, year: str
) -> None:
    sentence = f"Working Together to Safeguard Children ({year})"
    assert sentence not in text_on(arrangements, first - DAY)
    assert sentence in text_on(arrangements, first)
    held = {one.instrument.id for one in standing.as_at(manual, first).guidance}
    assert f"guidance/working-together-{year}" in held


@pytest.mark.parametrize(
    ("day", "corrected", "holder"),
    [
        (date(2022, 6, 30), [], "clinical commissioning group"),
        (date(2022, 7, 1), ["3.1"], "clinical commissioning group"),
        (date(2022, 9, 11), ["3.1"], "clinical commissioning group"),
        (date(2022, 9, 12), [], "integrated care board"),
    ],
)
def test_what_was_published_in_error_is_shown_as_it_was(
    arrangements: History, day: date, corrected: list[str], holder: str
) -> None:
    assert [one.correction.version for one in standing.mistakes(arrangements, day)] == corrected
    assert f"6.1 The {holder} holds the pooled budget" in text_on(arrangements, day)


@pytest.mark.parametrize(
    ("slug", "day", "paragraphs"),
    [
        (SLUG, date(2020, 7, 5), None),
        (SLUG, date(2020, 7, 6), ("3.2",)),
        (SLUG, date(2020, 12, 13), ("3.2",)),
        (SLUG, date(2020, 12, 14), None),
        (SLUG, TODAY, None),
        ("arrangements/serious-incidents", date(2019, 6, 24), None),
        ("arrangements/serious-incidents", date(2026, 8, 31), None),
        ("arrangements/serious-incidents", date(2026, 9, 1), ("2.2", "2.4", "3.1")),
    ],
)
def test_a_review_is_shown_for_the_days_on_which_it_was_open(
    manual: Manual, slug: str, day: date, paragraphs: tuple[str, ...] | None
) -> None:
    history = manual.histories[slug]
    version = histories.shown(history, day)
    assert version is not None
    review = histories.under_review(history, version, day)
    assert (review.paragraphs if review else None) == paragraphs


def test_numbers_that_are_no_more_are_named_where_they_ended(arrangements: History) -> None:
    """7.3 became 1.4, 6.3 and the section of the transition are gone for good: none is used again."""
    named = {one.version: one for one in arrangements.chapter.head.amendments}
    assert dict(named["5"].renumbered) == {"7.3": "1.4"}
    assert {"6.3", "9.1", "9.2"} <= {*named["2"].paragraphs}
    assert not {"7.3", "6.3", "9.1", "9.2"} & arrangements.chapter.numbers
    moved = [c for c in changes.steps(arrangements)["5"].redline.told if c.was]
    assert [(c.was, c.number, c.moved, c.wording) for c in moved] == [("7.3", "1.4", True, False)]


def test_one_cell_and_one_item_are_all_that_changed(arrangements: History) -> None:
    steps = changes.steps(arrangements)
    for version, number, kind in (("5", "3.3", "row"), ("1.1", "2.1", "item")):
        change = next(c for c in steps[version].redline.told if c.number == number)
        [block] = [b for b in change.blocks if b.op != "same"]
        assert block.kind == kind


def test_every_day_has_one_version_of_each_chapter_or_none(published: list[History]) -> None:
    for history in published:
        order = histories.in_order(history.chapter.head.amendments)
        bounds = [(v.amendment.effective, v.until or TEN_YEARS_AHEAD, v) for v in histories.versions(history)]
        assert len(bounds) == len(order)
        day = order[0].effective - DAY
        assert histories.as_at(history, day) is None
        while day < TEN_YEARS_AHEAD:
            day += DAY
            found = [version for first, last, version in bounds if first <= day <= last]
            assert found == [histories.as_at(history, day)], f"{history.chapter.slug} on {day}"


def test_each_record_names_what_changed(published: list[History]) -> None:
    """New, changed and removed paragraphs; of an opened or closed review, those that it is about."""
    for history in published:
        for version, step in changes.steps(history).items():
            told = {c.number for c in step.redline.told if c.kind == "paragraph" and c.wording}
            if step.after.amendment.kind == "reviewed":
                reviews = [one.chapter.head.under_review for one in (step.before, step.after)]
                told.update(number for review in reviews if review for number in review.paragraphs)
            place = f"{history.chapter.slug} {version}"
            assert {*step.after.amendment.paragraphs} == told, place
            became = {c.was: c.number for c in step.redline.told if c.kind == "paragraph" and c.was}
            assert dict(step.after.amendment.renumbered) == became, place


def test_no_number_vanishes_unnamed(published: list[History]) -> None:
    for history in published:
        for version, step in changes.steps(history).items():
            record = step.after.amendment
            gone = step.before.chapter.numbers - step.after.chapter.numbers
            assert gone <= {*record.paragraphs, *dict(record.renumbered)}, f"{history.chapter.slug} {version}"


def test_the_archive_is_whole(published: list[History]) -> None:
    for history in published:
        slug, records = history.chapter.slug, history.chapter.head.amendments
        folder = ROOT / "amendments" / slug
        names = [f"{record.version}.md" for record in reversed(records)]
        assert sorted(path.name for path in folder.iterdir() if path.is_file()) == sorted(
            [*names, manifest.NAME]
        )
        listed = manifest.read((folder / manifest.NAME).read_bytes())
        assert [*listed.items()] == [(n, manifest.digest((folder / n).read_bytes())) for n in names], slug
        assert (folder / names[-1]).read_bytes() == (ROOT / "procedures" / f"{slug}.md").read_bytes(), slug
        for place, record in enumerate(records):
            assert history.archive[record.version].head.amendments == records[place:], slug


def test_nobody_was_told_of_a_change_after_its_day_without_a_reason(published: list[History]) -> None:
    for history in published:
        for record in history.chapter.head.amendments:
            assert record.published <= record.effective or record.reason
            assert record.published <= TODAY


def test_a_renamed_chapter_keeps_its_archive_under_its_new_address(manual: Manual) -> None:
    renamed = {slug: h for slug, h in manual.histories.items() if h.chapter.head.formerly}
    assert renamed
    for slug, history in renamed.items():
        for old in history.chapter.head.formerly:
            assert naming.chapter(manual, old, TODAY) is history
            assert not (ROOT / "amendments" / old).exists()
        assert (ROOT / "amendments" / slug / manifest.NAME).is_file()
