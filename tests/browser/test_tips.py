"""The tip beside a citation or term: by pointer, by keyboard and by touch, closed as WCAG 1.4.13 wants it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

PAGE = "core/child-protection-enquiries/"

IN_TEXT = ":not(.chapter-terms *, .glossary-definition *)"
DESCRIBED = """all => all.map(a => (a.getAttribute("aria-describedby") ?? "").split(" ")
  .map(id => document.getElementById(id)?.checkVisibility() ?? null))"""

Visit = Callable[..., Page]


@dataclass(frozen=True)
class Subject:
    """A link of the page that has a tip."""

    kind: str
    href: str
    words: tuple[str, ...]
    """What its tip says."""

    def on(self, page: Page) -> Locator:
        """The first such link of the page."""
        return page.locator(f"article a.{self.kind}[href='{self.href}'][aria-describedby]").first


SUBJECTS = (
    Subject(
        "citation",
        "https://www.legislation.gov.uk/ukpga/1989/41/section/47",
        ("Children Act 1989", "Section 47: in force.", "Read section 47 on legislation.gov.uk"),
    ),
    Subject(
        "term",
        "../../glossary/#emergency-protection-order",
        (
            "Emergency protection order (EPO)",
            "An order of the court, under section 44",
            "for up to eight days",
        ),
    ),
)
both = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.kind)


def tip(page: Page) -> Locator:
    return page.locator(".tip")


@both
def test_by_keyboard_alone(visit: Visit, tab_to: Callable[[Page, Locator], None], subject: Subject) -> None:
    """It opens with the focus, closes with Escape, stays closed, and opens at the next visit."""
    page = visit(PAGE)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link = subject.on(page)
    tab_to(page, link)
    expect(link).to_be_focused()
    expect(tip(page)).to_be_visible()
    for words in subject.words:
        expect(tip(page)).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(tip(page).get_by_text(subject.words[1])).to_be_hidden()
    assert asked == []


@both
def test_by_pointer(visit: Visit, subject: Subject) -> None:
    """It waits a moment, the pointer can go into it, and it closes behind the pointer or by Escape."""
    page = visit(PAGE)
    link = subject.on(page)
    link.hover()
    expect(tip(page)).to_be_hidden()
    page.clock.run_for(1000)
    expect(tip(page)).to_be_visible()
    for words in subject.words:
        expect(tip(page)).to_contain_text(words)
    covered = page.evaluate(
        "([link, tip]) => [...link.getClientRects()].some(a => { const b = tip.getBoundingClientRect();"
        " return a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1; })",
        [link.element_handle(), tip(page).element_handle()],
    )
    assert not covered
    tip(page).hover()
    page.clock.run_for(3000)
    expect(tip(page)).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(1000)
    expect(tip(page)).to_be_hidden()
    link.hover()
    page.clock.run_for(1000)
    page.keyboard.press("Escape")
    page.clock.run_for(3000)
    expect(tip(page)).to_be_hidden()


@both
def test_by_touch(visit: Visit, subject: Subject) -> None:
    """The first tap shows it, a tap elsewhere closes it, and the second tap follows the link."""
    page = visit(PAGE, width=390, has_touch=True, is_mobile=True)
    page.evaluate("addEventListener('click', e => { window.left = e.defaultPrevented; e.preventDefault(); })")
    link = subject.on(page)
    link.tap()
    expect(tip(page)).to_be_visible()
    assert page.evaluate("window.left") is True
    frame = tip(page).bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 390
    for target in tip(page).get_by_role("link").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24  # WCAG 2.5.8
    page.get_by_role("heading", level=1).tap()
    expect(tip(page)).to_be_hidden()
    link.tap()
    link.tap()
    assert page.evaluate("window.left") is False


@pytest.mark.parametrize(("width", "height"), [(320, 225), (390, 844), (1280, 900)])
def test_it_fits_the_window(visit: Visit, width: int, height: int) -> None:
    """At four times the size too, for every link with a tip of the chapter with the most."""
    page = visit("arrangements/duties-of-organisations/", width=width)
    page.set_viewport_size({"width": width, "height": height})
    links = page.locator("article a[aria-describedby]").all()
    assert len(links) > 30
    for link in links:
        page.keyboard.press("Shift")  # the focus is shown as to one who uses keys
        link.focus()
        expect(tip(page)).to_be_visible()
        frame = tip(page).bounding_box()
        assert frame is not None
        assert frame["x"] >= 0
        assert frame["x"] + frame["width"] <= width
    assert page.evaluate("document.scrollingElement.scrollWidth") == width


def test_its_words_stand_in_the_page(visit: Visit, pages: dict[str, str], kind: str) -> None:
    """Each link is described by what stands at the end: the law for all readers, a term for paper alone."""
    page = visit(pages[kind], scripts=False)

    def described(what: str) -> list[list[bool]]:
        found: list[list[bool]] = page.locator(f"article a.{what}{IN_TEXT}").evaluate_all(DESCRIBED)
        return found

    assert all(all(found) and len(found) >= 2 for found in described("citation"))
    assert all(found == [False] for found in described("term"))
    page.emulate_media(media="print")
    assert all(found == [True] for found in described("term"))
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    for node in tree:
        if "legislation.gov.uk" in json.dumps(node.get("description", {})):
            assert "Read " in node["description"]["value"]


@both
def test_with_instant_navigation(visit: Visit, instant: str, subject: Subject) -> None:
    page = visit("chapters/", site=instant)
    page.evaluate("window.stayed = true")
    for path in (PAGE, "core/assessment/"):
        page.locator(f"article a[href$='{path}']").first.click()
        page.wait_for_url(instant + path)
        link = page.locator(f"article a.{subject.kind}").first
        expect(link).to_be_visible()
        page.keyboard.press("Shift")
        link.focus()
        expect(tip(page)).to_be_visible()
        page.get_by_role("link", name="All chapters").first.click()
        page.wait_for_url(instant + "chapters/")
        expect(tip(page)).to_have_count(0)
    assert page.evaluate("window.stayed"), "the pages were loaded anew: instant navigation was not tried"
