"""Which reader a file is for: by its name, and by its first bytes where these say otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from chapterhouse.importers.blocks import Block, Document, RefusedError, Run, seen, within
from chapterhouse.importers.pages import html
from chapterhouse.importers.texts import text
from chapterhouse.importers.word import docx

OTHERS = {
    b"%PDF": "a PDF file: save its text, or take the document that it was made from",
    b"\xd0\xcf\x11\xe0": "a Word document of the old form (.doc) or with a password: save it as .docx",
    b"{\\rtf": "a file in Rich Text Format: open it and save it as .docx",
    b"\x1f\x8b": "a packed file: unpack it first",
}


def read(name: str, content: bytes) -> Document:
    """What a file holds, as blocks.

    `name` tells the kind: .html, .docx, .txt or .md. A .docx that is none, and a text that is a .docx, are
    known by their first bytes. Raises RefusedError, with one line for a person, for what cannot be read.
    """
    within(len(content), "file")
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise RefusedError(f"it is {what}")
    return _visible(_read(PurePath(name).suffix.lower(), content))


def _read(suffix: str, content: bytes) -> Document:
    if content.startswith(b"PK\x03\x04") or suffix == ".docx":
        return docx.read(content)
    if suffix in {".html", ".htm"}:
        return html.read(content)
    return text.read(content, markdown=suffix == ".md")


def _visible(document: Document) -> Document:
    """A document without characters that nobody sees: a chapter may have none."""
    stretches = tuple(_seen(one) if isinstance(one, Block) else one for one in document.stretches)
    return replace(document, stretches=stretches)


def _seen(block: Block) -> Block:
    rows = tuple(
        tuple(replace(cell, blocks=tuple(map(_seen, cell.blocks))) for cell in row) for row in block.rows
    )
    return replace(block, runs=tuple(map(_seen_run, block.runs)), rows=rows)


def _seen_run(run: Run) -> Run:
    text = seen(run.text)
    return run if text == run.text else replace(run, text=text)
