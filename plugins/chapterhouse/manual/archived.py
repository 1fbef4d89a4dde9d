"""The archive of a chapter: its versions, each parsed when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chapterhouse import frontmatter
from chapterhouse.chapters import numbered
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Chapter, Diagnostic, Head, Numbering, Source

RECORDS = re.compile(r"^amendments:[ \t]*\r?\n( *)- ", re.MULTILINE)
KEY = re.compile(r"^([A-Za-z_]+)[ \t]*:", re.MULTILINE)
STATE = frozenset({"status", "numbering", "under_review"})
"""The keys on which a banner or an address of the page hangs."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the archive: its text, and the SHA-256 of its bytes."""

    source: Source
    sha256: str


@dataclass(frozen=True, slots=True)
class Top:
    """The front matter of an archived version with no record but its newest."""

    head: Head
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, eq=False)
class Archive(Mapping[str, Chapter]):
    """The archived versions of one chapter by version number.

    A manual may have thousands. What every `check` asks of each (its state, its own record, which paragraphs
    it has) is read without the rest; the whole chapter is parsed for whoever asks for it.
    """

    live: Chapter
    files: Mapping[str, Kept]
    _parsed: dict[str, Chapter] = field(default_factory=dict)
    _tops: dict[str, Top] = field(default_factory=dict)
    _numbers: dict[str, frozenset[str]] = field(default_factory=dict)

    def __getitem__(self, version: str) -> Chapter:
        if version not in self._parsed:
            kept = self.files[version]
            same = kept.sha256 == self.live.sha256
            self._parsed[version] = (
                self.live if same else parse_chapter(kept.source, self.live.slug, kept.sha256)[0]
            )
        return self._parsed[version]

    def __contains__(self, version: object) -> bool:
        return version in self.files  # a mapping's own way would parse it

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def top(self, version: str) -> Top:
        """The front matter of a version, and its faults. Of its records there may be the newest alone."""
        if version not in self._tops:
            kept = self.files[version]
            if kept.sha256 == self.live.sha256:
                self._tops[version] = Top(self.live.head, ())
            else:
                head, _, faults = frontmatter.read(_cut(kept.source))
                self._tops[version] = Top(head, faults)
        return self._tops[version]

    def numbers(self, version: str) -> frozenset[str]:
        """The numbers of a version's paragraphs."""
        if version not in self._numbers:
            live = self.files[version].sha256 == self.live.sha256
            self._numbers[version] = self.live.numbers if live else numbered.numbered(*self._body(version))
        return self._numbers[version]

    def keeps(self, old: str, new: str) -> bool:
        """Whether every number of one version is in another. Most are, and that is seen at a glance."""
        possible = numbered.possible(*self._body(old))
        if possible is not None and possible <= numbered.certain(*self._body(new)):
            return True
        return self.numbers(old) <= self.numbers(new)

    def _body(self, version: str) -> tuple[str, Numbering]:
        text = self.files[version].source.text
        bounds = frontmatter.bounds(text)
        return text[bounds.body if bounds else 0 :], self.top(version).head.numbering


def newest(archive: Mapping[str, Chapter], version: str) -> Head:
    """The front matter of an archived version. Of its records there may be the newest alone."""
    return archive.top(version).head if isinstance(archive, Archive) else archive[version].head


def numbers(archive: Mapping[str, Chapter], version: str) -> frozenset[str]:
    """The numbers of an archived version's paragraphs."""
    return archive.numbers(version) if isinstance(archive, Archive) else archive[version].numbers


def state_faults(archive: Mapping[str, Chapter], version: str) -> Iterator[Diagnostic]:
    """Why the state of a version cannot be read: the rest of it was judged in its own time."""
    if not isinstance(archive, Archive) or not archive.top(version).faults:
        return
    top, text = archive.top(version), archive.files[version].source.text
    bounds = frontmatter.bounds(text)
    keys = list(KEY.finditer(text, bounds.start, bounds.end)) if bounds else []
    for fault in top.faults:
        above = [key[1] for key in keys if text.count("\n", 0, key.start()) < fault.span.line]
        if not top.head.places or (above and above[-1] in STATE):
            yield fault


def _cut(source: Source) -> Source:
    """The front matter without the records below the newest, where they are its last key; else all of it.

    A chapter of twenty versions has twenty records in each, and each is compared in its own version.
    """
    text = source.text
    bounds = frontmatter.bounds(text)
    if bounds is None or not bounds.closed:
        return source
    records = RECORDS.search(text, bounds.start, bounds.end)
    end = bounds.end
    if records:
        second = text.find(f"\n{records[1]}- ", records.end(), bounds.end)
        if second >= 0 and not re.compile(r"^[^\s#-]", re.MULTILINE).search(text, second + 1, bounds.end):
            end = second
    return Source(source.path, f"{text[:end]}\n---\n")
