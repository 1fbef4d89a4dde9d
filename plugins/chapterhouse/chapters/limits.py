"""How much one chapter may hold before the programs that show it give way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from chapterhouse.chapters.lines import ITEM, TAB, Line
from chapterhouse.diagnostics import fault
from chapterhouse.model import Diagnostic, Paragraph, Source

LONGEST_LINE = 100_000
LONGEST_PARAGRAPH = 2_000_000
# Python-Markdown goes one call deeper for every list and quote inside another.
DEEPEST = 50
# It looks at the rest of a block again for every bracket: a thousand take a second, ten thousand minutes.
MOST_SIGNS = 1_000
SIGNS = {"[": "square brackets", "<": "angle brackets"}
LEADING = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|[0-9A-Za-z]{1,9}[.)])(?=[ \t])))*[ \t]*")
MARKER = re.compile(r"[^ \t>]+|>")


def line(source: Source, line: Line) -> Iterator[Diagnostic]:
    """Too long a line, and one in too many lists and quotes."""
    if len(line.text) > LONGEST_LINE:
        yield fault(
            "too-large",
            source,
            source.line_span(line.number, 0, 1),
            f"this line has {len(line.text):,} characters, and a line may have {LONGEST_LINE:,}",
            "break it into lines, or the text into paragraphs",
        )
    if line.kind in {"fence", "rule"} or len(line.text) <= DEEPEST or line.text[0] not in " \t>-*+0123456789":
        return
    leading = LEADING.match(line.text)
    opening = leading[0] if leading else ""
    depth = len(MARKER.findall(opening)) + (len(opening) - len(opening.lstrip(" \t"))) // TAB
    if depth > DEEPEST:
        yield fault(
            "too-deep",
            source,
            source.line_span(line.number, 0, len(opening)),
            f"lists and quotes stand {depth} deep here, and {DEEPEST} is the most",
            "write it with fewer levels",
        )


def signs(source: Source, first: int, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Blocks crowded with brackets. `first` is the number of the first line."""
    crowded = [sign for sign in SIGNS if sum(line.count(sign) for line in lines) > MOST_SIGNS]
    for sign in crowded:
        count = 0
        for number, line in enumerate(lines, first):
            # Items and the cells of tables are read one by one.
            if not line.strip() or "|" in line or ITEM.match(line.lstrip(" \t")):
                count = 0
            before, count = count, count + line.count(sign)
            if before <= MOST_SIGNS < count:
                yield fault(
                    "too-large",
                    source,
                    source.line_span(number, 0, 1),
                    f"this block has more than {MOST_SIGNS:,} {SIGNS[sign]}",
                    "divide it into blocks, with a blank line between",
                )


def paragraphs(source: Source, paragraphs: Iterable[Paragraph]) -> Iterator[Diagnostic]:
    """Paragraphs that are too long."""
    for paragraph in paragraphs:
        if len(paragraph.text) > LONGEST_PARAGRAPH:
            yield fault(
                "too-large",
                source,
                source.line_span(paragraph.line, 0, len(paragraph.number)),
                f"paragraph {paragraph.number} has {len(paragraph.text):,} characters,"
                f" and a paragraph may have {LONGEST_PARAGRAPH:,}",
                "divide it into paragraphs with numbers of their own",
            )
