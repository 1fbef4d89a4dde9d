"""How deep the items of a draft's lists stand, so that Markdown has the lists of the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from chapterhouse.importers.blocks import Block


@dataclass
class Nesting:
    """The lists that are open, while pieces are written one after the other.

    Markdown takes what stands deeper than an item of the list above it for code, and so no item does.
    """

    deepest: int
    kinds: list[bool] = field(default_factory=list)
    """Of each open list, from the outermost: whether its items have numbers or letters."""
    gone_on: bool = False
    """Whether the last piece goes on with an item: then a blank line must follow."""
    base: int = 1
    """How deep the first item since the last blank line stands. None above it may follow without another."""

    def depth(self, block: Block) -> int:
        """How deep a block stands, from 1; 0 for what is no item."""
        if block.kind != "item":
            return 0
        most = len(self.kinds) + (not self.within(block))
        return min(max(block.level, 1), most, self.deepest)

    def within(self, block: Block) -> bool:
        """Whether a block goes on with an item. One without a marker begins a list where there is none."""
        return block.kind == "item" and not block.marker and bool(self.kinds)

    def joins(self, block: Block, depth: int, *, lettered: bool) -> bool:
        """Whether a block is an item that stands on the line after the last one, with no blank line."""
        if not depth or not self.kinds or self.within(block) or self.gone_on or depth < self.base:
            return False
        # A list has items of one kind. Within a list the next kind begins another list by itself.
        return depth > 1 or lettered == self.kinds[0]

    def put(self, block: Block, depth: int, *, lettered: bool, apart: bool) -> None:
        """A block is written; `apart` says that a blank line is above it."""
        if apart:
            self.base = depth
        self.gone_on = self.within(block)
        if self.gone_on:
            del self.kinds[depth:]
        elif depth:
            self.kinds[depth - 1 :] = [lettered]
        else:
            self.kinds.clear()
