"""The kinds of provisions and instruments, as tables: how each is written, and where each belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["section", "regulation", "article", "part", "chapter", "schedule", "paragraph", "rule"]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """How one kind of provision is written."""

    unit: Unit
    words: str
    """A pattern for its name, in any number, abbreviated or not."""
    short: str = ""
    """A pattern for the letters that may stand straight before the number: s47, S.28, ss 17."""
    roman: bool = False
    """Whether its number may be a roman numeral, or a word."""
    bare: bool = False
    """Whether it is a citation without an instrument beside it."""


UNITS: tuple[UnitKind, ...] = (
    # "section 11", "Sections 10 and 11", "sec. 5", "s.28", "s 47", "S28", "ss.17 and 47"
    UnitKind("section", r"[Ss]ections?|SECTIONS?|[Ss]ecs?\.?", r"[Ss]{1,2}\.?", bare=True),
    # "Regulation 5 (2)", "reg. 3", "regs 4-6"
    UnitKind("regulation", r"[Rr]egulations?|REGULATIONS?|[Rr]egs?\.?", bare=True),
    # "Article 8", "art. 6(1)(e)"
    UnitKind("article", r"[Aa]rticles?|ARTICLES?|[Aa]rts?\.?", bare=True),
    # "Part III", "Part 1", "Part VI or VII"
    UnitKind("part", r"[Pp]arts?|PARTS?|Pt\.?", roman=True),
    # "Chapter 1 of Part 1", "chapter 2 of Working Together"
    UnitKind("chapter", r"[Cc]hapters?|CHAPTERS?|Ch\.?", roman=True),
    # "Schedule 1", "Sch. 4"
    UnitKind("schedule", r"[Ss]chedules?|SCHEDULES?|Scheds?\.?|Schs?\.?", roman=True),
    # "paragraph 18 of Schedule 1", "para 12"
    UnitKind("paragraph", r"[Pp]aragraphs?|PARAGRAPHS?|[Pp]aras?\.?"),
    # "rule 12.3"
    UnitKind("rule", r"[Rr]ules?|RULES?"),
)

# From the outside in: a paragraph of a Part of a Schedule.
NESTING: tuple[Unit, ...] = ("schedule", "part", "chapter", "section", "paragraph")

# The last word of a title, by the types of ids that such titles have.
TITLE_TYPES: dict[str, tuple[str, ...]] = {
    "act": ("ukpga", "anaw", "asc"),
    "measure": ("mwa",),
    "regulation": ("uksi", "wsi"),
    "order": ("uksi", "wsi"),
    "rule": ("uksi", "wsi"),
}

# Which provisions an instrument has, by the type of its id. What is not here has any.
HAS: dict[str, frozenset[Unit]] = {
    "ukpga": frozenset({"section", "part", "chapter", "schedule", "paragraph", "article"}),
    "anaw": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "asc": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "mwa": frozenset({"section", "part", "chapter", "schedule", "paragraph"}),
    "uksi": frozenset({"regulation", "article", "rule", "part", "chapter", "schedule", "paragraph"}),
    "wsi": frozenset({"regulation", "article", "rule", "part", "chapter", "schedule", "paragraph"}),
    "eur": frozenset({"article", "chapter"}),
    "treaty": frozenset({"article", "part"}),
}

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
