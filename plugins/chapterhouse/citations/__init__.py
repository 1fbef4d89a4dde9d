"""Citations of the law and of statutory guidance: found, resolved, linked and judged, each apart."""

from __future__ import annotations

from datetime import date

from chapterhouse.citations import find as finding
from chapterhouse.citations import phrases, runs
from chapterhouse.citations.cleaning import clean
from chapterhouse.citations.names import names_of
from chapterhouse.citations.resolve import Reader
from chapterhouse.law import Citation, Register

__all__ = ["find", "find_cleaned"]


def find(text: str, register: Register, day: date | None = None) -> tuple[Citation, ...]:
    """The citations in `text`, in order; offsets are offsets into `text`.

    `text` is any prose, plain or Markdown. `day` is the day on which it is judged: a short form that two
    instruments share means the one in force then.
    """
    return find_cleaned(clean(text), register, day)


def find_cleaned(cleaned: str, register: Register, day: date | None = None) -> tuple[Citation, ...]:
    """The citations in a text that has been cleaned already."""
    names = names_of(register)
    found = finding.find(cleaned, names)
    joined = phrases.join(cleaned, found, list(runs.find(cleaned)))
    if not joined:
        return ()
    return tuple(Reader(cleaned, joined, register, names, day).read())
