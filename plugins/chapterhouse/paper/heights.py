"""How high the rows of a table are on paper, about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chapterhouse.paper import columns, widths
from chapterhouse.paper.nodes import (
    Block,
    Box,
    Cell,
    Changed,
    Items,
    Numbered,
    Paragraph,
    Picture,
    Quote,
    Row,
    Words,
    inlines,
)

TALL, HIGHEST = 12, 30
"""A row of more lines than the first may be parted between two sheets, and a head of more stands on the first
alone. A head of more lines than the second is set as other rows are: what Typst takes for a head is never
parted.
"""


def height(row: Row, part: columns.Columns) -> float:
    """About how many lines a row takes."""
    return max(_lines(cell.blocks, width / (part.size * widths.MM)) for cell, width in cells(row, part))


def cells(row: Row, part: columns.Columns) -> Iterator[tuple[Cell, float]]:
    """The cells of a row that stand in a table on the sheet, with the width that they have for words."""
    for number, width in zip(part.numbers, part.widths, strict=True):
        yield row[number] if number < len(row) else Cell(()), width - columns.PADDING


def _lines(blocks: Sequence[Block], ems: float) -> float:
    """About how many lines blocks take."""
    total = 0.0
    for block in _leaves(blocks):
        total += 1
        for one in block.inlines if isinstance(block, Paragraph) else inlines([block]):
            if isinstance(one, Words):
                total += widths.ems(one.text) / ems
            elif isinstance(one, Picture):
                total += TALL
    return total


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks that hold words themselves."""
    for block in blocks:
        match block:
            case Items():
                for item in block.items:
                    yield from _leaves(item.blocks)
            case Box() | Quote() | Numbered() | Changed():
                yield from _leaves(block.blocks)
            case _:
                yield block
