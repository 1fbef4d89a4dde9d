"""The filter of the index of the law: what it leaves, what it says, and what is there without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

LABEL = "Filter by title, abbreviation or section number"
LEFT = """() => Object.fromEntries(
  [...document.querySelectorAll(".law-entry")].filter(e => e.checkVisibility()).map(e => [
  e.querySelector("h4").textContent,
  [...e.querySelectorAll(".law-provision")].filter(p => p.checkVisibility())
    .map(p => p.querySelector("a").textContent),
]))"""


def left(page: Page) -> dict[str, list[str]]:
    """The instruments that a reader still sees, each with its provisions."""
    found: dict[str, list[str]] = page.evaluate(LEFT)
    return found


@pytest.fixture
def page(visit: Callable[..., Page], pages: dict[str, str]) -> Page:
    return visit(pages["legislation"])


@pytest.mark.parametrize("asked", ["s47", "s.47", "section 47", "Section 47", "  S 47 "])
def test_a_section_by_any_of_its_names(page: Page, asked: str) -> None:
    """With what is below it, in every instrument, and nothing else."""
    page.get_by_label(LABEL).fill(asked)
    found = left(page)
    assert found["Children Act 1989"][0] == "Section 47"
    assert all(name.startswith("Section 47") for name in found["Children Act 1989"])
    assert "Education Act 2002" not in found


def test_a_number_is_whole(page: Page) -> None:
    page.get_by_label(LABEL).fill("section 1")
    assert left(page) == {}
    page.get_by_label(LABEL).fill("children act 2004 section 16E")
    assert left(page) == {"Children Act 2004": ["Section 16E"]}


@pytest.mark.parametrize("asked", ["CA 1989", "children act 1989", "CHILDREN ACT 1989"])
def test_a_title_or_an_abbreviation_leaves_all_of_an_instrument(page: Page, asked: str) -> None:
    everything = left(page)
    page.get_by_label(LABEL).fill(asked)
    assert left(page)["Children Act 1989"] == everything["Children Act 1989"]
    assert len(left(page)) < len(everything)


def test_the_number_of_results_is_said_once_the_typing_pauses(page: Page) -> None:
    status = page.get_by_role("status").first
    assert status.inner_text() == ""
    page.get_by_label(LABEL).press_sequentially("children act 2004 s16E")
    page.clock.run_for(600)
    assert status.inner_text() == ("Only what matches “children act 2004 s16E”: 1 instrument, 1 provision.")
    page.get_by_label(LABEL).fill("")
    page.clock.run_for(600)
    assert status.inner_text() == ""
    assert len(left(page)) > 10


def test_headings_without_anything_below_them_go_too(page: Page) -> None:
    page.get_by_label(LABEL).fill("working together")
    heads = page.locator("article :is(h2, h3)").evaluate_all(
        "all => all.filter(h => h.checkVisibility()).map(h => h.innerText)"
    )
    assert heads[:2] == ["Guidance", "England"]
    assert "Acts" not in heads
    assert "Duties of bodies" in heads


def test_a_filtered_page_says_so_on_paper(page: Page) -> None:
    page.get_by_label(LABEL).fill("working together")
    page.clock.run_for(600)
    page.emulate_media(media="print")
    assert page.get_by_text("Only what matches").is_visible()
    assert not page.get_by_label(LABEL).is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_everything_is_there_and_no_filter(
    visit: Callable[..., Page], pages: dict[str, str], width: int
) -> None:
    with_scripts = left(visit(pages["legislation"], width=width))
    page = visit(pages["legislation"], width=width, scripts=False)
    assert not page.get_by_label(LABEL).is_visible()
    assert page.locator(".law-entry").count() == len(with_scripts)
    page.get_by_role("link", name="Children Act 1989").first.click()
    assert page.url.endswith("/legislation/ukpga/1989/41/")
    page.locator("#section-47 >> xpath=following::ul[1] >> a").nth(1).click()
    assert "#" in page.url


@pytest.mark.parametrize("path", ["legislation", "instrument"])
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Page], pages: dict[str, str], path: str) -> None:
    page = visit(pages[path], width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_takes_the_focus_below_the_screen_is_laid_out_and_marked(
    page: Page, focus: Callable[[Page], dict[str, Any]]
) -> None:
    links = page.locator(".law-provision a")
    links.nth(links.count() - 2).focus()
    page.keyboard.press("Tab")
    found = focus(page)
    assert (found["seen"], found["marked"]) == (True, True), found


def test_the_table_of_duties_scrolls_by_key(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    page = visit(pages["legislation"], width=390)
    box = page.get_by_role("region", name="Duties of bodies in England")
    box.focus()
    assert box.evaluate("e => e.scrollWidth > e.clientWidth && document.activeElement === e")


def test_search_finds_the_index_and_no_page_of_an_instrument(site: Path) -> None:
    text = (site / "search/search_index.json").read_text("utf-8")
    assert '"legislation/"' in text
    assert '"legislation/ukpga' not in text
