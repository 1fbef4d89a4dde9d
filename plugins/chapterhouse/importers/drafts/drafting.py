"""Recognised documents as draft chapters that pass `check`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath, PurePosixPath
from urllib.parse import unquote, urlsplit

from chapterhouse.diagnostics import CODES, hidden
from chapterhouse.importers.drafts import judging, markdown
from chapterhouse.importers.drafts.head import head
from chapterhouse.importers.drafts.markdown import PLAINEST, Follow, Written
from chapterhouse.importers.drafts.naming import number_for, slug_for, title_of
from chapterhouse.importers.recognising.levels import levelled
from chapterhouse.importers.recognising.recognised import Piece, Recognised
from chapterhouse.manual.tree import CONTENT
from chapterhouse.markup.addresses import is_outside
from chapterhouse.model import Diagnostic, Manual, Source

MARKUP = re.compile(r"<[A-Za-z/!][^<>]*>?|&#?\w+;")
ROUNDS = 6
LONGEST_TITLE = 200


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
    nowhere: tuple[tuple[str, str], ...] = ()
    """The links of the source that lead to nothing in the draft: words and address."""


@dataclass
class _Working:
    """A draft while it is being made."""

    slug: str
    number: str
    title: str
    recognised: Recognised
    follow: Follow
    origin: str
    plainly: dict[int, int] = field(default_factory=dict)
    accepted: dict[tuple[str, str], Diagnostic] = field(default_factory=dict)
    written: Written = field(default_factory=lambda: Written((), ()))
    head: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.recognised.pieces

    def source(self) -> Source:
        """The text of the file as it is now."""
        self.written = _whole(self.pieces, self.recognised, self.follow, self.plainly)
        self.head = tuple(
            head(self.slug, self.number, self.title, self.origin, self.recognised, self.accepted)
        )
        return Source(f"{CONTENT}/{self.slug}.md", "\n".join((*self.head, "", *self.written.lines, "")))

    def owner_of(self, line: int) -> int | None:
        """The piece that a line of the file shows."""
        index = line - len(self.head) - 2
        if not 0 <= index < len(self.written.owners):
            return None
        # An empty line belongs to the piece above it.
        return next((one for one in self.written.owners[index::-1] if one >= 0), None)


def drafts(
    found: Sequence[tuple[str, Recognised]], base: Manual, folder: str, day: date
) -> tuple[Draft, ...]:
    """Draft chapters of documents, in their order.

    `found` has the name of each file and what was recognised in it. `base` is the manual that they come into,
    and `folder` the part of it. What `check` finds wrong at `day` and an editor may
    accept is accepted, with the remark that nobody has looked at it; what an editor may not accept is written
    more plainly, until nothing is left but what is marked TODO.
    """
    taken = {chapter.head.chapter for chapter in base.chapters}
    names = {chapter.slug for chapter in base.chapters}
    works: list[_Working] = []
    chapters: dict[str, str] = {}
    for origin, recognised in found:
        number = number_for(recognised.number, taken)
        taken.add(number)
        title = title_of(recognised, origin)
        slug = slug_for(folder, title, names)
        names.add(slug)
        chapters.setdefault(PurePath(origin).name, slug.rpartition("/")[2])
        works.append(_Working(slug, number, title, recognised, partial(_follow, chapters), origin))
    return tuple(_settled(works, base, day))


def _follow(chapters: Mapping[str, str], href: str) -> str | None:
    """Where a link of a source leads: to another site as it did, to a draft made in the same run."""
    if is_outside(href):
        return markdown.follow_outside(href)
    name = PurePosixPath(unquote(urlsplit(href).path)).name
    return f"{chapters[name]}.md" if name in chapters else None


def _nowhere(work: _Working) -> Iterator[tuple[str, str]]:
    for piece in work.pieces:
        for run in markdown.runs_of(piece.block):
            if run.href and run.text.strip() and work.follow(run.href) is None:
                yield run.text.strip(), run.href


def _settled(works: Sequence[_Working], base: Manual, day: date) -> Iterator[Draft]:
    faults: dict[str, list[Diagnostic]] = {}
    sources: dict[str, Source] = {}
    for round_ in range(ROUNDS):
        sources = {work.slug: work.source() for work in works}
        faults = judging.faults(base, sources, day)
        if not any(_mended(work, sources[work.slug], faults[work.slug], round_) for work in works):
            break
    for work in works:
        yield Draft(
            work.slug,
            work.number,
            work.title,
            sources[work.slug],
            work.recognised,
            tuple(work.pieces[index] for index in sorted(work.plainly)),
            tuple(faults[work.slug]),
            tuple(work.accepted.values()),
            tuple(dict.fromkeys(_nowhere(work))),
        )


def _mended(work: _Working, source: Source, found: Iterable[Diagnostic], round_: int) -> bool:
    """Whether anything was changed because of what is wrong with a draft."""
    changed = False
    before = set(work.accepted)
    for one in found:
        owner = work.owner_of(one.span.line)
        if one.code == "todo" or one.severity == "info":
            continue
        if one.code == "acceptance-unused":
            changed |= _withdrawn(work, one)
        elif CODES[one.code].acceptable and round_ < ROUNDS - 2 and (text := _words_of(source, one)):
            if (one.code, text) not in before:
                work.accepted[one.code, text] = one
                changed = True
            elif owner is not None:
                changed |= _plainer(work, owner)
        elif owner is not None:
            changed |= _plainer(work, owner)
    return changed


def _plainer(work: _Working, owner: int) -> bool:
    if work.plainly.get(owner, 0) >= PLAINEST:
        return False
    work.plainly[owner] = work.plainly.get(owner, 0) + 1
    return True


def _withdrawn(work: _Working, unused: Diagnostic) -> bool:
    """Take back an acceptance that matches nothing: a neighbour was written more plainly since."""
    index = sum(line.startswith("  - code: ") for line in work.head[: unused.span.line]) - 1
    keys = list(work.accepted)
    if not 0 <= index < len(keys):
        return False
    del work.accepted[keys[index]]
    return True


def _words_of(source: Source, one: Diagnostic) -> str:
    """The words by which a fault is accepted; empty where none would do."""
    if CODES[one.code].cited:
        start, end = source.stretch(one.span)
        text = source.text[start:end]
    else:
        text = source.line(one.span.line)
    # Front matter takes no markup: of a line, the longest stretch without any names it too.
    stretches = MARKUP.split(text) if not CODES[one.code].cited else [text]
    text = " ".join(max(stretches, key=len).split())[:LONGEST_TITLE].rstrip()
    return "" if MARKUP.search(text) or hidden.HIDDEN.search(text) else text


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
