"""Word documents (.docx) as blocks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from xml.parsers.expat import ExpatError

import mammoth

from chapterhouse.importers.blocks import Block, Document, Loss, RefusedError, Run, in_order, words
from chapterhouse.importers.pages.gathering import Flow
from chapterhouse.importers.pages.html import parsed
from chapterhouse.importers.pages.walking import Walk
from chapterhouse.importers.word.inside import words_inside
from chapterhouse.importers.word.numbering import Numbering
from chapterhouse.importers.word.parts import Parts
from chapterhouse.importers.word.rewriting import LOST, Rewriting
from chapterhouse.importers.word.styles import read_styles
from chapterhouse.importers.word.unpacking import unpack
from chapterhouse.importers.word.writing import Writing

_STYLES = "\n".join(f"r[style-name='{name}'] => span.lost-{name}" for name in LOST)
_CLASSES = {f"lost-{name}": reason for name, reason in LOST.items()}
_BARE = (
    "Word saved it in a form that cannot be read in full:"
    " its lists and tables are plain paragraphs, without emphasis."
)
_LONG = "It is very long: its paragraphs are kept without lists and tables. Split it, and import it again."
MOST_PIECES = 60_000
"""Paragraphs, cells and stretches of one dress. A manual of 500 pages has half as many."""
MOST_LETTERS = 2_000_000
"""Of what is kept: no draft may have more (`manual.tree`), however few signs its dress takes."""
MOST_SAID = 10_000_000
"""With what is lost; so much can mammoth read in seconds."""
_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    ExpatError,
)
"""What may go wrong in a library that was written for documents as Word makes them."""


def read(content: bytes) -> Document:
    """The blocks of a Word document, with what is lost of it at its place; `RefusedError` for what is none.

    What is damaged is read as far as it goes, with a remark that names the part. Refused is a file that
    nothing of the text can be had of, and one that is made to do harm.

    Every word stands in the stretches once: those of the document (`w:t` and `w:delText`) in its order, but
    that a text box follows the paragraph that it hangs on, with those of documents inside it at their
    places; then those of footnotes, endnotes, comments, headers, footers, diagrams and charts. Words of
    pictures (`descr`) stand at their places. Numbers that Word computes are markers, and `automatic`; marks
    of notes have no text. Places are paragraphs, counted from
    the first, in tables too.
    """
    package = unpack(content)
    parts = Parts(package)
    root = parts.text()
    notes = [*parts.notes("footnote"), *parts.notes("endnote")]
    styles = read_styles(parts.tree("styles"))
    rewriting = Rewriting(styles, Numbering(parts.tree("numbering")), (name for name, _, _ in notes))
    inside = words_inside(package, parts.inside())
    rewriting.part(root, "paragraph", parts.addresses(parts.main), inside=inside)
    for name, element, path in notes:
        rewriting.part(element, name.replace("-", " "), parts.addresses(path), note=name)
    blocks, remarks = _blocks(rewriting.writing)
    return Document((*blocks, *parts.losses()), (*parts.oddities(), *rewriting.remarks, *remarks))


def _blocks(writing: Writing) -> tuple[list[Block | Loss], tuple[str, ...]]:
    """What mammoth makes of a document; its bare paragraphs, where that is not every word of it."""
    if writing.kept > MOST_LETTERS:
        raise RefusedError(
            f"its text has more than {MOST_LETTERS:,} letters, the most of a chapter: divide it"
        )
    if writing.pieces > MOST_PIECES or writing.length > MOST_SAID:
        return list(_bare(writing)), (_LONG,)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(writing.packed(tuple(LOST))),
            style_map=_STYLES,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
        )
        walk = Walk(parsed(result.value), writing.labels, _CLASSES)
        blocks = walk.parts()
    except _FAILURES:
        return list(_bare(writing)), (_BARE,)
    said = "".join(words(" ".join(text for _, _, text in writing.texts())))
    if "".join(in_order(blocks)) != said:
        return list(_bare(writing)), (_BARE,)
    return blocks, walk.remarks


def _bare(writing: Writing) -> Iterator[Block | Loss]:
    """The paragraphs of a document and no more."""
    for name, stretches in groupby(writing.texts(), lambda stretch: stretch[0]):
        label = writing.labels[name]
        flow = Flow(place=label.place)
        for _, style, text in stretches:
            if style:
                flow.lose(Loss(text, label.place, *LOST[style]))
            else:
                flow.add(Run(text), label.place)
        flow.flush(label.shape)
        yield from flow.parts
