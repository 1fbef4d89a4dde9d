"""Where the references and the links of a text lead on the site of a build date."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urlsplit

from chapterhouse import editions, references
from chapterhouse.manual import links
from chapterhouse.manual.former import Former, former
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Chapter, Manual, Page


@dataclass(frozen=True)
class Addresses:
    """What stands at the addresses of the chapters of a manual on a day."""

    manual: Manual
    today: date
    _former: dict[str, tuple[Former, ...]] = field(default_factory=dict)

    def references(
        self, source: str, anchors: Collection[str]
    ) -> Callable[[references.Reference], str | None]:
        """Where the references of a text lead, as an author would write the link; None where nowhere.

        `source` is the name of its page and `anchors` are its own.
        """
        folder = posixpath.dirname(source)

        def address(reference: references.Reference) -> str | None:
            anchor = reference.paragraph or reference.section
            if not reference.chapter:
                return f"#{anchor}" if anchor in anchors else None
            target = self.manual.by_number.get(reference.chapter)
            if target is None or target.head.status == "draft":
                return None
            path = posixpath.relpath(f"{target.slug}.md", folder or ".")
            if not anchor:
                return path
            return f"{path}#{anchor}" if self.has(target, anchor) else None

        return address

    def links(self, source: str, anchors: Collection[str]) -> Callable[[str], str | None]:
        """Where a link of the source leads at the build date: paragraphs come and go, and the text stays."""

        def follow(href: str) -> str | None:
            if urlsplit(href).scheme or not links.dead(self.manual, source, anchors, href, self.shown):
                return href
            address, _, anchor = href.partition("#")
            if not address or links.dead(self.manual, source, anchors, address):
                return None
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(address)))
            there = links.at(self.manual, path)
            return href if isinstance(there, Chapter) and self.has(there, unquote(anchor)) else address

        return follow

    def on_paper(self, source: str, text: Chapter | Page, site_url: str) -> Callable[[str], str]:
        """What a reader of paper is told of where a link leads: a place of the manual in words, else the
        whole address. Empty where there is nothing to be told.

        `source` is the path of the file that holds the text, and `site_url` where the site is published.
        """

        def tell(href: str) -> str:
            parts = urlsplit(href)
            if parts.scheme:
                return href if parts.scheme in {"http", "https"} else unquote(parts.path)
            address, _, anchor = unquote(href).partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), address)) if address else ""
            there = links.at(self.manual, path) if path else text
            if isinstance(there, Chapter):
                shown = self.shown(there) if path else there
                place = _place(shown, anchor)
                return ", ".join(filter(None, (f"chapter {shown.head.chapter}" if path else "", place)))
            if not path or not site_url:
                return ""
            return f"{site_url}{published(path)}{f'#{anchor}' if anchor else ''}"

        return tell

    def shown(self, chapter: Chapter) -> Chapter:
        """The text that a reader finds at the chapter's address on the build date."""
        return editions.edition(self.manual.histories[chapter.slug], self.today).chapter

    def has(self, chapter: Chapter, anchor: str) -> bool:
        """Whether the page of a chapter has an address, be it that of a text that has gone."""
        return anchor in self.shown(chapter).anchors or any(
            one.anchor == anchor for one in self.former(chapter)
        )

    def former(self, chapter: Chapter) -> tuple[Former, ...]:
        """The addresses in the page of a chapter that no longer lead to what they once led to."""
        if chapter.slug not in self._former:
            self._former[chapter.slug] = former(self.manual.histories[chapter.slug], self.today)
        return self._former[chapter.slug]


def published(path: str) -> str:
    """Where the file at a path of the content tree is read, from the site's root."""
    within = path.removeprefix(f"{CONTENT}/")
    if not within.endswith(".md"):
        return within
    page = within.removesuffix("index.md").removesuffix(".md")
    return f"{page}/" if page else ""


def _place(chapter: Chapter, anchor: str) -> str:
    """A place in a chapter in words; empty for none that has a number."""
    for section in chapter.body.sections:
        if section.anchor == anchor:
            return f"section {section.number}" if section.number else ""
    return f"paragraph {anchor}" if anchor in chapter.anchors else ""
