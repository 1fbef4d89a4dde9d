"""What every sheet says: as HTML for browsers without margins, and as a style sheet for those with them."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.editions import Edition, edition
from chapterhouse.model import History
from chapterhouse.render import pieces
from chapterhouse.render.stamp import Stamp, string
from chapterhouse.sheet import page_sheet, sheet

NAME, SITE = "Northmoor procedures", "https://procedures.northmoor.example/"
BUILT = date(2026, 11, 20)
LETTER = re.compile(r"\\([0-9a-f]{1,6}) |([^\\])", re.DOTALL)
HOSTILE = [
    'He said "no"',
    "back\\slash \\a \\22",
    "two\nlines\r\nand\fmore",
    "</style><script>alert(1)</script>",
    "*/ } @page { margin: 0 } /*",
    "\U0001f9d2\U0001f3fd child, Ŵ and 儿童",
    "url(https://elsewhere.example/)",
    "'; content: none; '",
]


def stamp(shown: Edition) -> Stamp:
    return Stamp(sheet(shown), "2.2 Local safeguarding arrangements, version 3", shown.today)


def live(records: dict[str, History], name: str = NAME, site: str = SITE) -> Edition:
    return edition(records["in-force"], BUILT, name, site)


def read(written: str) -> str:
    """The text of a string of a style sheet, by the rules of the standard (CSS Syntax 3, 4.3.5 and 4.3.7)."""
    assert written[0] == written[-1] == '"'
    inside = written[1:-1]
    assert '"' not in inside
    found = list(LETTER.finditer(inside))
    assert "".join(match[0] for match in found) == inside
    return "".join(chr(int(match[1], 16)) if match[1] else match[2] for match in found)


def test_every_sheet_says_what_it_is_and_where_to_check(records: dict[str, History]) -> None:
    shown = stamp(live(records))
    assert shown.lines[:4] == (
        "Northmoor procedures. 2.2 Local safeguarding arrangements",
        "Version 2, in force from 1 April 2026",
        "Printed from the site built on 20 November 2026",
        f"Site built 20 November 2026. Check {SITE}core/arrangements/ for the current version",
    )
    assert re.fullmatch(
        r"Copy ([0-9a-z]{7})-20261120: check it at"
        r" https://procedures\.northmoor\.example/check/\1/#20261120",
        shown.lines[4],
    )


def test_the_style_sheet_says_the_same_as_the_page(records: dict[str, History]) -> None:
    shown = stamp(live(records))
    for top in (True, False):
        soup = BeautifulSoup(pieces.stamped(shown, top=top), "html.parser")
        assert tuple(line.get_text() for line in soup.select("p")) == shown.lines
        assert [line.get_text() for line in soup.select("[data-printed]")] == [shown.printed]
    foot = re.match(r':root\{--ch-foot:("[^"]*");', shown.style)
    assert foot is not None
    assert read(foot[1]) == "\n".join(shown.lines)


def test_without_an_address_there_is_nothing_to_be_scanned(records: dict[str, History]) -> None:
    shown = stamp(live(records, site=""))
    assert "Check the website of the manual for the current version" in shown.lines[3]
    assert re.fullmatch("Copy [0-9a-z]{7}-20261120", shown.lines[4])
    assert "url(" not in shown.style


@pytest.mark.parametrize(("state", "mark"), [("in-force", ""), ("withdrawn", "Withdrawn")])
def test_what_does_not_apply_says_so_across_each_sheet(
    records: dict[str, History], state: str, mark: str
) -> None:
    html = pieces.stamped(stamp(edition(records[state], BUILT, NAME, SITE)), top=True)
    across = BeautifulSoup(html, "html.parser").select("[data-chapterhouse=mark]")
    assert [(tag.get_text(), tag["aria-hidden"]) for tag in across] == ([(mark, "true")] if mark else [])


def test_a_page_that_is_no_version_has_no_code() -> None:
    shown = Stamp(page_sheet(NAME, "Glossary", BUILT, f"{SITE}glossary/"), "Glossary", BUILT)
    assert shown.lines == (
        "Northmoor procedures. Glossary",
        "Printed from the site built on 20 November 2026",
        f"Site built 20 November 2026. Check {SITE}glossary/ for the current version",
    )


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_name_is_only_said(records: dict[str, History], title: str) -> None:
    shown = stamp(live(records, name=title))
    assert shown.style.isascii()
    assert read(shown.style.partition("--ch-foot:")[2].partition(";--ch-code:")[0]).startswith(title)
    assert not re.search(r"[<>]", shown.style.partition(";--ch-code:")[0])
    html = pieces.stamped(shown, top=False)
    assert BeautifulSoup(html, "html.parser").find(["style", "script"]) is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_from_a_string_of_a_style_sheet(text: str) -> None:
    written = string(text)
    assert read(written) == text
    assert written.isascii()
    assert not re.search(r"[\n\r\f<>]", written)


def test_a_long_foot_is_given_more_room(records: dict[str, History]) -> None:
    def room(shown: Stamp) -> int:
        found = re.search(r"margin-bottom:(\d+)mm", shown.style)
        assert found is not None
        return int(found[1])

    short = stamp(live(records))
    long = dataclasses.replace(short, sheet=dataclasses.replace(short.sheet, what="Long words " * 60))
    assert room(short) <= 38
    assert room(long) >= room(short) + 15
