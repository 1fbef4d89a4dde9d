"""Recognised documents as draft chapters that pass `check`."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath, PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from chapterhouse.diagnostics import CODES
from chapterhouse.fields.quoting import in_quotes
from chapterhouse.fields.shapes import TODO
from chapterhouse.importers import markdown
from chapterhouse.importers.blocks import words
from chapterhouse.importers.markdown import Links, Written
from chapterhouse.importers.recognise import Moved, Piece, Recognised
from chapterhouse.manual import check, sense, slugs
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.tree import CONTENT
from chapterhouse.markup.addresses import is_outside
from chapterhouse.model import Diagnostic, History, Manual, Source

TODO = "TODO"
"""What stands in the front matter where only a person can know: `check` names each place."""
BECAUSE = (
    "It stands so in the document that was imported. Look at it, then delete this or put the text right."
)
PLAINEST = 2
ROUNDS = 6
LONGEST_TITLE = 200
LONGEST_REASON = 2000
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


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
    links: Links
    origin: str
    plainly: dict[int, int] = field(default_factory=dict)
    accepted: dict[tuple[str, str], Diagnostic] = field(default_factory=dict)
    written: Written = Written((), ())
    head: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.recognised.pieces

    def source(self) -> Source:
        """The text of the file as it is now."""
        self.written = _whole(self.pieces, self.recognised, self.links, self.plainly)
        self.head = tuple(_head(self))
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
        number = _number(recognised.number, taken)
        taken.add(number)
        title = _title(recognised, origin)
        slug = slug_for(folder, title, names)
        names.add(slug)
        chapters.setdefault(PurePath(origin).name, slug.rpartition("/")[2])
        works.append(_Working(slug, number, title, recognised, Links(partial(_follow, chapters)), origin))
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
            if run.href and run.text.strip() and work.links.follow(run.href) is None:
                yield run.text.strip(), run.href


def _settled(works: Sequence[_Working], base: Manual, day: date) -> Iterator[Draft]:
    faults: dict[str, list[Diagnostic]] = {}
    sources: dict[str, Source] = {}
    for round_ in range(ROUNDS):
        sources = {work.slug: work.source() for work in works}
        faults = _faults(base, sources, day)
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
    text = " ".join(text.split())[:LONGEST_TITLE].rstrip()
    return "" if UNSEEN.search(text) or re.search(r"<[A-Za-z/!]|&#?\w+;", text) else text


def _whole(pieces: Sequence[Piece], recognised: Recognised, links: Links, plainly: dict[int, int]) -> Written:
    """The body, of which each piece is read back: its words are those of the piece, or it is written more plainly."""
    levelled = _levelled(pieces)
    while True:
        written = markdown.write(levelled, recognised.numbering, links, plainly)
        short = [i for i in _unlike(levelled, written) if plainly.get(i, 0) < PLAINEST]
        if not short:
            return written
        plainly.update(dict.fromkeys(short, PLAINEST))


def _unlike(pieces: Sequence[Piece], written: Written) -> Iterator[int]:
    lines: dict[int, list[str]] = {}
    for line, owner in zip(written.lines, written.owners, strict=True):
        lines.setdefault(owner, []).append(line)
    for index, piece in enumerate(pieces):
        wanted = words(" ".join((piece.number, piece.block.marker, piece.block.text)))
        if words(markdown.read_back("\n".join(lines.get(index, ())))) != wanted:
            yield index


def _levelled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Headings from the second level down, none more than one below the one before it."""
    headings = [piece for piece in pieces if piece.block.kind == "heading"]
    if not headings:
        return tuple(pieces)
    numbered = any(piece.number for piece in headings)
    top = min(piece.block.level for piece in headings)
    last = 1
    made = []
    for piece in pieces:
        if piece.block.kind != "heading":
            made.append(piece)
            continue
        level = piece.block.level - top + 2
        if piece.number:
            level = 2
        elif numbered and last > 1:
            level = max(level, 3)
        level = min(level, last + 1, 6)
        last = level
        # A heading is strong as it is.
        runs = tuple(dataclasses.replace(run, strong=False) for run in piece.block.runs)
        made.append(
            dataclasses.replace(piece, block=dataclasses.replace(piece.block, level=level, runs=runs))
        )
    return tuple(made)


def _faults(base: Manual, sources: Mapping[str, Source], day: date) -> dict[str, list[Diagnostic]]:
    """What is wrong with each draft in the manual that they make together with `base`."""
    chapters, own = [], []
    for slug, source in sources.items():
        chapter, found = parse_chapter(source, slug, hashlib.sha256(source.text.encode()).hexdigest())
        chapters.append(chapter)
        own += [*slugs.faults(source.path, slug), *found, *judge_markup(chapter)]
    after = dataclasses.replace(
        base,
        chapters=(*base.chapters, *chapters),
        sources={**base.sources, **{source.path: source for source in sources.values()}},
        histories={
            **base.histories,
            **{one.slug: History(one, MappingProxyType({})) for one in chapters},
        },
    )
    paths = {source.path: slug for slug, source in sources.items()}
    beyond = [one for one in sense.check(after) if one.path in paths and one.code != "unknown-part"]
    judged = check(dataclasses.replace(after, diagnostics=(*own, *beyond)), day)
    by_slug: dict[str, list[Diagnostic]] = {slug: [] for slug in sources}
    for one in judged:
        if one.path in paths:
            by_slug[paths[one.path]].append(one)
    return by_slug


# --- The front matter ---


def _head(work: _Working) -> Iterator[str]:
    moved = [part for part in work.recognised.parts if isinstance(part, Moved)]
    yield "---"
    yield f"# Imported from {comment(work.origin)}. A person settles what is marked {TODO}; check names each."
    yield "# Then delete the line with status, add review: with due:, and publish it with its effective date:"
    yield f"# chapterhouse amend {work.slug} --effective YYYY-MM-DD"
    for part in moved:
        if part.where == "amendments":
            yield f"# Of amendments the source says: {comment(part.text)}"
    yield f"chapter: {in_quotes(work.number)}"
    yield f"title: {in_quotes(work.title)}"
    yield f"owner: {TODO}"
    yield "status: draft"
    if work.recognised.numbering != "sections":
        yield f"numbering: {work.recognised.numbering}"
    notices = [comment(part.text) for part in moved if part.where == "under_review"]
    if notices:
        yield "under_review:"
        yield f"  since: {TODO}"
        yield f"  reason: {in_quotes(clean(' '.join(notices))[:LONGEST_REASON])}"
        yield f"  still_applies: {TODO}"
        yield f"  meanwhile: {TODO}"
        yield f"  paragraphs: {TODO}"
        yield f"  expected: {TODO}"
    if work.accepted:
        yield "accept:"
        for code, text in work.accepted:
            yield f"  - code: {code}"
            yield f"    text: {in_quotes(text)}"
            yield f"    because: {in_quotes(BECAUSE)}"
    yield "---"


def comment(text: str) -> str:
    """Words on one line, without what nobody sees."""
    return " ".join(UNSEEN.sub(" ", text).split())


def clean(text: str) -> str:
    """Words that front matter takes: on one line, without what looks like markup."""
    return " ".join(re.sub(r"[<>&]", " ", comment(text)).split())


def _title(recognised: Recognised, origin: str) -> str:
    return (
        clean(recognised.title)[:LONGEST_TITLE].strip() or clean(origin)[:LONGEST_TITLE] or "Imported chapter"
    )


def _number(number: str, taken: set[str]) -> str:
    """The number of the source, or the first free one."""
    if number and number not in taken and re.fullmatch(r"[A-Z]{0,4}[0-9]{1,9}(\.[0-9]{1,9})*[A-Z]?", number):
        return number
    return next(f"X{count}" for count in range(1, len(taken) + 2) if f"X{count}" not in taken)


def slug_for(folder: str, title: str, taken: set[str]) -> str:
    """A slug in `folder` made of the words of a title that no other chapter has."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall("[a-z0-9]+", letters.replace("'", "")))[:70].strip("-") or "chapter"
    if any(slugs.complaints(f"{folder}/{name}")):
        name = f"chapter-{name}"
    free, count = f"{folder}/{name}", 1
    while free in taken:
        count += 1
        free = f"{folder}/{name}-{count}"
    return free
