"""What the register calls its instruments, arranged for looking up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from chapterhouse.citations.kinds import ENDINGS, LAW, MADE, type_of
from chapterhouse.law import Instrument, Register

WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9][A-Za-z\u00c0-\u024f0-9'-]*|&")
YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
# What was meant for a year and is none: 2104, 20044.
ODD_YEAR = r"2[1-9][0-9]{2}|1[0-9]{4}|20[0-9]{3}"
TITLE = re.compile(rf"(.*?),? ?({YEAR.pattern})\Z")
MOVED = re.compile(rf"({YEAR.pattern}) (.*)\Z")
ACRONYM = re.compile(r"[A-Za-z][A-Za-z&()-]{0,11}\Z")
DATED_ACRONYM = re.compile(r"([A-Z][A-Za-z&()]{0,11}) ?((?:19|20)?[0-9]{2})\Z")
MATCHES = 2
"""How many words two titles must share to be taken for one another."""
ROOT = 5
"""How many first letters make two words akin: learners, learning."""
# With the letter that a possessive leaves where its apostrophe was written as an entity.
ARTICLES = frozenset({"the", "a", "an", "s"})
# Words that a title can share with any other.
COMMON = frozenset({"and", "of", "the", "for", "in", "to", "act", "regulation", "order", "rule", "measure"})
# Two titles that differ in one of these are two instruments.
TELLING = frozenset(
    "amendment wale england scotland northern ireland transitional commencement consequential".split()
)


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word as titles are compared by: Children's, children and CHILDREN are one, and Boards is Board."""
    word = word.lower()
    if word == "&":
        return "and"
    word = word.replace("'s", "").replace("'", "").replace("-", "")
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def stems(text: str) -> tuple[str, ...]:
    """The words of a title, as `stem` has them, without articles."""
    return tuple(s for s in (stem(word[0]) for word in WORD.finditer(text)) if s not in ARTICLES)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is no title of legislation: of guidance, of a treaty."""

    words: tuple[str, ...]
    ids: tuple[str, ...]
    cased: int
    """How many of its words begin with a capital."""


@dataclass
class Branch:
    """What can follow the words of a name so far, and the name that ends here."""

    next: dict[str, Branch] = field(default_factory=dict)
    phrase: Name | None = None


@dataclass
class Names:
    """Every name of a register."""

    titles: dict[str, dict[int | None, tuple[str, ...]]] = field(default_factory=lambda: defaultdict(dict))
    """By the stems of a title without its year, joined; then by year. None holds what the register
    itself lets stand without one."""
    wrong: dict[tuple[str, int | None], str] = field(default_factory=dict)
    """Titles that do not exist, with what is meant."""
    acronyms: dict[str, dict[int | None, tuple[str, ...]]] = field(default_factory=lambda: defaultdict(dict))
    """By the letters, then by year; None where they may stand alone."""
    phrases: Branch = field(default_factory=Branch)
    """A tree of stems."""
    heads: set[str] = field(default_factory=set)
    """The first words of phrases, as they are written."""
    numbers: dict[tuple[int, str], str] = field(default_factory=dict)
    """Statutory instruments by year and number."""
    years: dict[str, int] = field(default_factory=dict)
    """The year of every instrument that has one."""
    editions: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """The editions of guidance, by the id of the guidance and their year."""
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Keys of `titles` by each telling word in them."""
    roots: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The same, by the first letters of the longer words."""
    umbrellas: set[tuple[str, ...]] = field(default_factory=set)
    """The stems of the titles of guidance that has editions: a title alone is none of them."""
    as_of: int = 0
    """The year up to which the register was kept."""
    spelt: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The stems of every key of `titles`."""

    @cached_property
    def head_pattern(self) -> re.Pattern[str]:
        """Finds a word with which the name of guidance can begin."""
        heads = self.heads | {head.upper() for head in self.heads}
        return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(heads))) or '(?!)'})(?!\w)")

    def add(self, name: str, instrument: str, year: int | None, *, alone: bool) -> None:
        """Enter a name. `alone` says that it may stand without a year."""
        if moved := MOVED.match(name):
            name = f"{moved[2]} {moved[1]}"
        titled = TITLE.match(name)
        base, named = (titled[1], int(titled[2])) if titled else (name, None)
        parts = stems(base)
        if not parts:
            return
        passed = type_of(instrument) in LAW + MADE
        if passed and parts[-1] in ENDINGS and len(parts) > 1:
            self._add_title(parts, instrument, [named or year] + ([None] if alone and not titled else []))
        elif dated := DATED_ACRONYM.match(name):
            _join(self.acronyms[dated[1]], century(dated[2]), instrument)
        elif ACRONYM.match(name) and sum(letter.isupper() for letter in name) > 1:
            _join(self.acronyms[name], None, instrument)
            _join(self.acronyms[name], year, instrument)
        else:
            self.add_phrase(name, instrument)

    def _add_title(self, parts: tuple[str, ...], instrument: str, years: list[int | None]) -> None:
        """Enter a title of legislation by its stems; in everyday use nobody writes its "etc."."""
        everyday = tuple(part for part in parts if part not in ("etc", "c"))
        for spelt in dict.fromkeys((parts, everyday)):
            key = "".join(spelt)
            self.spelt[key] = spelt
            for year in years:
                _join(self.titles[key], year, instrument)
            for part in spelt:
                if part not in COMMON:
                    self.words[part].add(key)
                    if len(part) >= ROOT:
                        self.roots[part[:ROOT]].add(key)

    def add_phrase(self, name: str, instrument: str) -> None:
        """Enter a name that is no title of legislation."""
        words = [match[0] for match in WORD.finditer(name)]
        found = stems(name)
        branch = self.phrases
        for word in found:
            branch = branch.next.setdefault(word, Branch())
        known = branch.phrase
        ids = (instrument,) if known is None else tuple(dict.fromkeys((*known.ids, instrument)))
        cased = sum(word[0].isupper() for word in words if stem(word) not in ARTICLES)
        branch.phrase = Name(found, ids, cased)
        self.heads.add(next(word for word in words if stem(word) not in ARTICLES))


def _join(table: dict[int | None, tuple[str, ...]], year: int | None, instrument: str) -> None:
    if instrument not in table.get(year, ()):
        table[year] = (*table.get(year, ()), instrument)


def century(digits: str) -> int:
    """The year that two or four figures stand for."""
    year = int(digits)
    if year > 99:
        return year
    return year + (1900 if year > 40 else 2000)


@lru_cache(maxsize=8)
def names_of(register: Register) -> Names:
    """The names of a register; made once for each."""
    names = Names(as_of=register.as_of.year)
    editions = {instrument.edition_of for instrument in register.instruments.values()}
    names.umbrellas = {stems(register.instruments[i].title) for i in editions if i in register.instruments}
    for instrument in register.instruments.values():
        _enter(names, instrument)
    for identity, title in register.titles.items():
        titled = TITLE.match(title)
        names.add(title, identity, int(titled[2]) if titled else None, alone=False)
        if titled:
            names.years[identity] = int(titled[2])
        _number(names, identity)
    for form, ids in register.ambiguous.items():
        if ACRONYM.match(form):
            for identity in ids:
                _join(names.acronyms[form], None, identity)
        elif stems(form)[-1] not in ENDINGS:
            for identity in ids:
                names.add_phrase(form, identity)
    return names


def _enter(names: Names, instrument: Instrument) -> None:
    if instrument.year:
        names.years[instrument.id] = instrument.year
    for day in instrument.reissued:
        names.editions[instrument.id][day.year] = instrument.id
    title = re.sub(rf" \((?:[^()]*\b)?{YEAR.pattern}\)\Z", "", instrument.title)
    if instrument.edition_of:
        if instrument.year:
            names.editions[instrument.edition_of][instrument.year] = instrument.id
        forms = [f for f in instrument.short_forms if YEAR.search(f) or not DATED_ACRONYM.match(f)]
        if stems(title) not in names.umbrellas:
            forms.append(title)
    else:
        names.add(title, instrument.id, instrument.year, alone=False)
        forms = list(instrument.short_forms)
    for form in forms:
        names.add(form, instrument.id, instrument.year, alone=True)
    for wrong in instrument.wrong_titles:
        titled = TITLE.match(wrong)
        key = "".join(stems(titled[1] if titled else wrong))
        names.wrong[key, int(titled[2]) if titled else None] = instrument.id
    _number(names, instrument.id)


def _number(names: Names, identity: str) -> None:
    kind, _, rest = identity.partition("/")
    year, _, number = rest.partition("/")
    if kind in ("uksi", "wsi") and year.isdigit():
        names.numbers[int(year), number] = identity


def years_of(names: Names, key: str) -> Iterator[tuple[int, str]]:
    """Every year of a title, with the instrument."""
    for year, ids in names.titles.get(key, {}).items():
        if year is not None:
            yield from ((year, identity) for identity in ids)


def likely_year(cited: int, years: Iterable[int]) -> int:
    """The year that was most likely meant: with two figures exchanged, with one other, or the closest."""

    def distance(year: int) -> tuple[int, int]:
        mine, other = str(cited)[:4], str(year)
        wrong = sum(a != b for a, b in zip(mine, other, strict=True))
        exchanged = sorted(mine) == sorted(other)
        return (0 if exchanged else wrong, abs(cited - year))

    return min(years, key=distance)


def nearest(names: Names, words: tuple[str, ...], year: int | None) -> tuple[str, float]:
    """The key of the known title that shares most words with an unknown one, and how alike they are (0 to 1).

    `words` are stems, the last of them act, regulation and so on. An empty key: nothing comes near.
    """
    own = {word for word in words if word not in COMMON}
    keys = set().union(*(names.words.get(word, ()) for word in own))
    keys.update(*(names.roots.get(word[:ROOT], ()) for word in own if len(word) > ROOT))
    best, score = "", (0.0, False)
    for key in keys:
        other = {word for word in names.spelt[key] if word not in COMMON}
        if names.spelt[key][-1] != words[-1] or TELLING & (own ^ other):
            continue
        matches = [1.0 if word in other else 0.8 for word in own if word in other or _akin(word, other)]
        lone = len(own) == len(other) == 1 and year in names.titles[key]
        # One word in common is chance, unless it is all there is.
        if len(matches) < MATCHES and not lone:
            continue
        shared = sum(matches)
        likeness = 2 * shared / (len(own) + len(other))
        if year is not None and year in names.titles[key]:
            likeness = (likeness + 1) / 2 if likeness >= 0.5 else likeness
        rank = (likeness, year in names.titles[key])
        if (rank, key) > (score, best):
            best, score = key, rank
    return best, score[0]


def _akin(word: str, others: set[str]) -> bool:
    """Whether one of the others begins as this word does: learners, learning."""
    return len(word) > ROOT and any(other[:ROOT] == word[:ROOT] for other in others)
