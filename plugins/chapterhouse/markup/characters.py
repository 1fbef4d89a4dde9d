"""Characters that nobody sees, and that can make a sentence look otherwise than it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic

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


def check(text: Text) -> Iterator[Diagnostic]:
    """Each run of one hidden character."""
    if text.body.isascii() and text.body.isprintable():
        return
    for match in HIDDEN.finditer(text.body):
        character = match[1]
        if character == "\ufeff" and text.start + match.start() == 0:
            continue
        count = len(match[0])
        many = f", {count} times" if count > 1 else ""
        yield text.fault(
            "control-character",
            match.start(),
            match.end(),
            f"an invisible character stands here: {_name(character)}{many}",
            "delete it and start a new line in its place"
            if character in BREAKS
            else "delete it: put the cursor after it and press backspace, or type the words around it again",
        )


def _name(character: str) -> str:
    name = NAMES.get(character) or unicodedata.name(character, "control character").lower()
    return f"{name} (U+{ord(character):04X})"
