"""The shape of `legislation.yml`: what each key holds, for the reader and for editors' programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from chapterhouse.citations import provisions
from chapterhouse.fields.nodes import Node
from chapterhouse.fields.reading import Reading, key_of
from chapterhouse.fields.scalars import Choice, Day, Flag, Format, Text, Written
from chapterhouse.fields.shapes import Field, ListOf, Pairs, Shape
from chapterhouse.law import (
    Basis,
    Confidence,
    Duty,
    Effect,
    Fact,
    Instrument,
    Shorthand,
    Target,
    Territory,
)

TYPES = "ukpga uksi wsi anaw asc mwa eur"
"""The kinds of legislation, as legislation.gov.uk names them in addresses."""
WORDS = "[a-z0-9]+(?:-[a-z0-9]+)*"
# Before 1963 Acts were numbered by the years of the reign: ukpga/Geo5/23-24/12.
SESSION = (
    "[A-Z][A-Za-z]{1,9}[0-9]{0,2}(?:and[0-9]?[A-Z][A-Za-z]{1,9}[0-9]{0,2})?/[0-9]{1,2}(?:-[0-9]{1,2}){0,2}"
)
ID = (
    rf"(?:(?:{TYPES.replace(' ', '|')})/(?:[12][0-9]{{3}}|{SESSION})/[1-9][0-9]{{0,4}}"
    rf"|(?:guidance|treaty)/{WORDS})"
)
"""The form of an instrument's id, as a regular expression."""
TO = " to "
"""What stands between the ends of a range."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of an instrument, with the path of a provision or without."""

    name: str = "the id of an instrument or of a provision"

    def read(self, node: Node, reading: Reading, path: str) -> Target | None:
        text = reading.scalar(node, path, self.name)
        if text is None:
            return None
        found = re.match(rf"({ID})(?:/|$)", text)
        if found is None:
            hint = "write it like ukpga/2004/31, ukpga/2004/31/section/11 or guidance/working-together-2018"
            reading.refuse("wrong-type", node, f"{key_of(path)} must be {self.name}", hint)
            return None
        provision = text[found.end() :]
        if found.end() > len(found[1]) and not re.fullmatch(provisions.PATH, provision):
            _refuse_path(node, reading, provision)
            return None
        return Target(found[1], provision)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID}(?:/{provisions.PATH})?$"}


@dataclass(frozen=True, slots=True)
class Path:
    """The path of one provision."""

    name: str = "the path of a provision"

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        text = reading.scalar(node, path, self.name)
        if text is not None and not re.fullmatch(provisions.PATH, text):
            _refuse_path(node, reading, text)
            return None
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{provisions.PATH}$"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The path of a provision, or two with `to` between them: the first and the last of a range."""

    name: str = "the path of a provision, or of the first and the last of a range"

    def read(self, node: Node, reading: Reading, path: str) -> tuple[str, str] | None:
        text = reading.scalar(node, path, self.name)
        if text is None:
            return None
        ends = text.split(TO)
        for end in ends:
            if not re.fullmatch(provisions.PATH, end) or len(ends) > 2:
                _refuse_path(node, reading, end if len(ends) <= 2 else text)
                return None
        first, last = ends[0], ends[-1]
        if provisions.is_range(first, last):
            return first, last
        if provisions.is_range(last, first):
            message, hint = f"{first} comes after {last}", f"write {last}{TO}{first}"
        else:
            message = f"{first} and {last} are not of one kind and one level"
            hint = "write both in full, like section/13 to section/16"
        reading.refuse("bad-provision", node, message, hint)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{provisions.PATH}(?:{TO}{provisions.PATH})?$"}


@dataclass(frozen=True, slots=True)
class Year:
    """A year."""

    name: str = "a year"

    def read(self, node: Node, reading: Reading, path: str) -> int | None:
        text = reading.scalar(node, path, self.name)
        if text is None:
            return None
        if re.fullmatch("1[0-9]{3}|2[01][0-9]{2}", text):
            return int(text)
        hint = "write it with four numerals, for example 2004"
        reading.refuse("wrong-type", node, f"{key_of(path)} must be a year", hint)
        return None

    def schema(self) -> dict[str, Any]:
        # YAML's own reading is a number.
        number = {"type": "integer", "minimum": 1000, "maximum": 2199}
        return {"anyOf": [number, {"type": "string", "pattern": "^(?:1[0-9]{3}|2[01][0-9]{2})$"}]}


def _refuse_path(node: Node, reading: Reading, text: str) -> None:
    hint = "write it like section/47/1/a, part/III or schedule/1/paragraph/18"
    reading.refuse("bad-provision", node, f"{text[:60] or 'nothing'} is not the path of a provision", hint)


LINE = Text(longest=300)
PROSE = Text(longest=2000)
TERRITORY = Choice(get_args(Territory))
CONFIDENCE = Choice(get_args(Confidence))
BASIS = Choice(get_args(Basis))
IDENTIFIER = Written("the id of an instrument", ID, "write it like ukpga/2004/31 or guidance/local-protocol")
ADDRESS = Written("an address", r"https://[^\s<>\"]{1,500}", "write it in full, from https://")
HIGHEST = r"[A-Z]{0,3}[0-9]{1,9}[A-Z]{0,4}|[IVXL]{1,8}[A-Z]{0,2}"
NUMERAL = Written("a number", HIGHEST, "write it as it is printed, for example 108 or 16L")


def _fact(**values: Any) -> Fact:
    return Fact(**{("start" if name == "from" else name): value for name, value in values.items()})


def _instrument(**values: Any) -> Instrument:
    for name in values.keys() & {"contains", "last"}:
        values[name] = MappingProxyType(dict(values[name]))
    return Instrument(**values)


FACT = Shape(
    "a record of a fact",
    {
        "effect": Field(Choice(get_args(Effect)), required=True, about="What is the case from that day."),
        "provisions": Field(ListOf(Stretch()), about="Of what; absent means the whole instrument."),
        "territory": Field(TERRITORY, required=True, about="Where."),
        "from": Field(Day(), about="The first day on which it holds; absent where it is not established."),
        "by": Field(ListOf(Reference()), about="What brought it about."),
        "replaced_by": Field(ListOf(Reference()), about="What took its place."),
        "text": Field(PROSE, required=True, about="One sentence for the reader."),
        "partly": Field(Flag(), about="Of an Act in force: whether much of it still waits."),
        "note": Field(PROSE, about="For whoever keeps the file; never shown."),
        "confidence": Field(CONFIDENCE, required=True, about="low is never shown as settled."),
        "basis": Field(BASIS, required=True, about="Whether it was looked up."),
    },
    _fact,
)
INSTRUMENT = Shape(
    "a record of an instrument",
    {
        "id": Field(IDENTIFIER, required=True, about="Its path on legislation.gov.uk, or guidance/<slug>."),
        "title": Field(LINE, required=True, about="Of legislation with its year, of guidance without."),
        "year": Field(Year(), about="Of legislation its own, of guidance that of the edition."),
        "number": Field(Text(longest=60), about="As printed: 41, or 1705 (W. 167)."),
        "short_forms": Field(ListOf(Text()), about="What else it is called in text."),
        "wrong_titles": Field(ListOf(LINE), about="Titles that do not exist and were meant for it."),
        "territory": Field(TERRITORY, about="Where it extends and applies."),
        "edition_of": Field(IDENTIFIER, about="Of an edition of guidance: the id of the guidance."),
        "reissued": Field(ListOf(Day()), about="Of guidance issued anew under one title: each first day."),
        "url": Field(ADDRESS, about="Of guidance and treaties: the official page."),
        "contains": Field(Pairs(Path(), Stretch()), about="The sections that a Part or Chapter holds."),
        "last": Field(
            Pairs(Choice(provisions.UNITS), NUMERAL), about="The highest number that there ever was."
        ),
        "chapters": Field(ListOf(LINE), about="Of guidance: the titles of its chapters, from chapter 1."),
        "facts": Field(ListOf(FACT), about="What became of it, and when."),
    },
    _instrument,
)
SHORTHAND = Shape(
    "a record with form, target and confidence",
    {
        "form": Field(Text(longest=40), required=True),
        "target": Field(Reference(), required=True),
        "confidence": Field(CONFIDENCE, required=True),
    },
    Shorthand,
)
AMBIGUOUS = Shape(
    "a record with form and candidates",
    {
        "form": Field(Text(), required=True),
        "candidates": Field(ListOf(IDENTIFIER), required=True),
    },
    lambda form, candidates: (form, candidates),
)
DUTY = Shape(
    "a record of the duties of a body",
    {
        "body": Field(LINE, required=True),
        "territory": Field(TERRITORY, required=True),
        "provisions": Field(ListOf(Reference()), required=True),
        "confidence": Field(CONFIDENCE, required=True),
        "basis": Field(BASIS, required=True),
    },
    Duty,
)
INSTRUMENTS = ListOf(INSTRUMENT)
NATIONAL = Shape(
    "the national register",
    {
        "schema": Field(Format(), required=True),
        "as_of": Field(Day(), required=True),
        "instruments": Field(INSTRUMENTS, required=True),
        "shorthand": Field(ListOf(SHORTHAND)),
        "ambiguous": Field(ListOf(AMBIGUOUS)),
        "duties": Field(ListOf(DUTY)),
    },
    dict,
)
LOCAL = Shape(
    "legislation.yml",
    {
        "schema": Field(Format(), about="The number of the file's format."),
        "territory": Field(TERRITORY, about="Whose law the manual goes by; absent means both."),
        "instruments": Field(INSTRUMENTS, about="What the national register does not have."),
    },
    dict,
)


def schema() -> dict[str, Any]:
    """The JSON Schema of a manual's `procedures/legislation.yml`, for editors' programs."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Legislation and guidance that a manual adds to the national register",
        **LOCAL.schema(),
    }
