"""Where the links of an imported document lead in its draft."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from chapterhouse.importers.drafts import markdown
from chapterhouse.importers.recognising.recognised import Recognised
from chapterhouse.manual.tree import CONTENT
from chapterhouse.markup.addresses import is_outside
from chapterhouse.model import Manual

PAGE = re.compile(r"(?:/?index)?\.(?:html?|md)$|/$", re.IGNORECASE)
"""What an address of a page ends with that says nothing of which page it is."""
EVERYWHERE = re.compile(r"(?:index|default|home|main|page)\.", re.IGNORECASE)
"""The name of a file that each folder of a site may have."""


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
    """The drafts, by the paths of the files that they were made of: file name in the folder, content."""

    def follow(self, own: Recognised, origin: str, href: str) -> str | None:
        """Where a link of a document leads in its draft; None where that is not known for certain.

        `origin` is the path of the document's own file.
        """
        inside = self.url and href.lower().startswith(self.url.lower())
        if is_outside(href) and not inside:
            return markdown.follow_outside(href)
        address, _, anchor = unquote(href[len(self.url) :] if inside else href).partition("#")
        if "?" in address:
            # What a program answers to a question is no file, whatever the program is called.
            return None
        if not address and not inside:
            return f"#{anchor}" if anchor in own.anchors else None
        found = None if inside else self._file(origin, address)
        if found:
            file, there = found
            return _at(file, anchor, there.anchors)
        return self._in_manual(address, anchor)

    def _file(self, origin: str, address: str) -> tuple[str, Recognised] | None:
        """The draft of the file that an address means, seen from another.

        Where all files were saved into one folder, the folders of an address are those of the old site, and
        the name alone says which file is meant; but for a name that each folder of a site may have.
        """
        folder = posixpath.dirname(origin)
        whole = posixpath.normpath(posixpath.join(folder, address))
        if not address.startswith("/") and whole in self.files:
            return self.files[whole]
        name = posixpath.basename(address)
        if EVERYWHERE.match(name) or self._folders - {folder}:
            return None
        return self.files.get(posixpath.join(folder, name)) if name else None

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Those that the files stand in. No link is followed before all files are known."""
        return frozenset(map(posixpath.dirname, self.files))

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

    def beside(self, found: Recognised, origin: str) -> tuple[str, ...]:
        """The files of other drafts that a document links to."""
        leads = (self.follow(found, origin, href) for _, href in _links(found))
        names = {lead.partition("#")[0] for lead in leads if lead}
        return tuple(name for name, there in self.files.values() if name in names and there is not found)

    def lost(self, found: Recognised, origin: str) -> Iterator[Lost]:
        """The links of a document that do not lead where they did."""
        for words, href in _links(found):
            leads = self.follow(found, origin, href) or ""
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
