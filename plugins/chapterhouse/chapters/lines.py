"""Each line of a body, by what it is part of: the ground on which numbers are looked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from chapterhouse.chapters.headings import HEADING
from chapterhouse.chapters.numbers import split
from chapterhouse.masking import Fence, opening
from chapterhouse.model import LINE_END, Numbering, Source

Kind = Literal[
    "blank",
    "heading",
    "number",
    "text",
    "list",
    "indented",
    "quote",
    "table",
    "note",
    "fence",
    "html",
    "rule",
    "box",
]

RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
NOTE = re.compile(r" {0,3}\[\^?[^\[\]]+\]:")
QUOTE = re.compile(r" {0,3}>[ \t]?")
# The block elements that Markdown leaves alone, to their end, when one starts a line.
BLOCK = re.compile(
    r" {0,3}<(!--|(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]"
    r"|header|iframe|main|math|nav|noscript|object|ol|p|pre|script|section|style|svg|table|template|textarea|ul"
    r"|video)\b)",
    re.IGNORECASE,
)
ITEM = re.compile(
    r" {0,3}(?:[-*+]|(?:[0-9]{1,9}|[a-z]|[ivxlcdm]{1,7}|[IVXLCDM]{2,7}|[A-Z](?=\)|\.  ))[.)])[ \t]+(?=\S)"
)
# The start of a list: a bullet, or an ordered marker that is the first of its kind.
FIRST = re.compile(r" {0,3}(?:[-*+]|[1aiAI]\)|[1ai]\.|[AI]\.(?=  ))[ \t]+(?=\S)")
FIRST_CONTINUOUS = re.compile(r" {0,3}(?:[-*+]|[1aiAI]\)|[ai]\.|[AI]\.(?=  ))[ \t]+(?=\S)")
TAB = 4


class Line(NamedTuple):
    """One line of a body."""

    number: int
    text: str
    kind: Kind
    starts: bool
    """Whether a number could count here: at the start of a top-level block."""
    opens: bool
    """Whether it is the first line of a block of any sort."""
    list: bool = False
    """Whether a list starts here, directly below its sentence."""
    adrift: bool = False
    """Whether an item of a list stands here that Markdown would show as code, or run on as text."""


@dataclass(slots=True)
class Block:
    """The block that is being read."""

    kind: Kind
    depth: tuple[int, int]
    """How many quotes and how many indents its text stands in."""
    prose: bool
    """Whether it has been a sentence so far, which a list may follow."""
    fresh: bool = False
    """Whether its text is still to come."""


def split_lines(source: Source, start: int) -> tuple[int, list[str]]:
    """The number of the first line of `source.text[start:]`, and its lines without their ends."""
    body = source.text[start:]
    if start == 0:
        body = body.removeprefix("\ufeff")
    lines = LINE_END.split(body) if "\r" in body else body.split("\n")
    return bisect_right(source.starts, start), lines


def scan(first: int, lines: list[str], numbering: Numbering) -> Iterator[Line | Fence]:
    """Every line in order, and each fence that is never closed. `first` is the number of the first line."""
    return Scanner(first, lines, numbering).run()


class Scanner:
    """Reads lines one after another, and knows what the ones before have opened."""

    def __init__(self, first: int, lines: list[str], numbering: Numbering) -> None:
        self.first = first
        self.lines = lines
        self.numbering = numbering
        self.list_start = FIRST_CONTINUOUS if numbering == "continuous" else FIRST
        self.block: Block | None = None
        self.container = ""
        """What the indented lines below belong to: a list, or a note. Elsewhere they are code."""
        self.fence: Fence | None = None
        self.html_end = -1
        self.unclosed: set[str] = set()

    def run(self) -> Iterator[Line | Fence]:
        starts = True
        for index, text in enumerate(self.lines):
            number = self.first + index
            if self.fence is not None:
                if self.fence.closes(text):
                    self.fence = None
                yield Line(number, text, "fence", starts=False, opens=False)
                self.block = None
                starts = False
                continue
            if index <= self.html_end:
                yield Line(number, text, "html", starts=False, opens=False)
                starts = False
                continue
            if not text or text.isspace():
                yield Line(number, text, "blank", starts=False, opens=False)
                # A line of no-break spaces looks blank, and is text for Markdown.
                if not text.strip(" \t"):
                    self.block = None
                starts = True
                continue
            if text[0] == "#" and HEADING.match(text):
                yield Line(number, text, "heading", starts=starts, opens=True)
                self.block = None
                self.container = ""
                starts = True
                continue
            fence = opening(text, number)
            if fence is not None:
                self.fence = fence
                yield Line(number, text, "fence", starts=False, opens=True)
                starts = False
                continue
            yield self.line(index, number, text, starts=starts)
            starts = False
        if self.fence is not None:
            yield self.fence

    def line(self, index: int, number: int, text: str, *, starts: bool) -> Line:
        """A line that is neither blank, heading nor fence."""
        depth, rest = self.depth(text)
        if self.block is None or (starts and split(text, self.numbering)):
            kind = self.kind(index, text, starts=starts)
            self.block = self.opened(kind, depth, rest)
            adrift = kind == "indented" and not self.container and ITEM.match(rest) is not None
            return Line(number, text, kind, starts, opens=True, adrift=adrift)
        block = self.block
        below = adrift = False
        if not rest:
            block.prose, block.fresh = False, True
        elif block.fresh:
            block.prose, block.fresh = not ITEM.match(rest), False
        elif block.prose and self.list_start.match(rest):
            below = depth == block.depth
            adrift = block.kind in {"text", "number"} and depth[0] == 0 < depth[1]
            block.prose = False
        kind = "list" if below and block.kind in {"text", "number"} else block.kind
        kind = "text" if kind == "number" else kind
        return Line(number, text, kind, starts, opens=False, list=below, adrift=adrift)

    def opened(self, kind: Kind, depth: tuple[int, int], rest: str) -> Block | None:
        """The block that a line of this kind opens; None where the next line opens another."""
        quotes, indents = depth
        if kind in {"rule", "html"}:
            return None
        if kind == "box" or (kind == "note" and not indents):
            # What follows the first line stands indented below it.
            return Block(kind, (quotes, indents + 1), prose=kind == "note", fresh=kind == "box")
        if kind in {"text", "number"}:
            return Block(kind, depth, prose=True)
        prose = kind in {"quote", "note"} or (kind == "indented" and bool(self.container))
        return Block(kind, depth, prose=prose and bool(rest) and not ITEM.match(rest), fresh=not rest)

    def kind(self, index: int, text: str, *, starts: bool) -> Kind:
        """What block the line `text` opens."""
        indented = text[0] == "\t" or text.startswith("    ")
        if indented:
            return "note" if self.container == "note" else "indented"
        self.container = ""
        if self.table(index):
            return "table"
        if starts and split(text, self.numbering):
            return "number"
        if text.startswith("!!!"):
            self.container = "list"
            return "box"
        if NOTE.match(text):
            self.container = "note"
            return "note"
        if QUOTE.match(text):
            return "quote"
        if RULE.match(text):
            return "rule"
        if ITEM.match(text):
            self.container = "list"
            return "list"
        if self.html(index, text):
            return "html"
        return "text"

    def depth(self, text: str) -> tuple[tuple[int, int], str]:
        """How many quotes and indents `text` stands in, and what is left of it."""
        first = text[0]
        if first not in " \t>":
            return (0, 0), text
        quotes = 0
        position = 0
        while match := QUOTE.match(text, position):
            quotes += 1
            position = match.end()
        text = text[position:]
        rest = text.lstrip(" \t")
        width = len(text[: len(text) - len(rest)].expandtabs(TAB))
        return (quotes, width // TAB), rest

    def table(self, index: int) -> bool:
        """Whether a table starts at the line."""
        if "|" not in self.lines[index] or index + 1 == len(self.lines):
            return False
        ruler = self.lines[index + 1]
        return "|" in ruler and "-" in ruler and not ruler.strip("|:- \t")

    def html(self, index: int, text: str) -> bool:
        """Whether raw HTML starts at the line; where it ends, if it does, is noted."""
        match = BLOCK.match(text)
        if match is None:
            return False
        name = match[1].lower()
        closing = "-->" if name == "!--" else f"</{name}"
        if closing not in self.unclosed:
            for end in range(index, len(self.lines)):
                if closing in self.lines[end].lower():
                    self.html_end = end
                    return True
            self.unclosed.add(closing)
        return True
