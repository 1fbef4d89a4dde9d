"""Every chapter and every superseded version of the sample as a PDF file, read back by other programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from chapterhouse import editions, paper
from chapterhouse.paper.article import Articles
from chapterhouse.site.page import SitePage

SLUGS = sorted(
    path.relative_to(folder).with_suffix("").as_posix()
    for folder in [Path(__file__).parents[2] / "procedures"]
    for path in folder.glob("*/*.md")
    if path.parent.name != "pages" and "status: draft" not in path.read_text("utf-8")
)
SCREEN = (
    "[hidden], nav, summary, .chapter-feeds, .chapter-history, .chapter-stamp, .chapter-pdf,"
    " .footnote-backref, .term-expansion, :not(ins, del) > .read-out, .chapter-law li li a[rel]"
)
"""What of a page is for the screen alone."""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown(html: str) -> str:
    """The words of a page as they belong on paper, without white space: footnotes at their first mark."""
    soup = BeautifulSoup(html, "html.parser")
    for gone in soup.select(SCREEN):
        gone.decompose()
    for link in soup.select(".chapter-law li > p a[rel]"):
        link.insert_after(f": {link['href']}")
    notes = {f"#{note['id']}": note.get_text() for note in soup.select(".footnote li")}
    for mark in soup.select("sup > a.footnote-ref"):
        label, text = mark.get_text(), notes.pop(str(mark["href"]), None)
        # The mark in the text, and the mark before the footnote.
        mark.replace_with(label if text is None else f"{label}{label}{text}")
    for gone in soup.select(".footnote"):
        gone.decompose()
    return squeezed(soup.get_text())


@pytest.mark.parametrize("slug", SLUGS)
def test_paper_says_word_for_word_what_the_site_says(
    articles: Articles,
    chapters: dict[str, list[tuple[SitePage, editions.Edition]]],
    written: Callable[..., Any],
    slug: str,
) -> None:
    parts = [articles.part(page, edition) for page, edition in chapters[slug]]
    read = written(*parts)
    expected = []
    for (page, _), part in zip(chapters[slug], parts, strict=True):
        end = f"Check whether copy {part.sheet.code} is still current: {part.sheet.check}"
        made = page.write() if page.write else page
        expected.append(shown(articles.html(made)) + squeezed(end))
    assert read.read_out == expected
    feet(read.sheets, parts)


def feet(sheets: list[str], parts: list[paper.Part]) -> None:
    """Each sheet has the whole foot of its part, and counts."""
    number = 0
    for part in parts:
        own = [sheet for sheet in sheets if squeezed(f"Copy {part.sheet.code}") in sheet]
        assert own
        assert sheets[number : number + len(own)] == own
        for page, sheet in enumerate(own, 1):
            number += 1
            said = part.sheet
            lines = [said.what, said.standing, said.built, f"Page {page} of {len(own)}"]
            lines += [f"Sheet {number} of {len(sheets)}"] if len(parts) > 1 else []
            assert [line for line in lines if squeezed(line) not in sheet] == []
            assert not said.mark or squeezed(said.mark) in sheet
    assert number == len(sheets)
