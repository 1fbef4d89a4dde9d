"""The glossary: its file read and judged, and its terms found in any text."""

from chapterhouse.glossary.find import Finder, Found, Refusal
from chapterhouse.glossary.names import key
from chapterhouse.glossary.reading import read
from chapterhouse.glossary.shapes import schema
from chapterhouse.glossary.undefined import Unknown, unknown, written_out

__all__ = ["Finder", "Found", "Refusal", "Unknown", "key", "read", "schema", "unknown", "written_out"]
