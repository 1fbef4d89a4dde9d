"""The cross-reference index: which provision of which instrument is cited in which paragraph."""

from chapterhouse.crossreference.collect import collect, index
from chapterhouse.crossreference.entries import (
    HEADINGS,
    Entry,
    Index,
    Kind,
    Place,
    Provision,
    Where,
    duties,
    kind_of,
    name,
    place_name,
    replacements,
)

__all__ = [
    "HEADINGS",
    "Entry",
    "Index",
    "Kind",
    "Place",
    "Provision",
    "Where",
    "collect",
    "duties",
    "index",
    "kind_of",
    "name",
    "place_name",
    "replacements",
]
