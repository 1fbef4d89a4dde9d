"""A redline as HTML: `ins` and `del` with words for those who have them read out, in lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from chapterhouse.redline import Block, Change, Op, Piece, Redline, telling
from chapterhouse.redline.telling import Entry

Pieces = tuple[tuple[Op, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the lists inside it."""

    mark: str
    """What it is counted with; empty for a bullet."""
    pieces: Pieces
    inner: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks of one kind that follow one another: a list, a table, or a block by itself."""

    kind: Literal["text", "list", "table", "quote", "code"]
    pieces: Pieces = ()
    items: tuple[Item, ...] = ()
    head: tuple[Pieces, ...] = ()
    rows: tuple[tuple[Pieces, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One change with its place in the page."""

    entry: Entry
    id: str
    old_id: str
    """The number that it had before, where no other change has that for its address."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The changes below one heading."""

    title: str
    changes: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShownRedline:
    """A redline as a template draws it."""

    groups: tuple[ShownGroup, ...]
    fields: tuple[tuple[str, Pieces], ...]
    layout: str
    """The sentence about what has another layout and the same words."""

    @property
    def changes(self) -> Iterator[Shown]:
        """All changes, in order."""
        for group in self.groups:
            yield from group.changes


def shown(redline: Redline) -> ShownRedline:
    """A redline ready to be drawn. The id of each change is its number, of what was removed too."""
    ids = addresses(redline)
    groups = tuple(
        ShownGroup(group.title, tuple(_shown(entry, ids) for entry in group.entries))
        for group in telling.groups(redline)
    )
    return ShownRedline(groups, tuple(map(telling.field, redline.fields)), telling.formatting(redline))


def addresses(redline: Redline) -> Mapping[str, Change]:
    """Which change each address leads to: first what is in the newer text, then what was removed, then the
    numbers that others had before. A text outside paragraphs has that of its section where that is free.
    """
    found: dict[str, Change] = {}
    order = sorted(redline.told, key=lambda change: (change.state == "removed", change.kind == "text"))
    for change in order:
        if change.number:
            found.setdefault(change.number, change)
    for change in order:
        if change.was:
            found.setdefault(change.was, change)
    return found


def parts(blocks: Iterable[Block]) -> tuple[Part, ...]:
    """Blocks with those of a list or of a table joined; what shows nothing is left out."""
    found: list[Part] = []
    said = [block for block in blocks if any(piece.shown.strip() for piece in block.pieces)]
    for kind, run in groupby(said, key=_kind):
        members = list(run)
        if kind == "list":
            found.append(Part("list", items=_nested(members)))
        elif kind == "table":
            found += _tables(members)
        else:
            found += [Part(kind, pieces=_pieces(block)) for block in members]
    return tuple(found)


def plain(change: Change) -> tuple[Part, ...]:
    """The newer text of a change, or of what was removed the older, with nothing marked."""
    side: Op = "deleted" if change.state == "removed" else "inserted"
    return parts(_plain(block, side) for block in change.blocks)


def _plain(block: Block, side: Op) -> Block:
    cells = tuple(
        tuple(replace(piece, op="same", wording=False) for piece in cell if piece.op in {"same", side})
        for cell in block.cells
    )
    return replace(block, op="same", cells=cells)


def _shown(entry: Entry, ids: Mapping[str, Change]) -> Shown:
    change = entry.change
    own = change.number if ids.get(change.number) is change else f"chapterhouse-{_name(change)}"
    old = change.was if change.was and ids.get(change.was) is change else ""
    return Shown(entry, own, old, parts(change.blocks) if entry.shown else ())


def _name(change: Change) -> str:
    """A name that no other change of a redline has."""
    return f"removed-{change.old + 1}" if change.state == "removed" else f"text-{change.new + 1}"


def _kind(block: Block) -> Literal["text", "list", "table", "quote", "code"]:
    if block.kind == "item":
        return "list"
    if block.kind == "row":
        return "table"
    return block.kind if block.kind in {"quote", "code"} else "text"


def _pieces(block: Block) -> Pieces:
    return _drawn(block.pieces)


def _drawn(pieces: Iterable[Piece]) -> Pieces:
    """What is said, with the white space around marked words outside the marks."""
    found: list[tuple[Op, str]] = []
    for op, text in telling.said(pieces):
        words = text.strip()
        if op == "same" or not words:
            found.append(("same", text))
            continue
        start = text.index(words)
        found += [("same", text[:start]), (op, words), ("same", text[start + len(words) :])]
    return tuple((op, text) for op, text in found if text)


def _nested(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Items with those that stand deeper inside them. A level that is skipped counts as the next."""
    found: list[Item] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        end = place + 1
        while end < len(blocks) and blocks[end].level > block.level:
            end += 1
        mark = "" if block.mark in {"", "-", "*", "+"} else block.mark
        found.append(Item(mark, _pieces(block), _nested(blocks[place + 1 : end])))
        place = end
    return tuple(found)


def _tables(blocks: Sequence[Block]) -> Iterator[Part]:
    """The tables that rows make: each head begins another."""
    head: tuple[Pieces, ...] = ()
    rows: list[tuple[Pieces, ...]] = []
    for block in blocks:
        cells = tuple(_drawn(cell) for cell in block.cells)
        if block.level == 1:
            if head or rows:
                yield Part("table", head=head, rows=tuple(rows))
            head, rows = cells, []
        else:
            rows.append(cells)
    yield Part("table", head=head, rows=tuple(rows))
