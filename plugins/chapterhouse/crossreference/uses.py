"""Where the manual uses each term of its glossary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chapterhouse.crossreference.entries import Place
from chapterhouse.crossreference.places import Places, gather
from chapterhouse.editions import editions
from chapterhouse.manual.terms import terms
from chapterhouse.model import Manual


def uses(manual: Manual, today: date) -> Mapping[str, tuple[Place, ...]]:
    """The places of each term, by the term, in the order of the manual and of each chapter.

    As in the index of the law, they are places of what the site shows as current: no drafts, no withdrawn
    chapters, no superseded versions.
    """
    found: dict[str, Places] = {term.term: {} for term in manual.glossary.terms}
    for edition in editions(manual, today):
        if edition.state != "withdrawn":
            said = terms(manual, edition.chapter, edition.judged)
            gather(edition, ((mention, (mention.term.term,)) for mention in said), found)
    return {name: tuple(places.values()) for name, places in found.items()}
