"""Terms in a text: one pass, whatever the number of terms, in time that grows with the text alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chapterhouse.glossary.names import APOSTROPHES, HYPHENS, Name, key, names
from chapterhouse.masking import REFUSING
from chapterhouse.terms import Glossary

SAME = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict.fromkeys(HYPHENS, "-"),
}
NBSP = re.compile(r"&nbsp;|&#160;")
# Here each branch begins with a letter of its own, and looks back from behind it: `re` finds those ten times
# as fast. What dresses words, or parts them for a hyphen: that of "multi-agency" may be a space as well.
DRESS = re.compile(r"\*\**|_(?<![^\W_]_)_*|__*(?![^\W_])|-(?<=\w-)(?=\w)")
HYPHEN_AT_END = re.compile(r"-(?<=\w-)(?=[ ]*[\r\n][ ]*\w)")
# A line that goes on: not to a blank one, nor to one that begins a block of its own.
LINE = re.compile(r"(?:\r\n|\n|\r)([ >]*(?![ >]|[-+*#|:]|!!!|\d{1,9}[.)] |[A-Za-z][.)] |\[\^|\r|\n|\Z))?")
COMBINING = "\u0300-\u036f"
INSIDE = re.compile(r"://|@|\bwww\.|\.\w|\w\.\w")
"""What a word has that is an address."""
ADDRESS = "@/.#&"


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
        self.never: dict[str, list[Name]] = {}
        """The names that a phrase must not be taken for, by the key of the phrase."""
        for term in glossary.terms:
            for phrase in term.never:
                self.never.setdefault(key(phrase), []).extend(names(term))
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
        folded = fold(text) if places else ""
        return tuple(
            Refusal(place, bool(self.names) and self._at(text, folded, place + 1) is not None)
            for place in places
        )

    def _find(self, text: str) -> Iterator[Found]:
        folded = fold(text)
        banned = self._banned(folded)
        position = 0
        while match := self.pattern.search(folded, position):
            found = self._at(text, folded, match.start(), match.end(), banned)
            if found is None:
                position = match.start() + 1
                continue
            position = found.end
            if not _is_refused(text, found.start):
                yield found

    def _banned(self, folded: str) -> list[tuple[int, int, Name]]:
        if not self.never:
            return []
        return [
            (match.start(), match.end(), name)
            for match in self.phrases.finditer(folded)
            for name in self.never[_key(match[1])]
        ]

    def _at(
        self,
        text: str,
        folded: str,
        start: int,
        end: int | None = None,
        banned: Iterable[tuple[int, int, Name]] = (),
    ) -> Found | None:
        """The longest name at a place that is right there."""
        while match := self.pattern.match(folded, start, len(folded) if end is None else end):
            for name in self.names[_key(match[1])]:
                if _is_right(text, match, name) and not any(
                    low <= start and match.end(1) <= high and other.term is name.term
                    for low, high, other in banned
                ):
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
    text = LINE.sub(_line, text)
    low = text.lower()
    # A few letters of other alphabets become two.
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _spaces(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _line(match: re.Match[str]) -> str:
    return ("\n" if match[1] is None else " ") * len(match[0])


def _key(matched: str) -> str:
    joined = " ".join(matched.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def _is_refused(text: str, start: int) -> bool:
    return text[start - 1 : start] == "\\" and REFUSING.match(text, start - 1) is not None


def _is_right(text: str, match: re.Match[str], name: Name) -> bool:
    """Whether the words are the name: its capitals, and no part of a longer word or an address."""
    start, end = match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before in HYPHENS and text[start - 2 : start - 1].isalnum():
        return False
    if before == "\\" and not _is_refused(text, start):
        return False
    if after and after in HYPHENS and text[end + 1 : end + 2].isalnum() and not name.is_abbreviation:
        return False
    if ((before and before in ADDRESS) or (after and after in ADDRESS)) and _is_address(text, start, end):
        return False
    if not name.exact:
        return True
    written = text[start : match.end(1)]
    if written == name.form:
        return True
    return key_exact(written) == key_exact(name.form)


def key_exact(text: str) -> str:
    """A name as exact names are compared: as `key`, with its capitals."""
    for sign in APOSTROPHES:
        text = text.replace(sign, "'")
    return " ".join(re.sub(rf"[\s*>_{HYPHENS}]+", " ", unicodedata.normalize("NFC", text)).split())


def _is_address(text: str, start: int, end: int) -> bool:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return INSIDE.search(text[start:end].strip(".,;:()")) is not None


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
