"""Characters that nobody sees, and that can make a text read otherwise than it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from chapterhouse.diagnostics import fault
from chapterhouse.model import Diagnostic, Source

# Joiners (U+200C, U+200D) and the marks of direction (U+200E, U+200F) are spelling in many scripts.
HIDDEN = re.compile(
    "([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0001\U000e0020-\U000e007f])\\1*"
)
NAMES = {
    "\x00": "NUL",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x85": "next line",
    "\ufeff": "byte-order mark",
}
BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")


def check(source: Source, start: int, end: int) -> Iterator[Diagnostic]:
    """Each run of one hidden character in `source.text[start:end]`. A byte-order mark may open a file."""
    for match in HIDDEN.finditer(source.text, start, end):
        if match[1] != "\ufeff" or match.start():
            yield fault("control-character", source, source.span(*match.span()), *told(match))


def told(match: re.Match[str]) -> tuple[str, str]:
    """What an editor is told of a run of one hidden character, and the cure."""
    character, count = match[1], len(match[0])
    name = NAMES.get(character) or unicodedata.name(character, "control character").lower()
    many = f", {count} times" if count > 1 else ""
    return (
        f"an invisible character stands here: {name} (U+{ord(character):04X}){many}",
        "delete it and start a new line in its place"
        if character in BREAKS
        else "delete it: put the cursor after it and press backspace, or type the words around it again",
    )
