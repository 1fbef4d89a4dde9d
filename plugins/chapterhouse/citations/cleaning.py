"""Text made ready for matching, character for character: every offset stays what it was."""

from __future__ import annotations

import html
import re

SAME = {
    **dict.fromkeys("\0\t\u00a0\u2002\u2003\u2007\u2009\u202f\u00ad\u200b\ufeff", " "),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    # A footnote mark set as a small figure must not lengthen the year before it.
    **dict.fromkeys("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", " "),
    **dict.fromkeys("\r\f\v\u0085\u2028\u2029", "\n"),
    "\\": " ",
    "`": " ",
}
# Footnote marks with their numbers, tags, spaces by name, and emphasis. Each branch begins with a letter of
# its own: the engine finds those fast.
NOISE = re.compile(
    r"<sup\b[^<>\n]{0,80}>[^<>\n]{0,12}</sup>"
    r"|\[\^[^\]\s]{1,40}\]"
    r"|</?[A-Za-z][^<>\n]{0,200}>"
    r"|\*\*?\*?|__?_?"
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")


def clean(text: str) -> str:
    """`text` with one kind of space, quote and dash, and blanks for what only dresses it.

    The result has the length of `text`, so a place in the one is a place in the other.
    """
    # Few of them stand in one text, and replacing a character is faster than translating all.
    for character in SAME.keys() & set(text):
        text = text.replace(character, SAME[character])
    if any(mark in text for mark in "*_<[&"):
        if "&" in text:
            text = ENTITY.sub(_reading, text)
        text = NOISE.sub(_blank, text)
    return text


def _reading(match: re.Match[str]) -> str:
    """An entity as it reads, and as long as it was."""
    read = html.unescape(match[0])
    read = SAME.get(read, " " if read.isspace() else read)
    return read.ljust(len(match[0])) if len(read) == 1 else match[0]


def _blank(match: re.Match[str]) -> str:
    start, end = match.span()
    if (
        match[0][0] == "_"
        and match.string[start - 1 : start].isalnum()
        and match.string[end : end + 1].isalnum()
    ):
        return match[0]
    return " " * (end - start)
