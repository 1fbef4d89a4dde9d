"""The nouns of the manual, as frozen values. Nothing here reads, writes, parses or prints."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from chapterhouse.law import Register
from chapterhouse.terms import Glossary

Severity = Literal["error", "warning", "info"]
Status = Literal["published", "draft", "withdrawn"]
Numbering = Literal["sections", "continuous", "none"]
Kind = Literal["new", "added", "removed", "revised", "corrected", "renumbered", "reviewed", "withdrawn"]

# Lines end where an editor's program ends them. str.splitlines() would also break at
# U+0085, U+2028 and form feeds, and every later line number would be wrong.
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: one-based lines and columns in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """The decoded text of one file. Nothing is normalised: offsets are offsets into the file's text."""

    path: str
    """Relative to the manual's root, with forward slashes."""
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each line starts."""
        return (0, *(match.end() for match in LINE_END.finditer(self.text)))

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`. A byte-order mark takes up no column."""
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(line, column, end_line, end_column)

    def line(self, number: int) -> str:
        """Line `number` (one-based) without its end; empty beyond the last line."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = LINE_END.search(self.text, start)
        return self.text[start : end.start() if end else len(self.text)].removeprefix("\ufeff")

    def line_span(self, number: int, start: int = 0, end: int | None = None) -> Span:
        """Columns `start` to `end` (zero-based, exclusive; default the whole line) of one line."""
        width = len(self.line(number))
        stop = width if end is None else end
        return Span(number, start + 1, number, max(stop, start) + 1)

    def stretch(self, span: Span) -> tuple[int, int]:
        """The offsets of a place: what `span` was given."""
        return self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)

    def _offset(self, line: int, column: int) -> int:
        mark = line == 1 and self.text.startswith("\ufeff")
        return self.starts[line - 1] + column - 1 + mark

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        if line == 1 and self.text.startswith("\ufeff"):
            start += 1
        return line, max(offset - start, 0) + 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: what it is, where it stands, and what to type instead.

    `message` must make sense alone; `label` stands beside the caret; `hint` is the cure.
    """

    code: str
    severity: Severity
    path: str
    span: Span
    message: str
    hint: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class LastReview:
    """What the owner's last periodic check looked at and found."""

    date: date
    by: str
    checked: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Review:
    """When the owner must check the chapter again, and the last time that it was done."""

    due: date
    last: LastReview | None = None


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A declared state: why the text is being rewritten, and the rule until it is."""

    since: date
    reason: str
    still_applies: bool
    meanwhile: str
    paragraphs: tuple[str, ...]
    expected: date


@dataclass(frozen=True, slots=True)
class Correction:
    """Which version was published in error, and from when until when (both days included)."""

    version: str
    start: date
    until: date


@dataclass(frozen=True, slots=True)
class Amendment:
    """One record of one change to one chapter."""

    version: str
    effective: date
    published: date
    kind: Kind
    summary: str
    paragraphs: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    approved_by: str = ""
    reason: str = ""
    action: str = ""
    roles: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()
    corrects: Correction | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A diagnostic that the editor accepts on purpose, and why."""

    code: str
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter of a chapter. A field that was refused is empty, and a diagnostic says why."""

    chapter: str = ""
    title: str = ""
    owner: str = ""
    version: str = ""
    status: Status = "published"
    numbering: Numbering = "sections"
    roles: tuple[str, ...] = ()
    review: Review | None = None
    under_review: UnderReview | None = None
    formerly: tuple[str, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    """In order of recording, newest first, as they stand in the file."""
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    """Where each value stands, by its path: `title`, `amendments[0].paragraphs[1]`."""
    unread: frozenset[str] = frozenset()
    """The lists of which an item was refused; what they lack cannot be told from them."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a chapter. `number` is empty where the heading has none."""

    number: str
    title: str
    anchor: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph: its number, and the lines that belong to it (both included)."""

    number: str
    section: str
    """The anchor of the section it stands in; empty before the first heading."""
    line: int
    end_line: int
    text: str
    """The source from after the number to the end of the last line, lines joined by a line feed."""

    @property
    def anchor(self) -> str:
        """A paragraph's address is its printed number, so inserting 3.2A moves nothing."""
        return self.number


@dataclass(frozen=True, slots=True)
class Body:
    """What `chapters.read` found below the front matter. Lines are counted from the top of the file."""

    line: int = 1
    """The first line of the body."""
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    lists: tuple[int, ...] = ()
    """Lines that start a list directly below their sentence, without a blank line between."""


@dataclass(frozen=True)
class Chapter:
    """One Markdown file of procedures: a live chapter, an archived version or an imported draft."""

    slug: str
    source: Source
    head: Head
    body: Body
    text: str
    """The Markdown below the front matter, as written."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""

    @property
    def start(self) -> int:
        """The offset into the file's text at which `text` begins."""
        return len(self.source.text) - len(self.text)

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]` in the file."""
        return self.source.span(self.start + start, self.start + end)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of its paragraphs."""
        return frozenset(paragraph.number for paragraph in self.body.paragraphs)

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Every address inside the chapter, in the order of the page."""
        places = [(s.line, s.anchor) for s in self.body.sections]
        places += [(p.line, p.anchor) for p in self.body.paragraphs]
        return tuple(anchor for _, anchor in sorted(places))

    @property
    def part(self) -> str:
        """The top folder it stands in."""
        return self.slug.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file that is not a chapter."""

    slug: str
    """`pages/about`; empty for the home page."""
    source: Source
    title: str
    text: str
    anchors: frozenset[str]

    @property
    def start(self) -> int:
        """The offset into the file's text at which `text` begins."""
        return len(self.source.text) - len(self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A top folder of chapters."""

    folder: str
    title: str


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom chapters concern."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """The chapter as it stood after an amendment, and the days on which it applied."""

    amendment: Amendment
    chapter: Chapter
    until: date | None
    """The last day it applies; None while no later version is recorded."""

    @property
    def number(self) -> str:
        """The version's number, `3` or `3.1`."""
        return self.amendment.version

    @property
    def applied(self) -> bool:
        """Whether there is a day on which it applies: one overtaken on its first day never does."""
        return self.until is None or self.until >= self.amendment.effective


# Compared by identity, as a manual is.
@dataclass(frozen=True, eq=False)
class History:
    """The live chapter and every archived version of it, by version number."""

    chapter: Chapter
    archive: Mapping[str, Chapter]
    sums: bytes | None = None
    """The bytes of its `SHA256SUMS`; None where there is none."""
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The SHA-256 of each file of the archive that could be read, by its name: `3.md`."""


# Compared by identity: there are few, and what is made of one is kept with it.
@dataclass(frozen=True, eq=False)
class Manual:
    """The whole publication, as loaded: every view (page, index, PDF, JSON) is a view of this value."""

    chapters: tuple[Chapter, ...]
    """In the order of the parts, then of chapter numbers. Drafts are among them."""
    pages: tuple[Page, ...]
    parts: tuple[Part, ...]
    roles: tuple[Role, ...]
    histories: Mapping[str, History]
    files: frozenset[str]
    """Pictures and documents that chapters may show or link to, by path."""
    sources: Mapping[str, Source]
    register: Register
    """The instruments that are known, the manual's own among them."""
    diagnostics: tuple[Diagnostic, ...]
    """What loading found wrong. `manual.check` adds what depends on a date."""
    unread: frozenset[str] = frozenset()
    """Files that are there and could not be read: nothing can be said of what leads to them."""
    glossary: Glossary = field(default_factory=Glossary)
    """The words that it explains."""
    archives: frozenset[str] = frozenset()
    """The slugs that have a folder with files in the archive, whether there is a chapter or not."""

    @cached_property
    def by_number(self) -> Mapping[str, Chapter]:
        """Chapters by chapter number; of two with one number, the first."""
        return {chapter.head.chapter: chapter for chapter in reversed(self.chapters)}

    @cached_property
    def published(self) -> tuple[History, ...]:
        """The chapters that have a record, in the manual's order. Drafts are left out."""
        return tuple(
            self.histories[chapter.slug]
            for chapter in self.chapters
            if chapter.head.status != "draft" and chapter.head.amendments
        )

    @cached_property
    def by_slug(self) -> Mapping[str, Chapter]:
        """Chapters by slug."""
        return {chapter.slug: chapter for chapter in self.chapters}
