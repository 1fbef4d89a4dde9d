"""A manual as it is published: on which day, under which name and address, and where its links lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlsplit

from chapterhouse import editions
from chapterhouse.addresses import Addresses, published
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Chapter, History, Manual
from chapterhouse.render import Context
from chapterhouse.render.definitions import Definitions
from chapterhouse.sheet import PdfFile


@dataclass(frozen=True)
class Publication:
    """A manual at a build date."""

    manual: Manual
    today: date
    name: str
    """What citations and sheets call the manual: Northmoor procedures."""
    url: str
    """Where it is published, with a slash at its end; empty where nobody has said."""
    wall: Callable[[str, str, str], None]
    """Told of what may not stand in a page: the path of its file, the place in it, the complaint."""
    pdfs: Mapping[str, PdfFile] = field(default_factory=lambda: MappingProxyType({}))
    """The PDF files that it carries, by the slugs of their chapters."""

    @cached_property
    def leads(self) -> Addresses:
        """Where references and links lead."""
        return Addresses(self.manual, self.today)

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
            self.refusing(self.manual.glossary.path),
        )

    def shown(self, history: History) -> editions.Edition:
        """What the page of a chapter shows of it."""
        return editions.edition(history, self.today, self.name, self.url)

    def context(self, chapter: Chapter, source: str) -> Context:
        """What a text of a chapter cannot say of itself; its page is known by `source`."""
        return Context(
            numbering=chapter.head.numbering,
            body=chapter.body,
            text=chapter.text,
            address=self.leads.references(source, frozenset(chapter.anchors)),
            follow=self.leads.links(f"{CONTENT}/{chapter.slug}.md", chapter.anchors),
            on_paper=self.leads.on_paper(f"{CONTENT}/{chapter.slug}.md", chapter, self.url),
            wall=self.refusing(chapter.source.path),
        )

    def refusing(self, path: str) -> Callable[[str, str], None]:
        """How the pages of a file tell of what may not stand in them."""
        return lambda place, complaint: self.wall(path, place, complaint)


def _address(source: str | None) -> str | None:
    """The address from the site's root of what links between sources call `core/referrals.md#3.4`."""
    if source is None or urlsplit(source).scheme:
        return source
    path, mark, anchor = source.partition("#")
    return f"{published(path)}{mark}{anchor}"
