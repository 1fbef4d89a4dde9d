"""Cells that reach over several rows and columns, laid out in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chapterhouse.importers.blocks import Block, Cell, Loss

_WIDEST = 200
"""Columns that one cell may claim."""
MOST_CELLS = 100_000
"""Cells of one table, the empty ones included: a hundred kilobytes can ask for billions."""
_NONE = Cell(())


@dataclass(slots=True)
class SpanningCell:
    """A cell as the source has it."""

    parts: list[Block | Loss] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    caption: bool = False
    """Whether it is none, but the heading of the table."""

    @property
    def cell(self) -> Cell:
        """What of it a draft can hold."""
        return Cell(tuple(part for part in self.parts if isinstance(part, Block)))


def grid(rows: list[list[SpanningCell]]) -> tuple[tuple[Cell, ...], ...] | None:
    """Rows of one length, each cell once, at its first place. None for a table that is too large."""
    reserved: dict[int, int] = {}
    laid: list[list[Cell]] = []
    total = 0
    for number, row in enumerate(rows):
        line: list[Cell] = []
        for spanning in row:
            while reserved.get(len(line), 0) > number:
                line.append(_NONE)
            width = min(max(spanning.columns, 1), _WIDEST)
            until = number + min(max(spanning.rows, 1), len(rows) - number)
            for column in range(len(line), len(line) + width):
                reserved[column] = until
            line += [spanning.cell, *[_NONE] * (width - 1)]
        while reserved.get(len(line), 0) > number:
            line.append(_NONE)
        total += len(line)
        if total > MOST_CELLS:
            return None
        laid.append(line)
    return even(laid)


def even(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...] | None:
    """Rows of one length: a short one has empty cells at its end. None for a table that is too large."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        return None
    return tuple((*row, *[_NONE] * (width - len(row))) for row in rows)
