"""What an editor accepts on purpose: which fault an entry of `accept:` is about."""

from __future__ import annotations

import re
from functools import lru_cache

from chapterhouse.citations.cleaning import clean
from chapterhouse.diagnostics import CODES
from chapterhouse.model import Acceptance, Chapter, Manual, Source, Span

WORD = re.compile(r"[^\W_]+")
PLAIN = re.compile("[A-Za-z0-9]+")
JOIN = r"\s+"
SHORTEST = 4
"""A part of a citation shorter than this stands in too many."""
# Words that every other citation has too, and that therefore name none.
COMMON = frozenset(
    "a an and as at by for from in into it its no not of on or that the this to under was were with"
    " act acts bill order orders measure regulation regulations regs reg rule rules article articles section"
    " sections subsection subsections part parts chapter chapters paragraph paragraphs schedule schedules"
    " guidance statutory code practice amendment amended inserted england wales".split()
)


def acceptances(manual: Manual, chapter: Chapter) -> tuple[Acceptance, ...]:
    """What is accepted in a version of a chapter: by itself, and by the live file, which may change alone."""
    live = manual.by_slug.get(chapter.slug, chapter)
    return tuple(dict.fromkeys((*chapter.head.accept, *live.head.accept)))


def accepts(acceptance: Acceptance, code: str, source: Source, span: Span) -> bool:
    """Whether an entry of `accept:` is about the fault `code` at a place of a text.

    Its words must stand on the lines of the place. Of a citation of the law they must name it: hold all of
    its words, or be a part of them that is more than "section" or "of the Act". White space counts as one.
    """
    if acceptance.code != code or not CODES[code].acceptable:
        return False
    if not CODES[code].cited:
        return " ".join(acceptance.text.split()) in _lines(source, span.line, span.end_line)
    start, end = source.stretch(span)
    reach = 2 * len(acceptance.text) + 200
    first = max(0, start - reach)
    last = end + reach
    telling = _telling(acceptance.text)
    # Most entries are about something else. An entity may be a letter.
    if source.text.find(telling, first, last) < 0 and source.text.find("&", first, last) < 0:
        return False
    pattern = _pattern(acceptance.text)
    for found in pattern.finditer(_cleaned(source.text[first:last])) if pattern else ():
        low, high = first + found.start(), first + found.end()
        if low <= start and end <= high:
            return True
        if start <= low and high <= end and _names(found[0]):
            return True
    return False


@lru_cache(maxsize=64)
def _lines(source: Source, first: int, last: int) -> str:
    """Lines of a text with single spaces. A long line may have thousands of faults."""
    return " ".join(" ".join(map(source.line, range(first, last + 1))).split())


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str] | None:
    """What finds the words of an entry. It is asked for at every fault of a chapter."""
    pieces = clean(text).split()
    return re.compile(rf"(?<!\w){JOIN.join(map(re.escape, pieces))}(?!\w)") if pieces else None


@lru_cache(maxsize=4096)
def _telling(text: str) -> str:
    """The word of an entry that fewest citations have: one with a figure, else the longest."""
    found = PLAIN.findall(text)
    return next((word for word in found if not word.isalpha()), max(found, key=len, default=""))


_cleaned = lru_cache(maxsize=256)(clean)
"""The text around a fault, which is asked for at every entry."""


def _names(text: str) -> bool:
    words = WORD.findall(text.lower())
    return len(text) >= SHORTEST and any(word not in COMMON for word in words)
