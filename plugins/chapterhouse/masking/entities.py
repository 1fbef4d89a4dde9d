"""Character references, read without the traps of `html.unescape`."""

from __future__ import annotations

import html
import re

# Longer ones are no reference that a browser reads differently, and `int` refuses 4,301 digits.
REFERENCE = re.compile(r"&(?:#[0-9]{1,4000}(?![0-9])|#[xX][0-9a-fA-F]{1,4000}|[A-Za-z][A-Za-z0-9]{0,31});?")


def unescape(text: str) -> str:
    """`text` with `&amp;`, `&#38;` and `&#x26;` as the characters they stand for. Never raises."""
    return REFERENCE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
