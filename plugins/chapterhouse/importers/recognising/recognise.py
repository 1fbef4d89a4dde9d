"""What the blocks of a document are in a chapter: title, sections, paragraphs, notices, furniture."""

from __future__ import annotations

from chapterhouse.importers.blocks import Document
from chapterhouse.importers.recognising.furniture import without_furniture
from chapterhouse.importers.recognising.layout import flat
from chapterhouse.importers.recognising.levels import nested
from chapterhouse.importers.recognising.notices import notices
from chapterhouse.importers.recognising.numbering import joined
from chapterhouse.importers.recognising.ordering import numbering_of, pieces
from chapterhouse.importers.recognising.recognised import Recognised
from chapterhouse.importers.recognising.sections import with_sections
from chapterhouse.importers.recognising.titles import titled


def recognise(document: Document) -> Recognised:
    """The chapter that a document is. Every word of the document stands in one of its stretches, in order."""
    blocks = list(without_furniture(flat(document.stretches)))
    numbering = numbering_of(blocks)
    stretches, number, title = titled(blocks)
    stretches = joined(list(notices(stretches)), numbering)
    stretches = list(nested(with_sections(stretches, numbering)))
    return Recognised(number, title, numbering, tuple(pieces(stretches, numbering)))
