"""Which files of a Word document are what, and the words of those that are no part of its text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapterhouse.importers.blocks import Loss, RefusedError
from chapterhouse.importers.word.unpacking import Package, children, local, value

_MAIN = "word/document.xml"
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_BREAKS = frozenset(("p", "tab", "br", "cr", "tc"))
_TEXTS = frozenset(("t", "delText"))


class Parts:
    """The files of a Word document, by what they are to it."""

    def __init__(self, package: Package) -> None:
        """Take the files; which is the main one stands in one of them."""
        self._package = package
        targets = (path for kind, path in self._related("") if kind == "officeDocument")
        self.main = next((path for path in targets if path in package.names), _MAIN)
        self._kinds: dict[str, str] = {}
        for kind, path in self._related(self.main):
            if path in package.names:
                self._kinds.setdefault(kind, path)

    def text(self) -> Element:
        """The part with the text of the document."""
        root = self._package.tree(self.main)
        if root is None or local(root.tag) != "document":
            raise RefusedError("it holds no Word document")
        return root

    def tree(self, kind: str) -> Element | None:
        """The part of a kind, None where the document has none: `styles`, `numbering`, `footnotes`."""
        return self._package.tree(self._path(kind))

    def addresses(self, path: str) -> dict[str, str]:
        """Where the links of a part lead, by their ids."""
        root = self._package.tree(_relations(path))
        return {
            value(link, "Id"): value(link, "Target")
            for link in children(root, "Relationship")
            if value(link, "Type").endswith("/hyperlink")
        }

    def notes(self, kind: str) -> Iterator[tuple[str, Element, str]]:
        """The notes of a kind: the name of each, what it says, and the path of the part that it is in."""
        path = self._path(f"{kind}s")
        for note in children(self._package.tree(path), kind):
            if value(note, "type") not in _SEPARATORS:
                yield f"{kind}-{value(note, 'id')}", note, path

    def losses(self) -> Iterator[Loss]:
        """The words of comments, headers, footers and diagrams, which a draft has no place for."""
        for number, comment in enumerate(children(self.tree("comments"), "comment"), 1):
            remark = f"A comment by {value(comment, 'author') or 'nobody named'}."
            yield Loss(text_of(comment), f"comment {number}", "furniture", remark)
        for kind, pattern in (("header", "header"), ("footer", "footer"), ("diagram", "diagrams/data")):
            names = (name for name in self._package.names if re.fullmatch(rf"word/{pattern}\d*\.xml", name))
            for number, name in enumerate(sorted(names, key=lambda name: (len(name), name)), 1):
                root = self._package.tree(name)
                if root is not None and (text := text_of(root)):
                    yield Loss(text, f"{kind} {number}", "picture" if kind == "diagram" else "furniture")

    def oddities(self) -> Iterator[str]:
        """What is odd about the file, as sentences."""
        if any(name.lower().endswith("vbaproject.bin") for name in self._package.names):
            yield "It has macros, which are left out and were not run."
        if inside := [name for name in self._package.names if name.startswith("word/embeddings/")]:
            yield f"Files inside it are not read: {len(inside)}."
        if self._package.doubled:
            doubled = ", ".join(self._package.doubled[:5])
            yield f"Parts of it stand in it twice, of which the first was read: {doubled}."

    def _path(self, kind: str) -> str:
        return self._kinds.get(kind) or posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")

    def _related(self, path: str) -> Iterator[tuple[str, str]]:
        """The kinds and the paths of the parts that a part names."""
        for link in children(self._package.tree(_relations(path)), "Relationship"):
            if value(link, "TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(path), value(link, "Target"))
                yield value(link, "Type").rpartition("/")[2], posixpath.normpath(target).lstrip("/")


def text_of(root: Element) -> str:
    """All words of a part, with spaces between paragraphs, cells and lines."""
    pieces = (
        (element.text or "") if local(element.tag) in _TEXTS else " "
        for element in root.iter()
        if local(element.tag) in _TEXTS | _BREAKS
    )
    return " ".join("".join(pieces).split())


def _relations(path: str) -> str:
    """The file that says what a part is related to."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")
