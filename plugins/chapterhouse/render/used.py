"""The terms that one version of a chapter uses, as its page tells of them: in the text and at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chapterhouse.glossary import key
from chapterhouse.manual.terms import called_now
from chapterhouse.model import Manual
from chapterhouse.render.linking import LinkedWords
from chapterhouse.terms import Term, TermMention


@dataclass(frozen=True, slots=True)
class UsedTerms:
    """The terms of one version of a chapter."""

    words: tuple[LinkedWords, ...]
    """What is linked in the text."""
    terms: tuple[Term, ...]
    """All that it uses, linked or not, from A to Z."""


def used_terms(
    manual: Manual, mentions: Sequence[TermMention], day: date, glossary: str, *, current: bool
) -> UsedTerms:
    """What the page of a version tells of terms, on `day`.

    `glossary` leads from its source to the page of the glossary; `current` says whether the version is in
    force or to come: only then are words that have gone marked.
    """
    words = tuple(
        LinkedWords(
            start=one.start,
            end=one.end,
            words=one.words,
            anchor=one.anchor,
            href=f"{glossary}#{one.term.anchor}",
            described_by=id_of(one.term),
            note=f"now: {now}" if current and (now := called_now(manual, one, day)) else "",
            kind="term",
            expansion=one.term.term if one.expand else "",
        )
        for one in mentions
        if one.first
    )
    used = {one.term.term for one in mentions}
    return UsedTerms(words, tuple(term for term in manual.glossary.terms if term.term in used))


def synonyms(mentions: Sequence[TermMention]) -> dict[str, tuple[str, ...]]:
    """The other names of the terms in each section, by its anchor: those that it does not write."""
    written: dict[str, dict[str, tuple[Term, list[str]]]] = {}
    for one in mentions:
        written.setdefault(one.section, {}).setdefault(one.term.term, (one.term, []))[1].append(
            key(one.words)
        )
    return {
        section: tuple(
            name
            for term, words in terms.values()
            for name in term.names
            if not any(key(name) in said for said in words)
        )
        for section, terms in written.items()
    }


def id_of(term: Term) -> str:
    """The id of a term in the list at the end of a chapter: one that no heading can have."""
    return f"chapterhouse-term-{term.anchor}"
