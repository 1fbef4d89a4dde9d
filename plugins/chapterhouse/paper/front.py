"""The pages of a book that are no chapter: cover, contents, indexes, and the list of what to exchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from chapterhouse import dates
from chapterhouse.crossreference import HEADINGS, Index, Provision, Recorded, by_chapter
from chapterhouse.editions import KINDS, STATES, Edition, sentence
from chapterhouse.law import Standing
from chapterhouse.manual.copies import CHECK
from chapterhouse.manual.printing import counted
from chapterhouse.manual.replacing import Replacement
from chapterhouse.model import Manual, Version
from chapterhouse.paper.nodes import (
    Block,
    Cell,
    Contents,
    Heading,
    Inline,
    Item,
    Items,
    Paragraph,
    SheetOf,
    SheetsOf,
    Table,
    Words,
)
from chapterhouse.redline import telling
from chapterhouse.render import legislation
from chapterhouse.render.amendments import by_month
from chapterhouse.render.indexes import by_part
from chapterhouse.render.pieces import lowered, opened
from chapterhouse.site import Site

Blocks = tuple[Block, ...]
Entry = tuple[int, str, str]
"""A line of the contents: its level, its words, the path that it leads to."""

UNDATED = (
    "Not looked for is what changes without a date: an owner, a term of the glossary, the register of law."
)


def cover(site: Site, chapters: int) -> Blocks:
    """The cover: what the book is, as of which day, and how to see whether a sheet of it still holds."""
    built = dates.long(site.today)
    where = (
        ("The manual itself is at ", Words(site.url, to=site.url), ".")
        if site.url
        else ("The website of the manual has the text that applies.",)
    )
    check = site.url + CHECK
    how = (
        ("Scan the square beside the code, or type the code at ", Words(check, to=check))
        if site.url
        else ("Type the code on the website of the manual, under “Check a printed copy”",)
    )
    return (
        _heading(1, site.name),
        _said(f"The whole manual as it stood on {built}: {counted(chapters, 'chapter')}."),
        _heading(2, "Is this copy still current?"),
        _said(f"This file knows nothing of what was decided after {built}. ", *where),
        _said(
            "At the foot of each sheet of a chapter stand the chapter, its version with the day from which "
            "that applies, and a code. ",
            *how,
            ": the website says whether that version still applies, and if not which paragraphs changed.",
        ),
    )


def contents(manual: Manual, shown: Iterable[Edition], ends: Iterable[tuple[str, str]]) -> Blocks:
    """The contents: chapters by part, then what stands at the end, each as title and path."""
    found: list[Entry] = []
    for part in by_part(manual, shown):
        found.append((1, part.title, part.editions[0].path))
        found += [(2, _title(one), one.path) for one in part.editions]
    found += [(1, title, path) for title, path in ends]
    return (_heading(1, "Contents"), Contents(tuple(found)))


def law(index: Index) -> Blocks:
    """The index of legislation: each provision that is cited, with the paragraphs that cite it."""
    return (
        _heading(1, "Index of legislation"),
        _said(
            "Every Act, statutory instrument, treaty and piece of statutory guidance that this manual cites, "
            f"provision by provision, as the manual stood on {dates.long(index.day)}. How each stood on that "
            "day is told as far as the register of this manual knows; it was kept up to "
            f"{dates.long(index.register.as_of)}. Look at the official text before you rely on it."
        ),
        _said(
            "Behind each provision stand the number of a chapter, a colon, and the paragraphs of that "
            "chapter that cite it, each with its sheet in this file."
        ),
        *_instruments(index),
    )


def amendments(site: Site, shown: Iterable[Edition]) -> Blocks:
    """The register of amendments, newest first by the day on which each takes effect."""
    records, editions = site.amendments, {one.history: one for one in shown}
    first = (
        f"{counted(len(records), 'amendment')}: every change to a chapter of this manual, newest first by "
        f"the day on which it takes effect, as recorded on {dates.long(site.today)}."
    )
    found: list[Block] = [_heading(1, "Amendments"), _said(first)]
    for month in by_month(records):
        rows = (_said(*_record(one, editions[one.history], site.today)) for one in month.entries)
        found += [_heading(2, month.title), _list(rows)]
    return tuple(found)


def replacing(site: Site, found: Sequence[tuple[Replacement, Edition]], since: date) -> Blocks:
    """The list of what to take out of a copy of `since` and put in; of each chapter, what is put in."""
    kept = len(site.manual.published) - len(found)
    same = "other chapter says the same" if kept == 1 else "other chapters say the same"
    names = ("Chapter", "Take out", "Put in", "What changed")
    head = tuple(Cell((_said(name),), header=True) for name in names)
    return (
        _heading(1, "Replacement pages"),
        _said(
            f"For a printed copy of {site.name} that was made on {dates.long(since)}: with the sheets that "
            f"follow its chapters are as the manual stands on {dates.long(site.today)}. Work through the "
            "list from its top, and keep the list in front of the copy. Contents, indexes and glossary of "
            "the copy are not exchanged."
        ),
        _said(
            "A line in the margin stands beside each paragraph that is new or has changed. Where one was "
            "removed, it stands beside words that say so."
        ),
        Table((head,), tuple(_row(one, new, since) for one, new in found)),
        *([_said(f"{kept} {same}: leave the sheets in. {UNDATED}")] if kept else ()),
    )


def _row(one: Replacement, new: Edition, since: date) -> tuple[Cell, ...]:
    put = _version(one.new, new.today)
    if one.withdrawn:
        put += ", which withdraws the chapter: its sheets say what to follow instead"
    sheets = (
        opened(put),
        ". Sheets: ",
        SheetsOf(new.path),
        ", from sheet ",
        SheetOf(new.path),
        " of this file",
    )
    cells: tuple[tuple[str | Inline, ...], ...] = (
        (Words(_called(new), to=new.path),),
        (_out(one, new, since),),
        sheets,
        (opened("; ".join(_changed(one))),),
    )
    return tuple(Cell((_said(*said),), header=number == 0) for number, said in enumerate(cells))


def _out(one: Replacement, new: Edition, since: date) -> str:
    if one.old is None:
        return "Nothing: the chapter is new"
    then = one.old.chapter.head
    other = (then.chapter, then.title) != (new.head.chapter, new.head.title)
    named = f"{then.chapter} {then.title}, " if other else ""
    return f"All sheets of {named}{_version(one.old, since)}"


def _version(version: Version, day: date) -> str:
    """A version and the day from which it applies, as its sheets of a day say it."""
    start = version.amendment.effective
    words = "not in force until" if start > day else "in force from"
    return f"version {version.number}, {words} {dates.long(start)}"


def _changed(one: Replacement) -> Iterator[str]:
    """What differs, in words: what stands above the text, then the paragraphs."""
    redline = one.redline
    if redline is None:
        yield "new chapter"
        return
    if one.withdrawn:
        yield "withdrawn"
    yield from (telling.field(field)[0].lower() for field in redline.fields)
    titles = telling.headings(redline.changes)
    for change in redline.told:
        called = telling.called(change, titles)
        if change.state != "kept":
            yield f"{called} {change.state}"
        elif change.renumbered:
            yield f"{change.kind} {change.was} is now {change.number}"
        else:
            yield f"{called} moved" if change.moved else called
    if not redline.wording:
        yield from one.around


def _instruments(index: Index) -> Iterator[Block]:
    for kind, entries in groupby(index.cited, key=lambda entry: entry.kind):
        yield _heading(2, HEADINGS[kind])
        for entry in entries:
            yield _heading(3, entry.title)
            yield _said(sentence(_told(index, entry.standing)))
            yield _list(_said(*_cited(index, one)) for one in entry.cited)


def _told(index: Index, standing: Standing) -> str:
    """How an instrument or a provision stands, as the site says it."""
    return legislation.told(index, standing, lambda path: path).striptags()


def _cited(index: Index, provision: Provision) -> Iterator[str | Inline]:
    yield opened(provision.name)
    if provision.target.provision and provision.standing.state != "in-force":
        yield f" ({lowered(_told(index, provision.standing))})"
    for number, (edition, places) in enumerate(by_chapter(provision.places)):
        yield f"{'; ' if number else '. '}{edition.head.chapter}: "
        for order, place in enumerate(places):
            yield ", " if order else ""
            yield Words(place.name, to=place.path)
            yield " (sheet "
            yield SheetOf(place.path)
            yield ")"


def _record(one: Recorded, shown: Edition, today: date) -> Iterator[str | Inline]:
    record = one.amendment
    yield Words(_called(shown), to=shown.path)
    yield f", version {record.version}, effective {dates.long(record.effective)}"
    if one.never_applied:
        yield " (never in force: a later version took effect on the same day)"
    if record.effective > today:
        yield Words(" (not yet in force)", frozenset({"strong"}))
    yield f". {KINDS[record.kind]}: {sentence(record.summary)}"
    if record.paragraphs:
        yield f" Paragraphs: {', '.join(record.paragraphs)}."


def _title(edition: Edition) -> str:
    """A chapter in the contents; one that is not simply in force says so."""
    state = "" if edition.state == "in-force" else f" ({lowered(STATES[edition.state])})"
    return _called(edition) + state


def _called(edition: Edition) -> str:
    return f"{edition.head.chapter} {edition.head.title}"


def _heading(level: int, words: str) -> Heading:
    return Heading(level, (Words(words),))


def _said(*pieces: str | Inline) -> Paragraph:
    words = (Words(one) if isinstance(one, str) else one for one in pieces)
    return Paragraph(tuple(one for one in words if one != Words("")))


def _list(items: Iterable[Block]) -> Items:
    return Items(tuple(Item("", (one,)) for one in items))
