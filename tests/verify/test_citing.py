"""A page that cites the law: what stands in it, what the search reads of it, what `verify` misses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from chapterhouse import manual as manuals
from chapterhouse.citations import beside
from chapterhouse.verify import verify

ACCEPT = """accept:
  - {code: law-repealed, text: Sections 11 and 13, because: The boards are history.}
"""
TEXT = """
## 1. The law

1.1 Sections 11 and 13 of the *Children Act 2004* made boards[^1].

1.2 In a table:

| Duty | Law |
|---|---|
| Enquire | section 47 of the Children Act 1989 |

[^1]: They followed Working Together to Safeguard Children (2026), chapter 2.
"""
PAGE, OLD = "core/boards/index.html", "core/boards/versions/1/index.html"
NOTE = "(section 13: repealed on 29 June 2018; kept as it is: The boards are history)"
JUDGED = (
    "As the law stood on 1 June 2012, when this version took effect. Taken from a register kept up to"
    " 1 November 2026; the official text decides."
)


@pytest.fixture(scope="module")
def root(boards: Callable[..., Path]) -> Path:
    return boards(TEXT, ("2012-06-01", "2020-01-01"), ACCEPT)


def article(root: Path, page: str) -> BeautifulSoup:
    html = BeautifulSoup((root / "site" / page).read_text("utf-8"), "html.parser")
    return BeautifulSoup(str(html.find("article")), "html.parser")


def words(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", soup.get_text())


def test_the_page_links_judges_and_lists_the_law(root: Path) -> None:
    page = article(root, PAGE)
    assert [link.get_text() for link in page.select("a.citation")] == [
        "Sections 11",
        "13 of the Children Act 2004",
        "section 47 of the Children Act 1989",
        "Working Together to Safeguard Children (2026), chapter 2",
    ]
    assert [note.get_text(strip=True) for note in page.select(".citation-note")] == [NOTE]
    listed = words(BeautifulSoup(str(page.select_one(".chapter-law")), "html.parser"))
    for said in (
        "As the law stood on 21 November 2026, when this page was built.",
        "Section 13: repealed on 29 June 2018.",
        "Cited in 1.1. Kept as it is: The boards are history.",
        "Cited in a footnote.",
    ):
        assert said in listed
    for link in page.select(".chapter-law a[href*='legislation/'][href^='..']"):
        path, _, anchor = str(link["href"]).removeprefix("../../").partition("#")
        target = (root / "site" / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in target


def test_a_superseded_version_is_judged_on_its_own_day(root: Path) -> None:
    page = article(root, OLD)
    # The version cites guidance that came later; section 13 was law then.
    assert [note.get_text(strip=True) for note in page.select(".citation-note")] == ["(not yet in force)"]
    said = words(page)
    assert "As the law stood on 1 June 2012, when this version took effect." in said
    assert "Section 13: in force." in said
    assert page.select(".chapter-law a[href^='../']") == []


def test_without_the_notes_the_text_is_the_authors(root: Path) -> None:
    page = article(root, PAGE)
    for note in page.select("[data-chapterhouse-note]"):
        note.decompose()
    said = words(page)
    for text in (
        "1.1 Sections 11 and 13 of the Children Act 2004 made boards1.",
        "section 47 of the Children Act 1989",
        "They followed Working Together to Safeguard Children (2026), chapter 2.",
    ):
        assert text in said
    assert "repealed" not in said


def test_the_search_reads_the_author_alone(root: Path) -> None:
    docs = json.loads((root / "site/search/search_index.json").read_text("utf-8"))["docs"]
    read = " ".join(doc["text"] for doc in docs if doc["location"].startswith("core/boards/"))
    assert "Sections 11 and 13 of the Children Act 2004 made boards" in read
    assert "<a" not in read
    for word in ("repealed", "purpose", "register", "gov.uk"):
        assert word not in read


@pytest.mark.parametrize(
    ("page", "old", "new", "told"),
    [
        (
            PAGE,
            r'<a [^>]*class="citation"[^>]*section/47"[^>]*>(.*?)</a>',
            r"\1",
            "paragraph 1.2: no citation does lead to https://www.legislation.gov.uk/ukpga/1989/41/section/47",
        ),
        (
            PAGE,
            r'(class="citation" href=")[^"]*section/13"',
            r'\1https://www.legislation.gov.uk/ukpga/2004/31/section/14"',
            "paragraph 1.1: a citation must not lead to https://www.legislation.gov.uk/ukpga/2004/31/section/14",
        ),
        (PAGE, r'<span class="citation-note".*?</span>', "", f"paragraph 1.1: no citation does say {NOTE}"),
        (PAGE, "29 June 2018; kept", "30 June 2018; kept", f"paragraph 1.1: no citation does say {NOTE}"),
        (
            PAGE,
            'aria-describedby="law-ukpga-1989-41 ',
            'aria-describedby="law-ukpga-1989-42 ',
            "paragraph 1.2: nothing describes the citation section 47 of the Children Act 1989",
        ),
        (PAGE, '<section class="chapter-law".*?</section>', "", "the list of the law cited is missing"),
        (
            OLD,
            "As the law stood on (<time.*?</time>), when this version took effect",
            r"As the law stood on \1, when this page was built",
            f"the list of the law cited does not say: {JUDGED}",
        ),
        (
            PAGE,
            'href="#fn:1">a footnote',
            'href="#1.1">a footnote',
            "the list of the law cited does not lead to core/boards/#fn:1",
        ),
    ],
)
def test_what_is_missing_is_told(
    root: Path, tmp_path: Path, page: str, old: str, new: str, told: str
) -> None:
    manual = manuals.load(root)
    site = Path(shutil.copytree(root / "site", tmp_path / "site"))
    assert verify(manual, site).failures == ()
    text = (site / page).read_text("utf-8")
    changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    (site / page).write_text(changed, "utf-8")
    failures = verify(manual, site).failures
    assert {failure.page for failure in failures} == {page}
    assert told in {failure.reason for failure in failures}


def test_a_note_that_is_never_written_is_missed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and the proof share the words of notes: that there is one is asked of the register alone."""
    site = Path(shutil.copytree(root / "site", tmp_path / "site"))
    for page in (PAGE, OLD):
        file = site / page
        text = re.sub(r'<span class="citation-note".*?</span>', "", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    monkeypatch.setattr(beside, "note", lambda *_: "")
    found = {(failure.page, failure.reason) for failure in verify(manuals.load(root), site).failures}
    silent = "a citation of law that is {} has no note that says so"
    assert found == {
        (PAGE, f"paragraph 1.1: {silent.format('repealed')}"),
        (OLD, f"a footnote: {silent.format('prospective')}"),
    }
