"""Tables that only put numbers beside their paragraphs, and lines that ran together, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chapterhouse.importers.blocks import Block, Loss, Run
from chapterhouse.importers.recognising.numbering import dotted_number, stands_alone
from chapterhouse.importers.recognising.weaving import taken_apart
from chapterhouse.importers.runs import cut, kept, text_of, tidy

GLUED = re.compile(r"(.{0,80}\bunder review\b[^.]{0,60}\.)\s*([0-9]{1,3}\.\s+[A-Z].{0,120})", re.DOTALL)


def flat(stretches: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    """A document without tables that are only there for the layout; runs are tidied.

    What was lost in the middle of a table stands behind the block that it was in.
    """
    return taken_apart(taken_apart(stretches, _unrolled), _tidied)


def _unrolled(block: Block) -> Iterator[Block]:
    if block.kind == "table" and _is_layout(block):
        for row in block.rows:
            for cell in row:
                for inner in cell.blocks:
                    yield from _unrolled(inner)
    else:
        yield block


def _tidied(block: Block) -> Iterator[Block]:
    if block.kind in {"table", "code"}:
        yield block
        return
    runs = tidy(block.runs)
    spoken = block.kind in {"heading", "paragraph"}
    if spoken and block.marker:
        # A word processor numbers it: the number is the first word that a reader sees.
        runs = tidy((Run(f"{block.marker} "), *runs))
        block = replace(block, marker="", automatic=False)
    glued = GLUED.fullmatch(text_of(runs)) if spoken else None
    if glued:
        yield replace(block, kind="paragraph", runs=kept(runs, glued.end(1)))
        yield replace(block, kind="heading", runs=cut(runs, glued.start(2)))
    elif runs or block.marker:
        yield replace(block, runs=runs)


def _is_layout(table: Block) -> bool:
    """Whether a table only puts numbers beside their paragraphs, or a page in one column."""
    filled = [[cell for cell in row if cell.blocks] for row in table.rows]
    if all(len(row) <= 1 for row in filled):
        return True
    if any(len(row) > 2 for row in filled):
        return False
    firsts = [row[0].text for row in filled if len(row) > 1]
    numbered = sum(stands_alone(text) for text in firsts)
    # A row of titles may stand above the numbers of paragraphs; above `1.`, `2.` it is that of a table.
    titled = numbered > 1 and all(dotted_number(text) for text in firsts[1:])
    return numbered > 0 and (numbered == len(firsts) or (titled and numbered == len(firsts) - 1))
