"""Which unit of one text became which unit of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from chapterhouse.redline.units import Unit

Key = Callable[[Unit], Hashable]
MANY = 6
"""So many words are not the same by chance: a text with them is known again under another number."""
MOVED = 0.75
"""How much a text under another number has in common at least, to be the same where its number is taken."""
REWRITTEN = 0.5
"""The same where nothing else of either text is left."""
UNLIKE = 0.6
"""Below it a text under the same number is looked for elsewhere first."""


def pairing(old: Sequence[Unit], new: Sequence[Unit], renumbered: Mapping[str, str]) -> list[tuple[int, int]]:
    """The places of the units that both texts have, by their order in the newer.

    What the record says comes first; then what is the same under one number; then the same words, and nearly
    the same, under another; then one number with other words; then what is left and alike.
    """
    matched = Matcher(old, new)
    matched.told(renumbered)
    matched.unchanged()
    matched.same_words()
    matched.alike(MOVED, unlike=UNLIKE)
    matched.same_number()
    matched.alike(REWRITTEN)
    return sorted(matched.pairs, key=lambda pair: pair[1])


class Matcher:
    """Pairs the units of two texts, step by step; what is paired once stays so."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old = dict(enumerate(old))
        self.new = dict(enumerate(new))
        self.pairs: list[tuple[int, int]] = []

    def told(self, renumbered: Mapping[str, str]) -> None:
        """Pair the paragraphs and sections that the records renumber."""
        if renumbered:
            by_number = {(unit.kind, unit.anchor): j for j, unit in self.new.items() if unit.numbered}
            for i, unit in list(self.old.items()):
                j = by_number.get((unit.kind, renumbered.get(unit.anchor, "")), -1)
                if unit.numbered and j in self.new:
                    self._pair(i, j)

    def unchanged(self) -> None:
        """Pair what has one address and one source."""
        self._by(lambda unit: (unit.kind, unit.anchor, unit.source))

    def same_words(self) -> None:
        """Pair what has the same words, and enough of them, once in each text."""
        self._by(lambda unit: (unit.kind, *unit.words) if len(unit.words) >= MANY else None, once=True)

    def same_number(self) -> None:
        """Pair what has one address."""
        self._by(_address)

    def alike(self, least: float, unlike: float | None = None) -> None:
        """Pair what has most words in common, the likest first.

        With `unlike`, of the older texts only those are asked whose address has less than that in common.
        """
        places = {_address(unit): j for j, unit in self.new.items()}
        found: list[tuple[float, int, int, int]] = []
        for i, unit in self.old.items():
            there = places.get(_address(unit), -1)
            stays = self.new.get(there)
            if unlike is None or stays is None or _likeness(unit, stays) < unlike:
                found += self._candidates(i, least)
        for _, _, i, j in sorted(found):
            if i in self.old and j in self.new:
                self._pair(i, j)

    def _candidates(self, i: int, least: float) -> Iterator[tuple[float, int, int, int]]:
        """The newer texts that are like an older one, by how much, and by how near they stand."""
        unit = self.old[i]
        size = len(unit.vocabulary)
        # The cheap bound first: there may be as many comparisons as paragraphs squared.
        fewest, most = max(size * least / (2 - least), MANY), size * (2 - least) / least
        for j, other in self.new.items():
            if other.kind == unit.kind and size >= MANY and fewest <= len(other.vocabulary) <= most:
                same = _likeness(unit, other)
                if same >= least:
                    yield -same, abs(i - j), i, j

    def _by(self, key: Key, *, once: bool = False) -> None:
        """Pair the units with one key, the first with the first; with `once`, only what both have once."""
        olds, news = _grouped(self.old, key), _grouped(self.new, key)
        for one, places in olds.items():
            others = news.get(one, [])
            if one is None:
                continue
            if not once or len(places) == len(others) == 1:
                for i, j in zip(places, others, strict=False):
                    self._pair(i, j)

    def _pair(self, i: int, j: int) -> None:
        self.pairs.append((i, j))
        del self.old[i], self.new[j]


def _grouped(units: Mapping[int, Unit], key: Key) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, unit in units.items():
        found[key(unit)].append(place)
    return found


def _address(unit: Unit) -> tuple[str, str]:
    return unit.kind, unit.anchor


def _likeness(old: Unit, new: Unit) -> float:
    """How much of their vocabulary two texts have in common, from 0 to 1 (Dice)."""
    total = len(old.vocabulary) + len(new.vocabulary)
    return 2 * len(old.vocabulary & new.vocabulary) / total if total else 1.0
