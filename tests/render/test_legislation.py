"""The pages of the law: what readers are told, and where the links lead."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from chapterhouse import crossreference
from chapterhouse import manual as manuals
from chapterhouse.crossreference import Index
from chapterhouse.render import legislation
from chapterhouse.render.duties import tables

TODAY = date(2026, 11, 21)
LAW = """---
chapter: "1.10"
title: Law & order
version: "1"
owner: Procedures Subgroup
review: {due: 2027-03-31}
amendments:
  - {version: "1", effective: 2026-04-01, published: 2026-03-25, kind: new, summary: First issue.}
---

## 1. Law

1.1 See section 47(1) and section 17 of the Children Act 1989, and Working Together 2018.

1.2 Section 47(1) again, and section 13 of the Children Act 2004. Northmoor Thresholds & Needs (2020).
"""
LOCAL = """
instruments:
  - id: guidance/northmoor-threshold
    title: Northmoor Thresholds & Needs
    year: 2020
    territory: england
    url: https://www.northmoor.example/threshold
    facts:
      - effect: in-force
        territory: england
        from: 2020-01-06
        text: Published.
        confidence: high
        basis: lookup
      - effect: replaced
        territory: england
        from: 2024-02-05
        replaced_by: [guidance/working-together-2023]
        text: It was taken into other guidance.
        confidence: low
        basis: memory
"""


def url(path: str) -> str:
    return f"../{path}"


def load(root: Path, *, local: str = "") -> Index:
    (root / "procedures/core/law.md").write_text(LAW, "utf-8")
    (root / "procedures/legislation.yml").write_text(local + LOCAL, "utf-8")
    manual = manuals.load(root)
    assert [d for d in manual.diagnostics if "legislation" in d.path] == []
    return crossreference.index(manual, TODAY)


@pytest.fixture
def index(small_manual: Path) -> Index:
    return load(small_manual)


def words(tag: Tag | None) -> str:
    assert tag is not None
    return re.sub(r"\s+", " ", tag.get_text()).strip()


def page(index: Index, identifier: str) -> BeautifulSoup:
    html = legislation.instrument(index, index.by_id[identifier], url)
    return BeautifulSoup(html, "html.parser")


def rows(index: Index) -> dict[str, str]:
    """The rows of the index: the provision with its instrument, and the words about it."""
    soup = BeautifulSoup(legislation.index(index, url), "html.parser")
    return {
        f"{words(entry.h4)}: {words(row.a)}": words(row)
        for entry in soup.select(".law-entry")
        for row in entry.select(".law-provision")
    }


def test_each_provision_says_where_it_is_cited_how_it_stands_and_what_replaced_it(index: Index) -> None:
    found = rows(index)
    assert found["Children Act 1989: Section 47(1)"] == "Section 47(1) In force 1.10: 1.1, 1.2"
    assert found["Children Act 1989: Section 17"].startswith(
        "Section 17 In force in England; repealed for Wales on 6 April 2016; replaced for Wales by Part 3 of"
    )
    assert re.match(
        "Section 13 Repealed on .*; replaced by section 16E of the Children Act 2004 1.10: 1.2",
        found["Children Act 2004: Section 13"],
    )


def test_groups_and_headings(index: Index) -> None:
    soup = BeautifulSoup(legislation.index(index, url), "html.parser")
    heads = [(tag.name, words(tag)) for tag in soup.select("h1, h2, h3, h4")]
    assert heads[:6] == [
        ("h1", "Law and guidance"),
        ("h2", "Acts"),
        ("h3", "England and Wales"),
        ("h4", "Children Act 1989"),
        ("h4", "Children Act 2004"),
        ("h2", "Guidance"),
    ]
    assert heads[-3:] == [("h2", "Duties of bodies"), ("h3", "England"), ("h3", "Wales")]


def test_a_filter_is_there_only_where_scripts_show_it(index: Index) -> None:
    soup = BeautifulSoup(legislation.index(index, url), "html.parser")
    (box,) = soup.select(".law-filter")
    assert "hidden" in box.attrs
    assert words(box.label) == "Filter by title, abbreviation or section number"
    assert soup.select_one("[role=status]") is not None
    assert soup.select_one(".law-filter [role=status]") is None


def test_what_is_not_settled_is_never_told_as_settled(index: Index) -> None:
    soup = page(index, "guidance/northmoor-threshold")
    assert words(soup.h1) == "Northmoor Thresholds & Needs (2020)"
    assert words(soup.select_one("p .law-state")) == (
        "Believed superseded by Working Together to Safeguard Children (2023); not confirmed"
    )
    told = [words(item) for item in soup.select(".law-known > li")]
    assert told[0] == "In force in England from 6 January 2020 Published."
    assert told[1].startswith("Replaced for England on 5 February 2024 Not confirmed: It was taken")


def test_the_page_of_an_instrument_has_an_address_for_each_provision_and_quotes_the_words(
    index: Index,
) -> None:
    soup = page(index, "ukpga/1989/41")
    assert words(soup.select_one("#section-47-1")) == "Section 47(1)"
    places = [words(place.parent) for place in soup.find_all("a", href="../core/law/#1.1")]
    assert places == ["1.1 “section 47(1) and section 17 of the Children Act 1989”"] * 2
    assert soup.find("a", href="../core/law/", string="1.10 Law & order") is not None
    assert soup.find("a", href="https://www.legislation.gov.uk/ukpga/1989/41/section/47/1") is not None
    whole = page(index, "guidance/working-together-2018")
    assert words(whole.select_one("p .law-state")) == (
        "Superseded on 15 December 2023 by Working Together to Safeguard Children (2023)"
    )


def test_editions_of_guidance_name_each_other_the_newest_first(index: Index) -> None:
    listed = page(index, "guidance/working-together-2018").find("ul")
    assert isinstance(listed, Tag)
    items = [words(item) for item in listed.select("li")]
    years = [int(found[1]) for item in items if (found := re.search(r"\((\d{4})\)", item))]
    assert years == sorted(years, reverse=True)
    assert items[0] == "Working Together to Safeguard Children (2026): In force"
    assert any(item.startswith("Working Together to Safeguard Children (2018) (this page)") for item in items)


def test_what_is_not_cited_says_so(index: Index) -> None:
    soup = page(index, "anaw/2014/4")
    assert "Not cited in the manual as it stands." in words(soup.select_one("h1 + section"))


def test_duties_stand_in_a_table_with_heads_and_link_both_ways(index: Index) -> None:
    soup = BeautifulSoup(legislation.index(index, url), "html.parser")
    england, wales = soup.select("table")
    for table in (england, wales):
        spans = [int(str(th["colspan"])) for th in table.select("th[scope=colgroup]")]
        columns = table.select("th[scope=col]")
        assert sum(spans) == len(columns)
        for row in table.select("tbody tr"):
            assert len(row.select("th[scope=row]")) == 1
            assert len(row.select("td")) == len(columns)
        for head in columns:
            link = head.a
            assert link is not None
            address, _, anchor = str(link["href"]).removeprefix("../legislation/").partition("#")
            target = page(index, address.strip("/"))
            assert target.find(id=anchor) is not None
            backwards = {str(a["href"]) for a in target.select(".law-bodies a")}
            assert backwards
            assert backwards <= {f"../legislation/#{row['id']}" for row in soup.select("tbody tr[id]")}
    police = england.find("tr", id="duties-england-chief-officer-of-police")
    assert isinstance(police, Tag)
    cells = [words(cell) for cell in police.select("td")]
    assert [cell for cell in cells if cell] == ["section 10", "section 11", "section 16E"]
    school = england.select_one("#duties-england-maintained-school-governing-body th")
    assert words(school) == "Maintained school (governing body), recorded with medium confidence"


def test_a_manual_of_one_country_has_the_duties_of_that_country(small_manual: Path) -> None:
    index = load(small_manual, local="territory: wales\n")
    (table,) = tables(index)
    assert table.place == "Wales"
    assert table.rows[-1].body.startswith("Home Office")


def test_no_excluded_element_holds_one_of_its_own_kind(index: Index) -> None:
    """Search would take the end of the inner one for the end of both."""
    for html in (legislation.index(index, url), legislation.instrument(index, index.entries[0], url)):
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.select("[data-search-exclude]"):
            assert tag.find(tag.name) is None
        assert [h for h in soup.select("h2, h3, h4") if h.has_attr("id")] == []
        ids = [str(tag["id"]) for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))
