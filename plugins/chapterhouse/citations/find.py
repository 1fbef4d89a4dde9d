"""Where a text names an instrument, and what it calls it. Nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapterhouse.citations import guidance, titles
from chapterhouse.citations.named import Named, Taken
from chapterhouse.citations.names import Names, century
from chapterhouse.law import Target

ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?legislation\.gov\.uk/(?:id/)?"
    r"(?P<id>(?:ukpga|anaw|asc|mwa|uksi|wsi|eur)/(?:[0-9]{4}|[A-Za-z0-9]+/[0-9-]+)/[0-9]+)"
    r"(?P<path>(?:/[A-Za-z0-9-]+)*)|https?://[^\s<>()\[\]\"]+"
)
PROVISION = re.compile(
    r"/((?:section|regulation|article|part|chapter|schedule|paragraph|rule)/[0-9A-Za-z]+(?:/[0-9A-Za-z]+)*?)"
    r"(?=/(?:made|enacted|prospective|england|wales|data)|/[0-9]{4}-|\Z)"
)
# "the 2004 Act", "this Act", "the said Act", "(of the above)", "the same Regulations"
OBLIQUE = re.compile(
    r"(?<![\w-])(?:(?P<which>[Tt]he|[Tt]his|[Tt]hat|[Tt]hose|[Tt]hese)[ \n]{1,2}(?P<same>(?:same|said|above)[ \n]{1,2})?"
    r"(?P<year>(?:18|19|20)[0-9]{2})?[ \n]{0,2}(?P<noun>Act|act|Regulations|Order|Measure|Convention)(?![\w-])"
    r"|(?P<above>\( ?of the above ?\)))"
)
SI = re.compile(
    r"(?<![A-Za-z])(?:S\.? ?I\.?|[Ss]tatutory [Ii]nstruments?)[ \n]{0,2}(?:[Nn](?:o|umber|r)\.?)?[ \n]{0,2}"
    r"(?P<year>(?:19|20)[0-9]{2})(?: ?/ ?|,? {0,2}[Nn]o\.? {0,2})(?P<number>[0-9]{1,5})(?![0-9])"
    r"(?: {0,2}\(?(?P<wales>W\.? ?[0-9]{1,4})\)?)?"
)


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
    then statutory instruments, whose titles do too, then Acts, then short forms."""
    taken = Taken()
    found = Found()
    for address in ADDRESS.finditer(text) if "://" in text or "legislation.gov" in text else ():
        taken.add(address.start(), address.end())
        found.addresses.append(address.span())
        if address["id"]:
            path = PROVISION.search(address["path"] or "")
            target = Target(address["id"], path[1] if path else "")
            found.named.append(
                Named(address.start(), address.end(), "full", (target.instrument,), provision=target.provision)
            )
    named = list(guidance.find(text, names, taken))
    named += titles.find(text, names, taken)
    named += _numbered(text, names, taken)
    named += _acronyms(text, names, taken)
    found.named = sorted(found.named + named, key=lambda n: n.start)
    for match in OBLIQUE.finditer(text):
        if taken.free(match.start(), match.end()):
            which = "above" if match["above"] else (match["which"].lower())
            same = which != "the" or match["same"]
            year = int(match["year"]) if match["year"] else None
            noun = (match["noun"] or "").lower()
            found.obliques.append(Oblique(*match.span(), which if match["above"] else "this" if same else "the", noun, year))
    return found


def _numbered(text: str, names: Names, taken: Taken) -> Iterator[Named]:
    """Statutory instruments given by their number alone."""
    for match in SI.finditer(text):
        if taken.free(*match.span()):
            taken.add(*match.span())
            yield Named(*match.span(), "full", (instrument_of(match, names),))


def instrument_of(match: re.Match[str], names: Names) -> str:
    """The id that the number of a statutory instrument makes."""
    year, number = int(match["year"]), match["number"].lstrip("0")
    known = names.numbers.get((year, number))
    return known or f"{'wsi' if match['wales'] else 'uksi'}/{year}/{number}"


def _acronyms(text: str, names: Names, taken: Taken) -> Iterator[Named]:
    for match in names.acronym_pattern.finditer(text):
        years = names.acronyms[match[1]]
        year = century(match[2]) if match[2] else None
        end = match.end()
        if year is not None and year not in years:
            # "DPA 12": the figures belong to something else.
            if len(match[2]) == 2 or None not in years:
                continue
            year, end = None, match.end(1)
        ids = years.get(year, ())
        if not ids or not taken.free(match.start(), end):
            continue
        taken.add(match.start(), end)
        kind = "guidance" if all(i.startswith("guidance/") for i in ids) else "short"
        ids, end, year, problems = guidance.edition(text, names, ids, end, year)
        yield Named(match.start(), end, kind, ids, year=year, form=match[1], problems=problems)
