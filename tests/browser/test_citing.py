"""Citing a paragraph: by keyboard, by touch, and where the browser does not let a page copy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

SITE = "https://procedures.northmoor.example/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]

CITATIONS = {
    "under-review": ("2.2", "chapter 2.5, paragraph 2.2, version 5, in force from 1 September 2026"),
    "continuous": ("14", "chapter 1.4, paragraph 14, version 2.1, in force from 8 September 2025"),
    "scheduled": ("1.1", "chapter 2.2, paragraph 1.1, version 5, in force from 1 June 2026"),
    "withdrawn": ("1.1", "chapter 2.7, paragraph 1.1, version 3, withdrawn from 24 June 2019"),
    "superseded": (
        "1.1",
        "chapter 1.1, paragraph 1.1, version 3, in force from 1 April 2024 to 8 September 2024",
    ),
}


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def opener(page: Page, number: str) -> Locator:
    return page.get_by_role("button", name=f"Cite paragraph {number}", exact=True)


@pytest.mark.parametrize(("cited", "expected"), CITATIONS.items(), ids=CITATIONS.keys())
def test_by_keyboard_alone(
    visit: Callable[..., Page],
    pages: dict[str, str],
    tab_to: Callable[[Page, Locator], None],
    cited: str,
    expected: tuple[str, str],
) -> None:
    number, words = expected
    page = visit(pages[cited], permissions=CLIPBOARD)
    tab_to(page, opener(page, number))
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name=f"Cite paragraph {number}")
    assert box.is_visible()

    tab_to(page, box.get_by_role("button", name="Copy citation"))
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == f"Northmoor procedures, {words}, read on 21 November 2026"

    page.keyboard.press("Shift+Tab")
    tab_to(page, box.get_by_role("button", name="Copy link"))
    page.keyboard.press("Space")
    expect(box.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == f"{SITE}{pages[cited]}#{number}"

    page.keyboard.press("Escape")
    assert not box.is_visible()
    expect(opener(page, number)).to_be_focused()


def test_the_box_can_be_closed_by_its_button(
    visit: Callable[..., Page], pages: dict[str, str], tab_to: Callable[[Page, Locator], None]
) -> None:
    page = visit(pages["plain"])
    tab_to(page, opener(page, "1.2"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Close"))
    page.keyboard.press("Enter")
    assert not page.get_by_role("dialog", name="Cite paragraph 1.2").is_visible()
    expect(opener(page, "1.2")).to_be_focused()


def test_by_touch(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    page = visit(pages["under-review"], width=390, has_touch=True, is_mobile=True, permissions=CLIPBOARD)
    button = opener(page, "2.2")
    assert button.evaluate("e => getComputedStyle(e).opacity") == "1"
    size = button.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 24  # WCAG 2.5.8
    button.tap()
    box = page.get_by_role("dialog", name="Cite paragraph 2.2")
    frame = box.bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 390
    box.get_by_role("button", name="Copy citation").tap()
    expect(box.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == (
        "Northmoor procedures, chapter 2.5, paragraph 2.2, version 5, in force from 1 September 2026, "
        "read on 21 November 2026"
    )
    box.get_by_role("button", name="Close").tap()
    assert not box.is_visible()


def test_the_day_read_is_londons(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    page = visit(pages["plain"], now="2027-06-30T23:30:00Z", timezone_id="America/Los_Angeles")
    opener(page, "1.1").focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("Citation").input_value().endswith(", read on 1 July 2027")


def test_where_the_page_may_not_copy(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    """As on a site without https: the words are selected for the reader to copy."""
    page = visit(pages["plain"])
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opener(page, "1.1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status").filter(has_text="copy it yourself")).to_be_visible()
    selected = page.evaluate(
        "(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)",
    )
    assert selected.startswith("Northmoor procedures, chapter 1.2, paragraph 1.1, ")
    assert selected.endswith(", read on 21 November 2026")


def test_every_paragraph_and_nothing_else_can_be_cited(
    visit: Callable[..., Page], pages: dict[str, str], kind: str
) -> None:
    page = visit(pages[kind])
    paragraphs = page.locator(".paragraph").evaluate_all("all => all.map(e => e.id)")
    offered = page.locator(".cite-open").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert offered == [f"Cite paragraph {number}" for number in paragraphs]


def test_with_instant_navigation(visit: Callable[..., Page], instant: str, pages: dict[str, str]) -> None:
    """Pages that Material swaps without loading them: each has its own buttons, words and dates."""
    page = visit(pages["chapters"], site=instant, now="2027-07-01T12:00:00Z")
    page.evaluate("window.stayed = true")
    for kind, number, words in (
        ("under-review", "2.2", "chapter 2.5, paragraph 2.2, version 5"),
        ("continuous", "14", "chapter 1.4, paragraph 14, version 2.1"),
    ):
        page.locator(f"article a[href$='{pages[kind]}']").first.click()
        expect(opener(page, number)).to_have_count(1)
        assert page.url == instant + pages[kind]
        assert "Was due by" in page.locator("[data-chapterhouse=status]").inner_text()
        opener(page, number).focus()
        page.keyboard.press("Enter")
        assert words in page.get_by_label("Citation").input_value()
        assert page.get_by_label("Link", exact=True).input_value() == f"{instant}{pages[kind]}#{number}"
        page.keyboard.press("Escape")
        expect(opener(page, number)).to_be_focused()
        page.get_by_role("link", name="All chapters").first.click()
        page.wait_for_url(instant + pages["chapters"])
    assert page.evaluate("window.stayed"), "the pages were loaded anew: instant navigation was not tried"
