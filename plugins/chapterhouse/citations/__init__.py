"""Citations of the law and of statutory guidance: found, resolved, linked and judged, each apart."""

from __future__ import annotations

from datetime import date

from chapterhouse.citations import find as finding
from chapterhouse.citations import phrases, runs
from chapterhouse.citations.cleaning import clean
from chapterhouse.citations.names import Names, names_of
from chapterhouse.citations.phrases import Phrase
from chapterhouse.citations.resolve import Reader
from chapterhouse.law import Citation, Register

__all__ = ["find", "find_cleaned", "phrases_of"]


def find(text: str, register: Register, day: date | None = None) -> tuple[Citation, ...]:
    """The citations in `text`, in order; offsets are offsets into `text`.

    `text` is any prose, plain or Markdown. `day` is the day on which it is judged: a short form that two
    instruments share means the one in force then.
    """
    return find_cleaned(clean(text), register, day)


def find_cleaned(cleaned: str, register: Register, day: date | None = None) -> tuple[Citation, ...]:
    """The citations in a text that `clean` has read already."""
    names = names_of(register)
    found = phrases_of(cleaned, names)
    return tuple(Reader(cleaned, found, register, names, day).read()) if found else ()


def phrases_of(cleaned: str, names: Names) -> list[Phrase]:
    """The phrases of a cleaned text that may be citations, before any is resolved."""
    return phrases.join(cleaned, finding.find(cleaned, names), list(runs.find(cleaned)))
