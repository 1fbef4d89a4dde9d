"""The page of the glossary: every term from A to Z, with what it means and where it is used."""

from __future__ import annotations

from collections.abc import Mapping

from chapterhouse.crossreference import Place, by_chapter
from chapterhouse.model import Manual
from chapterhouse.render.alphabet import by_letter
from chapterhouse.render.definitions import Definitions
from chapterhouse.render.pieces import ENVIRONMENT, Url
from chapterhouse.terms import TermKind, term_path

KINDS: dict[TermKind, str] = {
    "body": "Body",
    "role": "Role",
    "meeting": "Meeting",
    "order": "Order",
    "process": "Process",
    "concept": "Concept",
}


def page(manual: Manual, uses: Mapping[str, tuple[Place, ...]], definitions: Definitions, url: Url) -> str:
    """The HTML of the page of the glossary."""
    glossary = manual.glossary
    return ENVIRONMENT.get_template("glossary.html").render(
        letters=tuple(by_letter(glossary.terms, lambda term: term.term)),
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
