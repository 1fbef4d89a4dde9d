"""The filter of the page of amendments: what it leaves, what it says, how its view is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

ENTRY = ".register .amendment"
LEFT = "all => all.filter(e => e.checkVisibility()).map(e => ({...e.dataset}))"


def left(page: Page) -> list[dict[str, str]]:
    """What the entries that a reader still sees say to programs."""
    found: list[dict[str, str]] = page.locator(ENTRY).evaluate_all(LEFT)
    return found


def status(page: Page) -> str:
    return page.get_by_role("article").get_by_role("status").inner_text()


@pytest.fixture
def page(visit: Callable[..., Page], pages: dict[str, str]) -> Page:
    return visit(pages["amendments"])


def test_by_chapter_kind_and_role(page: Page) -> None:
    everything = left(page)
    assert status(page) == ""
    page.get_by_label("Chapter", exact=True).select_option(
        label="1.1 Recognising a concern and making a referral"
    )
    assert {entry["chapter"] for entry in left(page)} == {"core/referrals"}
    page.get_by_label("Kind").select_option(label="Text revised")
    kept = left(page)
    assert {entry["kind"] for entry in kept} == {"revised"}
    assert status(page) == (
        "Only what matches “1.1 Recognising a concern and making a referral; Text revised”:"
        f" {len(kept)} amendments."
    )
    page.get_by_role("button", name="Show all").click()
    assert left(page) == everything
    assert status(page) == f"All {len(everything)} amendments are shown."
    page.get_by_label("Whom it concerns").select_option(label="Managers and designated leads")
    assert 0 < len(left(page)) < len(everything)
    assert all("managers" in entry["role"].split() for entry in left(page))


def test_months_without_any_go_from_the_page_and_from_the_list(page: Page) -> None:
    page.get_by_label("Kind").select_option(label="Chapter withdrawn")
    seen = "all => all.filter(e => e.checkVisibility()).map(e => e.innerText)"
    assert page.locator(".register h2").evaluate_all(seen) == ["June 2019"]
    assert page.locator(".register-months a").evaluate_all(seen) == ["June"]


def test_a_filtered_view_can_be_shared(visit: Callable[..., Page], page: Page) -> None:
    page.get_by_label("Kind").select_option(label="Mistake corrected")
    page.get_by_label("Whom it concerns").select_option(label="Police officers")
    kept = left(page)
    path = page.url.partition("/amendments/")[2]
    assert path == "?kind=corrected&role=police"
    other = visit(f"amendments/{path}")
    assert left(other) == kept
    assert other.get_by_label("Kind").input_value() == "corrected"
    assert status(other).startswith("Only what matches “Mistake corrected; Police officers”: ")
    other.get_by_role("button", name="Show all").click()
    assert other.url.endswith("/amendments/")


def test_what_the_address_asks_for_and_is_not_there_is_said(visit: Callable[..., Page]) -> None:
    page = visit("amendments/?chapter=core/<b>old</b>")
    assert status(page).startswith("There is nothing here for “core/<b>old</b>”, which the address asks for.")
    assert "All " in status(page)


def test_by_keys_alone(
    page: Page, tab_to: Callable[[Page, Locator], None], focus: Callable[[Page], dict[str, Any]]
) -> None:
    tab_to(page, page.get_by_label("Kind"))
    found = focus(page)
    assert (found["seen"], found["marked"]) == (True, True), found
    page.keyboard.press("T")
    assert {entry["kind"] for entry in left(page)} == {"added"}
    tab_to(page, page.get_by_role("button", name="Show all"))
    assert focus(page)["marked"]
    page.keyboard.press("Enter")
    assert "are shown" in status(page)


def test_a_filtered_page_says_so_on_paper(page: Page) -> None:
    page.get_by_label("Kind").select_option(label="Mistake corrected")
    page.emulate_media(media="print")
    assert page.get_by_text("Only what matches").is_visible()
    assert not page.get_by_label("Kind").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_everything_is_there_and_no_filter(
    visit: Callable[..., Page], pages: dict[str, str], width: int
) -> None:
    page = visit(pages["amendments"], width=width, scripts=False)
    assert not page.get_by_label("Kind").is_visible()
    assert page.locator(ENTRY).count() == len(left(page)) > 50
    page.get_by_role("link", name="Still to come").click()
    assert page.url.endswith("#chapterhouse-to-come")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
