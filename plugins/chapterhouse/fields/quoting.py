"""Text as YAML that is read back as the same text, in a value of its own and in a list in brackets."""

from __future__ import annotations

import re

WORDS = frozenset("null true false yes no on off".split())
"""Words that YAML's own readers take for something else than text."""
IDENTIFIER = re.compile(r"[a-z]+(?:[/-][a-z0-9]+)+")


def quoted(text: str) -> str:
    """The text as a YAML scalar on one line: bare where that is safe, else in double quotes."""
    safe = (
        text
        and text.replace(" ", "").replace("-", "").isalnum()
        and text[0].isalpha()
        and text.strip() == text
    )
    if (safe and text.lower() not in WORDS) or IDENTIFIER.fullmatch(text):
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """The text as a YAML scalar in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
