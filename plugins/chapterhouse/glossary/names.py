"""The forms in which a term may be written: its names, their plurals and singulars, folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from chapterhouse.terms import Term

APOSTROPHES = "\u2018\u2019\u201b\u02bc"
HYPHENS = "\u2010\u2011-"
# A hyphen that joins words may be a space as well; that of "pre- and post-birth" is a part of its word.
JOINING = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")
NBSP = re.compile(r"&nbsp;|&#160;")
# What may stand between the words of a name where capitals are compared.
LOOSE = re.compile(rf"[\s*>_{HYPHENS}]+")
# The noun that takes the plural stands before these: chief officers of police.
AFTER_NOUN = re.compile(r" (?:about|at|by|for|from|in|of|on|to|under|with|without) ")
IRREGULAR = {
    "child": "children",
    "grandchild": "grandchildren",
    "stepchild": "stepchildren",
    "man": "men",
    "chairman": "chairmen",
    "woman": "women",
    "person": "people",
    "wife": "wives",
    "midwife": "midwives",
}
SINGULAR = {plural: single for single, plural in IRREGULAR.items()}
POSSESSIVE = tuple(f"{sign}s" for sign in f"'{APOSTROPHES}")
UNCOUNTED = ("ss", "us", "is", "ics", "series", "news")
"""How words end that look like plurals and are none."""


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a term, in one of its forms."""

    term: Term
    name: str
    """As the glossary writes it."""
    form: str
    """As it is met: the name itself, its plural or its singular."""
    exact: bool
    """Whether capitals must be as in `form`."""

    @property
    def key(self) -> str:
        """What the form is compared by."""
        return key(self.form)

    @property
    def is_abbreviation(self) -> bool:
        """Whether it stands for words that a reader may not know."""
        return self.name == self.term.abbreviation

    def is_written(self, words: str) -> bool:
        """Whether words that have its key have its capitals too. A sentence may begin with any of them."""
        if not self.exact or words == self.form:
            return True
        own, written = key_exact(self.form), key_exact(words)
        opens = not self.is_abbreviation and self.term.case != "exact"
        return written == own or (opens and written == own[:1].upper() + own[1:])


def key(text: str) -> str:
    """A name as names are compared: small letters, one kind of apostrophe, a space for each hyphen."""
    joined = JOINING.sub(" ", _straight(unicodedata.normalize("NFC", text)))
    for sign in HYPHENS:
        joined = joined.replace(sign, "-")
    return " ".join(joined.split()).lower()


def key_exact(text: str) -> str:
    """A name as exact names are compared: as `key`, with its capitals."""
    spaced = NBSP.sub(" ", _straight(unicodedata.normalize("NFC", text)))
    return " ".join(LOOSE.sub(" ", spaced).split())


def _straight(text: str) -> str:
    for sign in APOSTROPHES:
        text = text.replace(sign, "'")
    return text


def names(term: Term) -> Iterator[Name]:
    """Every form of every name of a term. Of a name written with a capital, capitals count."""
    seen: set[tuple[str, str]] = set()
    for name in term.names:
        exact = name == term.abbreviation or (
            term.case == "exact" if term.case else any(letter.isupper() for letter in name)
        )
        for form in forms(name, term):
            if (key(form), form if exact else "") not in seen:
                seen.add((key(form), form if exact else ""))
                yield Name(term, name, form, exact)


def forms(name: str, term: Term) -> Iterator[str]:
    """A name, its plural, and its singular if it is written in the plural; none of signs alone."""
    if not any(letter.isalnum() for letter in name):
        return
    yield name
    if name == term.abbreviation:
        yield f"{name}s"
        return
    if name != term.plural and not (name == term.term and term.plural):
        yield plural(name)
    head, rest = _head(name)
    word = head.rpartition(" ")[2]
    if word.lower() == "person":
        yield f"{head}s{rest}"  # as the law has it
    if single := _singular(word):
        yield head.removesuffix(word) + single + rest


def plural(name: str) -> str:
    """The regular plural of a phrase: of the noun before a preposition, else of its last word."""
    head, rest = _head(name)
    word = re.split(r"[ -]", head)[-1]
    return head[: len(head) - len(word)] + _plural(word) + rest


def _head(name: str) -> tuple[str, str]:
    found = AFTER_NOUN.search(name)
    return (name[: found.start()], name[found.start() :]) if found else (name, "")


def _plural(word: str) -> str:
    low = word.lower()
    if len(word) > 1 and word.isupper():
        return word + "s"
    if low in IRREGULAR:
        return word[:1] + IRREGULAR[low][1:]
    if low in SINGULAR or low.endswith(POSSESSIVE) or (low.endswith("s") and _singular(word)):
        return word
    if low.endswith("sis"):
        return word[:-2] + "es"
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _singular(word: str) -> str:
    low = word.lower()
    if low in SINGULAR:
        return word[:1] + SINGULAR[low][1:]
    if not low.endswith("s") or low.endswith((*UNCOUNTED, *POSSESSIVE)) or len(low) < 4 or word.isupper():
        return ""
    if low.endswith("ies"):
        return word[:-3] + "y"
    if low.endswith(("xes", "zes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]
