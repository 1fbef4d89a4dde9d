"""A page that was left open says so on paper, asks for a later version on return, and claims nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

Printed = Callable[[Page], Any]
Visit = Callable[..., Page]
CHAPTER = "core/referrals/"
ASKED = "**/core/referrals/current.json"
LATER = {
    "schema": 1,
    "build_date": "2026-12-01",
    "version": "5",
    "standing": "version 5, in force from 1 December 2026",
}
NEWER = "A newer version of this chapter exists: version 5, in force from 1 December 2026"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def answer(page: Page, value: object) -> list[str]:
    """Let the site answer with `value`; returns what has been asked."""
    asked: list[str] = []

    def fulfil(route: Route) -> None:
        asked.append(route.request.url)
        if value is None:
            route.abort()
        else:
            route.fulfill(json=value)

    page.route(ASKED, fulfil)
    return asked


def come_back(page: Page, now: str) -> None:
    """Come back to the tab on another day."""
    page.clock.set_fixed_time(now)
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(200)


def notice(page: Page) -> str:
    found = page.locator("[data-chapterhouse=newer]")
    return found.inner_text() if found.count() else ""


def feet(paper: Any) -> str:
    """The foot of every sheet, which is the same but for its number."""
    (foot,) = {re.sub(r"Page\d+of\d+", "", foot) for foot in paper.feet}
    return str(foot)


def test_a_newer_version_is_told_on_the_screen_and_on_paper(visit: Visit, printed: Printed) -> None:
    page = visit(CHAPTER)
    asked = answer(page, LATER)
    # Readers of the screen are told of words in a region that was there before them.
    region = page.locator("[data-chapterhouse=newer][role=status]").element_handle()
    assert region is not None
    assert region.text_content() == ""
    come_back(page, "2026-12-21T12:00:00Z")
    assert len(asked) == 1
    assert region.inner_text() == notice(page) == f"{NEWER}. Load it"
    paper = printed(page)
    assert squeezed(f"Printed on Monday 21 December 2026 at 12:00 GMT. {NEWER}") in feet(paper)
    assert "Openedon" not in feet(paper)
    assert squeezed(NEWER) in paper.drawn[0]
    come_back(page, "2026-12-22T12:00:00Z")
    assert len(asked) == 1


def test_load_it_loads_it(visit: Visit) -> None:
    page = visit(CHAPTER)
    answer(page, LATER)
    come_back(page, "2026-12-21T12:00:00Z")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Load it").click()
    page.wait_for_function("window.kept === undefined")
    assert notice(page) == ""


def test_nothing_is_asked_that_is_not_needed(visit: Visit) -> None:
    page = visit(CHAPTER)
    asked = answer(page, LATER)
    come_back(page, "2026-11-21T12:20:00Z")
    assert asked == []
    page.goto(f"{page.url}versions/3/")
    come_back(page, "2026-12-21T12:00:00Z")
    assert asked == []


def test_the_same_version_is_no_news(visit: Visit, printed: Printed, site: Any) -> None:
    said = json.loads((site / CHAPTER / "current.json").read_text("utf-8"))
    page = visit(CHAPTER)
    asked = answer(page, {**said, "build_date": "2026-12-20"})
    come_back(page, "2026-12-21T12:00:00Z")
    assert len(asked) == 1
    assert notice(page) == ""
    foot = feet(printed(page))
    assert "Openedon" not in foot
    assert "Sitebuilt21November2026." in foot


@pytest.mark.parametrize(
    "value",
    [
        None,
        "no object",
        {"schema": 1},
        {**LATER, "version": 5},
        {**LATER, "standing": {"toString": 1}},
        {**LATER, "build_date": "2026-01-01"},
    ],
    ids=["offline", "text", "empty", "number", "object", "older"],
)
def test_where_nobody_answers_the_sheet_says_when_it_was_opened(
    visit: Visit, printed: Printed, value: object, watch: Any
) -> None:
    page = visit(CHAPTER)
    answer(page, value)
    come_back(page, "2026-12-21T12:00:00Z")
    assert notice(page) == ""
    said = "Printed on Monday 21 December 2026 at 12:00 GMT"
    assert squeezed(f"{said}. Opened on 21 November 2026 Site built") in feet(printed(page))
    watch.faults[:] = [fault for fault in watch.faults if "current.json" not in fault]


def test_a_hostile_answer_is_only_said(visit: Visit, printed: Printed) -> None:
    page = visit(CHAPTER)
    standing = '"; } </p><img src=x onerror=alert(1)> \\a version 5'
    answer(page, {**LATER, "standing": standing})
    come_back(page, "2026-12-21T12:00:00Z")
    assert standing in notice(page)
    assert page.locator("article img").count() == 0
    assert squeezed(standing) in feet(printed(page))


def test_a_page_that_was_never_asked_about_says_when_it_was_opened(visit: Visit, printed: Printed) -> None:
    page = visit("glossary/")
    page.clock.set_fixed_time("2026-12-21T12:00:00Z")
    assert "Openedon21November2026" in feet(printed(page))
