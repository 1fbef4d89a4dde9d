"""Headings that Markdown would not take as they are meant, and levels out of step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.chapters.headings import heading
from chapterhouse.chapters.lines import UNDERLINE, Line
from chapterhouse.diagnostics import fault
from chapterhouse.model import Diagnostic, Source

TOP = 2
DEEPEST = 6
UNDERLINED = frozenset({"list", "note", "quote"})
# Markdown takes any `#` at the start of a line for a heading.
SIGNS = re.compile(r"( {0,3})(#+)[ \t]*")


class Titles:
    """Follows the headings of one chapter from line to line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.level = TOP - 1
        """The level of the heading before; the chapter's title is the first."""
        self.second = False
        """Whether the next line is the second of its block."""

    def look(self, line: Line) -> Iterator[Diagnostic]:
        """What is wrong with `line` as a heading, or as the underline of one."""
        second, self.second = self.second, line.opens
        if line.kind == "heading":
            yield from self._heading(line)
        elif line.kind in {"text", "list"} and line.text.lstrip(" ")[0] == "#":
            yield from self._signs(line)
        elif not line.opens and _underlines(line, second=second):
            above = self.source.line(line.number - 1).strip()
            yield fault(
                "heading-style",
                self.source,
                self.source.line_span(line.number),
                "a line of these signs below text makes a heading of it",
                f"write ## {_short(above)} in place of both lines; for a rule, leave a blank line above",
            )

    def _heading(self, line: Line) -> Iterator[Diagnostic]:
        level, words = heading(line.text) or (0, "")
        span = self.source.line_span(line.number, 0, level)
        if not words:
            yield fault(
                "heading-style",
                self.source,
                span,
                "this heading has no words",
                "write its words after the signs",
            )
        if level < TOP:
            yield fault(
                "heading-level",
                self.source,
                span,
                "a heading with one # is the chapter's title, and the title stands in the front matter",
                f"write ## {_short(words)}",
            )
        elif level > self.level + 1:
            yield fault(
                "heading-level",
                self.source,
                span,
                f"this heading has {level} signs, and the one before it has {self.level}: a level is left out"
                if self.level >= TOP
                else f"the first heading has {level} signs: a chapter starts with ##",
                f"write {'#' * (self.level + 1)} {_short(words)}",
            )
        self.level = max(level, TOP - 1)

    def _signs(self, line: Line) -> Iterator[Diagnostic]:
        match = SIGNS.match(line.text)
        if match is None or (match[1] and len(match[2]) > DEEPEST):
            return
        words = line.text[match.end() :].strip()
        span = self.source.line_span(line.number, len(match[1]), match.end(2))
        if not words:
            yield fault(
                "heading-style", self.source, span, "this heading has no words", "write its words, or \\#"
            )
            return
        yield fault(
            "heading-style",
            self.source,
            span,
            "spaces stand before this heading"
            if match[1]
            else "no space stands between # and what follows it"
            if len(match[2]) <= DEEPEST
            else "a heading has at most six signs",
            f"write {match[2][:DEEPEST].rjust(TOP, '#')} {_short(words)} at the start of the line for a"
            f" heading, or \\{match[2]} for the sign itself",
        )


def _underlines(line: Line, *, second: bool) -> bool:
    """Whether Markdown may take `line` for an underline: in text anywhere, elsewhere as a second line."""
    return (line.kind == "text" or (second and line.kind in UNDERLINED)) and bool(UNDERLINE.match(line.text))


def _short(words: str, limit: int = 60) -> str:
    return words if len(words) <= limit else f"{words[:limit].rstrip()} ..."
