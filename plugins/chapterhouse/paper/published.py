"""The PDF files that a site carries: one of each chapter, as the site shows it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from chapterhouse.editions import Edition
from chapterhouse.manual.tree import CONTENT
from chapterhouse.paper import make
from chapterhouse.paper.books import Books
from chapterhouse.paper.document import Paper
from chapterhouse.sheet import PdfFile, pdf_path
from chapterhouse.site import Site


@dataclass(frozen=True, slots=True)
class Published:
    """A PDF file with what the chapter's page says of it."""

    told: PdfFile
    pdf: bytes


def published(site: Site, root: Path) -> Mapping[str, Published]:
    """The PDF file of each chapter by its slug, made from the manual in `root` on all processors.

    Raises EngineError for what cannot be made, ValueError for what cannot be put on paper and for a file of
    the manual that stands at the address of one of them.
    """
    books = Books(site, root)
    shown = [site.shown(one) for one in site.manual.published]
    for one in shown:
        if f"{CONTENT}/{pdf_path(one)}" in site.manual.files:
            raise ValueError(
                f"{CONTENT}/{pdf_path(one)} has the address of the chapter's own PDF file: rename it"
            )
    # Typst lets other threads run while it works.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = pool.map(make, (books.chapters([one]) for one in shown))
        return {
            one.history.chapter.slug: _published(one, paper) for one, paper in zip(shown, made, strict=True)
        }


def _published(one: Edition, paper: Paper) -> Published:
    return Published(PdfFile(pdf_path(one), paper.pages, len(paper.pdf)), paper.pdf)
