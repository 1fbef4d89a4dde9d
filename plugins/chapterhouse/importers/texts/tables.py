"""The tables of texts: rows with bars between their cells, and cells that are lines behind a tab."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_BAR = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r":?-+:?")
_FAR = 6
"""Lines between two rows of a table of which each cell is a line."""


class Written(NamedTuple):
    """A cell, as it is written."""

    line: int
    """Where it begins, from 0."""
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and where the text goes on."""

    rows: list[list[Written]]
    end: int
    """The line below it, from 0."""


def bars_begin(lines: Sequence[str], at: int) -> bool:
    """Whether a table with bars begins at a line: the one below it draws a line between head and body."""
    below = lines[at + 1].strip() if "|" in lines[at] and at + 1 < len(lines) else ""
    if "-" not in below or "|" not in below:
        return False
    return all(_RULER.fullmatch(cell.strip()) for cell in _without_ends(below).split("|"))


def barred(lines: Sequence[str], first: int) -> Table:
    """The table with bars that begins at a line."""
    end = first + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    kept = (first, *range(first + 2, end))
    return Table([[Written(at, cell) for cell in _cells(lines[at])] for at in kept], end)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(_without_ends(line.strip()))]


def _without_ends(row: str) -> str:
    """A row without the bars at its ends."""
    row = row.removeprefix("|")
    return row[:-1] if row.endswith("|") and not row.endswith("\\|") else row


def tabs_begin(lines: Sequence[str], at: int) -> bool:
    """Whether lines with a tab before them stand together here: cells of a table, one on each line."""
    return lines[at].startswith("\t") and at + 1 < len(lines) and lines[at + 1].startswith("\t")


def tabbed(lines: Sequence[str], first: int) -> Table:
    """A table of which each cell is a line with a tab before it, and each row ends at an empty line."""
    rows: list[list[Written]] = []
    cells: list[tuple[int, list[str]]] = []
    at = first
    while at < len(lines):
        line = lines[at]
        if line.startswith("\t"):
            cells.append((at, [line.strip()]))
        elif not line.strip():
            near = lines[at : at + _FAR + 1]
            if not any(one.startswith("\t") for one in near):
                break
            ahead = next(one for one in near if one.strip() or one.startswith("\t"))
            if ahead.startswith("\t"):
                rows.append(_row(cells))
                cells = []
        elif cells:
            cells[-1][1].append(line.strip())
        else:
            break
        at += 1
    return Table([*rows, _row(cells)] if cells else rows, at)


def _row(cells: list[tuple[int, list[str]]]) -> list[Written]:
    return [Written(at, " ".join(texts).strip()) for at, texts in cells]
