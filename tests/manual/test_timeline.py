"""From when until when: it must say what the view of each day says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.history import versions
from chapterhouse.manual import load, standing, timeline
from chapterhouse.model import Manual

FIRST = date(2016, 4, 1)


@pytest.fixture(scope="module")
def manual() -> Manual:
    return load(Path(__file__).parents[2])


@given(days=st.integers(min_value=-9000, max_value=365 * 21))
def test_the_guidance_of_a_day_is_that_of_its_view(manual: Manual, days: int) -> None:
    day = FIRST + timedelta(days)
    held = [one for one in timeline.guidance(manual.register) if one.within(day, day)]
    view = standing.as_at(manual, day).guidance
    assert [(one.instrument.id, one.since) for one in held] == [(o.instrument.id, o.since) for o in view]


def test_between_two_days_of_change_the_view_stays_the_same(manual: Manual) -> None:
    def stood(day: date) -> tuple[list[str], object]:
        view = standing.as_at(manual, day)
        return [one.amendment.version for one in view.chapters if one.version], view.corrections

    days = timeline.days(manual)
    assert days == tuple(sorted(set(days)))
    for day, following in zip(days, [*days[1:], days[-1] + timedelta(5000)], strict=True):
        assert stood(day) == stood(following - timedelta(1))
        assert stood(day) != stood(day - timedelta(1))


def test_corrections_of_the_time_in_which_a_version_applied(manual: Manual) -> None:
    history = manual.histories["arrangements/local-safeguarding-arrangements"]
    found = {
        version.number: [record.version for record in timeline.corrections(history, version)]
        for version in versions(history)
    }
    assert found["3"] == ["3.1"]
    assert [number for number, records in found.items() if records] == ["3"]
