"""The number and the title of the chapter that a document is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from chapterhouse.importers.blocks import Block, Loss
from chapterhouse.importers.measures import MEASURE
from chapterhouse.importers.recognising.numbering import SECTION, dotted_number
from chapterhouse.importers.recognising.recognised import Moved, Stretch

LETTERED = r"[A-Z]{1,4}[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[A-Z]?"
DOTTED = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[A-Z]?"
NUMBER = (
    r"(?:chapter\s+(?P<said>[0-9]{1,3}(?!\.?[0-9]))"
    rf"|(?:chapter\s+)?(?P<number>(?-i:{LETTERED})|{DOTTED}))"
)
CHAPTER = re.compile(
    rf"{NUMBER}(?:[.:]?\s*[\u2013\u2014-]?\s+)(?P<title>\S.{{1,180}})", re.DOTALL | re.IGNORECASE
)
CHAPTER_ALONE = re.compile(rf"{NUMBER}[.:]?", re.IGNORECASE)
COMMON = re.compile(
    r"(?:[ai1][.)]|part (?:a|1|one|i)\b).*"
    r"|introduction|background|purpose|summary|overview|scope|aims?(?: and objectives)?|contents"
    r"|definitions?",
    re.IGNORECASE,
)
"""Headings of the first section of many a document, and hardly a title."""
TEXT = 9
"""The level of what is no heading."""
EARLY = 25
"""How many blocks from the start a title is looked for."""
LONGEST_LINE = 200


def titled(stretches: Sequence[Block | Loss]) -> tuple[list[Stretch], str, str]:
    """A document without its title, and the number and title of the chapter; empty where it has none."""
    early = [(index, one) for index, one in enumerate(stretches) if isinstance(one, Block)][:EARLY]
    for (index, line), after in zip_longest(early, early[1:]):
        if _below(stretches, index):
            continue
        may_be = _may_be_title(line)
        if may_be and (found := CHAPTER.fullmatch(line.text)) and not _is_paragraphs(stretches, index, found):
            return _without(stretches, index), found["said"] or found["number"], found["title"].strip()
        if may_be and after and _may_be_title(after[1]) and (found := CHAPTER_ALONE.fullmatch(line.text)):
            numbered = dotted_number(after[1].text) or SECTION.match(after[1].text)
            if not numbered and not _is_paragraphs(stretches, index, found):
                number = found["said"] or found["number"]
                return _without(stretches, index, after[0]), number, after[1].text
        if dotted_number(line.text):
            break
    begun = False
    for index, line in early:
        heading = line.kind == "heading" and _may_be_title(line)
        if heading and not dotted_number(line.text) and not SECTION.match(line.text):
            # Behind text, or where sections have begun, only the first heading of a page is its title.
            if line.level == 1 or not (begun or COMMON.fullmatch(line.text)):
                return _without(stretches, index), "", line.text
            begun = True
        begun = begun or line.kind not in {"heading", "paragraph"} or line.text.endswith(".")
    return list(stretches), "", ""


def _may_be_title(line: Block) -> bool:
    return (
        line.kind in {"heading", "paragraph"}
        and bool(line.text)
        and len(line.text) <= LONGEST_LINE
        and not line.text.endswith((";", ",", ":") if line.kind == "heading" else (";", ",", ":", "."))
    )


def _below(stretches: Sequence[Block | Loss], index: int) -> bool:
    """Whether a heading of a higher level stands before a line, which then is no chapter's title."""
    own = _level(stretches[index])
    return any(_level(one) < own for one in stretches[:index])


def _level(one: Block | Loss) -> int:
    return one.level if isinstance(one, Block) and one.kind == "heading" else TEXT


def _is_paragraphs(stretches: Sequence[Block | Loss], index: int, found: re.Match[str]) -> bool:
    """Whether what looks like the number of a chapter is that of a paragraph: others like it come after."""
    number = found["number"] or ""
    if found["said"] or not number[0].isdigit():
        return False
    if number.endswith(".0"):  # as the first section is numbered by some
        return True
    if "title" in found.groupdict() and MEASURE.match(found["title"]):
        return True
    if _level(stretches[index]) == 1:
        return False
    section = number.rpartition(".")[0]
    later = (dotted_number(one.text) for one in stretches[index + 1 :] if isinstance(one, Block))
    same = [one for one in later if one and one.rpartition(".")[0] == section]
    first = re.compile(rf"{re.escape(section)}\.1[A-Z]?")
    return bool(same) and not any(first.fullmatch(one) for one in same)


def _without(stretches: Sequence[Block | Loss], *taken: int) -> list[Stretch]:
    return [
        Moved(one.text, one.place, "title") if index in taken else one for index, one in enumerate(stretches)
    ]
