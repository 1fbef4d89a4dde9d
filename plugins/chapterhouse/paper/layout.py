"""Nodes as the template wants them: flat where Typst cannot go deep, with room for words that are too long.

The values are plain, as JSON has them. `k` is the kind of a block, `c` what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from itertools import groupby, zip_longest
from typing import Any, Literal
from urllib.parse import urlsplit

from chapterhouse.paper import breaking, columns, heights, widths
from chapterhouse.paper.document import Document
from chapterhouse.paper.engine import PICTURES
from chapterhouse.paper.nodes import (
    Address,
    Block,
    Box,
    Break,
    Changed,
    Code,
    Contents,
    Facts,
    Footnote,
    Heading,
    Inline,
    Item,
    Items,
    Numbered,
    Paragraph,
    Picture,
    Quote,
    Row,
    Rule,
    SheetOf,
    SheetsOf,
    Table,
    Words,
    inlines,
)
from chapterhouse.paper.places import Place, Sheets

Value = dict[str, Any]

MARGIN = 14.0
"""The margin in which the numbers of paragraphs stand, in millimetres."""
SIZE, NOTE_SIZE = 10.5, 8.5
"""Sizes of letters, in points."""
DEEPEST = 8
"""So many lists, quotations and notices stand in one another on paper; what is deeper is set as deep as that.
Typst goes some thirty deep, and a sheet is not wider."""
INDENT = 5.5
"""What each of them takes from the width, in millimetres."""
INSIDE = "https://inside.invalid/"
"""Stands before the label of a place in another part."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a block is set."""

    width: float
    """In millimetres."""
    size: float = SIZE
    depth: int = 0
    kind: Literal["sheet", "held", "cell"] = "sheet"
    """Straight on the sheet, where it may be turned; in something else; or in the cell of a table."""
    again: str = ""
    """The name of the table in whose head it is, which stands on later sheets again. There it is decoration,
    and holds nothing that leads anywhere."""

    @property
    def ems(self) -> float:
        """How many ems of its letters stand on a line."""
        return self.width / (self.size * widths.MM)

    @property
    def inner(self) -> Room:
        """The room in a list, a quotation or a notice here."""
        kind: Literal["held", "cell"] = "cell" if self.kind == "cell" else "held"
        return replace(self, width=self.width - INDENT, depth=self.depth + 1, kind=kind)


class Layout:
    """One part on its way to the template."""

    def __init__(self, document: Document, number: int, places: Mapping[str, Place], sheets: Sheets) -> None:
        self.document = document
        self.number = number
        self.places = places
        self.sheets = sheets
        part = document.parts[number]
        self.set: set[str] = set()
        """The places that stand already."""
        own = {one.key: one.label for one in inlines(part.blocks) if isinstance(one, Footnote)}
        self.labels = {key: label for key, label in own.items() if label}
        """What notes are called, by key: the author's as the page calls them, those of links after them."""
        for key in own:
            self.labels.setdefault(key, str(len(self.labels) + 1))
        self.noted: set[str] = set()
        self.level = 0
        self.tables = 0

    def blocks(self, blocks: Sequence[Block], room: Room, *, bar: bool = False) -> list[Value]:
        """Blocks as the template draws them, one after the other."""
        made: list[Value] = []
        for block, following in zip_longest(blocks, blocks[1:]):
            made += [_barred(one) if bar else one for one in self._block(block, room)]
            if made and room.kind == "sheet" and _leads_on(block, following):
                _inner(made[-1])["keep"] = True
        return made

    @singledispatchmethod
    def _block(self, block: Block, room: Room) -> Iterable[Value]:
        del room
        raise TypeError(f"paper does not know how to set {type(block).__name__}")

    @_block.register
    def _(self, block: Heading, room: Room) -> Iterable[Value]:
        # A reader who goes from heading to heading must not meet a gap.
        self.level = min(block.level, self.level + 1)
        out = room.kind == "sheet"
        return [{"k": "h", "level": self.level, "out": out, "c": self._inlines(block.inlines, room)}]

    @_block.register
    def _(self, block: Paragraph, room: Room) -> Iterable[Value]:
        return [{"k": "p", "n": block.number, "c": self._inlines(block.inlines, room)}]

    @_block.register
    def _(self, block: Numbered, room: Room) -> Iterable[Value]:
        return self.blocks(block.blocks, room)

    @_block.register
    def _(self, block: Changed, room: Room) -> Iterable[Value]:
        return self.blocks(block.blocks, room, bar=True)

    @_block.register
    def _(self, block: Items, room: Room) -> Iterable[Value]:
        if room.depth >= DEEPEST:
            return [one for i in block.items for one in self.blocks(_marked(i), room)]
        return [
            {
                "k": "list",
                "items": [{"m": i.mark, "c": self.blocks(i.blocks, room.inner)} for i in block.items],
            }
        ]

    @_block.register
    def _(self, block: Facts, room: Room) -> Iterable[Value]:
        entries = [
            {"n": self._inlines(name, room), "c": self._said(said, room.inner)}
            for name, said in block.entries
        ]
        return [{"k": "facts", "items": entries}]

    @_block.register(Box)
    @_block.register(Quote)
    def _(self, block: Box | Quote, room: Room) -> Iterable[Value]:
        if room.depth >= DEEPEST:
            return self.blocks(block.blocks, room)
        kind = "box" if isinstance(block, Box) else "quote"
        return [{"k": kind, "c": self.blocks(block.blocks, room.inner)}]

    @_block.register
    def _(self, block: Code, room: Room) -> Iterable[Value]:
        lines: list[Any] = []
        for line in block.text.split("\n"):
            # Spaces at the start of a line would not be set.
            kept = line.expandtabs(4).replace(" ", "\u00a0")
            lines += [breaking.drawn(Words(kept, frozenset({"code"})), room.ems), {"k": "br"}]
        return [{"k": "code", "c": lines[:-1]}]

    @_block.register
    def _(self, block: Contents, room: Room) -> Iterable[Value]:
        del room
        entries = [
            {"level": level, "words": words, "sheet": self._sheet(path), **self._inside(self.places[path])}
            for level, words, path in block.entries
        ]
        return [{"k": "contents", "items": entries}]

    @_block.register
    def _(self, block: Rule, room: Room) -> Iterable[Value]:
        del block, room
        return [{"k": "rule"}]

    @_block.register
    def _(self, block: Table, room: Room) -> Iterable[Value]:
        top = room.kind == "sheet"
        parts = columns.columns(block, columns.UPRIGHT if top else room.width, may_turn=top)
        return [self._table(block, part, top=top) for part in parts]

    def _table(self, table: Table, part: columns.Columns, *, top: bool) -> Value:
        self.tables += 1
        name = f"table-{self.number}-{self.tables}"
        height = sum(heights.height(row, part) for row in table.head)
        again = height <= heights.TALL and bool(table.body)
        head, body = table.head, table.body
        if height > heights.HIGHEST:
            head, body = (), (*head, *body)
        told = ""
        if len(part.numbers) < table.columns:
            told = f"Columns {part.numbers[1] + 1} to {part.numbers[-1] + 1} of {table.columns}"
        return {
            "name": name,
            "told": told,
            "k": "table",
            "size": part.size,
            "turned": part.turned,
            "bar": False,
            "out": top and not part.turned,
            "widths": list(part.widths),
            "again": again,
            "head": [self._row(row, part, name if again else "") for row in head],
            "body": [self._row(row, part) for row in body],
            "parted": [heights.height(row, part) > heights.TALL for row in body],
        }

    def _said(self, said: Sequence[Block], room: Room) -> list[Any]:
        """What is said under a name or in a footnote: its first words stand on the line of the name."""
        if said and isinstance(said[0], Paragraph):
            return [*self._inlines(said[0].inlines, room), *self.blocks(said[1:], room)]
        return self.blocks(said, room)

    def _row(self, row: Row, part: columns.Columns, again: str = "") -> list[Value]:
        cells = []
        for cell, width in heights.cells(row, part):
            room = Room(width, part.size, kind="cell", again=again)
            cells.append({"c": self.blocks(cell.blocks, room), "h": cell.header, "a": cell.align})
        return cells

    def _inlines(self, run: Iterable[Inline], room: Room) -> list[Any]:
        run = tuple(run)
        wide = widths.longest(run)[0] > room.ems
        made: list[Any] = []
        for to, group in groupby(run, lambda one: one.to if isinstance(one, Words) else ""):
            drawn = [self._inline(one, room, wide=wide) for one in group]
            drawn = [one for one in drawn if one is not None]
            if lead := self._lead(to):
                quiet = all(one.get("quiet") for one in drawn if isinstance(one, dict)) and any(
                    isinstance(one, dict) for one in drawn
                )
                link = {"k": "link", **lead, "quiet": quiet, "c": drawn}
                made.append(_once(link, drawn, room))
            else:
                made += drawn
        return made

    def _inline(self, one: Inline, room: Room, *, wide: bool) -> Any:
        match one:
            case Words():
                return breaking.drawn(one, room.ems if wide else None)
            case Break():
                return {"k": "br"}
            case Address():
                return _once(place, [], room) if (place := self._place(one.path)) else None
            case Footnote():
                mark = {"k": "words", "looks": ["sup"], "c": self.labels[one.key]}
                return _once(self._footnote(one), [mark], room)
            case Picture():
                return self._picture(one, room)
            case SheetOf():
                return self._sheet(one.path)
            case SheetsOf():
                return str(self.sheets.parts[self.places[one.address].part].pages)

    def _picture(self, picture: Picture, room: Room) -> Any:
        if picture.path not in self.document.files:
            # An archived text outlives its pictures.
            return f"(A picture that is not kept: {picture.alt or 'an ornament'})"
        return {
            "k": "picture",
            "file": f"{PICTURES}{picture.path}",
            "alt": picture.alt,
            "width": room.width,
        }

    def _place(self, path: str) -> Value | None:
        place = self.places[path]
        label = place.label
        if place.part != self.number or label in self.set or label.startswith("part-"):
            return None
        self.set.add(label)
        return {"k": "place", "label": label}

    def _footnote(self, note: Footnote) -> Value:
        name = f"note-{self.number}-{note.key}"
        label = self.labels[note.key]
        if note.key in self.noted:
            return {"k": "again", "label": label, "name": name}
        self.noted.add(note.key)
        room = Room(columns.UPRIGHT - MARGIN - INDENT, NOTE_SIZE, kind="held")
        return {"k": "note", "label": label, "name": name, "c": self._said(note.blocks, room)}

    def _lead(self, to: str) -> Value | None:
        """Where a link leads: to a place on this paper, or to an address; nowhere where there is none."""
        if not to:
            return None
        if to in self.places:
            return self._inside(self.places[to])
        if urlsplit(to).scheme:
            return {"href": to}
        url = self.document.site_url
        return {"href": url + to} if url else None

    def _inside(self, place: Place) -> Value:
        """How a link leads to a place of the document."""
        return {"to": place.label} if place.part == self.number else {"href": f"{INSIDE}{place.label}"}

    def _sheet(self, path: str) -> str:
        """The number of the sheet on which something stands; as wide as most while it is not known."""
        return str(self.sheets.sheet(self.places[path]) or "000")


def _once(node: Value, otherwise: list[Any], room: Room) -> Value:
    """A node that stands once, and what stands in its place where its table's head stands again."""
    return {"k": "once", "table": room.again, "c": node, "otherwise": otherwise} if room.again else node


def _leads_on(block: Block | None, following: Block | None) -> bool:
    """Whether a block must not end a sheet, because it says what the next one is: a list, or a text under a
    name in bold letters.
    """
    if not isinstance(block, Paragraph):
        return False
    words = [one for one in block.inlines if isinstance(one, Words)]
    named = all("strong" in one.styles for one in words) and isinstance(following, Paragraph)
    return named or isinstance(following, Items)


def _barred(block: Value) -> Value:
    """A block with a change bar beside it. A table may be turned, and cannot stand in anything then."""
    return {**block, "bar": True} if block["k"] == "table" else {"k": "bar", "c": block}


def _inner(block: Value) -> Value:
    return block["c"] if block["k"] == "bar" else block


def _marked(item: Item) -> tuple[Block, ...]:
    """An item of a list that is not set as one: its mark is its first word."""
    mark, blocks = item.mark or "•", item.blocks
    sign = Words(f"{mark} ")
    if blocks and isinstance(blocks[0], Paragraph):
        return (replace(blocks[0], inlines=(sign, *blocks[0].inlines)), *blocks[1:])
    return (Paragraph((Words(mark),)), *blocks)
