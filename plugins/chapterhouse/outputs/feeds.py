"""The feeds, as values: which there are, what each tells, and by which names readers' programs know it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from chapterhouse import dates
from chapterhouse.citations import wording
from chapterhouse.crossreference import Recorded
from chapterhouse.editions import KINDS, Edition, editions, sentence
from chapterhouse.law import Register
from chapterhouse.model import Kind, Manual, Role

LONGEST = 100
"""The entries of a feed: the newest. The rest stands in `api/amendments.json`."""
OURS = uuid.UUID("5b0f2b8e-7a55-5d0c-9f0e-2d3c6f1a4e71")
"""The namespace of the ids that are made here. It never changes, or all would be new to every reader."""
NOTHING = datetime(1970, 1, 1, tzinfo=dates.LONDON)
"""When a feed without an entry was last changed: a feed must say so, and the build date is no change."""
# What XML 1.0 cannot hold, not even escaped. What is read was refused already; here it is made sure of.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of one amendment. All of it is plain text."""

    id: str
    """The same in every feed, and whatever the chapter and the site are called later."""
    title: str
    kind: Kind
    summary: str
    text: str
    """The summary and all that a reader has to know or do, a line for each."""
    author: str
    published: datetime
    roles: tuple[Role, ...]
    """Whom it concerns."""
    path: str
    """Where it leads, from the site's root: what changed, else the chapter."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The amendments of the manual, of a chapter or for a role, newest first by the day of publication."""

    id: str
    title: str
    author: str
    folders: tuple[str, ...]
    """Where it stands, from the site's root, with a slash at the end: its own address, then old ones."""
    page: str
    """The page that it goes with, from the site's root."""
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When its newest entry was published."""
        return self.entries[0].published if self.entries else NOTHING


def feeds_of(manual: Manual, records: Sequence[Recorded], today: date, name: str) -> tuple[Feed, ...]:
    """The feed of the manual, then that of each chapter, then that of each role.

    `name` is what the manual is called. An amendment that is published after `today` is in none of them.
    """
    roles = {role.id: Role(role.id, _plain(role.title)) for role in manual.roles}
    newest = sorted(records, key=lambda record: record.amendment.published, reverse=True)
    told = [
        (record, _entry(record, manual.register, roles))
        for record in newest
        if record.amendment.published <= today
    ]
    own = f"manual {_first(records)}"
    found = [_feed(own, manual_title(name), name, ("",), "", (entry for _, entry in told))]
    by_chapter: dict[str, list[Entry]] = {}
    for record, entry in told:
        by_chapter.setdefault(record.slug, []).append(entry)
    all_of: dict[str, list[Recorded]] = {}
    for record in records:
        all_of.setdefault(record.slug, []).append(record)
    for shown in editions(manual, today):
        slug, title = shown.history.chapter.slug, chapter_title(shown, name)
        folders = tuple(f"{one}/" for one in (slug, *shown.live.formerly))
        entries = by_chapter.get(slug, ())
        identity = f"chapter {_first(all_of[slug])}"
        found.append(_feed(identity, title, name, folders, shown.path, entries))
    for role in manual.roles:
        concerned = (entry for record, entry in told if role.id in record.roles)
        title = f"{name}: amendments for {role.title}"
        found.append(_feed(f"{own} role {role.id}", title, name, (f"roles/{role.id}/",), "", concerned))
    return tuple(found)


def manual_title(name: str) -> str:
    """What the feed of the manual is called."""
    return f"{name}: amendments"


def chapter_title(shown: Edition, name: str) -> str:
    """What the feed of a chapter is called."""
    return f"{name}: amendments of {shown.head.chapter} {shown.head.title}"


def _feed(
    identity: str, title: str, author: str, folders: tuple[str, ...], page: str, entries: Iterable[Entry]
) -> Feed:
    return Feed(_id(identity), _plain(title), _plain(author), folders, page, tuple(islice(entries, LONGEST)))


def _entry(record: Recorded, register: Register, roles: Mapping[str, Role]) -> Entry:
    amendment, head = record.amendment, record.chapter.head
    chapter = f"{head.chapter} {head.title}"
    return Entry(
        id=_id(f"version {_identity(record)}"),
        title=_plain(f"{chapter}: version {amendment.version}, {_days(record)}"),
        kind=amendment.kind,
        summary=_plain(sentence(amendment.summary)),
        text="\n".join(_plain(line) for line in _lines(record, register)),
        author=_plain(amendment.approved_by or record.history.chapter.head.owner),
        published=datetime.combine(amendment.published, time(), dates.LONDON),
        roles=tuple(roles[role] for role in record.roles if role in roles),
        path=record.redline or f"{record.slug}/",
    )


def _days(record: Recorded) -> str:
    """From when the version applies, in words."""
    start = dates.long(record.amendment.effective)
    if record.never_applied:
        return f"dated {start} and never in force"
    if record.amendment.kind == "withdrawn":
        return f"withdrawn from {start}"
    return f"in force from {start}"


def _lines(record: Recorded, register: Register) -> Iterator[str]:
    amendment = record.amendment
    yield f"{KINDS[amendment.kind]}: {sentence(amendment.summary)}"
    if amendment.action:
        yield f"What to do: {sentence(amendment.action)}"
    if amendment.paragraphs:
        yield f"Paragraphs: {', '.join(amendment.paragraphs)}."
    if amendment.renumbered:
        yield f"Renumbered: {'; '.join(f'{old} is now {new}' for old, new in amendment.renumbered)}."
    if wrong := amendment.corrects:
        days = f"from {dates.long(wrong.start)} to {dates.long(wrong.until)}"
        yield f"Corrects: version {wrong.version}, as published {days}."
    if amendment.because:
        yield sentence(f"Because of: {'; '.join(_because(text, register) for text in amendment.because)}")
    if amendment.reason:
        yield f"Reason: {sentence(amendment.reason)}"


def _because(text: str, register: Register) -> str:
    """A reason of an amendment: words, or the title of the instrument whose id it is."""
    target = wording.named(register, text)
    return wording.heading(register, target) if target else text


def _first(records: Iterable[Recorded]) -> str:
    """What names a manual or a chapter for ever: the version of it that was published first."""
    return min(((one.amendment.published, _identity(one)) for one in records), default=("", ""))[1]


def _identity(record: Recorded) -> str:
    """What tells a version from all others: its bytes, which never change, whatever it is called."""
    amendment, number = record.amendment, record.chapter.head.chapter
    return record.sha256 or f"{number} {amendment.version} {amendment.published} {amendment.summary}"


def _id(identity: str) -> str:
    return f"urn:uuid:{uuid.uuid5(OURS, _plain(identity))}"


def _plain(text: str) -> str:
    """A text on one line, without what no feed can hold."""
    return FORBIDDEN.sub("\ufffd", re.sub(r"[\t\r\n]+", " ", text))
