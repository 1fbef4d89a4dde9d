"""The terms of the glossary at their places in a chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from weakref import WeakKeyDictionary

from chapterhouse.citations.cleaning import clean
from chapterhouse.glossary import Found
from chapterhouse.manual import quiet
from chapterhouse.manual.accepting import acceptances, accepts
from chapterhouse.manual.keeping import Kept
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.places import Place
from chapterhouse.manual.reading import ReadText, read
from chapterhouse.model import Chapter, Manual
from chapterhouse.terms import Term, TermMention

_KEPT: WeakKeyDictionary[Manual, Kept[tuple[str, str, date], tuple[TermMention, ...]]] = WeakKeyDictionary()


def terms(manual: Manual, chapter: Chapter, day: date) -> tuple[TermMention, ...]:
    """Every term in one version of a chapter, in order.

    `day` is the one on which the law in it is judged: a citation comes before a term with which it shares
    words, unless it is a smaller part of the term and sound. Nothing is found twice.
    """
    kept = _KEPT.setdefault(manual, Kept())
    key = (chapter.slug, chapter.sha256, day)
    return kept.get(key, lambda: tuple(_mentions(manual, chapter, day)) if manual.glossary.terms else ())


def _mentions(manual: Manual, chapter: Chapter, day: date) -> Iterator[TermMention]:
    text = read(manual, chapter)
    cited = [(one.start, one.end, one.linkable) for one in mentions(manual, chapter, day)]
    found = [one for one in text.terms if not _within(cited, one)]
    stretches = quiet.stretches(chapter.text, text.pieces) if found else []
    accept = [one for one in acceptances(manual, chapter) if one.code == "term-replaced"]
    firsts = _Firsts()
    free = quiet.free(stretches, [(one.start, one.end) for one in found])
    for index, (one, is_free) in enumerate(zip(found, free, strict=True)):
        term, place = one.name.term, text.place(one.start)
        linkable = is_free and not place.heading
        first = linkable and firsts.in_section(place, term)
        span = chapter.span(one.start, one.end)
        yield TermMention(
            start=one.start,
            end=one.end,
            words=" ".join(clean(text.prose[one.start : one.end]).split()),
            anchor=place.anchor,
            paragraph=place.paragraph,
            footnote=place.footnote,
            linkable=linkable,
            term=term,
            section=place.section,
            first=first,
            expand=first
            and one.name.is_abbreviation
            and firsts.in_page(term)
            and not _is_written_out(text, found, index),
            accepted=any(accepts(each, "term-replaced", chapter.source, span) for each in accept),
        )


class _Firsts:
    """Which terms have been met, in each section and in the whole page."""

    def __init__(self) -> None:
        self.sections: set[tuple[str, bool, str]] = set()
        self.page: set[str] = set()

    def in_section(self, place: Place, term: Term) -> bool:
        """Whether a term is met for the first time in a section. Footnotes are a section of their own."""
        key = ("" if place.footnote else place.section, bool(place.footnote), term.term)
        met = key in self.sections
        self.sections.add(key)
        return not met

    def in_page(self, term: Term) -> bool:
        """Whether the abbreviation of a term is met for the first time."""
        met = term.term in self.page
        self.page.add(term.term)
        return not met


def _within(cited: Sequence[tuple[int, int, bool]], one: Found) -> bool:
    """Whether a term shares words with a citation that is more than a part of it, or has its own link."""
    place = bisect_right(cited, one.end - 1, key=lambda each: each[0]) - 1
    while place >= 0 and cited[place][1] > one.start:
        start, end, linkable = cited[place]
        if linkable or start < one.start or end > one.end or (start, end) == (one.start, one.end):
            return True
        place -= 1
    return False


def _is_written_out(text: ReadText, found: Sequence[Found], index: int) -> bool:
    """Whether the words of an abbreviation stand beside it: `strategy group (SG)`, `SG (strategy group)`."""
    one = found[index]

    def beside(other: Found, start: int, end: int) -> bool:
        between = clean(text.prose[start:end]).strip()
        return other.name.term is one.name.term and not other.name.is_abbreviation and between == "("

    before = index > 0 and beside(found[index - 1], found[index - 1].end, one.start)
    after = index + 1 < len(found) and beside(found[index + 1], one.end, found[index + 1].start)
    return before or after


def called_now(manual: Manual, mention: TermMention, day: date) -> str:
    """What a term that has gone is called on a day; nothing where it is the word, or is accepted.

    It is asked only of texts that are in force or to come: others are not put right.
    """
    return "" if mention.accepted else successor(manual, mention.term, day)


def successor(manual: Manual, term: Term, day: date) -> str:
    """What a term is called on a day if it has gone, in words: `safeguarding partner`; else nothing."""
    return " or ".join(one.term for one in manual.glossary.successors(term, day)) if term.gone(day) else ""
