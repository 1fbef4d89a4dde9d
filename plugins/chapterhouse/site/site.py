"""What the site consists of: its pages with their addresses, its data, its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from markupsafe import escape

from chapterhouse import crossreference, dates, outputs
from chapterhouse.manual import copies as coded
from chapterhouse.manual import timeline
from chapterhouse.model import History, Page, Version
from chapterhouse.render import Context, amendments, copies, glossary, indexes, legislation, pieces
from chapterhouse.render.dated import Dated
from chapterhouse.render.stamp import Stamp
from chapterhouse.sheet import page_sheet
from chapterhouse.site.chapters import ChapterPages
from chapterhouse.site.page import SitePage
from chapterhouse.site.publication import Publication
from chapterhouse.terms import GLOSSARY_PAGE


@dataclass(frozen=True)
class Site(Publication):
    """The site of a manual at a build date."""

    @cached_property
    def pages(self) -> tuple[SitePage, ...]:
        """Every page, each under an address of its own."""
        return tuple(
            page if page.stamp or page.write else replace(page, stamp=self.stamp(page.title, page.address))
            for page in self._pages()
        )

    @cached_property
    def dated(self) -> Dated:
        """What held on which days."""
        return Dated(self.manual, self.today, self._exists)

    @cached_property
    def law(self) -> crossreference.Index:
        """Where the manual cites the law."""
        return crossreference.index(self.manual, self.today)

    @cached_property
    def uses(self) -> Mapping[str, tuple[crossreference.Place, ...]]:
        """Where the manual uses the terms of its glossary."""
        return crossreference.uses(self.manual, self.today)

    @cached_property
    def amendments(self) -> tuple[crossreference.Recorded, ...]:
        """Every record of every chapter."""
        return crossreference.recorded(self.manual, self.today)

    @cached_property
    def by_source(self) -> dict[str, SitePage]:
        """The pages by the name that links between sources know them by."""
        return {page.source: page for page in self.pages}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages."""
        return frozenset(page.address for page in self.pages)

    @property
    def order(self) -> list[tuple[str, list[SitePage]]]:
        """The list of pages: headings with what stands under them; the home page has no heading."""
        listed = [page for page in self.pages if page.listed and not page.hidden]
        parts = {part.folder: part.title for part in self.manual.parts}
        groups: list[tuple[str, list[SitePage]]] = [("", [page for page in listed if not page.address])]
        for folder, title in parts.items():
            groups.append((title, [page for page in listed if page.source.startswith(f"{folder}/")]))
        rest = [p for p in listed if p.address and p.source.partition("/")[0] not in parts]
        groups.append(("About this manual", rest))
        return [(title, pages) for title, pages in groups if pages]

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The data that the site carries, by path."""
        return outputs.files(
            self.manual, self.today, self.name, self.url, self.law, self.uses, self.amendments
        )

    def _pages(self) -> Iterator[SitePage]:
        for page in self.manual.pages:
            yield self._page(page)
        for records in self.manual.published:
            yield from self.chapters.of(records)
        manual, today = self.manual, self.today
        yield SitePage(
            "chapters.md",
            "chapters/",
            "All chapters",
            before=lambda url: indexes.chapters(manual, today, url),
        )
        yield SitePage(
            "reviews.md", "reviews/", "Reviews", before=lambda url: indexes.reviews(manual, today, url)
        )
        yield from self._records()
        yield from self._copies()
        if manual.glossary.terms:
            yield SitePage(
                "glossary.md",
                GLOSSARY_PAGE,
                "Glossary",
                before=lambda url: glossary.page(manual, self.uses, self.definitions, url),
                anchors=manual.glossary.anchors,
            )
        yield from self._law()

    def _records(self) -> Iterator[SitePage]:
        """The register of amendments, and the manual as at a date."""
        yield SitePage(
            "amendments.md",
            "amendments/",
            "Amendments",
            before=lambda url: amendments.page(self.manual, self.amendments, self.today, url),
        )
        yield SitePage("as-at.md", "as-at/", "As at a date", before=self.dated.page)
        for day in timeline.days(self.manual):
            yield SitePage(
                f"as-at/{day.isoformat()}.md",
                f"as-at/{day.isoformat()}/",
                f"As at {dates.long(day)}",
                before=partial(self.dated.day, day),
                hidden=True,
            )

    def _copies(self) -> Iterator[SitePage]:
        """Where a printed copy is checked, and what became of the copies of each version."""
        yield SitePage(
            "check.md",
            coded.CHECK,
            "Check a printed copy",
            before=lambda url: copies.check(map(self.shown, self.manual.published), url),
            searched=False,
        )

        def write(code: str, found: tuple[tuple[History, Version], ...], url: pieces.Url) -> str:
            # Made here and forgotten: each holds a redline, and there may be thousands.
            return copies.copy(code, (copies.Copy(version, self.shown(own)) for own, version in found), url)

        for code, found in coded.coded(self.manual).items():
            address = coded.path(code)
            source = f"{address.rstrip('/')}.md"
            title = f"Copy with the code {code}"
            yield SitePage(source, address, title, before=partial(write, code, found), hidden=True)

    def _law(self) -> Iterator[SitePage]:
        """The index of the law, and a page for each instrument, which only the index leads to."""
        law = self.law
        yield SitePage(
            "legislation.md",
            "legislation/",
            "Law and guidance",
            before=lambda url: legislation.index(law, url),
        )
        for entry in law.entries:
            yield SitePage(
                f"legislation/{entry.id}.md",
                entry.page,
                entry.title,
                before=partial(legislation.instrument, law, entry),
                listed=False,
                searched=False,
            )

    def _page(self, page: Page) -> SitePage:
        source = "index.md" if not page.slug else f"{page.slug}.md"
        address = f"{page.slug}/" if page.slug else ""
        context = Context(
            address=self.leads.references(source, page.anchors),
            follow=self.leads.links(page.source.path, page.anchors),
            on_paper=self.leads.on_paper(page.source.path, page, self.url),
            wall=self.refusing(page.source.path),
        )
        followed = () if page.slug else outputs.alternates(self.name)
        return SitePage(source, address, page.title, page.text, context, feeds=followed)

    @cached_property
    def chapters(self) -> ChapterPages:
        """The pages of its chapters."""
        return ChapterPages(self, self._exists)

    def stamp(self, title: str = "", address: str = "") -> Stamp:
        """What the sheets of a page say that is no version of a chapter; without a title, of any page."""
        whole = self.url + address if self.url else ""
        return Stamp(page_sheet(self.name, title, self.today, whole), title or self.name, self.today)

    def _exists(self, path: str) -> bool:
        return path in self.addresses


def refusal(path: str, place: str, complaint: str) -> str:
    """What the wall is told, in one line."""
    where = f", at {place}" if place else ""
    return f"{path}{where}: {complaint}"


def safe(text: str) -> str:
    """Plain text for a program that prints it as HTML without asking."""
    return str(escape(text))
