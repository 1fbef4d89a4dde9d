"""A redline in words, for every printer: what each change is called, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chapterhouse.redline.change import Change, Field, Op, Piece, Redline

FIELDS = {
    "chapter": "Number",
    "title": "Title",
    "status": "Status",
    "numbering": "Numbering",
    "under_review": "Under review",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a reader is told of it."""

    change: Change
    called: str
    """`paragraph 3.4`, `section 3`, `the text of section 3`."""
    told: str
    """What happened to it, as a sentence."""

    @property
    def title(self) -> str:
        """What it is called, as a heading."""
        return self.called[:1].upper() + self.called[1:]

    @property
    def happened(self) -> bool:
        """Whether there is more to say of it than that its words changed, which are there to be seen."""
        return self.change.state != "kept" or self.change.renumbered or self.change.moved

    @property
    def shown(self) -> bool:
        """Whether there are other words to show; a paragraph that only has another number is told of."""
        return self.change.wording


@dataclass(frozen=True, slots=True)
class Group:
    """The changes below one heading of the chapter."""

    title: str
    """The heading in the newer text; empty above the first, and where the heading is a change itself."""
    entries: tuple[Entry, ...]


def groups(redline: Redline) -> tuple[Group, ...]:
    """The changes that a reader is told of, each below the heading that it stands under."""
    titles = headings(redline.changes)
    found: list[tuple[str, list[Entry]]] = []
    title, opened = "", True
    for change in redline.changes:
        if change.kind == "section":
            title, opened = ("" if change.changed else titles[change.number]), True
        if change.changed:
            if opened:
                found.append((title, []))
                opened = False
            found[-1][1].append(entry(change, titles))
    return tuple(Group(title, tuple(entries)) for title, entries in found)


def entry(change: Change, titles: Mapping[str, str]) -> Entry:
    """A change in words. `titles` are the headings of its text by their anchors."""
    return Entry(change, called(change, titles), told(change))


def headings(changes: Iterable[Change]) -> Mapping[str, str]:
    """The headings of a text with their numbers, by their anchors; where one is in both texts, the newer."""
    found: dict[str, str] = {}
    for change in changes:
        if change.kind == "section":
            side: Op = "deleted" if change.state == "removed" else "inserted"
            words = "".join(piece.shown for piece in _side(change, side)).strip()
            title = f"{change.number}. {words}" if _numbered(change) else words
            if change.state == "removed":
                found.setdefault(change.number, title)
            else:
                found[change.number] = title
    return found


def called(change: Change, titles: Mapping[str, str]) -> str:
    """What a unit of a chapter is called in running text."""
    number = change.number
    if change.kind == "paragraph":
        return f"paragraph {number}"
    title = titles.get(number, "")
    if not number or not title:
        return "the opening text"
    if title.startswith(f"{number}. "):
        return f"section {number}" if change.kind == "section" else f"the text of section {number}"
    return f"the heading “{title}”" if change.kind == "section" else f"the text below “{title}”"


def told(change: Change) -> str:
    """What happened to a unit, as a sentence."""
    if change.state != "kept":
        return "Added." if change.state == "added" else "Removed."
    if change.renumbered:
        same = ", and its words changed." if change.wording else "; its words are the same."
        return f"{change.kind.capitalize()} {change.was} is now {change.number}{same}"
    if change.moved:
        same = ", and its words changed." if change.wording else "; its words are the same."
        return f"Moved to another place{same}"
    return "Changed."


def formatting(redline: Redline) -> str:
    """One sentence about what was laid out anew with the same words; empty where nothing was."""
    titles = headings(redline.changes)
    names = [called(change, titles).removeprefix("paragraph ") for change in redline.formatting]
    return f"Layout changed, words the same: {', '.join(names)}." if names else ""


def field(one: Field) -> tuple[str, tuple[tuple[Op, str], ...]]:
    """What a value of the front matter is called, and what became of it."""
    name = FIELDS.get(one.name, one.name)
    sides: tuple[tuple[Op, str], ...] = (("deleted", one.old), ("inserted", one.new))
    return name, tuple((op, text) for op, text in sides if text)


def said(pieces: Iterable[Piece]) -> Iterator[tuple[Op, str]]:
    """What a reader is shown of some pieces: each stretch once, with what became of it.

    Where markup or white space alone differs the newer text is shown, unmarked.
    """
    found: list[tuple[Op, str]] = []
    for piece in pieces:
        op = piece.op
        if op != "same" and not piece.wording:
            if op == "deleted" and piece.shown.strip():
                continue
            op = "same"
        if found and found[-1][0] == op:
            found[-1] = (op, found[-1][1] + piece.shown)
        else:
            found.append((op, piece.shown))
    return ((op, text) for op, text in found if text)


def _side(change: Change, op: Op) -> Iterator[Piece]:
    return (piece for block in change.blocks for piece in block.pieces if piece.op in {"same", op})


def _numbered(change: Change) -> bool:
    source = change.side("deleted" if change.state == "removed" else "inserted")
    return source.lstrip("\ufeff# \t").startswith(f"{change.number}.")
