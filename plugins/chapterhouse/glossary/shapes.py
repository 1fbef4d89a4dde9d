"""The shape of `glossary.yml`: what each key holds, for the reader and for editors' programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from chapterhouse.fields.accepting import ACCEPT
from chapterhouse.fields.nodes import Node, Scalar
from chapterhouse.fields.reading import Reading
from chapterhouse.fields.scalars import Choice, Day, Format, Text
from chapterhouse.fields.shapes import Field, ListOf, Shape
from chapterhouse.terms import Case, Replacement, Term, TermKind

LONGEST = 4000
"""The longest definition, in characters."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown on one or more lines, with the place where it stands in the file."""

    name: str = "Markdown"

    def read(self, node: Node, reading: Reading, path: str) -> tuple[str, tuple[int, int]] | None:
        text = reading.scalar(node, path, "Markdown")
        if text is None or not isinstance(node, Scalar):
            return None
        if len(text) > LONGEST:
            said = f"{path.rpartition('.')[2]} has {len(text):,} characters; at most {LONGEST:,} fit"
            reading.refuse("wrong-type", node, said, "shorten it; a chapter can say the rest")
            return None
        return text.strip(), (node.start, node.end)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "maxLength": LONGEST, "pattern": r"\S"}


NAME = Text(100, "the words of a term")
REPLACED_BY = Shape(
    "replaced_by",
    {
        "terms": Field(ListOf(NAME), required=True, about="The terms of this glossary that took its place."),
        "since": Field(Day(), required=True, about="The first day on which the old term is no longer right."),
    },
    Replacement,
)


def _term(definition: tuple[str, tuple[int, int]], **fields: Any) -> Term:
    return Term(definition=definition[0], definition_at=definition[1], **fields)


TERM = Shape(
    "terms",
    {
        "term": Field(
            NAME, required=True, about="As in running text, in the singular; small letters if no name."
        ),
        "abbreviation": Field(Text(20, "an abbreviation"), about="Met only in these letters, and with s."),
        "aliases": Field(ListOf(NAME), about="Other words that mean exactly the same."),
        "plural": Field(NAME, about="Only where it is not regular."),
        "kind": Field(Choice(get_args(TermKind), "a kind"), required=True, about="What it is."),
        "definition": Field(
            Markdown(), required=True, about="What it means; may cite the law and name other terms."
        ),
        "source": Field(Text(300), about="Where the meaning comes from."),
        "see": Field(ListOf(NAME), about="Other terms of this glossary; the page shows it at both."),
        "replaced_by": Field(
            REPLACED_BY, about="Of a term that has gone: what is right now, and since when."
        ),
        "case": Field(
            Choice(get_args(Case), "a rule"),
            about="Whether capitals count. Absent: they do in names that have some.",
        ),
        "never": Field(ListOf(NAME), about="Phrases that hold one of its names and are not this term."),
    },
    _term,
)
FILE = Shape(
    "glossary.yml",
    {
        "schema": Field(Format(), about="The number of the file's format."),
        "common": Field(ListOf(NAME), about="Abbreviations and phrases that need no entry."),
        "accept": Field(ListOf(ACCEPT), about="Diagnostics of definitions that are accepted on purpose."),
        "terms": Field(ListOf(TERM, "a list of entries"), required=True, about="The entries, in any order."),
    },
    dict,
)


def schema() -> dict[str, Any]:
    """The JSON Schema of `glossary.yml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The glossary of a manual: procedures/glossary.yml",
        **FILE.schema(),
    }
