"""What the site consists of: its pages with their addresses, its data, its order."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from urllib.parse import urlsplit

from markupsafe import escape

from chapterhouse import crossreference, dates, editions, history, outputs
from chapterhouse.addresses import Addresses, published
from chapterhouse.law import Register
from chapterhouse.manual import copies as coded
from chapterhouse.manual import timeline
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.terms import terms
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Chapter, History, Manual, Page, Version
from chapterhouse.render import Context, amendments, changes, copies, glossary, indexes, legislation, pieces
from chapterhouse.render.cited import cited_law
from chapterhouse.render.coming import coming, notes
from chapterhouse.render.dated import Dated
from chapterhouse.render.definitions import Definitions
from chapterhouse.render.past import past
from chapterhouse.render.stamp import Stamp
from chapterhouse.render.used import synonyms, used_terms
from chapterhouse.sheet import PdfFile, page_sheet, sheet
from chapterhouse.site_page import SitePage
from chapterhouse.terms import GLOSSARY_PAGE


@dataclass(frozen=True)
class Site:
    """The site of a manual at a build date."""

    manual: Manual
    today: date
    name: str
    """What citations and sheets call the manual: Northmoor procedures."""
    url: str
    """Where it is published; empty where nobody has said."""
    wall: Callable[[str, str, str], None]
    """Told of what may not stand in a page: the path of its file, the place in it, the complaint."""
    pdfs: Mapping[str, PdfFile] = field(default_factory=lambda: MappingProxyType({}))
    """The PDF files that it carries, by the slugs of their chapters."""

    @cached_property
    def pages(self) -> tuple[SitePage, ...]:
        """Every page, each under an address of its own."""
        return tuple(
            page if page.stamp or page.write else replace(page, stamp=self.stamp(page.title, page.address))
            for page in self._pages()
        )

    @cached_property
    def leads(self) -> Addresses:
        """Where references and links lead."""
        return Addresses(self.manual, self.today)

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
    def definitions(self) -> Definitions:
        """What the terms of the glossary mean, as HTML."""
        source = "glossary.md"
        leads = self.leads.references(source, frozenset())
        follow = self.leads.links(f"{CONTENT}/{source}", ())
        return Definitions(
            self.manual,
            self.today,
            lambda reference: _address(leads(reference)),
            lambda href: _address(follow(href)),
            self._wall(self.manual.glossary.path),
        )

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

    def edition(self, edition: editions.Edition) -> SitePage:
        """The page of any version of a chapter, also of one that is still to come and has no page."""
        shown = editions.edition(edition.history, self.today, self.name, self.url)
        slug, version, whole = edition.history.chapter.slug, edition.version, changes.HistoryPage(shown)
        if version == shown.version:
            return self._edition(edition, f"{slug}.md", shown.path, whole)
        return self._edition(edition, _archived(slug, version), shown.version_path(version.number), whole)

    def draft(self, chapter: Chapter) -> SitePage:
        """The page of a draft, which the site does not have: what paper shows of it."""
        source = f"{chapter.slug}.md"
        return SitePage(
            source,
            f"{chapter.slug}/",
            f"{chapter.head.chapter} {chapter.head.title}",
            chapter.text,
            self._context(chapter, source),
            before=lambda _: pieces.draft(chapter, self.today),
        )

    def _pages(self) -> Iterator[SitePage]:
        for page in self.manual.pages:
            yield self._page(page)
        for records in self.manual.published:
            yield from self._chapter(records)
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
        shown = partial(editions.edition, today=self.today, manual_name=self.name, site_url=self.url)
        yield SitePage(
            "check.md",
            coded.CHECK,
            "Check a printed copy",
            before=lambda url: copies.check(map(shown, self.manual.published), url),
            searched=False,
        )

        def write(code: str, found: tuple[tuple[History, Version], ...], url: pieces.Url) -> str:
            # Made here and forgotten: each holds a redline, and there may be thousands.
            return copies.copy(code, (copies.Copy(version, shown(own)) for own, version in found), url)

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
            wall=self._wall(page.source.path),
        )
        followed = () if page.slug else outputs.alternates(self.name)
        return SitePage(source, address, page.title, page.text, context, feeds=followed)

    def _chapter(self, records: History) -> Iterator[SitePage]:
        chapter = records.chapter
        shown = editions.edition(records, self.today, self.name, self.url)
        whole = changes.HistoryPage(shown)
        yield self._edition(shown, f"{chapter.slug}.md", shown.path, whole)
        for version in history.superseded(records, self.today):
            edition = editions.Edition(records, version, self.today, self.name, self.url)
            source, address = _archived(chapter.slug, version), shown.version_path(version.number)
            write = partial(self._edition, edition, source, address, whole)
            yield SitePage(source, address, _title(edition), write=write, hidden=True)
        yield from self._changes(whole)
        for slug in chapter.head.formerly:
            yield from self._moved(shown, slug)

    def _moved(self, shown: editions.Edition, slug: str) -> Iterator[SitePage]:
        """What stands at an old address of a chapter, and at every address below it."""
        redlined = changes.HistoryPage(shown).redlined
        below = {shown.path: "", shown.history_path: "history"}
        below |= {shown.version_path(number): f"version {number}" for number in sorted(shown.archived)}
        below |= {shown.changes_path(number): f"redline of version {number}" for number in redlined}
        for there, what in below.items():
            path = there.removeprefix(shown.path)
            address = f"{slug}/{path}"
            yield SitePage(
                f"{address.rstrip('/')}.md",
                address,
                shown.head.title,
                before=pieces.moved(shown, path, what),
                hidden=True,
            )

    def _changes(self, whole: changes.HistoryPage) -> Iterator[SitePage]:
        """The history of a chapter, and each amendment of its words: old words mislead who searches."""
        register, slug, shown = self.manual.register, whole.slug, whole.shown
        chapter = _title(shown)
        yield SitePage(
            f"{slug}@changes.md",
            shown.history_path,
            f"{chapter}: history",
            before=lambda url: changes.history(changes.HistoryPage(shown), url, register),
            anchors=frozenset((*whole.ids, *whole.addresses.values())),
            hidden=True,
        )
        for version, step in whole.redlined.items():
            page = partial(changes.AmendmentPage, step, shown)
            yield SitePage(
                f"{slug}@changes@{version}.md",
                shown.changes_path(version),
                f"{chapter}: changes in version {version}",
                before=partial(_amended, page, register),
                anchors=page().places.anchors,
                hidden=True,
            )

    def _edition(
        self, edition: editions.Edition, source: str, address: str, whole: changes.HistoryPage
    ) -> SitePage:
        chapter, day = edition.chapter, edition.judged
        law = cited_law(self.manual.register, chapter, mentions(self.manual, chapter, day), day)
        glossary_path = posixpath.relpath("glossary.md", posixpath.dirname(source))
        used_here = terms(self.manual, chapter, day)
        current = edition.state not in {"superseded", "withdrawn"}
        used = used_terms(self.manual, used_here, day, glossary_path, current=current)
        explained = pieces.Explained(used, self.definitions.html, self.manual.glossary.successors)
        ahead = coming(edition)
        context = replace(
            self._context(chapter, source),
            notes=notes(edition, posixpath.basename(chapter.slug), ahead, whole.addresses),
            linked=tuple(sorted((*law.words, *used.words), key=lambda one: one.start)),
        )
        # An old version keeps its addresses; the chapter's own page answers for all that it ever had.
        gone = () if edition.state == "superseded" else self.leads.former(chapter)
        return SitePage(
            source,
            address,
            _title(edition),
            chapter.text,
            context,
            before=lambda url: pieces.top(
                edition,
                url,
                law,
                past(edition, self.manual.register, self._exists),
                ahead,
                self.pdfs.get(edition.history.chapter.slug) if address == edition.path else None,
            ),
            after=lambda url: pieces.end(
                edition, url, law, self._exists, self.manual.register, explained, gone
            ),
            stamp=_stamp(edition),
            synonyms=synonyms(used_here),
            hidden=edition.state == "superseded",
            listed=edition.state != "withdrawn",
            feeds=() if edition.state == "superseded" else outputs.alternates(self.name, edition),
            anchors=frozenset(one.anchor for one in gone if not one.reused),
        )

    def stamp(self, title: str = "", address: str = "") -> Stamp:
        """What the sheets of a page say that is no version of a chapter; without a title, of any page."""
        whole = f"{self.url.rstrip('/')}/{address}" if self.url else ""
        return Stamp(page_sheet(self.name, title, self.today, whole), title or self.name, self.today)

    def _context(self, chapter: Chapter, source: str) -> Context:
        """What a text of a chapter cannot say of itself; its page is known by `source`."""
        return Context(
            numbering=chapter.head.numbering,
            body=chapter.body,
            text=chapter.text,
            address=self.leads.references(source, frozenset(chapter.anchors)),
            follow=self.leads.links(f"{CONTENT}/{chapter.slug}.md", chapter.anchors),
            on_paper=self.leads.on_paper(f"{CONTENT}/{chapter.slug}.md", chapter, self.url),
            wall=self._wall(chapter.source.path),
        )

    def _exists(self, path: str) -> bool:
        return path in self.addresses

    def _wall(self, path: str) -> Callable[[str, str], None]:
        return lambda place, complaint: self.wall(path, place, complaint)


def _amended(page: Callable[[], changes.AmendmentPage], register: Register, url: pieces.Url) -> str:
    return changes.amendment(page(), url, register)


def _stamp(edition: editions.Edition) -> Stamp:
    """What the sheets of a version say. Only the page that readers come back to asks for a later one."""
    own, scheduled = edition.own_path == edition.path, edition.state == "scheduled"
    return Stamp(
        sheet(edition),
        f"{_title(edition)}, version {edition.version.number}",
        edition.today,
        current=outputs.CURRENT if own else "",
        version=edition.version.number if own else "",
        until=pieces.eve(edition.amendment.effective) if scheduled else None,
    )


def _title(edition: editions.Edition) -> str:
    return f"{edition.head.chapter} {edition.head.title}"


def _archived(slug: str, version: Version) -> str:
    """By which the page of a version is known that is not shown as the chapter: a name that no slug can have,
    in the chapter's own folder, so that its relative links still lead where they led.
    """
    return f"{slug}@{version.number}.md"


def refusal(path: str, place: str, complaint: str) -> str:
    """What the wall is told, in one line."""
    where = f", at {place}" if place else ""
    return f"{path}{where}: {complaint}"


def safe(text: str) -> str:
    """Plain text for a program that prints it as HTML without asking."""
    return str(escape(text))


def _address(source: str | None) -> str | None:
    """The address from the site's root of what links between sources call `core/referrals.md#3.4`."""
    if source is None or urlsplit(source).scheme:
        return source
    path, mark, anchor = source.partition("#")
    return f"{published(path)}{mark}{anchor}"
