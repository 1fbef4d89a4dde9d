"""Paper: what the site shows, as a PDF file.

`article` makes a page's HTML, `reading` turns it into `nodes`, `layout` these into what the template draws,
`engine` has Typst draw it, `setting` does so for each part of a document, `binding` makes one file of them,
and `proof` reads it back. `make` does all from `layout` on.
"""

from __future__ import annotations

from collections.abc import Sequence

from chapterhouse.paper import proof, setting
from chapterhouse.paper.document import Document, Paper, Part
from chapterhouse.paper.engine import EngineError, EngineMissingError

__all__ = ["Document", "EngineError", "EngineMissingError", "Paper", "Part", "make"]


def make(document: Document, chapters: Sequence[str] = ()) -> Paper:
    """The PDF file of a document, read back: every part is there. Same document, same bytes.

    `chapters` are the titles of those that must be there, as the manual knows them and not the document.

    Raises EngineError in one line: Typst is missing, a letter is in no font, a picture cannot be drawn, a
    part is not there.
    """
    pdf = setting.bound(document)
    return Paper(pdf, proof.pages(pdf, [part.title for part in document.parts], chapters))
