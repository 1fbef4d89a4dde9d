"""The tip beside a citation: by pointer, by keyboard and by touch, closed as WCAG 1.4.13 wants it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

OFFICIAL = "https://www.legislation.gov.uk/ukpga/1989/41/section/47"

DESCRIBED = """all => all.map(a => a.getAttribute("aria-describedby").split(" ")
  .map(id => document.getElementById(id)?.checkVisibility() ?? false))"""

Visit = Callable[..., Page]


def citation(page: Page) -> Locator:
    return page.locator(f"article a.citation[href='{OFFICIAL}']").first


def tip(page: Page) -> Locator:
    return page.locator(".tip")


def test_by_keyboard_alone(visit: Visit) -> None:
    """It opens with the focus, closes with Escape, stays closed, and opens at the next visit."""
    page = visit("core/child-protection-enquiries/")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link = citation(page)
    for _ in range(200):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    expect(link).to_be_focused()
    expect(tip(page)).to_be_visible()
    for words in ("Children Act 1989", "Section 47: in force.", "Read section 47 on legislation.gov.uk"):
        expect(tip(page)).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(tip(page).get_by_text("Section 47:")).to_be_hidden()
    assert asked == []


def test_by_pointer(visit: Visit) -> None:
    """It waits a moment, the pointer can go into it, and it closes behind the pointer or by Escape."""
    page = visit("core/child-protection-enquiries/")
    link = citation(page)
    link.hover()
    page.clock.run_for(1000)
    expect(tip(page)).to_be_visible()
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


def test_by_touch(visit: Visit) -> None:
    """The first tap shows it, a tap elsewhere closes it, and the second tap follows the link."""
    page = visit("core/child-protection-enquiries/", width=390, has_touch=True, is_mobile=True)
    page.evaluate("addEventListener('click', e => { window.left = e.defaultPrevented; e.preventDefault(); })")
    link = citation(page)
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
    """At four times the size too, for every citation of the chapter with the most."""
    page = visit("arrangements/duties-of-organisations/", width=width)
    page.set_viewport_size({"width": width, "height": height})
    links = page.locator("article a.citation").all()
    assert len(links) > 10
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
    """Every citation is described by what a reader without scripts finds at the end, and by nothing else."""
    page = visit(pages[kind], scripts=False)
    described: list[Any] = page.locator("article a.citation").evaluate_all(DESCRIBED)
    assert all(all(found) and len(found) >= 2 for found in described)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    for node in tree:
        if "legislation.gov.uk" in json.dumps(node.get("description", {})):
            assert "Read " in node["description"]["value"]


def test_with_instant_navigation(
    visit: Visit,
    built: Callable[[Path, Path], None],
    served_elsewhere: Callable[[Path], Iterator[str]],
    tmp_path: Path,
    sample: Path,
) -> None:
    copy, site = tmp_path / "copy", tmp_path / "site"
    for name in ("procedures", "amendments"):
        shutil.copytree(sample / name, copy / name)
    site.mkdir()
    with contextmanager(served_elsewhere)(site) as root:
        settings = (sample / "mkdocs.yml").read_text("utf-8")
        changed = settings.replace("  features:\n", "  features:\n    - navigation.instant\n")
        changed = changed.replace("https://procedures.northmoor.example/", root)
        (copy / "mkdocs.yml").write_text(changed, "utf-8")
        built(copy, site)
        page = visit("chapters/", site=root)
        page.evaluate("window.stayed = true")
        for path in ("core/child-protection-enquiries/", "core/assessment/"):
            page.locator(f"article a[href$='{path}']").first.click()
            page.wait_for_url(root + path)
            link = page.locator("article a.citation").first
            expect(link).to_be_visible()
            page.keyboard.press("Shift")
            link.focus()
            expect(tip(page)).to_be_visible()
            page.get_by_role("link", name="All chapters").first.click()
            page.wait_for_url(root + "chapters/")
            expect(tip(page)).to_have_count(0)
        assert page.evaluate("window.stayed"), "the pages were loaded anew: instant navigation was not tried"
