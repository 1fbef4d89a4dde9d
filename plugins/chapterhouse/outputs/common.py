"""What the outputs share: the schema number, the published schemas, the way places are told."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from chapterhouse.crossreference import Place

SCHEMA = 1
"""Raised when a file of `api/` changes in a way that readers must know of."""


def schema(name: str) -> bytes:
    """The JSON Schema of `api/NAME.json`, as published at `api/schema/NAME.json`."""
    return resources.files("chapterhouse").joinpath("schema", f"{name}.schema.json").read_bytes()


def as_json(value: object) -> bytes:
    """A value as the file of `api/` that other programs read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def place_json(place: Place) -> dict[str, Any]:
    """A place in a chapter, as every file of `api/` tells it."""
    return {
        "chapter": place.edition.head.chapter,
        "slug": place.edition.history.chapter.slug,
        "paragraph": place.paragraph,
        "url": place.path,
        "words": list(place.words),
    }
