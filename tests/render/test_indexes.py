"""The pages that list chapters: what stands where, in which words, on which day."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from chapterhouse.model import Manual
from chapterhouse.render import indexes

SEARCH = importlib.import_module("material.plugins.search.plugin")
GOLDEN = Path(__file__).parent / "golden" / "indexes"
BUILT = date(2026, 11, 21)


def url(path: str) -> str:
    return f"../{path}"


def outline(html: str) -> list[tuple[str, list[str]]]:
    """The headings of a page, each with the chapters that are linked below it, down to the next."""
    found: list[tuple[str, list[str]]] = []
    for tag in BeautifulSoup(html, "html.parser").select("h1, h2, h3, li a[href^='../']"):
        if tag.name == "a":
            found[-1][1].append(tag.get_text())
        else:
            found.append((tag.get_text(), []))
    return found


def row(html: str, heading: str, chapter: str) -> str:
    """The words about a chapter in the list below a heading."""
    soup = BeautifulSoup(html, "html.parser")
    (start,) = [tag for tag in soup.select("h2, h3") if tag.get_text() == heading]
    link = next(a for a in start.find_all_next("a") if a.get_text() == chapter)
    item = link.find_parent("li")
    assert isinstance(item, Tag)
    return re.sub(r"\s+", " ", item.get_text(" ")).strip()


def test_chapters_as_in_the_golden_file(manual: Manual, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "chapters.html", indexes.chapters(manual, BUILT, url) + "\n")


def test_reviews_as_in_the_golden_file(manual: Manual, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "reviews.html", indexes.reviews(manual, BUILT, url) + "\n")


def test_chapters_stand_by_part_and_from_a_to_z_without_drafts(manual: Manual) -> None:
    arrangements, emigre = "2.2 Local safeguarding arrangements", "2.10 Émigré children"
    seven, allegations, zeal = "PA5 <b>7</b> days & nights", "PA12 allegations", "PA13 Zeal"
    assert outline(indexes.chapters(manual, BUILT, url)) == [
        ("Chapters", []),
        ("Core procedures", [arrangements, emigre]),
        ("Extra procedures", [seven, allegations, zeal]),
        ("A to Z", []),
        ("0 to 9", [seven]),
        ("A", [allegations]),
        ("E", [emigre]),
        ("L", [arrangements]),
        ("Z", [zeal]),
    ]


def test_every_letter_leads_to_its_list(manual: Manual) -> None:
    soup = BeautifulSoup(indexes.chapters(manual, BUILT, url), "html.parser")
    ids = {f"#{tag['id']}" for tag in soup.find_all(id=True)}
    assert {str(a["href"]) for a in soup.select("a[href^='#']")} <= ids


def test_the_state_of_a_chapter_is_said_in_words(manual: Manual) -> None:
    html = indexes.chapters(manual, BUILT, url)
    assert row(html, "L", "2.2 Local safeguarding arrangements").endswith(
        "Version 3, in force since 1 September 2026 . Under review"
    )
    assert row(html, "Z", "PA13 Zeal").endswith("Withdrawn since 1 September 2026")
    assert row(html, "A", "PA12 allegations").endswith("Version 4, not in force until 4 January 2027")
    assert "Its review was due by 20 November 2026" in row(html, "0 to 9", "PA5 <b>7</b> days & nights")


def test_reviews_are_sorted_by_how_much_they_press(manual: Manual) -> None:
    arrangements, emigre = "2.2 Local safeguarding arrangements", "2.10 Émigré children"
    seven, allegations = "PA5 <b>7</b> days & nights", "PA12 allegations"
    assert outline(indexes.reviews(manual, BUILT, url)) == [
        ("Reviews", []),
        ("Under review", [arrangements]),
        ("Overdue", [seven]),
        ("Due in the next 90 days", [emigre]),
        ("All chapters by owner", []),
        ("Named Nurse", [emigre, allegations]),
        ("Policy and Procedures Subgroup", [seven, arrangements]),
    ]


def test_a_review_due_today_and_one_due_in_90_days_are_soon(manual: Manual) -> None:
    def soon(today: date) -> list[str]:
        return dict(outline(indexes.reviews(manual, today, url)))["Due in the next 90 days"]

    assert soon(date(2026, 11, 1)) == ["PA5 <b>7</b> days & nights"]
    assert soon(date(2026, 11, 2)) == ["PA5 <b>7</b> days & nights", "2.10 Émigré children"]
    assert soon(date(2026, 11, 20)) == ["PA5 <b>7</b> days & nights", "2.10 Émigré children"]
    assert soon(date(2027, 1, 31)) == [
        "2.10 Émigré children",
        "2.2 Local safeguarding arrangements",
        "PA12 allegations",
    ]
    assert soon(date(2026, 8, 22)) == ["PA5 <b>7</b> days & nights"]
    assert soon(date(2026, 8, 21)) == []


def test_the_last_review_says_who_looked_at_what(manual: Manual) -> None:
    html = indexes.reviews(manual, BUILT, url)
    subgroup = row(html, "Policy and Procedures Subgroup", "2.2 Local safeguarding arrangements")
    assert "20 March 2026 by Policy Officer; checked law, links; outcome: no change" in subgroup
    assert "Last review None recorded" in row(html, "Overdue", "PA5 <b>7</b> days & nights")


def test_a_manual_with_nothing_to_review_says_none(manual: Manual) -> None:
    html = indexes.reviews(dataclasses.replace(manual, chapters=()), BUILT, url)
    assert html.count("<p>None.</p>") == 3
    assert "0 chapters" in indexes.chapters(dataclasses.replace(manual, chapters=()), BUILT, url)


def test_titles_are_text_and_never_markup(manual: Manual) -> None:
    assert "<b>" not in indexes.chapters(manual, BUILT, url) + indexes.reviews(manual, BUILT, url)


def test_search_finds_the_pages_by_their_titles_alone(manual: Manual) -> None:
    for html, title in (
        (indexes.chapters(manual, BUILT, url), "Chapters"),
        (indexes.reviews(manual, BUILT, url), "Reviews"),
    ):
        parser = SEARCH.Parser()
        parser.feed(html)
        parser.close()
        assert [("".join(s.title), "".join(s.text).strip()) for s in parser.data] == [(title, "")]
