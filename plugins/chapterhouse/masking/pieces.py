"""The pieces of a Markdown text that are not prose, each with its place. One pass, in linear time."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chapterhouse.masking.fences import closed_fences
from chapterhouse.model import LINE_END

Kind = Literal["fence", "code", "link", "image", "autolink", "tag", "comment", "note", "definition"]

END = r"(?:\r\n|\n|\r)"
TOKEN = re.compile(rf"\\[^\r\n]|`+|<|!?\[|\]|{END}[ \t]*(?=[\r\n])")
# A span of code ends with its block: at a blank line, an item, a heading, a quote, a row of a table.
BLOCK_END = re.compile(
    rf"{END}[ \t]*(?:[\r\n#>|]|\Z|[-*+][ \t]|(?:[0-9]{{1,9}}|[A-Za-z]|[ivxlc]{{2,7}})[.)][ \t])"
)
RUN = re.compile("`+")

AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^<>\s@/]{1,200}@[^<>\s@]{1,200})>")
TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
# What Python-Markdown takes for a tag though a quotation mark in it is never closed.
LOOSE_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BLANK_LINE = re.compile(rf"{END}[ \t]*{END}")
INDENT = re.compile(r"(?:\A|[\r\n]) {0,3}\Z")
DECLARATION = re.compile(r"<(?:![A-Za-z\[]|\?)[^>]*>?")

# Bounded, or `](a(`, over and over, would be read to the end each time.
DESTINATION = re.compile(
    r"""\(\s{0,100}(?:<([^<>]{0,3000})>|([^\s()<>"']{0,3000}(?:\([^\s()]{0,500}\)[^\s()"']{0,500}){0,9}))"""
    r"""(?:\s{1,100}(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s{0,100}\)"""
)
# Python-Markdown takes spaces and unpaired quotation marks too.
LOOSE_DESTINATION = re.compile(r"\(\s{0,100}((?:[^()]|\((?:[^()]|\([^()]{0,500}\)){0,500}\)){0,3000})\)")
LONG_DESTINATION = re.compile(r"\(\s{0,100}<?([^\s<>]{1,300})")
LONGEST_LABEL = 500
LABEL = re.compile(r"[ ]?\[([^\[\]]{0,500})\]")
DEFINITION = re.compile(
    rf"(?:\A|(?<=[\r\n]))[ \t>]*\[(?!\^)([^\[\]\r\n]+)\]:[ \t]*(?:{END}[ \t]*)?(?:<([^<>\s]*)>|(\S+))"
    rf"""[ \t]*(?:(?:{END}[ \t]*)?(?:"[^"\r\n]*"|'[^'\r\n]*'|\([^()\r\n]*\))[ \t]*)?(?=[\r\n]|\Z)"""
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is not prose: `text[start:end]`."""

    kind: Kind
    start: int
    end: int
    target: int
    """Where what is not prose starts: for a link, after its words. Elsewhere the same as `start`."""
    address: str = ""
    """The destination as written: of a link, a picture, an autolink, a definition; the label of a note."""
    place: int = 0
    """Where the address starts."""
    label: str = ""
    """The label by which a link or a definition refers or is referred to."""


def normal(label: str) -> str:
    """A label as labels are compared: case and white space do not count."""
    return " ".join(label.lower().split())


def pieces(text: str) -> list[Piece]:
    """Every piece of `text` that is not prose. A link comes after the pieces inside its words."""
    fences = list(_fenced(text)) if "```" in text or "~~~" in text else []
    stretches = list(
        zip((0, *(end for _, end in fences)), (*(start for start, _ in fences), len(text)), strict=True)
    )
    definitions = [list(_definitions(text, *stretch)) for stretch in stretches] if "]:" in text else []
    labels = frozenset(piece.label for found in definitions for piece in found)
    result = [Piece("fence", start, end, start) for start, end in fences]
    for index, (start, end) in enumerate(stretches):
        done = start
        for piece in definitions[index] if definitions else ():
            result += Reader(text, piece.start, labels).run(done)
            result.append(piece)
            done = piece.end
        result += Reader(text, end, labels).run(done)
    return result


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where each fence and what it holds starts and ends."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text) + 1]
    lines = LINE_END.split(text)
    for first, last in closed_fences(lines):
        yield starts[first], starts[last] + len(lines[last])


def _definitions(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in DEFINITION.finditer(text, start, end):
        group = 2 if match[3] is None else 3
        yield Piece(
            "definition",
            match.start(),
            match.end(),
            match.start(),
            match[group],
            match.start(group),
            normal(match[1]),
        )


class Reader:
    """Goes through a stretch of text, up to `end`, from token to token."""

    def __init__(self, text: str, end: int, labels: frozenset[str]) -> None:
        self.text = text
        self.end = end
        self.labels = labels
        self.block_end = -1
        self.runs: defaultdict[int, deque[int]] = defaultdict(deque)
        self.brackets: list[tuple[int, bool]] = []
        self.comments_end = True
        self.bracket = -1
        """Where the next round bracket closes."""
        self.blank = -1
        """Where the next blank line stands."""

    def run(self, position: int) -> Iterator[Piece]:
        """The pieces from `position` on, in the order of their ends."""
        while match := TOKEN.search(self.text, position, self.end):
            position = match.end()
            piece = self.token(match[0], match.start())
            if piece is not None:
                position = piece.end
                yield piece

    def token(self, token: str, start: int) -> Piece | None:
        """The piece that the token at `start` begins, or ends if it is a bracket."""
        sign = token[0]
        if sign == "`":
            return self.code(start, len(token))
        if sign == "<":
            return self.angle(start)
        if sign == "]":
            return self.closing(start)
        if sign in "[!":
            self.brackets.append((start, sign == "!"))
        elif sign in "\r\n":
            self.brackets.clear()
        return None

    def code(self, start: int, length: int) -> Piece | None:
        """The span of code that a run of `length` backticks at `start` opens."""
        if start >= self.block_end:
            match = BLOCK_END.search(self.text, start, self.end)
            self.block_end = match.start() if match else self.end
            self.runs.clear()
            for run in RUN.finditer(self.text, start, self.block_end):
                self.runs[run.end() - run.start()].append(run.start())
        closings = self.runs[length]
        while closings and closings[0] <= start:
            closings.popleft()
        return Piece("code", start, closings[0] + length, start) if closings else None

    def angle(self, start: int) -> Piece | None:
        """The tag, comment or autolink that opens at `start`."""
        text, end = self.text, self.end
        if text.startswith("<!--", start):
            close = text.find("-->", start + 4, end) if self.comments_end else -1
            self.comments_end = close >= 0
            stop = close + 3 if close >= 0 else start + 4
            return Piece("comment", start, stop, start)
        if match := AUTOLINK.match(text, start, end):
            return Piece("autolink", start, match.end(), start, match[1], start + 1)
        for pattern in (TAG, LOOSE_TAG, DECLARATION):
            if match := pattern.match(text, start, end):
                # Only a tag that starts its line can go on over a blank one.
                if BLANK_LINE.search(match[0]) and not INDENT.search(text, max(0, start - 4), start):
                    return None
                return Piece("tag", start, match.end(), start)
        return None

    def closing(self, position: int) -> Piece | None:
        """The link, picture or note that the bracket at `position` ends."""
        if not self.brackets:
            return None
        start, image = self.brackets.pop()
        opening = start + 1 + image
        if not image and self.text.startswith("^", opening):
            return Piece("note", start, position + 1, start, self.text[opening + 1 : position])
        kind: Kind = "image" if image else "link"
        after = position + 1
        if self.text.startswith("(", after) and (destination := self.destination(after)):
            address, place, stop = destination
            return Piece(kind, start, stop, after, address, place)
        # Brackets may be nested without end: the words are looked at only where they can be a label.
        if not self.labels or position - opening > LONGEST_LABEL:
            return None
        match = LABEL.match(self.text, after, self.end)
        label = normal((match[1] if match else "") or self.text[opening:position])
        if label not in self.labels:
            return None
        return Piece(kind, start, match.end() if match else after, after, label=label)

    def destination(self, position: int) -> tuple[str, int, int] | None:
        """The address in the round brackets that open at `position`, its place, and where they end."""
        if match := DESTINATION.match(self.text, position, self.end):
            group = 2 if match[1] is None else 1
            return match[group], match.start(group), match.end()
        if match := LOOSE_DESTINATION.match(self.text, position, self.end):
            return match[1].rstrip(), match.start(1), match.end()
        if self.bracket < position:
            bracket = self.text.find(")", position, self.end)
            self.bracket = bracket if bracket >= 0 else self.end
        if self.blank < position:
            blank = BLANK_LINE.search(self.text, position, self.end)
            self.blank = blank.start() if blank else self.end
        match = LONG_DESTINATION.match(self.text, position, self.end)
        if match is None or self.bracket >= self.blank:
            return None
        return match[1], match.start(1), match.end()
