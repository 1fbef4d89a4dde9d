"""Where the words of a value stand in its file: YAML folds, indents and quotes them there."""

from __future__ import annotations

import re

from chapterhouse.model import Source, Span

WORD = re.compile(r"\S+")


def place(source: Source, written: tuple[int, int], value: str, start: int, end: int) -> Span:
    """The place in the file of `value[start:end]`; `written` is where the whole value stands.

    Where the file writes the words in another way, with escapes, it is the first line of the value.
    """
    position = written[0]
    low = high = -1
    for word in WORD.finditer(value):
        found = source.text.find(word[0], position, written[1])
        if found < 0:
            break
        position = found + len(word[0])
        if low < 0 and start < word.end():
            low = found + max(start - word.start(), 0)
        if word.end() >= end:
            high = found + max(end - word.start(), 1)
            break
        high = position
    if low < 0 or high < low:
        low = written[0]
        high = low + len(source.line(source.span(low, low).line)) - source.span(low, low).column + 1
        high = min(max(high, low), written[1])
    return source.span(low, high)
