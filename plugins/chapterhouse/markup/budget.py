"""How much of what is never closed a whole body may hold: each sign makes Markdown read on to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.markup.text import Text
from chapterhouse.masking.inline import BLANK_LINE
from chapterhouse.model import Diagnostic

# Characters to be read again. Python-Markdown, on a slow machine, reads three million a second for open
# brackets, and fifteen for open tags and for rules.
MOST_IN_BRACKETS = 10_000_000
MOST_AFTER_TAGS = 50_000_000
BRACKET = re.compile(r"\\[\[\]()\\]|[\[\]()]")
TAG = re.compile("<[A-Za-z/!?]")
RULE = re.compile(r"^[ \t>]{0,30}([-*_])[ \t]*(?:\1[ \t]*){2,}$", re.MULTILINE)
BLOCKS = re.compile(rf"(?:{BLANK_LINE.pattern})+")
FEWEST_LINES = 1_000


def check(text: Text) -> Iterator[Diagnostic]:
    """A body with too many brackets or tags that are never closed, or too many rules in one block."""
    body = text.body
    if body.count("[") * len(body) > MOST_IN_BRACKETS:
        yield from _brackets(text)
    if body.count("<") * len(body) > MOST_AFTER_TAGS:
        yield from _tags(text)
    if body.count("\n") > FEWEST_LINES:
        yield from _rules(text)


def _brackets(text: Text) -> Iterator[Diagnostic]:
    work = 0
    for start, end in _blocks(text.covered):
        square = round_ = 0
        place = start
        for match in BRACKET.finditer(text.covered, start, end):
            work += (square + round_) * (match.start() - place)
            place = match.start()
            sign = match[0]
            if sign == "[":
                square += 1
            elif sign == "]":
                square = max(square - 1, 0)
            elif sign == ")":
                round_ = max(round_ - 1, 0)
            elif sign == "(" and (round_ or text.covered.startswith("]", place - 1)):
                round_ += 1
        work += (square + round_) * (end - place)
        if work > MOST_IN_BRACKETS:
            yield _fault(text, start, "brackets that stay open, or stand inside others", "close each bracket")
            return


def _tags(text: Text) -> Iterator[Diagnostic]:
    closed = {piece.start for piece in text.pieces if piece.kind in {"tag", "autolink", "comment"}}
    loose = [m.start() for m in TAG.finditer(text.covered) if m.start() not in closed]
    if len(loose) * len(text.body) > MOST_AFTER_TAGS:
        yield _fault(
            text, loose[0], "< signs before a letter with no > after", "write &lt; for the sign itself"
        )


def _rules(text: Text) -> Iterator[Diagnostic]:
    for start, end in _blocks(text.covered):
        rules = sum(1 for _ in RULE.finditer(text.covered[start:end]))
        if rules * (end - start) > MOST_AFTER_TAGS:
            yield _fault(text, start, "rules in one block", "leave a blank line between them")


def _blocks(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BLOCKS.finditer(body):
        yield start, match.start()
        start = match.end()
    yield start, len(body)


def _fault(text: Text, start: int, what: str, hint: str) -> Diagnostic:
    return text.fault(
        "too-large", start, start + 1, f"too many {what}: a page of this would take minutes to build", hint
    )
