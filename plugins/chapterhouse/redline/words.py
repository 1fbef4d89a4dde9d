"""Two stretches of tokens compared by word: what both have, what one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chapterhouse.redline.change import Op, Piece
from chapterhouse.redline.matching import Pair, matching
from chapterhouse.redline.tokens import Token

FEW = 2
"""So few equal words between two changes are taken into them where the changes are longer: a reader sees one
change of a phrase, not a row of crumbs."""


def compared(old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    """The pieces of two texts, in order."""
    return joined(_pieces(old, new))


def whole(tokens: Sequence[Token], op: Op) -> tuple[Piece, ...]:
    """A text that the other does not have, or all of which both have, as one piece."""
    return joined(_said(op, tokens, wording=op != "same" and any(token.key for token in tokens)))


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces, each with the next of its kind made one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.op == piece.op and last.wording == piece.wording:
            shown = last.shown + piece.shown
            found[-1] = replace(last, source=last.source + piece.source, shown=shown)
        else:
            found.append(piece)
    return tuple(replace(piece, shown=_spaced(piece.shown)) for piece in found)


def _spaced(shown: str) -> str:
    while "  " in shown:
        shown = shown.replace("  ", " ")
    return shown


def _pieces(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    words = [[place for place, token in enumerate(side) if token.key] for side in (old, new)]
    keys = [[side[place].key for place in own] for side, own in zip((old, new), words, strict=True)]
    pairs = _without_crumbs(matching(*keys), len(keys[0]), len(keys[1]))
    i = j = 0
    for a, b in (*((words[0][one], words[1][two]) for one, two in pairs), (len(old), len(new))):
        yield from _gap(old[i:a], new[j:b])
        if a < len(old):
            yield from _word(old[a], new[b])
        i, j = a + 1, b + 1


def _word(old: Token, new: Token) -> Iterator[Piece]:
    """A word that both texts have, perhaps with other quotation marks."""
    if old.source == new.source:
        yield Piece("same", new.source, new.shown)
    else:
        yield Piece("deleted", old.source, old.shown)
        yield Piece("inserted", new.source, new.shown)


def _gap(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """What stands between two words that both texts have."""
    places = [[place for place, token in enumerate(side) if token.key] for side in (old, new)]
    if not all(places):
        yield from _replaced(old, new)
        return
    # Markup before and after the words is no part of their change.
    (a, b), (c, d) = ((own[0], own[-1] + 1) for own in places)
    yield from _replaced(old[:a], new[:c])
    yield from _replaced(old[a:b], new[c:d])
    yield from _replaced(old[b:], new[d:])


def _replaced(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """One stretch in the place of another, but for what both begin and end with."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start].source == new[start].source:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end].source == new[-1 - end].source:
        end += 1
    yield from _said("same", new[:start])
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    yield from _said("deleted", gone, wording=any(token.key for token in gone))
    yield from _said("inserted", come, wording=any(token.key for token in come))
    yield from _said("same", new[len(new) - end :])


def _said(op: Op, tokens: Sequence[Token], *, wording: bool = False) -> Iterator[Piece]:
    if tokens:
        source = "".join(token.source for token in tokens)
        yield Piece(op, source, "".join(token.shown for token in tokens), wording)


def _without_crumbs(pairs: Sequence[Pair], olds: int, news: int) -> list[Pair]:
    """The pairs but for short runs between two changes that are longer."""
    runs: list[list[Pair]] = []
    for pair in pairs:
        if runs and runs[-1][-1] == (pair[0] - 1, pair[1] - 1):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept: list[Pair] = []
    done = (0, 0)
    for place, run in enumerate(runs):
        after = runs[place + 1][0] if place + 1 < len(runs) else (olds, news)
        end = (run[-1][0] + 1, run[-1][1] + 1)
        changed = [
            max(stop[0] - start[0], stop[1] - start[1]) for start, stop in ((done, run[0]), (end, after))
        ]
        if len(run) <= FEW and len(run) < min(changed):
            continue
        kept += run
        done = end
    return kept
