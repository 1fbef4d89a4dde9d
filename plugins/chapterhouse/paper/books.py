"""Which documents are made: some chapters, the whole manual, the pages that replace others, each chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from chapterhouse import dates
from chapterhouse.editions import Edition
from chapterhouse.manual.replacing import Replacement
from chapterhouse.model import Chapter
from chapterhouse.paper import front
from chapterhouse.paper.article import Articles
from chapterhouse.paper.bars import barred
from chapterhouse.paper.choosing import Chosen
from chapterhouse.paper.document import Document, Part
from chapterhouse.paper.nodes import Block
from chapterhouse.paper.pictures import pictures
from chapterhouse.sheet import Made, draft_sheet, page_sheet
from chapterhouse.site import Site
from chapterhouse.terms import GLOSSARY_PAGE

Say = Callable[[str], None]
"""Told what is being made, for somebody who waits."""


class Books:
    """The documents of one site."""

    def __init__(self, site: Site, root: Path, say: Say = lambda _: None, made: Made = Made.PDF) -> None:
        """`root` is the folder of the manual: pictures are read when a document has them; `made` is what
        the sheets come from.
        """
        self.site = site
        self.root = root
        self.say = say
        self.articles = Articles(site, made)

    def chapters(self, chosen: Sequence[Chosen]) -> Document:
        """Some chapters, one after the other, each as it would be alone.

        Raises ValueError for what cannot be put on paper.
        """
        parts = tuple(self._parts(self._chosen(one) for one in chosen))
        if len(parts) == 1:
            return self._document(parts[0].sheet.what, parts)
        return self._document(f"{self.site.name}: {', '.join(one.head.chapter for one in chosen)}", parts)

    def whole(self) -> Document:
        """The manual: cover, contents, every chapter as the site shows it, indexes."""
        site, shown = self.site, self._shown()
        ends = [*self._ends(shown)]
        first = [
            self._page("", site.name, front.cover(site, len(shown))),
            self._page(
                "contents/",
                "Contents",
                front.contents(site.manual, shown, [(one.title, one.address) for one in ends]),
            ),
        ]
        parts = self._parts(self._edition(one) for one in shown)
        return self._document(
            f"{site.name}, as it stood on {dates.long(site.today)}", (*first, *parts, *ends)
        )

    def replacing(self, found: Sequence[Replacement], since: date) -> Document:
        """What a copy made on `since` takes out and puts in: the list, then each chapter with change bars."""
        pairs = [(one, self._current(one)) for one in found]
        first = self._page("replacing/", "Replacement pages", front.replacing(self.site, pairs, since))
        parts = self._parts(self._replacement(one, new) for one, new in pairs)
        title = (
            f"{self.site.name}: replacement pages, from {dates.long(since)} to {dates.long(self.site.today)}"
        )
        return self._document(title, (first, *parts))

    def _shown(self) -> list[Edition]:
        site = self.site
        return [site.shown(one) for one in site.manual.published]

    def _current(self, one: Replacement) -> Edition:
        return Edition(one.history, one.new, self.site.today, self.site.name, self.site.url)

    def _ends(self, shown: Sequence[Edition]) -> Iterator[Part]:
        """What stands behind the chapters."""
        site = self.site
        self.say("indexes")
        yield self._page("legislation/", "Index of legislation", front.law(site.law))
        if page := site.by_source.get("glossary.md"):
            yield self._page(GLOSSARY_PAGE, "Glossary", self.articles.nodes(page))
        yield self._page("amendments/", "Amendments", front.amendments(site, shown))

    def _parts(self, made: Iterable[Part]) -> Iterator[Part]:
        for part in made:
            self.say(part.title)
            yield part

    def _chosen(self, one: Chosen) -> Part:
        return self._draft(one) if isinstance(one, Chapter) else self._edition(one)

    def _draft(self, chapter: Chapter) -> Part:
        site, page = self.site, self.site.chapters.draft(chapter)
        foot = draft_sheet(site.name, chapter.head, site.today, site.url)
        return Part(page.title, foot, self.articles.nodes(page), page.address)

    def _edition(self, one: Edition) -> Part:
        return self.articles.part(self.site.chapters.edition(one), one)

    def _replacement(self, one: Replacement, new: Edition) -> Part:
        """A chapter that is put in, with change bars."""
        part = self._edition(new)
        return replace(part, blocks=barred(part.blocks, part.address, one.redline)) if one.redline else part

    def _page(self, address: str, title: str, blocks: tuple[Block, ...]) -> Part:
        site = self.site
        foot = page_sheet(site.name, title if address else "", site.today, site.url, self.articles.made)
        return Part(title, foot, blocks, address)

    def _document(self, title: str, parts: tuple[Part, ...]) -> Document:
        files = pictures(self.root, self.site.manual, parts)
        return Document(title, parts, self.site.url, files)
