"""The nouns of the glossary, as frozen values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from chapterhouse.mention import Mention

if TYPE_CHECKING:  # a manual has a glossary, so the model imports this module
    from chapterhouse.model import Acceptance, Span

TermKind = Literal["body", "role", "meeting", "order", "process", "concept"]
Case = Literal["any", "exact"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What took the place of a term that has gone."""

    terms: tuple[str, ...]
    """The names of terms of the same glossary, as their entries have them."""
    since: date
    """The first day on which the old term is no longer right."""


@dataclass(frozen=True)
class Term:
    """One entry of the glossary."""

    term: str
    """As it is written in running text, in the singular."""
    kind: TermKind
    definition: str
    """Markdown."""
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    """Other words that mean the same."""
    plural: str = ""
    """Where the rules of `glossary.names` would not make it."""
    source: str = ""
    """Where the meaning comes from, in plain text."""
    see: tuple[str, ...] = ()
    """Other terms that a reader of this one may want. The page shows it at both."""
    replaced_by: Replacement | None = None
    case: Case | None = None
    """Whether its names are met only as written; None leaves that to how each is written."""
    never: tuple[str, ...] = ()
    """Phrases that hold one of its names and are not this term."""
    span: Span | None = field(default=None, compare=False)
    """Where its entry stands."""
    definition_at: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where the definition stands in the file: offsets."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, its own name first."""
        own = (self.term, self.abbreviation, *self.aliases, self.plural)
        return tuple(dict.fromkeys(name for name in own if name))

    @cached_property
    def anchor(self) -> str:
        """Its address in the page of the glossary."""
        return slug(self.term)

    def gone(self, day: date) -> bool:
        """Whether it is no longer the right word on a day."""
        return self.replaced_by is not None and self.replaced_by.since <= day


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a manual. Compared by identity: what is made of one is kept with it."""

    terms: tuple[Term, ...] = ()
    """From A to Z."""
    common: tuple[str, ...] = ()
    """Abbreviations and phrases that need no entry."""
    path: str = ""
    """The file; empty where the manual has none."""
    accept: tuple[Acceptance, ...] = ()
    """The diagnostics of definitions that are accepted on purpose."""
    accept_at: tuple[Span, ...] = ()
    """Where each of them stands."""

    @cached_property
    def by_term(self) -> Mapping[str, Term]:
        """The entries by their own names."""
        return {term.term: term for term in reversed(self.terms)}

    @cached_property
    def further_anchors(self) -> Mapping[str, tuple[str, ...]]:
        """The further addresses of each term, by the term: of its abbreviation and aliases, where free."""
        taken = {term.anchor for term in self.terms}
        found: dict[str, tuple[str, ...]] = {}
        for term in self.terms:
            own = dict.fromkeys(slug(name) for name in (term.abbreviation, *term.aliases))
            found[term.term] = tuple(anchor for anchor in own if anchor and anchor not in taken)
            taken.update(own)
        return found

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every address in the page of the glossary that is a term's."""
        further = (anchor for anchors in self.further_anchors.values() for anchor in anchors)
        return frozenset((*(term.anchor for term in self.terms), *further))

    def related(self, term: Term) -> tuple[Term, ...]:
        """The terms that the page names beside an entry: those it sees, and those that see it."""
        own = [self.by_term[name] for name in term.see if name in self.by_term]
        back = [other for other in self.terms if term.term in other.see]
        return tuple({id(one): one for one in (*own, *back) if one is not term}.values())

    def successors(self, term: Term, day: date) -> tuple[Term, ...]:
        """What a term that has gone is called on a day: what took its place, in the order of its entry.

        Where that has gone too, what took the place of that stands where it would stand. Each is named once.
        """
        found: dict[str, Term] = {}
        seen = {term.term}
        waiting = list(reversed(term.replaced_by.terms if term.replaced_by else ()))
        while waiting:
            name = waiting.pop()
            one = self.by_term.get(name)
            if one is None or name in seen:
                continue
            seen.add(name)
            if one.gone(day) and one.replaced_by:
                waiting += reversed(one.replaced_by.terms)
            else:
                found[name] = one
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class TermMention(Mention):
    """A term at its place in a chapter."""

    term: Term
    section: str
    """The anchor of the section of the page in which it stands; empty before the first."""
    first: bool
    """Whether it is the first in its section that may be linked."""
    expand: bool
    """Whether it is an abbreviation at its first linked place, which the text itself has not written out."""
    accepted: bool
    """Whether the editor accepts that the term has gone."""


def slug(name: str) -> str:
    """A name as an address: small letters, numerals and hyphens, letters of any alphabet."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("\u2019", "")
    return "-".join(re.findall(r"[^\W_]+", plain))


GLOSSARY_PAGE = "glossary/"
"""The address of the page of the glossary."""


def term_path(term: Term) -> str:
    """Where the site explains a term, from its root."""
    return f"{GLOSSARY_PAGE}#{term.anchor}"
