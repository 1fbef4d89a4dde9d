"""Which version applied on which day, and which version an amendment changed: laws, and cases by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import history as histories
from chapterhouse.model import Amendment, Body, Chapter, Correction, Head, History, Source, UnderReview

FIRST = date(2020, 1, 1)
TEN_YEARS = 3653
DAY = timedelta(days=1)
# Few days, so that many fall together.
OFFSETS = st.integers(0, 8)
REVIEW = UnderReview(
    FIRST + 4 * DAY,
    "New law.",
    still_applies=True,
    meanwhile="Ask.",
    paragraphs=("1.1",),
    expected=FIRST + 20 * DAY,
)


def on(offset: int) -> date:
    return FIRST + offset * DAY


def amendment(version: str, offset: int, **more: Any) -> Amendment:
    fields: dict[str, Any] = {"published": FIRST, "kind": "revised", "summary": "Changed."} | more
    return Amendment(version, on(offset), **fields)


def history(*recorded: Amendment, reviews: dict[str, UnderReview] | None = None) -> History:
    """The history of a chapter, its records given in the order of recording, each with its archived text."""
    texts = {}
    for place, record in enumerate(recorded, 1):
        review = (reviews or {}).get(record.version)
        head = Head(version=record.version, amendments=recorded[:place][::-1], under_review=review)
        source = Source(f"{record.version}.md", record.version)
        texts[record.version] = Chapter("core/boards", source, head, Body(), record.version, record.version)
    return History(texts[recorded[-1].version], texts)


@st.composite
def recorded(draw: st.DrawFn) -> tuple[Amendment, ...]:
    """Records in the order of recording: changes at once or to come, on one day or before what is scheduled.

    Some are corrections, of any earlier version; some cancel or reissue what was recorded for the same day.
    """
    made: list[Amendment] = []
    for number, offset in enumerate(draw(st.lists(OFFSETS, min_size=1, max_size=7)), 1):
        earlier = st.sampled_from(made) if made else st.nothing()
        match draw(st.sampled_from(("plain", "same day", "correction"))) if made else "plain":
            case "same day":
                made.append(Amendment(str(number), draw(earlier).effective, FIRST, "revised", "Instead."))
            case "correction":
                wrong = Correction(draw(earlier).version, FIRST, FIRST)
                made.append(amendment(str(number), offset, kind="corrected", corrects=wrong))
            case _:
                made.append(amendment(str(number), offset))
    return tuple(made)


RECORDED = recorded()


def number(version: Any) -> str | None:
    """The number of a version, if there is one."""
    return version.number if version else None


@given(RECORDED)
def test_every_day_has_exactly_one_version_or_none(records: tuple[Amendment, ...]) -> None:
    own = history(*records)
    first = min(record.effective for record in records)
    bounds = histories.versions(own)
    for offset in (*range(-2, 12), TEN_YEARS - 1, TEN_YEARS):
        day = on(offset)
        applies = [v for v in bounds if v.amendment.effective <= day and (v.until is None or day <= v.until)]
        found = histories.as_at(own, day)
        assert applies == ([found] if found else [])
        assert (found is None) == (day < first)


@given(RECORDED)
def test_the_version_of_a_day_is_the_latest_to_take_effect_and_of_one_day_the_later_recorded(
    records: tuple[Amendment, ...],
) -> None:
    own = history(*records)
    for day in map(on, range(-1, 10)):
        due = [(one.effective, place) for place, one in enumerate(records) if one.effective <= day]
        assert number(histories.as_at(own, day)) == (records[max(due)[1]].version if due else None)


@given(RECORDED)
def test_as_at_never_goes_backwards(records: tuple[Amendment, ...]) -> None:
    own = history(*records)
    order = [one.version for one in histories.in_order(own.chapter.head.amendments)]
    last = -1
    for day in map(on, range(12)):
        found = histories.as_at(own, day)
        if found is None:
            assert last == -1
            continue
        assert found.amendment.effective <= day
        assert order.index(found.number) >= last
        last = order.index(found.number)


@given(RECORDED)
def test_a_new_record_changes_no_day_before_it_takes_effect(records: tuple[Amendment, ...]) -> None:
    now, then = history(*records), history(*records[:-1]) if records[1:] else None
    for day in map(on, range(-1, 10)):
        if day < records[-1].effective:
            assert number(histories.as_at(now, day)) == (number(histories.as_at(then, day)) if then else None)


@given(RECORDED)
def test_what_an_amendment_changed_is_what_applied_until_then_as_it_was_recorded(
    records: tuple[Amendment, ...],
) -> None:
    """Unless it corrects a version of its own day; and no later record makes it another."""
    own = history(*records)
    for place, record in enumerate(records):
        before = histories.before(own, record)
        earlier = records[:place]
        corrected = record.corrects.version if record.corrects else ""
        same_day = [one for one in earlier if one.version == corrected and one.effective == record.effective]
        if same_day:
            assert number(before) == corrected
        elif earlier:
            assert number(before) == number(histories.as_at(history(*earlier), record.effective - DAY))
        else:
            assert before is None
        assert number(histories.before(history(*records[: place + 1]), record)) == number(before)


ONE, TWO = amendment("1", 0), amendment("2", 10)
SCHEDULED = amendment("3", 20)
URGENT = amendment("4", 12)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param((ONE, TWO, amendment("3", 20)), {"1": None, "2": "1", "3": "2"}, id="one after another"),
        pytest.param(
            (ONE, TWO, amendment("2.1", 10), amendment("3", 20)),
            {"2": "1", "2.1": "1", "3": "2.1"},
            id="changed again on the day: readers came from the version before",
        ),
        pytest.param(
            (ONE, TWO, amendment("2.1", 10, corrects=Correction("2", on(10), on(10))), amendment("3", 20)),
            {"2": "1", "2.1": "2", "3": "2.1"},
            id="corrected on the day",
        ),
        pytest.param(
            (ONE, TWO, amendment("2.1", 15, corrects=Correction("1", on(0), on(9)))),
            {"2.1": "2"},
            id="what is corrected is not always what is changed",
        ),
        pytest.param(
            (ONE, TWO, SCHEDULED, URGENT), {"3": "2", "4": "2"}, id="an urgent one over a scheduled one"
        ),
        pytest.param(
            (ONE, TWO, SCHEDULED, URGENT, amendment("5", 20), amendment("6", 30)),
            {"3": "2", "4": "2", "5": "4", "6": "5"},
            id="the scheduled one reissued, or cancelled: both are recorded for its day",
        ),
        pytest.param(
            (ONE, TWO, SCHEDULED, amendment("4", 30), amendment("5", 20)),
            {"3": "2", "4": "3", "5": "2"},
            id="two scheduled, the first of them replaced: the second was written upon the first",
        ),
        pytest.param(
            (ONE, amendment("1.1", 0), TWO), {"1.1": None, "2": "1.1"}, id="changed on its very first day"
        ),
    ],
)
def test_the_version_that_an_amendment_changed(
    records: tuple[Amendment, ...], expected: dict[str, str | None]
) -> None:
    own = history(*records)
    found = {one.version: number(histories.before(own, one)) for one in records}
    assert {version: found[version] for version in expected} == expected


def test_a_cancelled_version_never_applies() -> None:
    own = history(ONE, TWO, SCHEDULED, URGENT, amendment("5", 20))
    assert [number(histories.as_at(own, on(day))) for day in (11, 12, 19, 20, 3000)] == [
        "2",
        "4",
        "4",
        "5",
        "5",
    ]
    assert [v.number for v in histories.versions(own) if v.until and v.until < v.amendment.effective] == ["3"]


def test_a_version_whose_text_is_gone_is_no_predecessor() -> None:
    own = history(ONE, TWO, SCHEDULED)
    rest = {version: text for version, text in own.archive.items() if version != "2"}
    assert histories.before(History(own.chapter, rest), SCHEDULED) is None


def test_a_review_is_shown_for_the_days_on_which_it_was_open() -> None:
    """Opened by version 2 and closed by version 3, seen from today and from each of those days."""
    opened, closed = amendment("2", 4, kind="reviewed"), amendment("3", 8, kind="reviewed")
    for own in (
        history(ONE, opened, reviews={"2": REVIEW}),
        history(ONE, opened, closed, reviews={"2": REVIEW}),
    ):
        for offset in range(8):
            version = histories.shown(own, on(offset))
            assert version is not None
            expected = REVIEW if offset >= 4 else None
            assert histories.under_review(own, version, on(offset)) == expected
    version = histories.shown(own, on(8))
    assert version is not None
    assert histories.under_review(own, version, on(8)) is None


def test_a_review_declared_in_the_text_to_come_is_shown_from_its_day_on() -> None:
    own = history(ONE, amendment("2", 9), reviews={"2": REVIEW})
    version = histories.shown(own, on(3))
    assert version is not None
    assert histories.under_review(own, version, on(3)) is None
    assert histories.under_review(own, version, on(4)) == REVIEW
