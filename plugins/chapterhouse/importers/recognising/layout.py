"""Tables that only put numbers beside their paragraphs, and lines that ran together, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chapterhouse.importers.blocks import Block, Loss, Run
from chapterhouse.importers.recognising.numbering import stands_alone
from chapterhouse.importers.runs import cut, kept, text_of, tidy

GLUED = re.compile(r"(.{0,80}\bunder review\b[^.]{0,60}\.)\s*([0-9]{1,3}\.\s+[A-Z].{0,120})", re.DOTALL)


def flat(parts: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    """The parts of a document without tables that are only there for the layout; runs are tidied."""
    for part in parts:
        if isinstance(part, Loss):
            yield part
        elif part.kind == "table" and _is_layout(part):
            yield from flat(block for row in part.rows for cell in row for block in cell.blocks)
        else:
            yield from _tidied(part)


def _tidied(block: Block) -> Iterator[Block]:
    if block.kind in {"table", "code"}:
        yield block
        return
    runs = tidy(block.runs)
    glued = GLUED.fullmatch(text_of(runs)) if block.kind in {"heading", "paragraph"} else None
    if glued:
        yield replace(block, kind="paragraph", runs=kept(runs, glued.end(1)))
        yield replace(block, kind="heading", runs=cut(runs, glued.start(2)))
    elif block.marker and block.kind in {"heading", "paragraph"}:
        # A word processor numbers it: the number is the first word that a reader sees.
        yield replace(block, marker="", runs=tidy((Run(f"{block.marker} "), *runs)))
    elif runs or block.marker:
        yield replace(block, runs=runs)


def _is_layout(table: Block) -> bool:
    """Whether a table only puts numbers beside their paragraphs, or a page in one column."""
    filled = [[cell for cell in row if cell.blocks] for row in table.rows]
    if all(len(row) <= 1 for row in filled):
        return True
    firsts = [row[0].text for row in filled if len(row) > 1]
    numbered = sum(stands_alone(text) for text in firsts)
    return numbered > 0 and numbered == len(firsts) and all(len(row) <= 2 for row in filled)
