"""PDF files of the sample's chapters: what the file says of itself, where it leads, what a checker says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup

from chapterhouse import paper
from chapterhouse.paper import proof
from chapterhouse.paper.article import Articles

URL = "https://procedures.northmoor.example/"
CHECKED = (
    "core/assessment",
    "arrangements/serious-incidents",
    "arrangements/duties-of-organisations",
    "arrangements/serious-case-reviews",
)
"""A plain chapter, one under review, one with a wide table, one that is withdrawn."""

MISTAKEN = {
    "TAG-002": "takes words of a foot, and a table's head on its second sheet, for text that nobody is read",
    "ORD-001": "puts all words of a paragraph before its links; `test_chapters` proves the order",
    "TBL-014": "does not find tables whose cells hold paragraphs; these are counted below",
}
"""Rules of the checker that do not tell what is the case, and why."""


def test_a_chapter_is_a_file_with_title_language_and_bookmarks(part: Callable[[str], paper.Part]) -> None:
    chapter = part("core/referrals")
    made = paper.make(paper.Document(chapter.title, (chapter,), URL))
    with pikepdf.open(BytesIO(made.pdf)) as pdf, pdf.open_outline() as outline:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.pages) == made.pages > 1
        assert pdf.docinfo["/Title"] == chapter.title
        assert "/CreationDate" not in pdf.docinfo
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert [one.title for one in outline.root] == [chapter.title]
        sections = [one.title for one in outline.root[0].children]
    assert sections[:2] == ["1. When to use this chapter", "2. If a child is in immediate danger"]
    assert sections[-1] == "Amendments"


def test_links_lead_to_the_paragraph_on_paper_or_to_the_whole_address(
    articles: Articles, part: Callable[[str], paper.Part], written: Callable[..., Any]
) -> None:
    slug = "arrangements/local-safeguarding-arrangements"
    chapter = part(slug)
    read = written(chapter)
    margin = {word.text: word for word in read.words if word.left < 21 and re.match(r"\d+\.\d", word.text)}
    numbers, addresses = set(), set()
    with pikepdf.open(read.path) as pdf:
        pages = {one.obj.objgen: number for number, one in enumerate(pdf.pages)}
        for link in (one for page in pdf.pages for one in page.get("/Annots", ())):
            if "/URI" in link.get("/A", {}):
                addresses.add(str(link.A.URI))
                continue
            sheet, _, _, top, *_ = link.Dest if "/Dest" in link else link.A.D
            place = (pages[sheet.objgen], (842 - float(top)) / 72 * 25.4)
            at = [n for n, w in margin.items() if w.page == place[0] and abs(w.top - place[1]) < 6]
            numbers |= set(at)
    soup = BeautifulSoup(articles.html(articles.site.by_source[f"{slug}.md"]), "html.parser")
    for gone in soup.select("nav, [hidden]"):
        gone.decompose()
    wanted = {
        str(one["href"]).removeprefix("#") for one in soup.select("a[href^='#']:not(.paragraph-number)")
    }
    assert {one for one in wanted if one in margin} <= numbers
    assert len(numbers) > 10
    official = {str(one["href"]) for one in soup.select("a[rel~=external]")}
    assert {one for one in official if one not in addresses} == set()
    assert any(one.startswith(f"{URL}{slug}/changes/#") for one in addresses)
    # Print has no line that only leads on to the history of the whole chapter.
    assert f"{URL}{slug}/changes/" not in addresses
    assert f"{URL}arrangements/information-sharing/#5.2" in addresses
    assert chapter.sheet.check in addresses
    assert not [one for one in addresses if not one.startswith("https://") or ".md" in one]


def test_a_checker_of_pdf_ua_finds_no_error(part: Callable[[str], paper.Part], tmp_path: Path) -> None:
    names = []
    for slug in CHECKED:
        chapter = part(slug)
        path = tmp_path / f"{slug.replace('/', '-')}.pdf"
        path.write_bytes(paper.make(paper.Document(chapter.title, (chapter,), URL)).pdf)
        names.append(str(path))
    report = tmp_path / "report.json"
    checker = shutil.which("outloud") or str(Path(sys.executable).parent / "outloud")
    command = [checker, "--skip", ",".join(MISTAKEN), "--json", str(report), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads(report.read_text("utf-8"))["results"]
    assert [(one["path"], one["findings"]) for one in results] == [(name, []) for name in names]


def test_tables_are_tagged_with_their_heads(
    articles: Articles, part: Callable[[str], paper.Part], written: Callable[..., Any]
) -> None:
    slug = "arrangements/duties-of-organisations"
    with pikepdf.open(written(part(slug)).path) as pdf:
        tags = [str(one.get("/S", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    soup = BeautifulSoup(articles.html(articles.site.by_source[f"{slug}.md"]), "html.parser")
    for tag, name in (("/Table", "table"), ("/TR", "tr"), ("/TH", "th"), ("/TD", "td")):
        assert tags.count(tag) == len(soup.select(name)) > 0


SCRIPT = """
import hashlib, sys
from chapterhouse import paper
from chapterhouse.paper import reading
from chapterhouse.sheet import Sheet
html = '<h1 id="a">T</h1><p><strong><em><code><a href="x">words</a></code></em></strong> <sub>s</sub></p>'
blocks = reading.read(html, lambda href: href)
part = paper.Part("T", Sheet("What", "Version 1", "Built", "code", "https://a.example/", "Draft"), blocks)
print(hashlib.sha256(paper.make(paper.Document("T", (part, part))).pdf).hexdigest())
"""


def test_the_same_document_is_the_same_bytes() -> None:
    """Whatever the order of sets in the memory of this process, the time and the zone."""
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", SCRIPT]
        found.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(found) == 1


HIDING = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
"""


@pytest.mark.parametrize("library", ["typst", "pikepdf"])
def test_a_missing_engine_is_told_with_its_cure(library: str) -> None:
    command = [sys.executable, "-c", HIDING + SCRIPT, library]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(
        "PDF files are made by Typst, which is not installed: pip install 'chapterhouse[pdf]'"
    )


def test_a_file_without_one_of_its_parts_is_refused(page: Callable[..., paper.Part]) -> None:
    made = paper.make(paper.Document("Paper", (page("<p>text</p>"),)))
    assert proof.pages(made.pdf, ["9.9 Hostile"]) == 1
    with pytest.raises(paper.EngineError, match=r"^missing from the PDF file: 9\.8 Other$"):
        proof.pages(made.pdf, ["9.8 Other", "9.9 Hostile"])
    with pytest.raises(paper.EngineError, match="each once and in order"):
        proof.pages(made.pdf, ["9.9 Hostile", "9.9 Hostile"])
    with pytest.raises(paper.EngineError, match=r"missing from the PDF file: 9\.8 Other$"):
        proof.pages(made.pdf, ["9.9 Hostile"], ["9.8 Other", "9.9 Hostile"])
