"""A document as a chapter: what recognising gives, and the drafts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from chapterhouse.importers.blocks import Block, Loss
from chapterhouse.model import Numbering

Where = Literal["title", "under_review", "amendments"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Words of the source that stand in the front matter of the draft."""

    text: str
    place: str
    where: Where
    day: date | None = None
    """The day that a note or notice names; None where it names none, or leaves it open which."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the draft."""

    block: Block
    number: str = ""
    """Of a numbered paragraph or section, without the signs around it."""
    doubt: str = ""
    """A number with which its text starts, and which was not taken for its own."""


@dataclass(frozen=True)
class Recognised:
    """A document as a chapter."""

    number: str
    """Of the chapter; empty where the source has none."""
    title: str
    """Empty where the source has none."""
    numbering: Numbering
    stretches: tuple[Piece | Loss | Moved, ...]
    """In the order of the source."""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What the draft is made of."""
        return tuple(one for one in self.stretches if isinstance(one, Piece))

    @property
    def paragraph_numbers(self) -> tuple[str, ...]:
        """The numbers of its paragraphs."""
        return tuple(piece.number for piece in self.pieces if piece.number and piece.block.kind != "heading")

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The same, for links: each one asks whether there is a place that it leads to."""
        return frozenset(self.paragraph_numbers)

    @property
    def section_titles(self) -> tuple[str, ...]:
        """Its headings, in words, with their numbers."""
        return tuple(
            f"{piece.number}. {piece.block.text}" if piece.number else piece.block.text
            for piece in self.pieces
            if piece.block.kind == "heading"
        )


Stretch = Block | Loss | Moved
"""What a document is a row of, while it is being recognised."""
