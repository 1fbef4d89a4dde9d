"""What is hard to print: pictures, long and wide tables, lists, notes, links, hostile names, forty sheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

Printed = Callable[[Page], Any]
Open = Callable[[str], Page]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture
def chapter(visit: Callable[..., Page], hard_to_print: str) -> Open:
    """Opens a chapter of the manual that is hard to print."""
    return lambda name: visit(f"core/{name}/", site=hard_to_print)


def numbered(paper: Any) -> bool:
    count = len(paper.feet)
    return all(f"Page{n}of{count}" in foot for n, foot in enumerate(paper.feet, 1))


def test_a_picture_is_whole(chapter: Open, printed: Printed) -> None:
    """Its upper and its lower edge are black, and stand on one sheet."""
    paper = printed(chapter("picture"))
    edges = []
    for width, height, dots in paper.picture(30):
        rows = [dots[width * y : width * (y + 1)] for y in range(height)]
        edges.append(sum(sum(dot < 60 for dot in row) > 45 for row in rows))
    # A rule between two parts is one row of dots.
    *others, most = sorted(edges)
    assert max(others) <= 1
    assert most >= 6
    assert numbered(paper)


@pytest.mark.parametrize("name", ["table", "lists"])
def test_nothing_is_lost(chapter: Open, printed: Printed, name: str) -> None:
    page = chapter(name)
    paper = printed(page)
    article = BeautifulSoup(page.content(), "html.parser").find("article")
    assert article is not None
    for gone in article.select(".chapter-stamp, .footnote-backref, [data-chapterhouse]"):
        gone.decompose()
    for gone in article.select("button, [hidden]"):
        gone.decompose()
    texts = [str(text) for text in article.find_all(string=True) if text.strip()]
    assert len(texts) > 10
    assert [text for text in texts if not paper.tells(text)] == []
    assert numbered(paper)


def test_a_long_table_has_its_head_on_each_sheet(chapter: Open, printed: Printed) -> None:
    drawn = [sheet for sheet in printed(chapter("table")).drawn if "cell0" in sheet]
    assert len(drawn) > 2
    assert all(sheet.count("Column0Column1Column2") == 1 for sheet in drawn)


def test_a_wide_table_is_turned_and_not_cut(chapter: Open, printed: Printed) -> None:
    paper = printed(chapter("wide"))
    turned = [n for n, (width, height) in enumerate(paper.sizes) if width > height]
    assert len(turned) >= 1
    told = "".join(paper.drawn[n] for n in turned)
    assert [row for row in range(30) if f"row{row}cell15" not in told] == []
    assert [n for n, sheet in enumerate(paper.drawn) if "cell" in sheet] == turned
    # Dots at the very edge of the sheet are lines or letters that run over it.
    for width, height, dots in paper.picture(20):
        rows = [dots[width * y : width * (y + 1)] for y in range(height)]
        assert min(min(row[:6]) for row in rows) > 250
        assert min(min(row[-6:]) for row in rows) > 250
    assert numbered(paper)


def test_a_turned_table_has_its_words_whole(visit: Callable[..., Page], printed: Printed) -> None:
    paper = printed(visit("arrangements/duties-of-organisations/"))
    turned = [paper.sheets[n] for n, (width, height) in enumerate(paper.sizes) if width > height]
    words = set(re.findall(r"\w+", "\n".join(turned)))
    assert {"Organisation", "arrangements", "Safeguarding", "professionals"} <= words
    assert not {"Organisati", "arrangem", "Safeguardi", "professio"} & words


def test_forty_sheets(chapter: Open, printed: Printed) -> None:
    paper = printed(chapter("long"))
    assert len(paper.feet) >= 40
    assert numbered(paper)
    assert all("Version1,inforcefrom1April2026" in foot for foot in paper.feet)
    assert all("PrintedonSaturday21November2026" in foot for foot in paper.feet)
    numbers = [re.match(r"\s*(1\.\d+)", line) for sheet in paper.sheets for line in sheet.splitlines()]
    assert [one[1] for one in numbers if one][1:] == [f"1.{n}" for n in range(1, 200)]


@pytest.mark.parametrize("name", ["hostile", "name"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_long_and_hostile_names_are_whole(
    visit: Callable[..., Page], hard_to_print: str, printed: Printed, name: str, *, scripts: bool
) -> None:
    page = visit(f"core/{name}/", site=hard_to_print, scripts=scripts)
    paper = printed(page)
    title = str(page.locator("article h1").text_content())
    address = "https://procedures.northmoor.example/a-long-folder-of-the-partnership/safeguarding/"
    for foot in paper.feet:
        assert squeezed(f'Northmoor "hard" procedures. {title}') in foot
        assert squeezed(f"Check {address}core/{name}/ for the current version") in foot
        assert squeezed(f": check it at {address}check/") in foot
    assert numbered(paper)
    # Nothing runs into what no printer reaches, five millimetres from the edge.
    for width, height, dots in paper.picture(51):
        assert min(dots[width * (height - 10) :]) > 250


def test_links_lead_to_numbered_notes(chapter: Open, printed: Printed) -> None:
    """What is told twice has one number, and what the words say already has none."""
    paper = printed(chapter("links"))
    told = squeezed("".join(paper.sheets))
    home = "https://procedures.northmoor.example/a-long-folder-of-the-partnership/safeguarding/"
    notes = [
        "https://example.org/guide",
        "chapter 1.2",
        "paragraph 1.2",
        "chapter 1.4, paragraph 1.1",
        home,
        "01632960001",
        "office@northmoor.example",
    ]
    listed = "".join(f"[{n}]{squeezed(note)}" for n, note in enumerate(notes, 1))
    assert squeezed("Where the links lead") + listed in told
    text = told.partition("Wherethelinkslead")[0]
    assert (
        "theguide[1]andtheguideagain[1],orhttps://example.org/shown.Seethetable[2],whatcomesfirst[3],paragraph1.2,paragraph1.2,howtolist[4]andthehomepage[5]."
        in text
    )
    assert "thedesk[6]orwritetotheoffice[7]." in text


def test_the_notes_are_for_paper_alone(chapter: Open) -> None:
    assert not chapter("links").get_by_text("Where the links lead").is_visible()
