"""What is going to change in a chapter: before its text, and beside the paragraphs that it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chapterhouse import dates
from chapterhouse.editions import Edition
from chapterhouse.history import touched, versions
from chapterhouse.manual import changes
from chapterhouse.manual.wordings import ParagraphHistory, marks
from chapterhouse.model import Amendment, Version
from chapterhouse.redline import Redline
from chapterhouse.render import redline
from chapterhouse.render.context import Note
from chapterhouse.render.redline import ShownRedline

FEW = 6
"""So many changes are shown above a chapter; of more, only their numbers."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A scheduled change of the chapter on the page."""

    record: Amendment
    difference: Redline
    """From the version that comes before it: the text on the page, or what is to come earlier."""
    own: Redline | None
    """What the amendment changed, as its page shows it; None where it has no page."""
    numbers: Mapping[str, str]
    """The number on the page of each paragraph of the version before, if the page has it."""

    @property
    def linked(self) -> bool:
        """Whether the change has a page of its own."""
        return self.own is not None

    def shows(self, address: str) -> bool:
        """Whether its page has an address of the difference."""
        return self.own is self.difference or (
            self.own is not None and address in redline.addresses(self.own)
        )

    @property
    def shown(self) -> ShownRedline:
        """The change ready to be drawn."""
        return redline.shown(self.difference)

    @property
    def few(self) -> bool:
        """Whether all of it is shown."""
        return len(self.difference.told) <= FEW

    @property
    def will_read(self) -> str:
        """The paragraphs that are going to read as shown; empty where more is to be said than that."""
        told = self.difference.told
        if any(c.kind != "paragraph" or c.state == "removed" or not c.wording for c in told):
            return ""
        *most, last = [change.number for change in told]
        return f"paragraphs {', '.join(most)} and {last}" if most else f"paragraph {last}"


def coming(edition: Edition) -> tuple[Coming, ...]:
    """The scheduled changes of the chapter on a page, earliest first; those without a new word left out."""
    return tuple(_coming(edition))


def _coming(edition: Edition) -> Iterator[Coming]:
    history, previous = edition.history, edition.version
    linked = changes.redlined(history) if edition.scheduled else {}
    for record in edition.scheduled:
        version = next((v for v in versions(history) if v.amendment is record), None)
        if version is None or not version.applied:
            continue
        difference = changes.between(history, previous, version)
        if difference.told:
            step = linked.get(record.version)
            numbers = _numbers(edition, previous)
            yield Coming(record, difference, step.redline if step else None, numbers)
        previous = version


def _numbers(edition: Edition, version: Version) -> Mapping[str, str]:
    """By the number of each paragraph of a version that it has on the page, if it is there."""
    if version is edition.version:
        return {number: number for number in version.chapter.numbers}
    pairs = changes.between(edition.history, edition.version, version).changes
    return {one.number: one.was or one.number for one in pairs if one.state == "kept"}


def notes(
    edition: Edition, source: str, ahead: tuple[Coming, ...], histories: Mapping[ParagraphHistory, str]
) -> Mapping[str, tuple[Note, ...]]:
    """What is said beside the paragraphs of a page: under review, going to change, changed last.

    `source` is what links between sources call the chapter, without `.md`; `ahead` what is going to change;
    `histories` are the addresses of its paragraphs on the page of its history.
    """
    found: dict[str, list[Note]] = {}
    for number in touched(edition.under_review, edition.chapter):
        found.setdefault(number, []).append(Note("Under review"))
    for number, note in _changing(ahead, source).items():
        found.setdefault(number, []).append(note)
    for number, mark in marks(edition.history, edition.version).items():
        words = f"{mark.kind} {dates.long(mark.version.amendment.effective)}"
        href = f"{source}@changes.md#{histories[mark.paragraph]}"
        note = Note(words, href, f"every text of paragraph {number}", quiet=True)
        found.setdefault(number, []).append(note)
    return {number: tuple(said) for number, said in found.items()}


def _changing(ahead: tuple[Coming, ...], source: str) -> dict[str, Note]:
    """The paragraphs that a scheduled change concerns, each with the first that does."""
    found: dict[str, Note] = {}
    for one in ahead:
        for change in one.difference.told:
            number = one.numbers.get(change.was or change.number, "")
            if change.kind != "paragraph" or change.state == "added" or not number or number in found:
                continue
            verb = "removed" if change.state == "removed" else "changes"
            href = f"{source}@changes@{one.record.version}.md" if one.linked else ""
            if href and one.shows(change.number):
                href += f"#{change.number}"
            words = f"{verb} on {dates.long(one.record.effective)}"
            found[number] = Note(words, href, f"what changes in paragraph {number}")
    return found
