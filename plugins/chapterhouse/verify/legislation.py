"""What the site says of all the law: its index, the pages of instruments, and the same as data."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bs4 import Tag

from chapterhouse.citations import provisions, wording
from chapterhouse.citations.status import status
from chapterhouse.law import Duty, Standing, Target
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Manual
from chapterhouse.verify.built import Built, seen, words
from chapterhouse.verify.required import Required

STATES = {
    "in-force": "in force",
    "repealed": "repealed",
    "revoked": "revoked",
    "superseded": "superseded",
    "prospective": "not (?:yet )?in force",
    "unknown": "not recorded",
}
"""What a reader must be told of each state, as patterns."""
UNSURE = "not confirmed"


@dataclass(frozen=True)
class Cited:
    """A provision that the manual cites on a day, and where."""

    target: Target
    name: str
    standing: Standing
    places: dict[str, str] = field(default_factory=dict)
    """Addresses from the site's root, each with its name in complaints."""
    chapters: dict[str, str] = field(default_factory=dict)
    """The chapters, by slug: a footnote's place is where its mark stands, which only the page decides."""

    @property
    def address(self) -> str:
        """Where its instrument's page tells of it; the page itself for the whole instrument."""
        page = f"legislation/{self.target.instrument}/"
        path = self.target.provision
        return f"{page}#{path.replace('/', '-') or 'chapterhouse-whole'}"


def cited(manual: Manual, required: Iterable[Required], today: date) -> tuple[Cited, ...]:
    """What the versions cite that readers find as current."""
    found: dict[Target, Cited] = {}
    register = manual.register
    for one in required:
        if one.state == "withdrawn":
            continue
        for mention in mentions(manual, one.chapter, max(today, one.amendment.effective)):
            for target in mention.targets if mention.citation.sound else ():
                if target not in found:
                    name = wording.called(register, target)
                    standing = status(register, target, today, register.territory)
                    found[target] = Cited(target, name, standing)
                number = one.chapter.head.chapter
                found[target].chapters[one.path.rstrip("/")] = f"chapter {number}"
                if not mention.footnote:
                    place = f"{one.path}#{mention.anchor}" if mention.anchor else one.path
                    found[target].places[place] = f"chapter {number}, {mention.anchor or 'its start'}"
    return tuple(found.values())


def page_faults(built: Built, wanted: Iterable[Cited], bodies: Iterable[Duty]) -> Iterator[str]:
    """What is wrong with the page of law and guidance."""
    found = built.hooks("legislation")
    if not found:
        yield "the index of the law is missing"
        return
    rows = _rows(built, found[0])
    for one in wanted:
        row = rows.get(one.address)
        if row is None:
            yield f"{one.name} is missing, or does not lead to {one.address}"
            continue
        linked = built.targets(row)
        for place, name in one.places.items():
            if place not in linked:
                yield f"{one.name}: {name} is missing, or does not lead to {place}"
        for slug, name in one.chapters.items():
            if f"{slug}/" not in linked:
                yield f"{one.name}: {name} is missing, or does not lead to {slug}/"
        said = words(row) if one.target.provision else words(row.find_parent("div") or row)
        yield from _unsaid(one, said)
    yield from _duty_faults(found[0], bodies)


def instrument_faults(built: Built, wanted: Iterable[Cited]) -> Iterator[str]:
    """What is wrong with the page of an instrument. `wanted` are its provisions that the manual cites."""
    found = built.hooks("instrument")
    if not found:
        yield "what is known of the instrument is missing"
        return
    linked = built.targets(found[0])
    for one in wanted:
        anchor = one.address.partition("#")[2]
        if anchor not in built.ids:
            yield f"{one.name} has no place in the page, which should be #{anchor}"
        for place, name in one.places.items():
            if place not in linked:
                yield f"{one.name}: {name} is missing, or does not lead to {place}"
        yield from _unsaid(one, words(found[0]))


def data_faults(text: str, wanted: Iterable[Cited], manual: Manual, today: date) -> Iterator[str]:
    """What is wrong with `api/legislation.json`."""
    listed: dict[tuple[str, str], tuple[str, set[str], set[str]]] = {}
    try:
        data = json.loads(text)
        for instrument in data["instruments"]:
            for provision in instrument["provisions"]:
                urls = {str(place["url"]) for place in provision["cited_in"]}
                slugs = {str(place["slug"]) for place in provision["cited_in"]}
                key = (str(instrument["id"]), str(provision["provision"]))
                listed[key] = (str(provision["state"]), urls, slugs)
    except (ValueError, KeyError, TypeError) as error:
        yield f"is not what its schema says: {error!r}"
        return
    fixed = {
        "schema": 1,
        "build_date": today.isoformat(),
        "as_of": manual.register.as_of.isoformat(),
        "territory": manual.register.territory,
    }
    for name, value in fixed.items():
        if data.get(name) != value:
            yield f"{name} is {data.get(name)!r}, not {value!r}"
    yield from _pair_faults(listed, {(c.target.instrument, c.target.provision): c for c in wanted})


def table_faults(text: str, wanted: Iterable[Cited]) -> Iterator[str]:
    """What is wrong with `legislation.csv`."""
    rows: dict[Target, list[str]] = {}
    try:
        for row in csv.DictReader(text.splitlines()):
            rows.setdefault(Target(row["instrument"], row["provision"]), []).append(row["url"])
    except (KeyError, csv.Error) as error:
        yield f"cannot be read: {error!r}"
        return
    for one in wanted:
        for place, name in one.places.items():
            if not any(url.endswith(place) for url in rows.get(one.target, ())):
                yield f"{one.name}: {name} is missing"


def _rows(built: Built, within: Tag) -> dict[str, Tag]:
    """The items of the index, by where their first link leads."""
    rows: dict[str, Tag] = {}
    for item in within.find_all("li"):
        link = next((a for a in item.find_all("a", href=True) if seen(a)), None)
        if link is not None:
            rows.setdefault(built.target(link), item)
    return rows


def _unsaid(one: Cited, said: str) -> Iterator[str]:
    """What readers are not told of how a provision stands."""
    if not re.search(STATES[one.standing.state], said, re.IGNORECASE):
        yield f"{one.name}: that its state is {one.standing.state} is not said"
    if not one.standing.settled and UNSURE not in said:
        yield f"{one.name}: that its state is not confirmed is not said"


def _duty_faults(within: Tag, bodies: Iterable[Duty]) -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for row in within.find_all("tr"):
        head, *cells = (words(cell) for cell in row.find_all(["th", "td"]))
        rows.setdefault(head, []).extend(cells)
    for duty in bodies:
        own = (
            cells for head, cells in rows.items() if head == duty.body or head.startswith(f"{duty.body}, ")
        )
        cells = [cell for listed in own for cell in listed]
        for target in duty.provisions:
            name = provisions.words(target.provision, target.instrument)
            if not any(cell.startswith(name) for cell in cells):
                yield f"the duty of {duty.body} under {name} of {target.instrument} is missing"


def _pair_faults(
    listed: Mapping[tuple[str, str], tuple[str, set[str], set[str]]],
    wanted: Mapping[tuple[str, str], Cited],
) -> Iterator[str]:
    for pair in sorted(listed.keys() - wanted.keys()):
        yield f"{'/'.join(filter(None, pair))} is listed and is not cited"
    for pair, one in wanted.items():
        if pair not in listed:
            yield f"{one.name} is missing"
            continue
        state, urls, slugs = listed[pair]
        if state != one.standing.state:
            yield f"{one.name}: state is {state!r}, not {one.standing.state!r}"
        for place, name in one.places.items():
            if place not in urls:
                yield f"{one.name}: {name} is missing"
        for slug in sorted(slugs ^ one.chapters.keys()):
            yield f"{one.name}: {slug} is {'listed and does not cite it' if slug in slugs else 'missing'}"
