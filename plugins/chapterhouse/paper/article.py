"""The article of a page as HTML, made without MkDocs: what is printed is what the site shows."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

from markdown import Markdown

from chapterhouse import sheet
from chapterhouse.editions import Edition
from chapterhouse.paper import reading
from chapterhouse.paper.document import Part
from chapterhouse.paper.nodes import Block
from chapterhouse.render import marked
from chapterhouse.render.extension import ChapterhouseExtension
from chapterhouse.sheet import Made
from chapterhouse.site import Site
from chapterhouse.site.page import SitePage

ROOT = "https://root.invalid/"
"""Stands in a link for the way to the site's root."""


class Articles:
    """The articles of one site."""

    def __init__(self, site: Site, made: Made = Made.PDF) -> None:
        self.site = site
        self.made = made
        """What their sheets come from."""
        self.page = SitePage("", "", "")
        """The page whose text is being made."""
        extension = ChapterhouseExtension(contexts=lambda _: self.page.context)
        self.markdown = Markdown(extensions=[extension])

    def html(self, page: SitePage) -> str:
        """The article of a page: what stands before its text, its text, what stands after it.

        A page that is made when it is written must have been.
        """
        self.page = page
        text = self.markdown.reset().convert(marked(page.source, page.text)) if page.text else ""
        before = page.before(rooted) if page.before else ""
        after = page.after(rooted) if page.after else ""
        return before + text + after

    def nodes(self, page: SitePage) -> tuple[Block, ...]:
        """The article of a page as nodes.

        Raises ValueError, with the page's name, for an element that paper does not know.
        """
        made = page.write() if page.write else page
        try:
            return reading.read(self.html(made), lambda href: self.leads(made, href))
        except reading.UnknownElementError as error:
            raise ValueError(f"{page.title}: {error}") from None

    def part(self, page: SitePage, edition: Edition) -> Part:
        """The sheets of an edition, which is what its page shows."""
        return Part(page.title, sheet.sheet(edition, self.made), self.nodes(page), page.address)

    def leads(self, page: SitePage, href: str) -> str:
        """Where a link on a page leads: a path from the site's root, or a whole address."""
        if href.startswith(ROOT):
            return href.removeprefix(ROOT)
        if urlsplit(href).scheme:
            return href
        path, mark, anchor = href.partition("#")
        if not path:
            return page.address + mark + anchor
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), path))
        source = self.site.by_source.get(unquote(there))
        return (source.address if source else there) + mark + anchor


def rooted(path: str) -> str:
    """A path from the site's root as a link that can be told from others."""
    return ROOT + path
