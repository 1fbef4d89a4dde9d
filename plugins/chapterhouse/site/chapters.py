"""The pages of a chapter: each of its versions, its history, its redlines, its old addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from chapterhouse import editions, history, outputs
from chapterhouse.law import Register
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.terms import terms
from chapterhouse.model import Chapter, History, Version
from chapterhouse.render import changes, pieces
from chapterhouse.render.cited import cited_law
from chapterhouse.render.coming import coming, notes
from chapterhouse.render.past import past
from chapterhouse.render.stamp import Stamp
from chapterhouse.render.used import synonyms, used_terms
from chapterhouse.sheet import sheet
from chapterhouse.site.page import SitePage
from chapterhouse.site.publication import Publication


@dataclass(frozen=True)
class ChapterPages:
    """The pages of the chapters of a publication."""

    publication: Publication
    exists: Callable[[str], bool]
    """Whether the site has a page at an address, once all its pages are known."""

    def of(self, records: History) -> Iterator[SitePage]:
        """Every page that the site has of a chapter that is published."""
        chapter = records.chapter
        shown = self.publication.shown(records)
        whole = changes.HistoryPage(shown)
        yield self._edition(shown, f"{chapter.slug}.md", shown.path, whole)
        for version in history.superseded(records, self.publication.today):
            edition = replace(shown, version=version)
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
        register, slug, shown = self.publication.manual.register, whole.slug, whole.shown
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

    def edition(self, edition: editions.Edition) -> SitePage:
        """The page of any version of a chapter, also of one that is still to come and has no page."""
        shown = self.publication.shown(edition.history)
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
            self.publication.context(chapter, source),
            before=lambda _: pieces.draft(chapter, self.publication.today),
        )

    def _edition(
        self, edition: editions.Edition, source: str, address: str, whole: changes.HistoryPage
    ) -> SitePage:
        manual, chapter, day = self.publication.manual, edition.chapter, edition.judged
        law = cited_law(manual.register, chapter, mentions(manual, chapter, day), day)
        glossary_path = posixpath.relpath("glossary.md", posixpath.dirname(source))
        used_here = terms(manual, chapter, day)
        current = edition.state not in {"superseded", "withdrawn"}
        used = used_terms(manual, used_here, day, glossary_path, current=current)
        explained = pieces.Explained(used, self.publication.definitions.html, manual.glossary.successors)
        ahead = coming(edition)
        context = replace(
            self.publication.context(chapter, source),
            notes=notes(edition, posixpath.basename(chapter.slug), ahead, whole.addresses),
            linked=tuple(sorted((*law.words, *used.words), key=lambda one: one.start)),
        )
        # An old version keeps its addresses; the chapter's own page answers for all that it ever had.
        gone = () if edition.state == "superseded" else self.publication.leads.former(chapter)
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
                past(edition, manual.register, self.exists),
                ahead,
                self.publication.pdfs.get(edition.history.chapter.slug) if address == edition.path else None,
            ),
            after=lambda url: pieces.end(edition, url, law, self.exists, manual.register, explained, gone),
            stamp=_stamp(edition),
            synonyms=synonyms(used_here),
            hidden=edition.state == "superseded",
            listed=edition.state != "withdrawn",
            feeds=() if edition.state == "superseded" else outputs.alternates(self.publication.name, edition),
            anchors=frozenset(one.anchor for one in gone if not one.reused),
        )


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
