"""Terms in a text: one pass, whatever the number of terms, in time that grows with the text alone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from chapterhouse.glossary.names import APOSTROPHES, HYPHENS, NBSP, Name, forms, key, names
from chapterhouse.masking import REFUSING
from chapterhouse.terms import Glossary, Term

SAME = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict.fromkeys(HYPHENS, "-"),
}
COMBINING = "\u0300-\u036f"
# Here each branch begins with a letter of its own, and looks back from behind it: `re` finds those ten times
# as fast. What dresses words, or parts them for a hyphen: that of "multi-agency" may be a space as well. A
# star with space on both sides begins an item.
DRESS = re.compile(
    r"\*(?<=[^\s*]\*)\**|\*(?<!\*\*)\**+(?=\S)"
    rf"|_(?<![^\W_]_)_*|__*(?![^\W_])|-(?<=[\w{COMBINING}]-)(?=\w)"
)
HYPHEN_AT_END = re.compile(rf"-(?<=[\w{COMBINING}]-)(?=[ ]*[\r\n][ ]*\w)")
END = re.compile(r"(\r\n|\n|\r)")
QUOTED = re.compile(r"(?:[ >]|(?:[-+*]|\d{1,9}[.)]) )*")
"""The signs of quotations, and of the items in which they stand."""
# How a line begins that goes on with the one above: it is not blank, and no block of its own.
GOES_ON = re.compile(r"[ >]*(?![ >]|[-+*#|:]|!!!|\d{1,9}[.)] |[A-Za-z][.)] |\[\^|\Z)")
SIGN = re.compile(r"@|://|\.(?<=\w\.)(?=\w)")
"""What a word has that is an address."""
ADDRESS = "@/.#&?=%+~"
"""What stands beside a part of one."""
SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: `text[start:end]` are its words, a possessive 's among them."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Refusal:
    """A backslash before a word, by which an editor refuses a link."""

    start: int
    """The offset of the backslash."""
    refused: bool
    """Whether there was a term to be refused."""


Stretch = tuple[int, int]
INNER = re.compile(r"_+[^\W_]")
INNER_BEFORE = re.compile(r"[^\W_]_{1,3}\Z")

Tree = dict[str, "Tree"]
"""The letters that may follow; an empty one where a name ends."""


class Finder:
    """What finds the terms of one glossary."""

    def __init__(self, glossary: Glossary) -> None:
        self.names: dict[str, list[Name]] = {}
        """By key, in the order of the glossary."""
        for term in glossary.terms:
            for name in names(term):
                self.names.setdefault(name.key, []).append(name)
        for listed in self.names.values():
            listed.sort(key=lambda name: not name.exact)  # "Board" before "board"
        self.never: dict[str, list[Term]] = {}
        """The terms that a phrase must not be taken for, by the key of the phrase."""
        for term in glossary.terms:
            for phrase in term.never:
                for form in forms(phrase, term):
                    self.never.setdefault(key(form), []).append(term)
        self.pattern = _pattern(self.names)
        self.phrases = _pattern(self.never)

    def find(self, text: str) -> tuple[Found, ...]:
        """The terms of a text in order, the longest at each place; none overlaps another.

        In `text` a NUL stands for each character that is not prose. A name is met as a whole word, over the
        end of a line, with spaces for hyphens and hyphens for spaces, in the plural and the possessive. Where
        capitals count, they must be right.
        """
        return tuple(self._find(text)) if self.names else ()

    def refusals(self, text: str) -> tuple[Refusal, ...]:
        """The backslashes by which an editor refuses a term, each with whether there is one."""
        places = [match.start() for match in REFUSING.finditer(text)] if "\\" in text else []
        if not places:
            return ()
        read = _Text(text, fold(text))
        return tuple(
            Refusal(place, bool(self.names) and self._at(read, place + 1, len(text)) is not None)
            for place in places
        )

    def _find(self, text: str) -> Iterator[Found]:
        read = _Text(text, fold(text))
        if self.never:
            read.phrases = [match.span(1) for match in self.phrases.finditer(read.folded)]
        position = 0
        while match := self.pattern.search(read.folded, position):
            found = self._at(read, match.start(), match.end())
            if found is None:
                position = match.start() + 1
                continue
            position = found.end
            if not _is_refused(text, found.start):
                yield found

    def _at(self, read: _Text, start: int, end: int) -> Found | None:
        """The longest name at a place that is right there."""
        folded = read.folded
        while match := self.pattern.match(folded, start, end):
            if read.is_free(start, match.end()):
                phrase = read.phrase(start, match.end(1))
                banned = self.never[_key(phrase)] if phrase else []
                for name in self.names[_key(match[1])]:
                    if read.is_right(match, name) and not any(one is name.term for one in banned):
                        return Found(start, match.end(), name)
            # A shorter name may begin with the same words.
            end = match.end(1) - 1
            while end > start and folded[end].isalnum():
                end -= 1
            while end > start and folded[end - 1] == " ":
                end -= 1
            if end <= start:
                return None
        return None


@dataclass
class _Text:
    """A text in which names are found, with what tells at a place whether one is right there."""

    text: str
    folded: str
    phrases: Sequence[Stretch] = ()
    """Where the phrases stand that are not what they hold, in order."""

    def phrase(self, start: int, end: int) -> str:
        """The phrase that holds a stretch, folded; empty where none does."""
        place = bisect_right(self.phrases, start, key=lambda one: one[0]) - 1
        if place < 0 or self.phrases[place][1] < end:
            return ""
        return self.folded[slice(*self.phrases[place])]

    def is_free(self, start: int, end: int) -> bool:
        """Whether words are no part of a longer word or of an address, nor after a backslash that is seen."""
        text = self.text
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if before and before in HYPHENS and text[max(start - 2, 0) : start - 1].isalnum():
            return False
        if before == "\\" and not _is_refused(text, start):
            return False
        # _LADO__x_: signs of emphasis beside a word are read by what stands on both sides of them.
        if (after == "_" and INNER.match(text, end)) or (
            before == "_" and INNER_BEFORE.search(text, max(start - 4, 0), start)
        ):
            return False
        beside = (before and before in ADDRESS) or (after and after in ADDRESS)
        return not beside or not self._is_of_an_address(start, end)

    def is_right(self, match: re.Match[str], name: Name) -> bool:
        """Whether the words are the name: its capitals, and no part of a longer word."""
        after = self.text[match.end() : match.end() + 2]
        if after[:1] in tuple(HYPHENS) and after[1:].isalnum() and not name.is_abbreviation:
            return False
        return name.is_written(self.text[match.start() : match.end(1)])

    def _is_of_an_address(self, start: int, end: int) -> bool:
        place = bisect_right(self._addresses, start, key=lambda one: one.start) - 1
        for one in self._addresses[max(place, 0) : place + 2]:
            # A name may have such a sign itself: s.47 enquiry.
            if one.start < end and start < one.end and (one.first < start or end <= one.last):
                return True
        return False

    @cached_property
    def _addresses(self) -> Sequence[_Address]:
        return list(_addresses(self.text))


@dataclass(frozen=True, slots=True)
class _Address:
    """A word that is an address: where it stands, its first sign of one, and its last."""

    start: int
    end: int
    first: int
    last: int


def _addresses(text: str) -> Iterator[_Address]:
    signs = SIGN.finditer(text)
    sign = next(signs, None)
    while sign:
        start = first = last = sign.start()
        while start and not text[start - 1].isspace():
            start -= 1
        space = SPACE.search(text, sign.end())
        end = space.start() if space else len(text)
        while (sign := next(signs, None)) and sign.start() < end:
            last = sign.start()
        yield _Address(start, end, first, last)


def fold(text: str) -> str:
    """A text in small letters with one kind of space and apostrophe, spaces for hyphens and ends of lines.

    Where one block ends and another begins a line feed stays. The length stays, and so does every place.
    """
    for sign in SAME.keys() & set(text):
        text = text.replace(sign, SAME[sign])
    if "&" in text:
        text = NBSP.sub(_spaces, text)
    text = HYPHEN_AT_END.sub(" ", text)
    text = DRESS.sub(_spaces, text)
    text = _joined(text)
    low = text.lower()
    # A few letters of other alphabets become two.
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _spaces(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _joined(text: str) -> str:
    """A text with spaces for the ends of lines that go on, and for the signs of quotation after them."""
    parts = END.split(text)
    deep = 0
    for index in range(1, len(parts), 2):
        above, below = parts[index - 1], parts[index + 1]
        # A quotation goes on over lines without its sign, to the next blank line.
        deep = max(deep, _depth(above)) if above.strip() else 0
        goes_on = GOES_ON.match(below)
        if goes_on is None or "|" in above or "|" in below or goes_on[0].count(">") > deep:
            parts[index] = "\n" * len(parts[index])
        else:
            parts[index] = " " * len(parts[index])
            parts[index + 1] = " " * goes_on.end() + below[goes_on.end() :]
    return "".join(parts)


def _depth(line: str) -> int:
    signs = QUOTED.match(line) if ">" in line else None
    return signs[0].count(">") if signs else 0


def _key(matched: str) -> str:
    joined = " ".join(matched.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def _is_refused(text: str, start: int) -> bool:
    return text[start - 1 : start] == "\\" and REFUSING.match(text, start - 1) is not None


def _pattern(found: Iterable[str]) -> re.Pattern[str]:
    """What matches any of some keys, the longest first, as a tree of their letters: no key is tried twice."""
    tree: Tree = {}
    for one in found:
        for spelling in {one, unicodedata.normalize("NFD", one)}:
            node = tree
            for letter in spelling:
                node = node.setdefault(letter, {})
            node[""] = {}
    words = _branches(tree) if tree else "(?!)"
    return re.compile(rf"(?<![\w{COMBINING}])({words})(?:'s)?(?![\w{COMBINING}])")


def _branches(tree: Tree) -> str:
    ends = "" in tree
    branches = []
    for letter, below in sorted(tree.items()):
        if not letter:
            continue
        # A chain of single letters is one string.
        text, node = letter, below
        while len(node) == 1 and "" not in node:
            ((further, node),) = node.items()
            text += further
        rest = _branches(node) if set(node) != {""} else ""
        branches.append(re.escape(text).replace(r"\ ", " +") + rest)
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined
