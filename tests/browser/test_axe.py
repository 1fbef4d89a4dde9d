"""No fault that axe-core knows, on any kind of page, in any state: WCAG 2.2 A and AA, and best practice."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Locator, Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RUN = "options => axe.run(options).then(r => ({violations: r.violations, passes: r.passes.length}))"
PHONE, DESK = 390, 1280

pytestmark = pytest.mark.parametrize("scheme", ["light", "dark"])


def violations(page: Page, *widths: int) -> list[str]:
    """Each node that breaks a rule at a width: the width, the rule, where it is, why."""
    found = []
    page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        # Axe reads colours half way while they change.
        page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
        result = page.evaluate(RUN, OPTIONS)
        assert result["passes"] > 20, "axe did not look at the page"
        found += [
            f"{width}: {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
    return found


def test_a_page(visit: Callable[..., Page], pages: dict[str, str], kind: str, scheme: str) -> None:
    assert violations(visit(pages[kind], scheme=scheme), DESK, PHONE) == []


def test_the_amendments_open(visit: Callable[..., Page], pages: dict[str, str], scheme: str) -> None:
    page = visit(pages["under-review"], scheme=scheme)
    page.get_by_text("Show amendments").click()
    assert page.locator(".amendment").first.is_visible()
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        # At the top, and where the reader looks: in between a number may lie half below the header.
        for place in ("body", ".chapter-amendments"):
            page.locator(place).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
            assert violations(page, width) == [], place


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("link", ["citation", "term"])
def test_a_tip(visit: Callable[..., Page], pages: dict[str, str], scheme: str, width: int, link: str) -> None:
    page = visit(pages["plain"], width=width, scheme=scheme)
    page.keyboard.press("Shift")  # the focus is shown as to one who uses keys
    page.locator(f"article a.{link}").first.focus()
    page.locator(".tip").wait_for()
    assert violations(page, width) == []
    assert page.locator(".tip").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_search_with_results(
    visit: Callable[..., Page],
    pages: dict[str, str],
    seek: Callable[[Page, str], Locator],
    scheme: str,
    width: int,
) -> None:
    page = visit(pages["plain"], width=width, scheme=scheme)
    seek(page, "safeguarding lead")
    assert page.locator(".md-tags:has(mark)").filter(visible=True).count() > 1
    assert violations(page, width) == []


def test_the_box_for_citing(visit: Callable[..., Page], pages: dict[str, str], scheme: str) -> None:
    page = visit(pages["plain"], scheme=scheme)
    page.get_by_role("button", name="Cite paragraph 1.1", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy link").click()
    assert page.get_by_role("dialog", name="Cite paragraph 1.1").get_by_role("status").is_visible()
    assert violations(page, DESK, PHONE) == []


def test_the_colours_under_the_pointer(
    visit: Callable[..., Page], pages: dict[str, str], scheme: str
) -> None:
    page = visit(pages["under-review"], scheme=scheme)
    page.evaluate(AXE)
    for place in (
        ".md-sidebar--primary a.md-nav__link >> nth=0",
        ".md-sidebar--secondary a.md-nav__link >> nth=0",
        "article a.reference >> nth=0",
        "[id='3.1'] .cite-open",
        ".paragraph-number >> nth=0",
        ".md-footer a >> nth=0",
    ):
        link = page.locator(place)
        link.hover()
        result = link.evaluate("link => axe.run(link, {runOnly: ['color-contrast']})")
        assert result["violations"] == [], place
        assert len(result["passes"]) == 1, place


def test_the_ink_on_paper(visit: Callable[..., Page], pages: dict[str, str], scheme: str) -> None:
    page = visit(pages["under-review"], scheme=scheme)
    page.emulate_media(media="print")
    page.evaluate(AXE)
    result = page.evaluate("axe.run('article', {runOnly: ['color-contrast']})")
    assert [node["html"] for rule in result["violations"] for node in rule["nodes"]] == []
    assert len(result["passes"][0]["nodes"]) > 50
