"""Where a text names an instrument, and what it calls it. Nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapterhouse.citations import guidance, numbers, titles
from chapterhouse.citations.named import Named, Taken
from chapterhouse.citations.names import Names, century
from chapterhouse.law import CitationKind

OFFICIAL = (
    r"legislation\.gov\.uk/(?:id/)?"
    r"(?P<{0}>(?:ukpga|anaw|asc|mwa|uksi|wsi|eur)/(?:[0-9]{{4}}|[A-Za-z0-9]+/[0-9-]+)/[0-9]+)(?P<{1}>(?:/[A-Za-z0-9-]{{1,60}}){{0,12}})"
)
# Each branch begins with a letter of its own: what else there is is skipped fast.
ADDRESS = re.compile(
    rf"https?://(?:(?:www\.)?{OFFICIAL.format('id', 'path')}|[^\s<>()\[\]\"]+)"
    rf"|{OFFICIAL.format('bare', 'below')}"
)
PROVISION = re.compile(
    r"/((?:section|regulation|article|part|chapter|schedule|paragraph|rule)/[0-9A-Za-z]+(?:/[0-9A-Za-z]+)*?)"
    r"(?=/(?:made|enacted|prospective|england|wales|data)|/[0-9]{4}-|\Z)"
)
# As in: the 2004 Act, this Act, the said Act, the Act of 1989, (of the above), the same Regulations.
NOUN = re.compile(
    r"(?:Act|act|Regulations|Order|Measure|Convention|\( ?of the above ?\))(?![\w-])"
    r"(?: of (?P<of>(?:18|19|20)[0-9]{2})(?![0-9/]))?"
)
WHICH = re.compile(
    r"(?<![\w-])(?P<which>[Tt]he|[Tt]his|[Tt]hat|[Tt]hose|[Tt]hese)[ \n]{1,2}"
    r"(?P<same>(?:same|said|above|latter)[ \n]{1,2})?"
    r"(?P<year>(?:18|19|20)[0-9]{2})?[ \n]{0,2}\Z"
)
LONGEST_WHICH = 24
# Letters of which at least two are capitals, and the figures that may follow at once.
ACRONYM = re.compile(
    r"(?P<letters>[A-Z](?:[a-z]?[A-Z]|&[A-Z]|[a-z]?\([A-Z]\))[A-Za-z&()-]{0,9}?)"
    r"(?P<figures>(?:19|20)[0-9]{2}|[0-9]{2})?(?![\w&]|\([A-Z]\))"
)
# An acronym behind its words, or before them: sleep apnoea (OSA).
DEFINED = re.compile(
    r"\((?<=[A-Za-z] \()([A-Z][A-Za-z&]{1,9})\)|(?<![\w&])([A-Z]{2,9}) \((?=[A-Z][a-z]+ )[^()\n]{5,60}\)"
)
OF_LAW = re.compile(r"\b(?:Act|Regulations|Order|Rules|Measure|Convention|Regulation|GDPR)\b")
ACRONYM_YEAR = re.compile(r"[ \n](?:Act )?((?:18|19|20)[0-9]{2}|[0-9]{2})(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Oblique:
    """Words that stand for an instrument named elsewhere: "the 2004 Act", "of the above"."""

    start: int
    end: int
    which: str
    """`this`, `the` or `above`."""
    noun: str
    """`act`, `regulations`, `order`, `measure`, `convention`; empty for `above`."""
    year: int | None = None


@dataclass
class Found:
    """What a text names, in the order of the text."""

    named: list[Named] = field(default_factory=list)
    obliques: list[Oblique] = field(default_factory=list)
    addresses: list[tuple[int, int]] = field(default_factory=list)
    """Addresses, in which nothing else is looked for."""


def find(text: str, names: Names) -> Found:
    """The instruments that a cleaned text names. Longest first: guidance, whose titles hold those of Acts,
    then statutory instruments, whose titles do too, then Acts, then short forms.
    """
    taken = Taken()
    found = Found()
    for address in ADDRESS.finditer(text):
        taken.add(*address.span())
        found.addresses.append(address.span())
        if instrument := address["id"] or address["bare"]:
            path = PROVISION.search(address["path"] or address["below"] or "")
            provision = path[1] if path else ""
            found.named.append(Named(*address.span(), "full", (instrument,), provision=provision))
    named = list(guidance.find(text, names, taken))
    named += titles.find(text, names, taken)
    named += _numbered(text, names, taken)
    named += _acronyms(text, names, taken)
    found.named = sorted(found.named + named, key=lambda n: n.start)
    found.obliques = list(_obliques(text, taken))
    return found


def _obliques(text: str, taken: Taken) -> Iterator[Oblique]:
    for noun in NOUN.finditer(text):
        if noun[0][0] == "(":
            yield Oblique(*noun.span(), "above", "")
            continue
        which = WHICH.search(text, max(0, noun.start() - LONGEST_WHICH), noun.start())
        if which and taken.free(which.start(), noun.end()):
            same = which["which"].lower() != "the" or which["same"]
            year = which["year"] or noun["of"]
            word = noun[0].partition(" ")[0].lower()
            yield Oblique(
                which.start(), noun.end(), "this" if same else "the", word, int(year) if year else None
            )


def _numbered(text: str, names: Names, taken: Taken) -> Iterator[Named]:
    """Statutory instruments given by their number alone."""
    for match in numbers.ALONE.finditer(text):
        if taken.free(*match.span()):
            taken.add(*match.span())
            yield Named(*match.span(), "full", (numbers.instrument_of(match, names),))


def _acronyms(text: str, names: Names, taken: Taken) -> Iterator[Named]:
    foreign: set[str] | None = None
    for match in ACRONYM.finditer(text):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "&-_"):
            continue
        letters, figures = match["letters"], match["figures"]
        years = names.acronyms.get(letters)
        if years is None:
            continue
        if foreign is None:
            foreign = {m[1] or m[2] for m in DEFINED.finditer(text) if _is_foreign(text, m, taken)}
        if letters in foreign:
            continue
        if not figures and (dated := ACRONYM_YEAR.match(text, end)):
            figures, end = dated[1], dated.end()
        year = century(figures) if figures else None
        if year is not None and year not in years:
            # "DPA 12": the figures belong to something else.
            if len(figures) == 2 or None not in years:
                continue
            year, end = None, match.end("letters")
        ids = years.get(year, ())
        if not ids or not taken.free(start, end):
            continue
        taken.add(start, end)
        kind: CitationKind = "guidance" if all(i.startswith("guidance/") for i in ids) else "short"
        ids, end, year, problems = guidance.edition(text, names, ids, end, year)
        yield Named(start, end, kind, ids, year=year, form=letters, sound=not problems, problems=problems)


def _is_foreign(text: str, match: re.Match[str], taken: Taken) -> bool:
    """Whether a text defines an acronym as the name of something that is no law."""
    if match[2]:
        return OF_LAW.search(match[0]) is None
    return (
        taken.free(match.start(), match.start() + 1)
        and OF_LAW.search(text, max(0, match.start() - 60), match.start() + 1) is None
    )
