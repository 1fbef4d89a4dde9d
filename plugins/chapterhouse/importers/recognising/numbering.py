"""The dress of numbers: `1.1 text`, a number alone on its line, `23.`. The numbers are those of a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from chapterhouse.chapters.numbers import DIGITS, NUMBER, numerals
from chapterhouse.importers.blocks import Block, Loss, Run, letters, words
from chapterhouse.importers.measures import MEASURE
from chapterhouse.importers.recognising.recognised import Stretch
from chapterhouse.importers.runs import text_of, tidy
from chapterhouse.model import Numbering

SECTIONED = NUMBER["sections"]
PARAGRAPH = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}(?:\s*[|\u2013\u2014-]{{1,2}})?\s+(?=\S)")
PARAGRAPH_ALONE = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}\s*\|?")
CONTINUOUS = re.compile(rf"({NUMBER['continuous']})\.\s+(?=\S)")
CONTINUOUS_ALONE = re.compile(rf"({NUMBER['continuous']})\.\s*\|?")
SECTION = re.compile(rf"(section\s+)?({DIGITS})([.:)]|\s+[\u2013\u2014-])?\s+(?=[^\W\d_])", re.IGNORECASE)

AT_START: dict[Numbering, re.Pattern[str]] = {"sections": PARAGRAPH, "continuous": CONTINUOUS}
ALONE: dict[Numbering, re.Pattern[str]] = {"sections": PARAGRAPH_ALONE, "continuous": CONTINUOUS_ALONE}

TIME_AFTER = re.compile(r"[0-9]{1,2}[.:][0-9]{2}\b")
NUMBERED = frozenset({"paragraph", "item", "quote", "heading"})
"""What a number that stands alone may belong to."""
LARGEST_NUMERAL = 999
"""A numeral above it is a year or a sum: `2018. The Act`, `1.4.2019`."""

ANNEX = re.compile(
    r"(?:annexe?|appendix|schedule)(?: ?[0-9]{1,2}\b| (?:[A-Z]|[IVX]{1,4})\b| ?[:.\u2013\u2014-]|\Z)"
    r"|(?:annexes|appendices|schedules)\Z",
    re.IGNORECASE,
)

# Numbers that no chapter has, for a person to look at: `1.2a`, `A1.1`, `A.1`, `1.1.1.1.1`.
STRANGE = re.compile(
    r"[(\[\u00a7]?((?:[A-Z]{1,2}\.?)?[0-9]{1,3}(?:\.[0-9]{1,3}){0,6}[A-Za-z]{0,2})[.:)\]]{0,2}"
    r"\s+(?=[^\W\d_a-z])"
)


class Start(NamedTuple):
    """A number with which a text starts, and which may be its own."""

    number: str
    end: int
    """Where the text begins that it numbers."""
    capital: bool
    """Whether that text begins with no small letter, as a sentence."""


def start_of(text: str, numbering: Numbering) -> Start | None:
    """The number at the start of a text, where it is no measure, time, date or year."""
    pattern = AT_START.get(numbering)
    match = pattern.match(text) if pattern else None
    if match is None:
        return None
    now, rest = numerals(match[1]), text[match.end() : match.end() + 40]
    dashed = match[0].rstrip()[-1] in "\u2013\u2014-"
    if not now[0] or max(now) > LARGEST_NUMERAL or MEASURE.match(rest) or (dashed and TIME_AFTER.match(rest)):
        return None
    return Start(match[1], match.end(), not rest[:1].islower())


def section_of(text: str) -> re.Match[str] | None:
    """The number at the start of a heading, which may be that of a section; `7 years, or` has none."""
    match = SECTION.match(text)
    if match is None or MEASURE.match(text, match.end()):
        return None
    return match if match[1] or match[3] or not text[match.end()].islower() else None


def measure_of(text: str) -> str:
    """The number of a measure or a time with which a text starts, where it is one of two parts or more."""
    match = PARAGRAPH.match(text)
    return match[1] if match and start_of(text, "sections") is None else ""


def is_annex(text: str) -> bool:
    """Whether a heading is that of an annex: its numbers are no longer those of the chapter."""
    return ANNEX.match(text) is not None


def looks_numbered(text: str, numbering: Numbering) -> str:
    """What looks like the number of a text, and is none in a chapter so numbered; or nothing."""
    if numbering != "sections" and (start := start_of(text, "continuous")):
        return start.number
    match = STRANGE.match(text)
    return match[1] if match and "." in match[1] else ""


def stands_alone(text: str) -> bool:
    """Whether a text is the number of a paragraph and nothing else."""
    return bool(PARAGRAPH_ALONE.fullmatch(text) or CONTINUOUS_ALONE.fullmatch(text))


def number_alone(text: str, numbering: Numbering) -> str:
    """The number that a text is and nothing else; empty where it is more, or no number here."""
    pattern = ALONE.get(numbering)
    match = pattern.fullmatch(text) if pattern else None
    return match[1] if match else ""


def dotted_number(text: str) -> str:
    """The number, of two parts or more, with which a text starts; empty where it starts with none."""
    if alone := PARAGRAPH_ALONE.fullmatch(text):
        return alone[1]
    start = start_of(text, "sections")
    return start.number if start else ""


def joined(stretches: Sequence[Stretch], numbering: Numbering) -> list[Stretch]:
    """A number that stands alone, together with the paragraph that follows it.

    What was lost between the two stands behind them, with the place where it was.
    """
    alone = ALONE.get(numbering)
    made: list[Stretch] = []
    at = 0
    while at < len(stretches):
        number = stretches[at]
        at += 1
        if not (alone and isinstance(number, Block) and _is_alone(number, alone)):
            made.append(number)
            continue
        lost: list[Loss] = []
        while at < len(stretches) and isinstance(loss := stretches[at], Loss):
            lost.append(loss)
            at += 1
        follower = stretches[at] if at < len(stretches) else None
        if not isinstance(follower, Block) or not _takes(follower, numbering, alone) or _within_another(lost):
            made += (number, *lost)
            continue
        at += 1
        width = letters(number.text)
        made += (_together(number, follower), *(replace(one, within=one.within or width) for one in lost))
        while at < len(stretches) and isinstance(loss := stretches[at], Loss) and loss.within is not None:
            made.append(replace(loss, within=loss.within + width))
            at += 1
    return made


def _takes(block: Block, numbering: Numbering, alone: re.Pattern[str]) -> bool:
    """Whether a block may have the number that stands alone before it: it has none of its own."""
    if block.kind not in NUMBERED or _is_alone(block, alone):
        return False
    start = start_of(text_of(block.runs), numbering)
    return start is None or not start.capital or bool(words(block.marker))


def _within_another(lost: Sequence[Loss]) -> bool:
    """Whether something was lost in the middle of what is listed itself: its place is counted from there."""
    whole = next((index for index, one in enumerate(lost) if one.within is None), len(lost))
    return any(one.within is not None for one in lost[whole:])


def _is_alone(block: Block, alone: re.Pattern[str]) -> bool:
    if block.kind not in {"paragraph", "item"} or words(block.marker):
        return False
    return alone.fullmatch(block.text) is not None


def _together(number: Block, text: Block) -> Block:
    sign = (Run(f"{text.marker} "),) if words(text.marker) else ()
    runs = tidy((Run(f"{number.text} "), *sign, *text.runs))
    return replace(text, kind="paragraph", marker="", runs=runs)
