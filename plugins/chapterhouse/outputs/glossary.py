"""`api/glossary.json`: the terms, and where they are used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chapterhouse.crossreference import Place
from chapterhouse.glossary.names import names
from chapterhouse.model import Manual
from chapterhouse.outputs.common import SCHEMA, place_json
from chapterhouse.terms import Term, term_path


def glossary_json(manual: Manual, uses: Mapping[str, tuple[Place, ...]], today: date) -> dict[str, Any]:
    """The content of `api/glossary.json`, as `schema/glossary-api.schema.json` describes it.

    Every term from A to Z. `synonyms` are all its names with their plurals; `definition` is Markdown.
    """
    return {
        "schema": SCHEMA,
        "build_date": today.isoformat(),
        "terms": [_term_json(manual, term, uses[term.term], today) for term in manual.glossary.terms],
    }


def _term_json(manual: Manual, term: Term, places: tuple[Place, ...], today: date) -> dict[str, Any]:
    replaced = term.replaced_by
    return {
        "term": term.term,
        "abbreviation": term.abbreviation,
        "aliases": list(term.aliases),
        "synonyms": list(dict.fromkeys(name.form for name in names(term))),
        "kind": term.kind,
        "definition": term.definition,
        "source": term.source,
        "see": [one.term for one in manual.glossary.related(term)],
        "replaced_by": {"terms": list(replaced.terms), "since": replaced.since.isoformat()}
        if replaced
        else None,
        "gone": term.gone(today),
        "url": term_path(term),
        "used_in": [place_json(place) for place in places],
    }
