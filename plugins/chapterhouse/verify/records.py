"""What the site says of amendments to programs: `api/amendments.json`, and the feeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any
from xml.parsers import expat

from chapterhouse import history
from chapterhouse.model import Amendment, Chapter, History, Manual
from chapterhouse.verify import copies, indexes

ATOM = "http://www.w3.org/2005/Atom"
LONGEST = 100
"""How many entries a feed has at most."""
SAME = ("version", "kind", "summary", "action", "approved_by", "reason")


@dataclass(frozen=True, slots=True)
class Record:
    """One amendment of a published chapter."""

    records: History
    amendment: Amendment
    chapter: Chapter
    """The chapter at that version."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Whom it concerns."""
        return self.amendment.roles or self.records.chapter.head.roles

    @property
    def name(self) -> str:
        """How the title of its entry in a feed begins."""
        head = self.chapter.head
        return f"{head.chapter} {head.title}: version {self.amendment.version}"


def listed(manual: Manual) -> tuple[Record, ...]:
    """Every record of a published chapter, newest first by the day on which it takes effect."""
    found = []
    for chapter in manual.chapters:
        if chapter.head.status != "draft":
            records = manual.histories[chapter.slug]
            for amendment in reversed(history.in_order(chapter.head.amendments)):
                text = history.text_of(records, amendment.version)
                found.append(Record(records, amendment, text or chapter))
    return tuple(sorted(found, key=lambda one: one.amendment.effective, reverse=True))


def data_faults(
    text: str, wanted: Iterable[Record], today: date, exists: Callable[[str], bool]
) -> Iterator[str]:
    """What is wrong with `api/amendments.json`. `exists` says whether the site has a page at an address."""
    try:
        data = json.loads(text)
        entries = [((str(one["slug"]), str(one["version"])), dict(one)) for one in data["amendments"]]
    except (ValueError, KeyError, TypeError) as error:
        yield f"is not what its schema says: {error!r}"
        return
    yield from indexes.head_faults(data, today)
    records = {(one.records.chapter.slug, one.amendment.version): one for one in wanted}
    if [key for key, _ in entries] != list(records):
        yield "the amendments are not those of the manual, newest first and each once"
        return
    for key, entry in entries:
        yield from (f"{' '.join(key)}: {fault}" for fault in _faults(entry, records[key], today, exists))


def _faults(
    entry: dict[str, Any], record: Record, today: date, exists: Callable[[str], bool]
) -> Iterator[str]:
    amendment, head, slug = record.amendment, record.chapter.head, record.records.chapter.slug
    wanted: dict[str, object] = {name: getattr(amendment, name) for name in SAME}
    wanted |= {"chapter": head.chapter, "title": head.title, "paragraphs": list(amendment.paragraphs)}
    wanted |= {name: getattr(amendment, name).isoformat() for name in ("effective", "published")}
    wanted |= {"because": list(amendment.because), "roles": list(record.roles)}
    wanted |= {"renumbered": dict(amendment.renumbered), "url": _page(record, today)}
    changed = f"{slug}/changes/{amendment.version}/"
    wanted["redline"] = changed if exists(changed) else None
    wanted["code"] = copies.code(record.records, amendment.version)
    for name, value in wanted.items():
        if entry.get(name) != value:
            yield f"{name} is {entry.get(name)!r}, not {value!r}"


def _page(record: Record, today: date) -> str | None:
    """The page that shows the version of a record."""
    slug, version = record.records.chapter.slug, record.amendment.version
    shown = history.shown(record.records, today)
    if shown and shown.number == version:
        return f"{slug}/"
    past = (one.number for one in history.superseded(record.records, today))
    return f"{slug}/versions/{version}/" if version in past else None


def feeds(manual: Manual, wanted: Iterable[Record], today: date) -> dict[str, list[Record]]:
    """Which feeds the site has, by folder, and of which records each tells, newest published first."""
    told = [one for one in wanted if one.amendment.published <= today]
    told.sort(key=lambda one: one.amendment.published, reverse=True)
    found = {"": told}
    for chapter in manual.chapters:
        if chapter.head.status != "draft":
            own = [one for one in told if one.records.chapter is chapter]
            found |= {f"{slug}/": own for slug in (chapter.slug, *chapter.head.formerly)}
    for role in manual.roles:
        found[f"roles/{role.id}/"] = [one for one in told if role.id in one.roles]
    return {folder: list(islice(records, LONGEST)) for folder, records in found.items()}


def atom_faults(text: str, wanted: Iterable[Record]) -> Iterator[str]:
    """What is wrong with `feed.xml`."""
    reading = _Atom()
    try:
        reading.read(text)
    except expat.ExpatError as error:
        yield f"is no XML: {error}"
        return
    yield from _entry_faults(
        [(one.get("title", ""), one.get("updated", ""), one.get("summary", "")) for one in reading.entries],
        wanted,
    )


class _Atom:
    """The texts of the entries of an Atom feed, by the name of their element."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []
        self.open: list[str] = []

    def read(self, text: str) -> None:
        """Read a feed. Raises ExpatError where it is not well-formed."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda _name: self.open.pop()
        parser.CharacterDataHandler = self._text
        parser.ParseFile(BytesIO(text.encode()))

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self.open.append(name.removeprefix(f"{ATOM} "))
        if self.open == ["feed", "entry"]:
            self.entries.append({})

    def _text(self, text: str) -> None:
        if len(self.open) == 3 and self.open[1] == "entry":
            self.entries[-1][self.open[2]] = self.entries[-1].get(self.open[2], "") + text


def json_faults(text: str, wanted: Iterable[Record]) -> Iterator[str]:
    """What is wrong with `feed.json`."""
    try:
        items = json.loads(text)["items"]
        told = [(str(one["title"]), str(one["date_published"]), str(one["summary"])) for one in items]
    except (ValueError, KeyError, TypeError) as error:
        yield f"is no JSON Feed: {error!r}"
        return
    yield from _entry_faults(told, wanted)


def _entry_faults(told: Sequence[tuple[str, str, str]], wanted: Iterable[Record]) -> Iterator[str]:
    records = list(wanted)
    if len(told) != len(records):
        yield f"it tells of {len(told)} amendments, not of {len(records)}"
        return
    for (title, day, summary), record in zip(told, records, strict=True):
        amendment, name = record.amendment, record.name
        if not title.startswith(f"{name}, "):
            yield f"an entry is called {title!r}, where {name!r} was expected"
        elif not day.startswith(f"{amendment.published.isoformat()}T00:00:00"):
            yield f"{name} is dated {day}, not {amendment.published.isoformat()}"
        elif not summary.startswith(amendment.summary):
            yield f"{name} has another summary than its record"
