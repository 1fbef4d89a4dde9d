"""Which lines that begin with `1.` are items of a list, and which are numbered paragraphs or sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

ORDERED = re.compile(r"([0-9]{1,3})\.\s+(?=\S)")
FEWEST_PARAGRAPHS = 3


@dataclass(slots=True)
class _Row:
    """Numbered lines that follow one another."""

    indent: int
    first: int
    """The number that it begins with."""
    opened: bool
    """Whether a colon stands before it."""
    lines: list[int] = field(default_factory=list)
    last: int = 0
    loose: bool = False
    """Whether empty lines stand between."""
    gone_on: bool = False
    """Whether another row goes on with its numbers."""


def indent_of(line: str) -> int:
    """The columns before the first word of a line."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(4))


def ordered(lines: Sequence[str], *, markdown: bool, passed: Collection[int] = ()) -> frozenset[int]:
    """The lines, by index, that are items of a numbered list; `passed` are those of code.

    A list has several items, from 1. Rows that go on with one another's numbers through a document are its
    paragraphs, and so is one whose items stand apart, if it is the only one. In plain text a list follows a
    colon. What stands again without its number's help (a heading, a line of the contents) is no item.
    """
    rows = list(_rows(lines, passed))
    outer = [row for row in rows if not row.indent]
    _join(outer)
    said = (line for at, line in enumerate(lines) if at not in passed)
    twice = Counter(line.strip().lstrip("# ") for line in said if ORDERED.match(line.lstrip("# \t")))
    items: set[int] = set()
    for row in rows:
        if any(twice[lines[at].strip()] > 1 for at in row.lines):
            continue
        if row.indent and markdown:
            items.update(row.lines)
        elif row.gone_on or len(row.lines) < 2 or row.first != 1 or not (row.opened or markdown):
            continue
        elif row.opened or not row.loose or len(outer) > 1 or len(row.lines) < FEWEST_PARAGRAPHS:
            items.update(row.lines)
    return frozenset(items)


def _rows(lines: Sequence[str], passed: Collection[int]) -> Iterator[_Row]:
    rows: list[_Row] = []
    above, empty = "", False
    for at, line in enumerate(lines):
        text = line.strip()
        if not text:
            empty = True
            continue
        indent = indent_of(line)
        match = ORDERED.match(text) if at not in passed else None
        if match:
            number = int(match[1])
            while rows and rows[-1].indent > indent:
                yield rows.pop()
            row = rows[-1] if rows and rows[-1].indent == indent else None
            if row is None or number not in {row.last + 1, row.last}:
                if row is not None:
                    yield rows.pop()
                row = _Row(indent, number, above.endswith(":"))
                rows.append(row)
            elif empty:
                row.loose = True
            row.lines.append(at)
            row.last = number
        elif empty or text.startswith("#"):
            while rows and rows[-1].indent >= indent:
                yield rows.pop()
        above, empty = text, False
    yield from rows


def _join(rows: Sequence[_Row]) -> None:
    """Tell rows that go on with another one."""
    ends: dict[int, _Row] = {}
    for row in rows:
        before = ends.get(row.first - 1)
        if before is not None and not row.opened:
            row.gone_on = before.gone_on = True
        if not row.opened:
            ends[row.last] = row
