"""PDF files of the sample's chapters, read back by other programs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf

from chapterhouse import paper


def test_a_chapter_is_a_file_with_title_language_and_bookmarks(part: Callable[[str], paper.Part]) -> None:
    chapter = part("core/referrals.md")
    made = paper.make(paper.Document(chapter.title, (chapter,), "https://procedures.northmoor.example/"))
    with pikepdf.open(BytesIO(made.pdf)) as pdf, pdf.open_outline() as outline:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.pages) == made.pages > 1
        assert pdf.docinfo["/Title"] == chapter.title
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert [one.title for one in outline.root] == [chapter.title]
        assert len(outline.root[0].children) > 3
    assert (
        paper.make(paper.Document(chapter.title, (chapter,), "https://procedures.northmoor.example/")) == made
    )
