"""Reading a body: its sections, its numbered paragraphs, and what is wrong with either."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chapterhouse.chapters import limits, lookalikes, sequence, titles
from chapterhouse.chapters.headings import Anchors, heading, plain, slug
from chapterhouse.chapters.lines import Line, scan, split_lines
from chapterhouse.chapters.numbers import split
from chapterhouse.diagnostics import fault
from chapterhouse.masking import Fence
from chapterhouse.model import Body, Diagnostic, Numbering, Paragraph, Section, Source

SECTION_LEVEL = 2
SECTION = re.compile(r"([0-9]{1,9})\.\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as it stands in the file: its number, where it has one, and its words."""

    line: int
    level: int
    number: str
    words: str


@dataclass(slots=True)
class Draft:
    """A numbered paragraph while its last line is not known yet."""

    number: str
    line: int
    section: int
    """The index of the heading it stands under; -1 before the first."""
    rest: str
    end: int
    """The last line so far that is part of the text."""


@dataclass(slots=True)
class Found:
    """What one pass over the lines has found."""

    titles: list[Title] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    open: bool = False
    """Whether a paragraph goes on: no heading has come since its number."""


def read(source: Source, start: int, numbering: Numbering) -> tuple[Body, tuple[Diagnostic, ...]]:
    """The body that starts at offset `start` of `source`, and every fault of its numbers and headings.

    Lines are counted from the top of the file. Never raises: what cannot be understood is text. The
    rules are those of "Numbers" in the design: a number counts at column 0 and at the start of a
    block at the top level (the first line, after a blank line, after a heading).
    """
    first, lines = split_lines(source, start)
    faults: list[Diagnostic] = []
    found = Found()
    watch = lookalikes.Watch(source, numbering)
    headings = titles.Titles(source)
    for line in scan(first, lines, numbering):
        if isinstance(line, Fence):
            faults.append(_open_fence(source, line))
        elif line.kind != "blank":
            _take(found, line, numbering)
            if line.adrift:
                faults.append(_adrift(source, line))
            faults += watch.look(line)
            faults += headings.look(line)
            faults += limits.line(source, line)
    sections = _sections(found)
    paragraphs = tuple(
        Paragraph(
            number=draft.number,
            section=sections[draft.section].anchor if draft.section >= 0 else "",
            line=draft.line,
            end_line=draft.end,
            text="\n".join((draft.rest, *lines[draft.line + 1 - first : draft.end + 1 - first])),
        )
        for draft in found.drafts
    )
    body = Body(first, sections, paragraphs, tuple(found.lists))
    faults += limits.signs(source, first, lines)
    faults += limits.paragraphs(source, paragraphs)
    faults += sequence.check(source, body, numbering, frozenset(watch.seen))
    return body, tuple(sorted(faults, key=lambda f: f.span))


def _take(found: Found, line: Line, numbering: Numbering) -> None:
    """Add `line` to what has been found."""
    if line.list:
        found.lists.append(line.number)
    if line.kind == "heading":
        found.titles.append(_title(line, numbering))
        found.open = False
    elif line.kind == "number":
        number, rest = split(line.text, numbering) or ("", line.text)
        found.drafts.append(Draft(number, line.number, len(found.titles) - 1, rest, line.number))
        found.open = True
    elif found.open and line.kind != "note" and line.text.strip():
        # Definitions at the end are not part of it; those between its blocks are.
        found.drafts[-1].end = line.number


def _title(line: Line, numbering: Numbering) -> Title:
    level, words = heading(line.text) or (1, "")
    match = SECTION.match(words) if numbering == "sections" and level == SECTION_LEVEL else None
    if match is None:
        return Title(line.number, level, "", plain(words))
    return Title(line.number, level, match[1], plain(words[match.end() :]))


def _sections(found: Found) -> tuple[Section, ...]:
    """The headings with their addresses. A number's address is the number; the others keep clear of them."""
    numbers = {title.number for title in found.titles if title.number}
    anchors = Anchors(numbers | {draft.number for draft in found.drafts})
    sections = []
    for title in found.titles:
        if title.number in numbers:
            numbers.remove(title.number)
            anchor = title.number
        else:
            anchor = anchors.take(title.number or slug(title.words))
        sections.append(Section(title.number, title.words, anchor, title.level, title.line))
    return tuple(sections)


def _open_fence(source: Source, fence: Fence) -> Diagnostic:
    return fault(
        "open-fence",
        source,
        source.line_span(fence.line, 0, len(fence.marks)),
        "this fence is never closed: everything below it is shown as code",
        f"write {fence.marks} on a line of its own where the code ends",
    )


def _adrift(source: Source, line: Line) -> Diagnostic:
    words = line.text.lstrip()
    indent = len(line.text) - len(words)
    return fault(
        "list-style",
        source,
        source.line_span(line.number, indent, indent + len(words.split(maxsplit=1)[0])),
        "an item indented like this is in no list: there is none above it",
        "take the spaces before the items away; for code, write ``` above and below it",
    )
