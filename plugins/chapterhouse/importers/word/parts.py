"""Which files of a Word document are what, and the words of those that are no part of its text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapterhouse.importers.blocks import Loss, RefusedError
from chapterhouse.importers.word.trees import children, local, value
from chapterhouse.importers.word.unpacking import Package
from chapterhouse.importers.word.wording import TEXTS, text_of

_MAIN = "word/document.xml"
_LIKE_MAIN = re.compile(r"(?:.*/)?document\d*\.xml", re.IGNORECASE)
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_BESIDE = {"header": "header", "footer": "footer", "diagram": "diagrams/data", "chart": "charts/chart"}
"""What stands beside the text, and how the names of its files begin."""
_MISSED = {
    "styles": "what its styles say, headings among it, is lost",
    "numbering": "the numbers and signs of its lists are lost",
    "footnotes": "its footnotes are lost",
    "endnotes": "its endnotes are lost",
    "comments": "its comments are lost",
    "header": "a header is lost",
    "footer": "a footer is lost",
}
"""What a document lacks without a part that it names."""


class Parts:
    """The files of a Word document, by what they are to it."""

    def __init__(self, package: Package) -> None:
        """Take the files; which is the main one stands in one of them."""
        self._package = package
        self._relations: dict[str, tuple[Element, ...]] = {}
        """What each part names that has been asked for. It is asked for with every note."""
        if not (found := self._found()):
            package.look_again()
            found = self._found() or next(filter(_LIKE_MAIN.fullmatch, package.names), _MAIN)
        self.main = found
        self._kinds: dict[str, str] = {}
        self._missing: dict[str, None] = {}
        self._beside: list[Loss] = []
        """Words in a part of notes and in none of the notes, as stand in broken ones."""
        for kind, path in self._related(self.main):
            if path in package.names:
                self._kinds.setdefault(kind, path)
            elif kind in _MISSED:
                self._missing[f"The part {path!r} is not in it: {_MISSED[kind]}."] = None

    def text(self) -> Element:
        """The part with the text of the document."""
        root = self._package.tree(self.main)
        if self.main in self._package.damaged and (root is None or not text_of(root)):
            raise RefusedError(
                f"the part {self.main!r} of it is no whole XML, and no words of it can be read"
            )
        if root is None or not any(local(element.tag) in ("document", "p") for element in root.iter()):
            raise RefusedError("it holds no Word document")
        return root

    def tree(self, kind: str) -> Element | None:
        """The part of a kind, None where the document has none: `styles`, `numbering`, `footnotes`."""
        return self._package.tree(self._path(kind))

    def addresses(self, path: str) -> dict[str, str]:
        """Where the links of a part lead, by their ids."""
        return {
            value(link, "Id"): value(link, "Target")
            for link in self._relationships(path)
            if value(link, "Type").endswith("/hyperlink")
        }

    def inside(self) -> dict[str, str]:
        """The paths of the documents that stand inside the text, by their ids."""
        return {key: path for key, kind, path in self._links(self.main) if kind == "aFChunk"}

    def notes(self, kind: str) -> Iterator[tuple[str, Element, str]]:
        """The notes of a kind: the name of each, what it says, and the path of the part that it is in."""
        path = self._path(f"{kind}s")
        for note in self._each(path, kind):
            if value(note, "type") not in _SEPARATORS:
                yield f"{kind}-{value(note, 'id')}", note, path

    def losses(self) -> Iterator[Loss]:
        """The words of comments, headers, footers, diagrams and charts, which a draft has no place for."""
        for number, comment in enumerate(self._each(self._path("comments"), "comment"), 1):
            remark = f"A comment by {value(comment, 'author') or 'nobody named'}."
            yield Loss(text_of(comment), f"comment {number}", "furniture", remark)
        for kind, pattern in _BESIDE.items():
            names = (name for name in self._package.names if re.fullmatch(rf"word/{pattern}\d*\.xml", name))
            for number, name in enumerate(sorted(names, key=lambda name: (len(name), name)), 1):
                root = self._package.tree(name)
                texts = TEXTS | {"v"} if kind == "chart" else TEXTS
                if root is not None and (text := text_of(root, texts)):
                    yield Loss(
                        text, f"{kind} {number}", "furniture" if kind in ("header", "footer") else "picture"
                    )
        yield from self._beside

    def oddities(self) -> Iterator[str]:
        """What is odd about the file, as sentences. What is damaged is known once all has been read."""
        if not self._package.has_directory:
            yield "The end of the file is lost or broken: parts of it, as notes and comments, may be missing."
        yield from self._package.damaged.values()
        yield from self._missing
        if any(name.lower().endswith("vbaproject.bin") for name in self._package.names):
            yield "It has macros, which are left out and were not run."
        if inside := [name for name in self._package.names if name.startswith("word/embeddings/")]:
            yield f"Files inside it are not read: {len(inside)}."
        if self._package.doubled:
            doubled = ", ".join(self._package.doubled[:5])
            yield f"Parts of it stand in it twice, of which the first was read: {doubled}."

    def _each(self, path: str, kind: str) -> Iterator[Element]:
        """What a part has of a kind: its notes, its comments."""
        root = self._package.tree(path)
        for element in () if root is None else root:
            if local(element.tag) == kind:
                yield element
            elif text := text_of(element):
                self._beside.append(Loss(text, path, "unread", f"It stands in no {kind}."))

    def _found(self) -> str | None:
        """The path of the main part: where the relations of the file lead, or that of its usual name."""
        targets = [path for kind, path in self._related("") if kind == "officeDocument"]
        return next((path for path in (*targets, _MAIN) if path in self._package.names), None)

    def _path(self, kind: str) -> str:
        return self._kinds.get(kind) or posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")

    def _related(self, path: str) -> Iterator[tuple[str, str]]:
        """The kinds and the paths of the parts that a part names."""
        return ((kind, target) for _, kind, target in self._links(path))

    def _links(self, path: str) -> Iterator[tuple[str, str, str]]:
        """The ids, the kinds and the paths of the parts that a part names."""
        for link in self._relationships(path):
            if value(link, "TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(path), value(link, "Target"))
                )
                yield value(link, "Id"), value(link, "Type").rpartition("/")[2], target.lstrip("/")

    def _relationships(self, path: str) -> tuple[Element, ...]:
        """What a part says that it is related to, read once."""
        if path not in self._relations:
            tree = self._package.tree(_relations(path))
            self._relations[path] = tuple(children(tree, "Relationship"))
        return self._relations[path]


def _relations(path: str) -> str:
    """The file that says what a part is related to."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")
