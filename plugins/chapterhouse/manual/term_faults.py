"""What is wrong with the words of a manual, held against its glossary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chapterhouse import dates, history
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.glossary import Unknown, key, unknown, written_out
from chapterhouse.glossary.names import names, plural
from chapterhouse.manual import definitions
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.reading import read
from chapterhouse.manual.terms import successor, terms
from chapterhouse.masking import blank
from chapterhouse.model import Chapter, Diagnostic, Manual
from chapterhouse.terms import Term, TermMention

MANY = 3
"""How often a manual uses words before it is asked what they mean."""


def faults(manual: Manual, today: date) -> Iterator[Diagnostic]:
    """Every fault of the definitions and of the use of terms on a day.

    What depends on a whole glossary is told of none that could not be read. A manual without one is asked for
    none.
    """
    whole = manual.glossary.path not in manual.unread
    if whole:
        for chapter in manual.chapters:
            yield from _refusals(manual, chapter)
    if not manual.glossary.path:
        return
    yield from definitions.faults(manual, today)
    used: set[str] = set()
    for chapter, day in _texts(manual, today):
        for mention in terms(manual, chapter, day):
            used.add(mention.term.term)
            if chapter.head.status != "withdrawn":
                yield from _replaced(manual, chapter, mention, day)
    if whole:
        yield from _unused(manual, used, today)
        yield from _undefined(manual, today)


def _texts(manual: Manual, today: date) -> Iterator[tuple[Chapter, date]]:
    """The texts that editors answer for, each with the day on which it is judged.

    Where a change is scheduled that is the text in force as well, which stands in the archive.
    """
    for chapter in manual.chapters:
        yield chapter, history.judged_on(chapter, today)
        if shown := history.meanwhile(manual.histories[chapter.slug], today):
            yield shown, today


def _replaced(manual: Manual, chapter: Chapter, mention: TermMention, day: date) -> Iterator[Diagnostic]:
    if mention.accepted and manual.by_slug.get(chapter.slug) is not chapter:
        return  # of the live text `check` takes out what is accepted, and sees that the acceptance is used
    now, replaced = successor(manual, mention.term, day), mention.term.replaced_by
    if now and replaced:
        yield fault(
            "term-replaced",
            chapter.source,
            chapter.span(mention.start, mention.end),
            f"“{mention.words}” is not the word any more: it is {now} since {dates.long(replaced.since)}",
            f"write {now}; where the past is meant, accept it under `accept:`",
        )


def _refusals(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    if "\\" not in chapter.text:
        return
    text = read(manual, chapter)
    for one in text.finder.refusals(text.prose):
        if not one.refused:
            yield fault(
                "refusal-unused",
                chapter.source,
                chapter.span(one.start, one.start + 1),
                "this backslash refuses a link to the glossary, and no term stands here",
                "delete it: readers do not see it; for one that they see, write two",
            )


def _unused(manual: Manual, used: set[str], today: date) -> Iterator[Diagnostic]:
    """The terms that nothing uses: no chapter, and no entry of a term that is used."""
    glossary = manual.glossary
    waiting = [glossary.by_term[name] for name in used]
    while waiting:
        term = waiting.pop()
        named = [one.term for one in terms(manual, definitions.text_of(manual, term), today)]
        for other in (*named, *glossary.related(term), *glossary.successors(term, today)):
            if other.term not in used:
                used.add(other.term)
                waiting.append(other)
    for term in glossary.terms:
        # A term that has gone is there to be found if somebody writes it again.
        if term.term not in used and not term.replaced_by:
            yield fault(
                "unused-term",
                glossary.path,
                term.span or NOWHERE,
                f"no chapter uses “{term.term}”, nor any entry that is used",
                "delete the entry, or correct its names",
            )


@dataclass(slots=True)
class _Use:
    chapter: Chapter
    first: Unknown
    count: int = 0


def _undefined(manual: Manual, today: date) -> Iterator[Diagnostic]:
    """Words that want an entry, at their first place; abbreviations with two meanings, at the second."""
    known = _known(manual)
    by_abbreviation = {term.abbreviation: term for term in manual.glossary.terms if term.abbreviation}
    used: dict[str, _Use] = {}
    meanings: dict[str, tuple[str, Chapter]] = {}
    for chapter in manual.chapters:
        if chapter.head.status == "withdrawn":
            continue
        text = read(manual, chapter)
        cited = [(one.start, one.end) for one in mentions(manual, chapter, history.judged_on(chapter, today))]
        headings = [(place.start, place.end) for place in text.places if place.heading]
        links = [(p.start, p.end) for p in text.pieces if p.kind == "link"]
        prose = blank(text.prose, (*cited, *headings, *links))
        for one in unknown(blank(prose, ((found.start, found.end) for found in text.terms))):
            if key(one.words) not in known:
                used.setdefault(one.words, _Use(chapter, one)).count += 1
        for one in written_out(prose):
            yield from _clash(chapter, one, by_abbreviation, meanings)
    for words, use in used.items():
        if use.count >= MANY:
            yield fault(
                "undefined-term",
                use.chapter.source,
                use.chapter.span(use.first.start, use.first.end),
                f"“{words}” stands in {use.count} places, and the glossary does not explain it",
                f"add an entry to {manual.glossary.path}, or the words to its `common:`",
            )


def _clash(
    chapter: Chapter,
    one: Unknown,
    by_abbreviation: dict[str, Term],
    meanings: dict[str, tuple[str, Chapter]],
) -> Iterator[Diagnostic]:
    term = by_abbreviation.get(one.words)
    if term is not None:
        if any(key(one.meaning).endswith(name.key) for name in names(term)):
            return
        where = f"in the glossary it is {term.term}"
    else:
        meaning, other = meanings.setdefault(one.words, (one.meaning, chapter))
        if key(plural(meaning)) == key(plural(one.meaning)):
            return
        where = f"in chapter {other.head.chapter} it is {meaning}"
    yield fault(
        "abbreviation-clash",
        chapter.source,
        chapter.span(one.start, one.end),
        f"{one.words} is {one.meaning} here, and {where}",
        "an abbreviation has one meaning in a manual: write one of the two out",
    )


def _known(manual: Manual) -> set[str]:
    """The names that need no entry: of chapters, parts, pages, roles and owners, and what is common."""
    found = {name for term in manual.glossary.terms for name in term.names}
    found |= {
        *manual.glossary.common,
        *(part.title for part in manual.parts),
        *(r.title for r in manual.roles),
    }
    found |= {page.title for page in manual.pages}
    for chapter in manual.chapters:
        found |= {chapter.head.title, chapter.head.owner}
        if chapter.head.review and chapter.head.review.last:
            found.add(chapter.head.review.last.by)
        found |= {record.approved_by for record in chapter.head.amendments}
    return {key(name) for name in found}
