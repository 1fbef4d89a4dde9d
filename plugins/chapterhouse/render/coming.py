"""What is going to change in a chapter: before its text, and beside the paragraphs that it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chapterhouse import dates
from chapterhouse.editions import Edition
from chapterhouse.history import touched, versions
from chapterhouse.manual import changes
from chapterhouse.manual.wordings import marks, paragraph_histories
from chapterhouse.model import Amendment
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
    """From the text on the page."""
    shown: ShownRedline
    linked: bool
    """Whether the change has a page of its own."""

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
    history = edition.history
    linked = changes.redlined(history) if edition.scheduled else {}
    for record in edition.scheduled:
        version = next((v for v in versions(history) if v.amendment is record), None)
        if version is None:
            continue
        difference = changes.between(history, edition.version, version)
        if difference.told:
            yield Coming(record, difference, redline.shown(difference), record.version in linked)


def notes(edition: Edition, source: str) -> Mapping[str, tuple[Note, ...]]:
    """What is said beside the paragraphs of a page: under review, going to change, changed last.

    `source` is what links between sources call the chapter, without `.md`.
    """
    found: dict[str, list[Note]] = {}
    for number in touched(edition.under_review, edition.chapter):
        found.setdefault(number, []).append(Note("Under review"))
    for number, note in _changing(edition, source).items():
        found.setdefault(number, []).append(note)
    addresses = paragraph_histories(edition.history, edition.today)
    own: dict[int, str] = {}
    for address, paragraph in addresses.items():
        own.setdefault(id(paragraph), address)
    for number, mark in marks(edition.history, edition.version).items():
        words = f"{mark.kind} {dates.long(mark.version.amendment.effective)}"
        address = own.get(id(mark.paragraph), "")
        about = f"every text of paragraph {number}"
        note = Note(words, f"{source}@changes.md{'#' if address else ''}{address}", about, quiet=True)
        found.setdefault(number, []).append(note)
    return {number: tuple(said) for number, said in found.items()}


def _changing(edition: Edition, source: str) -> dict[str, Note]:
    """The paragraphs that a scheduled change concerns, each with the first that does."""
    found: dict[str, Note] = {}
    for one in coming(edition):
        step = changes.redlined(edition.history).get(one.record.version)
        places = redline.addresses(step.redline) if step else {}
        for change in one.difference.told:
            number = change.was or change.number
            if change.kind != "paragraph" or change.state == "added" or number in found:
                continue
            verb = "removed" if change.state == "removed" else "changes"
            href = f"{source}@changes@{one.record.version}.md" if step else ""
            if href and change.number in places:
                href += f"#{change.number}"
            words = f"{verb} on {dates.long(one.record.effective)}"
            found[number] = Note(words, href, f"what changes in paragraph {number}")
    return found
