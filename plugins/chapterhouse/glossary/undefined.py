"""What looks like a term and is none yet: abbreviations, phrases with capitals, words in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What may not stand before is looked at after the first capital: text has few of them.
ACRONYM = re.compile(r"[A-Z](?<![\w&@/.-].)[A-Z&]{0,8}[A-Z0-9](?=s?(?![\w&@/]|[-.]\w))")
ROMAN = re.compile(r"[IVXLC]+")
SMALL = "and|at|for|in|of|on|the|to"
WORD = "[A-Z][a-z]+(?:'[a-z]+)*"
PHRASE = re.compile(
    rf"(?=[A-Z])(?<![\w-])(?<!\w')(?!(?:An?|{SMALL.title()})[ \n]){WORD}"
    rf"(?:(?:[ \n](?:{SMALL})){{0,2}}[ \n]{WORD}){{1,7}}(?![\w-])"
)
OPENS = re.compile(r"(?:\A|[.!?:;\n\0|(\"*_>]|(?<!\S)[-+]|\n[0-9][0-9.]{0,7}[A-Z]{0,2})\s*\Z")
"""What stands before words that have their capital from the start of a sentence, an item or a cell."""
OPENING = re.compile(r"[A-Z][a-z]+(?=[ \n]the[ \n])")
"""The word of a sentence before its phrase: Ask the Golden Thread Panel."""
BRACKETED = re.compile(r"\(([A-Z][A-Za-z&]{0,8}[A-Z])s?\)")
BEFORE = re.compile(r"(?<![\w'-])(?:[^\W\d_][\w'-]*[ \n]{1,2}){1,9}\Z")
REACH = 250
"""How far before the brackets their meaning may begin, in characters."""
CAPITALS = re.compile(r"[A-Z]{2,}")
DATES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July"
    " August September October November December".split()
)
"""Words that have their capital for another reason than a name's."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that may want an entry: `text[start:end]`."""

    start: int
    end: int
    words: str
    """On one line; of an abbreviation the singular."""
    meaning: str = ""
    """Of an abbreviation in brackets: the words before it, of which it has the first letters."""


def unknown(text: str) -> Iterator[Unknown]:
    """The abbreviations and phrases of a text that look like terms, in no order.

    `text` is prose, with NUL for what is none and for the terms that are known.
    """
    text = text.replace("\u2019", "'")
    for match in ACRONYM.finditer(text):
        if not ROMAN.fullmatch(match[0]) and not _is_shouted(text, match):
            yield Unknown(match.start(), match.end(), match[0])
    yield from _phrases(text)


def _phrases(text: str) -> Iterator[Unknown]:
    position = 0
    while match := PHRASE.search(text, position):
        position = match.end()
        if OPENS.search(text, max(0, match.start() - 12), match.start()):
            if opening := OPENING.match(text, match.start()):
                position = opening.end()
            continue
        phrase = match[0].removesuffix("'s")
        words = phrase.split()
        if not DATES.intersection(words):
            yield Unknown(match.start(), match.start() + len(phrase), " ".join(words))


def written_out(text: str) -> Iterator[Unknown]:
    """The abbreviations that a text writes out: `strategy group (SG)`. `text` is prose, terms included."""
    text = text.replace("\u2019", "'")
    for match in BRACKETED.finditer(text):
        before = BEFORE.search(text, max(0, match.start() - REACH), match.start())
        words = before[0].split() if before else []
        letters = match[1].replace("&", "").lower()
        for count in range(1, len(words) + 1):
            tail = words[-count:]
            initials = "".join(
                part[:1].lower()
                for word in tail
                for part in word.split("-")
                if word.lower() not in SMALL_WORDS
            )
            if initials == letters and tail[0].lower() not in SMALL_WORDS:
                yield Unknown(match.start(1), match.end(1), match[1], " ".join(tail))
                break


SMALL_WORDS = frozenset(SMALL.split("|"))


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Whether it stands among other words in capitals."""
    before = text[max(0, match.start() - 30) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + 30].split()[:1]
    return any(CAPITALS.fullmatch(word.strip(".,;:()")) for word in (*before, *after))
