"""The search finds what the authors wrote, of the versions in force, and nothing that the generator added."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

from chapterhouse.model import Manual

GENERATED = ("chapters/", "reviews/", "amendments/", "as-at/", "glossary/", "legislation/")
"""Pages that nobody wrote: they are found by what they are."""


def squeezed(text: str) -> str:
    """A text without its white space and marks, as no line break or tag can change it."""
    return re.sub(r"[^\w]", "", html.unescape(re.sub(r"<[^>]*>", " ", text)))


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, str]:
    """What the search knows of each page: the titles and texts of its entries, squeezed."""
    known: dict[str, str] = {}
    for entry in json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]:
        path = entry["location"].partition("#")[0]
        known[path] = known.get(path, "") + squeezed(f"{entry['title']} {entry['text']}")
    return known


@pytest.fixture(scope="module")
def articles(site: Path, index: dict[str, str]) -> dict[str, BeautifulSoup]:
    """The article of each page that the search knows."""
    found = {}
    for path in index:
        article = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser").find(
            "article"
        )
        assert article is not None
        found[path] = BeautifulSoup(str(article), "html.parser")
    return found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("rapid review within 15 working days", "under-review"),
        ("quorate", "continuous"),
        ("immigration asylum nationality customs", "wide-table"),
    ],
)
def test_words_lead_to_their_chapter(
    visit: Callable[..., Page],
    pages: dict[str, str],
    seek: Callable[[Page, str], Locator],
    address: str,
    words: str,
    sought: str,
    width: int,
) -> None:
    page = visit("", width=width)
    first = seek(page, words).first.get_by_role("link").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"^{re.escape(address + pages[sought])}"))


def test_what_is_in_force_is_known_and_nothing_else(
    index: dict[str, str], manual: Manual, pages: dict[str, str]
) -> None:
    chapters = {f"{c.slug}/" for c in manual.chapters if c.head.status != "draft"}
    assert chapters <= index.keys()
    assert [path for path in index if "/versions/" in path] == []
    assert "core/making-a-referral/" not in index
    assert [path for path in index if path not in chapters] == [
        path for path in index if path in {"", "pages/about/", pages["accessibility"], *GENERATED}
    ]


def test_the_search_knows_every_word_of_the_author(
    index: dict[str, str], articles: dict[str, BeautifulSoup]
) -> None:
    missing, count = [], 0
    for path, article in articles.items():
        for note in article.select(
            "[data-chapterhouse-note], .paragraph-number, .footnote-ref, .footnote-backref, .headerlink"
        ):
            note.decompose()
        for block in article.select("p, li, td, th, h2, h3"):
            for text in block.find_all(string=True, recursive=False):
                words = squeezed(str(text))
                count += 1
                if words not in index[path]:
                    missing.append((path, str(text)))
    assert count > 1000
    assert missing == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("legislation/", "Section 16E"), ("reviews/", "Due by"), ("glossary/", "Used in chapter")],
)
def test_of_a_generated_page_the_search_knows_what_it_is_and_not_what_it_lists(
    index: dict[str, str], path: str, words: str
) -> None:
    assert index[path] != ""
    assert squeezed(words) not in index[path]


def test_the_search_knows_no_word_of_the_generator(index: dict[str, str], site: Path) -> None:
    """A hit on "under review" or on a summary would be of the page's state, not of what it says."""
    found, count = [], 0
    for path, known in index.items():
        if path in GENERATED:
            continue
        page = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser")
        own = page.find("article")
        assert own is not None
        notes = own.select("[data-chapterhouse-note]")
        texts = {str(text) for note in notes for text in note.find_all(string=True)}
        for note in notes:
            note.decompose()
        theirs = squeezed(own.get_text(" "))
        for text in texts:
            words = squeezed(text)
            if len(words) > 3 and words not in theirs:
                count += 1
                if words in known:
                    found.append((path, text))
    assert count > 500
    assert found == []


def test_the_state_of_the_chapter_under_review_is_not_found(
    index: dict[str, str], pages: dict[str, str]
) -> None:
    known = index[pages["under-review"]]
    for words in ("Under review", "Next review", "Meanwhile", "Show amendments", "Site built", "Approved by"):
        assert squeezed(words) not in known
