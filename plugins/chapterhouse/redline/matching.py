"""Two sequences aligned: which item of one stands for which of the other. Bounded for any input."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

SMALL = 100_000
"""The greatest product of two lengths that is compared item by item."""
DEPTH = 8
"""How often what lies between items that stand once is divided by such items again."""

Pair = tuple[int, int]
Item = TypeVar("Item")


def matching(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The places of equal items, ascending in both sequences.

    Equal ends are taken off first. Long stretches are divided at the items that both have once (patience
    diff, Bram Cohen); what is still long after that has little in common, and is taken to have nothing.
    """
    return list(_matching(old, new, 0, 0, DEPTH))


def increasing(places: Sequence[int]) -> list[int]:
    """The indices of a longest strictly increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(places)
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        before[index] = ends[at - 1] if at else -1
        if at == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[at], ends[at] = place, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def paired(
    old: Sequence[Item], new: Sequence[Item], alike: Callable[[Item, Item], float], least: float
) -> list[Pair]:
    """The places of items that are alike, ascending in both, their likeness as great as can be.

    `alike` is from 0 to 1; below `least` two items are not taken for one. Where both are long, items are
    paired in their order alone.
    """
    if len(old) * len(new) > SMALL // 10:
        return [(i, i) for i in range(min(len(old), len(new))) if alike(old[i], new[i]) >= least]
    width = len(new) + 1
    best = [0.0] * ((len(old) + 1) * width)
    take: dict[Pair, float] = {}
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            likeness = alike(old[i], new[j])
            if likeness >= least:
                take[i, j] = likeness
            both = likeness + best[(i + 1) * width + j + 1] if likeness >= least else 0.0
            best[i * width + j] = max(both, best[(i + 1) * width + j], best[i * width + j + 1])
    found = []
    i = j = 0
    while i < len(old) and j < len(new):
        here = best[i * width + j]
        if (i, j) in take and here == take[i, j] + best[(i + 1) * width + j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif here == best[(i + 1) * width + j]:
            i += 1
        else:
            j += 1
    return found


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """How much of their words two texts have in common, from 0 to 1 (Dice)."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def _matching(old: Sequence[Hashable], new: Sequence[Hashable], i: int, j: int, depth: int) -> Iterator[Pair]:
    """The pairs of two stretches that begin at `i` and `j`."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        yield i + start, j + start
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], i + start, j + start, depth)
    for back in range(end, 0, -1):
        yield i + len(old) - back, j + len(new) - back


def _middle(old: Sequence[Hashable], new: Sequence[Hashable], i: int, j: int, depth: int) -> Iterator[Pair]:
    if not old or not new:
        return
    if len(old) * len(new) <= SMALL:
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                yield i + block.a + step, j + block.b + step
        return
    done_i = done_j = 0
    for a, b in _once(old, new) if depth else ():
        yield from _matching(old[done_i:a], new[done_j:b], i + done_i, j + done_j, depth - 1)
        yield i + a, j + b
        done_i, done_j = a + 1, b + 1
    if done_i or done_j:
        yield from _matching(old[done_i:], new[done_j:], i + done_i, j + done_j, depth - 1)


def _once(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The places of the items that each sequence has once, as far as they ascend in both."""
    counts = Counter(old), Counter(new)
    where = {item: place for place, item in enumerate(new) if counts[1][item] == 1}
    both = [(a, where[item]) for a, item in enumerate(old) if counts[0][item] == 1 and item in where]
    return [both[index] for index in increasing([b for _, b in both])]
