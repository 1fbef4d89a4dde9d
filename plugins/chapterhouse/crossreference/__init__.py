"""Cross-references: which provision is cited, which term used, in which paragraph; every amendment."""

from chapterhouse.crossreference.amendments import Recorded, recorded
from chapterhouse.crossreference.collect import collect, index
from chapterhouse.crossreference.entries import (
    HEADINGS,
    Entry,
    Index,
    Kind,
    Place,
    Provision,
    Where,
    by_chapter,
    duties,
    kind_of,
    name,
    place_name,
    replacements,
)
from chapterhouse.crossreference.uses import uses

__all__ = [
    "HEADINGS",
    "Entry",
    "Index",
    "Kind",
    "Place",
    "Provision",
    "Recorded",
    "Where",
    "by_chapter",
    "collect",
    "duties",
    "index",
    "kind_of",
    "name",
    "place_name",
    "recorded",
    "replacements",
    "uses",
]
