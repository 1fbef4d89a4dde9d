"""Recognised documents as draft chapters that pass `check` as far as they can."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath

from chapterhouse.diagnostics import CODES
from chapterhouse.fields.nodes import MAX_CHARACTERS
from chapterhouse.importers.drafts import accepting, markdown
from chapterhouse.importers.drafts.head import head
from chapterhouse.importers.drafts.leading import Lost, Neighbours
from chapterhouse.importers.drafts.markdown import PLAINEST, Follow, Written
from chapterhouse.importers.drafts.naming import number_for, slug_for, title_of
from chapterhouse.importers.recognising.levels import levelled
from chapterhouse.importers.recognising.recognised import Piece, Recognised
from chapterhouse.manual import check, drafting
from chapterhouse.manual.tree import CONTENT, MAX_BYTES
from chapterhouse.model import Acceptance, Diagnostic, Manual, Source

ROUNDS = 8
"""How often drafts are judged and written more plainly. One round mends all that is found in all of them, and
another is for what this had hidden. Most need two."""
SPARE = 200
"""Characters of the front matter that are left free, for a person to settle what is marked TODO."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where drafts are judged: the manual that they come into, and the part of it."""

    base: Manual
    folder: str
    inside: bool = True
    """Whether they are written there; else somebody moves them into a part later."""
    url: str = ""
    """Where the site of the manual is published, with a slash at its end; empty where nobody has said."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft chapter."""

    slug: str
    number: str
    title: str
    source: Source
    recognised: Recognised
    plain: tuple[Piece, ...] = ()
    """What could only be kept as plain words."""
    faults: tuple[Diagnostic, ...] = ()
    """What `check` says of it; the accepted ones are not among them."""
    accepted: tuple[Diagnostic, ...] = ()
    """What `check` would say, had it not been accepted for a person to look at."""
    lost: tuple[Lost, ...] = ()
    """The links of the source that do not lead where they did."""
    beside: tuple[str, ...] = ()
    """The files of other drafts that it links to."""

    @property
    def left(self) -> tuple[Diagnostic, ...]:
        """What `check` says besides: what found no room in the front matter, and what no writing mends."""
        settled = ("todo", "unknown-part")
        return tuple(one for one in self.faults if one.code not in settled and one.severity != "info")


@dataclass(frozen=True, slots=True)
class Imported:
    """One document, and what was made of it."""

    path: str
    """As it was named."""
    refused: str = ""
    """Why it was not read; then there is no draft."""
    draft: Draft | None = None
    written: str = ""
    """Where the draft stands."""
    remarks: tuple[str, ...] = ()


@dataclass
class _Working:
    """A draft while it is being made."""

    slug: str
    name: str
    """What an editor will call it."""
    number: str
    title: str
    recognised: Recognised
    follow: Follow
    path: str
    """Of the file that it is made of."""
    plainly: dict[int, int] = field(default_factory=dict)
    entries: tuple[Acceptance, ...] = ()
    accepted: tuple[Diagnostic, ...] = ()
    written: Written | None = None
    """The body; None where it has to be written again."""
    head: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.recognised.pieces

    def source(self) -> Source:
        """The text of the file as it is now."""
        if self.written is None:
            self.written = _whole(self.pieces, self.recognised, self.follow, self.plainly)
        origin = PurePath(self.path).name
        self.head = tuple(head(self.name, self.number, self.title, origin, self.recognised, self.entries))
        return Source(f"{CONTENT}/{self.slug}.md", "\n".join((*self.head, "", *self.written.lines, "")))

    def mended(self, source: Source, found: Iterable[Diagnostic]) -> bool:
        """Whether anything is written more plainly now, because nobody could accept what is wrong with it."""
        owners = {
            self._owner_of(one.span.line)
            for one in found
            if one.code != "todo" and one.severity != "info" and not accepting.may_be(source, one)
        }
        plainer = [one for one in owners if one is not None and self.plainly.get(one, 0) < PLAINEST]
        for one in plainer:
            self.plainly[one] = self.plainly.get(one, 0) + 1
            self.written = None
        return bool(plainer)

    def accept(self, source: Source, found: Sequence[Diagnostic]) -> None:
        """Accept what may be accepted."""
        wrong = [one for one in found if CODES[one.code].acceptable and one.severity != "info"]
        room = MAX_CHARACTERS - SPARE - sum(len(line) + 1 for line in self.head)
        self.entries = accepting.accepted(source, wrong, room)
        self.accepted = tuple(wrong)

    def _owner_of(self, line: int) -> int | None:
        """The piece that a line of the file shows."""
        owners = self.written.owners if self.written else ()
        index = line - len(self.head) - 2
        # An empty line belongs to the piece above it.
        while 0 < index < len(owners) and owners[index] < 0:
            index -= 1
        return owners[index] if 0 <= index < len(owners) and owners[index] >= 0 else None


def drafts(found: Sequence[tuple[str, Recognised]], place: Place, day: date) -> tuple[Draft, ...]:
    """Draft chapters of documents, in their order.

    `found` has the path of each file and what was recognised in it. What `check` finds wrong at `day` and an
    editor may accept is accepted, with the remark that nobody has looked at it; what an editor may not accept
    is written more plainly, as far as that helps. What finds no room in the front matter, or is still wrong
    in the plainest words, is left: `Draft.left`. A draft that is larger than a chapter may be is not judged.
    """
    taken = {chapter.head.chapter for chapter in place.base.chapters}
    names = {chapter.slug for chapter in place.base.chapters}
    files: dict[str, tuple[str, Recognised]] = {}
    neighbours = Neighbours(place.base, place.folder, place.url, files)
    works: list[_Working] = []
    for path, recognised in found:
        origin = PurePath(path).name
        number = number_for(recognised.number, taken)
        taken.add(number)
        title = title_of(recognised, origin)
        slug = slug_for(place.folder, title, names)
        names.add(slug)
        file = slug.rpartition("/")[2]
        files.setdefault(path, (f"{file}.md", recognised))
        name = slug if place.inside else f"PART/{file}"
        follow = partial(neighbours.follow, recognised, path)
        works.append(_Working(slug, name, number, title, recognised, follow, path))
    return tuple(_settled(works, neighbours, day))


def _settled(works: Sequence[_Working], neighbours: Neighbours, day: date) -> Iterator[Draft]:
    sources = {work.slug: work.source() for work in works}
    fit = [work for work in works if len(sources[work.slug].text.encode()) <= MAX_BYTES]
    faults: dict[str, list[Diagnostic]] = {work.slug: [] for work in works}
    for round_ in range(ROUNDS):
        faults |= _judged(neighbours.base, {work.slug: sources[work.slug] for work in fit}, day)
        if round_ + 1 == ROUNDS:
            break
        changed = [work.mended(sources[work.slug], faults[work.slug]) for work in fit]
        if not any(changed):
            break
        sources |= {work.slug: work.source() for work in fit}
    moved = {work.slug: len(work.head) for work in fit}
    for work in fit:
        work.accept(sources[work.slug], faults[work.slug])
        sources[work.slug] = work.source()
    faults |= _judged(neighbours.base, {work.slug: sources[work.slug] for work in fit}, day)
    for work in works:
        left = {(one.code, one.span, one.message) for one in faults[work.slug]}
        lower = len(work.head) - moved.get(work.slug, 0)
        accepted = [_lower(one, lower) for one in work.accepted]
        yield Draft(
            work.slug,
            work.number,
            work.title,
            sources[work.slug],
            work.recognised,
            tuple(work.pieces[index] for index in sorted(work.plainly)),
            tuple(faults[work.slug]),
            tuple(one for one in accepted if (one.code, one.span, one.message) not in left),
            tuple(dict.fromkeys(neighbours.lost(work.recognised, work.path))),
            neighbours.beside(work.recognised, work.path),
        )


def _judged(base: Manual, sources: Mapping[str, Source], day: date) -> dict[str, list[Diagnostic]]:
    """What `check` says of each draft in the manual that they make together with `base`."""
    after, found = drafting.joined(base, sources)
    slugs = {source.path: slug for slug, source in sources.items()}
    by_slug: dict[str, list[Diagnostic]] = {slug: [] for slug in sources}
    for one in check(dataclasses.replace(after, diagnostics=found), day):
        if one.path in slugs:
            by_slug[slugs[one.path]].append(one)
    return by_slug


def _lower(one: Diagnostic, lines: int) -> Diagnostic:
    """A fault of the body, after lines were put above it."""
    span = dataclasses.replace(one.span, line=one.span.line + lines, end_line=one.span.end_line + lines)
    return dataclasses.replace(one, span=span)


def _whole(
    pieces: Sequence[Piece], recognised: Recognised, follow: Follow, plainly: dict[int, int]
) -> Written:
    """The body. Each piece is read back: it has the words of the piece, or is written more plainly."""
    placed = levelled(pieces)
    while True:
        written = markdown.write(placed, recognised.numbering, follow, plainly)
        short = [index for index in written.unlike if plainly.get(index, 0) < PLAINEST]
        if not short:
            return written
        plainly.update(dict.fromkeys(short, PLAINEST))
