"""What the cross-reference index consists of: instruments, their provisions, the places that cite them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Literal

from chapterhouse.citations import links, provisions
from chapterhouse.citations.kinds import type_of
from chapterhouse.editions import Edition
from chapterhouse.law import Duty, Instrument, Register, Standing, Target, Territory, binds
from chapterhouse.model import Chapter

Kind = Literal["act", "regulations", "guidance", "treaty"]
Where = Territory | Literal["unknown"]

KINDS: dict[str, Kind] = {
    "ukpga": "act",
    "anaw": "act",
    "asc": "act",
    "mwa": "act",
    "uksi": "regulations",
    "wsi": "regulations",
    "eur": "regulations",
    "guidance": "guidance",
    "treaty": "treaty",
}
"""The kind of an instrument by the type of its id, in the order of the index."""
HEADINGS: dict[Kind, str] = {
    "act": "Acts",
    "regulations": "Regulations and orders",
    "guidance": "Guidance",
    "treaty": "Treaties",
}
"""What instruments of a kind are listed under, in the order of the index."""
WELSH = frozenset({"anaw", "asc", "mwa", "wsi"})
"""Types of instruments that are made in Wales."""
ENDED = frozenset({"repealed", "revoked", "superseded"})


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, or a section without paragraphs, that cites a provision or uses a term."""

    edition: Edition
    anchor: str
    """Its address in the chapter; empty before the first paragraph and section."""
    paragraph: str
    """Its number; empty where it is no paragraph."""
    words: tuple[str, ...]
    """The words that do, each once, in the order of the text."""

    @property
    def path(self) -> str:
        """Its address from the site's root."""
        return f"{self.edition.path}#{self.anchor}" if self.anchor else self.edition.path

    @property
    def name(self) -> str:
        """What it is called in its chapter."""
        return place_name(self.edition.chapter, self.anchor, self.paragraph)


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision, or an instrument as a whole, and where the manual cites it."""

    target: Target
    standing: Standing
    """On the day of the index."""
    places: tuple[Place, ...]
    """In the manual as it stands; empty where only older versions or the table of duties name it."""

    @property
    def name(self) -> str:
        """What it is called within its instrument: `section 47(1)`, `the Act as a whole`."""
        return name(self.target)

    @property
    def anchor(self) -> str:
        """Its id in the page of the instrument."""
        return provisions.anchor(self.target.provision) or "chapterhouse-whole"


@dataclass(frozen=True)
class Entry:
    """An instrument in the index."""

    id: str
    title: str
    """As it is cited: `Children Act 2004`, `Working Together to Safeguard Children (2023)`."""
    known: Instrument | None
    """What the register says of it; None where it has no more than the title."""
    standing: Standing
    """Of the whole instrument, on the day of the index."""
    provisions: tuple[Provision, ...]
    """In the order of the statute book, the whole instrument first."""

    @property
    def kind(self) -> Kind:
        """What kind of instrument it is."""
        return kind_of(self.id)

    @property
    def where(self) -> Where:
        """Where it applies within England and Wales."""
        if self.known and self.known.territory:
            return self.known.territory
        if self.kind == "treaty":
            return "both"
        return "wales" if type_of(self.id) in WELSH else "unknown"

    @property
    def target(self) -> Target:
        """The whole instrument."""
        return Target(self.id)

    @property
    def short_forms(self) -> tuple[str, ...]:
        """What else it is called."""
        return self.known.short_forms if self.known else ()

    @property
    def page(self) -> str:
        """The address of its page from the site's root."""
        return f"legislation/{self.id}/"

    @cached_property
    def cited(self) -> tuple[Provision, ...]:
        """The provisions that the manual cites as it stands."""
        return tuple(provision for provision in self.provisions if provision.places)

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """The ids in its page, by path of provision."""
        return {one.target.provision: one.anchor for one in self.provisions}


@dataclass(frozen=True)
class Index:
    """Every instrument that has a page, in order: by kind, by where it applies, by title, by year."""

    register: Register
    day: date
    entries: tuple[Entry, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The instruments by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def cited(self) -> tuple[Entry, ...]:
        """The instruments that the manual cites as it stands."""
        return tuple(entry for entry in self.entries if entry.cited)

    def path(self, target: Target) -> str:
        """Where the site tells of a target, from its root; empty where it does not.

        Of a provision that is not listed it may be told what it is a part of.
        """
        entry = self.by_id.get(target.instrument)
        if entry is None:
            return ""
        if not target.provision:
            return entry.page
        levels = (target.provision, *provisions.ancestors(target.provision))
        listed = next((level for level in levels if level in entry.anchors), None)
        return f"{entry.page}#{entry.anchors[listed]}" if listed else ""

    def official(self, target: Target) -> str:
        """The official address of a target; empty where none is known."""
        return links.address(self.register, target)


def by_chapter(places: Iterable[Place]) -> Iterator[tuple[Edition, tuple[Place, ...]]]:
    """Places under their chapters."""
    for _, listed in groupby(places, key=lambda place: place.edition.path):
        own = tuple(listed)
        yield own[0].edition, own


def place_name(chapter: Chapter, anchor: str, paragraph: str) -> str:
    """What a place is called in its chapter: `3.4`, `section 3`, `“The police”`, `the opening`."""
    if paragraph:
        return paragraph
    section = next((one for one in chapter.body.sections if one.anchor == anchor), None)
    if section is None:
        return "the opening"
    return f"section {section.number}" if section.number else f"“{section.title}”"


def name(target: Target) -> str:
    """What a provision is called within its instrument: `section 47(1)`, `the Act as a whole`."""
    if target.provision:
        return provisions.words(target.provision, target.instrument)
    nouns = {"act": "Act", "regulations": "instrument", "guidance": "guidance", "treaty": "treaty"}
    return f"the {nouns[kind_of(target.instrument)]} as a whole"


def kind_of(instrument: str) -> Kind:
    """The kind of an instrument, by its id."""
    return KINDS[type_of(instrument)]


def replacements(standing: Standing) -> tuple[tuple[str, tuple[Target, ...]], ...]:
    """What took the place of something that is at an end, each with where: `england`, `wales` or empty.

    Of law that came to its end in one of the two only, the place is named.
    """
    if standing.territory != "both":
        sides = [("", standing.state, standing.fact)]
    elif standing.england_fact is standing.wales_fact:
        sides = [("", standing.england, standing.england_fact)]
    else:
        sides = [
            ("england", standing.england, standing.england_fact),
            ("wales", standing.wales, standing.wales_fact),
        ]
        # Of what belongs to one of them alone the register says nothing for the other.
        told = [side for side in sides if side[1] != "unknown" or side[2]]
        sides = told if len(told) > 1 else [("", state, fact) for _, state, fact in told]
    return tuple(
        (place, fact.replaced_by)
        for place, state, fact in sides
        if state in ENDED and fact and fact.replaced_by
    )


def duties(register: Register) -> tuple[tuple[Territory, tuple[Duty, ...]], ...]:
    """The duties that bear on the manual's territory: for both, those of England, then those of Wales.

    A duty that binds in both is in each, at the end.
    """
    sides: tuple[Territory, ...] = (
        ("england", "wales") if register.territory == "both" else (register.territory,)
    )
    found = []
    for side in sides:
        listed = [duty for duty in register.duties if binds(duty, side)]
        listed.sort(key=lambda duty: duty.territory == "both")
        found.append((side, tuple(listed)))
    return tuple((side, listed) for side, listed in found if listed)
