"""The page of the glossary: what stands where, at which addresses, and where its links lead."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from chapterhouse import manual as manuals
from chapterhouse.site import Site
from chapterhouse.terms import Glossary, Term

SEARCH = importlib.import_module("material.plugins.search.plugin")
GOLDEN = Path(__file__).parent / "golden" / "glossary"
BUILT = date(2026, 11, 21)
WORDS = """
schema: 1
terms:
  - term: 16 plus team
    kind: body
    definition: They help after care.
  - term: local authority designated officer
    abbreviation: LADO
    aliases: [designated officer, "l.a.d.o."]
    kind: role
    definition: |
      Whom *employers* tell, as chapter 1.2, paragraph 2.1 and [the records](core/records.md#1.1) say. The
      LADO holds a strategy discussion under section 47 of the Children Act 1989, & reads [more][x].

      - One;
      - two <small>small</small>.

      [x]: https://northmoor.example/?a=1&b=2
    source: Working Together & 5 < 6
    see: [Émigré panel]
  - term: strategy discussion
    kind: meeting
    definition: Whoever took part may not be a LADO.
  - term: Émigré panel
    kind: meeting
    definition: It sits.
  - term: duty desk
    kind: body
    definition: It rings.
    replaced_by: {terms: [16 plus team, strategy discussion], since: 2026-11-21}
  - term: referral form
    kind: process
    definition: It is written.
    replaced_by: {terms: [duty desk], since: 2026-11-22}
"""
CHAPTER = """---
chapter: "1.{number}"
title: {title}
version: "{version}"
{more}owner: Procedures Subgroup
review: {{due: 2027-03-31}}
amendments:
{amendments}
---

## 1. The LADO

1.1 The designated officer.

1.2 See 16 plus teams[^1] and the LADO. The LADO.

[^1]: A LADO.
"""
NEW = '  - {version: "1", effective: %s, published: 2024-01-01, kind: new, summary: First issue.}'
GONE = '  - {version: "2", effective: 2026-01-01, published: 2026-01-01, kind: withdrawn, summary: Gone.}\n'


@pytest.fixture
def site(small_manual: Path, archive: Callable[..., None]) -> Site:
    """A manual with a glossary, a chapter that uses it, one to come, a draft and a withdrawn one."""
    folder = small_manual / "procedures"
    (folder / "glossary.yml").write_text(WORDS, "utf-8")
    for number, name, version, more, amendments in (
        (20, "telling", "1", "", NEW % "2026-01-01"),
        (21, "to-come", "1", "", NEW % "2027-01-01"),
        (22, "draft", "1", "status: draft\n", NEW % "2026-01-01"),
        (23, "gone", "2", "status: withdrawn\n", GONE + NEW % "2024-01-01"),
    ):
        text = CHAPTER.format(
            number=number, title=f"About {name}", version=version, more=more, amendments=amendments
        )
        if name == "draft":
            text = text.replace(f'version: "{version}"\n', "").replace(f"amendments:\n{amendments}\n", "")
        (folder / f"core/{name}.md").write_text(text, "utf-8")
        if name == "gone":
            past = small_manual / "amendments/core/gone"
            past.mkdir()
            old = CHAPTER.format(
                number=number, title="About gone", version="1", more="", amendments=NEW % "2024-01-01"
            )
            (past / "1.md").write_text(old, "utf-8")
    archive(small_manual)
    manual = manuals.load(small_manual)
    assert manual.diagnostics == ()

    def wall(*complaint: str) -> None:
        pytest.fail(" ".join(complaint))

    return Site(manual, BUILT, "Case procedures", "", wall)


@pytest.fixture
def html(site: Site) -> str:
    page = site.by_source["glossary.md"]
    assert (page.address, page.title, page.text, page.listed, page.searched) == (
        "glossary/",
        "Glossary",
        "",
        True,
        True,
    )
    assert page.before is not None
    return page.before(page.url)


@pytest.fixture
def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def entry(soup: BeautifulSoup, term: str) -> Tag:
    (found,) = soup.select(f"[data-chapterhouse=term][data-term='{term}']")
    return found


def fact(soup: BeautifulSoup, term: str, name: str) -> str:
    """One of the facts of an entry; empty where it is not told."""
    facts = (
        (div.dt.get_text(), div.dd.get_text())
        for div in entry(soup, term).select("dl div")
        if div.dt and div.dd
    )
    return dict(facts).get(name, "")


def links(tag: Tag) -> list[tuple[str, str]]:
    return [(a.get_text(), str(a["href"])) for a in tag.find_all("a")]


def test_the_page_as_in_the_golden_file(html: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "page.html", html + "\n")


def test_terms_stand_from_a_to_z_under_their_letters(soup: BeautifulSoup) -> None:
    outline: list[tuple[str, list[str]]] = []
    for heading in soup.select("h2, h3"):
        if heading.name == "h2":
            outline.append((heading.get_text(), []))
        else:
            outline[-1][1].append(heading.get_text())
    assert outline == [
        ("0 to 9", ["16 plus team"]),
        ("D", ["duty desk"]),
        ("E", ["Émigré panel"]),
        ("L", ["local authority designated officer (LADO)"]),
        ("R", ["referral form"]),
        ("S", ["strategy discussion"]),
    ]
    (letters,) = soup.select("nav")
    assert [words for words, _ in links(letters)] == [title for title, _ in outline]
    (opening,) = soup.select(".glossary > p")
    assert opening.get_text() == "6 terms"


def test_every_address_is_there_once_and_every_link_of_the_page_leads_to_one(
    soup: BeautifulSoup, site: Site
) -> None:
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    within = {str(a["href"]).partition("#")[2] for a in soup.select("a[href^='#'], a[href*='../glossary/#']")}
    assert len(within) > 8
    assert within <= set(ids)
    assert site.by_source["glossary.md"].anchors <= set(ids)


def test_abbreviations_and_aliases_are_addresses_of_the_term(soup: BeautifulSoup) -> None:
    heading = soup.find(id="local-authority-designated-officer")
    assert isinstance(heading, Tag)
    assert [str(tag["id"]) for tag in heading.find_all(id=True)] == ["lado", "designated-officer", "l-a-d-o"]
    assert soup.find(id="émigré-panel")


def test_an_address_that_is_taken_is_not_given_again() -> None:
    terms = (
        Term("care panel", "body", "It sits.", aliases=("panel of care", "Panel-of-care", "family team")),
        Term("family team", "body", "They help.", aliases=("Panel, of care", "care team", "!")),
    )
    further = Glossary(terms).further_anchors
    assert further == {"care panel": ("panel-of-care",), "family team": ("care-team",)}


def test_a_definition_is_markdown_whose_links_lead_on(soup: BeautifulSoup) -> None:
    (definition,) = entry(soup, "local authority designated officer").select(".glossary-definition")
    assert links(definition) == [
        ("chapter 1.2, paragraph 2.1", "../core/referrals/#2.1"),
        ("the records", "../core/records/#1.1"),
        ("strategy discussion", "../glossary/#strategy-discussion"),
        (
            "section 47 of the Children Act 1989",
            "https://www.legislation.gov.uk/ukpga/1989/41/section/47",
        ),
        ("more", "https://northmoor.example/?a=1&b=2"),
    ]
    assert [li.get_text() for li in definition.find_all("li")] == ["One;", "two small."]
    (other,) = entry(soup, "strategy discussion").select(".glossary-definition")
    assert links(other) == [("LADO", "../glossary/#local-authority-designated-officer")]
    assert not soup.select("[aria-describedby]")


def test_a_definition_leads_on_from_a_chapter_too(site: Site) -> None:
    chapter = site.by_source["core/telling.md"]
    term = site.manual.glossary.by_term["local authority designated officer"]
    leads = [
        href for _, href in links(BeautifulSoup(site.definitions.html(term, chapter.url), "html.parser"))
    ]
    assert leads[:3] == [
        "../../core/referrals/#2.1",
        "../../core/records/#1.1",
        "../../glossary/#strategy-discussion",
    ]


def test_see_also_is_said_at_both(soup: BeautifulSoup) -> None:
    assert fact(soup, "local authority designated officer", "See also") == "Émigré panel"
    assert fact(soup, "Émigré panel", "See also") == "local authority designated officer"
    assert fact(soup, "strategy discussion", "See also") == ""


def test_what_editors_write_is_text(soup: BeautifulSoup, html: str) -> None:
    lado = "local authority designated officer"
    assert fact(soup, lado, "Source") == "Working Together & 5 < 6"
    assert entry(soup, lado).find("p", string="Also called: designated officer, l.a.d.o.")
    assert fact(soup, lado, "Kind") == "Role"
    assert "&amp; 5 &lt; 6" in html


def test_a_term_that_has_gone_says_so_and_what_is_the_word_now(soup: BeautifulSoup) -> None:
    (gone,) = entry(soup, "duty desk").select(".glossary-gone")
    assert gone.get_text() == (
        "No longer the word since 21 November 2026. Now: 16 plus team, strategy discussion."
    )
    assert links(gone) == [("16 plus team", "#16-plus-team"), ("strategy discussion", "#strategy-discussion")]
    (to_go,) = entry(soup, "referral form").select(".glossary-gone")
    assert to_go.get_text() == (
        "The word until 21 November 2026; from then on: 16 plus team, strategy discussion."
    )
    assert len(soup.select(".glossary-gone")) == 2


def test_where_a_term_is_used(soup: BeautifulSoup) -> None:
    """In what is in force and what is to come: neither in drafts nor in what is withdrawn."""
    (used,) = entry(soup, "local authority designated officer").select(".glossary-uses")
    assert re.sub(r"\s+", " ", used.get_text()) == (
        "Used in chapter 1.20: section 1, 1.1, 1.2; chapter 1.21 (not yet in force): section 1, 1.1, 1.2."
    )
    assert [href for _, href in links(used)][:4] == [
        "../core/telling/",
        "../core/telling/#1",
        "../core/telling/#1.1",
        "../core/telling/#1.2",
    ]
    (unused,) = entry(soup, "Émigré panel").select(".glossary-uses")
    assert unused.get_text() == "No chapter uses it."


def test_the_search_reads_definitions_and_no_facts_about_them(html: str) -> None:
    parser = SEARCH.Parser()
    parser.feed(html)
    parser.close()
    found = {"".join(s.title).strip(): "".join(s.text) for s in parser.data}
    assert list(found) == [
        "Glossary",
        "16 plus team",
        "duty desk",
        "Émigré panel",
        "local authority designated officer (LADO)",
        "referral form",
        "strategy discussion",
    ]
    assert "It sits." in found["Émigré panel"]
    assert "Also called: designated officer" in found["local authority designated officer (LADO)"]
    about = "Used in|No chapter|Kind|Source|See also"
    assert not [title for title, text in found.items() if re.search(about, text)]


def test_a_manual_without_a_glossary_has_no_page_of_it(small_manual: Path) -> None:
    site = Site(manuals.load(small_manual), BUILT, "Case procedures", "", lambda *_: None)
    assert "glossary.md" not in site.by_source
    assert not any(page.synonyms for page in site.pages)
