"""Where everything stands that something leads to, and on which sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chapterhouse.paper.document import Document
from chapterhouse.paper.nodes import Address, SheetOf, Words, inlines


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document."""

    part: int
    label: str
    """What the template calls it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is in its part: the page from 1, and how far from the page's left and upper edges."""

    page: int
    x: float
    y: float
    """In points."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A part that has been set: its pages, and the spots of places in it by their labels."""

    pages: int
    spots: Mapping[str, Spot]


UNKNOWN = Counted(0, {})


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a whole document."""

    parts: tuple[Counted, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(part.pages for part in self.parts)

    def first(self, part: int) -> int:
        """The number of the first sheet of a part."""
        return 1 + sum(one.pages for one in self.parts[:part])

    def sheet(self, place: Place) -> int:
        """The number of the sheet on which a place is; 0 while nothing is known of it."""
        spot = self.parts[place.part].spots.get(place.label)
        return self.first(place.part) + spot.page - 1 if spot else 0


def places(document: Document) -> Mapping[str, Place]:
    """Every place that a document has, by the path that leads to it."""
    found: dict[str, Place] = {}
    for number, part in enumerate(document.parts):
        found.setdefault(part.address, Place(number, f"part-{number}"))
        for one in inlines(part.blocks):
            if isinstance(one, Address):
                found.setdefault(one.path, Place(number, f"place-{len(found)}"))
    return found


def wanted(document: Document, known: Mapping[str, Place]) -> tuple[Sequence[str], ...]:
    """For each part, the labels in it to which other parts lead."""
    found: list[dict[str, None]] = [{} for _ in document.parts]
    for number, part in enumerate(document.parts):
        for one in inlines(part.blocks):
            path = one.to if isinstance(one, Words) else one.path if isinstance(one, SheetOf) else ""
            place = known.get(path)
            if place and place.part != number:
                found[place.part][place.label] = None
    return tuple(tuple(labels) for labels in found)
