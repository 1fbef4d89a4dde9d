"""Where the links of an imported document lead in its draft."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from chapterhouse.importers.drafts import markdown
from chapterhouse.importers.recognising.recognised import Recognised
from chapterhouse.manual.tree import CONTENT
from chapterhouse.markup.addresses import is_outside
from chapterhouse.model import Manual

PAGE = re.compile(r"(?:/?index)?\.(?:html?|md)$|/$", re.IGNORECASE)
"""What an address of a page ends with that says nothing of which page it is."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A link of a source that does not lead where it did."""

    words: str
    address: str
    leads: str
    """Where it leads in the draft, which is to the start of a page; empty where its words are no link."""


@dataclass(frozen=True)
class Neighbours:
    """What drafts may link to: one another, and the manual that they come into."""

    base: Manual
    folder: str
    """The part of the manual that they are in."""
    url: str
    """Where the site of the manual is published, with a slash at its end; empty where nobody has said."""
    files: Mapping[str, tuple[str, Recognised]]
    """The drafts, by the names of the files that they were made of: file name in the folder, content."""

    def follow(self, own: Recognised, href: str) -> str | None:
        """Where a link of a document leads in its draft; None where that is not known for certain."""
        inside = self.url and href.lower().startswith(self.url.lower())
        if is_outside(href) and not inside:
            return markdown.follow_outside(href)
        address, _, anchor = unquote(href[len(self.url) :] if inside else href).partition("#")
        path = address.partition("?")[0]
        if not path and not inside:
            return f"#{anchor}" if anchor in own.paragraph_numbers else None
        name = PurePosixPath(path).name
        if name in self.files and not inside:
            file, there = self.files[name]
            return _at(file, anchor, there.paragraph_numbers)
        return self._in_manual(path, anchor)

    def _in_manual(self, path: str, anchor: str) -> str | None:
        """The chapter, or the glossary, that an address or the name of a file means beyond doubt."""
        steps = [step for step in PAGE.sub("", path).split("/") if step not in {"", ".", ".."}]
        slug = "/".join(steps).removeprefix(f"{CONTENT}/")
        if slug == "glossary" and self.base.glossary.terms:
            return _at("../glossary.md", anchor, self.base.glossary.anchors)
        found = self.base.by_slug.get(slug)
        if found is None and len(steps) == 1:
            named = [one for one in self.base.chapters if one.slug.rpartition("/")[2] == slug]
            found = named[0] if len(named) == 1 else None
        if found is None:
            return None
        return _at(posixpath.relpath(f"{found.slug}.md", self.folder), anchor, found.anchors)

    def beside(self, found: Recognised) -> tuple[str, ...]:
        """The files of other drafts that a document links to."""
        leads = (self.follow(found, href) for _, href in _links(found))
        names = {lead.partition("#")[0] for lead in leads if lead}
        return tuple(name for name, there in self.files.values() if name in names and there is not found)

    def lost(self, found: Recognised) -> Iterator[Lost]:
        """The links of a document that do not lead where they did."""
        for words, href in _links(found):
            leads = self.follow(found, href) or ""
            if not leads or ("#" in href and "#" not in leads):
                yield Lost(words, href, leads)


def _at(file: str, anchor: str, anchors: Collection[str]) -> str:
    """The address of a place in a file; of the file where the place is not there."""
    return f"{file}#{anchor}" if anchor in anchors else file


def _links(found: Recognised) -> Iterator[tuple[str, str]]:
    for piece in found.pieces:
        for run in markdown.runs_of(piece.block):
            if run.href and run.text.strip():
                yield run.text.strip(), run.href
