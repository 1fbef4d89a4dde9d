"""The pieces around a text: every state as a golden page, and the laws that hold for all of them."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from chapterhouse.editions import Edition, edition
from chapterhouse.history import versions
from chapterhouse.manual import law
from chapterhouse.manual.former import Former
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Amendment, Head, History, Manual
from chapterhouse.render import pieces
from chapterhouse.render.cited import CitedLaw, cited_law
from chapterhouse.render.past import past
from chapterhouse.render.used import UsedTerms
from chapterhouse.terms import Glossary, Replacement, Term

SEARCH = importlib.import_module("material.plugins.search.plugin")
GOLDEN = Path(__file__).parent / "golden" / "pieces"
NAME, SITE = "Northmoor procedures", "https://procedures.northmoor.example/"
TEXT = (
    '<h2 id="3">3. Notification</h2>\n<div class="paragraph" id="3.4"><p>The author wrote this.</p></div>\n'
)
BUILT = date(2026, 11, 21)
LATER = date(2027, 1, 1)
BEFORE = date(2025, 3, 31)
# The case, the day, and which version is shown if it is not the one that the day shows.
PAGES = {
    "in-force": ("in-force", BUILT, ""),
    "review-overdue": ("in-force", date(2027, 4, 1), ""),
    "under-review": ("under-review", BUILT, ""),
    "under-review-late": ("under-review", LATER, ""),
    "changing": ("changing", BUILT, ""),
    "not-yet-in-force": ("changing", BEFORE, ""),
    "withdrawn": ("withdrawn", BUILT, ""),
    "superseded": ("under-review", BUILT, "1"),
    "superseded-review": ("changing", date(2027, 1, 4), "3"),
    "never-applied": ("overtaken", BUILT, "2"),
}
GLOSSARY = Glossary(
    (
        Term("duty desk", "body", "Who answers <first>.", abbreviation="DD"),
        Term(
            "Notification Panel",
            "body",
            "Who met.",
            replaced_by=Replacement(("duty desk",), date(2026, 11, 20)),
        ),
    )
)
TERMS = pieces.Explained(
    UsedTerms((), GLOSSARY.terms),
    lambda term, url: Markup('<p>{} <a href="{}">More</a></p>').format(
        term.definition, url("glossary/#more")
    ),
    GLOSSARY.successors,
)


def url(path: str) -> str:
    return f"../../{path}"


@pytest.fixture
def show(records: dict[str, History]) -> Callable[[str], Edition]:
    """The edition of a page by the name of its golden file."""

    def find(name: str) -> Edition:
        case, today, number = PAGES[name]
        history = records[case]
        if not number:
            return edition(history, today, NAME, SITE)
        version = next(version for version in versions(history) if version.number == number)
        return Edition(history, version, today, NAME, SITE)

    return find


def cited(shown: Edition) -> CitedLaw:
    """The law that the chapter of an edition cites, by itself."""
    register, chapter, day = law.national(), shown.chapter, shown.judged
    manual = Manual((chapter,), (), (), (), {}, frozenset(), {}, register, ())
    return cited_law(register, chapter, mentions(manual, chapter, day), day)


def top(shown: Edition) -> str:
    return pieces.top(shown, url, cited(shown), past(shown, law.national(), frozenset[str]().__contains__))


def end(shown: Edition) -> str:
    """The end of a page of a site that has no page of any instrument."""
    nothing = frozenset[str]().__contains__
    return pieces.end(shown, url, cited(shown), nothing, law.national(), TERMS, ())


def page(shown: Edition) -> str:
    return f"{top(shown)}\n{TEXT}\n{end(shown)}\n"


def words(html: str, hook: str) -> str:
    """What a reader reads in the element with a hook."""
    (found,) = BeautifulSoup(html, "html.parser").select(f"[data-chapterhouse={hook}]")
    return re.sub(r"\s+", " ", found.get_text())


@pytest.mark.parametrize("name", PAGES)
def test_every_state_is_said_as_in_its_golden_file(
    name: str, show: Callable[[str], Edition], golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"{name}.html", page(show(name)))


@pytest.mark.parametrize("name", PAGES)
def test_all_that_is_added_is_marked_and_each_hook_stands_once(
    name: str, show: Callable[[str], Edition]
) -> None:
    soup = BeautifulSoup(page(show(name)), "html.parser")
    for added in soup.find_all("h1", recursive=False) + soup.find_all("h2", id="3"):
        added.decompose()
    for element in soup.find_all(lambda tag: tag.get("class") != ["paragraph"], recursive=False):
        assert "data-chapterhouse-note" in element.attrs
        assert "data-search-exclude" in element.attrs
    hooks = [str(tag["data-chapterhouse"]) for tag in soup.select("[data-chapterhouse]")]
    assert len(hooks) == len(set(hooks))
    assert {"status", "amendments", "contents"} <= set(hooks)


@pytest.mark.parametrize("name", PAGES)
def test_ids_cannot_meet_the_anchors_of_a_chapter(name: str, show: Callable[[str], Edition]) -> None:
    html = page(show(name)).replace(TEXT, "")
    assert all(ours.startswith("chapterhouse-") for ours in re.findall(r' id="([^"]*)"', html))


@pytest.mark.parametrize("name", PAGES)
def test_search_finds_the_title_and_the_authors_text_and_nothing_else(
    name: str, show: Callable[[str], Edition]
) -> None:
    parser = SEARCH.Parser()
    parser.feed(page(show(name)))
    parser.close()
    found = [("".join(s.title).strip(), s.id, "".join(s.text).strip()) for s in parser.data]
    assert found == [
        ("2.2 Local safeguarding arrangements", None, ""),
        ("3. Notification", "3", "<p>The author wrote this.</p>"),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_page_leads_somewhere(name: str, show: Callable[[str], Edition]) -> None:
    shown = show(name)
    soup = BeautifulSoup(page(shown), "html.parser")
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)} | set(shown.chapter.anchors)
    links = [str(a["href"]) for a in soup.select("a[href^='#']")]
    assert links
    assert {link.removeprefix("#") for link in links} <= ids


@pytest.mark.parametrize("name", PAGES)
def test_words_that_a_later_day_changes_hold_on_the_day_of_the_build(
    name: str, show: Callable[[str], Edition]
) -> None:
    shown = show(name)
    for element in BeautifulSoup(page(shown), "html.parser").select("[data-due]"):
        assert date.fromisoformat(str(element["data-due"])) >= shown.today
        assert "data-overdue" in element.attrs


def test_a_review_is_late_the_day_after_it_was_due(records: dict[str, History]) -> None:
    def status(today: date) -> str:
        return words(top(edition(records["in-force"], today)), "status")

    assert "Due by 31 March 2027" in status(date(2027, 3, 31))
    assert "Was due by 31 March 2027 and has not been recorded" in status(date(2027, 4, 1))


def test_a_change_shows_on_its_day_and_not_before(records: dict[str, History]) -> None:
    def shown(today: date) -> Edition:
        return edition(records["changing"], today)

    eve, day = shown(date(2027, 1, 3)), shown(date(2027, 1, 4))
    assert (eve.amendment.version, eve.state) == ("3", "under-review")
    assert (day.amendment.version, day.state) == ("4", "in-force")
    assert "Changes on 4 January 2027" in words(top(eve), "scheduled")
    assert 'data-chapterhouse="scheduled"' not in top(day)


def test_the_owner_is_todays_and_the_text_is_that_of_the_version(records: dict[str, History]) -> None:
    history = records["in-force"]
    live = dataclasses.replace(history.chapter, head=with_(history.chapter.head, owner="The new owner"))
    first = dataclasses.replace(
        history.archive["1"], head=with_(history.archive["1"].head, title="The old title")
    )
    changed = History(live, {**history.archive, "1": first})
    html = top(Edition(changed, versions(changed)[0], BUILT))
    assert "The new owner" in words(html, "status")
    assert "The old title" in html


def test_an_interim_rule_that_suspends_the_text_says_so(records: dict[str, History]) -> None:
    head = records["under-review"].chapter.head
    assert head.under_review

    def banner(*paragraphs: str) -> str:
        assert head.under_review
        review = dataclasses.replace(head.under_review, still_applies=False, paragraphs=paragraphs)
        chapter = dataclasses.replace(records["under-review"].chapter, head=with_(head, under_review=review))
        return words(top(edition(History(chapter, {}), BUILT)), "under-review")

    assert banner("3.4").startswith(" Under review since 1 September 2026 ")
    assert "Do not rely on the paragraphs named below." in banner("3.4")
    assert "Do not rely on the text below." in banner()


def test_front_matter_is_text_and_never_markup(records: dict[str, History]) -> None:
    live = records["in-force"].chapter
    head = with_(live.head, title="<script>alert(1)</script>", owner='" onclick="x')
    chapter = dataclasses.replace(live, head=head)
    html = page(edition(History(chapter, {}), BUILT, '"><img src=x>', SITE))
    assert "<script" not in html
    assert "<img" not in html
    assert not BeautifulSoup(html, "html.parser").select("[onclick]")


def test_what_a_citation_needs_stands_on_the_status_line(show: Callable[[str], Edition]) -> None:
    (status,) = BeautifulSoup(page(show("superseded")), "html.parser").select("[data-chapterhouse=status]")
    keys = ("manual", "chapter", "version", "effective", "standing")
    assert {key: status[f"data-{key}"] for key in keys} == {
        "manual": NAME,
        "chapter": "2.2",
        "version": "1",
        "effective": "2025-04-01",
        "standing": "version 1, in force from 1 April 2025 to 31 March 2026",
    }


@pytest.mark.parametrize(
    ("path", "what", "words"),
    [
        ("", "", "It is now at 2.2 Local safeguarding arrangements."),
        (
            "versions/1/",
            "version 1",
            "What stood here is now at 2.2 Local safeguarding arrangements, version 1.",
        ),
    ],
)
def test_an_old_address_leads_to_the_new_one(
    records: dict[str, History], path: str, what: str, words: str
) -> None:
    html = pieces.moved(edition(records["in-force"], BUILT), path, what)(url)
    soup = BeautifulSoup(html, "html.parser")
    (link,) = soup.select("[data-chapterhouse=moved] a")
    assert link["href"] == f"../../core/arrangements/{path}"
    assert words in soup.get_text()


MOVED, AGAIN, OUT = (
    Amendment(number, date(year, 4, 1), date(year, 4, 1), "revised", "Changed.")
    for number, year in (("2", 2021), ("3", 2022), ("4", 2023))
)


@pytest.mark.parametrize(
    ("one", "words", "own"),
    [
        (
            Former("2.2", "", ((MOVED, "2.5"),), None, "", reused=False),
            "Paragraph 2.2 is now paragraph 2.5, since 1 April 2021 (version 2).",
            True,
        ),
        (
            Former("2.2", "", ((MOVED, "2.5"),), None, "", reused=True),
            (
                "What was paragraph 2.2 until 31 March 2021 is now paragraph 2.5, since 1 April 2021"
                " (version 2). Number 2.2 has since been given to another text."
            ),
            False,
        ),
        (
            Former("2.2", "", ((MOVED, "2.3"), (AGAIN, "2.5")), None, "", reused=False),
            (
                "Paragraph 2.2 became 2.3 on 1 April 2021 (version 2), and is now paragraph 2.5,"
                " since 1 April 2022 (version 3)."
            ),
            True,
        ),
        (
            Former("3.4", "", (), OUT, "3", reused=False),
            "Paragraph 3.4 was removed on 1 April 2023 (version 4). The last text of 3.4",
            True,
        ),
        (
            Former("3.4", "", ((MOVED, "3.5"),), OUT, "3", reused=False),
            (
                "Paragraph 3.4 became 3.5 on 1 April 2021 (version 2), and was removed on 1 April 2023"
                " (version 4). The last text of 3.5"
            ),
            True,
        ),
        (
            Former("3", "3", (), OUT, "3", reused=False),
            "Section 3 was removed on 1 April 2023 (version 4). The last text of it",
            True,
        ),
        (
            Former("fees", "Fees <b>", (), OUT, "3", reused=False),
            "The heading “Fees <b>” was removed on 1 April 2023 (version 4). The last text of it",
            True,
        ),
        (
            Former("3", "3", ((MOVED, "4"),), None, "", reused=False, became="4"),
            "Section 3 is now section 4, since 1 April 2021 (version 2).",
            True,
        ),
        (
            Former(
                "fees", "Fees", ((MOVED, "x"), (AGAIN, "costs")), None, "", reused=False, became="Costs <b>"
            ),
            "The heading “Fees” is now the heading “Costs <b>”, since 1 April 2022 (version 3).",
            True,
        ),
    ],
)
def test_a_number_that_is_no_longer_used_says_what_became_of_it(
    show: Callable[[str], Edition], one: Former, words: str, *, own: bool
) -> None:
    shown = show("in-force")
    html = pieces.end(shown, url, cited(shown), lambda _: True, law.national(), TERMS, (one,))
    (item,) = BeautifulSoup(html, "html.parser").select("[data-chapterhouse=gone] li")
    assert " ".join(item.get_text().split()) == words
    assert item.get("id") == (one.anchor if own else None)
    hrefs = [str(a["href"]) for a in item.select("a")]
    base = "../../core/arrangements/"
    page = f"{base}versions/3/" if one.title else f"{base}changes/"
    assert hrefs == [f"{page}#{one.now}" if one.removed else f"#{one.now}"]


def test_a_draft_has_no_edition(records: dict[str, History]) -> None:
    draft = dataclasses.replace(records["in-force"].chapter, head=Head(chapter="2.2", status="draft"))
    with pytest.raises(ValueError, match="no version to show"):
        top(edition(History(draft, {}), BUILT))


def with_(head: Head, **values: object) -> Head:
    return dataclasses.replace(head, **values)  # type: ignore[arg-type]
