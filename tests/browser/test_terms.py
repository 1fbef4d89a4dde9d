"""Terms of the glossary as readers meet them: read aloud, without scripts, by two taps, and in the search.

The sample says most things in one way; the manual built here says one thing in two, in two chapters.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

Visit = Callable[..., Page]

CASES = Path(__file__).parents[1] / "cases" / "manual"
WORDS = """
schema: 1
terms:
  - term: local authority designated officer
    abbreviation: LADO
    aliases: [designated officer, R&D <officer]
    kind: role
    definition: The officer of the council whom employers tell.
  - term: safeguarding partner
    kind: body
    definition: One of three bodies.
  - term: Local Safeguarding Children Board
    abbreviation: LSCB
    kind: body
    definition: The board that met before.
    replaced_by: {terms: [safeguarding partner], since: 2019-09-29}
"""
CHAPTER = """---
chapter: "1.%d"
title: %s
version: "1"
owner: Procedures Subgroup
review: {due: 2027-03-31}
amendments:
  - {version: "1", effective: 2024-01-01, published: 2023-12-15, kind: new, summary: First issue.}
---

## 1. Whom to tell

1.1 Tell %s today. No other sentence of this chapter says whom.
"""
CHAPTERS = {
    "short": "the LADO",
    "long": "the designated officer",
    "neither": "the police officer",
    "gone": "the LSCB",
}


@pytest.fixture(scope="module")
def small(
    offered: Callable[[Path], Iterator[str]],
    tmp_path_factory: pytest.TempPathFactory,
    archive: Callable[..., None],
) -> Iterator[str]:
    """Where a manual is served that says one thing in two ways."""
    root = tmp_path_factory.mktemp("small") / "manual"
    shutil.copytree(CASES, root)
    (root / "procedures/glossary.yml").write_text(WORDS, "utf-8")
    for number, (name, words) in enumerate(CHAPTERS.items(), 10):
        text = CHAPTER % (number, f"Chapter {name}", words)
        (root / f"procedures/core/{name}.md").write_text(text, "utf-8")
    archive(root)
    yield from offered(root)


def tip(page: Page) -> Locator:
    return page.locator(".tip")


def described(page: Page, name: str) -> str:
    """What is read out about a link besides its words."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (found,) = (
        node for node in tree if node["role"]["value"] == "link" and node.get("name", {}).get("value") == name
    )
    return str(found["description"]["value"])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_term_is_a_link_to_its_entry(visit: Visit, small: str, *, scripts: bool) -> None:
    page = visit("core/short/", site=small, scripts=scripts)
    link = page.get_by_role("link", name="LADO", exact=True)
    line = link.evaluate(
        "e => { const s = getComputedStyle(e); return s.textDecorationLine + s.textDecorationStyle }"
    )
    assert line == "underlinedotted"
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{small}glossary/#local-authority-designated-officer")
    heading = page.get_by_role("heading", name="local authority designated officer (LADO)")
    expect(heading).to_be_in_viewport()
    expect(page.get_by_text("The officer of the council whom employers tell.")).to_be_visible()


def test_two_taps_lead_to_the_entry(visit: Visit, small: str) -> None:
    page = visit("core/short/", site=small, width=390, has_touch=True, is_mobile=True)
    link = page.locator("article a.term").first
    link.tap()
    expect(tip(page)).to_contain_text("The officer of the council whom employers tell.")
    assert page.url == f"{small}core/short/"
    link.tap()
    page.wait_for_url(f"{small}glossary/#local-authority-designated-officer")


def test_what_is_read_out(visit: Visit, small: str) -> None:
    """The definition with the link, and what an abbreviation stands for, which no eye sees."""
    page = visit("core/short/", site=small, scripts=False)
    assert "The officer of the council whom employers tell." in described(page, "LADO")
    said = page.locator("[id='1.1']").aria_snapshot()
    assert "text: (local authority designated officer) today." in said
    box = page.locator(".term-expansion").bounding_box()
    assert box is not None
    assert max(box["width"], box["height"]) <= 1


def test_a_term_that_has_gone(visit: Visit, small: str) -> None:
    """It says so in the text and in its tip, from which a reader can go on to what is right now."""
    page = visit("core/gone/", site=small)
    expect(page.locator(".term-note")).to_have_text(" (now: safeguarding partner)")
    expect(page.locator(".term-note")).to_be_visible()
    page.locator("article a.term").first.hover()
    page.clock.run_for(1000)
    expect(tip(page)).to_contain_text("no longer the word since 29 September 2019")
    tip(page).get_by_role("link", name="safeguarding partner").click()
    page.wait_for_url(f"{small}glossary/#safeguarding-partner")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "words", ["LADO", "lado", "designated officer", "local authority designated officer"]
)
def test_the_search_finds_a_term_by_all_its_names(
    visit: Visit, seek: Callable[[Page, str], Locator], small: str, words: str, width: int
) -> None:
    """Both chapters that use it, whatever they call it, before any other chapter."""
    page = visit("", site=small, width=width)
    links = seek(page, words).locator("a:first-child").all()
    pages = [urlsplit(str(link.get_attribute("href"))).path for link in links]
    chapters = [path for path in dict.fromkeys(pages) if path.startswith("/core/")]
    assert set(chapters[:2]) == {"/core/short/", "/core/long/"}


def test_the_search_shows_by_which_word_it_found(
    visit: Visit, seek: Callable[[Page, str], Locator], small: str
) -> None:
    """Of the other words those that were asked for, as text."""
    page = visit("", site=small)
    result = seek(page, "R&D").filter(has_text="Chapter short").first
    shown = result.locator(".md-tag").filter(visible=True)
    expect(shown).to_have_text(["R&D <officer"])
    assert result.locator(".md-tag *:not(mark)").count() == 0
    result.get_by_role("link").first.click()
    page.wait_for_url(f"{small}core/short/")
