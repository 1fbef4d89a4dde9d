"""Where the manual uses each term of its glossary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chapterhouse.crossreference.entries import Place
from chapterhouse.editions import editions
from chapterhouse.manual.terms import terms
from chapterhouse.model import Manual


def uses(manual: Manual, today: date) -> Mapping[str, tuple[Place, ...]]:
    """The places of each term, by the term, in the order of the manual and of each chapter.

    As in the index of the law, they are places of what the site shows as current: no drafts, no withdrawn
    chapters, no superseded versions.
    """
    found: dict[str, dict[tuple[str, str], Place]] = {term.term: {} for term in manual.glossary.terms}
    for edition in editions(manual, today):
        if edition.state == "withdrawn":
            continue
        order = {anchor: place for place, anchor in enumerate(edition.chapter.anchors, 1)}
        said = terms(manual, edition.chapter, edition.judged)
        for mention in sorted(said, key=lambda one: order.get(one.anchor, 0)):
            places = found[mention.term.term]
            key = (edition.path, mention.anchor)
            words = places[key].words if key in places else ()
            joined = tuple(dict.fromkeys((*words, mention.words)))
            places[key] = Place(edition, mention.anchor, mention.paragraph, joined)
    return {name: tuple(places.values()) for name, places in found.items()}
