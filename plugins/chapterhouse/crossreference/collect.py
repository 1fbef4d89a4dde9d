"""From the citations of a manual to its cross-reference index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from chapterhouse import history
from chapterhouse.citations import provisions, wording
from chapterhouse.citations.status import status
from chapterhouse.crossreference.entries import KINDS, Entry, Index, Kind, Provision, Where
from chapterhouse.crossreference.places import Places, gather
from chapterhouse.editions import Edition, editions
from chapterhouse.law import CitationMention, Register, Target, title_key
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Manual

ORDER: tuple[Kind, ...] = tuple(dict.fromkeys(KINDS.values()))
WHERE: tuple[Where, ...] = ("both", "england", "wales", "unknown")


def index(manual: Manual, today: date) -> Index:
    """The index of a manual on a day.

    An instrument has a page if any published version cites it, or if the register has duties under it, so
    that a page that was there once stays. It lists places in the versions that the site shows as current:
    no drafts, no withdrawn chapters, no superseded versions.
    """
    shown = {edition.history.chapter.slug: edition for edition in editions(manual, today)}
    current = [
        (edition, mentions(manual, edition.chapter, max(today, edition.amendment.effective)))
        for edition in shown.values()
        if edition.state != "withdrawn"
    ]
    others = {target for mention in _past(manual, shown, today) for target in _sound(mention)}
    others |= {target for duty in manual.register.duties for target in duty.provisions}
    return collect(manual.register, today, current, others)


def collect(
    register: Register,
    day: date,
    current: Iterable[tuple[Edition, Sequence[CitationMention]]],
    others: Iterable[Target] = (),
) -> Index:
    """The index of the mentions of some editions. `others` are targets that are listed without a place."""
    found: dict[Target, Places] = {target: {} for target in others}
    for edition, said in current:
        gather(edition, ((mention, _sound(mention)) for mention in said), found)
    instruments: dict[str, list[Target]] = {}
    for target in found:
        instruments.setdefault(target.instrument, []).append(target)
    entries = []
    for identifier, own in instruments.items():
        own.sort(key=lambda target: provisions.key(target.provision))
        # Places were found in the order of the manual, and of each chapter.
        listed = tuple(
            Provision(t, status(register, t, day, register.territory), tuple(found[t].values())) for t in own
        )
        entries.append(_entry(register, day, identifier, listed))
    return Index(register, day, tuple(sorted(entries, key=_rank)))


def _rank(entry: Entry) -> tuple[int, int, tuple[str, int], str]:
    return ORDER.index(entry.kind), WHERE.index(entry.where), title_key(entry.title), entry.id


def _entry(register: Register, day: date, identifier: str, listed: tuple[Provision, ...]) -> Entry:
    whole = Target(identifier)
    title = wording.heading(register, whole)
    standing = status(register, whole, day, register.territory)
    return Entry(identifier, title, register.instruments.get(identifier), standing, listed)


def _sound(mention: CitationMention) -> tuple[Target, ...]:
    """What a citation refers to; nothing if what it says does not exist, whatever may have been meant."""
    return mention.targets if mention.citation.sound else ()


def _past(manual: Manual, shown: Mapping[str, Edition], today: date) -> Iterator[CitationMention]:
    """The citations of what is published and not current: superseded versions and withdrawn chapters."""
    for slug, edition in shown.items():
        versions = history.superseded(manual.histories[slug], today)
        if edition.state == "withdrawn":
            versions = (*versions, edition.version)
        for version in versions:
            yield from mentions(manual, version.chapter, version.amendment.effective)
