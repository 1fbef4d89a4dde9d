"""The cross-reference index: which provision of which instrument is cited in which paragraph."""

from chapterhouse.crossreference.collect import collect, index, title_key
from chapterhouse.crossreference.entries import (
    Entry,
    Index,
    Kind,
    Place,
    Provision,
    Where,
    duties,
    name,
    replacements,
)

__all__ = [
    "Entry",
    "Index",
    "Kind",
    "Place",
    "Provision",
    "Where",
    "collect",
    "duties",
    "index",
    "name",
    "replacements",
    "title_key",
]
