"""Change bars: which blocks of a chapter say something else than they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from chapterhouse.paper.nodes import Address, Block, Changed, Heading, Numbered, Paragraph, Words
from chapterhouse.redline import Change, Redline, telling
from chapterhouse.render.pieces import opened

Unit = tuple[str, str]
"""The kind of a unit of a redline, and its address."""
CHANGED = {"kept": "changed", "added": "added"}
AROUND: Unit = ("around", "")
"""What stands before and after the text."""
TITLE: Unit = ("title", "")


def barred(blocks: Sequence[Block], address: str, redline: Redline) -> tuple[Block, ...]:
    """The blocks of a chapter, whose page is at `address`, with bars beside what changed.

    Where something was removed, words that say so stand in its place, with a bar.
    """
    changed = {_unit(change) for change in redline.told if change.state != "removed"}
    if any(field.name in {"chapter", "title"} for field in redline.fields):
        changed.add(TITLE)
    sections = {change.number for change in redline.changes if change.kind == "section"}
    units = groupby(_units(blocks, address, sections), lambda pair: pair[0])
    runs = [(unit, list(run)) for unit, run in units]
    removed = _removed(redline, {unit for unit, _ in runs})
    found: list[Block] = []
    for unit, run in runs:
        found += [Changed((block,)) if unit in changed else block for _, block in run]
        found += removed.pop(unit, ())
    return tuple(found)


def _units(blocks: Iterable[Block], address: str, sections: AbstractSet[str]) -> Iterator[tuple[Unit, Block]]:
    """Each block with the unit that it belongs to."""
    unit = AROUND
    for block in blocks:
        if isinstance(block, Numbered):
            unit = ("paragraph", block.anchor)
        elif isinstance(block, Heading) and block.level == 1:
            unit = TITLE
        elif isinstance(block, Heading):
            own = (one.path.removeprefix(f"{address}#") for one in block.inlines if isinstance(one, Address))
            anchor = next((one for one in own if one in sections), None)
            unit = AROUND if anchor is None else ("section", anchor)
        elif unit[0] == "section":
            unit = ("text", unit[1])
        elif unit == TITLE:
            unit = AROUND
        yield unit, block


def _removed(redline: Redline, there: set[Unit]) -> dict[Unit, list[Block]]:
    """What says that something was removed, by the unit that stands above it."""
    titles = telling.headings(redline.changes)
    found: dict[Unit, list[Block]] = {}
    above = AROUND
    for change in redline.changes:
        own = _unit(change)
        if change.state == "removed":
            _say(found, above, f"{telling.called(change, titles)} removed")
        elif own in there:
            above = own
        elif change.changed:
            # The text above the first heading cannot be told from what stands above it.
            _say(found, above, f"{telling.called(change, titles)} {CHANGED[change.state]}")
    return found


def _say(found: dict[Unit, list[Block]], above: Unit, words: str) -> None:
    said = Paragraph((Words(opened(words), frozenset({"small"})),))
    found.setdefault(above, []).append(Changed((said,)))


def _unit(change: Change) -> Unit:
    return change.kind, change.number
