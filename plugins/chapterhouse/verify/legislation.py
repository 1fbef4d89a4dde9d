"""What the site says of all the law: its index, the pages of instruments, and the same as data."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from bs4 import Tag

from chapterhouse.citations import provisions
from chapterhouse.citations import wording as law
from chapterhouse.citations.status import status
from chapterhouse.law import Duty, Standing, Target
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Manual
from chapterhouse.verify import wording
from chapterhouse.verify.built import Built, fold, seen, words
from chapterhouse.verify.required import Required

ROW = re.compile("legislation/.+/#")
"""Where the first link of a row of the index leads."""
UNSURE = "not confirmed"


@dataclass(frozen=True)
class Place:
    """Where the law is cited."""

    chapter: str
    """Its number."""
    words: str
    """What the place is called in its chapter."""

    def __str__(self) -> str:
        return f"chapter {self.chapter}, {self.words}"


@dataclass(frozen=True)
class Listed:
    """An instrument or a provision of which the site tells, and where the manual cites it."""

    target: Target
    name: str
    standing: Standing
    told: str
    """How it stands, in the words of the site."""
    places: dict[str, Place] = field(default_factory=dict)
    """By address from the site's root."""
    chapters: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The numbers and titles of the chapters that cite it, by slug; none cites what only older versions
    or the table of duties name."""

    @property
    def address(self) -> str:
        """Where its instrument's page tells of it; the page itself for the whole instrument."""
        page = f"legislation/{self.target.instrument}/"
        path = self.target.provision
        return f"{page}#{path.replace('/', '-') or 'chapterhouse-whole'}"


def listed(
    manual: Manual, shown: Iterable[Required], past: Iterable[Required], today: date
) -> tuple[Listed, ...]:
    """The law that the site tells of.

    It is what the versions cite that readers find as current, with its places there; and what superseded
    versions and withdrawn chapters cite or the register has duties under, which keeps its page.
    """
    found: dict[Target, Listed] = {}
    older = list(past)
    for one in shown:
        if one.state == "withdrawn":
            older.append(one)
            continue
        for mention in mentions(manual, one.chapter, max(today, one.amendment.effective)):
            for target in mention.targets if mention.citation.sound else ():
                own = found.setdefault(target, _listed(manual, target, today))
                head = one.chapter.head
                words = wording.place(one.chapter, mention.anchor, mention.paragraph)
                address = f"{one.path}#{mention.anchor}" if mention.anchor else one.path
                own.places[address] = Place(head.chapter, words)
                own.chapters[one.path.rstrip("/")] = (head.chapter, fold(head.title))
    others = [target for duty in manual.register.duties for target in duty.provisions]
    for one in older:
        for mention in mentions(manual, one.chapter, one.amendment.effective):
            others += mention.targets if mention.citation.sound else ()
    for target in others:
        found.setdefault(target, _listed(manual, target, today))
    return tuple(found.values())


def _listed(manual: Manual, target: Target, today: date) -> Listed:
    register = manual.register
    standing = status(register, target, today, register.territory)
    return Listed(target, law.called(register, target), standing, wording.state(register, standing, today))


def wholes(manual: Manual, wanted: Iterable[Listed], today: date) -> dict[str, Listed]:
    """The instruments of what is listed, by id: how each stands is told, whether it is cited or not."""
    ids = dict.fromkeys(one.target.instrument for one in wanted)
    return {identifier: _listed(manual, Target(identifier), today) for identifier in ids}


def page_faults(
    built: Built, wanted: Iterable[Listed], instruments: Mapping[str, Listed], bodies: Iterable[Duty]
) -> Iterator[str]:
    """What is wrong with the page of law and guidance. `wanted` is what the manual cites."""
    found = built.hooks("legislation")
    if not found:
        yield "the index of the law is missing"
        return
    rows = _rows(built, found[0])
    entries: dict[str, Tag] = {}
    for one in wanted:
        row = rows.pop(one.address, None)
        if row is None:
            yield f"{one.name} is missing, or does not lead to {one.address}"
            continue
        entries[one.target.instrument] = row.find_parent("div") or row
        links = [tag for tag in _links(row) if tag.find_parent(class_="law-state") is None][1:]
        numbers = {f"{slug}/": number for slug, (number, _) in one.chapters.items()}
        yield from _place_faults(built, one, links, numbers)
        if one.target.provision:
            yield from _state_faults(one, _states(row.find_all(class_="law-state")))
    for identifier, entry in entries.items():
        tags = [tag for tag in entry.find_all(class_="law-state") if tag.find_parent("li") is None]
        yield from _state_faults(instruments[identifier], _states(tags))
    for address in rows:
        yield f"{address} is listed and is not cited"
    yield from _duty_faults(found[0], bodies)


def instrument_faults(built: Built, whole: Listed, wanted: Iterable[Listed]) -> Iterator[str]:
    """What is wrong with the page of an instrument. `wanted` are its provisions that the site tells of."""
    found = built.hooks("instrument")
    if not found:
        yield "what is known of the instrument is missing"
        return
    own = [tag for tag in found[0].find_all(class_="law-state") if not _is_below_a_heading(tag)]
    yield from _state_faults(whole, _states(own))
    heads = {str(tag["id"]): head for head in found[0].find_all("h3") for tag in head.find_all(id=True)}
    for one in wanted:
        anchor = one.address.partition("#")[2]
        head = heads.pop(anchor, None)
        if head is None:
            yield f"{one.name} has no place in the page, which should be #{anchor}"
            continue
        below = list(takewhile(lambda tag: tag.name not in ("h2", "h3"), head.find_next_siblings()))
        lists = [tag for tag in below if "law-places" in tag.get_attribute_list("class")]
        titles = {f"{slug}/": " ".join(chapter) for slug, chapter in one.chapters.items()}
        yield from _place_faults(built, one, [link for tag in lists for link in _links(tag)], titles)
        if one.target.provision:
            yield from _state_faults(one, _states(t for tag in below for t in tag.select(".law-state")))
    for anchor in heads:
        yield f"#{anchor} is listed and is not cited"


def data_faults(text: str, wanted: Iterable[Listed], manual: Manual, today: date) -> Iterator[str]:
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


def table_faults(text: str, wanted: Iterable[Listed]) -> Iterator[str]:
    """What is wrong with `legislation.csv`."""
    rows: dict[Target, list[str]] = {}
    try:
        for row in csv.DictReader(text.splitlines()):
            rows.setdefault(Target(row["instrument"], row["provision"]), []).append(row["url"])
    except (KeyError, csv.Error) as error:
        yield f"cannot be read: {error!r}"
        return
    for one in wanted:
        urls = rows.pop(one.target, [])
        for address, place in one.places.items():
            if not any(url.endswith(address) for url in urls):
                yield f"{one.name}: {place} is missing"
        for url in urls:
            if not url.endswith(tuple(one.places)):
                yield f"{one.name}: {url} is listed and does not cite it"
    for target in rows:
        yield f"{target} is listed and is not cited"


def _rows(built: Built, within: Tag) -> dict[str, Tag]:
    """The items of the index, by where their first link leads."""
    rows: dict[str, Tag] = {}
    for item in within.find_all("li"):
        address = next(map(built.target, _links(item)), "")
        if ROW.match(address):
            rows.setdefault(address, item)
    return rows


def _links(within: Tag) -> list[Tag]:
    return [tag for tag in within.find_all("a", href=True) if seen(tag)]


def _states(tags: Iterable[Tag]) -> list[str]:
    return [words(tag) for tag in tags if seen(tag)]


def _is_below_a_heading(tag: Tag) -> bool:
    return any(above.find_previous_sibling("h3") for above in (tag, *tag.parents))


def _place_faults(
    built: Built, one: Listed, links: Iterable[Tag], chapters: Mapping[str, str]
) -> Iterator[str]:
    """What is wrong with the links to where a provision is cited, and to those chapters by their names."""
    linked = {(built.target(tag), words(tag)) for tag in links}
    places = {(address, place.words): str(place) for address, place in one.places.items()}
    wanted = {pair: f"chapter {pair[1]}" for pair in chapters.items()} | places
    for pair, name in wanted.items():
        if pair not in linked:
            yield f"{one.name}: {name} is missing, or does not lead to {pair[0]}"
    for address, said in sorted(linked - wanted.keys()):
        yield f"{one.name}: {said}, which leads to {address}, is listed and does not cite it"


def _state_faults(one: Listed, said: list[str]) -> Iterator[str]:
    """What is wrong with what readers are told of how the law stands."""
    if said != [one.told]:
        yield f"{one.name}: its state is told as “{' / '.join(said)}”, not “{one.told}”"
    text = " ".join(said)
    if not re.search(wording.STATES[one.standing.state], text, re.IGNORECASE):
        yield f"{one.name}: that its state is {one.standing.state} is not said"
    if not one.standing.settled and UNSURE not in text:
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
    wanted: Mapping[tuple[str, str], Listed],
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
        for address, place in one.places.items():
            if address not in urls:
                yield f"{one.name}: {place} is missing"
        for url in sorted(urls - one.places.keys()):
            yield f"{one.name}: {url} is listed and does not cite it"
        for slug in sorted(slugs ^ one.chapters.keys()):
            yield f"{one.name}: {slug} is {'listed and does not cite it' if slug in slugs else 'missing'}"
