"""Text read line by line, as blocks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapterhouse.importers.blocks import Block, Cell, Kind, Loss, Run, letters, own_text, words
from chapterhouse.importers.measures import MEASURED
from chapterhouse.importers.pages.gathering import woven
from chapterhouse.importers.pages.spans import MOST_CELLS, even
from chapterhouse.importers.texts import tables
from chapterhouse.importers.texts.ordered import ORDERED, indent_of, ordered
from chapterhouse.importers.texts.sheets import ENDED, SOFT, Sheets, Spelling

SPACE = re.compile(r"[^\S\n\ufffd]+|\ufffd")
BARS = re.compile(r"[|\s]*")
RULE = re.compile(r"(?:[-*_=]\s*){3,}|\u2500{3,}")
BULLET = re.compile(
    r"([\ufffd\u2022\u00b7\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u25a1\uf0b7\u2043\u2013*+-]|o(?=\t))\s+(?=\S)"
)
LETTER = re.compile(r"(\(?(?:[a-z]|[ivxl]{1,6}|[0-9]{1,2})\))(?:\s+(?=\S)|$)")
NUMBER = re.compile(r"[A-Z]{0,4}[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}[A-Z]{0,2}\.?")
NUMBERED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})*[A-Z]{0,2}\.?\s")
AMOUNT = re.compile(r"[0-9]{1,4}\s+[a-z]")
REFERS = (
    " paragraph",
    " paragraphs",
    " section",
    " sections",
    " chapter",
    " and",
    " or",
    " to",
    " of",
    " see",
    " in",
)
"""How a line ends that goes on with a number in the next one."""
CLOSING = frozenset(",;.)")
DEEPEST = 9
WRAPPED = (50, 120)
"""The length of most lines of a text that was broken into lines by its program, in characters."""


@dataclass(slots=True)
class Open:
    """A block that is being read."""

    kind: Kind
    at: int
    """Its first line, from 0."""
    level: int
    marker: str
    name: str
    texts: list[str | Loss]
    """Its lines, and what is lost between them."""
    breaks: set[int] = field(default_factory=set)
    """After which of its lines the author broke it."""

    @property
    def last(self) -> str:
        """The line that was read last."""
        return next((text for text in reversed(self.texts) if isinstance(text, str)), "")


class Lines(ABC):
    """What texts of every kind have: paragraphs, items and tables."""

    markdown = False

    def __init__(self, sheets: Sheets) -> None:
        """Take the lines of a text."""
        self.lines = sheets.lines
        self.dropped = sheets.dropped
        self.fresh = sheets.fresh
        self.wrapped = self.markdown or sheets.paper or _wrapped(self.lines)
        self.remarks: list[str] = []
        self.at = 0
        """The line that is read, from 0."""
        self.open: Open | None = None
        self.after: Kind = "paragraph"
        """What the block above is."""
        self.indents: list[int] = []
        """Of the items around, each in the one before."""
        self.items = ordered(self.lines, markdown=self.markdown, passed=self.code())
        self.spelling = Spelling(self.lines)

    def code(self) -> frozenset[int]:
        """The lines, by index, that are code: those of plain text are none."""
        return frozenset()

    def parts(self) -> Iterator[Block | Loss]:
        """The blocks in order."""
        while self.at < len(self.lines):
            if self.at in self.fresh:
                yield from self.close()
            if self.at in self.dropped:
                yield from self._drop(self.lines[self.at].strip(), self.dropped[self.at])
            else:
                yield from self.line(self.lines[self.at])
            self.at += 1
        yield from self.close()
        self.remarks += self.spelling.remarks()

    @property
    def place(self) -> str:
        """The line that is read, for a person."""
        return f"line {self.at + 1}"

    def _drop(self, text: str, remark: str) -> Iterator[Loss]:
        """A line that is none of the text; in the middle of a block it is listed there."""
        loss = Loss(text, self.place, "furniture", remark)
        if self.open and text:
            self.open.texts.append(loss)
        elif text:
            yield loss

    def line(self, line: str) -> Iterator[Block | Loss]:
        """What ends at a line, or begins and ends there."""
        text = line.strip()
        if tables.tabs_begin(self.lines, self.at):
            yield from self.table(tables.tabbed(self.lines, self.at))
        elif BARS.fullmatch(line):
            yield from self.close()
        elif tables.bars_begin(self.lines, self.at):
            yield from self.table(tables.barred(self.lines, self.at))
        elif RULE.fullmatch(text):
            yield from self.close()
        else:
            bare = text.strip("|").strip() if text[-1] == "|" or text[0] == "|" else text
            yield from self.said(line, bare)

    def said(self, line: str, text: str) -> Iterator[Block | Loss]:
        """A line that has words."""
        item = BULLET.match(text) or LETTER.match(text)
        if item is None and self.at in self.items:
            item = ORDERED.match(text)
        if item:
            yield from self.close()
            rest = text[item.end() :]
            marker = item[0].strip()
            if not words(marker) and (lettered := LETTER.match(rest)):
                # A bullet and a letter: the letter says more.
                marker, rest = lettered[1], rest[lettered.end() :]
            self.start("item", rest, level=self._depth(indent_of(line)), marker=marker)
        elif self.continues(text):
            self.go_on(text)
        else:
            yield from self.close()
            yield from self.begins(text)

    @abstractmethod
    def begins(self, text: str) -> Iterator[Block | Loss]:
        """A line that begins a block which is no item."""

    def _depth(self, indent: int) -> int:
        """How deep an item stands, by the white space before it."""
        while self.indents and self.indents[-1] > indent + 1:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return min(len(self.indents), DEEPEST)

    def start(self, kind: Kind, text: str, *, level: int = 1, marker: str = "", name: str = "") -> None:
        """Begin a block with the line that is read."""
        self.open = Open(kind, self.at, level, marker, name, [text])
        if kind != "item":
            self.indents.clear()

    def go_on(self, text: str) -> None:
        """Add a line to the block that is being read."""
        if self.open:
            self.open.texts.append(text)

    def continues(self, text: str) -> bool:
        """Whether a line goes on with the block above it."""
        if self.open is None:
            return False
        before = self.open.last
        if not before:
            return True
        if NUMBER.fullmatch(before) or NUMBER.fullmatch(text):
            return False
        if self.wrapped and self.open.kind != "heading":
            number = NUMBERED.match(text)
            dotted = number is not None and "." in number[0] and not MEASURED.match(text)
            counts = number is not None and (dotted or before.endswith(ENDED))
            return not counts or before.endswith(REFERS)
        amount = AMOUNT.match(text) or MEASURED.match(text)
        follows = text[0].islower() or text[0] in CLOSING or amount is not None
        return follows and not before.endswith(ENDED)

    # --- What is read whole ---

    def close(self) -> Iterator[Block | Loss]:
        """End the block that is being read."""
        if self.open is None:
            return
        opened, self.open = self.open, None
        place = f"line {opened.at + 1}"
        runs: list[Run] = []
        lost: list[tuple[int, Loss]] = []
        count = letters(opened.marker)
        for stretch in self._stretches(opened):
            if isinstance(stretch, Loss):
                lost.append((count, stretch))
                continue
            said, gone = self.inline(stretch, place)
            lost += ((count + at, loss) for at, loss in gone)
            runs += said if not runs else (Run(" "), *said)
            count += sum(letters(run.text) for run in said)
        yield from self.block(opened, tuple(runs), lost)

    def block(
        self, opened: Open, runs: tuple[Run, ...], lost: list[tuple[int, Loss]]
    ) -> Iterator[Block | Loss]:
        """A block that has been read, with what was lost in it."""
        if not runs and not words(opened.marker):
            yield from (loss for _, loss in lost)
            return
        self.after = opened.kind
        block = Block(
            opened.kind, f"line {opened.at + 1}", runs, opened.level, opened.marker, name=opened.name
        )
        yield from woven(block, lost, letters(own_text(block))) if lost else (block,)

    def _stretches(self, opened: Open) -> Iterator[str | Loss]:
        """The lines of a block as one, where nothing is lost between them."""
        row: list[str] = []
        for number, text in enumerate(opened.texts):
            if isinstance(text, Loss):
                yield "".join(row)
                row.clear()
                yield text
                continue
            if row:
                row += self._between(row, text, broken=number - 1 in opened.breaks)
            row.append(text)
        yield "".join(row)

    def _between(self, row: list[str], below: str, *, broken: bool) -> Iterator[str]:
        if broken:
            yield "\n"
        elif below[:1] not in CLOSING:
            less, sign = (0, " ") if self.markdown else self.spelling.between(row[-1], below)
            if row[-1].endswith(SOFT):
                less, sign = 1, ""
            if less:
                row[-1] = row[-1][:-less]
            yield sign

    @abstractmethod
    def inline(self, text: str, place: str) -> tuple[tuple[Run, ...], list[tuple[int, Loss]]]:
        """The runs of words, and what is lost in them, each after how many letters of them."""

    def table(self, table: tables.Table) -> Iterator[Block | Loss]:
        """A table that begins at the line that is read; the reading goes on below it."""
        yield from self.close()
        self.after = "table"
        self.indents.clear()
        lost: list[tuple[int, Loss]] = []
        count = 0
        rows: list[list[Cell]] = []
        too_large = sum(map(len, table.rows)) > MOST_CELLS
        for row in [] if too_large else table.rows:
            cells: list[Cell] = []
            for written in row:
                said, gone = self.inline(written.text, place := f"line {written.line + 1}")
                lost += ((count + at, loss) for at, loss in gone)
                count += sum(letters(run.text) for run in said)
                cells.append(Cell((Block("paragraph", place, said),) if said else ()))
            rows.append(cells)
        if not too_large and (laid := even(rows)) is not None:
            yield from woven(Block("table", self.place, rows=laid), lost, count)
        else:
            self.remarks.append(f"The table at {self.place} is too large to be one; its rows are paragraphs.")
            yield from self._flat(table)
        self.at = table.end - 1

    def _flat(self, table: tables.Table) -> Iterator[Block | Loss]:
        for row in table.rows:
            text = " | ".join(cell.text for cell in row)
            said, gone = self.inline(text, f"line {row[0].line + 1}")
            yield from self.block(Open("paragraph", row[0].line, 1, "", "", []), said, gone)


def _wrapped(lines: list[str]) -> bool:
    """Whether a program broke the text into lines of one width, so that paragraphs must be put together."""
    low, high = WRAPPED
    full = [line for line in lines if line.strip()]
    long = sum(low <= len(line) <= high for line in full)
    return long > 10 and long > len(full) / 2 and not any(len(line) > high for line in full)
