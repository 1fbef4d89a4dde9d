"""The grammar of numbers: what a paragraph's number is, and which of two comes first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from chapterhouse.model import Numbering

Key: TypeAlias = tuple[tuple[int, int, str], ...]

# Nine digits hold any chapter's numbers, and keep a hostile one from costing anything to read.
DIGITS = "[0-9]{1,9}"
LETTERS = "[A-Z]{0,2}"
NUMBER: dict[Numbering, str] = {
    "sections": rf"{DIGITS}(?:\.{DIGITS}){{1,3}}{LETTERS}",
    "continuous": f"{DIGITS}{LETTERS}",
}
STOP: dict[Numbering, str] = {"sections": "", "continuous": "."}

WHOLE = {numbering: re.compile(pattern) for numbering, pattern in NUMBER.items()}
# `\s` takes a no-break space too: it comes with text pasted from a word processor.
START = {
    numbering: re.compile(rf"({pattern}){re.escape(STOP[numbering])}\s+(?=\S)")
    for numbering, pattern in NUMBER.items()
}
PART = re.compile("([0-9]+)|[^0-9.]+")


@lru_cache(maxsize=4096)
def key(number: str) -> Key:
    """The place of a number in natural order: 3.2, 3.2A, 3.2B, 3.2.1, 3.3, 3.10; and 23, 23A, 24.

    Any text has a place. Chapter numbers that start with letters come last: 2.2, 2.10, PA5.
    """
    return tuple(_part(match) for match in PART.finditer(number))


def _part(match: re.Match[str]) -> tuple[int, int, str]:
    # Letters stand before a further level (3.2A before 3.2.1); digits compare by length, then by
    # value, so no number is too long.
    digits = match[1]
    if digits is None:
        return (0 if match.start() else 2), 0, match[0]
    digits = digits.lstrip("0")
    return 1, len(digits), digits


def is_number(text: str, numbering: Numbering) -> bool:
    """Whether `text` is, as a whole, the number of a paragraph: `3.2A`; in a continuous chapter `23`."""
    return numbering != "none" and WHOLE[numbering].fullmatch(text) is not None


def split(line: str, numbering: Numbering) -> tuple[str, str] | None:
    """The number at the start of `line` and the text after it and its white space.

    None where the line does not start with a number and text. Whether a number counts depends on
    where the line stands, too: `read` decides that.
    """
    if numbering == "none":
        return None
    match = START[numbering].match(line)
    return (match[1], line[match.end() :]) if match else None


def printed(number: str, numbering: Numbering) -> str:
    """A paragraph's number as its author writes it: `3.2A`; in a continuous chapter `23.`."""
    return number + STOP.get(numbering, "")


@lru_cache(maxsize=4096)
def numerals(number: str) -> tuple[int, ...]:
    """The numerals of a number of the grammar, its letters left out: (3, 2) for 3.2A."""
    return tuple(int(part) for part in re.findall(DIGITS, number))
