"""The page of the glossary: every term from A to Z, with what it means and where it is used."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from chapterhouse.crossreference import Place, by_chapter
from chapterhouse.model import Manual
from chapterhouse.render.definitions import Definitions
from chapterhouse.render.pieces import ENVIRONMENT, Url
from chapterhouse.terms import Term, TermKind, term_path

KINDS: dict[TermKind, str] = {
    "body": "Body",
    "role": "Role",
    "meeting": "Meeting",
    "order": "Order",
    "process": "Process",
    "concept": "Concept",
}
DIGITS = "0 to 9"


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms under one letter."""

    title: str
    anchor: str
    terms: tuple[Term, ...]


def page(manual: Manual, uses: Mapping[str, tuple[Place, ...]], definitions: Definitions, url: Url) -> str:
    """The HTML of the page of the glossary."""
    glossary = manual.glossary
    return ENVIRONMENT.get_template("glossary.html").render(
        letters=letters(glossary.terms),
        total=len(glossary.terms),
        kinds=KINDS,
        anchors=glossary.further_anchors,
        uses=uses,
        by_chapter=by_chapter,
        related=glossary.related,
        successors=glossary.successors,
        day=definitions.day,
        definition=lambda term: definitions.html(term, url),
        path=term_path,
        url=url,
    )


def letters(terms: Iterable[Term]) -> tuple[Letter, ...]:
    """The terms under their first letters; those that begin with none stand first."""
    ordered = sorted(terms, key=lambda term: (initial(term) != DIGITS, initial(term)))
    return tuple(
        Letter(title, f"chapterhouse-letter-{title[0].lower()}", tuple(own))
        for title, own in groupby(ordered, key=initial)
    )


def initial(term: Term) -> str:
    """The letter that a term stands under."""
    first = unicodedata.normalize("NFKD", term.term)[:1].upper()
    return first if first.isalpha() else DIGITS
