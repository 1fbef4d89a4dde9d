"""Chapters on paper, as a browser prints them: read back sheet by sheet, with scripts and without."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from playwright.sync_api import Page

from chapterhouse import chapters
from chapterhouse.model import Chapter

# A4 in points; what lies below the line is the margin of the foot.
WIDTH, HEIGHT, FOOT = 595, 842, 782


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"no {name} found: install it (Debian, Ubuntu: apt-get install poppler-utils)")
    return found


@dataclass(frozen=True)
class Paper:
    """A printed page: what stands on each of its sheets."""

    sheets: list[str]
    """The words above the foot, laid out as on the sheet."""
    drawn: list[str]
    """The same in the order in which they were drawn, without white space: a cell of a table is whole."""
    feet: list[str]
    """What stands in the margin below, likewise."""
    dark: list[float]
    """The share of the sheet that is far from white."""
    corners: list[int]
    """The darkest of the four corners: 255 is white."""

    def tells(self, text: str) -> bool:
        """Whether these words stand somewhere, however they are broken into lines and sheets."""
        sought = squeezed(text)
        return sought in "".join(self.drawn) or sought in squeezed("".join(self.sheets))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(path: Path, top: int, bottom: int, order: str) -> list[str]:
    """The words of a part of each sheet, from `top` to `bottom` in points."""
    crop = ["-r", "72", "-x", "0", "-y", str(top), "-W", str(WIDTH), "-H", str(bottom - top)]
    command = [program("pdftotext"), order, *crop, str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]


def ground(path: Path) -> tuple[list[float], list[int]]:
    """How much of each sheet is dark, and how dark its corners are, from a coarse picture of it."""
    subprocess.run([program("pdftoppm"), "-gray", "-r", "20", str(path), str(path)], check=True)
    dark, corners = [], []
    for picture in sorted(path.parent.glob(f"{path.name}-*.pgm")):
        content = picture.read_bytes()
        head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", content)
        assert head is not None
        width, pixels = int(head[1]), content[head.end() :]
        dark.append(sum(pixel < 160 for pixel in pixels) / len(pixels))
        corners.append(min(pixels[0], pixels[width - 1], pixels[-width], pixels[-1]))
    return dark, corners


def printed(page: Page, place: Path) -> Paper:
    """Print a page with its backgrounds, and read it back."""
    path = place / "printed.pdf"
    page.pdf(path=path, format="A4", print_background=True, prefer_css_page_size=True)
    return Paper(
        words(path, 0, FOOT, "-layout"),
        [squeezed(sheet) for sheet in words(path, 0, FOOT, "-raw")],
        [squeezed(foot) for foot in words(path, FOOT, HEIGHT, "-raw")],
        *ground(path),
    )


SHELL = [
    "Skip to content",
    "Switch to",
    "On this page",
    "Contents",
    "All chapters",
    "Accessibility statement",
    "Show amendments",
    "Back to top",
    "Cite",
    "Copy",
]
"""Words of the screen that are of no use on paper."""


def shell(paper: Paper) -> list[str]:
    """What of the screen is on the paper."""
    return [phrase for phrase in SHELL if re.search(rf"\b{phrase}\b", "\n".join(paper.sheets))]


ways = pytest.mark.parametrize(
    ("scheme", "scripts"), [("light", "scripts"), ("dark", "scripts"), ("dark", "no-scripts")]
)


@ways
def test_a_chapter_on_paper(
    visit: Callable[..., Page],
    pages: dict[str, str],
    shown: Callable[[str], Chapter],
    site: Path,
    tmp_path: Path,
    chapter_kind: str,
    scheme: str,
    scripts: str,
) -> None:
    path = pages[chapter_kind]
    paper = printed(visit(path, scheme=scheme, scripts=scripts == "scripts"), tmp_path)
    chapter = shown(path)
    numbered = [line.split()[0] for sheet in paper.sheets for line in sheet.splitlines() if line.strip()]
    numbers = [chapters.printed(p.number, chapter.head.numbering) for p in chapter.body.paragraphs]
    assert [number for number in numbers if number not in numbered] == []

    article = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser").find("article")
    assert article is not None
    off = ".chapter-contents, .chapter-feeds, .read-out, .footnote-backref, .chapter-law li li a[rel]"
    for gone in article.select(f"{off}, summary, [hidden]"):
        gone.decompose()
    texts = [str(text) for text in article.find_all(string=True)]
    assert [text for text in texts if not paper.tells(text)] == []
    for record in chapter.head.amendments:
        assert paper.tells(record.summary)

    assert shell(paper) == []
    assert min(paper.corners) >= 250
    assert max(paper.dark) < 0.2


STATES = {
    "under-review": [
        "Under review since 1 September 2026",
        "The text below still applies.",
        "Expected by 28 February 2027",
        "Next review",
    ],
    "scheduled": ["Changes on 4 January 2027", "In force since 1 June 2026"],
    "withdrawn": ["Withdrawn since 24 June 2019", "Do not follow the text below."],
    "superseded": [
        "Superseded: this version is no longer in force",
        "In force 1 April 2024 to 8 September 2024",
    ],
}


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
@pytest.mark.parametrize("state", STATES)
def test_the_first_sheet_says_how_it_stands(
    visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path, state: str, scripts: str
) -> None:
    paper = printed(visit(pages[state], scripts=scripts == "scripts"), tmp_path)
    assert [phrase for phrase in STATES[state] if squeezed(phrase) not in paper.drawn[0]] == []


def test_the_foot_of_every_sheet(visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path) -> None:
    """What it is, how it stood and when, where to check, and how many sheets there should be."""
    page = visit(pages["under-review"], now="2027-07-01T22:59:00Z")
    feet = printed(page, tmp_path).feet
    assert len(feet) > 3
    for number, foot in enumerate(feet, 1):
        for phrase in (
            "2.5 Serious incidents and local child safeguarding practice reviews.",
            "Version 5, in force from 1 September 2026.",
            "Site built 21 November 2026.",
            "https://procedures.northmoor.example/arrangements/serious-incidents/",
            "Printed 1 July 2027 at 23:59 BST.",
            f"{number} of {len(feet)}",
        ):
            assert squeezed(phrase) in foot
    assert page.evaluate("document.documentElement.style.getPropertyValue('--ch-foot')") == ""


def test_without_scripts_the_browser_keeps_its_own_foot(
    visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path
) -> None:
    """A rule for the margins would take it away; what the sheets are stands at their end."""
    paper = printed(visit(pages["under-review"], scripts=False), tmp_path)
    assert set(paper.feet) == {""}
    assert (
        squeezed("Version 5, in force from 1 September 2026. Site built 21 November 2026.") in paper.drawn[-1]
    )


def test_the_head_of_a_table_is_on_each_of_its_sheets(
    visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path
) -> None:
    paper = printed(visit(pages["wide-table"]), tmp_path)
    rows = (
        "Districtcouncils",
        "Probationservice",
        "Otherindependentschools",
        "Registeredearlyyearsproviders",
    )
    head = squeezed("Section 11, Children Act 2004: safeguarding in all its functions")
    continued = [sheet for sheet in paper.drawn if any(row in sheet for row in rows)]
    assert len(continued) >= 2
    assert all(sheet.count(head) == 1 for sheet in continued)


def test_an_opened_list_of_amendments_prints_the_same(
    visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path
) -> None:
    page = visit(pages["under-review"])
    closed = printed(page, tmp_path).drawn
    page.get_by_text("Show amendments").click()
    assert printed(page, tmp_path).drawn == closed


def test_a_phone_prints_no_buttons(visit: Callable[..., Page], pages: dict[str, str], tmp_path: Path) -> None:
    """Where nothing can point, the buttons for citing are always there on the screen."""
    page = visit(pages["plain"], width=390, has_touch=True, is_mobile=True)
    assert page.get_by_text("Cite", exact=True).first.is_visible()
    paper = printed(page, tmp_path)
    assert shell(paper) == []


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
def test_the_law_on_paper(visit: Callable[..., Page], tmp_path: Path, scripts: str) -> None:
    """What is not in force says so beside its citation, and all that is cited stands in the list."""
    page = visit("core/child-protection-enquiries/", scripts=scripts == "scripts")
    paper = printed(page, tmp_path)
    for words_of_it in (
        "section 16EA of the Children Act 2004 (not yet in force",
        "Law and guidance cited here",
        "Read it on legislation.gov.uk: https://www.legislation.gov.uk/ukpga/1989/41",
        "Section 47: in force. Cited in 1.2.",
        "Section 16EA: not yet in force.",
    ):
        assert paper.tells(words_of_it), words_of_it


@pytest.mark.parametrize("scripts", ["scripts", "no-scripts"])
def test_the_terms_on_paper(
    visit: Callable[..., Page], pages: dict[str, str], site: Path, tmp_path: Path, scripts: str
) -> None:
    """What a screen shows in a tip, paper has at its end: every term that is used, and its meaning."""
    path = pages["under-review"]
    page = visit(path, scripts=scripts == "scripts")
    paper = printed(page, tmp_path)
    assert paper.tells("Terms used in this chapter")
    terms = json.loads((site / "api/glossary.json").read_text("utf-8"))["terms"]
    used = [term for term in terms if any(f"{place['slug']}/" == path for place in term["used_in"])]
    assert len(used) > 10
    for term in used:
        assert paper.tells(f"{term['term'][0].upper()}{term['term'][1:]}"), term["term"]
        meaning = BeautifulSoup(Markdown().convert(term["definition"]), "html.parser").get_text()
        for sentence in re.split(r"(?<=[.:;]) ", meaning):
            assert paper.tells(sentence), sentence
    assert not page.get_by_text("Terms used in this chapter").is_visible()
