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
from chapterhouse.model import Chapter, Manual


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
