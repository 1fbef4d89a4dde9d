"""The register of legislation: YAML in, instruments with their facts and diagnostics out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from chapterhouse import citations, dates
from chapterhouse.citations import status, wording
from chapterhouse.citations.names import stems
from chapterhouse.citations.shapes import ID, LOCAL, NATIONAL
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.fields import nodes
from chapterhouse.fields.reading import Reading, nearest
from chapterhouse.fields.shapes import Shape
from chapterhouse.law import Fact, Instrument, Register
from chapterhouse.model import Diagnostic, Source, Span

NATIONAL_PATH = "chapterhouse/data/legislation.yml"
"""What diagnostics call the file of the national register."""
MAX_CHARACTERS = 2_000_000

Found = tuple[Register, tuple[Diagnostic, ...]]


def read_register(source: Source, titles: Source | None = None) -> Found:
    """The national register from its YAML, and what is wrong with it.

    `titles` holds a line `id<TAB>title` for each instrument of which nothing else is known.
    """
    values, reading = _values(source, NATIONAL)
    empty = Register(values.get("as_of", date.max), {}, {})
    named = _titles(titles) if titles else ({}, [])
    register = _joined(dataclasses.replace(empty, titles=named[0]), values, reading)
    return register, (*reading.faults, *named[1])


def with_local(register: Register, source: Source) -> Found:
    """The register with what a manual's own file adds to it, and what is wrong with that file."""
    values, reading = _values(source, LOCAL)
    return _joined(register, values, reading), tuple(reading.faults)


def aged(register: Register, today: date) -> tuple[Diagnostic, ...]:
    """A warning where the register was kept up to a day that is over a year ago."""
    day = register.as_of
    if day == date.max or (today.year - 1, today.month, today.day) <= (day.year, day.month, day.day):
        return ()
    message = f"the national register of legislation was kept up to {dates.long(day)}"
    hint = "install a newer Chapterhouse; until then, what has become of the law since is not known here"
    return (fault("register-aged", NATIONAL_PATH, NOWHERE, message, hint),)


def _values(source: Source, shape: Shape) -> tuple[dict[str, Any], Reading]:
    reading = Reading(source)
    start = 1 if source.text.startswith("\ufeff") else 0
    tree, faults = nodes.read(source, start, len(source.text), MAX_CHARACTERS)
    reading.faults.extend(faults)
    return (shape.values(tree, reading, "") if tree else None) or {}, reading


def _titles(source: Source) -> tuple[Mapping[str, str], list[Diagnostic]]:
    found: dict[str, str] = {}
    faults = []
    for number, line in enumerate(source.text.splitlines(), start=1):
        identifier, _, title = line.partition("\t")
        place = source.line_span(number)
        if not (re.fullmatch(ID, identifier) and title.strip()):
            hint = "write an id, a tab and the title"
            faults.append(fault("wrong-type", source, place, "this is not an id and a title", hint))
        elif identifier in found:
            faults.append(_twice(source, place, identifier, "in this file", "keep one of them"))
        else:
            found[identifier] = title.strip()
    return MappingProxyType(found), faults


def _joined(base: Register, values: dict[str, Any], reading: Reading) -> Register:
    """A register with the values of another file added, once their faults have been told."""
    own: dict[str, Instrument] = {}
    places: dict[str, str] = {}
    for index, read in enumerate(values.get("instruments", ())):
        path = f"instruments[{index}]"
        place = reading.places[f"{path}.id"]
        if read.id in own:
            first = own[read.id].place
            where = f"on line {first.line}" if first else "in this file"
            reading.faults.append(_twice(reading.source, place, read.id, where, "keep one of them"))
        elif read.id in base.instruments:
            hint = "delete this record; the national register is put right in the package"
            reading.faults.append(_twice(reading.source, place, read.id, "in the national register", hint))
        else:
            own[read.id] = dataclasses.replace(read, source=reading.source.path, place=place)
            places[read.id] = path
    instruments = {**base.instruments, **own}
    register = dataclasses.replace(
        base,
        instruments=MappingProxyType(instruments),
        titles=MappingProxyType({key: base.titles[key] for key in base.titles.keys() - own.keys()}),
        shorthand=(*base.shorthand, *values.get("shorthand", ())),
        ambiguous=_ambiguous(base, values, instruments.values()),
        duties=(*base.duties, *values.get("duties", ())),
        territory=values.get("territory", base.territory),
    )
    sense = _Sense(register, reading)
    for identifier, instrument in own.items():
        sense.instrument(places[identifier], instrument)
        if base.instruments:
            sense.names(places[identifier], instrument, base)
    sense.tables(values)
    return register


def _ambiguous(
    base: Register, values: dict[str, Any], instruments: Iterable[Instrument]
) -> Mapping[str, tuple[str, ...]]:
    claims: dict[str, list[str]] = {}
    for form, candidates in (*base.ambiguous.items(), *values.get("ambiguous", ())):
        claims.setdefault(form, []).extend(candidates)
    stated = set(claims)
    for instrument in instruments:
        for form in instrument.short_forms:
            claims.setdefault(form, []).append(instrument.id)
    unique = {form: tuple(dict.fromkeys(candidates)) for form, candidates in claims.items()}
    return MappingProxyType(
        {form: found for form, found in unique.items() if len(found) > 1 or form in stated}
    )


def _twice(source: Source, place: Span, identifier: str, where: str, hint: str) -> Diagnostic:
    return fault("duplicate-instrument", source, place, f"{identifier} is {where} already", hint)


LEAST_WORDS = 2
LEAST_CAPITALS = 3


class _Sense:
    """What takes more than one value to see."""

    def __init__(self, register: Register, reading: Reading) -> None:
        self.register = register
        self.reading = reading

    def instrument(self, path: str, instrument: Instrument) -> None:
        made = status.YEAR.search(instrument.id)
        if instrument.year and made and int(made[1]) != instrument.year:
            self._refuse(
                "wrong-type",
                f"{path}.year",
                f"the year is {instrument.year}, and {made[1]} in the id",
                f"write {made[1]}, or correct the id",
            )
        self._edition(path, instrument)
        seen: dict[tuple[object, ...], int] = {}
        for index, fact in enumerate(instrument.facts):
            where = f"{path}.facts[{index}]"
            for name in ("by", "replaced_by"):
                for number, target in enumerate(getattr(fact, name)):
                    self._known(f"{where}.{name}[{number}]", target.instrument)
            for key in _keys(fact):
                if key in seen:
                    line = self.reading.places[f"{path}.facts[{seen[key]}]"].line
                    message = f"the fact of line {line} says the same of it"
                    self._refuse("duplicate-fact", where, message, "keep one of them")
                    break
                seen[key] = index

    def names(self, path: str, instrument: Instrument, base: Register) -> None:
        """No name of a manual's own may take the words of another instrument, or every second word."""
        named = {f"{path}.title": instrument.title}
        named |= {f"{path}.short_forms[{i}]": form for i, form in enumerate(instrument.short_forms)}
        for where, name in named.items():
            if len(stems(name)) < LEAST_WORDS and sum(letter.isupper() for letter in name) < LEAST_CAPITALS:
                hint = f"use two words, or an abbreviation of {LEAST_CAPITALS} capitals"
                self._refuse("wrong-type", where, f"{name} is too general to be a name", hint)
                continue
            taken = [c for c in citations.find(name, base) if c.sound and c.end - c.start >= len(name)]
            others = [t for t in taken[0].targets if t.instrument != instrument.id] if taken else []
            for target in others:
                known = wording.title(base, target.instrument)
                message = f"{name} is a name of {known} ({target.instrument}) in the national register"
                self._refuse("duplicate-instrument", where, message, "choose another name, or leave it out")

    def tables(self, values: dict[str, Any]) -> None:
        """The references of the lists beside the instruments."""
        for index, entry in enumerate(values.get("shorthand", ())):
            self._known(f"shorthand[{index}].target", entry.target.instrument)
        for index, (_, candidates) in enumerate(values.get("ambiguous", ())):
            for number, identifier in enumerate(candidates):
                self._known(f"ambiguous[{index}].candidates[{number}]", identifier)
        for index, duty in enumerate(values.get("duties", ())):
            for number, target in enumerate(duty.provisions):
                self._known(f"duties[{index}].provisions[{number}]", target.instrument)

    def _edition(self, path: str, instrument: Instrument) -> None:
        instruments = self.register.instruments
        if not instrument.edition_of:
            return
        if instrument.edition_of in instruments and instruments[instrument.edition_of].edition_of:
            message = f"{instrument.edition_of} is itself an edition"
            hint = "name the guidance that has the editions: an instrument without edition_of"
            self._refuse("wrong-type", f"{path}.edition_of", message, hint)
            return
        editions = {known.id for known in instruments.values() if known.edition_of}
        self._known(f"{path}.edition_of", instrument.edition_of, instruments.keys() - editions)

    def _known(self, path: str, identifier: str, among: Collection[str] = ()) -> None:
        register = self.register
        known = among or {*register.instruments, *register.titles}
        if identifier in known:
            return
        near = nearest(identifier, sorted(known))
        hint = "add the instrument, or delete it"
        if near:
            title = (
                register.instruments[near].title if near in register.instruments else register.titles[near]
            )
            hint = f"write {near} ({title}), or add the instrument"
        self._refuse("unknown-instrument-id", path, f"no instrument has the id {identifier}", hint)

    def _refuse(self, code: str, path: str, message: str, hint: str) -> None:
        place = self.reading.places.get(path, NOWHERE)
        self.reading.faults.append(fault(code, self.reading.source, place, message, hint))


def _keys(fact: Fact) -> Iterator[tuple[object, ...]]:
    """What two facts must not have in common, for each of its provisions."""
    if fact.effect == "note":
        return
    # An instrument may be amended more than once on days that are not known.
    cause = fact.by if fact.effect == "amended" else ()
    for provision in fact.provisions or ("",):
        yield provision, fact.territory, fact.effect, fact.start, cause
