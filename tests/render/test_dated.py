"""The manual as at a date: the tables of what held when, the page of a day, and the page of a version."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from chapterhouse.editions import Edition, edition
from chapterhouse.history import versions
from chapterhouse.manual import load, standing
from chapterhouse.model import History, Manual
from chapterhouse.render import pieces
from chapterhouse.render.cited import cited_law
from chapterhouse.render.dated import Dated
from chapterhouse.render.past import past

SEARCH = importlib.import_module("material.plugins.search.plugin")
GOLDEN = Path(__file__).parent / "golden" / "indexes"
BUILT = date(2026, 11, 21)


def url(path: str) -> str:
    return f"../{path}"


def nothing(_: str) -> bool:
    return False


@pytest.fixture(scope="module")
def sample() -> Manual:
    return load(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def dated(sample: Manual) -> Dated:
    return Dated(sample, BUILT, nothing)


def cells(html: str, name: str) -> list[list[str]]:
    """The rows of a table by the name of its box, as a reader sees them."""
    (table,) = BeautifulSoup(html, "html.parser").select(f"[aria-label='{name}']")
    return [[" ".join(c.get_text().split()) for c in row.select("th, td")] for row in table.select("tr")]


def test_as_in_the_golden_files(manual: Manual, golden: Callable[[Path, str], None]) -> None:
    dated = Dated(manual, BUILT, nothing)
    golden(GOLDEN / "as-at.html", dated.page(url) + "\n")
    golden(GOLDEN / "as-at-day.html", dated.day(date(2026, 4, 1), url) + "\n")


@pytest.mark.parametrize("slug", ["core/referrals", "arrangements/local-safeguarding-arrangements"])
def test_every_version_with_its_days(sample: Manual, dated: Dated, slug: str) -> None:
    rows = [(row.amendment, row.until) for row in dated.versions if row.slug == slug]
    assert rows == [(one.amendment, one.until) for one in versions(sample.histories[slug])]


def test_a_row_holds_on_the_days_of_the_view(sample: Manual, dated: Dated) -> None:
    """Each day of change, the day before it, and one far ahead."""
    days = [day - timedelta(before) for day in dated.days for before in (0, 1)]
    for day in [*days, date(2036, 1, 1)]:
        view = standing.as_at(sample, day)
        rows = [(row.slug, row.amendment) for row in dated.versions if row.holds(day)]
        assert rows == [(one.slug, one.amendment) for one in view.chapters if one.version]
        assert [row.record for row in dated.mistakes if row.holds(day)] == [
            one.correction for one in view.corrections
        ]
        assert len([row for row in dated.guidance if row.holds(day)]) == len(view.guidance)


def test_the_page_of_a_day_tells_what_held_on_it(dated: Dated) -> None:
    html = dated.day(date(2022, 7, 1), url)
    rows = {row[0]: row[1:] for row in cells(html, "Versions of chapters")}
    assert rows["2.2 Local safeguarding arrangements"] == [
        "Version 3",
        "1 July 2022",
        "11 September 2022",
        "In force",
    ]
    assert rows["2.7 Serious case reviews"][3] == "Withdrawn"
    wrong = {row[0]: row[1:] for row in cells(html, "What was published in error")}
    assert wrong["2.2 Local safeguarding arrangements"][:3] == ["3", "1 July 2022", "11 September 2022"]
    assert wrong["2.2 Local safeguarding arrangements"][3].startswith("Version 3.1: ")
    guidance = [row[0] for row in cells(html, "Editions of statutory guidance")[1:]]
    assert "Working Together to Safeguard Children (2018)" in guidance
    assert "Working Together to Safeguard Children (2023)" not in guidance


def test_the_links_of_a_day_carry_it(dated: Dated) -> None:
    soup = BeautifulSoup(dated.day(date(2022, 7, 1), url), "html.parser")
    links = [str(a["href"]) for a in soup.select(".dated-versions a")]
    assert "../core/referrals/versions/2/?as-at=2022-07-01" in links
    assert all(link.endswith("/?as-at=2022-07-01") for link in links)


def test_the_days_lead_from_one_to_the_next(dated: Dated) -> None:
    walked, day = [], dated.days[0]
    while True:
        walked.append(day)
        soup = BeautifulSoup(dated.day(day, url), "html.parser")
        following = [li for li in soup.select(".dated-turns li") if "next" in li.text]
        if not following:
            break
        link = following[0].select_one("a")
        assert link
        day = date.fromisoformat(str(link["href"]).strip("/").rpartition("/")[2])
    assert tuple(walked) == dated.days


def test_what_is_to_come_leads_to_the_notice_of_it(dated: Dated) -> None:
    row = next(row for row in dated.versions if row.since and row.since > BUILT)
    assert (row.page, row.dated) == (
        "arrangements/local-safeguarding-arrangements/#chapterhouse-scheduled",
        False,
    )
    there = Dated(dated.manual, BUILT, lambda _: True)
    row = next(row for row in there.versions if row.since and row.since > BUILT)
    assert row.page.startswith("arrangements/local-safeguarding-arrangements/changes/")


def test_what_never_applied_is_listed_and_holds_on_no_day(
    records: dict[str, History], manual: Manual
) -> None:
    history = records["overtaken"]
    alone = dataclasses.replace(
        manual, chapters=(history.chapter,), histories={history.chapter.slug: history}
    )
    rows = Dated(alone, BUILT, nothing).versions
    assert [(row.amendment.version, row.state) for row in rows] == [
        ("1", "In force"),
        ("2", "Never in force"),
        ("2.1", "In force"),
    ]
    assert not rows[1].holds(date(2026, 4, 1))


def test_a_manual_without_chapters(manual: Manual) -> None:
    html = Dated(dataclasses.replace(manual, chapters=()), BUILT, nothing).page(url)
    assert cells(html, "Versions of chapters") == [["Chapter", "Version", "From", "Until", "State"]]


def test_search_finds_the_page_by_its_title_alone(dated: Dated) -> None:
    parser = SEARCH.Parser()
    parser.feed(dated.page(url))
    parser.close()
    assert [("".join(s.title), "".join(s.text).strip()) for s in parser.data] == [("As at a date", "")]


def then(shown: Edition, manual: Manual, *, everything: bool = False) -> Tag:
    """What the page of a version says of the time in which it applied."""
    law = cited_law(manual.register, shown.chapter, (), shown.judged)
    html = pieces.top(shown, url, law, past(shown, manual.register, lambda _: everything))
    found = BeautifulSoup(html, "html.parser").select_one("[data-chapterhouse=then]")
    assert found
    return found


def version(manual: Manual, slug: str, number: str) -> Edition:
    history = manual.histories[slug]
    return Edition(history, next(v for v in versions(history) if v.number == number), BUILT)


def test_the_page_of_a_version_lists_the_guidance_of_its_time(sample: Manual) -> None:
    box = then(version(sample, "core/referrals", "2"), sample)
    assert not box.has_attr("hidden")
    said = " ".join(box.get_text().split())
    for edition_of in ("(2018), from 4 July 2018 to 14 December 2023", "(2023), from 15 December 2023"):
        assert f"Working Together to Safeguard Children {edition_of}" in said
    assert "(2015)" not in said
    assert "(2026)" not in said
    assert (box["data-from"], box["data-until"]) == ("2019-06-24", "2024-03-31")


def test_a_mistake_leads_to_its_correction(sample: Manual) -> None:
    slug = "arrangements/local-safeguarding-arrangements"
    box = then(version(sample, slug, "3"), sample, everything=True)
    (link,) = box.select("a")
    assert link["href"] == f"../{slug}/changes/3.1/"
    assert "From 1 July 2022 to 11 September 2022, put right by version 3.1: Paragraph" in " ".join(
        box.get_text().split()
    )


def test_the_current_page_keeps_it_until_somebody_asks_for_a_day(sample: Manual) -> None:
    box = then(edition(sample.histories["core/referrals"], BUILT), sample)
    assert box.has_attr("hidden")
    assert box["data-until"] == ""


def test_the_banner_leads_to_the_redlines(sample: Manual) -> None:
    shown = version(sample, "core/referrals", "2")
    law = cited_law(sample.register, shown.chapter, (), shown.judged)
    html = pieces.top(shown, url, law, past(shown, sample.register, lambda _: True))
    banner = BeautifulSoup(html, "html.parser").select("[data-chapterhouse=superseded] a")
    assert [(a["href"], a.text) for a in banner] == [
        ("../core/referrals/", "Go to the current version of this chapter"),
        ("../core/referrals/changes/2/", "What version 2 changed"),
        ("../core/referrals/changes/3/", "What version 3 changed, which took its place"),
    ]
