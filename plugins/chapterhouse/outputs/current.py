"""Which version of a chapter the site has: a page that was left open asks, and says if it is another."""

from __future__ import annotations

from typing import Any

from chapterhouse.editions import Edition
from chapterhouse.outputs.common import SCHEMA

CURRENT = "current.json"
"""The name of the file beside the page of each chapter."""


def current_json(edition: Edition) -> dict[str, Any]:
    """The content of `current.json` for what the page of a chapter shows.

    `standing` is what readers are told of it: `version 3, in force from 1 April 2026`.
    """
    return {
        "schema": SCHEMA,
        "build_date": edition.today.isoformat(),
        "version": edition.version.number,
        "standing": edition.standing,
    }
