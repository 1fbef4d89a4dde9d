"""Headings of sections that were typed as paragraphs: `1. Start` before 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import Block
from chapterhouse.importers.recognising.numbering import section_of, start_of
from chapterhouse.importers.recognising.recognised import Stretch
from chapterhouse.importers.runs import text_of
from chapterhouse.model import Numbering

LONGEST = 100
FIRST = ("0", "1")
"""The numerals of the first paragraph of a section."""


def with_sections(stretches: Sequence[Stretch], numbering: Numbering) -> Iterator[Stretch]:
    """The same with a heading for each paragraph that the first number of its section stands right under."""
    blocks = [one for one in stretches if isinstance(one, Block)]
    level = min((one.level for one in blocks if one.kind == "heading"), default=1)
    at = -1
    for one in stretches:
        at += isinstance(one, Block)
        if not isinstance(one, Block) or numbering != "sections" or at + 1 >= len(blocks):
            yield one
        elif _heads(one, blocks[at + 1]) and not (at and _is_step(blocks[at - 1])):
            yield replace(one, kind="heading", level=level)
        else:
            yield one


def _heads(line: Block, first: Block) -> bool:
    if line.kind != "paragraph" or first.kind not in {"paragraph", "item"} or len(line.text) > LONGEST:
        return False
    section = section_of(text_of(line.runs))
    start = start_of(text_of(first.runs), "sections")
    if section is None or start is None or line.text.endswith((".", ":", ";", ",")):
        return False
    number, sub = start.number.split(".")[:2]
    return number == section[2] and sub in FIRST and not text_of(line.runs)[section.end()].islower()


def _is_step(block: Block) -> bool:
    """Whether a block is one of a list that its author numbered: the last of it heads no section."""
    return block.kind == "paragraph" and start_of(text_of(block.runs), "continuous") is not None
