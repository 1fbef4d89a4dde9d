"""The words of documents inside a Word document, which Word shows as if they were a part of it."""

from __future__ import annotations

from chapterhouse.importers.blocks import Block, RefusedError, own_text
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.pages import html
from chapterhouse.importers.word.parts import Parts
from chapterhouse.importers.word.trees import as_xml
from chapterhouse.importers.word.unpacking import Package, unpack
from chapterhouse.importers.word.wording import text_of

_MOST_TAGS = html.MOST_ELEMENTS
"""Of all pages inside one document."""


def words_inside(package: Package, targets: dict[str, str]) -> dict[str, str]:
    """What the documents say that are inside one, by the ids of their places.

    `targets` are the paths of their files. Word documents, pages and plain texts are read; of others, and of
    those that are too large, there are no words.
    """
    left = _MOST_TAGS
    said: dict[str, str] = {}
    for path in dict.fromkeys(targets.values()):
        content = package.content(path)
        left -= content.count(b"<")
        try:
            said[path] = as_xml(_words(package, path.lower(), content)) if left > 0 else ""
        except RefusedError:
            said[path] = ""
    return {key: said[path] for key, path in targets.items()}


def _words(package: Package, path: str, content: bytes) -> str:
    if content.startswith(b"PK"):
        return text_of(Parts(unpack(content, package.left)).text())
    if path.endswith((".htm", ".html", ".xhtml")):
        parts = html.read(content).stretches
        return " ".join(own_text(part) if isinstance(part, Block) else part.text for part in parts)
    return decoded(content)[0] if path.endswith(".txt") else ""
