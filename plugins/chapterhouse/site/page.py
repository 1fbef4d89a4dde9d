"""A page of the site as a value, whatever program writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chapterhouse import outputs
from chapterhouse.render import Context
from chapterhouse.render.pieces import Url
from chapterhouse.render.stamp import Stamp

Around = Callable[[Url], str]
"""HTML that stands before or after a page's text, once its own address is known."""


@dataclass(frozen=True)
class SitePage:
    """One page of the site, whatever program writes it."""

    source: str
    """The name it is known by in links between sources: `core/referrals.md`."""
    address: str
    """From the site's root: `core/referrals/`; empty for the home page."""
    title: str
    """Plain text, as in the list of pages."""
    text: str = ""
    """Markdown."""
    context: Context = field(default_factory=Context)
    before: Around | None = None
    after: Around | None = None
    stamp: Stamp | None = None
    """What its sheets say of it when it is printed."""
    write: Callable[[], SitePage] | None = None
    """Makes the page with its text and what stands around it: of superseded versions there may be thousands,
    and each is made when it is written and forgotten after."""
    hidden: bool = False
    """Kept out of search, of search engines and of the list of pages: superseded text."""
    listed: bool = True
    """Whether the list of pages names it."""
    searched: bool = True
    """Whether search finds it."""
    feeds: tuple[outputs.Alternate, ...] = ()
    """The feeds that its head names."""
    anchors: frozenset[str] = frozenset()
    """The addresses in what stands around its text, for links between sources that lead to them."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Other words for the terms of its text, by section: search finds it by them too."""

    def url(self, path: str) -> str:
        """The link from this page to a path from the site's root, `core/referrals/#3.4`."""
        address, mark, anchor = path.partition("#")
        if address == self.address and mark:
            return f"#{anchor}"
        return "../" * self.address.count("/") + address + mark + anchor or "./"
