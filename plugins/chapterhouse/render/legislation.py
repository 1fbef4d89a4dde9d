"""The pages of the law: the cross-reference index, and one page for each instrument."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from chapterhouse import dates
from chapterhouse.citations import provisions, wording
from chapterhouse.citations.status import status
from chapterhouse.crossreference import (
    HEADINGS,
    Entry,
    Index,
    Where,
    by_chapter,
    name,
    replacements,
)
from chapterhouse.law import Confidence, Effect, Fact, Instrument, Standing, Target
from chapterhouse.render.duties import PLACES, Row, Table, tables
from chapterhouse.render.pieces import ENVIRONMENT, Url
from chapterhouse.render.pieces import official as official_link

WHERES: dict[Where, str] = {
    "both": PLACES["both"],
    "england": PLACES["england"],
    "wales": PLACES["wales"],
    "unknown": "Where it applies is not recorded here",
}
EFFECTS: dict[Effect, str] = {
    "in-force": wording.STATES["in-force"],
    "inserted": "inserted",
    "amended": "amended",
    "prospective": wording.STATES["prospective"],
    "repealed": wording.STATES["repealed"],
    "revoked": wording.STATES["revoked"],
    "replaced": "replaced",
    "disapplied": "no longer applies",
    "renamed": "renamed",
    "note": "",
}
SINCE = frozenset({"in-force", "prospective", "disapplied"})
"""The effects that last; the others happen on a day."""
ENDED = frozenset({"repealed", "revoked", "replaced"})
CONFIDENCE: dict[Confidence, str] = {
    "high": "",
    "medium": "recorded with medium confidence",
    "low": "not confirmed",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Instruments of one kind that apply in one place."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of the register as a reader is told it."""

    about: str
    """The provisions that it is about; empty for the whole instrument."""
    what: str
    """What happened or holds, where, and when."""
    text: str
    unsettled: bool
    by: Markup
    replaced_by: Markup
    confidence: str


def index(found: Index, url: Url) -> str:
    """The HTML of the page of law and guidance: the index, and the tables of duties."""
    kinds = []
    for kind, listed in groupby(found.cited, key=lambda entry: entry.kind):
        groups = [
            Group(WHERES[where], f"chapterhouse-{kind}-{where}", tuple(entries))
            for where, entries in groupby(listed, key=lambda entry: entry.where)
        ]
        kinds.append((HEADINGS[kind], f"chapterhouse-{kind}", groups))
    return ENVIRONMENT.get_template("legislation.html").render(
        kinds=kinds,
        instruments=len(found.cited),
        provisions=sum(len(entry.cited) for entry in found.cited),
        tables=tables(found),
        **_common(found, url),
    )


def instrument(found: Index, entry: Entry, url: Url) -> str:
    """The HTML of the page of one instrument."""
    return ENVIRONMENT.get_template("instrument.html").render(
        entry=entry,
        where=WHERES[entry.where],
        bodies=_bodies(tables(found), entry),
        facts=tuple(_facts(found, entry.known, url)) if entry.known else (),
        editions=_editions(found, entry),
        **_common(found, url),
    )


def _common(found: Index, url: Url) -> dict[str, object]:
    return {
        "index": found,
        "url": url,
        "by_chapter": by_chapter,
        "confidence": CONFIDENCE,
        "host": lambda address: urlsplit(address).hostname,
        "named": name,
        "link": lambda target, words="": link(found, target, url, words),
        "told": lambda standing: told(found, standing, url),
    }


def link(found: Index, target: Target, url: Url, words: str = "") -> Markup:
    """A target by its name, linked to our page of it, or else to its official one."""
    called = words or wording.called(found.register, target)
    path = found.path(target)
    if path:
        return Markup('<a href="{}">{}</a>').format(url(path), called)
    if official := found.official(target):
        return official_link(official, called)
    return escape(called)


def told(found: Index, standing: Standing, url: Url) -> Markup:
    """A standing in words, as the start of a sentence, with links to what took its place."""
    text = wording.words(found.register, standing, found.day)
    later = []
    names: dict[str, Target] = {}
    for place, targets in replacements(standing):
        own = {wording.called(found.register, target): target for target in targets}
        names |= own
        if not all(name in text for name in own):
            where = f" for {wording.PLACES[place]}" if place else ""
            believed = "" if standing.settled else "believed "
            later.append((f"{believed}replaced{where} by", own))
    said = _linked(f"{text[:1].upper()}{text[1:]}", names, lambda name: link(found, names[name], url))
    for words, own in later:
        said += Markup("; {} {}").format(words, listed([link(found, t, url) for t in own.values()]))
    return said


def listed(names: Sequence[Markup]) -> Markup:
    """Names as a list in a sentence: `a, b and c`."""
    # Each name is HTML already, and has to stay so.
    return Markup(" and ").join([Markup(", ").join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _linked(text: str, names: Iterable[str], linked: Callable[[str], Markup]) -> Markup:
    """A text as HTML, with a link for each name in it; of names that hold one another, the longest."""
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return escape(text)
    pieces = re.split("(" + "|".join(map(re.escape, ordered)) + ")", text)
    return Markup("").join(
        linked(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )


def _bodies(found: Sequence[Table], entry: Entry) -> dict[str, list[tuple[str, tuple[Row, ...]]]]:
    """The bodies that each provision of an instrument binds, by path, each list with its territory."""
    bound: dict[str, list[tuple[str, tuple[Row, ...]]]] = {}
    for provision in entry.provisions:
        for table in found:
            if rows := table.bound_by(provision.target):
                bound.setdefault(provision.target.provision, []).append((table.place, rows))
    return bound


def _editions(found: Index, entry: Entry) -> tuple[tuple[Target, Standing, bool], ...]:
    """The editions of guidance, newest first, with how each stands, and whether it is the page's own."""
    umbrella = entry.known.edition_of if entry.known and entry.known.edition_of else entry.id
    own = [one for one in found.register.instruments.values() if one.edition_of == umbrella]
    own.sort(key=lambda one: (one.year or 0, one.id), reverse=True)
    targets = (Target(one.id) for one in own)
    register = found.register
    return tuple(
        (t, status(register, t, found.day, register.territory), t.instrument == entry.id) for t in targets
    )


def _facts(found: Index, known: Instrument, url: Url) -> Iterator[Known]:
    """What the register knows of an instrument: of the whole first, then by provision, then by date."""

    def order(fact: Fact) -> tuple[provisions.Key, str]:
        first = fact.provisions[0][0] if fact.provisions else ""
        return provisions.key(first), fact.start.isoformat() if fact.start else ""

    for fact in sorted(known.facts, key=order):
        by = listed([link(found, target, url) for target in fact.by])
        replaced_by = listed([link(found, target, url) for target in fact.replaced_by])
        about = ", ".join(_range(first, last, known.id) for first, last in fact.provisions)
        what = "" if fact.effect == "note" else _what(fact)
        if fact.effect == "prospective" and not _is_still_to_come(found, known, fact):
            what = what.replace(wording.STATES["prospective"], "not in force at first")
        unsettled = fact.confidence == "low"
        yield Known(about, what, fact.text, unsettled, by, replaced_by, CONFIDENCE[fact.confidence])


def _is_still_to_come(found: Index, known: Instrument, fact: Fact) -> bool:
    """Whether what a fact says was to come is still so on the day of the index."""
    target = Target(known.id, fact.provisions[0][0] if fact.provisions else "")
    standing = status(found.register, target, found.day, fact.territory)
    return standing.state == "prospective"


def _range(first: str, last: str, identifier: str) -> str:
    words = provisions.words(first, identifier)
    return words if first == last else f"{words} to {provisions.words(last, identifier)}"


def _what(fact: Fact) -> str:
    """What a fact says happened, where, and when: `repealed for Wales on 6 April 2016`."""
    said = EFFECTS[fact.effect]
    if fact.territory != "both":
        said += f" {'for' if fact.effect in ENDED else 'in'} {PLACES[fact.territory]}"
    if fact.start:
        said += f" {'from' if fact.effect in SINCE else 'on'} {dates.long(fact.start)}"
    elif fact.effect not in ("in-force", "prospective"):
        said += ", on a day not recorded here"
    return said
