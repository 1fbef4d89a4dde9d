"""What other programs read: data, feeds and a calendar of the manual. Values, not files."""

from __future__ import annotations

from chapterhouse.outputs.alternates import Alternate, alternates
from chapterhouse.outputs.amendments import amendments_json
from chapterhouse.outputs.atom import atom_feed
from chapterhouse.outputs.calendar import reviews_ics
from chapterhouse.outputs.common import schema
from chapterhouse.outputs.current import CURRENT, current_json
from chapterhouse.outputs.feeds import Feed, feeds_of
from chapterhouse.outputs.files import files
from chapterhouse.outputs.glossary import glossary_json
from chapterhouse.outputs.jsonfeed import json_feed
from chapterhouse.outputs.legislation import COLUMNS, legislation_csv, legislation_json
from chapterhouse.outputs.manual import manual_json

__all__ = [
    "COLUMNS",
    "CURRENT",
    "Alternate",
    "Feed",
    "alternates",
    "amendments_json",
    "atom_feed",
    "current_json",
    "feeds_of",
    "files",
    "glossary_json",
    "json_feed",
    "legislation_csv",
    "legislation_json",
    "manual_json",
    "reviews_ics",
    "schema",
]
