"""Every text that each paragraph of a chapter ever had, whatever its number was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from weakref import WeakKeyDictionary

from chapterhouse import history as histories
from chapterhouse.manual import following
from chapterhouse.manual.following import Stage
from chapterhouse.model import History, Version
from chapterhouse.redline import Change


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that a paragraph had, or a number or place that it was given with the same words."""

    version: Version
    """The version that brought it."""
    change: Change
    """What changed from the one before; of the first, the text."""
    called: str
    """What the paragraph was called then: `paragraph 3.4`."""
    until: date | None
    """The last day on which it applied; before the version's own where it never did, None without an end."""

    @property
    def number(self) -> str:
        """The number that it had then."""
        return self.change.number


# Compared by identity: two paragraphs may have had the same texts.
@dataclass(frozen=True, eq=False)
class ParagraphHistory:
    """One paragraph from its first version to its last; or a text that stands in none, below its heading."""

    wordings: tuple[Wording, ...]
    """Newest first; never empty."""
    removed: Version | None
    """The version that removed it."""
    original: bool
    """Whether it was in the first version of the chapter."""

    @property
    def first(self) -> Wording:
        """Its first text."""
        return self.wordings[-1]

    @property
    def called(self) -> str:
        """What it is called now, or was at last."""
        return self.wordings[0].called


@dataclass(frozen=True, slots=True)
class Mark:
    """The last change in the words of a paragraph."""

    kind: Literal["amended", "added"]
    version: Version
    paragraph: ParagraphHistory


@dataclass(frozen=True, eq=False)
class Followed:
    """The paragraphs of a chapter through all of its versions."""

    order: tuple[str, ...]
    """The versions that applied, in order."""
    standing: Mapping[str, tuple[tuple[str, ParagraphHistory], ...]]
    """By version, the paragraphs and texts that stood in it in order, with their addresses then."""
    every: tuple[ParagraphHistory, ...]
    """In the order in which they first came."""


_KEPT: WeakKeyDictionary[History, Followed] = WeakKeyDictionary()


def followed(history: History) -> Followed:
    """The paragraphs of a chapter through its versions. Worked out once."""
    found = _KEPT.get(history)
    if found is None:
        found = _KEPT[history] = _follow(history)
    return found


def paragraph_histories(history: History, day: date) -> Mapping[str, ParagraphHistory]:
    """The paragraph that an address leads to, for each that a paragraph of the chapter ever had.

    In the order of the text that `day` shows, then what is to come, then what is no more. An address leads to
    the paragraph that has it on that day; else to the first that is going to; else to the last that had it.
    """
    found: dict[str, ParagraphHistory] = {}
    known = followed(history)
    shown = histories.shown(history, day)
    here = known.order.index(shown.number) if shown and shown.number in known.order else 0
    for version in (*known.order[here:], *reversed(known.order[:here])):
        for address, paragraph in known.standing[version]:
            if address:
                found.setdefault(address, paragraph)
    return found


def marks(history: History, version: Version) -> Mapping[str, Mark]:
    """The last change in words of each paragraph as it stood at a version, by its number then.

    A paragraph that was never changed since the chapter was first published has none.
    """
    known = followed(history)
    if version.number not in known.order:
        return {}
    until = known.order[: known.order.index(version.number) + 1]
    found = {}
    for number, paragraph in known.standing[version.number]:
        if paragraph.first.change.kind == "paragraph" and (mark := _mark(paragraph, until)):
            found[number] = mark
    return found


def _mark(paragraph: ParagraphHistory, known: tuple[str, ...]) -> Mark | None:
    for wording in paragraph.wordings[:-1]:
        if wording.version.number in known and wording.change.wording:
            return Mark("amended", wording.version, paragraph)
    return None if paragraph.original else Mark("added", paragraph.first.version, paragraph)


def _follow(history: History) -> Followed:
    """The paragraphs among the units of a chapter, and the texts that stand in none."""
    known = following.followed(history)
    every: list[ParagraphHistory] = []
    standing: dict[str, list[tuple[int, str, ParagraphHistory]]] = {one.number: [] for one in known.versions}
    for unit in known.units:
        # A unit without a word is space between two others.
        stages = [one for one in unit.stages if one.change.kind != "section" and _says(one.change)]
        if stages:
            found = _paragraph(stages, unit.removed, original=stages[0].version is known.versions[0])
            every.append(found)
            number = ""
            for one in stages:
                number = one.change.number if one is stages[0] or one.change.changed else number
                standing[one.version.number].append((one.change.new, number, found))
    return Followed(
        tuple(standing),
        {
            version: tuple((number, one) for _, number, one in sorted(found, key=_place))
            for version, found in standing.items()
        },
        tuple(every),
    )


def _paragraph(stages: Sequence[Stage], removed: Version | None, *, original: bool) -> ParagraphHistory:
    """A paragraph with each of its texts and the days of each."""
    found: list[Wording] = []
    follows = removed
    for one in reversed(stages):
        if one is stages[0] or one.change.changed:
            until = follows.amendment.effective - timedelta(days=1) if follows else None
            found.append(Wording(one.version, one.change, one.called, until))
            follows = one.version
    return ParagraphHistory(tuple(found), removed, original)


def _place(standing: tuple[int, str, ParagraphHistory]) -> int:
    return standing[0]


def _says(change: Change) -> bool:
    """Whether a unit has any words."""
    return any(piece.shown.strip() for block in change.blocks for piece in block.pieces)
