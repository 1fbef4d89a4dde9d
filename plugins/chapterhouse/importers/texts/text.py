"""Plain text and Markdown, line by line, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chapterhouse.diagnostics import hidden
from chapterhouse.importers.blocks import Block, Cell, Document, Kind, Loss, RefusedError, Run, words
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.pages.spans import MOST_CELLS, even
from chapterhouse.importers.texts import tables
from chapterhouse.importers.texts.inline import inline

LARGEST = 20_000_000
"""Bytes. The longest manual that is known has 4 million characters."""

LINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
SPACE = re.compile(r"[^\S\n\ufffd]+|\ufffd")
BARS = re.compile(r"[|\s]*")
HEADING = re.compile(r"#{1,6}(?=\s)")
UNDERLINE = re.compile(r"(?:={3,}|-{3,})")
RULE = re.compile(r"(?:[-*_]\s*){3,}|\u2500{3,}")
FENCE = re.compile(r"(`{3,}|~{3,})\s*[\w+.-]*")
BULLET = re.compile(
    r"([\ufffd\u2022\u00b7\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u25a1\uf0b7\u2043\u2013*+-]|o(?=\t))\s+(?=\S)"
)
LETTER = re.compile(r"(\(?(?:[a-z]|[ivxl]{1,6}|[0-9]{1,2})\))(?:\s+(?=\S)|$)")
NUMBER = re.compile(r"[A-Z]{0,4}[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}[A-Z]{0,2}\.?")
NUMBERED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})*[A-Z]{0,2}\.?\s")
FOOTNOTE = re.compile(r"(?:<sup>([0-9]{1,3})</sup>|([0-9]{1,3})(?=\s+<https?:)|\[\^([^\s\[\]]{1,80})\]:)\s+")
FIELD = re.compile(r'HYPERLINK\s+"[^"]{0,2000}"')
ENDED = (".", ":", ";", "!", "?")
CLOSING = frozenset(",;.)")
LONGEST_HEADING = 100
WRAPPED = (50, 120)
"""The length of most lines of a text that was broken into lines by its program, in characters."""


def read(content: bytes, *, markdown: bool = False) -> Document:
    """The blocks of a text in bytes, whatever they are.

    `markdown` says that it is known to be Markdown; a text with headings of Markdown is taken for it too.
    Raises RefusedError for a text that is larger than any chapter.
    """
    if len(content) > LARGEST:
        raise RefusedError(
            f"it has {len(content):,} bytes; of a text, {LARGEST:,} are the most that are read"
        )
    text, remark = decoded(content)
    remarks = (remark,) if remark else ()
    text = LINE.sub("\n", text)
    if hidden.HIDDEN.search(text):
        text = hidden.HIDDEN.sub(" ", text)
        remarks = (*remarks, "Characters that nobody sees were left out.")
    lines = text.split("\n")
    if not markdown:
        markdown = sum(HEADING.match(line) is not None for line in lines) > 1
    reader = _Reader(lines, markdown=markdown)
    parts = tuple(reader.parts())
    return Document(parts, (*remarks, *reader.remarks))


@dataclass
class _Reader:
    lines: list[str]
    markdown: bool
    at: int = 0
    """The line that is read, from 0."""
    open: list[str] = field(default_factory=list)
    """The lines of the block that is being read."""
    first: int = 0
    kind: Kind = "paragraph"
    level: int = 1
    marker: str = ""
    name: str = ""
    after: Kind = "paragraph"
    """What the block above is."""
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wrapped = self.markdown or _wrapped(self.lines)

    def parts(self) -> Iterator[Block | Loss]:
        """The blocks in order."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            yield from self._line(line, line.strip())
            self.at += 1
        yield from self._close()

    def _line(self, line: str, text: str) -> Iterator[Block | Loss]:
        if tables.tabs_begin(self.lines, self.at):
            yield from self._table(tables.tabbed(self.lines, self.at))
        elif BARS.fullmatch(line):
            yield from self._close()
        elif tables.bars_begin(self.lines, self.at):
            yield from self._table(tables.barred(self.lines, self.at))
        elif self.markdown and FENCE.fullmatch(text):
            yield from self._fenced(text)
        elif self.open and self.markdown and UNDERLINE.fullmatch(text) and self.kind == "paragraph":
            self.kind, self.level = "heading", 1 if text[0] == "=" else 2
            yield from self._close()
        elif RULE.fullmatch(text):
            yield from self._close()
        else:
            yield from self._words(
                line, text.strip("|").strip() if text[-1] == "|" or text[0] == "|" else text
            )

    def _words(self, line: str, text: str) -> Iterator[Block | Loss]:
        indent = len(line) - len(line.lstrip(" \t\u00a0"))
        if self.markdown and (heading := HEADING.match(text)):
            yield from self._close()
            self._start("heading", _bare_heading(text[heading.end() :]), level=heading.end())
            yield from self._close()
        elif self.markdown and (note := FOOTNOTE.match(text)):
            yield from self._close()
            name = note[1] or note[2] or note[3]
            self._start("note", text[note.end() :], marker=name, name=name)
        elif item := BULLET.match(text) or LETTER.match(text):
            yield from self._close()
            level = 1 + indent // (2 if self.markdown else 4) if indent > 1 else 1
            rest = text[item.end() :]
            if not words(item[1]) and (
                lettered := LETTER.match(rest)
            ):  # a bullet and a letter: the letter says more
                item, rest = lettered, rest[lettered.end() :]
            self._start("item", rest, level=min(level, 9), marker=item[1])
        elif self.markdown and text.startswith(">"):
            if self.kind != "quote":
                yield from self._close()
                self._start("quote", text.lstrip("> "))
            else:
                self.open.append(text.lstrip("> "))
        elif self._continues(text):
            self.open.append(text)
        else:
            yield from self._close()
            heading_like = not self.markdown and self._heading(text)
            self._start("heading" if heading_like else "paragraph", text, level=2)
            if heading_like and not self._broken():
                yield from self._close()

    def _start(self, kind: Kind, text: str, *, level: int = 1, marker: str = "", name: str = "") -> None:
        self.first, self.kind, self.level, self.marker, self.name = self.at, kind, level, marker, name
        self.open = [text]

    def _continues(self, text: str) -> bool:
        """Whether a line goes on with the block above it."""
        if not self.open:
            return False
        before = self.open[-1]
        if not before:
            return True
        if NUMBER.fullmatch(before) or NUMBER.fullmatch(text):
            return False
        if self.wrapped and self.kind != "heading":
            return not NUMBERED.match(text)
        follows = text[0].islower() or text[0] in CLOSING
        return follows and not before.endswith(ENDED)

    def _broken(self) -> bool:
        """Whether the next line goes on with this heading."""
        ahead = self.lines[self.at + 1].strip() if self.at + 1 < len(self.lines) else ""
        return ahead[:1].islower() and not BULLET.match(ahead) and not LETTER.match(ahead)

    def _heading(self, text: str) -> bool:
        """Whether a line of plain text looks like a heading: short, unfinished, with text to follow."""
        if len(text) > LONGEST_HEADING or NUMBER.fullmatch(text) or text.endswith((".", ":", ";", ",")):
            return False
        if not (text[0].isupper() or NUMBERED.match(text)) or text.lower().startswith("please "):
            return False
        above = self.lines[self.at - 1].strip().rstrip("| ") if self.at else ""
        if above and not above.endswith(ENDED) and not NUMBER.fullmatch(above):
            # Two headings may follow one another; text that is not at its end is gone on with.
            return len(above) <= LONGEST_HEADING and (above[0].isupper() or self.after == "heading")
        if above and NUMBER.fullmatch(above):
            return False
        return any(line.strip("| \t") for line in self.lines[self.at + 1 : self.at + 6])

    def _close(self) -> Iterator[Block | Loss]:
        if not self.open:
            return
        text = "\n".join(self.open) if self.markdown and self._hard() else _run_on(self.open)
        place = f"line {self.first + 1}"
        done = 0
        for found in FIELD.finditer(text):
            before = text[done : found.start()].strip(" \t\ufffd")
            if before or words(self.marker):
                yield self._block(before, place)
                self.marker = ""
            yield Loss(found[0], place, "markup", "the address of a link, as the program kept it")
            done = found.end()
        rest = text[done:].strip(" \t\ufffd")
        if rest or words(self.marker):
            yield self._block(rest, place)
        self.open, self.kind, self.marker, self.name = [], "paragraph", "", ""

    def _hard(self) -> bool:
        """Whether its lines end where the author broke them: two spaces before the end of each."""
        inner = self.lines[self.first : self.at][:-1] if len(self.open) > 1 else []
        return any(line.endswith("  ") for line in inner)

    def _block(self, text: str, place: str) -> Block:
        kind = self.kind
        self.after = kind
        if kind == "heading" and not self.markdown and len(text) > LONGEST_HEADING:
            kind = "paragraph"  # what looked like a heading goes on in the next line
        return Block(kind, place, self._runs(text), self.level, self.marker, name=self.name)

    def _runs(self, text: str) -> tuple[Run, ...]:
        clean = SPACE.sub(" ", text).strip()
        return inline(clean) if self.markdown else (Run(clean),)

    def _fenced(self, opening: str) -> Iterator[Block | Loss]:
        yield from self._close()
        sign = opening[:3]
        start = self.at + 1
        end = next(
            (n for n in range(start, len(self.lines)) if self.lines[n].strip().startswith(sign)),
            len(self.lines),
        )
        place = f"line {self.at + 1}"
        if end > start:
            yield Block("code", place, (Run("\n".join(self.lines[start:end])),))
        if named := opening.lstrip("`~").strip():
            yield Loss(named, place, "markup", "the language of the code below")
        self.at = end

    def _table(self, table: tables.Table) -> Iterator[Block | Loss]:
        yield from self._close()
        place = f"line {self.at + 1}"
        rows: tuple[tuple[Cell, ...], ...] | None = None
        if sum(map(len, table.rows)) <= MOST_CELLS:
            cells = [[self._cell(cell, header=not at) for cell in row] for at, row in enumerate(table.rows)]
            rows = even(cells)
        if rows is not None:
            yield Block("table", place, rows=rows)
        else:
            self.remarks.append(f"The table at {place} is too large to be one; its rows are paragraphs.")
            for row in table.rows:
                text = " | ".join(cell.text for cell in row)
                yield Block("paragraph", f"line {row[0].line + 1}", self._runs(text))
        self.at = table.end - 1

    def _cell(self, cell: tables.Written, *, header: bool) -> Cell:
        place = f"line {cell.line + 1}"
        return Cell((Block("paragraph", place, self._runs(cell.text)),) if cell.text else (), header)


def _bare_heading(text: str) -> str:
    """The words of a heading, without the signs that may close it."""
    bare = text.rstrip("#")
    return bare.strip() if bare[-1:].isspace() or not bare else text.strip()


def _run_on(lines: list[str]) -> str:
    """Lines of one paragraph as one, and no space before a sign that closes."""
    return "".join((lines[0], *(line if line[:1] in CLOSING else f" {line}" for line in lines[1:])))


def _wrapped(lines: list[str]) -> bool:
    """Whether a program broke the text into lines of one width, so that paragraphs must be put together."""
    low, high = WRAPPED
    full = [line for line in lines if line.strip()]
    long = sum(low <= len(line) <= high for line in full)
    return long > 10 and long > len(full) / 2 and not any(len(line) > high for line in full)
