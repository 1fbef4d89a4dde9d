"""What every sheet says of itself, at the moment of printing and without scripts, in Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

Printed = Callable[[Page], Any]
Visit = Callable[..., Page]
ADDRESS = "https://procedures.northmoor.example/"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def lacking(paper: Any, phrases: list[str]) -> list[str]:
    """What some sheet does not say at its foot: these phrases, and its number."""
    found = []
    for number, foot in enumerate(paper.feet, 1):
        asked = [*phrases, f"Page {number} of {len(paper.feet)}"]
        found += [f"sheet {number}: {one}" for one in asked if squeezed(one) not in foot]
    return found


def test_every_sheet_of_every_chapter(visit: Visit, printed: Printed, site: Path) -> None:
    """Printed in Auckland, where it is the next day already."""
    entries = json.loads((site / "api/manual.json").read_text("utf-8"))["chapters"]
    assert len(entries) > 15
    page = visit("", now="2026-11-21T17:29:00Z")
    faults = {}
    for entry in entries:
        page.goto(f"{page.url.partition('//')[0]}//{page.url.split('/')[2]}/{entry['url']}")
        page.clock.set_fixed_time("2026-11-21T17:29:00Z")
        paper = printed(page)
        status = page.locator("[data-chapterhouse=status]")
        standing = str(status.get_attribute("data-standing"))
        faults[entry["slug"]] = lacking(
            paper,
            [
                f"Northmoor procedures. {entry['number']} {entry['title']}",
                f"V{standing[1:]}Printed on Saturday 21 November 2026 at 17:29 GMT",
                f"Site built 21 November 2026. Check {ADDRESS}{entry['url']} for the current version",
                f"-20261121: check it at {ADDRESS}check/",
            ],
        )
        title = f"{entry['number']} {entry['title']}, version {entry['version']}"
        if paper.title != f"{title}, printed 21 November 2026 17.29":
            faults[entry["slug"]].append(f"is called {paper.title}")
        sections = page.locator("article h2[id], article h3[id]").all_text_contents()
        ends = [sheet.rstrip().rpartition("\n")[2].strip() for sheet in paper.sheets]
        faults[entry["slug"]] += [f"left alone at an end: {one}" for one in ends if one in sections]
    assert {slug: said for slug, said in faults.items() if said} == {}


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-10-25T00:30:00Z", "Sunday 25 October 2026 at 01:30 BST"),
        ("2026-10-25T01:30:00Z", "Sunday 25 October 2026 at 01:30 GMT"),
        ("2027-07-01T23:00:00Z", "Friday 2 July 2027 at 00:00 BST"),
        ("2026-12-31T23:59:59Z", "Thursday 31 December 2026 at 23:59 GMT"),
    ],
)
def test_the_moment_of_printing_is_londons(visit: Visit, printed: Printed, now: str, moment: str) -> None:
    page = visit("core/resolving-disagreement/", now=now, timezone_id="America/St_Johns")
    page.clock.set_fixed_time(now)
    assert lacking(printed(page), [f"Printed on {moment}"]) == []


@pytest.mark.parametrize("what", ["under-review", "wide-table", "superseded", "glossary"])
def test_without_scripts_the_build_date_stands_for_it(
    visit: Visit, printed: Printed, pages: dict[str, str], what: str
) -> None:
    with_scripts = printed(visit(pages[what]))
    paper = printed(visit(pages[what], scripts=False))
    assert len(paper.feet) == len(with_scripts.feet) > 1
    assert (
        lacking(paper, ["Printed from the site built on 21 November 2026", "Site built 21 November 2026"])
        == []
    )
    assert not any("Printedon" in foot for foot in paper.feet)


def test_printing_leaves_no_trace(visit: Visit, printed: Printed, pages: dict[str, str]) -> None:
    page = visit(pages["under-review"])
    look = """() => [document.title, document.documentElement.getAttribute("style") || "",
      ...[...document.querySelectorAll(".chapter-stamp")].map((stamp) => stamp.outerHTML)]"""
    before = page.evaluate(look)
    printed(page)
    assert page.evaluate(look) == before
    assert len(before) == 4


def test_a_page_that_is_no_version_says_what_it_is(
    visit: Visit, printed: Printed, pages: dict[str, str]
) -> None:
    paper = printed(visit(pages["redline"]))
    said = "2.2 Local safeguarding arrangements: changes in version 4"
    where = f"Check {ADDRESS}{pages['redline']} for the current version"
    assert lacking(paper, [f"Northmoor procedures. {said}", "Printed on", where]) == []
    assert paper.title == f"{said}, printed 21 November 2026 12.00"
    assert lacking(printed(visit(pages["lost"])), ["Page not found", "Printed on Saturday"]) == []


def test_the_page_shown_now_is_what_is_printed(visit: Visit, printed: Printed, instant: str) -> None:
    """Material swaps pages without loading them: neither words nor style sheet may be the last one's."""
    page = visit("core/referrals/", site=instant)
    printed(page)
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="1.2 Assessment and plans for children in need").first.click()
    page.wait_for_url("**/core/assessment/")
    page.wait_for_function("document.querySelector('article h1').textContent.includes('Assessment')")
    assert page.evaluate("window.kept")
    paper = printed(page)
    assert lacking(paper, ["1.2 Assessment and plans for children in need", "Printed on"]) == []
    assert not any("1.1Recognising" in foot for foot in paper.feet)
    page.get_by_role("link", name="Amendments", exact=True).last.click()
    page.wait_for_function("document.querySelector('article h1').textContent.includes('Amendments')")
    assert page.evaluate("window.kept")
    paper = printed(page)
    assert lacking(paper, ["Northmoor procedures. Amendments", "Printed on"]) == []
    assert not any("Assessment" in foot or "Copy" in foot for foot in paper.feet)


@pytest.mark.parametrize("what", ["plain", "wide-table", "superseded"])
def test_the_code_on_a_sheet_can_be_read(
    visit: Visit, printed: Printed, decoded: Callable[[Any, int], list[str]], pages: dict[str, str], what: str
) -> None:
    """By another program than the one that drew it, on the first sheet, a turned one, and the last."""
    paper = printed(visit(pages[what]))
    for sheet in (1, 2, len(paper.feet)):
        (address,) = decoded(paper, sheet)
        assert re.fullmatch(rf"{ADDRESS}check/[0-9a-hjkmnp-tv-z]{{7}}/#20261121", address)
        assert squeezed(f"check it at {address}") in paper.feet[sheet - 1]
