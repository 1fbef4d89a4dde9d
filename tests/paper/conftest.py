"""What the tests of paper share: the sample's chapters as parts, and PDF files read back by others."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from outloud.model import Document

from chapterhouse import editions, history, paper
from chapterhouse import manual as manuals
from chapterhouse.paper import reading
from chapterhouse.paper.article import Articles
from chapterhouse.sheet import Sheet
from chapterhouse.site import Site
from chapterhouse.site.page import SitePage

TODAY = date(2026, 11, 21)
URL = "https://procedures.northmoor.example/"
POINTS = 72 / 25.4
"""Points in a millimetre."""
MARGIN = 19.5
"""The margin of a sheet in millimetres; the boxes of letters reach a little beyond their lines."""
SIDES = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True)
class Word:
    """A word on a sheet, with its distances in millimetres from the left, upper, right and lower edges."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Read:
    """A PDF file as other programs see it."""

    path: Path

    @property
    def sheets(self) -> list[str]:
        """All that is drawn on each sheet, without white space."""
        text = run("pdftotext", "-raw", str(self.path), "-")
        return [re.sub(r"\s", "", sheet) for sheet in text.split("\f")[:-1]]

    @property
    def read_out(self) -> list[str]:
        """What a screen reader is told, in its order and without white space, from each heading of the
        first level to the next. Left out are the marks of lists.
        """
        drawn: defaultdict[tuple[int, int], str] = defaultdict(str)
        document = Document(str(self.path))
        for sheet in document.pages:
            for one in document.content(sheet.index).runs:
                if one.mcid is not None and not one.artifact:
                    drawn[sheet.index, one.mcid] += one.text
        told: list[str] = []
        with pikepdf.open(self.path) as pdf:
            pages = {one.obj.objgen: number for number, one in enumerate(pdf.pages)}
            for path, place in _tagged(pdf.Root.StructTreeRoot, pages, 0, ()):
                if place is None:
                    told += [""] if path[-1] == "/H1" else []
                elif path[-2:] != ("/LI", "/Lbl"):
                    told[-1] += re.sub(r"\s", "", drawn[place])
        document.close()
        return told

    @property
    def words(self) -> list[Word]:
        """Every word where it is drawn."""
        boxes = BeautifulSoup(run("pdftotext", "-bbox", str(self.path), "-"), "html.parser")
        found = []
        for number, sheet in enumerate(boxes.find_all("page")):
            width, height = float(str(sheet["width"])), float(str(sheet["height"]))
            for word in sheet.find_all("word"):
                left, top, right, bottom = (float(str(word[side])) for side in SIDES)
                edges = (left / POINTS, top / POINTS, (width - right) / POINTS, (height - bottom) / POINTS)
                found.append(Word(number, word.get_text(), *edges))
        return found

    @property
    def outside(self) -> list[Word]:
        """The words that stand in the margins of their sheet, or beyond its edges."""
        return [w for w in self.words if min(w.left, w.right) < MARGIN or w.top < 15 or w.bottom < 8]


Tagged = Iterator[tuple[tuple[str, ...], tuple[int, int] | None]]


def _tagged(
    node: pikepdf.Object, pages: dict[tuple[int, int], int], page: int, path: tuple[str, ...]
) -> Tagged:
    """What the tree of tags leads to, in its order: the tags above each, with the page and the number of the
    marked content, or with nothing where a tag begins.
    """
    if isinstance(node, int):
        yield path, (page, node)
        return
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _tagged(one, pages, page, path)
        return
    if "/Pg" in node:
        page = pages[node.Pg.objgen]
    if node.get("/Type") == "/MCR":
        yield path, (page, int(node.MCID))
    elif node.get("/Type") != "/OBJR":
        path = (*path, str(node.get("/S", "")))
        yield path, None
        if "/K" in node:
            yield from _tagged(node.K, pages, page, path)


def run(name: str, *arguments: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"no {name} found: install it (Debian, Ubuntu: apt-get install poppler-utils)")
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Read]:
    """Puts parts on paper: `written(part, ...)`."""

    def made(*parts: paper.Part, files: dict[str, bytes] | None = None) -> Read:
        path = tmp_path / "paper.pdf"
        path.write_bytes(paper.make(paper.Document("Paper", parts, URL, files or {})).pdf)
        return Read(path)

    return made


@pytest.fixture(scope="session")
def articles() -> Articles:
    """The articles of the sample."""

    def refuse(path: str, place: str, complaint: str) -> None:
        pytest.fail(f"{path} {place}: {complaint}")

    manual = manuals.load(Path(__file__).parents[2])
    return Articles(Site(manual, TODAY, "Northmoor procedures", URL, refuse))


@pytest.fixture(scope="session")
def chapters(articles: Articles) -> dict[str, list[tuple[SitePage, editions.Edition]]]:
    """The page of each chapter of the sample, then those of its superseded versions, with their editions."""
    site = articles.site
    found: dict[str, list[tuple[SitePage, editions.Edition]]] = {}
    for records in site.manual.published:
        slug = records.chapter.slug
        shown = site.shown(records)
        found[slug] = [(site.by_source[f"{slug}.md"], shown)]
        for version in history.superseded(records, site.today):
            edition = editions.Edition(records, version, site.today, site.name, site.url)
            found[slug].append((site.by_source[f"{slug}@{version.number}.md"], edition))
    return found


@pytest.fixture(scope="session")
def part(
    articles: Articles, chapters: dict[str, list[tuple[SitePage, editions.Edition]]]
) -> Callable[[str], paper.Part]:
    """A chapter of the sample, by slug."""
    return lambda slug: articles.part(*chapters[slug][0])


@pytest.fixture(scope="session")
def sheet() -> Sheet:
    """What the sheets of a chapter of no manual say."""
    return Sheet(
        what="Northmoor procedures. 9.9 Hostile words",
        standing="Version 3, in force from 1 April 2026",
        built=f"Site built 21 November 2026. Check {URL}core/hostile/ for the current version",
        code="4k7q2md-20261121",
        check=f"{URL}check/4k7q2md/#20261121",
        mark="",
    )


@pytest.fixture(scope="session")
def page(sheet: Sheet) -> Callable[..., paper.Part]:
    """A part of some HTML below a heading: `page("<p>text</p>")`."""

    def made(html: str) -> paper.Part:
        blocks = reading.read(
            f"<h1>9.9 Hostile</h1>{html}", lambda href: f"x/{href}" if href.startswith("#") else href
        )
        return paper.Part("9.9 Hostile", sheet, blocks, "x/")

    return made


@pytest.fixture(scope="session")
def read_back() -> Callable[[bytes], list[str]]:
    """The words of each sheet of a PDF file, by a program that is not ours."""

    def read(pdf: bytes) -> list[str]:
        command = ["pdftotext", "-raw", "-", "-"]
        said = subprocess.run(command, input=pdf, capture_output=True, check=True)
        return said.stdout.decode().split("\f")[:-1]

    return read
