"""Tables: what Markdown would not take for one, and rows whose words it would drop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic

QUOTE = re.compile(r"[ \t>]*")
ITEM = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
# A bar that parts cells is neither escaped nor in code.
BAR = re.compile(r"\\[\\|]|\\`+|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|(?P<bar>\|)")
Row = tuple[int, str]


def check(text: Text) -> Iterator[Diagnostic]:
    """Tables that are none, and rows that do not fit theirs, by the rules of Python-Markdown."""
    if "|" not in text.body:
        return
    lines = text.lines
    end = 0
    for index in range(1, len(lines)):
        ruler = lines[index][1]
        if index < end or "|" not in ruler or "-" not in ruler or ruler.strip(" \t>|:-"):
            continue
        header = lines[index - 1][1]
        if "|" not in header:
            continue
        end = next((n for n in range(index, len(lines)) if _ends(lines[n][1])), len(lines))
        above = lines[index - 2][1] if index > 1 else ""
        if not _ends(above):
            yield text.fault(
                "unsupported-syntax",
                lines[index - 1][0],
                lines[index - 1][0] + len(header),
                "a table cannot start directly below text",
                "leave a blank line above it",
            )
        else:
            yield from _table(
                text, [(offset, _raw(text, offset, line)) for offset, line in lines[index - 1 : end]]
            )


def _ends(line: str) -> bool:
    """Whether no table goes on at `line`."""
    return not line.strip(" \t>") or line.startswith(("#", "\0"))


def _raw(text: Text, offset: int, line: str) -> str:
    """The line without the signs of its quote, and with its code."""
    line = text.body[offset : offset + len(line)].rstrip(" \t")
    return QUOTE.sub("", line, count=1)


def _table(text: Text, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    (_, header), (place, ruler), *others = rows
    header = ITEM.sub("", header, count=1)
    bars = _bars(header)
    # Bars at the ends of rows count as such only where the header has one.
    border = header.startswith("|") or bars[-1:] == [len(header) - 1]
    width = len(_cells(header, border=border))
    wide = len(_cells(ruler, border=border))
    if width != wide:
        yield text.fault(
            "unsupported-syntax",
            place,
            place + len(ruler),
            f"no table is made of this: the line above has {_many(width)}, and this one {wide}",
            "write as many below the header as in it",
        )
        return
    for offset, row in others:
        if row.startswith("{"):
            continue
        cells = _cells(row, border=border)
        column = text.body.find(row, offset)
        if any(cell.strip() for cell in cells[width:]):
            lost = sum(map(len, cells[:width])) + width - 1 + (border and row.startswith("|"))
            yield text.fault(
                "table-row",
                column + lost,
                column + len(row),
                f"this row has {_many(len(cells))}, and its table {wide}: what is too much is not shown",
                "add a column to the table; for a bar in the text, write \\|",
            )
        elif not _bars(row):
            yield text.fault(
                "table-row",
                column,
                column + len(row),
                "this line becomes a row of the table above it",
                "leave a blank line above it; for a row, write | between its cells",
            )


def _bars(row: str) -> list[int]:
    return [match.start() for match in BAR.finditer(row) if match["bar"]]


def _cells(row: str, *, border: bool) -> list[str]:
    bars = _bars(row)
    starts = [0, *(bar + 1 for bar in bars)]
    cells = [row[start:end] for start, end in zip(starts, [*bars, len(row)], strict=True)]
    if border and row.startswith("|"):
        del cells[0]
    if border and len(cells) > 1 and bars[-1] == len(row) - 1:
        del cells[-1]
    return cells


def _many(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"
