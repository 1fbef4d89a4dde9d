"""What a redline consists of, as frozen values: changes of units, made of blocks, made of pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Op = Literal["same", "deleted", "inserted"]
UnitKind = Literal["paragraph", "section", "text"]
BlockKind = Literal["text", "item", "row", "quote", "code", "heading", "note"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of source that both texts have, or one of them."""

    op: Op
    source: str
    """Characters of the file, none left out."""
    shown: str
    """What a reader sees of them: without markup, white space as single spaces. Plain text."""
    wording: bool = False
    """Whether words differ here; a piece that differs in markup or white space alone is formatting."""


@dataclass(frozen=True, slots=True)
class Block:
    """A sentence block, an item of a list, a row of a table: what is compared with its like."""

    kind: BlockKind
    level: int
    """How deep an item stands, from 1; of a row, 1 for the head of its table and 2 below; else 0."""
    op: Op | Literal["changed"]
    cells: tuple[tuple[Piece, ...], ...]
    """A row has one for each cell, any other block has one."""
    mark: str = ""
    """What an item begins with: `-` or `a)`."""

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its pieces in order, those of all cells."""
        for cell in self.cells:
            yield from cell


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, a heading or the text between them, as it is in one version, in the other or in both."""

    kind: UnitKind
    number: str
    """The anchor of the paragraph or section in the newer text, of a removed one in the older.

    Of text that stands in no paragraph, the anchor of its section, empty above the first.
    """
    was: str
    """Its anchor in the older text where that is another; else empty."""
    state: Literal["kept", "added", "removed"]
    moved: bool
    """Whether it stands elsewhere among the others than it did, whatever its number."""
    blocks: tuple[Block, ...]
    old: int
    """Its place in the older text, counted from 0; -1 where it is not in it."""
    new: int
    """The same in the newer text."""

    @property
    def wording(self) -> bool:
        """Whether a word of it changed; true for what is added or removed."""
        return self.state != "kept" or any(p.wording for block in self.blocks for p in block.pieces)

    @property
    def formatting(self) -> bool:
        """Whether its markup or layout changed, and nothing that a reader is told of."""
        return not self.changed and any(p.op != "same" for block in self.blocks for p in block.pieces)

    @property
    def renumbered(self) -> bool:
        """Whether it had another number."""
        return bool(self.was)

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell a reader of: words, number or place."""
        return self.wording or self.renumbered or self.moved

    def side(self, op: Op) -> str:
        """Its source in one of the texts: in the older (`deleted`) or in the newer (`inserted`)."""
        return "".join(
            piece.source for block in self.blocks for piece in block.pieces if piece.op in {"same", op}
        )


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the front matter that differs: title, number, status, numbering, review."""

    name: str
    old: str
    """As plain words; empty where there was none."""
    new: str


@dataclass(frozen=True, slots=True)
class Redline:
    """The difference between two versions of a chapter."""

    fields: tuple[Field, ...]
    changes: tuple[Change, ...]
    """All units, the unchanged ones too, in the order of the newer text, what is removed where it stood."""

    @property
    def told(self) -> tuple[Change, ...]:
        """The changes that a reader is told of."""
        return tuple(change for change in self.changes if change.changed)

    @property
    def wording(self) -> bool:
        """Whether any word, number, place or field changed: more than formatting."""
        return bool(self.fields) or any(change.changed for change in self.changes)

    @property
    def formatting(self) -> tuple[Change, ...]:
        """The changes of markup and layout alone."""
        return tuple(change for change in self.changes if change.formatting)

    @property
    def old_text(self) -> str:
        """The older text, character for character: insertions taken out."""
        units = sorted((c for c in self.changes if c.old >= 0), key=lambda change: change.old)
        return "".join(change.side("deleted") for change in units)

    @property
    def new_text(self) -> str:
        """The newer text, character for character: deletions taken out."""
        units = sorted((c for c in self.changes if c.new >= 0), key=lambda change: change.new)
        return "".join(change.side("inserted") for change in units)
