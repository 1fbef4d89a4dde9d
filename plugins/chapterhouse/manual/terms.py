"""The terms of the glossary at their places in a chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from weakref import WeakKeyDictionary

from chapterhouse.citations.cleaning import clean
from chapterhouse.glossary import Found
from chapterhouse.manual import quiet
from chapterhouse.manual.accepting import accepts
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.reading import ReadText, read
from chapterhouse.model import Chapter, Manual
from chapterhouse.terms import TermMention

_KEPT: WeakKeyDictionary[Manual, dict[tuple[str, str, date], tuple[TermMention, ...]]] = WeakKeyDictionary()


def terms(manual: Manual, chapter: Chapter, day: date) -> tuple[TermMention, ...]:
    """Every term in one version of a chapter, in order.

    `day` is the one on which the law in it is judged: a citation of the law that is linked there comes before
    a term that it overlaps, unless it stands inside that term. Nothing is found twice.
    """
    kept = _KEPT.setdefault(manual, {})
    key = (chapter.slug, chapter.sha256, day)
    if key not in kept:
        kept[key] = tuple(_mentions(manual, chapter, day)) if manual.glossary.terms else ()
    return kept[key]


def _mentions(manual: Manual, chapter: Chapter, day: date) -> Iterator[TermMention]:
    text = read(manual, chapter)
    cited = [(one.start, one.end, one.linkable) for one in mentions(manual, chapter, day)]
    found = [one for one in text.terms if not _within(cited, one)]
    quietly = quiet.stretches(chapter.text, text.pieces) if found else []
    sections = [(0, "")]
    sections += ((chapter.source.starts[s.line - 1] - chapter.start, s.anchor) for s in chapter.body.sections)
    live = manual.by_slug.get(chapter.slug, chapter)
    accept = [a for a in (*chapter.head.accept, *live.head.accept) if a.code == "term-replaced"]
    met: set[tuple[str, str]] = set()
    expanded: set[str] = set()
    reach = 0
    stretch = iter(quietly)
    following = next(stretch, None)
    for index, one in enumerate(found):
        # How far the stretches reach that begin before the end of this term.
        while following and following[0] < one.end:
            reach = max(reach, following[1])
            following = next(stretch, None)
        term = one.name.term
        place = text.places[max(bisect_right(text.places, one.start, key=lambda p: p.start) - 1, 0)]
        section = sections[bisect_right(sections, one.start, key=lambda pair: pair[0]) - 1][1]
        if place.footnote:
            section = sections[-1][1]  # footnotes stand at the end of the page
        linkable = not place.heading and one.start >= reach
        group = ("\0footnotes" if place.footnote else section, term.term)
        first = linkable and group not in met
        if first:
            met.add(group)
        expand = first and one.name.is_abbreviation and term.term not in expanded
        if expand:
            expanded.add(term.term)
            expand = not _is_written_out(text, found, index)
        span = chapter.span(one.start, one.end)
        yield TermMention(
            one.start,
            one.end,
            " ".join(clean(text.prose[one.start : one.end]).split()),
            place.anchor,
            place.paragraph,
            place.footnote,
            linkable,
            term,
            one.name.name,
            section,
            first,
            expand,
            any(accepts(acceptance, "term-replaced", chapter.source, span) for acceptance in accept),
        )


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


def called_now(manual: Manual, chapter: Chapter, mention: TermMention, day: date) -> str:
    """What a term that has gone is called now, for whoever reads it in a text of today; else nothing.

    An archived text, a withdrawn one, and a chapter that accepts the old word are not put right.
    """
    live = manual.by_slug.get(chapter.slug) is chapter and chapter.head.status != "withdrawn"
    if not live or mention.accepted or not mention.term.gone(day):
        return ""
    return " or ".join(one.term for one in manual.glossary.successors(mention.term, day))
