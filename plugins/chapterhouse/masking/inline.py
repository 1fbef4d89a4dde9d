"""Inside a stretch of Markdown without fences: code, tags, links, pictures and the marks of notes."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["fence", "code", "link", "image", "autolink", "tag", "comment", "note", "definition"]

END = r"(?:\r\n|\n|\r)"
# Each branch starts with a letter of its own: `re` then skips prose as fast as it can.
# After a backslash, only what Python-Markdown lets it escape: `\<b>` is a tag.
TOKEN = re.compile(r"\\[\\`*_{}\[\]()>#+.!|-]|``*|<|!\[|\[|\]")
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
OPENS = re.compile(r"/?[A-Za-z]|[!?]|[^<>\s@]{1,200}@")
NAME = re.compile("</?[A-Za-z]")
BLOCK_TAG = re.compile(
    "</?(?:address|article|aside|base|blockquote|body|button|canvas|center|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|h[1-6r]|head|header|html|iframe|legend|li|link|main|map|math"
    "|menu|nav|noscript|object|ol|option|p|param|pre|script|section|style|summary|svg|t(?:able|body|d|foot|h"
    r"|head|itle|r|rack)|template|textarea|ul|video)\b",
    re.IGNORECASE,
)
INDENT = re.compile(r"(?:\A|[\r\n]) {0,3}\Z")
# Code and autolinks inside a tag are read before the tag is.
NESTED_TAG = re.compile(
    r"</?[A-Za-z](?:[^<>`]|<[A-Za-z][^<>\s]*[:@][^<>]*>|<[^<>\s@]+@[^<>\s]+>"
    r"|(?<!`)`{1,3}(?!`)[^`]{1,500}`{1,3}(?!`))*+>"
)
DECLARATION = re.compile(r"<(?:![A-Za-z\[]|\?)[^>]*>?")

# Bounded, or `](a(`, over and over, would be read to the end each time.
DESTINATION = re.compile(
    r"""\(\s{0,100}(?:<([^<>]{0,3000})>|([^\s()<>"']{0,3000}(?:\([^\s()]{0,500}\)[^\s()"']{0,500}){0,9}))"""
    r"""(?:\s{1,100}(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s{0,100}\)"""
)
# Python-Markdown takes spaces and unpaired quotation marks too.
LOOSE_DESTINATION = re.compile(r"\(\s{0,100}((?:[^()]|\((?:[^()]|\([^()]{0,500}\)){0,500}\)){0,3000})\)")
LONG_DESTINATION = re.compile(r"\(\s{0,100}<?([^\s<>]{1,100})")
LONGEST_LABEL = 500
# An address that never ends is prose, unless it looks like one that leads out.
SUSPECT = re.compile(r"[:&%]|\A[/\\]")
LABEL = re.compile(r"[ ]?\[([^\[\]]{0,500})\]")


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


class Reader:
    """Goes through a stretch of text, up to `end`, from token to token."""

    def __init__(
        self, text: str, end: int, labels: frozenset[str] = frozenset(), ends: re.Pattern[str] = BLOCK_END
    ) -> None:
        self.text = text
        self.end = end
        self.labels = labels
        self.ends = ends
        self.block_end = -1
        self.runs: defaultdict[int, deque[int]] = defaultdict(deque)
        self.brackets: list[tuple[int, bool]] = []
        self.comments_end = True
        self.angle_end = -1
        """Where the next angle bracket closes."""
        self.bracket = -1
        """Where the next round bracket closes."""
        self.blanks = (-1, -1)
        """Where the last blank line stands that has been passed, and the next."""

    def run(self, position: int, stop: int | None = None) -> Iterator[Piece]:
        """The pieces that begin from `position` on, and before `stop`, in the order of their ends."""
        while match := TOKEN.search(self.text, position, self.end if stop is None else stop):
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
        return None

    def code(self, start: int, length: int) -> Piece | None:
        """The span of code that a run of `length` backticks at `start` opens."""
        if start >= self.block_end:
            match = self.ends.search(self.text, start, self.end)
            self.block_end = match.start() if match else self.end
            self.runs.clear()
            for run in RUN.finditer(self.text, start, self.block_end):
                self.runs[run.end() - run.start()].append(run.start())
        # Where no run is as long, Python-Markdown takes the longest of shorter ones: a reading in doubt.
        for size in (length, *sorted((size for size in self.runs if size < length), reverse=True)):
            closings = self.runs[size]
            while closings and closings[0] <= start:
                closings.popleft()
            if closings:
                return Piece("code", start, closings[0] + size, start)
        return None

    def angle(self, start: int) -> Piece | None:
        """The tag, comment or autolink that opens at `start`."""
        text, end = self.text, self.end
        if not OPENS.match(text, start + 1, end):
            return None
        if text.startswith("<!--", start):
            close = text.find("-->", start + 4, end) if self.comments_end else -1
            self.comments_end = close >= 0
            stop = close + 3 if close >= 0 else start + 4
            return Piece("comment", start, stop, start)
        if match := AUTOLINK.match(text, start, end):
            return Piece("autolink", start, match.end(), start, match[1], start + 1)
        if match := DECLARATION.match(text, start, end):
            return Piece("tag", start, match.end(), start)
        for pattern in (TAG, LOOSE_TAG, NESTED_TAG):
            match = pattern.match(text, start, end)
            if match and (not BLANK_LINE.search(match[0]) or self.is_block(start)):
                return Piece("tag", start, match.end(), start)
        if not self.is_block(start):
            return None
        # The parser that looks for blocks of HTML reads on to the next `>`, whatever comes between.
        if self.angle_end < start:
            close = text.find(">", start, end)
            self.angle_end = close if close >= 0 else end
        return Piece("tag", start, self.angle_end + 1, start) if self.angle_end < end else None

    def is_block(self, start: int) -> bool:
        """Whether what opens at `start` may be a block of HTML, and go on over blank lines."""
        if BLOCK_TAG.match(self.text, start, self.end):
            return True
        return NAME.match(self.text, start, self.end) is not None and _at_line(self.text, start)

    def closing(self, position: int) -> Piece | None:
        """The link, picture or note that the bracket at `position` ends."""
        if not self.brackets:
            return None
        self.pass_blanks(position, self.brackets[0][0])
        start, image = self.brackets.pop()
        if start < self.blanks[0]:
            # Brackets do not close over a blank line.
            self.brackets.clear()
            return None
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

    def pass_blanks(self, position: int, first: int) -> None:
        """Look for blank lines, from `first` on, until the next one is not before `position`."""
        passed, following = self.blanks
        while following < position:
            match = BLANK_LINE.search(self.text, max(following + 1, first), self.end)
            passed, following = following, match.start() if match else self.end
        self.blanks = passed, following

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
        self.pass_blanks(position, position)
        match = LONG_DESTINATION.match(self.text, position, self.end)
        if match is None or (self.bracket >= self.blanks[1] and not SUSPECT.search(match[1])):
            return None
        return match[1], match.start(1), position + 1


def _at_line(text: str, start: int) -> bool:
    """Whether nothing but a small indent stands before `start` on its line."""
    return INDENT.search(text, max(0, start - 4), start) is not None
