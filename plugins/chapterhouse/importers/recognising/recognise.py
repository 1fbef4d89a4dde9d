"""What the blocks of a document are in a chapter: title, sections, paragraphs, notices, furniture."""

from __future__ import annotations

from chapterhouse.importers.blocks import Document
from chapterhouse.importers.recognising import numbering
from chapterhouse.importers.recognising.furniture import without_furniture
from chapterhouse.importers.recognising.layout import flat
from chapterhouse.importers.recognising.levels import nested
from chapterhouse.importers.recognising.notices import notices, titled
from chapterhouse.importers.recognising.recognised import Recognised


def recognise(document: Document) -> Recognised:
    """The chapter that a document is. Every word of the document stands in one of its parts, in order."""
    blocks = list(without_furniture(flat(document.parts)))
    style = numbering.numbering_of(blocks)
    parts, number, title = titled(blocks)
    parts = list(nested(numbering.joined(list(notices(parts)), style)))
    return Recognised(number, title, style, tuple(numbering.pieces(parts, style)))
