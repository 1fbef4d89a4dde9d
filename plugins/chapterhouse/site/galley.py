"""Pages that are made and not yet written: MkDocs makes all of them before it writes the first."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from chapterhouse.render import Context, searchable
from chapterhouse.render.pieces import stamped
from chapterhouse.render.stamp import Stamp
from chapterhouse.site.page import SitePage


class Galley:
    """What is kept of each page, by its source, from the reading of its text until it is written.

    A superseded version is made when it is read, packed when its HTML is there, and then forgotten: there
    may be thousands. Of a page that search reads, the whole HTML waits here while search has an excerpt.
    """

    def __init__(self, pages: Mapping[str, SitePage]) -> None:
        self._pages = pages
        self._made: dict[str, SitePage] = {}
        self._packed: dict[str, bytes] = {}
        self._waiting: dict[str, str] = {}

    def make(self, source: str) -> SitePage | None:
        """The page of a source, with its text; None where the site has no such page."""
        page = self._pages.get(source)
        if page and page.write:
            page = self._made[source] = page.write()
        return page

    def context(self, source: str) -> Context | None:
        """What the text of a page cannot say of itself."""
        page = self._made.get(source) or self._pages.get(source)
        return page.context if page else None

    def stamp(self, source: str) -> Stamp | None:
        """What the sheets of a page say; of a superseded version, while it is being made."""
        page = self._made.get(source) or self._pages.get(source)
        return page.stamp if page else None

    def fill(self, source: str, html: str) -> str:
        """What search may be given of a page whose text became this HTML: nothing of a hidden one."""
        page = self._pages[source]
        if page.hidden:
            made = self._made.pop(source, page)
            self._packed[source] = zlib.compress(_stamped(made, _around(made, html)).encode(), 1)
            return ""
        return html if page.text else _around(page, html)

    def excerpt(self, source: str, html: str) -> str:
        """The author's words alone, in few tags: search is the dearest part of a build. The HTML waits."""
        if self._pages[source].hidden:
            return html
        self._waiting[source] = html
        return searchable(html)

    def whole(self, source: str) -> str:
        """The page as it is to be written, with what stands around its text, for print and every reader."""
        if source in self._packed:
            return zlib.decompress(self._packed.pop(source)).decode()
        page, html = self._pages[source], self._waiting.pop(source)
        return _stamped(page, _around(page, html) if page.text else html)


def _around(page: SitePage, html: str) -> str:
    before = page.before(page.url) if page.before else ""
    after = page.after(page.url) if page.after else ""
    return before + html + after


def _stamped(page: SitePage, html: str) -> str:
    """A page with what its sheets say, which search is never given."""
    if page.stamp is None:
        return html
    return stamped(page.stamp, top=True) + html + stamped(page.stamp, top=False)
