"""The law that one version of a chapter cites, as its page tells of it: in the text and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from chapterhouse.citations import beside, leading, links, provisions, wording
from chapterhouse.crossreference import HEADINGS, kind_of, place_name
from chapterhouse.law import CitationMention, Register, Standing, Target, title_key
from chapterhouse.model import Chapter
from chapterhouse.render.linking import LinkedWords

MANY = 3
"""Of more provisions than that a link is described by their instrument alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the page the law is cited."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision that is cited, or the instrument as such, and its state."""

    target: Target
    id: str
    name: str
    """`section 11`; empty for the instrument as such."""
    state: str
    """On the day for which the page is judged, in words."""
    href: str
    """Of the official text; empty where none is known."""
    places: tuple[Place, ...]
    reasons: tuple[str, ...]
    """Why it is cited all the same, where a fault was accepted."""


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """An instrument, and what of it is cited."""

    instrument: str
    id: str
    """Of its title in the page."""
    title: str
    href: str
    host: str
    """Whose page the official text is on, as readers know it."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """All the law that one version of a chapter cites, judged on `day`."""

    day: date
    as_of: date
    """The day up to which the register was kept."""
    words: tuple[LinkedWords, ...]
    groups: tuple[tuple[str, tuple[CitedInstrument, ...]], ...]
    """The instruments under their headings, in the order of an index."""


def cited_law(
    register: Register, chapter: Chapter, mentions: Sequence[CitationMention], day: date
) -> CitedLaw:
    """What the page of a version tells of the law, judged on `day` as its `mentions` are."""
    found: dict[Target, tuple[Standing, list[CitationMention]]] = {}
    for mention in mentions:
        if mention.citation.sound:
            for target, standing in zip(mention.targets, mention.standings, strict=True):
                found.setdefault(target, (standing, []))[1].append(mention)
    instruments = sorted(
        {target.instrument for target in found},
        key=lambda one: (title_key(wording.heading(register, Target(one))), one),
    )
    made = {i: _instrument(register, chapter, i, found, day) for i in instruments}
    groups = tuple(
        (heading, tuple(made[i] for i in instruments if kind_of(i) == kind))
        for kind, heading in HEADINGS.items()
    )
    return CitedLaw(
        day,
        register.as_of,
        linked_words(register, chapter.text, mentions, day),
        tuple(group for group in groups if group[1]),
    )


def linked_words(
    register: Register, text: str, mentions: Sequence[CitationMention], day: date
) -> tuple[LinkedWords, ...]:
    """The words of a text that cite the law, with where they lead and what stands beside them."""
    words: list[LinkedWords] = []
    for mention, own in zip(mentions, leading.leads(register, text, mentions), strict=True):
        words += _words(register, mention, own, day, words[-1].end if words else 0)
    return tuple(words)


def id_of(target: Target) -> str:
    """The id of an instrument or a provision in the page of a chapter: `law-ukpga-2004-31-section-11`."""
    return "-".join(("law", *str(target).split("/")))


def state_of(target: Target) -> str:
    """The id of what the page says of an instrument or a provision besides its title."""
    return id_of(target) if target.provision else f"{id_of(target)}-state"


def host_of(href: str) -> str:
    """The name by which readers know the publisher of an address: `legislation.gov.uk`, `GOV.UK`."""
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    return "GOV.UK" if host == "gov.uk" else host


def _words(
    register: Register, mention: CitationMention, leads: Sequence[leading.Lead], day: date, done: int
) -> Iterable[LinkedWords]:
    note = beside.note(register, mention, day) if mention.linkable else ""
    for lead in leads:
        last = lead is leads[-1]
        yield LinkedWords(
            lead.start,
            lead.end,
            mention.words,
            mention.anchor,
            lead.href,
            " ".join(_described(lead.targets)),
            note if last else "",
        )
    if note and not leads:
        end = max(mention.end, done)
        yield LinkedWords(end, end, mention.words, mention.anchor, note=note)


def _described(targets: Sequence[Target]) -> Iterable[str]:
    """The ids of what describes a link: titles, and the provisions unless there are too many."""
    instruments = dict.fromkeys(Target(target.instrument) for target in targets)
    yield from map(id_of, instruments)
    yield from map(state_of, instruments if len(targets) > MANY else targets)


def _instrument(
    register: Register,
    chapter: Chapter,
    instrument: str,
    found: dict[Target, tuple[Standing, list[CitationMention]]],
    day: date,
) -> CitedInstrument:
    whole = Target(instrument)
    own = sorted((t for t in found if t.instrument == instrument), key=lambda t: provisions.key(t.provision))
    href = links.address(register, whole)
    return CitedInstrument(
        instrument,
        id_of(whole),
        wording.heading(register, whole),
        href,
        host_of(href),
        tuple(_entry(register, chapter, target, *found[target], day) for target in own),
    )


def _entry(
    register: Register,
    chapter: Chapter,
    target: Target,
    standing: Standing,
    mentions: Sequence[CitationMention],
    day: date,
) -> Entry:
    accepted = [a for m in mentions for p, a in m.accepted if p.target in (None, target)]
    faults = [p for m in mentions for p in (*m.problems, *(p for p, _ in m.accepted)) if p.target == target]
    elsewhere = beside.elsewhere(register, faults)
    state = wording.words(register, standing, day)
    return Entry(
        target,
        state_of(target),
        provisions.words(target.provision, target.instrument),
        f"{state}; {elsewhere}" if elsewhere else state,
        links.address(register, target),
        tuple(dict.fromkeys(_place(chapter, mention) for mention in mentions)),
        tuple(dict.fromkeys(a.because.rstrip(".") for a in accepted)),
    )


def _place(chapter: Chapter, mention: CitationMention) -> Place:
    if mention.footnote:
        return Place(f"#fn:{mention.footnote}", "a footnote")
    name = place_name(chapter, mention.anchor, mention.paragraph)
    return Place(f"#{mention.anchor or 'chapterhouse-title'}", name)
