"""What stands on paper, as a tree of few kinds of node: what a page says, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["strong", "em", "code", "sup", "sub", "small", "mark", "ins", "del", "term"]
"""How words stand out of those around them. A term does not: it only leads somewhere."""


Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look. White space in them is single spaces, but in code."""

    text: str
    styles: frozenset[Style] = frozenset()
    to: str = ""
    """Where they lead: a path from the site's root (`core/referrals/#3.4`) or a whole address; empty where
    nowhere."""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line that the author asked for."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place that links lead to, by its path from the site's root: `core/referrals/#3.4`."""

    path: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """The mark of a footnote. Marks with one key have one footnote, which stands where the first is."""

    key: str
    label: str
    """What its author's page calls it: `1`; empty for the note of a link, which is numbered on paper."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the path of its file from the folder of the content, and the words for those who do not
    see it; none where it is an ornament.
    """

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class SheetOf:
    """The number of the sheet on which something stands, by the path that leads to it."""

    path: str


@dataclass(frozen=True, slots=True)
class SheetsOf:
    """How many sheets a part of the document has, by its address."""

    address: str


Inline = Words | Break | Address | Footnote | Picture | SheetOf | SheetsOf
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, of level 1 to 6 within its page."""

    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running words; `number` is that of the numbered paragraph that they begin."""

    inlines: Inlines
    number: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered paragraph with all that belongs to it."""

    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with its mark as a reader sees it (`a)`); empty for a bullet."""

    mark: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, each with what is said under it."""

    entries: tuple[tuple[Inlines, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    header: bool = False
    align: Side = "left"


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its first rows, which stand again on each sheet, are `head`."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """How many cells the longest row has."""
        return max((len(row) for row in (*self.head, *self.body)), default=0)


@dataclass(frozen=True, slots=True)
class Box:
    """A notice, kept apart from the text by a rule."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be read as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of contents: the level of each entry from 1, its words, and the path that it leads to."""

    entries: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new or has changed, with a bar in the margin."""

    blocks: tuple[Block, ...]


Block = (
    Changed | Contents | Heading | Paragraph | Numbered | Items | Facts | Table | Box | Quote | Code | Rule
)


def inlines(blocks: Iterable[Block | Inline]) -> Iterator[Inline]:
    """All that stands in blocks, in the order of reading; the text of a footnote behind its mark."""
    for node in blocks:
        if isinstance(node, Inline):
            yield node
        yield from inlines(_inside(node))


def _inside(node: Block | Inline) -> Iterable[Block | Inline]:
    """What stands in a node."""
    match node:
        case Heading() | Paragraph():
            return node.inlines
        case Numbered() | Changed() | Box() | Quote() | Footnote():
            return node.blocks
        case Items():
            return (block for item in node.items for block in item.blocks)
        case Facts():
            return (one for name, said in node.entries for one in (*name, *said))
        case Table():
            return (one for row in (*node.head, *node.body) for cell in row for one in cell.blocks)
        case Code():
            return (Words(node.text, frozenset({"code"})),)
        case Contents():
            return (Words(words, to=path) for _, words, path in node.entries)
        case _:
            return ()
