"""What was lost in the middle of a block, where that block is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from chapterhouse.importers.blocks import Block, Loss, letters, own_text
from chapterhouse.importers.recognising.recognised import Moved

Made = TypeVar("Made", bound=Block | Moved)


def taken_apart(
    stretches: Iterable[Block | Loss], parts_of: Callable[[Block], Iterable[Block]]
) -> Iterator[Block | Loss]:
    """What `parts_of` makes of each block, and behind each piece what was lost in it."""
    block: Block | None = None
    losses: list[Loss] = []
    for one in stretches:
        if isinstance(one, Loss) and one.within is not None:
            losses.append(one)
            continue
        yield from _apart(block, losses, parts_of)
        block, losses = (None, [one]) if isinstance(one, Loss) else (one, [])
    yield from _apart(block, losses, parts_of)


def _apart(
    block: Block | None, losses: list[Loss], parts_of: Callable[[Block], Iterable[Block]]
) -> Iterator[Block | Loss]:
    if block is None:
        yield from losses
    else:
        yield from woven(list(parts_of(block)), losses, letters(own_text(block)))


def woven(made: Sequence[Made], losses: Sequence[Loss], count: int) -> Iterator[Made | Loss]:
    """The pieces of a block of `count` letters, each with what was lost in it, by the letters before it."""
    waiting = list(reversed(losses))
    lengths = [letters(one.text if isinstance(one, Moved) else own_text(one)) for one in made]
    # The number that Word gave was none of the letters, and is the first word now.
    before = min(0, count - sum(lengths))
    for one, length in zip(made, lengths, strict=True):
        yield one
        last = one is made[-1]
        while waiting and (last or (waiting[-1].within or 0) <= before + length):
            loss = waiting.pop()
            yield replace(loss, within=(loss.within or 0) - before)
        before += length
    yield from (replace(loss, within=None) for loss in reversed(waiting))
