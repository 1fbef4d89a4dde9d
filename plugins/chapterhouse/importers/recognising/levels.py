"""How deep headings and items stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import DEEPEST_HEADING, Block, words
from chapterhouse.importers.recognising.recognised import Piece, Stretch


def levelled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Headings from the second level down, none more than one below the one before it."""
    headings = [piece for piece in pieces if piece.block.kind == "heading"]
    if not headings:
        return tuple(pieces)
    numbered = any(piece.number for piece in headings)
    top = min(piece.block.level for piece in headings)
    last = 1
    made = []
    for piece in pieces:
        if piece.block.kind != "heading":
            made.append(piece)
            continue
        level = piece.block.level - top + 2
        if piece.number:
            level = 2
        elif numbered and last > 1:
            level = max(level, 3)
        level = min(level, last + 1, DEEPEST_HEADING)
        last = level
        # A heading is strong as it is.
        runs = tuple(replace(run, strong=False) for run in piece.block.runs)
        made.append(replace(piece, block=replace(piece.block, level=level, runs=runs)))
    return tuple(made)


def nested(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Items with the depth that their marks give them, where the source gives none: a) under a bullet."""
    families: list[bool] = []
    before = ""
    for one in stretches:
        if not isinstance(one, Block) or one.kind != "item":
            if isinstance(one, Block):
                families, before = [], ""
            yield one
            continue
        lettered = bool(words(one.marker))
        if lettered in families:
            families = families[: families.index(lettered) + 1]
        elif families and before.endswith(":"):
            families.append(lettered)
        else:
            families = [lettered]
        before = one.text
        yield replace(one, level=max(one.level, len(families)))
