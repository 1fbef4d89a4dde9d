"""An address leads to its paragraph, and every link of the site to something that is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from chapterhouse.model import Manual

widths = pytest.mark.parametrize("width", [390, 1280])

IN_VIEW = """number => {
  const link = document.querySelector(`[id="${number}"] .paragraph-number`);
  if (!link) return false;
  const {x, y, width, height} = link.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return y >= 0 && y < innerHeight / 2 && (top === link || link.contains(top));
}"""


@widths
@pytest.mark.parametrize(
    ("page_kind", "number"),
    [("under-review", "3.4"), ("continuous", "23"), ("plain", "1.1"), ("superseded", "2.1")],
)
def test_an_address_shows_its_paragraph_below_the_header(
    visit: Callable[..., Page], pages: dict[str, str], page_kind: str, number: str, width: int
) -> None:
    page = visit(f"{pages[page_kind]}#{number}", width=width)
    page.wait_for_function(IN_VIEW, arg=number)
    assert page.locator(f"[id='{number}']").evaluate("e => e.matches(':target')")


def test_a_number_is_a_link_to_itself(
    visit: Callable[..., Page], pages: dict[str, str], address: str
) -> None:
    page = visit(pages["under-review"])
    page.get_by_role("link", name="5.3", exact=True).last.scroll_into_view_if_needed()
    page.locator("[id='5.3'] > p > .paragraph-number").click()
    assert page.url == f"{address}{pages['under-review']}#5.3"
    page.wait_for_function(IN_VIEW, arg="5.3")


def test_references_lead_to_their_paragraphs(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    page = visit(pages["under-review"])
    page.get_by_role("link", name="paragraph 2.1", exact=True).click()
    page.wait_for_function(IN_VIEW, arg="2.1")
    page.get_by_role("link", name="chapter 1.1, paragraph 4.1", exact=True).click()
    page.wait_for_function(IN_VIEW, arg="4.1")
    assert page.locator("[data-chapterhouse=status]").get_attribute("data-chapter") == "1.1"


def test_an_old_address_leads_on_to_the_same_paragraph(visit: Callable[..., Page], address: str) -> None:
    page = visit("core/making-a-referral/#4.1")
    page.wait_for_url(f"{address}core/referrals/#4.1")
    page.wait_for_function(IN_VIEW, arg="4.1")


class Site:
    """The pages of a built site as a browser would find them: each address with what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: dict[str, BeautifulSoup] = {}
        for path in sorted(folder.rglob("*.html")):
            name = "/" + path.relative_to(folder).as_posix().removesuffix("index.html")
            self.pages[name] = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        self.ids = {name: {str(e["id"]) for e in html.find_all(id=True)} for name, html in self.pages.items()}

    def target(self, page: str, href: str) -> tuple[str, str]:
        """The page and the place in it that a link leads to."""
        parts = urlsplit(urljoin(page, href))
        return unquote(parts.path), unquote(parts.fragment)


@pytest.fixture(scope="module")
def read(site: Path) -> Site:
    return Site(site)


def test_no_link_of_the_site_is_dead(read: Site) -> None:
    dead, count = [], 0
    for name, html in read.pages.items():
        for link in html.find_all("a", href=True):
            href = str(link["href"])
            if urlsplit(href).scheme or (name == "/404.html" and not href.startswith("/")):
                continue
            count += 1
            path, place = read.target(name, href)
            if path in read.ids:
                good = not place or place in read.ids[path]
            else:
                good = (read.folder / path.lstrip("/")).is_file()
            if not good:
                dead.append((name, href))
    assert count > 1000
    assert dead == []


def test_references_in_the_text_lead_where_they_say(read: Site, manual: Manual) -> None:
    """`paragraph 3.4` to #3.4 of its page, `chapter 1.1, paragraph 4.1` to #4.1 of chapter 1.1."""
    wrong, count = [], 0
    for name, html in read.pages.items():
        for link in html.select("article a.reference"):
            count += 1
            words = " ".join(link.get_text().split())
            path, place = read.target(name, str(link["href"]))
            chapter = re.search(r"chapter ([A-Z]*[0-9][0-9.]*[A-Z]*)", words, re.IGNORECASE)
            paragraph = re.search(r"paragraphs? ([0-9]+(?:\.[0-9]+)*[A-Z]*)", words, re.IGNORECASE)
            page = f"/{manual.by_number[chapter[1]].slug}/" if chapter else name
            if path != page or (paragraph and place != paragraph[1]):
                wrong.append((name, words, link["href"]))
    assert count > 50
    assert wrong == []
