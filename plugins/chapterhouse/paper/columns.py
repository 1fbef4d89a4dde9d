"""How the columns of a table share the sheet.

A table is never cut: it is set smaller, turned, or told in several tables, each with the first column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chapterhouse.paper import widths
from chapterhouse.paper.nodes import (
    Block,
    Box,
    Changed,
    Code,
    Facts,
    Heading,
    Items,
    Numbered,
    Paragraph,
    Quote,
    Row,
    Table,
)

UPRIGHT, TURNED = 170.0, 257.0
"""The width between the margins of a sheet, in millimetres."""
SIZES = (9.5, 8.5, 7.5)
"""Sizes of letters, in points: the first with which the table fits is taken."""
MANY = 8
"""So many columns are turned."""
PADDING = 3.0
"""What a cell has of white left and right, in millimetres."""
UNBROKEN = 30.0
"""A word of so many millimetres has its column as wide as itself; a longer one may be broken."""
INDENT = 2.5
"""What a list or a quotation takes from the width, in ems."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One table on the sheet: which columns of the whole it has, and their widths in millimetres."""

    numbers: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    turned: bool


def columns(table: Table, width: float, *, may_turn: bool) -> tuple[Columns, ...]:
    """How a table is set in `width` millimetres, or in the whole sheet if it may be turned."""
    needs = [_needs(table, number) for number in range(table.columns)]
    everything = tuple(range(table.columns))
    ways = [(width, False)]
    if may_turn:
        ways = [(TURNED, True), (width, False)] if table.columns >= MANY else [(width, False), (TURNED, True)]
    for available, turned in ways:
        for size in SIZES:
            least, most = _sized(needs, size)
            if sum(least) <= available:
                return (Columns(everything, tuple(shared(least, most, available)), size, turned),)
    available, turned = max(ways)
    return tuple(_divided(needs, available, turned=turned))


def shared(least: Sequence[float], most: Sequence[float], available: float) -> list[float]:
    """Widths between the least and the most that each column can use, all of them within `available`.

    What is to spare is shared evenly, until a column has all that it can use: short ones stay on a line.
    """
    given = list(least)
    wanting = [number for number in range(len(given)) if given[number] < most[number]]
    spare = available - sum(given)
    while wanting and spare > 0.01:
        each = spare / len(wanting)
        for number in wanting:
            given[number] = min(given[number] + each, most[number])
        wanting = [number for number in wanting if given[number] < most[number]]
        spare = available - sum(given)
    return given


def _divided(needs: Sequence[tuple[float, float]], available: float, *, turned: bool) -> Iterator[Columns]:
    """A table in several, none wider than the sheet."""
    size = SIZES[-1]
    least, most = _sized(needs, size)
    least = [min(one, available / 2) for one in least]
    most = [max(low, high) for low, high in zip(least, most, strict=True)]
    numbers: list[int] = [0]
    for number in range(1, len(needs)):
        if sum(least[one] for one in (*numbers, number)) > available:
            yield _group(numbers, least, most, available, size, turned=turned)
            numbers = [0]
        numbers.append(number)
    yield _group(numbers, least, most, available, size, turned=turned)


def _group(
    numbers: Sequence[int],
    least: Sequence[float],
    most: Sequence[float],
    available: float,
    size: float,
    *,
    turned: bool,
) -> Columns:
    given = shared([least[one] for one in numbers], [most[one] for one in numbers], available)
    return Columns(tuple(numbers), tuple(given), size, turned)


def _sized(needs: Sequence[tuple[float, float]], size: float) -> tuple[list[float], list[float]]:
    """The least and the most that columns can use, in millimetres, with letters of a size."""
    em = size * widths.MM
    least = [min(low * em, UNBROKEN) + PADDING for low, _ in needs]
    most = [max(high * em + PADDING, low) for (_, high), low in zip(needs, least, strict=True)]
    return least, most


def _needs(table: Table, number: int) -> tuple[float, float]:
    """The widths in ems of the longest word and of the longest line in a column."""
    cells = [row[number].blocks for row in _rows(table) if number < len(row)]
    found = [needs(blocks) for blocks in cells]
    return max((low for low, _ in found), default=1.0), max((high for _, high in found), default=1.0)


def _rows(table: Table) -> tuple[Row, ...]:
    return (*table.head, *table.body)


def needs(blocks: Sequence[Block]) -> tuple[float, float]:
    """The widths in ems of the longest word and of the longest line in blocks."""
    found = [(1.0, 1.0), *(_need(block) for block in blocks)]
    return max(low for low, _ in found), max(high for _, high in found)


def _need(block: Block) -> tuple[float, float]:
    match block:
        case Heading() | Paragraph():
            return widths.longest(block.inlines)
        case Items():
            return _indented(needs([one for item in block.items for one in item.blocks]))
        case Box() | Quote() | Numbered() | Changed():
            return _indented(needs(block.blocks))
        case Facts():
            return _indented(
                needs([each for name, said in block.entries for each in (Paragraph(name), *said)])
            )
        case Table():
            inner = [_needs(block, number) for number in range(block.columns)]
            return sum(low for low, _ in inner), sum(high for _, high in inner)
        case Code():
            longest = max(widths.ems(line, code=True) for line in block.text.split("\n"))
            return longest, longest
        case _:
            return 1.0, 1.0


def _indented(need: tuple[float, float]) -> tuple[float, float]:
    return need[0] + INDENT, need[1] + INDENT
