"""A returning reader is told that a chapter has changed, by what their own browser remembers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

CHAPTER = "core/referrals/"
NOTICE = "This chapter has changed since you last read it on 3 March 2026"
KEY = "chapterhouse-read"
# The theme keeps things of its own there, and minds.
REFUSE = """for (const name of ["getItem", "setItem"]) {
  const own = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...more) {
    if (key === "chapterhouse-read") throw new DOMException("", "SecurityError");
    return own.call(this, key, ...more);
  };
}"""
FULL = """const own = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, ...more) {
  if (key === "chapterhouse-read") throw new DOMException("", "QuotaExceededError");
  return own.call(this, key, ...more);
};"""


def remembered(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "{}")
    return found


def put(page: Page, value: str) -> None:
    """Put something where the page keeps what was read, and open the page again."""
    page.evaluate(f"value => localStorage.setItem('{KEY}', value)", value)
    page.reload()


def read(version: str, effective: str = "2024-09-09", day: str = "2026-03-03") -> str:
    return json.dumps(
        {"core/referrals": [version, effective, day], "core/other": ["1", "2020-01-01", "2020-02-02"]}
    )


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit(CHAPTER)


def test_the_first_visit_is_remembered_and_nobody_is_told(page: Page) -> None:
    assert remembered(page) == {"core/referrals": ["4", "2026-06-01", "2026-11-21"]}
    page.reload()
    assert page.get_by_role("region", name="This chapter has changed").count() == 0


def test_a_later_version_is_told_until_it_has_been_read(page: Page) -> None:
    put(page, read("3.1"))
    notice = page.get_by_role("region", name=NOTICE)
    assert "Version 4 is now in force. You read version 3.1." in notice.inner_text()
    page.reload()
    assert notice.is_visible()
    assert remembered(page)["core/referrals"][0] == "3.1"
    notice.get_by_role("button", name="I have read this").click()
    assert not notice.is_visible()
    assert page.get_by_role("heading", level=1).evaluate("e => e === document.activeElement")
    page.reload()
    assert notice.count() == 0
    assert remembered(page) == {
        "core/referrals": ["4", "2026-06-01", "2026-11-21"],
        "core/other": ["1", "2020-01-01", "2020-02-02"],
    }


@pytest.mark.parametrize(
    ("version", "path"), [("3.1", "core/referrals/changes/4/"), ("2", "core/referrals/changes/")]
)
def test_what_has_changed_is_one_click_away(page: Page, address: str, version: str, path: str) -> None:
    put(page, read(version))
    page.get_by_role("link", name="See what has changed").click()
    assert page.url == f"{address}{path}"
    assert page.get_by_role("heading", level=1).is_visible()


def test_by_keys_alone(page: Page, tab_to: Callable[[Page, Locator], None]) -> None:
    put(page, read("2"))
    button = page.get_by_role("button", name="I have read this")
    tab_to(page, button)
    page.keyboard.press("Enter")
    assert button.count() == 0


def test_a_withdrawn_chapter_is_not_said_to_be_in_force(visit: Callable[..., Page]) -> None:
    page = visit("arrangements/serious-case-reviews/")
    put(page, json.dumps({"arrangements/serious-case-reviews": ["2", "2018-05-01", "2019-01-01"]}))
    notice = page.get_by_role("region", name="This chapter has been withdrawn since you last read it")
    assert "in force" not in notice.inner_text()


def test_a_page_out_of_a_cache_is_no_news(page: Page) -> None:
    """Who has read version 5 and is shown version 4 again has an old copy before them."""
    put(page, read("5", "2026-10-01"))
    assert page.get_by_role("region", name="This chapter has changed").count() == 0
    assert remembered(page)["core/referrals"][0] == "5"


@pytest.mark.parametrize(
    "path", ["core/referrals/versions/2/", "core/referrals/?as-at=2026-07-01", "chapters/"]
)
def test_old_versions_and_pages_for_a_day_do_not_count(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    assert remembered(page) == {}
    put(page, read("3.1"))
    assert page.get_by_role("region", name="This chapter has changed").count() == 0
    assert remembered(page)["core/referrals"][0] == "3.1"


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "{",
        "null",
        "7",
        "[]",
        '"core/referrals"',
        '{"core/referrals": null}',
        '{"core/referrals": {"0": "1"}}',
        '{"core/referrals": []}',
        '{"core/referrals": [3, 4, 5]}',
        '{"core/referrals": ["<b>1</b>", "2020-01-01", "2020-01-01"]}',
        '{"core/referrals": ["1", "2020-01-01", "yesterday"]}',
        '{"core/referrals": ["1", "2020-13-01", "2020-01-01"]}',
        '{"core/referrals": [["1"], ["2020-01-01"], ["2020-01-01"]], "__proto__": 1}',
    ],
)
def test_rubbish_is_as_nothing(page: Page, rubbish: str) -> None:
    put(page, rubbish)
    assert page.get_by_role("region", name="This chapter has changed").count() == 0
    assert remembered(page)["core/referrals"] == ["4", "2026-06-01", "2026-11-21"]


def test_storage_that_is_blocked_is_no_error(page: Page) -> None:
    page.add_init_script(REFUSE)
    page.reload()
    assert page.get_by_role("button", name="Cite paragraph 1.1", exact=True).count() == 1


def test_storage_that_is_full_is_no_error(page: Page) -> None:
    put(page, read("3.1"))
    page.add_init_script(FULL)
    page.reload()
    page.get_by_role("button", name="I have read this").click()
    assert page.get_by_role("region", name=NOTICE).count() == 0


def test_nothing_is_sent(page: Page) -> None:
    put(page, read("3.1"))
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_timeout(300)
    assert sent == []


def test_paper_does_not_tell_what_a_reader_has_read(page: Page) -> None:
    put(page, read("3.1"))
    page.emulate_media(media="print")
    assert not page.get_by_role("region", name=NOTICE).is_visible()
