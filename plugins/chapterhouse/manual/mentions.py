"""The citations of a chapter at their places, judged on a day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from weakref import WeakKeyDictionary

from chapterhouse import citations, history
from chapterhouse.citations import judge, provisions, wording
from chapterhouse.citations.cleaning import clean
from chapterhouse.diagnostics import fault
from chapterhouse.law import Citation, CitationMention, Problem, Register
from chapterhouse.manual.accepting import acceptances, accepts
from chapterhouse.manual.keeping import Kept
from chapterhouse.manual.prose import prose
from chapterhouse.manual.reading import ReadText, read
from chapterhouse.masking import blank
from chapterhouse.model import Acceptance, Chapter, Diagnostic, Manual

EMPHASIS = re.compile(r"[*_]")
TOKEN = re.compile(r"\w+|[^\w\s]")


Title = tuple[str, re.Pattern[str]]
"""The title of a chapter, cleaned, and what finds its words, however they are spaced."""


@dataclass
class Found:
    """What was found in one manual. It must not hold the manual, with which it is to end."""

    titles: tuple[Title, ...]
    """Those of chapters that cite the law: Section 47 enquiries."""
    mentions: Kept[tuple[str, str, date], tuple[CitationMention, ...]] = field(default_factory=Kept)
    """By slug, digest and day."""


_FOUND: WeakKeyDictionary[Manual, Found] = WeakKeyDictionary()


def mentions(manual: Manual, chapter: Chapter, day: date) -> tuple[CitationMention, ...]:
    """Every citation of one version of a chapter, in order, judged on `day`.

    The version in force is to be judged on the build date, any other on its own effective date. Nothing
    is found twice for one text and one day.
    """
    found = _FOUND.get(manual)
    if found is None:
        titles = dict.fromkeys(one.head.title for one in manual.chapters)
        citing = (clean(title) for title in titles if citations.find(title, manual.register))
        found = _FOUND[manual] = Found(tuple((title, _words(title)) for title in citing))
    key = (chapter.slug, chapter.sha256, day)
    return found.mentions.get(key, partial(_read, manual, chapter, day, found.titles))


def _words(title: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s*".join(map(re.escape, TOKEN.findall(title))) + r"(?!\w)")


def faults(manual: Manual, today: date) -> Iterator[Diagnostic]:
    """What is wrong with the law that the manual cites, on a day.

    The live text is judged on the day from which it applies, at the earliest today. Where a change is
    scheduled, the text in force is in the archive; nobody may edit that, so it is only warned of.
    """
    for chapter in manual.chapters:
        if chapter.head.status == "withdrawn":
            continue
        for mention in mentions(manual, chapter, history.judged_on(chapter, today)):
            for problem in (*mention.problems, *(problem for problem, _ in mention.accepted)):
                yield _diagnostic(chapter, mention, problem)
        if shown := history.meanwhile(manual.histories[chapter.slug], today):
            for mention in mentions(manual, shown, today):
                for problem in mention.problems:
                    yield replace(_diagnostic(shown, mention, problem), severity="warning")


def _diagnostic(chapter: Chapter, mention: CitationMention, problem: Problem) -> Diagnostic:
    span = chapter.span(mention.start, mention.end)
    return fault(problem.code, chapter.source, span, problem.message, problem.hint)


def _read(
    manual: Manual, chapter: Chapter, day: date, titles: tuple[Title, ...]
) -> tuple[CitationMention, ...]:
    register = manual.register
    text = read(manual, chapter)
    found = text.pieces
    cleaned = clean(prose(chapter.text, found))
    cited = citations.find_cleaned(cleaned, register, day)
    if not cited:
        return ()
    wrong = judge.faults(cleaned, cited, register)
    running = blank(cleaned, ((piece.start, piece.end) for piece in found))
    accept = acceptances(manual, chapter)
    reading = Reading(chapter, register, day, titles, accept, text, cleaned, running)
    return tuple(map(reading.mention, cited, wrong))


@dataclass(frozen=True)
class Reading:
    """What is known of a text while its citations are put in their places."""

    chapter: Chapter
    register: Register
    day: date
    titles: tuple[Title, ...]
    """Those that cite the law."""
    accept: tuple[Acceptance, ...]
    text: ReadText
    cleaned: str
    """What is read for citations."""
    running: str
    """The same without code and links."""

    def mention(self, citation: Citation, in_itself: tuple[Problem, ...]) -> CitationMention:
        """A citation of the text, with what is wrong with it whatever the day."""
        start, end = citation.start, citation.end
        words = " ".join(self.cleaned[start:end].split())
        place = self.text.place(start)
        territory = self.register.territory
        problems = [*in_itself, *judge.on_day(citation, words, self.register, self.day, territory)]
        problems += _split(self.chapter.text[start:end], words)
        problems += self._of_no_edition(citation)
        accepted, refused = self._accepted(citation, problems)
        linkable = (
            not place.heading
            and not any(piece.start < end and start < piece.end for piece in self.text.pieces)
            and not self._is_of_a_title(citation, words)
            and (bool(problems) or not self._is_of_a_term(citation))
        )
        return CitationMention(
            start,
            end,
            words,
            place.anchor,
            place.paragraph,
            place.footnote,
            linkable,
            citation,
            tuple(judge.standing(citation, t, self.register, self.day, territory) for t in citation.targets),
            refused,
            accepted,
        )

    def _of_no_edition(self, citation: Citation) -> Iterator[Problem]:
        """A chapter of guidance whose editions number their chapters differently, without the edition."""
        for target in citation.targets:
            editions = judge.editions(self.register, target) if target.provision else ()
            if editions:
                place = provisions.words(target.provision, target.instrument)
                called = wording.called(self.register, target)
                message = f"{called}: the editions number their chapters differently, and none is named"
                hint = f"name the edition in which it is {place}, for example ({max(editions)})"
                yield Problem("ambiguous-citation", message, hint, target)

    def _accepted(
        self, citation: Citation, problems: Sequence[Problem]
    ) -> tuple[tuple[tuple[Problem, Acceptance], ...], tuple[Problem, ...]]:
        """The problems that the editor accepted, and the others."""
        if not problems or not self.accept:
            return (), tuple(problems)
        source, span = self.chapter.source, self.chapter.span(citation.start, citation.end)
        accepted, refused = [], []
        for problem in problems:
            by = next((one for one in self.accept if accepts(one, problem.code, source, span)), None)
            if by:
                accepted.append((problem, by))
            else:
                refused.append(problem)
        return tuple(accepted), tuple(refused)

    def _is_of_a_term(self, citation: Citation) -> bool:
        """Whether the words are a part of a longer term, which says more: section 47 enquiry."""
        terms = self.text.terms
        place = bisect_right(terms, citation.start, key=lambda one: one.start) - 1
        if place < 0:
            return False
        term = terms[place]
        longer = citation.end - citation.start < term.end - term.start
        return longer and citation.end <= term.end

    def _is_of_a_title(self, citation: Citation, words: str) -> bool:
        """Whether the words stand as part of the title of a chapter."""
        for title, pattern in self.titles:
            if len(title) > len(words) and words.lower() in title.lower():
                reach = len(title) + 12
                first = max(0, citation.start - reach)
                for match in pattern.finditer(self.running, first, citation.end + reach):
                    if match.start() <= citation.start and citation.end <= match.end():
                        return True
        return False


def _split(raw: str, words: str) -> Iterator[Problem]:
    inside = raw.strip("*_")
    if EMPHASIS.search(inside) and raw.count("*") + raw.count("_") != 2 * (len(raw) - len(raw.lstrip("*_"))):
        message = f"emphasis begins or ends in the midst of “{words}”"
        yield Problem("citation-split", message, "put the marks around all of it, or leave them out")
