"""Paper: what the site shows, as a PDF file.

`article` makes a page's HTML, `reading` turns it into `nodes`, `layout` these into what the template draws,
`engine` has Typst draw it, `proof` reads the file back. `make` does the last three.
"""

from __future__ import annotations

from chapterhouse import qr
from chapterhouse.paper import engine, proof
from chapterhouse.paper.document import Document, Paper, Part
from chapterhouse.paper.engine import EngineError, EngineMissingError
from chapterhouse.paper.layout import laid_out
from chapterhouse.paper.nodes import Picture, inlines

__all__ = ["Document", "EngineError", "EngineMissingError", "Paper", "Part", "make"]


def make(document: Document) -> Paper:
    """The PDF file of a document, read back: every part is there. Same document, same bytes.

    Raises EngineError in one line: Typst is missing, a letter is in no font, a picture cannot be read, a part
    is not there.
    """
    value = laid_out(document)
    files: dict[str, bytes] = {}
    for number, (part, told) in enumerate(zip(document.parts, value["parts"], strict=True)):
        told["qr"] = f"qr-{number}.svg" if told["check"] else ""
        if told["check"]:
            files[told["qr"]] = qr.svg(told["check"]).encode()
        for one in inlines(part.blocks):
            if isinstance(one, Picture):
                files[one.path] = document.files[one.path]
    pdf = engine.typeset(value, files)
    return Paper(pdf, proof.pages(pdf, [part.title for part in document.parts]))
