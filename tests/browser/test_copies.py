"""A printed copy, followed by its code: what became of it, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Locator, Page, expect

from chapterhouse import editions, sheet
from chapterhouse import manual as manuals
from chapterhouse.cli import main

VERSION_1 = """---
chapter: "1.9"
title: Telling the duty desk
version: "1"
owner: Procedures Subgroup
review: {due: 2027-03-31}
amendments:
  - {version: "1", effective: 2024-01-01, published: 2024-01-01, kind: new, summary: First issue.}
---

## 1. When to tell

1.1 Tell the desk on the day on which you became worried.

1.2 Tell your manager as well, before you go home.

1.3 Nobody waits for proof before they tell the desk.

## 2. How to tell

2.1 Ring the desk, and say who you are and where you work.

2.2 Send a fax of your notes to the desk.

2.3 Write down the name of the person to whom you spoke.
"""
AMENDED = (
    ("before you go home", "before the day is over"),
    ("2.2 Send a fax of your notes to the desk.\n\n2.3 Write", "2.2 Write"),
    (
        "proof before they tell the desk.\n",
        "proof before they tell the desk.\n\n1.4 Ring 999 where a child is in danger now.\n",
    ),
)
"""One paragraph is changed, one is added, one is removed, one gets its number; two stay as they are."""


def amend(root: Path, *arguments: str) -> None:
    result = CliRunner().invoke(main, ["--manual", str(root), "amend", "1.9", "--yes", *arguments])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> tuple[Path, str]:
    """A manual that was printed and then amended; and the address on the sheets, from the site's root."""
    root = tmp_path_factory.mktemp("paper")
    (root / "procedures/core").mkdir(parents=True)
    live = root / "procedures/core/telling.md"
    live.write_text(VERSION_1, "utf-8")
    (root / "procedures/parts.yml").write_text("parts: {core: Core}\n", "utf-8")
    (root / "procedures/index.md").write_text("---\ntitle: Home\n---\n\nWelcome.\n", "utf-8")
    settings = "site_name: Case procedures\nsite_url: https://case.example/\ndocs_dir: procedures\n"
    settings += "theme: {name: material, language: en-GB, font: false}\nplugins: [search, chapterhouse]\n"
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    archive(root)
    history = manuals.load(root).histories["core/telling"]
    printed = sheet.sheet(
        editions.edition(history, date(2025, 5, 1), "Case procedures", "https://case.example/")
    )
    text = live.read_text("utf-8")
    for old, new in AMENDED:
        assert old in text
        text = text.replace(old, new)
    live.write_text(text, "utf-8")
    amend(root, "--summary", "The fax is gone.", "--effective", "2026-06-01", "--date", "2026-05-20")
    return root, printed.check.removeprefix("https://case.example/")


@pytest.fixture(scope="module")
def amended(paper: tuple[Path, str], offered: Callable[[Path], Iterator[str]]) -> Iterator[str]:
    """Where the site of the amended manual is served."""
    yield from offered(paper[0])


def listed(page: Page) -> list[str]:
    return page.locator(".copy-changes li").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_code_of_an_old_copy_names_exactly_what_has_changed(
    visit: Callable[..., Page], paper: tuple[Path, str], amended: str, *, scripts: bool
) -> None:
    page = visit(paper[1], site=amended, scripts=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Copy of chapter 1.9 Telling the duty desk, version 1"
    )
    verdict = "This copy is out of date since 1 June 2026: version 2 took its place"
    expect(page.get_by_role("heading", level=2).first).to_have_text(verdict)
    assert listed(page) == [
        "Paragraph 1.2: changed.",
        "Paragraph 1.4: added.",
        "Paragraph 2.2: removed.",
        "Paragraph 2.2: paragraph 2.3 is now 2.2; its words are the same.",
    ]
    assert "go home" in page.locator("[id='1.2'] del").inner_text()
    assert "Ring 999" in page.locator("[id='1.4'] ins").inner_text()
    built = page.get_by_text("Your copy was printed from the site as built on 1 May 2025.")
    assert built.is_visible() is scripts
    for link in page.locator(".copy-changes a").all():
        target = (link.get_attribute("href") or "")[1:]
        assert page.locator(f"[id='{target}']").count() == 1


def test_a_copy_of_today_is_current(visit: Callable[..., Page], amended: str) -> None:
    page = visit("core/telling/changes/", site=amended)
    page.locator("li[data-version='2']").get_by_role("link", name=re.compile("^[0-9a-z]{7}$")).click()
    said = "This copy is still current, on the site as built on 21 November 2026"
    expect(page.get_by_role("heading", level=2).first).to_have_text(said)
    assert listed(page) == []


def built(page: Page) -> Locator:
    return page.locator(".copy-built")


HOSTILE = (
    "",
    "#2026112",
    "#202611211",
    "#<img src=x onerror=document.title=1>",
    "#%3Cscript%3Edocument.title=1%3C/script%3E",
    "#20261121%0A",
)


@pytest.fixture
def copy(visit: Callable[..., Page], pages: dict[str, str]) -> Page:
    """The page of a version that was in force from 1 April 2016 to 23 June 2019."""
    return visit(pages["copy"])


FROM = "Your copy was printed from the site as built on"
DAYS = {
    "20170101": f"{FROM} 1 January 2017.",
    "20160331": f"{FROM} 31 March 2016. Version 1 was not yet in force then, and your copy says so.",
    "20160401": f"{FROM} 1 April 2016.",
    "20190623": f"{FROM} 23 June 2019.",
    "20190624": f"{FROM} 24 June 2019. Version 1 was no longer in force then, and your copy says so.",
    "20261122": f"{FROM} 22 November 2026. This page is older: it was built on 21 November 2026.",
}


def test_the_day_behind_the_code_says_how_it_stood_then(copy: Page) -> None:
    for day, said in DAYS.items():
        copy.evaluate("day => { location.hash = day; }", day)
        expect(built(copy)).to_contain_text(said)
        assert built(copy).is_visible()


@pytest.mark.parametrize("figures", ["20261399", "99990101", "20170229"])
def test_figures_that_are_no_day_are_called_that(copy: Page, figures: str) -> None:
    copy.evaluate("figures => { location.hash = figures; }", figures)
    said = f"The figures behind the code, {figures}, are no day. Compare them with your copy."
    expect(built(copy)).to_have_text(said)


def test_what_is_no_code_of_a_day_does_nothing(copy: Page) -> None:
    copy.evaluate("location.hash = '20170101'")
    expect(built(copy)).to_be_visible()
    title, article = copy.title(), copy.locator("article").inner_html().count("<")
    for place in HOSTILE:
        copy.evaluate("place => { location.hash = place; }", place)
        expect(built(copy)).to_be_hidden()
        assert (copy.title(), copy.locator("article").inner_html().count("<")) == (title, article)


CODES = {
    "4tyspez": "",
    "4TYSPEZ-20190101": "#20190101",
    " 4tys pez 2019 01 01 ": "#20190101",
    "4tyspez\u201120190101": "#20190101",
    "4tyspez-2OI9oLol": "#20190101",
    "Copy 4tyspez-20190101": "#20190101",
    "Copy 4tyspez: check it at https://procedures.northmoor.example/check/4tyspez/": "",
    "https://procedures.northmoor.example/check/4tyspez/#20190101": "#20190101",
}


def test_a_code_leads_however_it_is_typed(visit: Callable[..., Page], address: str) -> None:
    page = visit("check/")
    for written, place in CODES.items():
        page.goto(f"{address}check/")
        page.get_by_label("Code of the copy").fill(written)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}check/4tyspez/{place}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Copy of chapter 1.1")


NO_CODES = {
    "": "Type the code that stands at the foot of each sheet.",
    "0000000-20261120": "This site knows no version with the code 0000000.",
    "4tyspeu": "\u201c4tyspeu\u201d is not a code",
    "4tyspez-2019": "\u201c4tyspez-2019\u201d is not a code",
    "constructor": "\u201cconstructor\u201d is not a code",
    "../core/referrals/": "\u201c../core/referrals/\u201d is not a code",
    "javascript:document.title=1": "\u201cjavascript:document.title=1\u201d is not a code",
    "<b>4tyspez</b>": "\u201c<b>4tyspez</b>\u201d is not a code",
    "4tyspez" * 1000: "is not a code",
}


def test_what_is_no_code_is_told_and_leads_nowhere(visit: Callable[..., Page], address: str) -> None:
    page = visit("check/")
    field = page.get_by_label("Code of the copy")
    for written, said in NO_CODES.items():
        field.fill(written)
        page.get_by_role("button", name="Check this copy").click()
        expect(page.get_by_role("article").get_by_role("status")).to_contain_text(said)
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        field.press("Space")
        expect(field).not_to_have_attribute("aria-invalid", "true")
        expect(page.get_by_role("article").get_by_role("status")).to_be_empty()
    assert page.url == f"{address}check/"


def test_without_scripts_the_codes_are_listed(visit: Callable[..., Page]) -> None:
    page = visit("check/", scripts=False)
    assert not page.locator(".check-form").is_visible()
    page.get_by_role("link", name="Version 1: 4tyspez").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Copy of chapter 1.1")
    assert "20261121 is 21 November 2026" in page.get_by_role("article").inner_text()


def test_a_code_that_is_not_there_leads_to_where_codes_are_checked(
    visit: Callable[..., Page], address: str
) -> None:
    page = visit("check/0000000/", scripts=False)
    page.get_by_role("link", name="check a printed copy", exact=True).click()
    assert page.url == f"{address}check/"


@pytest.mark.parametrize(
    ("version", "day", "said"),
    [
        (
            "5",
            "2027-01-04",
            "This copy was current when the site was built on 21 November 2026. Version 6 took its place",
        ),
        ("6", "2027-01-04", "In force from 4 January 2027"),
        ("6", "2027-01-03", "This copy does not apply yet"),
    ],
)
def test_what_time_overtakes_is_put_right(
    visit: Callable[..., Page], pages: dict[str, str], version: str, day: str, said: str
) -> None:
    page = visit(pages["history"], now=f"{day}T12:00:00Z")
    page.locator(f"li[data-version='{version}'] a:has(code)").click()
    expect(page.locator(".copies h2").first).to_contain_text(said)


def test_search_finds_where_codes_are_checked_and_no_code(
    visit: Callable[..., Page], seek: Callable[[Page, str], Locator]
) -> None:
    page = visit("")
    assert "Check a printed copy" in seek(page, "printed copy").first.inner_text()
    page.goto(page.url)
    page.keyboard.press("/")
    page.keyboard.insert_text("4tyspez")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_have_text("Nothing found")
