"""Paths of provisions (`section/47/1/a`): their order, what holds what, and how they read to people.

A path names units with their numbers, from the outside in, and levels below the last of them. Order is
that of the statute book: 14A follows 14, what is inserted before 17A is 17ZA, and before 1 is A1.
"""

from __future__ import annotations

import re
from functools import lru_cache

# In the order in which an index lists them.
UNITS = (
    "part",
    "chapter",
    "crossheading",
    "section",
    "article",
    "regulation",
    "rule",
    "paragraph",
    "schedule",
    "annex",
    "appendix",
)
CAPITAL = frozenset({"part", "chapter", "schedule", "annex", "appendix"})
"""Units that drafters of legislation write with a capital."""

_COUNT = "[A-Z]{0,3}[1-9][0-9]{0,3}[A-Z]{0,4}"
NUMBER = rf"(?:{_COUNT}(?:\.[1-9][0-9]{{0,3}}){{0,3}}|[IVXL]{{1,8}}[A-Z]{{0,2}}|[A-Z]{{1,2}})"
LEVEL = rf"(?!{'|'.join(UNITS)})(?:{_COUNT}|[a-z]{{1,8}}[0-9]{{0,2}}|[A-Z]{{1,2}})"
_HEADING = r"crossheading/[a-z0-9]+(?:-[a-z0-9]+)*"
_UNIT = rf"(?:{'|'.join(unit for unit in UNITS if unit != 'crossheading')})/{NUMBER}"
# The only Schedule of an instrument has no number.
PATH = rf"(?:schedule|{_UNIT}|{_HEADING})(?:/(?:{_UNIT}|{_HEADING}))*(?:/{LEVEL}){{0,6}}"
"""The form of a path, as a regular expression."""

MOST = 100
"""The longest range that is written out."""

Key = tuple[tuple[int, ...], ...]

_ROMAN = re.compile(r"(?=[ivxl])((?:xl|l?x{0,3})(?:ix|iv|v?i{0,3}))([a-z]*)")
_COUNTED = re.compile(r"([A-Z]*)([0-9]+)([A-Za-z0-9.]*)")
_LAST = re.compile(r"(.*?)([A-Za-z]|[0-9]+)")
_NUMERALS = {"l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}


@lru_cache(maxsize=1 << 14)
def key(path: str) -> Key:
    """What sorts paths in the order of the statute book; of different paths of sound form it differs.

    A path comes before what is below it, and that before its next sibling. The whole instrument (an
    empty path) comes first.
    """
    parts: list[tuple[int, ...]] = []
    before = ""
    for part in path.split("/") if path else ():
        if part in UNITS:
            parts.append((1, UNITS.index(part)))
        else:
            parts.extend(_number(part, before))
        before = part
    return tuple(parts)


def _number(text: str, before: str) -> tuple[tuple[int, ...], ...]:
    """A number or a level; `before` is the part of the path that it follows."""
    if found := _COUNTED.fullmatch(text):
        prefix, digits, suffix = found.groups()
        return (0, int(digits), 0 if prefix else 1), _letters(prefix), _letters(suffix)
    if _is_roman(text, before) and (roman := _ROMAN.fullmatch(text.lower())):
        return (0, value(roman[1]), 2 + text.islower()), (), _letters(roman[2])
    return (2, 0, int(text.islower())), (), _letters(text)


def _is_roman(text: str, before: str) -> bool:
    # (1)(a)(i): what stands below a letter is a Roman numeral, what stands below a number is a letter.
    if text.islower():
        return before.isalpha() and before.islower() and before not in UNITS
    return before in ("part", "chapter")


def value(roman: str) -> int:
    """The number that a Roman numeral in small letters stands for."""
    total = 0
    for sign, worth in _NUMERALS.items():
        while roman.startswith(sign):
            total, roman = total + worth, roman.removeprefix(sign)
    return total


def _letters(text: str) -> tuple[int, ...]:
    ranks: list[int] = []
    for found in re.finditer(r"[0-9]+|[A-Za-z]|.", text):
        sign = found[0]
        if sign.isdigit():
            ranks += (-1, int(sign))
        elif sign in "zZ" and text[found.end() : found.end() + 1].isalpha():
            ranks.append(0)  # ZA stands before A
        else:
            ranks.append(ord(sign.lower()) - ord("a") + 1)
    return tuple(ranks)


def ancestors(path: str) -> tuple[str, ...]:
    """The provisions that a path is a part of by its form, nearest first.

    `section/47/1/a` is of `section/47/1` and of `section/47`. The whole instrument is not among them.
    """
    parts = path.split("/")
    return tuple(
        "/".join(parts[:end])
        for end in range(len(parts) - 1, 0, -1)
        # A unit without its number is no provision, except the only Schedule.
        if parts[end - 1] not in UNITS or (parts[end - 1] == "schedule" and parts[end] in UNITS)
    )


def depth(path: str) -> int:
    """How many names and numbers a path is made of."""
    return path.count("/") + 1 if path else 0


def within(path: str, first: str, last: str) -> bool:
    """Whether a provision lies in the range from `first` to `last`, both included, with all below them."""
    if first == last:
        return path == first or path.startswith(f"{first}/")
    parts = path.split("/")
    length = depth(first)
    if len(parts) < length or parts[: length - 1] != first.split("/")[:-1]:
        return False
    return key(first) <= key("/".join(parts[:length])) <= key(last)


def is_range(first: str, last: str) -> bool:
    """Whether two provisions are siblings of one kind, in order."""
    return first.rpartition("/")[0] == last.rpartition("/")[0] and key(first) <= key(last)


def expand(first: str, last: str) -> tuple[str, ...]:
    """The provisions of a range, as far as their numbers tell: `section/22A` to `section/22C` are three.

    What was inserted between two whole numbers cannot be told from them and is not named. Of a range that
    is longer than `MOST`, is no range, or follows no counting that is known, the two ends.
    """
    if first == last:
        return (first,)
    parent, _, start = first.rpartition("/")
    above, _, end = last.rpartition("/")
    before = parent.rpartition("/")[2]
    if parent == above:
        for counted in (_by_number(start, end), _by_roman(start, end, before), _by_letter(start, end)):
            if 2 <= len(counted) <= MOST:
                return tuple(f"{parent}/{number}" for number in counted)
    return first, last


def _by_number(start: str, end: str) -> list[str]:
    """10 to 14; 22A to 25, where the numbers between are whole; 14 to 16B."""
    first, last = _COUNTED.fullmatch(start), _COUNTED.fullmatch(end)
    if not first or not last or first[1] or last[1]:
        return []
    low, high = int(first[2]), int(last[2])
    if low == high and not first[3] and len(last[3]) == 1:
        return [start, *_by_letter(f"{low}A", end)]
    if low >= high or high - low > MOST or "." in first[3] + last[3]:
        return []
    tail = _by_letter(f"{high}A", end) if len(last[3]) == 1 else [end] if last[3] else []
    return [start, *(str(number) for number in range(low + 1, high + 1)), *tail]


def _by_letter(start: str, end: str) -> list[str]:
    """22A to 22C, a to d, 3.1 to 3.4: what differs is the last letter or the last number."""
    first, last = _LAST.fullmatch(start), _LAST.fullmatch(end)
    if not first or not last or first[1] != last[1] or first[2].isdigit() != last[2].isdigit():
        return []
    if first[2].isdigit():
        low, high = int(first[2]), int(last[2])
        return [f"{first[1]}{number}" for number in range(low, min(high, low + MOST) + 1)]
    if first[2].islower() != last[2].islower():
        return []
    return [f"{first[1]}{chr(letter)}" for letter in range(ord(first[2]), ord(last[2]) + 1)]


def _by_roman(start: str, end: str, before: str) -> list[str]:
    if not (_is_roman(start, before) and _is_roman(end, before) and start.islower() == end.islower()):
        return []
    first, last = _ROMAN.fullmatch(start.lower()), _ROMAN.fullmatch(end.lower())
    if not first or not last or first[2] or last[2]:
        return []
    counted = [numeral(number) for number in range(value(first[1]), value(last[1]) + 1)]
    return counted if start.islower() else [numeral.upper() for numeral in counted]


def numeral(number: int) -> str:
    """A number as a Roman numeral in small letters."""
    text = ""
    for sign, worth in _NUMERALS.items():
        text, number = text + sign * (number // worth), number % worth
    return text


def words(path: str, instrument: str = "") -> str:
    """How a path reads to people: `section 47(1)(a)`, `Part 1, Chapter 2`, `Schedule 1, paragraph 18`.

    `path` is of the form `PATH`. `instrument` is the id of what it is a provision of: guidance has a
    `chapter 3`, an Act a `Chapter 3`.
    """
    small = instrument.startswith("guidance")
    units: list[str] = []
    before = ""
    for part in path.split("/") if path else ():
        if part == "crossheading":
            pass
        elif part in UNITS:
            units.append(part.capitalize() if part in CAPITAL and not small else part)
        elif before == "crossheading":
            units.append(f"the heading “{part.replace('-', ' ')}”")
        elif before in UNITS:
            units[-1] += f" {part}"
        else:
            units[-1] += f"({part})"
        before = part
    return ", ".join(units)


def anchor(path: str) -> str:
    """The id of a provision in the page of its instrument: `section-47-1`."""
    return path.replace("/", "-")
