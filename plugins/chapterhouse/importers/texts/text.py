"""Plain text and Markdown as blocks: which of the two it is, and the reader for it."""

from __future__ import annotations

import re

from chapterhouse.importers.blocks import UNSEEN, Document, RefusedError, seen, size_told, within
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.texts.lines import Lines
from chapterhouse.importers.texts.markdown import Markdown, is_heading
from chapterhouse.importers.texts.plain import Plain
from chapterhouse.importers.texts.sheets import SOFT, Sheets, columns, laid
from chapterhouse.manual.tree import MAX_BYTES

MOST_LINES = 200_000
"""With words. A chapter that is as large as it may be has ten characters on each."""
MOST_BREAKS = 2_000_000
"""Lines in all, with words or without."""

LINE = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
WHITE = re.compile(r"\s+")
PICTURE = re.compile(r"(data:image/[\w.+-]{1,30});base64,[A-Za-z0-9+/=]+")


def read(content: bytes, *, markdown: bool = False) -> Document:
    """The blocks of a text in bytes, whatever they are.

    `markdown` says that it is known to be Markdown; a text with headings of Markdown is taken for it too.
    Places are lines of the file. Raises RefusedError for a text that is larger than any chapter.
    """
    within(len(content), "text")
    text, remark = decoded(content)
    remarks = [remark] if remark else []
    text, pictures = PICTURE.subn(r"\1", text)
    if pictures:
        remarks.append("Pictures that are written into the text are not kept.")
    pages = [LINE.sub("\n", page) for page in text.split("\f")]
    _few(sum(page.count("\n") for page in pages), MOST_BREAKS, "lines")
    if any(map(UNSEEN.search, pages)):
        pages = ["\n".join(map(_seen, page.split("\n"))) for page in pages]
        remarks.append("Characters that nobody sees were left out.")
    sheets = laid(pages)
    _bounded(sheets.lines)
    if markdown or sum(map(is_heading, sheets.lines)) > 1:
        reader: Lines = Markdown(Sheets(sheets.lines, sheets.dropped, sheets.fresh))
    else:
        reader = Plain(sheets)
        remarks += columns(sheets.lines)
    parts = tuple(reader.parts())
    return Document(parts, (*remarks, *reader.remarks))


def _bounded(lines: list[str]) -> None:
    """Refuse what no chapter can hold before any work is done with it."""
    written = [len(WHITE.sub("", line)) for line in lines if line.strip()]
    if sum(written) > MAX_BYTES:
        size = size_told(sum(written), "chapter", MAX_BYTES, "its text")
        raise RefusedError(f"{size}: divide the document")
    _few(len(written), MOST_LINES, "lines with words")


def _few(count: int, most: int, what: str) -> None:
    if count > most:
        raise RefusedError(f"it has {count:,} {what}; of a text, {most:,} are the most: divide the document")


def _seen(line: str) -> str:
    """A line without what nobody sees, but for a hyphen at its end, which says that its last word goes on."""
    return seen(line) + (SOFT if line.endswith(SOFT) else "")
