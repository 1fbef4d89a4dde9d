"""The manual as at a date: the page that picks one, and the chapters that are opened from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page

from chapterhouse.manual import standing
from chapterhouse.model import Manual

ROWS = """all => all.filter(row => row.checkVisibility())
  .map(row => [row.querySelector("th").innerText, row.querySelector("a").innerText])"""
ARRANGEMENTS = "arrangements/local-safeguarding-arrangements/"


def rows(page: Page) -> list[list[str]]:
    """The versions that a reader sees: chapter and version."""
    found: list[list[str]] = page.locator(".dated-versions tbody tr").evaluate_all(ROWS)
    return found


def status(page: Page) -> str:
    page.clock.run_for(600)
    return page.get_by_role("article").get_by_role("status").inner_text()


@pytest.fixture
def page(visit: Callable[..., Page], pages: dict[str, str]) -> Page:
    return visit(pages["as-at"])


@pytest.mark.parametrize(
    "day", ["2016-04-01", "2019-06-23", "2019-06-24", "2022-08-15", "2026-11-21", "2036-01-01"]
)
def test_a_date_leaves_what_was_in_force_on_it(page: Page, manual: Manual, day: str) -> None:
    page.get_by_label("Show what was in force on").fill(day)
    said = status(page)
    view = standing.as_at(manual, date.fromisoformat(day))
    then = [one for one in view.chapters if one.version]
    assert rows(page) == [
        [f"{one.text.head.chapter} {one.text.head.title}", f"Version {one.amendment.version}"] for one in then
    ]
    gone = sum(one.state == "withdrawn" for one in then)
    assert f"{len(then) - gone} chapter" in said
    assert (f"{gone} withdrawn" in said) == bool(gone)
    assert ("may yet change" in said) == (day > "2026-11-21")
    guidance = page.get_by_role("region", name="Editions of statutory guidance").locator("tbody tr")
    assert guidance.filter(visible=True).count() == len(view.guidance)
    errors = page.get_by_role("region", name="What was published in error").locator("tbody tr")
    assert errors.filter(visible=True).count() == len(view.corrections)


def test_the_links_carry_the_date_and_the_address_shares_it(visit: Callable[..., Page], page: Page) -> None:
    page.get_by_label("Show what was in force on").fill("2022-08-15")
    assert "16 chapters" in status(page)
    assert page.url.endswith("/as-at/?as-at=2022-08-15")
    hrefs = page.locator(".dated-versions tr:visible a").evaluate_all("all => all.map(a => a.search)")
    assert set(hrefs) == {"?as-at=2022-08-15"}
    other = visit("as-at/?as-at=2022-08-15")
    assert rows(other) == rows(page)
    assert other.get_by_label("Show what was in force on").input_value() == "2022-08-15"
    page.get_by_role("button", name="Show all days").click()
    assert page.url.endswith("/as-at/")
    assert page.locator(".dated-versions a").first.evaluate("a => a.search") == ""
    assert len(rows(page)) > len(rows(other))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            "2016-03-31",
            "Nothing was in force on 31 March 2016: the first chapter took effect on 1 April 2016.",
        ),
        ("2022-02-30", "“2022-02-30” in the address is not a date from 1 January 1900 to 31 December 2199."),
        ("<i>x</i>", "“<i>x</i>” in the address is not a date"),
        ("1899-12-31", "“1899-12-31” in the address is not a date"),
        ("9999-01-01", "“9999-01-01” in the address is not a date"),
        ("", "“” in the address is not a date"),
    ],
)
def test_what_is_no_date_or_out_of_range_gets_words(
    visit: Callable[..., Page], asked: str, words: str
) -> None:
    page = visit(f"as-at/?as-at={asked}")
    assert status(page).startswith(words)
    assert (len(rows(page)) == 0) == (asked == "2016-03-31")
    if asked == "2016-03-31":
        assert page.get_by_text("None on that day.").first.is_visible()


def test_half_a_date_is_not_taken_for_one(page: Page, tab_to: Callable[[Page, Locator], None]) -> None:
    everything = rows(page)
    field = page.get_by_label("Show what was in force on")
    field.fill("2022-08-15")
    assert "16 chapters" in status(page)
    tab_to(page, field)
    page.keyboard.press("Backspace")
    assert "What is written here is not a date" in status(page)
    assert rows(page) == everything
    assert page.url.endswith("/as-at/")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_there_are_the_days_and_the_tables(
    visit: Callable[..., Page], pages: dict[str, str], manual: Manual, width: int
) -> None:
    page = visit(pages["as-at"], width=width, scripts=False)
    assert not page.get_by_label("Show what was in force on").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".dated-days a[href*='2022-07-01']").click()
    assert page.url.endswith("/as-at/2022-07-01/")
    view = standing.as_at(manual, date(2022, 7, 1))
    assert [row[1] for row in rows(page)] == [
        f"Version {c.amendment.version}" for c in view.chapters if c.version
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("row", name="2.2 Local safeguarding arrangements").first.get_by_role("link").click()
    assert page.url.endswith(f"/{ARRANGEMENTS}versions/3/?as-at=2022-07-01")
    box = page.get_by_role("region", name="When version 3 applied")
    assert box.get_by_text("Working Together to Safeguard Children (2018), from 4 July 2018").is_visible()
    assert box.get_by_text("put right by version 3.1").is_visible()


def test_a_version_of_the_day_says_what_else_held(visit: Callable[..., Page]) -> None:
    page = visit("core/referrals/versions/2/?as-at=2023-12-15")
    box = page.get_by_role("region", name="You asked for 15 December 2023")
    assert box.get_by_text("Version 2 was in force on that day.").is_visible()
    seen = [item.inner_text() for item in box.get_by_role("listitem").all() if item.is_visible()]
    assert any("(2023)" in item for item in seen)
    assert not any("(2018)" in item for item in seen)


def test_a_mistake_is_told_on_the_days_on_which_readers_were_shown_it(visit: Callable[..., Page]) -> None:
    said = "put right by version 3.1"
    page = visit(f"{ARRANGEMENTS}versions/3/?as-at=2022-09-11")
    assert page.locator("[data-chapterhouse=then]").get_by_text(said).is_visible()


@pytest.mark.parametrize("path", ["core/referrals/versions/2/", "core/referrals/"])
def test_a_version_of_another_day_says_so_and_leads_on(visit: Callable[..., Page], path: str) -> None:
    page = visit(f"{path}?as-at=2024-05-05")
    box = page.get_by_role("region", name="You asked for 5 May 2024")
    assert box.get_by_text("was not in force on that day.").is_visible()
    assert box.get_by_role("listitem").filter(visible=True).count() == 0
    box.get_by_role("link", name="What was in force on 5 May 2024").click()
    assert page.url.endswith("/as-at/?as-at=2024-05-05")
    page.get_by_text("On 5 May 2024:").wait_for()
    page.get_by_role("row", name="1.1 Recognising").filter(visible=True).get_by_role("link").click()
    assert page.url.endswith("/core/referrals/versions/3/?as-at=2024-05-05")
    page.get_by_text("Version 3 was in force on that day.").wait_for()


def test_the_current_page_answers_too_and_says_nothing_unasked(visit: Callable[..., Page]) -> None:
    page = visit("core/referrals/?as-at=2026-07-01")
    box = page.get_by_role("region", name="You asked for 1 July 2026")
    assert box.get_by_text("Version 4 was in force on that day.").is_visible()
    assert box.get_by_text("Working Together to Safeguard Children (2026)").is_visible()
    assert not visit("core/referrals/").locator("[data-chapterhouse=then]").is_visible()
    ahead = visit("core/referrals/?as-at=2027-07-01")
    assert ahead.get_by_text(
        "As recorded on 21 November 2026, version 4 will be in force on that day."
    ).is_visible()
    gone = visit("arrangements/serious-case-reviews/?as-at=2020-01-01")
    assert gone.get_by_text("The chapter was withdrawn on that day.").is_visible()
    wrong = visit("core/referrals/?as-at=<b>now</b>")
    assert wrong.get_by_role("heading", name="“<b>now</b>” in the address is not a date").is_visible()


def test_an_old_number_leads_to_what_became_of_it(visit: Callable[..., Page]) -> None:
    page = visit("core/referrals/#6.5", scripts=False)
    item = page.locator("[id='6.5']")
    assert item.is_visible()
    assert item.evaluate("e => e.matches(':target')")
    assert item.inner_text() == "Paragraph 6.5 is now paragraph 6.4, since 1 April 2024 (version 3)."
    page.emulate_media(media="print")
    assert item.is_visible()


def test_an_old_address_of_a_version_leads_on_with_all_that_it_asks_for(
    visit: Callable[..., Page], address: str
) -> None:
    page = visit("core/making-a-referral/versions/2/?as-at=2020-01-01#4.1")
    page.wait_for_url(f"{address}core/referrals/versions/2/?as-at=2020-01-01#4.1")
    still = visit("core/making-a-referral/versions/2/", scripts=False)
    still.get_by_role("article").get_by_role("link").click()
    assert still.url == f"{address}core/referrals/versions/2/"
