"""From two versions of a chapter to the changes between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from chapterhouse import dates
from chapterhouse.model import Chapter, UnderReview
from chapterhouse.redline import words
from chapterhouse.redline.blocks import Text, blocks
from chapterhouse.redline.change import Block, Change, Field, Op, Piece, Redline
from chapterhouse.redline.matching import increasing, likeness, matching, paired
from chapterhouse.redline.pairing import pairing
from chapterhouse.redline.tokens import Token
from chapterhouse.redline.units import Unit, units

NONE: Mapping[str, str] = MappingProxyType({})
ALIKE = 0.4
"""How much two blocks have in common at least to be taken for one that was changed."""


def compare(old: Chapter, new: Chapter, renumbered: Mapping[str, str] = NONE) -> Redline:
    """The redline from `old` to `new`; `renumbered` says which old number became which new one.

    Units are paired by number, then by their words; within a pair blocks, cells and words are. Nothing is
    lost: without what is inserted the redline is the older text, without what is deleted the newer, character
    for character.
    """
    before, after = units(old), units(new)
    pairs = pairing(before, after, renumbered)
    steady = _steady(before, after, pairs)
    changes = [_kept(before, after, i, j, moved=j not in steady) for i, j in pairs]
    ours, theirs = ({pair[side] for pair in pairs} for side in (0, 1))
    changes += [_alone(unit, place, "inserted") for place, unit in enumerate(after) if place not in theirs]
    changes += [_alone(unit, place, "deleted") for place, unit in enumerate(before) if place not in ours]
    return Redline(tuple(_fields(old, new)), tuple(_in_order(changes, pairs, steady)))


def whole(chapter: Chapter) -> tuple[Change, ...]:
    """A chapter as it stands, in the same parts as a redline."""
    own = units(chapter)
    return tuple(_kept(own, own, place, place, moved=False) for place in range(len(own)))


def _steady(before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The units of the newer text that did not move: those that stand in one order in both texts.

    What kept its number is held to stand where it stood, and what has another to have gone past it.
    """
    by_new = sorted((j, i) for i, j in pairs)
    held = _rising([(j, i) for j, i in by_new if before[i].anchor == after[j].anchor])
    steady = {j for j, _ in held}
    start, low = 0, -1
    for stop in (*held, (len(after), len(before))):
        end = bisect_left(by_new, stop)
        between = [(j, i) for j, i in by_new[start:end] if low < i < stop[1]]
        steady.update(j for j, _ in _rising(between))
        start, low = end + 1, stop[1]
    return steady


def _rising(by_new: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as can be that ascend in both texts."""
    return [by_new[index] for index in increasing([i for _, i in by_new])]


def _in_order(changes: Sequence[Change], pairs: Sequence[tuple[int, int]], steady: set[int]) -> list[Change]:
    """The changes in the order of the newer text, what is removed below what stood above it."""
    places = dict(pairs)
    above = -1
    keys: dict[int, int] = {}
    for change in sorted(changes, key=lambda change: change.old):
        if change.old >= 0:
            if places.get(change.old) in steady:
                above = places[change.old]
            keys[change.old] = above
    return sorted(
        changes,
        key=lambda change: (change.new, 0, 0) if change.new >= 0 else (keys[change.old], 1, change.old),
    )


def _alone(unit: Unit, place: int, op: Op) -> Change:
    """A unit that one text has alone."""
    own = tuple(_whole(text, op) for text in read(unit))
    change = Change(unit.kind, unit.anchor, "", "added", moved=False, blocks=own, old=-1, new=place)
    return replace(change, state="removed", old=place, new=-1) if op == "deleted" else change


def _kept(before: Sequence[Unit], after: Sequence[Unit], i: int, j: int, *, moved: bool) -> Change:
    """A unit that both texts have."""
    old, new = before[i], after[j]
    was = old.anchor if old.numbered and old.anchor != new.anchor else ""
    own = _same(new) if old.source == new.source else tuple(_blocks(read(old), read(new)))
    return Change(new.kind, new.anchor, was, "kept", moved, own, i, j)


@lru_cache(maxsize=4096)
def read(unit: Unit) -> tuple[Text, ...]:
    """The blocks of a unit: most stand unchanged in many versions."""
    return blocks(unit)


@lru_cache(maxsize=4096)
def _same(unit: Unit) -> tuple[Block, ...]:
    """The blocks of a unit that was not changed: the redlines of a chapter share them."""
    return tuple(_whole(text, "same") for text in read(unit))


def _blocks(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Block]:
    """The blocks of a unit that was changed, deletions before what came in their place."""
    i = j = 0
    for a, b in (*_pairs(old, new), (len(old), len(new))):
        for text in old[i:a]:
            yield _whole(text, "deleted")
        for text in new[j:b]:
            yield _whole(text, "inserted")
        if a < len(old):
            yield _changed(old[a], new[b])
        i, j = a + 1, b + 1


def _pairs(old: Sequence[Text], new: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Which blocks are the same or have been changed into one another."""
    i = j = 0
    same = matching([text.key for text in old], [text.key for text in new])
    for a, b in (*same, (len(old), len(new))):
        for one, two in paired(old[i:a], new[j:b], _alike, ALIKE):
            yield i + one, j + two
        if a < len(old):
            yield a, b
        i, j = a + 1, b + 1


def _alike(old: Text, new: Text) -> float:
    if (old.kind == "row") != (new.kind == "row"):
        return 0.0
    # A row of many numbers may have no word in common: its first cell says what it is about.
    if old.kind == "row" and old.key[2][:1] == new.key[2][:1] and old.key[2][0]:
        return 0.9
    same = likeness(old.words, new.words)
    # A lone sentence that begins a unit is that sentence, however it was rewritten.
    return max(same, 0.01 + ALIKE) if old.kind == new.kind == "heading" else same


def _whole(text: Text, op: Op) -> Block:
    return Block(text.kind, text.level, op, tuple(words.whole(cell, op) for cell in text.cells), text.mark)


def _changed(old: Text, new: Text) -> Block:
    cells = tuple(_cells(old.cells, new.cells))
    same = all(piece.op == "same" for cell in cells for piece in cell)
    return Block(new.kind, new.level, "same" if same else "changed", cells, new.mark)


def _cells(old: Sequence[tuple[Token, ...]], new: Sequence[tuple[Token, ...]]) -> Iterator[tuple[Piece, ...]]:
    if len(old) == len(new):
        yield from (words.compared(one, two) for one, two in zip(old, new, strict=True))
        return
    keys = [[tuple(token.key for token in cell if token.key) for cell in side] for side in (old, new)]
    i = j = 0
    for a, b in (*matching(*keys), (len(old), len(new))):
        both = min(a - i, b - j) if a - i == b - j else 0
        for step in range(both):
            yield words.compared(old[i + step], new[j + step])
        yield from (words.whole(cell, "deleted") for cell in old[i + both : a])
        yield from (words.whole(cell, "inserted") for cell in new[j + both : b])
        if a < len(old):
            yield words.compared(old[a], new[b])
        i, j = a + 1, b + 1


# --- The front matter ---


def _fields(old: Chapter, new: Chapter) -> Iterator[Field]:
    for name in ("chapter", "title", "status", "numbering"):
        one, two = getattr(old.head, name), getattr(new.head, name)
        if one != two:
            yield Field(name, one, two)
    if old.head.under_review != new.head.under_review:
        yield Field("under_review", _review(old.head.under_review), _review(new.head.under_review))


def _review(review: UnderReview | None) -> str:
    if review is None:
        return ""
    parts = [f"since {dates.long(review.since)}", review.reason, f"meanwhile: {review.meanwhile}"]
    parts.append("the text still applies" if review.still_applies else "the text is not to be relied on")
    if review.paragraphs:
        parts.append(f"paragraphs {', '.join(review.paragraphs)}")
    parts.append(f"new text expected by {dates.long(review.expected)}")
    return "; ".join(part.rstrip(".") for part in parts)
