"""The pieces of a Markdown text that are not prose, each with its place. One pass, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.masking.fences import closed_fences
from chapterhouse.masking.inline import BLANK_LINE, BLOCK_END, END, Piece, Reader, normal
from chapterhouse.model import LINE_END

# Python-Markdown drops all of it, and ends the words after the address only at the end of their line. An
# address may go on to the first sign that opens such words.
WORDS = r"""(?:"[^\r\n]*"|'[^\r\n]*'|\([^\r\n]*\))[ \t]*(?=[\r\n]|\Z)"""
GAP = rf"[ \t]*(?:{END}[ \t]*)?"
DEFINITION = re.compile(
    r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)]|[A-Za-z][.)])[ \t]+[ \t>]*)*"
    rf"\[(?!\^)([^\[\]]*)\]:{GAP}"
    rf"""(?:<([^<>\s]*)>(?:{GAP}{WORDS}|[ \t]*(?=[\r\n]|\Z))"""
    rf"""|(\S++)(?:{GAP}{WORDS}|[ \t]*(?=[\r\n]|\Z))"""
    rf"""|((?:[^\s"]+(?=")|[^\s']+(?=')|[^\s(]+(?=\())){WORDS})"""
)
# What is sure to be code, or a link, for any Markdown: that in one line, and in one cell.
DOUBT = {"code": re.compile(r"[\r\n]"), **dict.fromkeys(("link", "image"), re.compile(r"[\r\n|]"))}


def pieces(text: str) -> list[Piece]:
    """Every piece of `text` that is not prose. Pieces may lie inside one another: a picture in a link."""
    return _read(text, BLOCK_END)


def readings(text: str) -> list[Piece]:
    """The pieces that `text` may have for any reader, by their start: more than `pieces` where in doubt.

    Where a block ends, and with it a span of code, is for Markdown to say. So code is read both as
    ending with its line's block and as going on to the next blank line; and what stands in code or in
    a link that goes over lines, or over cells of a table, is read as if it were neither.
    """
    found = {(piece.start, piece.kind): piece for piece in pieces(text)}
    if "`" in text:
        found |= {(piece.start, piece.kind): piece for piece in _read(text, BLANK_LINE)}
    again = Reader(text, len(text))
    for _, piece in sorted(found.items()):
        doubt = DOUBT.get(piece.kind)
        if doubt is None:
            continue
        inside = text[piece.target : piece.end]
        ticks = len(inside) - len(inside.lstrip("`")) or 1
        unequal = piece.kind == "code" and ticks != len(inside) - len(inside.rstrip("`"))
        if unequal or doubt.search(text, piece.start, piece.end):
            for inner in again.run(piece.target + ticks, piece.end):
                found.setdefault((inner.start, inner.kind), inner)
    return [found[place] for place in sorted(found)]


def _read(text: str, block_end: re.Pattern[str]) -> list[Piece]:
    fences = list(_fenced(text)) if "```" in text or "~~~" in text else []
    stretches = list(
        zip((0, *(end for _, end in fences)), (*(start for start, _ in fences), len(text)), strict=True)
    )
    result = [Piece("fence", start, end, start) for start, end in fences]
    if "]:" in text:
        result += (piece for stretch in stretches for piece in _definitions(text, *stretch))
    labels = frozenset(piece.label for piece in result if piece.label)
    for start, end in stretches:
        result += Reader(text, end, labels, block_end).run(start)
    return result


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where each fence and what it holds starts and ends."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text) + 1]
    lines = LINE_END.split(text)
    for first, last in closed_fences(lines):
        yield starts[first], starts[last] + len(lines[last])


def _definitions(text: str, start: int, end: int) -> Iterator[Piece]:
    position = start
    while (sign := text.find("]:", position, end)) >= 0:
        # A label has no brackets in it, and may go over lines.
        bracket = max(text.rfind("[", position, sign), position)
        line = max(text.rfind("\n", position, bracket), text.rfind("\r", position, bracket), position - 1) + 1
        line_end = LINE_END.search(text, sign, end)
        position = line_end.end() if line_end else end
        match = DEFINITION.match(text, line, end)
        if match is None or BLANK_LINE.search(match[1]):
            continue
        group = next(group for group in (2, 3, 4) if match[group] is not None)
        position = match.end()
        yield Piece(
            "definition",
            line,
            match.end(),
            line,
            match[group],
            match.start(group),
            normal(match[1]),
        )
