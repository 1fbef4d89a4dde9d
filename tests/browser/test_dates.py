"""The reader's own date changes the wording, where the date is one that makes it untrue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page


class Turn(NamedTuple):
    """A piece of wording that one day makes untrue."""

    kind: str
    place: str
    """The element that holds it."""
    last: str
    """The last day on which the words of the build hold."""
    following: str
    before: str
    after: str


TURNS = {
    "review": Turn(
        "under-review",
        "[data-chapterhouse=status] div:has-text('Next review') dd",
        "2027-06-30",
        "2027-07-01",
        "Due by 30 June 2027",
        "Was due by 30 June 2027. This page was built on 21 November 2026 and cannot show a later review.",
    ),
    "expected": Turn(
        "under-review",
        "[data-chapterhouse=under-review] div:has-text('New text') dd",
        "2027-02-28",
        "2027-03-01",
        "Expected by 28 February 2027",
        "Was expected by 28 February 2027; that date has passed",
    ),
    "scheduled": Turn(
        "scheduled",
        "[data-chapterhouse=scheduled] h2",
        "2027-01-03",
        "2027-01-04",
        "Changes on 4 January 2027",
        "Changed on 4 January 2027",
    ),
    "notice": Turn(
        "scheduled",
        "[data-chapterhouse=scheduled] p [data-overdue]",
        "2027-01-03",
        "2027-01-04",
        "",
        "That day has come. This page was built on 21 November 2026 and shows the text before the change.",
    ),
    "record": Turn(
        "scheduled",
        ".amendment[data-version='6'] [data-overdue]",
        "2027-01-03",
        "2027-01-04",
        "(not yet in force)",
        "",
    ),
    "chapters": Turn(
        "chapters",
        ".chapter-list li:has(a[href*='core/referrals']) >> nth=0",
        "2027-05-31",
        "2027-06-01",
        "1.1 Recognising a concern and making a referral Version 4, in force since 1 June 2026",
        "1.1 Recognising a concern and making a referral Version 4, in force since 1 June 2026."
        " Its review was due by 31 May 2027",
    ),
    "reviews": Turn(
        "reviews",
        ".review-list li:has(a[href*='serious-incidents']) div:has-text('New text') dd",
        "2027-02-28",
        "2027-03-01",
        "Expected by 28 February 2027",
        "Was expected by 28 February 2027; that date has passed",
    ),
}

turns = pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS.keys())


def words(page: Page, place: str) -> str:
    """The words of an element as a reader meets them, folded amendments included."""
    return " ".join((page.locator(place).text_content() or "").split())


def london(day: str, time: str) -> str:
    """An instant given by the clocks of London, as a browser's clock is set."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo("Europe/London")).isoformat()


@turns
def test_the_wording_turns_at_midnight(visit: Callable[..., Page], pages: dict[str, str], turn: Turn) -> None:
    """The last day itself is not too late."""
    page = visit(pages[turn.kind])
    assert words(page, turn.place) == turn.before
    page.clock.set_system_time(london(turn.last, "23:58:00"))
    page.reload()
    assert words(page, turn.place) == turn.before
    page.clock.set_system_time(london(turn.following, "00:00:00"))
    page.reload()
    assert words(page, turn.place) == turn.after


@turns
def test_without_scripts_the_build_date_decides(
    visit: Callable[..., Page], pages: dict[str, str], turn: Turn
) -> None:
    page = visit(pages[turn.kind], now="2036-01-01T12:00:00Z", scripts=False)
    assert words(page, turn.place) == turn.before


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Europe/London"])
def test_the_day_is_londons(visit: Callable[..., Page], pages: dict[str, str], zone: str) -> None:
    """In summer London is an hour ahead of UTC, whatever the reader's own clock shows."""
    turn = TURNS["review"]
    path = pages[turn.kind]
    late = visit(path, now="2027-06-30T22:30:00Z", timezone_id=zone)
    assert words(late, turn.place) == turn.before
    next_day = visit(path, now="2027-06-30T23:30:00Z", timezone_id=zone)
    assert words(next_day, turn.place) == turn.after


def test_what_has_turned_is_marked_in_more_than_words(
    visit: Callable[..., Page], pages: dict[str, str]
) -> None:
    turn = TURNS["expected"]
    page = visit(pages[turn.kind], now=f"{turn.following}T12:00:00Z")
    marked = page.locator(f"{turn.place} .overdue")
    assert int(marked.evaluate("e => getComputedStyle(e).fontWeight")) >= 600


def test_a_tab_left_open_overnight(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    turn = TURNS["scheduled"]
    page = visit(pages[turn.kind], now="2027-01-03T23:00:00Z")
    assert words(page, turn.place) == turn.before
    page.clock.fast_forward("02:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert words(page, turn.place) == turn.after


def test_a_review_late_at_the_build_is_late_for_every_reader(
    visit: Callable[..., Page], pages: dict[str, str]
) -> None:
    place = "[data-chapterhouse=status] div:has-text('Next review') dd"
    late = "Was due by 30 September 2026 and has not been recorded"
    assert words(visit(pages["overdue"]), place) == late
    # A machine whose clock is years behind changes nothing.
    assert words(visit(pages["overdue"], now="2019-01-01T12:00:00Z"), place) == late
