"""A document of somebody else, as a row of blocks: what every reader gives and the rest works on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chapterhouse.diagnostics.hidden import BREAKS, HIDDEN

WORD = re.compile(r"[^\W_]+")
UNSEEN = re.compile(f"{HIDDEN.pattern}|\u00ad+")
"""Among them the hyphen that shows at the end of a line only: a search would not find the word."""

DEEPEST_HEADING = 6
"""As HTML and Markdown have them."""

Kind = Literal["heading", "paragraph", "item", "table", "quote", "code", "note"]
"""`item` is one of a list, `note` the text of a footnote."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is all of one dress."""

    text: str
    """As it reads. A line feed is meant as one; but for code, all other white space is single spaces."""
    strong: bool = False
    emphasis: bool = False
    raised: bool = False
    """Superscript: a footnote's mark, or `1st`."""
    href: str = ""
    """Where it leads; empty where it is no link."""
    mark: str = ""
    """The name of the footnote of which this run is the mark. A mark that a program numbers has no text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. It may hold what a page may: where a table is only there for the layout, lists."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words as one line of plain text."""
        return " ".join(f"{block.marker} {block.text}".strip() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document that stands by itself."""

    kind: Kind
    place: str
    """Where it stands, for a person: `line 12`, `paragraph 12`, `footnote 3`."""
    runs: tuple[Run, ...] = ()
    level: int = 1
    """Of a heading, from 1; of an item or a quote, how deep it stands, from 1."""
    marker: str = ""
    """What stands before an item: `•`, `a)`, `1.`; as the source has it or its numbering makes it. An item
    without one goes on with the item before. A heading or a paragraph has one where Word numbers it."""
    automatic: bool = False
    """Whether numbering made the marker, so that it is no word of the source."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Of a table. All rows are of one length: a merged cell stands once, and empty cells after it."""
    name: str = ""
    """Of a note, by which its marks know it. A note of several paragraphs is as many blocks of one name."""

    @property
    def text(self) -> str:
        """Its words as one line of plain text, the cells of a table with spaces between."""
        if self.kind == "table":
            return " ".join(cell.text for row in self.rows for cell in row)
        return plain(self.runs)


Why = Literal["furniture", "hidden", "deleted", "picture", "markup", "unread"]
"""Why words are not in the draft: they belong to the old site and not to the chapter; nobody saw them; they
were struck out in the source; they describe a picture, which is not kept; they say how the file is
made; the reader could not make sense of them."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of the source that are not in the draft, or not where they stood."""

    text: str
    place: str
    why: Why
    remark: str = ""
    """What a person should know of it, in words; empty where `why` says all."""
    within: int | None = None
    """Where the words stood in the middle of the block before: after how many of its letters (`letters`)."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of the bytes of a file."""

    stretches: tuple[Block | Loss, ...]
    """In the order of the source, so that all words of it stand here once and in order."""
    remarks: tuple[str, ...] = ()
    """What was odd about the file as a whole, as sentences."""

    @property
    def blocks(self) -> Iterator[Block]:
        """What it has that was not lost."""
        return (part for part in self.stretches if isinstance(part, Block))


class RefusedError(Exception):
    """A file that is not read at all; the argument says why in one line."""


LARGEST = {"file": 50_000_000, "Word document": 50_000_000, "page": 20_000_000, "text": 20_000_000}
"""Bytes that are read. A Word document may have pictures, and so may a saved page; the longest manual that is
known has four million characters."""


def within(size: int, what: str) -> None:
    """Raises RefusedError where `what`, one of LARGEST, has more bytes than are read of it."""
    if size > LARGEST[what]:
        raise RefusedError(size_told(size, what, LARGEST[what]))


def size_told(size: int, what: str, most: int, it: str = "it") -> str:
    """That something has too many bytes for what it is to be."""
    return f"{it} has {size:,} bytes, and a {what} may have {most:,}"


def plain(runs: Iterable[Run]) -> str:
    """The text of runs, with single spaces; a footnote's mark is a word of its own."""
    return " ".join("".join(f" {run.text} " if run.mark else run.text for run in runs).split())


def seen(text: str) -> str:
    """A text without the characters that nobody sees: they part no word, but for those that begin a line."""
    return UNSEEN.sub(lambda found: " " if found[0][0] in BREAKS else "", text)


def words(text: str) -> list[str]:
    """The words of a text: letters and numerals in a row. Marks and signs make none, and case is kept."""
    return WORD.findall(unicodedata.normalize("NFC", seen(text)))


def letters(text: str) -> int:
    """How many letters and numerals a text has: the one measure that no dress and no white space changes."""
    return sum(len(word) for word in WORD.findall(text))


def own_text(block: Block) -> str:
    """The text of a block with the markers that the source has, and without those that numbering made."""
    if block.kind == "table":
        return " ".join(own_text(inner) for row in block.rows for cell in row for inner in cell.blocks)
    return block.text if block.automatic else f"{block.marker} {block.text}"


def in_order(stretches: Iterable[Block | Loss]) -> Iterator[str]:
    """The words of a document, in its order, each where it stood, and those of them alone."""
    pending: list[str] = []
    text, told, count = "", 0, 0
    for one in stretches:
        if isinstance(one, Loss) and one.within is not None:
            if one.text:
                ahead = _after(text, told, one.within - count)
                pending += text[told:ahead], one.text
                told, count = ahead, max(count, one.within)
            continue
        yield from words(" ".join((*pending, text[told:])))
        pending.clear()
        text, told, count = own_text(one) if isinstance(one, Block) else one.text, 0, 0
    yield from words(" ".join((*pending, text[told:])))


def _after(text: str, start: int, wanted: int) -> int:
    """The end of as many letters as are wanted, from a place on."""
    if wanted <= 0:
        return start
    for found in WORD.finditer(text, start):
        if wanted <= len(found.group()):
            return found.start() + wanted
        wanted -= len(found.group())
    return len(text)
