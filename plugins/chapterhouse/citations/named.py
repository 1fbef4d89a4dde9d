"""A place where a text names an instrument."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from chapterhouse.law import CitationKind, Problem


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an instrument. `text[start:end]` are its words."""

    start: int
    end: int
    kind: CitationKind
    ids: tuple[str, ...]
    """The instruments that the words can mean; none where the register knows no such."""
    year: int | None = None
    provision: str = ""
    """Where the name itself holds one, as an address does."""
    form: str = ""
    """The short form that was used, or the stems of a title that has no year, joined."""
    defines: tuple[str, ...] = ()
    """The short forms that the words define from here on: `OMA`, `the Act`."""
    candidates: tuple[str, ...] = ()
    """Of a title whose year is wrong: every instrument of that title."""
    sound: bool = True
    """Whether the words name what is meant; false where the register had to guess."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands to the right of a title's last word."""

    title_end: int
    end: int
    years: tuple[int, ...] = ()
    number: str = ""
    """The chapter number of an Act, as cited."""
    instrument: str = ""
    """The id that the number of a statutory instrument makes."""
    defines: tuple[str, ...] = ()


class Taken:
    """The stretches of a text that have been read already."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        """Take a stretch that is free."""
        index = bisect_left(self._starts, start)
        self._starts.insert(index, start)
        self._ends.insert(index, end)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch is taken."""
        index = bisect_left(self._starts, end) - 1
        return index < 0 or self._ends[index] <= start

    def before(self, position: int) -> int:
        """The end of the last stretch taken before a position; 0 if there is none."""
        index = bisect_left(self._ends, position + 1) - 1
        return self._ends[index] if index >= 0 else 0
