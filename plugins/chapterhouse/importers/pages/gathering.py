"""Words as they come, put together into blocks and tables, with what is lost at its place among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from chapterhouse.importers.blocks import Block, Kind, Loss, Run, letters, own_text
from chapterhouse.importers.pages.spans import SpanningCell, grid
from chapterhouse.importers.runs import tidy

_NUMBER = re.compile(r"\d+(?:\.\d+)+\.?")


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What the paragraphs of one element become; its marker stands before the first of them.

    Two that say the same are of two elements, and so are not equal.
    """

    kind: Kind = "paragraph"
    level: int = 1
    marker: str = ""
    automatic: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a paragraph before it is HTML, by the name of the anchor that it begins with."""

    place: str
    shape: Shape


@dataclass(slots=True)
class Flow:
    """One page, or one cell of a table."""

    parts: list[Block | Loss] = field(default_factory=list)
    place: str = ""
    """Of what is gathered now."""
    note: str = ""
    """The name of the note that is gathered now."""
    shape: Shape | None = None
    """What is gathered now, where that is known better than by its element."""
    number: str = ""
    """The marker of what is gathered now, typed before its words."""
    silent: bool = True
    """Whether nothing has been said yet of what is gathered now but its marker."""
    _runs: list[Run] = field(default_factory=list)
    _count: int = 0
    _inner: list[tuple[int, Loss]] = field(default_factory=list)
    _broken: bool = False
    """Whether a line has ended, and nothing been said since."""
    _marked: set[Shape] = field(default_factory=set)
    """Those whose marker stands before a paragraph already."""

    def add(self, run: Run, place: str) -> None:
        """Words that go on with those before."""
        if not self.place and run.text.strip():
            self.place = place
        if run.mark or run.text.strip():
            self.silent = self._broken = False
        self._runs.append(run)
        self._count += letters(run.text)

    def end_line(self, dress: Run, place: str, shape: Shape) -> None:
        """The end of a line. Two of them, with nothing between, part paragraphs, notes, quotes and items."""
        if not self._broken or (self.shape or shape).kind in ("heading", "code"):
            self.add(replace(dress, text="\n"), place)
            self._broken = True
        elif not self.silent:
            note, known = self.note, self.shape
            self.flush(shape)
            self.note, self.shape = note, known

    def mark(self, text: str, place: str) -> None:
        """Words of a marker."""
        self.place = self.place or place
        self.number += text
        self._count += letters(text)

    def lose(self, loss: Loss) -> None:
        """Words that are lost at this place."""
        self._inner.append((self._count, loss))

    def flush(self, shape: Shape) -> None:
        """End the paragraph, if there is one."""
        if block := self._block(self.shape or shape):
            self.parts += woven(block, self._inner, self._count)
        else:
            self.parts += (loss for _, loss in self._inner)
        self.place = self.note = self.number = ""
        self.silent, self.shape, self._runs, self._count, self._inner = True, None, [], 0, []
        self._broken = False

    def _block(self, shape: Shape) -> Block | None:
        if not self._runs and not self.number:
            return None
        runs = tidy(self._runs, as_typed=shape.kind == "code")
        if self.note and shape.kind != "note":
            shape = Shape("note", name=self.note)
        number = " ".join(self.number.split())
        of_text = shape.kind == "heading" or (shape.kind != "note" and _NUMBER.fullmatch(number))
        if number and (of_text or not runs):
            runs, number = tidy([Run(f"{number} "), *runs]), ""
        if not runs:
            return None
        if number:
            kind: Kind = "note" if shape.kind == "note" else "item"
            return Block(kind, self.place, runs, shape.level, number, name=shape.name)
        marker = "" if shape in self._marked else shape.marker
        if marker:
            self._marked.add(shape)
        automatic = shape.automatic and bool(marker)
        level = 1 if shape.kind == "paragraph" else shape.level
        return Block(shape.kind, self.place, runs, level, marker, automatic, name=shape.name)


@dataclass(slots=True)
class _Table:
    place: str
    rows: list[list[SpanningCell]] = field(default_factory=list)
    flow: Flow | None = None
    """Of the cell that is open."""
    in_row: bool = False
    before: list[Block | Loss] = field(default_factory=list)
    """What was lost in it before its first cell."""


class Gathering:
    """A document as it is gathered: the page, and the open tables, each in a cell of the one before."""

    def __init__(self) -> None:
        self._page = Flow()
        self._tables: list[_Table] = []
        self.remarks: dict[str, None] = {}

    @property
    def depth(self) -> int:
        """How many tables are open."""
        return len(self._tables)

    @property
    def between_cells(self) -> bool:
        """Whether a table is open and no cell of it."""
        return bool(self._tables) and self._tables[-1].flow is None

    @property
    def flow(self) -> Flow:
        """Where words go now. Those that stand in a table and in no cell of it get one."""
        if not self._tables:
            return self._page
        return self._tables[-1].flow or self.open_cell(SpanningCell(), Shape())

    def open_table(self, place: str, shape: Shape) -> None:
        """Begin a table, which ends the paragraph before."""
        self.flow.flush(shape)
        self._tables.append(_Table(place))

    def open_row(self, shape: Shape) -> None:
        """Begin a row of the table that is open, which ends the one before."""
        self.close_row(shape)
        rows = self._tables[-1].rows
        if not rows or rows[-1]:
            rows.append([])
        self._tables[-1].in_row = True

    def open_cell(self, cell: SpanningCell, shape: Shape) -> Flow:
        """Begin a cell of the row that is open, which ends the one before."""
        self.close_cell(shape)
        table = self._tables[-1]
        if not table.in_row:
            self.open_row(shape)
        table.rows[-1].append(cell)
        table.flow = Flow(cell.parts)
        return table.flow

    def close_cell(self, shape: Shape) -> None:
        """End the cell that is open."""
        if flow := self._tables[-1].flow:
            flow.flush(shape)
            self._tables[-1].flow = None

    def close_row(self, shape: Shape) -> None:
        """End the row that is open."""
        self.close_cell(shape)
        self._tables[-1].in_row = False

    def close_part(self, name: str, shape: Shape) -> None:
        """End the cell, or the row, that an element of this name began."""
        if name in ("tr", "caption"):
            self.close_row(shape)
        else:
            self.close_cell(shape)

    def lose(self, loss: Loss) -> None:
        """Words that are lost at this place; between the cells of a table, at the end of the one before."""
        if not self.between_cells:
            self.flow.lose(loss)
        elif row := next((row for row in reversed(self._tables[-1].rows[-2:]) if row), None):
            row[-1].parts.append(loss)
        else:
            self._tables[-1].before.append(loss)

    def close_table(self, shape: Shape) -> None:
        """End the table that is open."""
        self.close_row(shape)
        table = self._tables.pop()
        rows = [row for row in table.rows if row]
        self.flow.parts += table.before
        if rows and rows[0][0].caption:
            self.flow.parts += rows.pop(0)[0].parts
        parts = [part for row in rows for cell in row for part in cell.parts]
        losses: list[tuple[int, Loss]] = []
        count = before = 0
        for part in parts:
            if isinstance(part, Block):
                before = count
                count += letters(own_text(part))
            elif part.within is None:
                losses.append((count, part))
            else:
                losses.append((before + part.within, replace(part, within=None)))
        place = table.place or next((part.place for part in parts), "")
        if not any(isinstance(part, Block) for part in parts):
            self.flow.parts += parts
        elif (cells := grid(rows)) is None:
            self.remarks[f"The table at {place} is too large to be one; its cells are paragraphs."] = None
            self.flow.parts += parts
        else:
            self.flow.parts += woven(Block("table", place, rows=cells), losses, count)

    def finish(self, shape: Shape) -> list[Block | Loss]:
        """End what is open; what has been gathered."""
        while self._tables:
            self.close_table(shape)
        self._page.flush(shape)
        return self._page.parts


def woven(block: Block, losses: list[tuple[int, Loss]], count: int) -> list[Block | Loss]:
    """A block of so many letters, and what was lost in it, each with the letters before it."""
    return [
        *(loss for at, loss in losses if not at),
        block,
        *(replace(loss, within=at) for at, loss in losses if 0 < at < count),
        *(loss for at, loss in losses if 0 < at == count),
    ]
