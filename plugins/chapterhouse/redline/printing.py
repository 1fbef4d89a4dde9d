"""A redline as text for a terminal, and as JSON. A printer shows and never judges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from chapterhouse import dates
from chapterhouse.diagnostics import printers
from chapterhouse.redline import telling
from chapterhouse.redline.change import Block, Change, Op, Redline

SCHEMA = 1
"""Raised when the JSON changes in a way that readers must know of: `schema/redline.schema.json`."""
SIGNS: dict[Op, tuple[str, str]] = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}

Paint = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts that are compared: a version, or a text that nobody has recorded yet."""

    version: str = ""
    effective: date | None = None

    @property
    def words(self) -> str:
        """What it is called."""
        if self.effective is None:
            return "the text as it stands now, not recorded"
        return f"version {self.version}, effective {dates.long(self.effective)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A redline with what it is one of."""

    slug: str
    title: str
    """Number and title of the newer text."""
    old: Side
    new: Side
    redline: Redline


def text(compared: Compared, *, colour: bool = False) -> str:
    """For people: `[-deleted-]` and `{+inserted+}`, and colours if asked for, which say nothing besides."""
    return "\n".join(_text(compared, printers.painter(colour=colour))) + "\n"


def as_json(compared: Compared) -> str:
    """The contract of `diff --format json`: what differs, with the words that readers see."""
    redline = compared.redline
    document = {
        "schema": SCHEMA,
        "chapter": compared.slug,
        "from": _side(compared.old),
        "to": _side(compared.new),
        "fields": [{"name": one.name, "old": one.old, "new": one.new} for one in redline.fields],
        "changes": [_change(one) for one in redline.changes if one.changed or one.formatting],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _text(compared: Compared, paint: Paint) -> Iterator[str]:
    redline = compared.redline
    yield printers.visible(compared.title)
    yield f"from {compared.old.words}"
    yield f"to {compared.new.words}"
    layout = telling.formatting(redline)
    if not redline.wording:
        yield ""
        yield layout or "No difference."
        return
    if redline.fields:
        yield ""
    for one in redline.fields:
        name, sides = telling.field(one)
        yield f"{name}: {_marked(sides, paint)}"
    for group in telling.groups(redline):
        if group.title:
            yield ""
            yield printers.visible(group.title)
        for entry in group.entries:
            yield ""
            yield f"  {_told(entry, paint)}"
            if entry.shown:
                yield from (f"    {line}" for line in _blocks(entry.change.blocks, paint))
    if layout:
        yield ""
        yield printers.visible(layout)


def _told(entry: telling.Entry, paint: Paint) -> str:
    if entry.change.renumbered:
        return paint("help", entry.told)
    return f"{paint('help', printers.visible(entry.title) + '.')} {entry.told}"


def _blocks(blocks: Iterable[Block], paint: Paint) -> Iterator[str]:
    for block in blocks:
        cells = [_marked(telling.said(cell), paint).strip() for cell in block.cells]
        if not any(cells):
            continue
        if block.kind == "row":
            yield f"| {' | '.join(cells)} |"
        else:
            mark = f"{printers.visible(block.mark)} " if block.kind == "item" else ""
            yield f"{'  ' * (block.level - 1)}{mark}{cells[0]}"


def _marked(pieces: Iterable[tuple[Op, str]], paint: Paint) -> str:
    return "".join(_piece(op, printers.visible(shown), paint) for op, shown in pieces)


def _piece(op: Op, shown: str, paint: Paint) -> str:
    """A stretch between its signs; the white space around its words stays outside."""
    words = shown.strip()
    if op == "same" or not words:
        return shown
    first, last = SIGNS[op]
    return shown.replace(words, paint(op, f"{first}{words}{last}"))


def _side(side: Side) -> dict[str, str | None]:
    return {
        "version": side.version or None,
        "effective": side.effective.isoformat() if side.effective else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "number": change.number,
        "was": change.was,
        "state": change.state,
        "moved": change.moved,
        "formatting": change.formatting,
        "blocks": [_block(block) for block in change.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "level": block.level,
        "op": block.op,
        "mark": block.mark,
        "cells": [[{"op": op, "text": shown} for op, shown in telling.said(cell)] for cell in block.cells],
    }
