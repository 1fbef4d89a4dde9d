"""The kinds of provisions and instruments, as tables: how each is written, and where each belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["section", "regulation", "article", "part", "chapter", "schedule", "paragraph", "rule"]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """How one kind of provision is written."""

    unit: Unit
    words: tuple[str, ...]
    """Its names, in small letters; each may be in the plural, with a capital, and in capitals."""
    short: tuple[str, ...] = ()
    """What may stand for the name, as it is written; a stop may follow."""
    roman: bool = False
    """Whether its number may be a roman numeral, or a word."""
    bare: bool = False
    """Whether it is a citation without an instrument beside it."""


UNITS: tuple[UnitKind, ...] = (
    # As in: section 11, Sections 10 and 11, sec. 5, s.28, s 47, S28, ss.17 and 47
    UnitKind("section", ("section", "sec"), ("s", "S", "ss", "SS", "Ss"), bare=True),
    # As in: Regulation 5 (2), reg. 3, regs 4-6
    UnitKind("regulation", ("regulation", "reg"), bare=True),
    # As in: Article 8, art. 6(1)(e)
    UnitKind("article", ("article", "art"), bare=True),
    # As in: Part III, Part 1, Part VI or VII
    UnitKind("part", ("part",), ("Pt",), roman=True),
    # As in: Chapter 1 of Part 1, chapter 2 of Working Together
    UnitKind("chapter", ("chapter",), ("Ch",), roman=True),
    # As in: Schedule 1, Sch. 4
    UnitKind("schedule", ("schedule", "sched", "sch"), roman=True),
    # As in: paragraph 18 of Schedule 1, para 12
    UnitKind("paragraph", ("paragraph", "para")),
    # As in: rule 12.3
    UnitKind("rule", ("rule",)),
)


def spellings() -> dict[str, UnitKind]:
    """Every way to write a kind of provision, without the stop."""
    found: dict[str, UnitKind] = {}
    for kind in UNITS:
        for word in kind.words:
            for form in (word, f"{word}s"):
                found |= dict.fromkeys((form, form.capitalize(), form.upper()), kind)
        found |= dict.fromkeys(kind.short, kind)
    return found


# From the outside in: a paragraph of a Part of a Schedule.
NESTING: tuple[Unit, ...] = ("schedule", "part", "chapter", "section", "paragraph")

# The last word of the title of legislation.
ENDINGS = frozenset({"act", "measure", "regulation", "order", "rule"})

# Which provisions an instrument has, by the type of its id. What is not here has any.
HAS: dict[str, frozenset[Unit]] = {
    "guidance": frozenset({"part", "chapter", "section", "schedule", "paragraph"}),
    "ukpga": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "anaw": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "asc": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "mwa": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "uksi": frozenset({"regulation", "article", "rule", "part", "chapter", "schedule", "paragraph"}),
    "wsi": frozenset({"regulation", "article", "rule", "part", "chapter", "schedule", "paragraph"}),
    "eur": frozenset({"article", "chapter"}),
    "treaty": frozenset({"article", "part"}),
}

LAW = ("ukpga", "anaw", "asc", "mwa")
"""The types of Acts and Measures."""
MADE = ("uksi", "wsi")
"""The types of statutory instruments."""

# Acts have numbered their Parts and Chapters in arabic numerals since the session of 2001-02.
LAST_ROMAN_YEAR = 2000

NUMBER_WORDS = "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()


def type_of(instrument: str) -> str:
    """The first part of an id: `ukpga`, `guidance`."""
    return instrument.partition("/")[0]


def has(instrument: str, unit: str) -> bool:
    """Whether instruments of this type have provisions of this kind."""
    kinds = HAS.get(type_of(instrument))
    return kinds is None or unit in kinds
