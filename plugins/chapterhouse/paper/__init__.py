"""Paper: what the site shows, as a PDF file.

`article` makes a page's HTML, `reading` turns it into `nodes`, `layout` these into what the template draws,
`engine` has Typst draw it, `proof` reads the file back. `make` does the last three.
"""

from __future__ import annotations

from chapterhouse import qr
from chapterhouse.paper import engine, proof
from chapterhouse.paper.document import Document, Paper, Part
from chapterhouse.paper.engine import PICTURES, EngineError, EngineMissingError, LetterMissingError
from chapterhouse.paper.layout import laid_out
from chapterhouse.paper.nodes import Numbered, Words, inlines

__all__ = ["Document", "EngineError", "EngineMissingError", "Paper", "Part", "make"]


def make(document: Document) -> Paper:
    """The PDF file of a document, read back: every part is there. Same document, same bytes.

    Raises EngineError in one line: Typst is missing, a letter is in no font, a picture cannot be drawn, a
    part is not there.
    """
    value = laid_out(document)
    files = {f"{PICTURES}{path}": content for path, content in document.files.items()}
    for number, told in enumerate(value["parts"]):
        told["qr"] = f"qr-{number}.svg" if told["check"] else ""
        if told["check"]:
            files[told["qr"]] = qr.svg(told["check"]).encode()
    try:
        pdf = engine.typeset(value, files)
    except LetterMissingError as error:
        raise LetterMissingError(error.letters, _place(document, error.letters)) from None
    return Paper(pdf, proof.pages(pdf, [part.title for part in document.parts]))


def _place(document: Document, letters: str) -> str:
    """Where letters stand first; empty if in no text."""
    for part in document.parts:
        for block in part.blocks:
            if any(isinstance(one, Words) and letters in one.text for one in inlines([block])):
                number = f", paragraph {block.anchor}" if isinstance(block, Numbered) else ""
                return part.title + number
    return ""
