"""The page of amendments: what stands where, in which words, and where it leads."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from chapterhouse.crossreference import recorded
from chapterhouse.manual import load
from chapterhouse.model import History, Manual, Role
from chapterhouse.render import amendments

SEARCH = importlib.import_module("material.plugins.search.plugin")
GOLDEN = Path(__file__).parent / "golden" / "indexes"
BUILT = date(2026, 11, 21)
ROLES = (Role("school", "Schools <all>"), Role("police", "Police"))


def url(path: str) -> str:
    return f"../{path}"


def page(manual: Manual, today: date = BUILT) -> str:
    return amendments.page(manual, recorded(manual, today), today, url)


def outline(html: str) -> list[tuple[str, list[str]]]:
    """The headings, each with chapter and version of the amendments below it."""
    found: list[tuple[str, list[str]]] = []
    for tag in BeautifulSoup(html, "html.parser").select("h1, h2, .amendment"):
        if tag.name == "li":
            words = tag.select_one("strong")
            assert words
            found[-1][1].append(f"{words.get_text().split()[0]}/{tag['data-version']}")
        else:
            found.append((tag.get_text(), []))
    return found


def entry(html: str, slug: str, version: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").select_one(
        f".amendment[data-chapter='{slug}'][data-version='{version}']"
    )
    assert found
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def changing(manual: Manual, records: dict[str, History]) -> Manual:
    """The manual with a chapter that is going to change, and roles."""
    history = records["changing"]
    chapters = (history.chapter, *manual.chapters[1:])
    return dataclasses.replace(
        manual, chapters=chapters, roles=ROLES, histories={**manual.histories, history.chapter.slug: history}
    )


def test_as_in_the_golden_file(changing: Manual, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "amendments.html", page(changing) + "\n")


def test_newest_first_by_month_and_what_is_to_come_above(changing: Manual) -> None:
    assert outline(page(changing)) == [
        ("Amendments", []),
        ("Still to come", ["2.2/4", "PA12/4"]),
        ("September 2026", ["2.2/3", "PA13/3"]),
        ("April 2026", ["2.2/2"]),
        ("April 2025", ["2.2/1", "2.10/1", "PA5/1", "PA13/1"]),
    ]


def test_what_was_to_come_takes_its_place_when_its_day_comes(changing: Manual) -> None:
    headings = [heading for heading, _ in outline(page(changing, date(2027, 1, 4)))]
    assert headings[1] == "January 2027"


def test_every_month_is_in_the_list_of_months(changing: Manual) -> None:
    soup = BeautifulSoup(page(changing), "html.parser")
    anchors = [str(tag["id"]) for tag in soup.select("h2 span")]
    assert [str(a["href"]) for a in soup.select(".register-months a")] == [f"#{a}" for a in anchors]
    assert [li.get_text().split()[0] for li in soup.select(".register-months li:has(ul)")] == ["2026", "2025"]


def test_a_correction_is_told_at_both_ends(changing: Manual) -> None:
    html, slug = page(changing), "core/arrangements"
    assert "Corrects version 1, as published from 1 April 2025 to 31 March 2026" in words(
        entry(html, slug, "2")
    )
    assert "Published with a mistake from 1 April 2025 to 31 March 2026 , put right by version 2." in words(
        entry(html, slug, "1")
    )


def test_paragraphs_lead_into_the_chapter_where_it_has_them(changing: Manual) -> None:
    """2.9 went, and what is called 3 is a section."""
    item = entry(page(changing), "core/arrangements", "2")
    links = {a.get_text(): a["href"] for a in item.select("dl a")}
    assert links == {"2.1": "../core/arrangements/#2.1", "section 3": "../core/arrangements/#3"}
    assert "Paragraphs 2.1 , 2.9, section 3" in words(item)


def test_a_version_leads_to_its_page(changing: Manual) -> None:
    html, slug = page(changing), "core/arrangements"
    found = {v: [a["href"] for a in entry(html, slug, v).select("a") if "Version" in a.text] for v in "1234"}
    assert found == {
        "1": ["../core/arrangements/versions/1/"],
        "2": ["../core/arrangements/versions/2/"],
        "3": ["../core/arrangements/"],
        "4": [],
    }
    assert "(not yet in force)" in words(entry(html, slug, "4"))


def test_what_never_applied_says_so(records: dict[str, History], manual: Manual) -> None:
    history = records["overtaken"]
    alone = dataclasses.replace(
        manual, chapters=(history.chapter,), histories={history.chapter.slug: history}
    )
    html = page(alone)
    assert "never in force" in words(entry(html, history.chapter.slug, "2"))
    assert "never in force" not in words(entry(html, history.chapter.slug, "2.1"))


def test_roles_are_those_of_the_record_and_else_of_the_chapter(changing: Manual) -> None:
    history = changing.histories["core/arrangements"]
    head = dataclasses.replace(
        history.chapter.head,
        roles=("police",),
        amendments=(
            dataclasses.replace(history.chapter.head.amendments[0], roles=("school",)),
            *history.chapter.head.amendments[1:],
        ),
    )
    live = dataclasses.replace(history.chapter, head=head)
    there = dataclasses.replace(
        changing,
        chapters=(live, *changing.chapters[1:]),
        histories={**changing.histories, live.slug: History(live, history.archive)},
    )
    html = page(there)
    assert entry(html, live.slug, "4")["data-role"] == "school"
    assert "Concerns Schools <all>" in words(entry(html, live.slug, "4"))
    assert entry(html, live.slug, "2")["data-role"] == "police"
    assert entry(html, "core/emigre", "1")["data-role"] == ""
    assert "<all>" not in html


def test_the_filter_offers_what_there_is_and_waits_for_the_script(changing: Manual) -> None:
    soup = BeautifulSoup(page(changing), "html.parser")
    box = soup.select_one(".register-filter")
    assert box
    assert box.has_attr("hidden")
    kinds = [option["value"] for option in box.select("[data-filter=kind] option")]
    assert kinds == ["", "new", "revised", "corrected", "reviewed", "withdrawn"]
    assert all(box.select_one(f"label[for='{select['id']}']") for select in box.select("select"))


def test_a_redline_is_linked_where_there_is_one() -> None:
    manual = load(Path(__file__).parents[2])
    linked = entry(page(manual), "core/referrals", "2")
    (link,) = [a for a in linked.select("a") if "changed" in a.text]
    assert link["href"] == "../core/referrals/changes/2/"
    assert link.text == "What version 2 of chapter 1.1 changed"


def test_a_manual_without_amendments(manual: Manual) -> None:
    html = page(dataclasses.replace(manual, chapters=()))
    assert outline(html) == [("Amendments", [])]
    assert "0 amendments" in html


def test_search_finds_the_page_by_its_title_alone(changing: Manual) -> None:
    parser = SEARCH.Parser()
    parser.feed(page(changing))
    parser.close()
    assert [("".join(s.title), "".join(s.text).strip()) for s in parser.data] == [("Amendments", "")]
