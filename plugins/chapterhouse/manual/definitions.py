"""The definitions of the glossary, read as the texts of chapters are, and judged."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from datetime import date

from chapterhouse import chapters, markup
from chapterhouse.diagnostics import fault
from chapterhouse.fields import aligning
from chapterhouse.manual import sense
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Chapter, Diagnostic, Head, Manual, Page, Source
from chapterhouse.terms import Term


def text_of(manual: Manual, term: Term) -> Chapter:
    """A definition as the text of a chapter without numbers."""
    source = Source(manual.glossary.path, term.definition)
    body = chapters.read(source, 0, "none")[0]
    digest = hashlib.sha256(term.definition.encode("utf-8", "surrogatepass")).hexdigest()
    head = Head(title=term.term, numbering="none", accept=manual.glossary.accept)
    return Chapter(f"glossary#{term.anchor}", source, head, body, term.definition, digest)


def faults(manual: Manual, today: date) -> Iterator[Diagnostic]:
    """What is wrong in the definitions, each fault at its place in the file of the glossary."""
    file = manual.sources.get(manual.glossary.path)
    if file is None:
        return
    for term in manual.glossary.terms:
        text = text_of(manual, term)
        for found in _faults(manual, term, text, today):
            low, high = text.source.stretch(found.span)
            place = aligning.place(file, term.definition_at, term.definition, low, max(high, low + 1))
            yield dataclasses.replace(found, span=place)


def _faults(manual: Manual, term: Term, text: Chapter, today: date) -> Iterator[Diagnostic]:
    source = text.source
    yield from (*markup.check(source, 0), *chapters.read(source, 0, "none")[1])
    for section in text.body.sections:
        place = source.line_span(section.line)
        yield fault(
            "unsupported-syntax", source, place, "a definition has no headings", "write its words alone"
        )
    for mark in ("[^", "!["):
        if (start := text.text.find(mark)) >= 0:
            what = "footnotes" if mark == "[^" else "pictures"
            place = source.span(start, start + 2)
            yield fault(
                "unsupported-syntax", source, place, f"a definition has no {what}", "leave it to a chapter"
            )
    page = Page("glossary", source, term.term, text.text, frozenset())
    yield from sense.leads(manual, page)
    for mention in mentions(manual, text, today):
        for problem in (*mention.problems, *(problem for problem, _ in mention.accepted)):
            place = text.span(mention.start, mention.end)
            yield fault(problem.code, source, place, problem.message, problem.hint)
