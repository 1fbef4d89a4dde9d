"""A unit in blocks: its sentences, the items of its lists, the rows of its tables with their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chapterhouse.masking import Fence, opening
from chapterhouse.redline.change import BlockKind
from chapterhouse.redline.tokens import Token, hidden, tokens
from chapterhouse.redline.units import Unit

LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
ITEM = re.compile(r"([ \t]*)([-*+]|(?:[0-9]{1,9}|[A-Za-z]|[ivx]{1,5})[.)])[ \t]+(?=\S)")
NOTE = re.compile(r" {0,3}\[\^[^\[\]]+\]:[ \t]*")
QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
BOX = re.compile(r"!{3}[ \t]+[\w -]+")
RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*[\r\n]*\Z")
# A bar in code or after a backslash is a sign like any other.
BAR = re.compile(r"\\.|`[^`\r\n]*`|\|")
ATTRIBUTES = re.compile(r"[ \t]*\{:[^}\r\n]*\}[ \t]*[\r\n]*\Z")

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """One block of a unit, in tokens."""

    kind: BlockKind
    level: int
    mark: str
    cells: tuple[tuple[Token, ...], ...]

    @cached_property
    def key(self) -> tuple[BlockKind, int, tuple[tuple[str, ...], ...]]:
        """What makes it the same as another for a reader."""
        return (
            self.kind,
            self.level,
            tuple(tuple(token.key for token in cell if token.key) for cell in self.cells),
        )

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, counted."""
        return Counter(token.key for cell in self.cells for token in cell if token.key)


@dataclass(slots=True)
class Draft:
    """A block while its last line is not known yet."""

    kind: BlockKind
    level: int
    mark: str
    start: int
    end: int
    unseen: list[tuple[int, int]]
    """The marks of its kind: where they stand in the unit."""
    closed: bool = False
    """Whether the next line, blank or not, is another block."""


def blocks(unit: Unit) -> tuple[Text, ...]:
    """The blocks of a unit, in order: their tokens joined are its source."""
    unseen = hidden(unit.source)
    return tuple(_text(unit.source, draft, unseen) for draft in Reader(unit).run())


def _text(source: str, draft: Draft, unseen: Sequence[Stretch]) -> Text:
    own = source[draft.start : draft.end]
    inside = _inside([*unseen, *draft.unseen], draft.start, draft.end)
    if draft.kind != "row":
        return Text(draft.kind, draft.level, draft.mark, (tuple(tokens(own, inside)),))
    first = LINES.match(own)
    return Text("row", draft.level, "", tuple(_cells(own, len(first[0]) if first else 0, inside)))


def _inside(stretches: Iterable[Stretch], start: int, end: int) -> list[Stretch]:
    """What of some stretches lies between two places, counted from the first."""
    return sorted((max(a, start) - start, min(b, end) - start) for a, b in stretches if a < end and b > start)


def _cells(row: str, width: int, unseen: Sequence[Stretch]) -> Iterator[tuple[Token, ...]]:
    """The cells of a row, each with the bar that ends it; the last with the line below the head."""
    bars = [match.start() for match in BAR.finditer(row, 0, width) if match[0] == "|"]
    ends = [bar + 1 for bar in bars]
    if ends and not row[: bars[0]].strip():
        del ends[0]
    if ends and not row[ends[-1] : width].strip():
        del ends[-1]
    bars += [] if width == len(row) else range(width, len(row))
    signs = [(bar, bar + 1) for bar in bars]
    for start, end in pairwise((0, *ends, len(row))):
        yield tuple(tokens(row[start:end], _inside([*unseen, *signs], start, end)))


class Reader:
    """Goes through the lines of a unit, and knows which block is open."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.drafts: list[Draft] = []
        self.lines = list(LINES.finditer(unit.source))
        self.indents: list[int] = []
        self.fence: Fence | None = None
        self.blank = False
        """Whether a blank line has come since the last text."""

    def run(self) -> list[Draft]:
        """The blocks of the unit, in order: each line is part of one."""
        for number, line in enumerate(self.lines):
            written = bool(line[0].strip())
            if self.fence is not None:
                self.more(line)
                self.fence = None if self.fence.closes(line[0].rstrip("\r\n")) else self.fence
            elif not number and self.unit.printed:
                self.open("heading" if self.unit.kind == "section" else "text", line, self.unit.printed)
            elif self.drafts and (not written or ATTRIBUTES.match(line[0])):
                self.more(line)
            elif not self.marked(number, line):
                self.plain(line)
            self.blank = not written
        return self.drafts

    def marked(self, number: int, line: re.Match[str]) -> bool:
        """Open the block that a line's own marks begin, if they do."""
        text = line[0]
        self.fence = opening(text.rstrip("\r\n"), number)
        if self.fence is not None:
            self.open("code", line, 0)
        elif "|" in text and self.row(number, line):
            pass
        elif item := ITEM.match(text):
            self.open("item", line, item.end(), self.depth(len(item[1].expandtabs(4))), item[2])
        elif note := NOTE.match(text):
            self.open("note", line, note.end())
        elif box := BOX.match(text):
            self.open("text", line, box.end())
            self.drafts[-1].closed = True
        elif (quote := QUOTE.match(text)) and not self.goes_on("quote"):
            self.open("quote", line, quote.end())
        else:
            return False
        return True

    def row(self, number: int, line: re.Match[str]) -> bool:
        """Open or go on with a row, if a line with a bar in it is one."""
        last = self.drafts[-1] if self.drafts else None
        if last and last.kind == "row" and not self.blank:
            if last.level == 1 and self.lines[number - 1].start() == last.start and RULE.match(line[0]):
                self.more(line)
            else:
                self.open("row", line, 0, 2)
            return True
        following = self.lines[number + 1][0] if number + 1 < len(self.lines) else ""
        if RULE.match(following) and "-" in following:
            self.open("row", line, 0, 1)
            return True
        return False

    def plain(self, line: re.Match[str]) -> None:
        """Go on with the block that is open, or open one of plain text."""
        quote = QUOTE.match(line[0])
        if self.goes_on(*(("quote",) if quote else ("text", "item", "quote", "note"))):
            if quote:
                self.drafts[-1].unseen.append((line.start(), line.start() + quote.end()))
            self.more(line)
        else:
            self.open("text", line, 0)
            if not line[0][:1].isspace():
                self.indents = []

    def goes_on(self, *kinds: BlockKind) -> bool:
        """Whether the last block is one of these and has not ended."""
        last = self.drafts[-1] if self.drafts else None
        return last is not None and last.kind in kinds and not (self.blank or last.closed)

    def depth(self, width: int) -> int:
        """How deep an item indented by so many columns stands, from 1."""
        while self.indents and self.indents[-1] > width:
            self.indents.pop()
        if not self.indents or self.indents[-1] < width:
            self.indents.append(width)
        return len(self.indents)

    def open(self, kind: BlockKind, line: re.Match[str], lead: int, level: int = 0, mark: str = "") -> None:
        """Begin a block with a line, of which the first `lead` characters are the mark of its kind."""
        unseen = [(line.start(), line.start() + lead)] if lead else []
        self.drafts.append(Draft(kind, level, mark, line.start(), line.end(), unseen))

    def more(self, line: re.Match[str]) -> None:
        """Add a line to the last block."""
        self.drafts[-1].end = line.end()
