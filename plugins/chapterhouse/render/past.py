"""What else is to be known of a version: the days of what held beside it, and where its changes stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from chapterhouse import history as histories
from chapterhouse.citations import wording
from chapterhouse.editions import Edition
from chapterhouse.law import Register, Target
from chapterhouse.manual import timeline
from chapterhouse.manual.timeline import Held
from chapterhouse.model import Amendment

Exists = Callable[[str], bool]
"""Whether the site has a page at a path from its root."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something that held from one day to another, both included."""

    since: date | None
    """None where nobody knows."""
    until: date | None
    """None while no end is known."""

    def holds(self, day: date) -> bool:
        """Whether it held on a day. What was overtaken on its first day never did."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Guidance(Row):
    """An edition of guidance and the days on which it held."""

    name: str
    page: str
    """The page of the instrument; empty where the site has none."""


@dataclass(frozen=True, slots=True)
class Mistake(Row):
    """What was published in error, from when until when, and the record that put it right."""

    edition: Edition
    record: Amendment
    redline: str
    """Where the correction stands word for word; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Past:
    """What stands on the page of a version besides its own state."""

    guidance: tuple[Guidance, ...]
    """The editions that held while it applied."""
    mistakes: tuple[Mistake, ...]
    """What was published in error in that time."""
    redlines: tuple[tuple[str, str], ...]
    """Where what it changed stands, and what took its place: the path, and the words of the link."""
    changed: str
    """The version that it changed, where the site shows what; else empty."""
    own: str
    """Where the site shows that."""
    changes: str
    """The chapter's own history; empty where the site has none."""


def past(edition: Edition, register: Register, exists: Exists) -> Past:
    """What held while the version of an edition applied."""
    first, last = edition.amendment.effective, edition.version.until
    own, before = (
        redline(edition, edition.amendment, exists),
        histories.before(edition.history, edition.amendment),
    )
    changes_page = edition.history_path
    held = () if edition.never_applied else timeline.guidance(register)
    return Past(
        tuple(guidance(one, register, exists) for one in held if one.within(first, last)),
        tuple(
            Mistake(wrong.start, wrong.until, edition, record, redline(edition, record, exists))
            for record in timeline.corrections(edition.history, edition.version)
            if (wrong := record.corrects)
        ),
        tuple(_redlines(edition, exists)),
        before.number if own and before else "",
        own,
        changes_page if exists(changes_page) else "",
    )


def guidance(held: Held, register: Register, exists: Exists) -> Guidance:
    """An edition of guidance as readers are told of it."""
    page = f"legislation/{held.instrument.id}/"
    name = wording.heading(register, Target(held.instrument.id))
    return Guidance(held.since, held.until, name, page if exists(page) else "")


def redline(edition: Edition, record: Amendment, exists: Exists) -> str:
    """Where the site shows what an amendment changed, from its root; empty where it does not."""
    path = edition.changes_path(record.version)
    return path if exists(path) else ""


def _redlines(edition: Edition, exists: Exists) -> Iterator[tuple[str, str]]:
    if own := redline(edition, edition.amendment, exists):
        yield own, f"What version {edition.amendment.version} changed"
    following = histories.following(edition.history, edition.version)
    if following and (path := redline(edition, following.amendment, exists)):
        yield path, f"What version {following.number} changed, which took its place"
