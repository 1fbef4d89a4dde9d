"""From the words of a provision to its path, in the numerals that the instrument itself uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from chapterhouse.citations import provisions
from chapterhouse.citations.kinds import LAST_ROMAN_YEAR, type_of
from chapterhouse.citations.names import Names, names_of
from chapterhouse.citations.runs import Item, Run
from chapterhouse.law import Register, Target

ROMAN = re.compile(r"([IVXL]+)([A-Z]?)\Z")
BASE = re.compile(r"(?<=[0-9])[A-Z]+\Z")
ARABIC = re.compile(r"([0-9]+)([A-Z]*)\Z")


def of_run(run: Run, instrument: str, register: Register, names: Names) -> tuple[Target, ...]:
    """The provisions of a run, as targets in one instrument."""
    return tuple(
        dict.fromkeys(Target(instrument, path(item, instrument, register, names)) for item in run.items)
    )


def path(item: Item, instrument: str, register: Register, names: Names) -> str:
    """The path of a provision: `section/47/1/a`, `schedule/1/paragraph/18`, `part/III`."""
    parts: list[str] = []
    for unit, written in (*item.within, (item.unit, item.number)):
        own = unit in ("part", "chapter")
        prefix = "/".join((*parts, unit))
        parts += [unit, _numeral(prefix, written, instrument, register, names) if own else written]
    return "/".join((*parts, *item.levels))


def own_path(register: Register, instrument: str, path: str) -> str:
    """A path in the numerals of the instrument itself: `part/3` of the Children Act 1989 is `part/III`."""
    parts = path.split("/")
    names = names_of(register)
    for index, (unit, number) in enumerate(pairwise(parts)):
        if unit in ("part", "chapter"):
            prefix = "/".join(parts[: index + 1])
            parts[index + 1] = _numeral(prefix, number, instrument, register, names)
    return "/".join(parts)


def _numeral(prefix: str, number: str, instrument: str, register: Register, names: Names) -> str:
    known = register.instruments.get(instrument)
    own = _own(known.contains, prefix, number) if known else ""
    if own:
        return own
    if known:
        paths = (end for fact in known.facts for pair in fact.provisions for end in pair)
        if own := _own(paths, prefix, number):
            return own
    year = names.years.get(instrument)
    old = type_of(instrument) == "ukpga" and (year is None or year <= LAST_ROMAN_YEAR)
    value, letter = _value(number)
    if not value:
        return number
    return (provisions.numeral(value).upper() if old else str(value)) + letter


def _own(paths: Iterable[str], prefix: str, number: str) -> str:
    """The number as the register writes it, among the paths that it knows."""
    for candidate in paths:
        head, _, rest = candidate.partition(f"{prefix}/")
        written = rest.partition("/")[0]
        if not head and written and _value(written) == _value(number):
            return written
    return ""


def _value(number: str) -> tuple[int, str]:
    if arabic := ARABIC.match(number):
        return int(arabic[1]), arabic[2]
    if roman := ROMAN.match(number):
        return provisions.value(roman[1].lower()), roman[2]
    return 0, ""


def _told(top: str, first: str, last: str) -> bool:
    """Whether a fact about a range tells that a provision is there: 1 to 61 says nothing of 16EA."""
    if first.startswith(top):
        return True
    base = BASE.sub("", top)
    lettered = base != top
    return provisions.within(top, first, last) and not (
        lettered and first != last and base not in (BASE.sub("", first), BASE.sub("", last))
    )


def exists(register: Register, target: Target) -> bool | None:
    """Whether the register knows a provision to exist (True) or never to have existed (False)."""
    known = register.instruments.get(target.instrument)
    if known is None or not target.provision:
        return None
    unit, _, rest = target.provision.partition("/")
    number = rest.partition("/")[0]
    top = f"{unit}/{number}"
    if any(_told(top, first, last) for fact in known.facts for first, last in fact.provisions):
        return True
    if unit in known.last:
        last = known.last[unit]
        return (
            None
            if provisions.key(top) <= provisions.key(f"{unit}/{last}") or number.startswith(last)
            else False
        )
    if unit == "chapter" and known.chapters and number.isdigit():
        return int(number) <= len(known.chapters)
    return None
