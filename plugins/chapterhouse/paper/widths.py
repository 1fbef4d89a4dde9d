"""How wide words are on paper, near enough to lay out a table: hardly ever less than they turn out to be.

Measured in the font of the template, the wider of its upright and bold letters. Every other letter is taken
to be as wide as it is high: a few are wider, such as U+FDFD, a sentence in one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chapterhouse.paper.nodes import Break, Footnote, Inline, Picture, Words

MM = 25.4 / 72
"""A point in millimetres."""

EMS = {
    0.25: " ',.|\u00a0",
    0.3: "!:;\u2018\u2019",
    0.35: "()/\\ijl{}",
    0.4: '"-IJ[]`ft',
    0.45: "*?rs“”",
    0.5: "_cez~é§",
    0.55: "#$0123456789FS^abgv£\u2013€",
    0.6: "+<=>Ldopquxy",
    0.65: "%EPYZhknŶ",
    0.7: "BT",
    0.75: "&ACDGKNOQRUVX—½",
    0.8: "wŵ",
    0.85: "H",
    0.9: "M",
    0.95: "m",
    1.0: "@",
    1.05: "W",
}
"""The widths of letters, in ems, rounded up."""
WIDTHS = {letter: em for em, letters in EMS.items() for letter in letters}
OTHER, MONOSPACED, PICTURE = 1.0, 0.62, 20.0
SPACES = re.compile("[ \n\u200b]+")


def ems(text: str, *, code: bool = False) -> float:
    """The width of a text on one line, in ems."""
    if code:
        return sum(MONOSPACED if letter < "\u2e80" else OTHER for letter in text)
    return sum(WIDTHS.get(letter, OTHER) for letter in text)


def longest(run: Iterable[Inline]) -> tuple[float, float]:
    """The widths in ems of the longest word and of the longest line of running text.

    Words that stand together without a space, whatever their looks, are one. A picture may be made small.
    """
    word = line = longest_word = longest_line = 0.0
    for one in run:
        if isinstance(one, Words):
            code = "code" in one.styles
            for number, piece in enumerate(SPACES.split(one.text)):
                if number:
                    word = 0.0
                    line += WIDTHS[" "]
                wide = ems(piece, code=code)
                word, line = word + wide, line + wide
                longest_word = max(longest_word, word)
        elif isinstance(one, Footnote):
            word, line = word + 1, line + 1
        elif isinstance(one, Picture):
            line += PICTURE
        elif isinstance(one, Break):
            longest_line, word, line = max(longest_line, line), 0.0, 0.0
        longest_word = max(longest_word, word)
    return longest_word, max(longest_line, line)
