"""The glossary: YAML in, terms and diagnostics out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence

from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.fields import nodes
from chapterhouse.fields.reading import Reading, nearest
from chapterhouse.glossary.names import Name, key, key_exact, names
from chapterhouse.glossary.shapes import FILE
from chapterhouse.model import Diagnostic, Source
from chapterhouse.terms import Glossary, Term, slug

MAX_CHARACTERS = 2_000_000
SHORTEST = 3
"""A name in small letters with fewer letters is a word that stands everywhere."""
MUTUAL = 3
"""The length of a circle of two: the first stands at its end again."""
MOST_SHOWN = 6
ITEM = re.compile(r"(?:[0-9]{1,9}|[A-Za-z])[.)] |[-+*#>|]|!!!")
# Words that a whole text is made of.
GENERAL = frozenset(
    "a about after all and any are as at be before but by can do for from had has have he her his how if in"
    " into is it its may must no not of on or our out she should so than that the their them then there they"
    " this those to was we were what when where which who will with within would you your".split()
)


def read(source: Source) -> tuple[Glossary, tuple[Diagnostic, ...]]:
    """The glossary from its YAML, and what is wrong with it. What is sound of it holds all the same."""
    reading = Reading(source)
    start = 1 if source.text.startswith("\ufeff") else 0
    tree, faults = nodes.read(source, start, len(source.text), MAX_CHARACTERS)
    reading.faults.extend(faults)
    if tree is None and not faults:
        reading.faults.append(
            fault(
                "empty-value", source, NOWHERE, "the glossary is empty", "write `terms:`, or delete the file"
            )
        )
    values = (FILE.values(tree, reading, "") if tree else None) or {}
    listed = list(enumerate(values.get("terms", ())))
    entries = _Entries(reading, listed)
    entries.run()
    sound = [
        dataclasses.replace(term, span=reading.places[f"terms[{index}].term"])
        for index, term in listed
        if index not in entries.refused
    ]
    accept = values.get("accept", ())
    glossary = Glossary(
        tuple(sorted(sound, key=lambda term: (key(term.term), term.term))),
        values.get("common", ()),
        source.path,
        accept,
        tuple(reading.places[f"accept[{index}]"] for index in range(len(accept))),
    )
    return glossary, tuple(reading.faults)


class _Entries:
    """What takes more than one value of the entries to see."""

    def __init__(self, reading: Reading, terms: list[tuple[int, Term]]) -> None:
        self.reading = reading
        self.terms = terms
        self.own = {term.term: index for index, term in reversed(terms)}
        self.refused: set[int] = set()
        """The entries that are left out."""

    def run(self) -> None:
        """Add every fault to the reading."""
        claims: dict[str, list[tuple[Name, int]]] = {}
        slugs: dict[str, int] = {}
        for index, term in self.terms:
            self._words(index, term)
            self._claim(index, term, claims)
            if index not in self.refused and slugs.setdefault(slug(term.term), index) != index:
                first = self._line(slugs[slug(term.term)])
                message = (
                    f"its address would be #{slug(term.term)}, which is that of the term on line {first}"
                )
                self._refuse("duplicate-term", f"terms[{index}].term", message, "write one of them otherwise")
                self.refused.add(index)
            self._related(index, term)
        self._circles("see", lambda term: term.see)
        self._circles("replaced_by.terms", lambda term: term.replaced_by.terms if term.replaced_by else ())

    def _places(self, index: int, term: Term) -> Iterator[tuple[str, str]]:
        """The names of a term, each with the path of its place."""
        yield term.term, f"terms[{index}].term"
        for name in ("abbreviation", "plural"):
            if value := getattr(term, name):
                yield value, f"terms[{index}].{name}"
        for number, alias in enumerate(term.aliases):
            yield alias, f"terms[{index}].aliases[{number}]"

    def _words(self, index: int, term: Term) -> None:
        for name, place in self._places(index, term):
            if _is_general(name):
                hint = "use words that stand for nothing else, or leave it out"
                self._refuse("wrong-type", place, f"{name} is too general to be a term", hint)
                self.refused.add(index)
            elif ITEM.match(name):
                hint = "leave the mark out: Markdown would make a list of it"
                self._refuse("wrong-type", place, f"{name} begins like an item of a list", hint)
                self.refused.add(index)
        own = {name.key for name in names(term)}
        for number, phrase in enumerate(term.never):
            words = f" {key(phrase)} "
            if not any(f" {name} " in words and name != key(phrase) for name in own):
                self._refuse(
                    "wrong-type",
                    f"terms[{index}].never[{number}]",
                    f"“{phrase}” holds no name of {term.term}, so it could not be taken for it",
                    "write the phrase with the name in it, or delete it",
                )

    def _claim(self, index: int, term: Term, claims: dict[str, list[tuple[Name, int]]]) -> None:
        places = dict(self._places(index, term))
        told: set[str] = set()
        for name in names(term):
            for other, first in claims.setdefault(name.key, []):
                # Where capitals count for both, Care and CARE may be two things.
                apart = name.exact and other.exact and key_exact(name.form) != key_exact(other.form)
                if apart or first == index or name.name in told:
                    continue
                told.add(name.name)
                message, hint = _clash(name, other, self._line(first))
                self._refuse("duplicate-term", places[name.name], message, hint)
                if name.name == term.term:
                    self.refused.add(index)
            claims[name.key].append((name, index))

    def _related(self, index: int, term: Term) -> None:
        named = [(f"terms[{index}].see[{n}]", other) for n, other in enumerate(term.see)]
        for number, other in enumerate(term.replaced_by.terms if term.replaced_by else ()):
            named.append((f"terms[{index}].replaced_by.terms[{number}]", other))
        for place, other in named:
            if other == term.term:
                self._refuse("circular-term", place, f"{other} leads to itself", "delete it")
            elif other not in self.own:
                known = next((t.term for _, t in self.terms if other in t.names), "")
                near = known or nearest(other, self.own)
                hint = f"write {near}" if near else "add an entry for it, or delete it"
                self._refuse("unknown-term", place, f"the glossary has no term “{other}”", hint)

    def _circles(self, path: str, leads: Callable[[Term], Sequence[str]]) -> None:
        """Terms that lead back to themselves, told where each circle closes."""
        terms: dict[str, tuple[int, Sequence[str]]] = {}
        for index, term in self.terms:
            terms.setdefault(term.term, (index, leads(term)))
        done: set[str] = set()
        for start in terms:
            way: dict[str, int] = {}  # the terms that are being looked at, each with how far it has been read
            here: str | None = None if start in done else start
            while here is not None:
                way.setdefault(here, 0)
                index, others = terms[here]
                number = way[here]
                if number == len(others):
                    done.add(here)
                    way.popitem()
                    here = next(reversed(way), None)
                    continue
                way[here] += 1
                other = others[number]
                if other in way and other != here:
                    circle = (*tuple(way)[tuple(way).index(other) :], other)
                    message, hint = _circle(path, circle)
                    self._refuse("circular-term", f"terms[{index}].{path}[{number}]", message, hint)
                elif other in terms and other not in done and other != here:
                    here = other

    def _line(self, index: int) -> int:
        return self.reading.places[f"terms[{index}]"].line

    def _refuse(self, code: str, path: str, message: str, hint: str) -> None:
        place = self.reading.places.get(path, NOWHERE)
        self.reading.faults.append(fault(code, self.reading.source, place, message, hint))


def _is_general(name: str) -> bool:
    """Whether a name would be met everywhere."""
    letters = [letter for letter in name if letter.isalnum()]
    if key(name) in GENERAL:
        return not (name.isupper() and len(letters) > 1)  # IT may be a term
    return not letters or (len(letters) < SHORTEST and not any(letter.isupper() for letter in name))


def _clash(name: Name, other: Name, line: int) -> tuple[str, str]:
    """What is said of a name that another entry has already, on a line, and the cure."""
    if name.is_abbreviation and other.is_abbreviation:
        message = f"{name.name} is the abbreviation of {other.term.term} too, on line {line}"
        return message, "an abbreviation has one meaning: keep one of them, and write the other out"
    what = other.name if other.name == other.term.term else f"{other.name} ({other.term.term})"
    hint = "keep it at one of them"
    if name.form != name.name or other.form != other.name:
        hint += "; singular, plural and capitals make no difference"
    return f"{name.name} is a name of the term {what} on line {line} already", hint


def _circle(path: str, circle: Sequence[str]) -> tuple[str, str]:
    """What is said of terms of which each leads to the next, and the last to the first, and the cure."""
    shown = circle if len(circle) <= MOST_SHOWN else (*circle[:3], "…", *circle[-2:])
    message = f"{path.partition('.')[0]} goes in a circle: {' → '.join(shown)}"
    if path != "see":
        return message, "one of them must be what is right now"
    if len(circle) == MUTUAL:
        return message, "delete one of the two: the page shows each at the other"
    return message, f"write it at {circle[0]} instead: the page shows it at both"
