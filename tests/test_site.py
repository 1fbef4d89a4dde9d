"""The sample manual, built for real: what the issue of trust stands on."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from chapterhouse import dates
from chapterhouse import manual as manuals
from chapterhouse.cli import main
from chapterhouse.history import as_at
from chapterhouse.manual import changes
from chapterhouse.model import Manual
from chapterhouse.verify import verify

ROOT = Path(__file__).parent.parent
DATE = "2026-11-21"
PAST = "2022-08-01"


def build(root: Path, site: Path, *options: str, day: str = DATE, host: str = "mkdocs") -> str:
    """Build a manual as an editor would; what was said. Fails the test if the build does."""
    environment = {**os.environ, "CHAPTERHOUSE_DATE": day}
    command = [sys.executable, "-m", host, "build", "--site-dir", str(site), *options]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


def digests(site: Path) -> dict[str, str]:
    """Every file of a site and the digest of its bytes."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def manual() -> Manual:
    return manuals.load(ROOT)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    said = build(ROOT, place, "--strict")
    assert "WARNING -" not in said
    return place


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it was built on a day of long ago, with all that was recorded since."""
    place = tmp_path_factory.mktemp("past")
    build(ROOT, place, day=PAST)
    return place


def article(site: Path, address: str) -> BeautifulSoup:
    page = BeautifulSoup((site / address / "index.html").read_text("utf-8"), "html.parser")
    found = page.find("article")
    assert found is not None
    return BeautifulSoup(str(found), "html.parser")


def test_the_sample_is_what_was_promised(manual: Manual) -> None:
    chapters = [c for c in manual.chapters if c.head.status == "published"]
    words = sum(len(chapter.text.split()) for chapter in chapters)
    assert len(chapters) >= 8
    assert words >= 10_000
    assert any(c.head.under_review for c in chapters)
    assert any(c.head.review and c.head.review.due < dates.parse(DATE) for c in chapters)
    assert any(c.head.numbering == "continuous" for c in chapters)
    assert any("[^1]:" in c.text and "|---|" in c.text.replace(" ", "") for c in chapters)


def test_the_sample_checks_clean() -> None:
    """Only what the sample shows on purpose: one chapter whose review is late."""
    result = CliRunner().invoke(main, ["--manual", str(ROOT), "check", "--format", "json", "--date", DATE])
    assert result.exit_code == 0
    assert [d["code"] for d in json.loads(result.output)["diagnostics"]] == ["review-overdue"]


def test_every_address_of_the_core_is_in_the_page_and_no_other(manual: Manual, site: Path) -> None:
    for chapter in manual.chapters:
        if chapter.head.status == "draft":
            continue
        shown = as_at(manual.histories[chapter.slug], dates.parse(DATE))
        assert shown is not None
        page = article(site, chapter.slug)
        for note in page.select("[data-chapterhouse-note]"):
            note.decompose()
        ids = [str(tag["id"]) for tag in page.find_all(id=True)]
        ours = [i for i in ids if not i.startswith(("chapterhouse-", "fn:", "fnref"))]
        assert ours == list(shown.chapter.anchors)


def test_drafts_are_not_built_and_withdrawn_chapters_keep_their_address(manual: Manual, site: Path) -> None:
    drafts = [c for c in manual.chapters if c.head.status == "draft"]
    withdrawn = [c for c in manual.chapters if c.head.status == "withdrawn"]
    assert drafts
    assert withdrawn
    for chapter in drafts:
        assert not (site / chapter.slug).exists()
        assert chapter.head.title not in (site / "chapters/index.html").read_text("utf-8")
    for chapter in withdrawn:
        assert "Withdrawn" in article(site, chapter.slug).get_text()


def test_the_site_passes_verify(manual: Manual, site: Path) -> None:
    report = verify(manual, site)
    assert report.failures == ()
    assert report.pages > len(manual.chapters)


def test_two_builds_of_one_date_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Another folder, another hash seed, another time zone, another locale."""
    copy = tmp_path / "elsewhere"
    for name in ("procedures", "amendments"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"}
    environment["CHAPTERHOUSE_DATE"] = DATE
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "again")]
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    assert digests(tmp_path / "again") == digests(site)


def test_the_site_builds_on_properdocs(manual: Manual, site: Path, tmp_path: Path) -> None:
    """The successor of MkDocs makes the same pages."""
    said = build(ROOT, tmp_path / "site", "--strict", "--config-file", "mkdocs.yml", host="properdocs")
    assert "WARNING -" not in said
    assert verify(manual, tmp_path / "site").failures == ()
    slug = manual.chapters[0].slug
    assert str(article(tmp_path / "site", slug)) == str(article(site, slug))


def test_the_sample_still_stands_in_ten_years(manual: Manual, tmp_path: Path) -> None:
    """What only time brings about warns, and never stops a build, not even a strict one."""
    later = "2036-11-21"
    result = CliRunner().invoke(main, ["--manual", str(ROOT), "check", "--date", later])
    assert result.exit_code == 0
    build(ROOT, tmp_path / "site", "--strict", day=later)
    assert verify(manual, tmp_path / "site", dates.parse(later)).failures == ()


def test_a_scheduled_change_turns_on_its_day(manual: Manual, tmp_path: Path) -> None:
    chapter = next(
        c for c in manual.chapters if c.head.amendments and c.head.amendments[0].effective > dates.parse(DATE)
    )
    coming = chapter.head.amendments[0]
    build(ROOT, tmp_path / "site", day=coming.effective.isoformat())
    page = article(tmp_path / "site", chapter.slug)
    status = page.select_one('[data-chapterhouse="status"]')
    assert status is not None
    assert status["data-version"] == coming.version
    assert page.select_one('[data-chapterhouse="scheduled"]') is None
    assert page.select_one('[data-chapterhouse="coming"]') is None
    marks = {str(marked["id"]) for marked in page.select(".paragraph:has(.paragraph-marks)")}
    assert {"1.3", "3.2A", "3.5", "4.2", "7.2"} <= marks
    assert "added 4 January 2027" in article(tmp_path / "site", chapter.slug).get_text()
    changed = article(tmp_path / "site", f"{chapter.slug}/changes/{coming.version}").get_text()
    assert "Not yet in force" not in changed


def test_a_scheduled_change_is_announced_word_for_word(site: Path) -> None:
    """The build date is before it: what is coming stands above the text and beside each paragraph."""
    slug = "arrangements/local-safeguarding-arrangements"
    page = article(site, slug)
    coming = page.select_one('[data-chapterhouse="coming"]')
    assert coming
    assert "From 4 January 2027 paragraphs 1.3, 3.2A, 3.5, 4.2 and 7.2 will read" in coming.get_text()
    for note in coming.select(".read-out, del"):
        note.decompose()
    words = " ".join(coming.get_text().split())
    assert (
        "must be sent to the independent scrutineer and to the Education Safeguarding Forum within" in words
    )
    links = {
        " ".join(mark.get_text().split()): mark["href"]
        for mark in page.select("a.paragraph-note[data-chapterhouse-note]")
    }
    said = "changes on 4 January 2027: what changes in paragraph"
    assert links == {f"{said} {n}": f"changes/6/#{n}" for n in ("1.3", "3.5", "4.2", "7.2")}
    changed = article(site, f"{slug}/changes/6").get_text()
    assert "Not yet in force. These changes take effect on 4 January 2027." in changed


def test_every_amendment_of_words_has_its_page_out_of_search(manual: Manual, site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert not any("/changes/" in entry["location"] for entry in index["docs"])
    count = 0
    for slug, history in manual.histories.items():
        pages = {path.parent.name for path in (site / slug / "changes").glob("*/index.html")}
        assert pages == set(changes.redlined(history)), slug
        for path in (site / slug / "changes").rglob("index.html"):
            count += 1
            page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
            assert [meta["content"] for meta in page.select("meta[name=robots]")] == ["noindex"]
    assert count > 50


def test_a_paragraph_says_when_its_words_changed_last(site: Path) -> None:
    slug = "core/referrals"
    for address, words, href in (
        (slug, "amended 1 June 2026: every text of paragraph 1.2", "changes/#1.2"),
        (f"{slug}/versions/3", "amended 1 April 2024: every text of paragraph 1.2", "../../changes/#1.2"),
        (f"{slug}/versions/2", "amended 24 June 2019: every text of paragraph 1.2", "../../changes/#1.2"),
        (f"{slug}/versions/1", "", ""),
    ):
        mark = article(site, address).select_one("[id='1.2'] .paragraph-mark")
        assert (" ".join(mark.get_text().split()) if mark else "", mark["href"] if mark else "") == (
            words,
            href,
        )


def test_an_archived_text_keeps_its_words_when_others_change(
    small_manual: Path, tmp_path: Path, archive: Callable[..., None]
) -> None:
    """Its links may lead nowhere any more, and nobody may edit it: its words stand, the build is clean."""
    file = small_manual / "procedures/core/referrals.md"
    text = file.read_text("utf-8")
    then = text.replace('version: "2"', 'version: "1"', 1)
    then = then[: then.index('  - version: "2"')] + then[then.index('  - version: "1"') :]
    dead = "[a gone paragraph](records.md#9.9), [a gone chapter](gone.md#1.1), [this one](#1.2), "
    dead += "[lost](#7.7), chapter 8.8"
    archived = small_manual / "amendments/core/referrals/1.md"
    archived.write_text(then.replace("You keep a copy.", f"You keep {dead}."), "utf-8")
    archive(small_manual)
    said = build(small_manual, tmp_path / "site", "--strict")
    assert "WARNING -" not in said
    page = article(tmp_path / "site", "core/referrals/versions/1")
    paragraph = page.find(id="2.2")
    assert paragraph is not None
    words = "2.2 You keep a gone paragraph, a gone chapter, this one, lost, chapter 8.8."
    assert " ".join(paragraph.get_text().split()) == words
    links = {a.get_text(): a["href"] for a in BeautifulSoup(str(paragraph), "html.parser").find_all("a")}
    assert links == {"2.2": "#2.2", "a gone paragraph": "../../../records/", "this one": "#1.2"}


def test_the_pages_of_a_chapter_agree_on_what_moved_without_a_word_in_the_record(
    small_manual: Path, tmp_path: Path, archive: Callable[..., None]
) -> None:
    """Written by hand: 2.1 became 2.3, and the record has no `renumbered`."""
    file = small_manual / "procedures/core/referrals.md"
    text = file.read_text("utf-8")
    start = text.index("2.1 The duty desk")
    answer = text[start : text.index("2.2 You keep")].removeprefix("2.1 ").strip()
    file.write_text(f"{text[:start]}2.1 Wait.\n\n2.2 You keep a copy.\n\n2.3 {answer}\n", "utf-8")
    then = text.replace('version: "2"', 'version: "1"', 1)
    then = then[: then.index('  - version: "2"')] + then[then.index('  - version: "1"') :]
    (small_manual / "amendments/core/referrals/1.md").write_text(then, "utf-8")
    archive(small_manual)
    build(small_manual, tmp_path / "site", "--strict")
    gone = article(tmp_path / "site", "core/referrals").select("[data-chapterhouse=gone] li")
    (words,) = [" ".join(one.get_text().split()) for one in gone]
    assert words == (
        "What was paragraph 2.1 until 31 March 2026 is now paragraph 2.3, since 1 April 2026 (version 2)."
        " Number 2.1 has since been given to another text."
    )
    whole = article(tmp_path / "site", "core/referrals/changes")
    paragraph = whole.find(id="2.3")
    assert paragraph is not None
    shown = BeautifulSoup(str(paragraph), "html.parser").select(".wording")
    assert [one["data-version"] for one in shown] == ["2", "1"]
    assert "Removed on" not in whole.get_text()


def test_a_review_declared_while_a_change_is_scheduled_has_its_banner(
    small_manual: Path, tmp_path: Path, archive: Callable[..., None]
) -> None:
    """The live file holds the text to come; the reader of today sees the archived one, and the banner."""
    file = small_manual / "procedures/core/referrals.md"
    text = file.read_text("utf-8")
    record = (
        '  - {version: "3", effective: 2027-01-04, published: 2026-11-10, kind: revised, summary: Later.}\n'
    )
    review = (
        "under_review: {since: 2026-11-20, reason: The form is wrong., still_applies: false,\n"
        '  meanwhile: Ring instead., paragraphs: ["2.1"], expected: 2027-02-28}\n'
    )
    text = text.replace('version: "2"\nowner', 'version: "3"\nowner')
    text = text.replace("amendments:\n", f"{review}amendments:\n{record}")
    file.write_text(text, "utf-8")
    archive(small_manual)
    build(small_manual, tmp_path / "site", "--strict")
    page = article(tmp_path / "site", "core/referrals")
    banner = page.select_one('[data-chapterhouse="under-review"]')
    assert banner is not None
    assert "Ring instead." in banner.get_text()
    paragraph = page.find(id="2.1")
    assert paragraph is not None
    assert "Under review" in paragraph.get_text()
    listed = json.loads((tmp_path / "site/api/manual.json").read_text("utf-8"))["chapters"]
    assert {c["slug"]: (c["version"], c["status"]) for c in listed}["core/referrals"] == ("2", "under-review")
    assert verify(manuals.load(small_manual), tmp_path / "site").failures == ()


@pytest.mark.parametrize("folder", ["amendments", "procedures", "procedures/core", ".", "notes"])
def test_a_site_is_never_written_over_something_else(small_manual: Path, folder: str) -> None:
    """MkDocs empties the folder first."""
    (small_manual / "notes").mkdir()
    (small_manual / "notes/minutes.txt").write_text("Kept.", "utf-8")
    before = digests(small_manual)
    environment = {**os.environ, "CHAPTERHOUSE_DATE": DATE}
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", folder]
    result = subprocess.run(
        command, cwd=small_manual, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert digests(small_manual) == before


def dead(site: Path) -> tuple[int, list[str]]:
    """How many links into the site its pages, feeds and data have, and those that lead nowhere."""
    home = "https://procedures.northmoor.example/"
    anchors: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for file in site.rglob("*.html"):
        page = home + file.relative_to(site).as_posix().removesuffix("index.html")
        text = file.read_text("utf-8")
        anchors[page] = set(re.findall(r'\sid="([^"]*)"', text))
        links |= {(page, html.unescape(link)) for link in re.findall(r'\s(?:href|src)="([^"]*)"', text)}
    for file in site.rglob("feed.*"):
        text = html.unescape(file.read_text("utf-8"))
        links |= {(file.name, link) for link in re.findall(rf'{home}[^"<>\s\\]*', text)}
    for file in (site / "api").glob("*.json"):
        fields = re.findall(r'"(?:url|redline|page)": "([^"]*)"', file.read_text("utf-8"))
        links |= {(f"{home}", field) for field in fields}
    wrong = []
    for page, link in sorted(links):
        whole, _, anchor = urljoin(page, link).partition("#")
        place, anchor = whole.partition("?")[0], unquote(anchor)
        if not place.startswith(home):
            continue
        there = anchors.get(place)
        if there is None:
            found = not anchor and (site / unquote(place.removeprefix(home))).is_file()
        else:
            found = not anchor or anchor in there
        if not found:
            wrong.append(f"{page}: {link}")
    return len(links), wrong


def test_what_was_published_after_the_day_of_the_site_says_so(site: Path, past: Path) -> None:
    words = "published later, on 17 August 2026"
    for place in ("amendments", "as-at"):
        assert words in " ".join(article(past, place).get_text().split()), place
        assert "published later" not in article(site, place).get_text()
    data = json.loads((past / "api/amendments.json").read_text("utf-8"))
    assert any(one["published"] > data["build_date"] for one in data["amendments"])


def test_the_sitemap_lists_the_pages_that_search_engines_may_show_and_no_other(site: Path) -> None:
    home = "https://procedures.northmoor.example/"
    shown = set()
    for file in site.rglob("index.html"):
        if '<meta name="robots" content="noindex">' not in file.read_text("utf-8"):
            shown.add(home + file.relative_to(site).as_posix().removesuffix("index.html"))
    content = (site / "sitemap.xml").read_bytes()
    listed = re.findall("<loc>(.*?)</loc>", content.decode())
    assert sorted(listed) == sorted(shown)
    assert f"{home}core/referrals/" in listed
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == content


def test_every_link_into_the_site_leads_somewhere(site: Path) -> None:
    count, wrong = dead(site)
    assert wrong == []
    assert count > 5000


def test_every_link_into_the_site_of_a_past_day_leads_somewhere(manual: Manual, past: Path) -> None:
    """Most of what was amended since is still to come there."""
    count, wrong = dead(past)
    assert wrong == []
    assert count > 5000
    assert verify(manual, past, dates.parse(PAST)).failures == ()
