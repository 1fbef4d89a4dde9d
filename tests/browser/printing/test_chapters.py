"""Chapters on paper, as Chromium prints them: word for word, in every state, with scripts and without."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from playwright.sync_api import Page

from chapterhouse import chapters
from chapterhouse.model import Chapter

Printed = Callable[[Page], Any]
Visit = Callable[..., Page]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


SHELL = [
    "Skip to content",
    "Switch to",
    "On this page",
    "Contents",
    "All chapters",
    "Accessibility statement",
    "Show amendments",
    "Back to top",
    "Cite",
    "Copy",
]
"""Words of the screen that are of no use on paper."""


def shell(paper: Any) -> list[str]:
    """What of the screen is on the paper."""
    return [phrase for phrase in SHELL if re.search(rf"\b{phrase}\b", "\n".join(paper.sheets))]


ways = pytest.mark.parametrize(
    ("scheme", "scripts"), [("light", "scripts"), ("dark", "scripts"), ("dark", "no-scripts")]
)


@ways
def test_a_chapter_on_paper(
    visit: Visit,
    pages: dict[str, str],
    shown: Callable[[str], Chapter],
    site: Path,
    printed: Printed,
    chapter_kind: str,
    scheme: str,
    scripts: str,
) -> None:
    path = pages[chapter_kind]
    paper = printed(visit(path, scheme=scheme, scripts=scripts == "scripts"))
    chapter = shown(path)
    numbered = [line.split()[0] for sheet in paper.sheets for line in sheet.splitlines() if line.strip()]
    numbers = [chapters.printed(p.number, chapter.head.numbering) for p in chapter.body.paragraphs]
    assert [number for number in numbers if number not in numbered] == []

    article = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser").find("article")
    assert article is not None
    off = (
        ".chapter-contents, .chapter-feeds, .chapter-history, .chapter-stamp, .chapter-mark, .read-out,"
        " .footnote-backref, .chapter-law li li a[rel]"
    )
    for gone in article.select(f"{off}, summary, [hidden]"):
        gone.decompose()
    texts = [str(text) for text in article.find_all(string=True)]
    assert [text for text in texts if not paper.tells(text)] == []
    for record in chapter.head.amendments:
        assert paper.tells(record.summary)

    assert shell(paper) == []
    for width, _, dots in paper.picture(20):
        assert min(dots[0], dots[width - 1], dots[-width], dots[-1]) >= 250
        assert sum(dot < 160 for dot in dots) / len(dots) < 0.2


STATES = {
    "under-review": [
        "Under review since 1 September 2026",
        "The text below still applies.",
        "Expected by 28 February 2027",
        "Next review",
    ],
    "scheduled": ["Changes on 4 January 2027", "In force since 1 June 2026"],
    "withdrawn": ["Withdrawn since 24 June 2019", "Do not follow the text below."],
    "superseded": [
        "Superseded: this version is no longer in force",
        "In force 1 April 2024 to 8 September 2024",
    ],
}


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
@pytest.mark.parametrize("state", STATES)
def test_the_first_sheet_says_how_it_stands(
    visit: Visit, pages: dict[str, str], printed: Printed, state: str, scripts: str
) -> None:
    paper = printed(visit(pages[state], scripts=scripts == "scripts"))
    assert [phrase for phrase in STATES[state] if squeezed(phrase) not in paper.drawn[0]] == []


def test_the_head_of_a_table_is_on_each_of_its_sheets(
    visit: Visit, pages: dict[str, str], printed: Printed
) -> None:
    paper = printed(visit(pages["wide-table"]))
    rows = (
        "Districtcouncils",
        "Probationservice",
        "Otherindependentschools",
        "Registeredearlyyearsproviders",
    )
    head = squeezed("Section 11, Children Act 2004: safeguarding in all its functions")
    continued = [sheet for sheet in paper.drawn if any(row in sheet for row in rows)]
    assert len(continued) >= 2
    assert all(sheet.count(head) == 1 for sheet in continued)


def test_an_opened_list_of_amendments_prints_the_same(
    visit: Visit, pages: dict[str, str], printed: Printed
) -> None:
    page = visit(pages["under-review"])
    closed = printed(page).drawn
    page.get_by_text("Show amendments").click()
    assert printed(page).drawn == closed


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
@pytest.mark.parametrize(("what", "marked"), [("withdrawn", True), ("superseded", True), ("plain", False)])
def test_what_does_not_apply_says_so_across_every_sheet(
    visit: Visit, pages: dict[str, str], printed: Printed, what: str, scripts: str, *, marked: bool
) -> None:
    """In one pale grey across the middle of the sheet, whatever stands above it."""
    for width, height, dots in printed(visit(pages[what], scripts=scripts == "scripts")).picture(30):
        rows = [dots[width * y : width * (y + 1)] for y in range(int(height * 0.4), int(height * 0.65))]
        pale = sum(dot == 0xDD for row in rows for dot in row)
        assert (pale > 200) is marked, pale


def test_a_phone_prints_no_buttons(visit: Visit, pages: dict[str, str], printed: Printed) -> None:
    """Where nothing can point, the buttons for citing are always there on the screen."""
    page = visit(pages["plain"], width=390, has_touch=True, is_mobile=True)
    assert page.get_by_text("Cite", exact=True).first.is_visible()
    paper = printed(page)
    assert shell(paper) == []


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
def test_the_law_on_paper(visit: Visit, printed: Printed, scripts: str) -> None:
    """What is not in force says so beside its citation, and all that is cited stands in the list."""
    page = visit("core/child-protection-enquiries/", scripts=scripts == "scripts")
    paper = printed(page)
    for words_of_it in (
        "section 16EA of the Children Act 2004 (not yet in force",
        "Law and guidance cited here",
        "Read it on legislation.gov.uk: https://www.legislation.gov.uk/ukpga/1989/41",
        "Section 47: in force. Cited in 1.2.",
        "Section 16EA: not yet in force.",
    ):
        assert paper.tells(words_of_it), words_of_it


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
def test_the_terms_on_paper(
    visit: Visit, pages: dict[str, str], site: Path, printed: Printed, scripts: str
) -> None:
    """What a screen shows in a tip, paper has at its end: every term that is used, and its meaning."""
    path = pages["under-review"]
    page = visit(path, scripts=scripts == "scripts")
    paper = printed(page)
    assert paper.tells("Terms used in this chapter")
    terms = json.loads((site / "api/glossary.json").read_text("utf-8"))["terms"]
    used = [term for term in terms if any(f"{place['slug']}/" == path for place in term["used_in"])]
    assert len(used) > 10
    for term in used:
        assert paper.tells(f"{term['term'][0].upper()}{term['term'][1:]}"), term["term"]
        meaning = BeautifulSoup(Markdown().convert(term["definition"]), "html.parser").get_text()
        for sentence in re.split(r"(?<=[.:;]) ", meaning):
            assert paper.tells(sentence), sentence
    assert not page.get_by_text("Terms used in this chapter").is_visible()
