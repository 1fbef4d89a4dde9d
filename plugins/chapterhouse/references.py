"""References from one place of the manual to another: "paragraph 12.4", "chapter 2.2, paragraph 1.4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

SPACE = r"[ \t\u00a0\u2007\u202f]"
# One line may end between two words, and a quote go on below; two ends of lines are the end of a block.
GAP = rf"(?:{SPACE}{{1,8}}|{SPACE}{{0,8}}(?:\r\n|\n|\r){SPACE}{{0,8}}(?:>{SPACE}{{0,8}}){{0,4}})"
MARKS = "[*_]{0,3}"
DIGITS = "[0-9]{1,9}"
NUMBER = rf"[A-Z]{{0,4}}{DIGITS}(?:\.{DIGITS}){{0,3}}[A-Z]{{0,2}}"
# Not part of a longer number, of a word, a date, a measure or a fraction.
STOP = r"(?![\w%/\u2044]|\.[0-9]|,[0-9]|[-\u2013][A-Za-z])"
ITEMS = r"(?:\([0-9a-z]{1,4}\)){0,4}"

# Spelt out, so that `re` knows the first letters and skips the others as fast as it can.
ANCHOR = re.compile("para|Para|PARA|chapter|Chapter|CHAPTER|section|Section|SECTION")
HEAD = re.compile(
    rf"(para(?:graph)?s?\b\.?|chapters?\b|sections?\b){GAP}({MARKS})((?-i:{NUMBER})){STOP}{ITEMS}",
    re.IGNORECASE,
)
# ", 3.4", " and 3.4", ", or 3.4", " to 3.4", "-3.4". What is counted in days is another sentence.
MORE = re.compile(
    rf"{MARKS}(?:,{GAP}(?:(?:and|or){GAP})?|{GAP}(?:and|or|to|&){GAP}|{SPACE}?[-\u2013]{SPACE}?){MARKS}"
    rf"({NUMBER}){STOP}{ITEMS}(?!{GAP}(?:per|working|calendar|hours?|days?|weeks?|months?|years?)\b)"
)
# From a chapter to a place in it: "chapter 2.2, paragraph 1.4", "chapter 2.2 (paragraph 1.4)".
DOWN = re.compile(rf"{MARKS}(?:[,:]?{GAP}\(?)(?:at{GAP})?(?=[PpSs])")
# From a place to its chapter: "paragraph 1.4 of chapter 2.2".
UP = re.compile(rf"{MARKS}{GAP}(?:of|in){GAP}(?=[Cc])")
OWN = re.compile(
    rf"{MARKS}{GAP}(?:of|in){GAP}(?:(?:this|these){GAP}(?:chapter|section|part|manual|document|guidance|procedures?)"
    rf"|(?:the|our){GAP}(?:manual|procedures))\b",
    re.IGNORECASE,
)
NEAR = re.compile(rf"{MARKS}{GAP}(?:above|below)\b")

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DOCUMENT = (
    "Act|Annex|Appendix|Bill|Circular|Code|Convention|Directions?|Framework|Guidance|Handbook|KCSIE|Measure|Order"
    "|Policy|Protocol|Regulations?|Report|Rules|Schedule|Specification|Standards?|Strategy"
)
TITLES = (
    rf"Working{GAP}Together(?:{GAP}to{GAP}Safeguard{GAP}Children)?"
    rf"|Keeping{GAP}Children{GAP}Safe(?:{GAP}in{GAP}Education)?"
)
# Before a year, these make it a time, not the year of a title.
TIMES = (
    "in|since|of|from|by|until|till|after|before|during|and|or|to|at|on|for|early|late"
    "|spring|summer|autumn|winter"
)
PAPERS = f"{DOCUMENT}|consultation|document|paper|review|statement"
# What makes the words before it a reference to somebody else's paragraph. "in" needs more than "of".
ELSEWHERE = re.compile(
    rf"{MARKS}(?:{GAP}of\b"
    rf"|{GAP}in{GAP}{MARKS}(?!(?:{MONTHS})\b)[\"\u201c\u2018]?[A-Z]"
    rf"|{GAP}in{GAP}(?:an?|its|that|the|their){GAP}(?:[\w\u2019'-]{{1,30}}{GAP}){{0,4}}(?i:{PAPERS})\b"
    rf"|{GAP}(?:to|under){GAP}(?:the{GAP})?(?:{DOCUMENT})\b"
    rf"|,?{GAP}{MARKS}(?:Schedule|Annex|Appendix|{TITLES})\b)"
)
CLOSING = r"[*_\"\u201d\u2019)\]]{0,4}"
# The same before it: "Schedule 1, paragraph 18", "Working Together 2026, paragraph 40".
BEFORE = re.compile(
    rf"(?:\b(?:Schedule|Annex|Appendix|Part){GAP}[0-9A-Z]{{1,4}}"
    rf"|\b(?:{DOCUMENT}|{TITLES})"
    rf"|\b(?!(?i:{MONTHS}|{TIMES})\b)"
    rf"[A-Za-z\u2019']{{1,30}}{GAP}\(?(?:19|20)[0-9]{{2}})"
    rf"(?:{GAP}\(?(?:19|20)[0-9]{{2}})?{CLOSING}(?:{GAP}?\(|[,:]?{GAP})(?:at{GAP})?\Z"
)
TRAIL = ' \t\r\n\u00a0\u2007\u202f>(*_"\u201d\u2019)],:'
REACH = 120
"""How many characters before a reference can make it somebody else's."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a place of the manual. `text[start:end]` are the words to be linked."""

    start: int
    end: int
    chapter: str = ""
    """The number of the chapter; empty for the chapter in which the reference stands."""
    paragraph: str = ""
    """The number of the paragraph; empty for a whole chapter or section."""
    section: str = ""
    """The number of the section, where a section is meant."""
    certain: bool = True
    """Whether it can only be meant for this manual. A bare "chapter 3" or "paragraph 4" may be about
    another document: it leads somewhere if there is such a place, and is no fault if there is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """A noun and its numbers: "paragraphs 3.2, 3.4 and 3.6"."""

    noun: str
    """The noun's first letter in lower case: p, c or s."""
    start: int
    numbers: tuple[tuple[int, int, str], ...]
    """Each with its start and end."""
    end: int
    whole: bool
    """Whether the noun can be linked together with the first number: no emphasis stands between."""


def find(text: str) -> tuple[Reference, ...]:
    """The references in `text`, in order. Offsets are offsets into `text`.

    `text` is prose: what stands in code, links and tags must have been blanked by `mask(text,
    links=True)`. Left out is what is meant for another document: "paragraph 4 of Schedule 2",
    "Working Together 2026, paragraph 40", "section 47".
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Reference]:
    position = 0
    while anchor := ANCHOR.search(text, position):
        position = anchor.end()
        start = anchor.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "-_/\\.#@"):
            continue
        run = _run(text, start)
        if run is None:
            continue
        references, position = _phrase(text, run)
        if references and not _introduced(text, start):
            yield from references


def _run(text: str, start: int) -> Run | None:
    """The noun at `start` and its numbers, if it has any."""
    head = HEAD.match(text, start)
    if head is None:
        return None
    numbers = [(head.start(3), head.end(3), head[3])]
    end = head.end()
    plural = head[1].rstrip(".")[-1] in "sS"
    while (
        (more := MORE.match(text, end))
        and ("." in more[1]) == ("." in head[3])
        and (plural or "." in head[3])
    ):
        numbers.append((more.start(1), more.end(1), more[1]))
        end = more.end()
    noun = head[1][0].lower()
    if noun != "c" and any(number[0].isalpha() for _, _, number in numbers):
        return None
    return Run(noun, start, tuple(numbers), end, whole=not head[2])


def _phrase(text: str, run: Run) -> tuple[list[Reference], int]:
    """What the phrase that `run` begins refers to, and where the phrase ends."""
    if run.noun == "c":
        return _down(text, run)
    if OWN.match(text, run.end):
        return _places(run, "", certain=True), run.end
    up = UP.match(text, run.end)
    outer = _run(text, up.end()) if up else None
    if outer is not None and outer.noun == "c" and len(outer.numbers) == 1:
        if _elsewhere(text, outer.end):
            return [], outer.end
        chapter = outer.numbers[0]
        places = _places(run, chapter[2])
        if len(places) == 1 and _plain(text, run.start, chapter[1]):
            places = [replace(places[0], end=chapter[1])]
        return places, outer.end
    if ELSEWHERE.match(text, run.end) or (run.noun == "s" and not NEAR.match(text, run.end)):
        return [], run.end
    return _places(run, ""), run.end


def _down(text: str, run: Run) -> tuple[list[Reference], int]:
    """What a phrase that begins with a chapter refers to: the chapter, or a place inside it."""
    *others, last = run.numbers
    chapters = [_chapter(run, number) for number in run.numbers]
    down = DOWN.match(text, run.end)
    inner = _run(text, down.end()) if down else None
    if inner is None or inner.noun == "c":
        if OWN.match(text, run.end):
            return [replace(reference, certain=True) for reference in chapters], run.end
        return ([] if ELSEWHERE.match(text, run.end) else chapters), run.end
    if _elsewhere(text, inner.end):
        # "chapter 2.2, section 47 of the Children Act 1989": the chapter is ours all the same.
        return ([r for r in chapters if r.certain] if inner.noun == "s" else []), inner.end
    places = _places(inner, last[2])
    start = last[0] if others else run.start
    if _plain(text, start, places[0].end):
        places[0] = replace(places[0], start=start)
    return [*chapters[:-1], *places], inner.end


def _elsewhere(text: str, end: int) -> bool:
    return ELSEWHERE.match(text, end) is not None and OWN.match(text, end) is None


def _introduced(text: str, start: int) -> bool:
    """Whether the words before `start` name the document that is meant."""
    words = text[max(0, start - REACH) : start].rstrip(TRAIL)
    # A small word before it ("see", "in") ends most looks: titles end in a capital word or a number.
    last = words[-30:].split()[-1:]
    if not last or (last[0].islower() and last[0] != "at"):
        return False
    return BEFORE.search(text, max(0, start - REACH), start) is not None


def _plain(text: str, start: int, end: int) -> bool:
    """Whether a link can hold `text[start:end]`: no emphasis or bracket begins inside."""
    return not any(mark in text[start:end] for mark in "*_(")


def _chapter(run: Run, number: tuple[int, int, str]) -> Reference:
    start, end, chapter = number
    first = run.whole and number is run.numbers[0]
    return Reference(run.start if first else start, end, chapter=chapter, certain=_certain(chapter))


def _places(run: Run, chapter: str, *, certain: bool = False) -> list[Reference]:
    """The paragraphs or sections of `run`, in `chapter`."""
    places = []
    for index, (start, end, number) in enumerate(run.numbers):
        sure = certain or _certain(chapter or number)
        first = run.start if run.whole and not index else start
        # "section 3.2" is how some write of paragraph 3.2: sections have whole numbers.
        if run.noun == "s" and number.isdigit():
            places.append(Reference(first, end, chapter, section=number, certain=sure))
        else:
            places.append(Reference(first, end, chapter, number, certain=sure))
    return places


def _certain(number: str) -> bool:
    """Whether a number is of the manual's own make: dotted or lettered."""
    return not number.isdigit()
