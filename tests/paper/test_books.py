"""The whole manual as one PDF file, read back: what it says of itself is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from chapterhouse import paper
from chapterhouse.editions import Edition, editions
from chapterhouse.paper import proof
from chapterhouse.paper.article import Articles
from chapterhouse.paper.books import Books
from chapterhouse.paper.engine import EngineError

ROOT = Path(__file__).parents[2]
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')
PLACE = re.compile(r"([^\s,;:.()]+|section \S+|“[^”]+”|the opening) \(sheet (\d+)\)")


@pytest.fixture(scope="module")
def book(articles: Articles) -> bytes:
    return paper.make(Books(articles.site, ROOT).whole()).pdf


@pytest.fixture(scope="module")
def sheets(book: bytes, read_back: Callable[[bytes], list[str]]) -> list[str]:
    """The words of each sheet."""
    return read_back(book)


@pytest.fixture(scope="module")
def shown(articles: Articles) -> tuple[Edition, ...]:
    return editions(articles.site.manual, articles.site.today)


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """The bookmarks of the first level with the sheet, from 1, that each leads to."""
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        found = []
        for item in outline.root:
            place: Any = item.destination or item.action
            place = place if isinstance(place, pikepdf.Array) else place.D
            found.append((str(item.title), numbers[place[0].objgen]))
    return found


def section(sheets: list[str], pdf: bytes, title: str) -> str:
    """The words of one of the pages that are no chapter, feet left out."""
    marks = bookmarks(pdf)
    place = next(index for index, (words, _) in enumerate(marks) if words == title)
    last = marks[place + 1][1] - 1 if place + 1 < len(marks) else len(sheets)
    return " ".join(
        sheet.partition("\nNorthmoor procedures. ")[0] for sheet in sheets[marks[place][1] - 1 : last]
    )


def test_every_chapter_is_there_with_what_stands_around(
    book: bytes, sheets: list[str], shown: tuple[Edition, ...]
) -> None:
    titles = [f"{one.head.chapter} {one.head.title}" for one in shown]
    ends = ["Index of legislation", "Glossary", "Amendments"]
    marks = bookmarks(book)
    assert [title for title, _ in marks] == ["Northmoor procedures", "Contents", *titles, *ends]
    starts = [sheet for _, sheet in marks]
    assert starts == sorted(set(starts))
    for title, sheet in marks:
        assert title in re.sub(r"\s+", " ", sheets[sheet - 1])
    assert f"{len(shown)} chapters" in sheets[0]
    assert "https://procedures.northmoor.example/check/" in re.sub(r"\s+", "", sheets[0])


def test_each_sheet_says_what_it_is_and_counts(sheets: list[str], shown: tuple[Edition, ...]) -> None:
    for number, sheet in enumerate(sheets, 1):
        assert "PDF made from the site as built on 21 November 2026." in sheet
        assert f"Sheet {number} of {len(sheets)}" in re.sub(r"\s+", " ", sheet)
    for one in shown:
        own = [
            sheet for sheet in sheets if f"Northmoor procedures. {one.head.chapter} {one.head.title}" in sheet
        ]
        assert own
        for number, sheet in enumerate(own, 1):
            assert f"Version {one.amendment.version}" in sheet
            assert f"Page {number} of {len(own)}" in sheet


def test_the_contents_lead_to_the_sheets_that_they_name(
    book: bytes, sheets: list[str], shown: tuple[Edition, ...]
) -> None:
    starts = dict(bookmarks(book))
    words = section(sheets, book, "Contents")
    for one in shown:
        title = f"{one.head.chapter} {one.head.title}"
        match = re.search(rf"{re.escape(title)}(?: \([a-z ]+\))?[ .]+(\d+)", words)
        assert match, title
        assert int(match[1]) == starts[title]
    assert re.search(rf"Glossary[ .]+{starts['Glossary']}\b", words)
    assert "(under review)" in words
    assert "(withdrawn)" in words
    chapters = [starts[f"{one.head.chapter} {one.head.title}"] for one in shown]
    ends = [starts[title] for title in ("Index of legislation", "Glossary", "Amendments")]
    # A part leads where its first chapter does.
    led = [one.sheet for one in links(book, range(starts["Contents"], chapters[0]))]
    assert [sheet for sheet, _ in groupby(led)] == [*chapters, *ends]


def test_the_index_names_the_sheet_of_each_place(book: bytes, sheets: list[str], articles: Articles) -> None:
    words = re.sub(r"\s+", " ", section(sheets, book, "Index of legislation"))
    law = articles.site.law
    cited = [(place, one) for entry in law.cited for one in entry.cited for place in one.places]
    found = PLACE.findall(words)
    assert len(found) == len(cited)
    for (place, _), (name, sheet) in zip(cited, found, strict=True):
        assert place.name.endswith(name)
        there = sheets[int(sheet) - 1]
        head = place.edition.head
        assert f"Northmoor procedures. {head.chapter} {head.title}" in there
        if place.paragraph:
            printed = rf"^ *{re.escape(place.paragraph)}\.?\s"
            assert re.search(printed, there, re.MULTILINE), (place.path, sheet)


def test_the_glossary_and_the_register_are_whole(book: bytes, sheets: list[str], articles: Articles) -> None:
    words = re.sub(r"\s+", " ", section(sheets, book, "Glossary"))
    for term in articles.site.manual.glossary.terms:
        assert term.term in words
    words = re.sub(r"\s+", "", section(sheets, book, "Amendments"))
    place = 0
    for one in articles.site.amendments:
        effective = f"version {one.amendment.version}, effective"
        summary = re.sub(r"\s+", "", one.amendment.summary.rstrip("."))
        assert re.sub(r"\s+", "", effective) in words
        place = words.index(summary, place) + 1
    assert words.startswith(f"Amendments{len(articles.site.amendments)}amendments:")


def test_a_chapter_that_is_missing_fails_the_proof(book: bytes) -> None:
    titles = [title for title, _ in bookmarks(book)]
    assert proof.pages(book, titles) > len(titles)
    with pytest.raises(EngineError, match=r"missing from the PDF file: 9\.9 Another"):
        proof.pages(book, [*titles[:5], "9.9 Another", *titles[5:]])
    with pytest.raises(EngineError, match="order"):
        proof.pages(book, [*titles[:5], *titles[6:]])
    with pytest.raises(EngineError, match="order"):
        proof.pages(book, [titles[1], titles[0], *titles[2:]])


def test_what_is_read_out_is_one_tree(book: bytes, tmp_path: Path) -> None:
    """The parts are set by themselves: whatever has a number or a name in one has another in the whole."""
    with pikepdf.open(BytesIO(book)) as pdf:
        tree: Any = pdf.Root.StructTreeRoot
        nums = tree.ParentTree.Nums
        keys = [int(nums[place]) for place in range(0, len(nums), 2)]
        assert keys == sorted(set(keys))
        parents = dict(zip(keys, (nums[place] for place in range(1, len(nums), 2)), strict=True))
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        for page in pdf.pages:
            elements: Any = parents[int(page.StructParents)]
            # What goes on from one sheet to the next is called the earlier sheet's.
            found = {pages[element.Pg.objgen] for element in elements if "/Pg" in element}
            assert found
            assert max(found) == pages[page.objgen] or len(elements) < 3
            assert min(found) >= pages[page.objgen] - 3
            for one in page.get("/Annots", []):
                assert parents[int(one.StructParent)].S == "/Link"
                assert "inside.invalid" not in repr(one.get("/A", "")) + str(one.get("/Contents", ""))
        names = tree.IDTree.Kids[0].Names
        told = [bytes(names[place]) for place in range(0, len(names), 2)]
        assert told == sorted(set(told))
        assert all(bytes(names[place + 1].ID) == told[place // 2] for place in range(0, len(names), 2))
        assert pdf.check_pdf_syntax() == []
    path = tmp_path / "book.pdf"
    path.write_bytes(book)
    checker = shutil.which("outloud") or str(Path(sys.executable).parent / "outloud")
    # The same words of a foot that `test_document` says are taken for text.
    done = subprocess.run(
        [checker, "--skip", "TAG-002", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_links_between_chapters_stay_in_the_book(book: bytes) -> None:
    """One chapter alone leads to the site; in the book the other chapter is a few sheets on."""
    with pikepdf.open(BytesIO(book)) as opened:
        addresses = {
            str(one.A.URI)
            for page in opened.pages
            for one in page.get("/Annots", [])
            if "/A" in one and "/URI" in one.A
        }
    site = [one.removeprefix("https://procedures.northmoor.example/") for one in addresses]
    assert not [
        one for one in site if re.fullmatch(r"(core|arrangements|children|practice)/[^/]+/(#[0-9].*)?", one)
    ]


def test_links_lead_to_the_words_that_they_name(book: bytes, tmp_path: Path) -> None:
    """In the index of legislation the link 3.4 leads to the height at which 3.4 stands in the margin."""
    path = tmp_path / "book.pdf"
    path.write_bytes(book)
    starts = dict(bookmarks(book))
    words = placed(path)
    named = []
    for one in links(book, range(starts["Index of legislation"], starts["Glossary"])):
        (left, top, right, bottom) = one.box
        under = [
            word
            for word, x, y in words[one.on - 1]
            if left - 1 <= x <= right and top - 3 <= y <= bottom and re.fullmatch(r"[0-9]+\.[0-9]+", word)
        ]
        named += [(under[0], one)] if len(under) == 1 else []
    assert len(named) > 20
    for number, one in (named[0], named[len(named) // 2], named[-1]):
        # A point or two above the letters.
        there = [y - one.top for word, x, y in words[one.sheet - 1] if word == number and x < 100]
        assert [y for y in there if -5 <= y <= 25], (number, one, there)


@dataclass(frozen=True)
class Leads:
    """A link inside the file; lengths are in points, from the upper left corner."""

    on: int
    box: tuple[float, float, float, float]
    sheet: int
    """The sheet, from 1, to which it leads, and the height there."""
    top: float


def links(pdf: bytes, sheets: range) -> list[Leads]:
    """The links of some sheets, counted from 1, to other places of the file, in order."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        for on in sheets:
            page: Any = opened.pages[on - 1]
            high = float(page.MediaBox[3])
            for one in page.get("/Annots", []):
                if "/Dest" in one:
                    left, low, right, top = (float(edge) for edge in one.Rect)
                    there = numbers[one.Dest[0].objgen]
                    height = float(opened.pages[there - 1].MediaBox[3])
                    box = (left, high - top, right, high - low)
                    found.append(Leads(on, box, there, height - float(one.Dest[3])))
    return found


def placed(path: Path) -> list[list[tuple[str, float, float]]]:
    """The words of each sheet with the left and upper edge of each, in points from the upper left corner."""
    said = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    pages = said.stdout.decode().split("<page ")[1:]
    return [[(word, float(x), float(y)) for x, y, word in WORD.findall(page)] for page in pages]
