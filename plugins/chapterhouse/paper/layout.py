"""Nodes as the template wants them: flat where Typst cannot go deep, with room for words that are too long.

The values are plain, as JSON has them. `k` is the kind of a block, `c` what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from itertools import groupby
from typing import Any, Literal
from urllib.parse import urlsplit

from chapterhouse.paper import columns, widths
from chapterhouse.paper.document import Document, Part
from chapterhouse.paper.nodes import (
    Address,
    Block,
    Box,
    Break,
    Cell,
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
    Rule,
    SheetOf,
    Table,
    Words,
    inlines,
)

Value = dict[str, Any]

MARGIN = 14.0
"""The margin in which the numbers of paragraphs stand, in millimetres."""
SIZE, NOTE_SIZE, FOOT_SIZE = 10.5, 8.5, 7.5
"""Sizes of letters, in points."""
FOOT_WIDTH = 118.0
"""The width of the words at the foot, in millimetres, on turned sheets too."""
DEEPEST = 8
"""So many lists, quotations and notices stand in one another on paper; what is deeper is set as deep as that.
Typst goes some thirty deep, and a sheet is not wider."""
INDENT = 5.5
"""What each of them takes from the width, in millimetres."""
TALL = 12
"""A row of more lines may be parted between two sheets; a head of more stands on the first alone."""
PDF = "Made as a PDF file, which cannot tell when it is printed"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a block is set."""

    width: float
    """In millimetres."""
    size: float = SIZE
    depth: int = 0
    kind: Literal["sheet", "held", "cell"] = "sheet"
    """Straight on the sheet, where it may be turned; in something else; or in the cell of a table."""

    @property
    def ems(self) -> float:
        """How many ems of its letters stand on a line."""
        return self.width / (self.size * widths.MM)

    @property
    def inner(self) -> Room:
        """The room in a list, a quotation or a notice here."""
        kind: Literal["held", "cell"] = "cell" if self.kind == "cell" else "held"
        return replace(self, width=self.width - INDENT, depth=self.depth + 1, kind=kind)


def laid_out(document: Document) -> Value:
    """The whole document."""
    places: dict[str, str] = {}
    for number, part in enumerate(document.parts):
        places.setdefault(part.address, f"part-{number}")
        for one in inlines(part.blocks):
            if isinstance(one, Address):
                places.setdefault(one.path, f"place-{len(places)}")
    language, _, region = document.lang.partition("-")
    return {
        "title": document.title,
        "lang": language,
        "region": region or None,
        "size": SIZE,
        "margin": MARGIN,
        "foot": FOOT_WIDTH,
        "parts": [_part(document, part, number, places) for number, part in enumerate(document.parts)],
    }


def _part(document: Document, part: Part, number: int, places: Mapping[str, str]) -> Value:
    said = part.sheet
    lines = [said.what, said.standing, PDF, said.built]
    room = Room(FOOT_WIDTH, FOOT_SIZE)
    foot = [_broken(line, room.ems) for line in lines if line]
    height = sum(1 + int(widths.ems(line) / room.ems) for line in lines if line)
    return {
        "title": part.title,
        "foot": foot,
        # A line of the foot is 1.3 times as high as its letters.
        "height": max(height * FOOT_SIZE * widths.MM * 1.3, 17),
        "code": f"Copy {said.code}" if said.code else "",
        "check": said.check,
        "mark": said.mark,
        "blocks": Layout(document, part, number, places).blocks(part.blocks, Room(columns.UPRIGHT - MARGIN)),
    }


class Layout:
    """One part on its way to the template."""

    def __init__(self, document: Document, part: Part, number: int, places: Mapping[str, str]) -> None:
        self.document = document
        self.part = part
        self.number = number
        self.places = places
        self.set: set[str] = set()
        """The places that stand already."""
        own = {one.key: one.label for one in inlines(part.blocks) if isinstance(one, Footnote)}
        self.labels = {key: label for key, label in own.items() if label}
        """What notes are called, by key: the author's as the page calls them, those of links after them."""
        for key in own:
            self.labels.setdefault(key, str(len(self.labels) + 1))
        self.noted: set[str] = set()
        self.level = 0

    def blocks(self, blocks: Sequence[Block], room: Room, *, bar: bool = False) -> list[Value]:
        """Blocks as the template draws them, one after the other."""
        made: list[Value] = []
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            made += [_barred(one) if bar else one for one in self._block(block, room)]
            if isinstance(block, Paragraph) and isinstance(following, Items) and made:
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
        return self.blocks(block.blocks, room, bar=block.anchor in self.part.bars)

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
            lines += [_words(Words(kept, frozenset({"code"})), room.ems), {"k": "br"}]
        return [{"k": "code", "c": lines[:-1]}]

    @_block.register
    def _(self, block: Contents, room: Room) -> Iterable[Value]:
        del room
        entries = [
            {"level": level, "words": words, "to": self.places[path]} for level, words, path in block.entries
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
        made: list[Value] = []
        for part in parts:
            if len(parts) > 1:
                told = f"Columns {part.numbers[1] + 1} to {part.numbers[-1] + 1} of {block.columns}"
                made.append({"k": "p", "n": "", "c": [told], "keep": True})
            made.append(self._table(block, part, top=top))
        return made

    def _table(self, table: Table, part: columns.Columns, *, top: bool) -> Value:
        head = [self._row(row, part) for row in table.head]
        body = [self._row(row, part) for row in table.body]
        return {
            "k": "table",
            "size": part.size,
            "turned": part.turned,
            "bar": False,
            "out": top and not part.turned,
            "widths": list(part.widths),
            "head": [one["cells"] for one in head],
            "again": sum(one["lines"] for one in head) <= TALL,
            "body": [one["cells"] for one in body],
            "parted": [one["lines"] > TALL for one in body],
        }

    def _said(self, said: Sequence[Block], room: Room) -> list[Any]:
        """What is said under a name: on its line, if it is no more than a paragraph."""
        match said:
            case [Paragraph()]:
                return self._inlines(said[0].inlines, room)
        return self.blocks(said, room)

    def _row(self, row: Sequence[Cell], part: columns.Columns) -> Value:
        cells, lines = [], 1.0
        for number, width in zip(part.numbers, part.widths, strict=True):
            cell = row[number] if number < len(row) else Cell(())
            room = Room(width - columns.PADDING, part.size, kind="cell")
            cells.append({"c": self.blocks(cell.blocks, room), "h": cell.header, "a": cell.align})
            lines = max(lines, _lines(cell.blocks, room.ems))
        return {"cells": cells, "lines": lines}

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
                made.append({"k": "link", **lead, "quiet": quiet, "c": drawn})
            else:
                made += drawn
        return made

    def _inline(self, one: Inline, room: Room, *, wide: bool) -> Any:
        match one:
            case Words():
                return _words(one, room.ems if wide else None)
            case Break():
                return {"k": "br"}
            case Address():
                return self._place(one.path)
            case Footnote():
                return self._footnote(one)
            case Picture():
                return {"k": "picture", "file": one.path, "alt": one.alt, "width": room.width}
            case SheetOf():
                return {"k": "sheet", "to": self.places[one.path]}

    def _place(self, path: str) -> Value | None:
        label = self.places[path]
        if label in self.set or label.startswith("part-"):
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
        return {"k": "note", "label": label, "name": name, "c": self.blocks(note.blocks, room)}

    def _lead(self, to: str) -> Value | None:
        """Where a link leads: to a place on this paper, or to an address; nowhere where there is none."""
        if not to:
            return None
        if to in self.places:
            return {"to": self.places[to]}
        if urlsplit(to).scheme:
            return {"href": to}
        url = self.document.site_url
        return {"href": f"{url.rstrip('/')}/{to}"} if url else None


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


def _words(words: Words, ems: float | None) -> Any:
    """Words as text alone, if they have no look; with `ems`, those that are longer can be broken anywhere."""
    text: Any = words.text if ems is None else _broken(words.text, ems, code="code" in words.styles)
    looks = sorted(words.styles - {"term"})
    if not looks and "term" not in words.styles:
        return text
    return {"k": "words", "looks": looks, "quiet": "term" in words.styles, "c": text}


def _broken(text: str, ems: float, *, code: bool = False) -> Any:
    """A text, or its pieces where some can be broken anywhere: these stand in lists of one."""
    # What stands directly beside a word, in another look, is not known here.
    most = ems * 0.8
    pieces: list[Any] = []
    for number, word in enumerate(text.split(" ")):
        wide = widths.ems(word, code=code) > most
        if number:
            pieces.append(" ")
        pieces.append([word] if wide else word)
    joined: list[Any] = [""]
    for piece in pieces:
        if isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined[0] if len(joined) == 1 else {"k": "pieces", "c": joined}


def _lines(blocks: Sequence[Block], ems: float) -> float:
    """About how many lines blocks take."""
    total = 0.0
    for one in inlines(tuple(blocks)):
        if isinstance(one, Words):
            total += widths.ems(one.text) / ems
        elif isinstance(one, Picture):
            total += TALL
    return total + sum(1 for _ in _leaves(blocks))


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks that hold words themselves."""
    for block in blocks:
        match block:
            case Items():
                for item in block.items:
                    yield from _leaves(item.blocks)
            case Box() | Quote() | Numbered():
                yield from _leaves(block.blocks)
            case _:
                yield block
