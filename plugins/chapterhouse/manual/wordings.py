"""Every text that each paragraph of a chapter ever had, whatever its number was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from weakref import WeakKeyDictionary

from chapterhouse import history as histories
from chapterhouse.manual.changes import between, steps
from chapterhouse.model import History, Version
from chapterhouse.redline import Change, telling, whole


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
    """The paragraphs of a chapter through its versions. Worked out once.

    A version that never applied is passed over, unless a record corrects it: it was published then.
    """
    found = _KEPT.get(history)
    if found is None:
        found = _KEPT[history] = _Walk(history).run()
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


@dataclass
class _Draft:
    """A paragraph while its end is not known."""

    original: bool
    texts: list[tuple[Version, Change, str]] = field(default_factory=list)
    removed: Version | None = None

    def finished(self) -> ParagraphHistory:
        """The paragraph, with the days of each text."""
        found: list[Wording] = []
        follows = self.removed
        for version, change, called in reversed(self.texts):
            until = follows.amendment.effective - timedelta(days=1) if follows else None
            found.append(Wording(version, change, called, until))
            follows = version
        return ParagraphHistory(tuple(found), self.removed, self.original)


class _Walk:
    """One pass over the versions of a chapter."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.drafts: list[_Draft] = []
        self.living: dict[int, _Draft] = {}
        """By the place of the unit in the version that was read last."""

    def run(self) -> Followed:
        """Follow every paragraph from version to version."""
        steps(self.history)  # most of what lies between two versions is what an amendment changed
        order: list[str] = []
        standing: dict[str, list[tuple[str, _Draft]]] = {}
        last: Version | None = None
        for version in _published(self.history):
            self._take(last, version)
            order.append(version.number)
            standing[version.number] = [
                (draft.texts[-1][1].number, draft) for _, draft in sorted(self.living.items(), key=_place)
            ]
            last = version
        done = {id(draft): draft.finished() for draft in self.drafts}
        return Followed(
            tuple(order),
            {number: tuple((a, done[id(d)]) for a, d in found) for number, found in standing.items()},
            tuple(done.values()),
        )

    def _take(self, last: Version | None, version: Version) -> None:
        changes = between(self.history, last, version).changes if last else whole(version.chapter)
        titles = telling.headings(changes)
        before, self.living = self.living, {}
        for place, change in enumerate(changes):
            if change.kind == "section" or not _says(change):
                continue
            draft = before.get(change.old) if last and change.state != "added" else None
            if change.state == "removed":
                if draft:
                    draft.removed = version
                continue
            new = draft is None
            if draft is None:
                draft = _Draft(original=last is None)
                self.drafts.append(draft)
            self.living[change.new if last else place] = draft
            if new or change.changed:
                draft.texts.append((version, change, telling.called(change, titles)))


def _published(history: History) -> Iterator[Version]:
    corrected = {a.corrects.version for a in history.chapter.head.amendments if a.corrects}
    for version in histories.versions(history):
        applied = version.until is None or version.until >= version.amendment.effective
        if applied or version.number in corrected:
            yield version


def _place(living: tuple[int, _Draft]) -> int:
    return living[0]


def _says(change: Change) -> bool:
    """Whether a unit has any words."""
    return any(piece.shown.strip() for block in change.blocks for piece in block.pieces)
