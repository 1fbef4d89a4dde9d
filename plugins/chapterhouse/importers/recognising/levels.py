"""How deep headings and items stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import DEEPEST_HEADING, Block, words
from chapterhouse.importers.recognising.numbering import is_annex
from chapterhouse.importers.recognising.recognised import Piece, Stretch

ENDS = re.compile(
    r"references|bibliography|sources|(?:useful )?(?:contacts|links)|(?:further|related) reading"
    r"|(?:further|related) information|end ?notes|glossary",
    re.IGNORECASE,
)
"""Headings of what stands behind the sections, beside them."""


def levelled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Headings from the second level down, none more than one below the one before it.

    Behind a section with a number, what has none stands in it: many sources make all headings alike. Annexes
    and the like stand beside the sections; and others, where the source itself tells which stand lower.
    """
    headings = [piece for piece in pieces if piece.block.kind == "heading"]
    if not headings:
        return tuple(pieces)
    top = min(piece.block.level for piece in headings)
    beside = _beside(pieces)
    within = 0  # the level that sections with numbers have in the source
    last = 1
    made = []
    for index, piece in enumerate(pieces):
        if piece.block.kind != "heading":
            made.append(piece)
            continue
        level = piece.block.level - top + 2
        if piece.number:
            level, within = 2, piece.block.level
        elif within and piece.block.level <= within and (index in beside or _is_end(piece.block.text)):
            level = 2
        elif within:
            level = max(level, 3)
        level = min(level, last + 1, DEEPEST_HEADING)
        last = level
        # A heading is strong as it is.
        runs = tuple(replace(run, strong=False) for run in piece.block.runs)
        made.append(replace(piece, block=replace(piece.block, level=level, runs=runs)))
    return tuple(made)


def _is_end(text: str) -> bool:
    return is_annex(text) or ENDS.fullmatch(text.rstrip(":")) is not None


def _beside(pieces: Sequence[Piece]) -> set[int]:
    """The headings without a number that stand as high as those with one, by their index.

    None where all headings of the source are of one level; and none with paragraphs of a section behind it.
    """
    levels = [piece.block.level for piece in pieces if piece.block.kind == "heading" and piece.number]
    high = max(levels, default=0)
    graded = any(piece.block.kind == "heading" and piece.block.level > high for piece in pieces)
    found: set[int] = set()
    goes_on = False
    for index, piece in reversed(list(enumerate(pieces))):
        if piece.block.kind != "heading":
            goes_on = goes_on or bool(piece.number)
        elif piece.number:
            goes_on = False
        elif graded and not goes_on:
            found.add(index)
    return found


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
