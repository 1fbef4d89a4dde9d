"""The files in a Word document, of which no more is unpacked than can be counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chapterhouse.importers.blocks import RefusedError, within
from chapterhouse.importers.word.entries import (
    MOST_FILES,
    DamagedError,
    Entry,
    by_directory,
    by_headers,
    unpacked,
)
from chapterhouse.importers.word.salvaging import salvaged
from chapterhouse.importers.word.trees import NoXmlError, parsed

MOST_UNPACKED = 60_000_000
"""Bytes of XML, all together; a manual of 500 pages has 10 million."""


_NOTHING = "left out: nothing in it can be read."
_BROKEN = "broken: it is read as far as it goes, and its layout may be lost. Compare it."
_CHANGED = "damaged: what is kept of it may be changed or cut short. Compare it."


@dataclass(slots=True)
class Left:
    """How many bytes more are unpacked, of a document and of those inside it together."""

    bytes: int = MOST_UNPACKED


@dataclass(slots=True)
class Package:
    """The files of a Word document by name; those that are not asked for stay packed."""

    _content: bytes
    _entries: dict[str, Entry]
    doubled: tuple[str, ...] = ()
    """Names that stand in it twice. The first file of a name is read, and no other."""
    has_directory: bool = True
    """Whether it says itself what it holds; else parts of it may be gone without a trace."""
    damaged: dict[str, str] = field(default_factory=dict)
    """The files that were asked for and are not whole, and what became of each, as a sentence."""
    left: Left = field(default_factory=Left)
    _headed: dict[str, Entry] | None = None
    """The first file of each name by the headers, from when they are first asked for."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in their order."""
        return tuple(self._entries)

    def look_again(self) -> None:
        """Add the files of which the directory does not know and that have a header."""
        for name, entry in self._by_headers().items():
            self._entries.setdefault(name, entry)

    def content(self, name: str) -> bytes:
        """The bytes of a file, none where there is no such file; counted while they are unpacked.

        Of one that is damaged, as much as can be had.
        """
        if not (listed := self._entries.get(name)):
            return b""
        content, is_whole = self._unpacked(listed)
        if not is_whole and (entry := self._by_headers().get(name)):
            again, is_whole = self._unpacked(entry)
            content = again if is_whole else max(content, again, key=len)
        if not is_whole:
            self.damaged[name] = f"The part {name!r} is {_CHANGED if content else _NOTHING}"
        return content

    def _by_headers(self) -> dict[str, Entry]:
        if self._headed is None:
            self._headed = {}
            for entry in by_headers(self._content):
                self._headed.setdefault(entry.name, entry)
        return self._headed

    def _unpacked(self, entry: Entry) -> tuple[bytes, bool]:
        """What can be had of a file, and whether that is all."""
        if entry.encrypted:
            raise RefusedError("it is protected by a password")
        pieces = []
        try:
            for piece in unpacked(self._content, entry):
                self.left.bytes -= len(piece)
                if self.left.bytes < 0:
                    raise RefusedError(
                        f"its parts have more than {MOST_UNPACKED:,} bytes when they are unpacked"
                    )
                pieces.append(piece)
        except DamagedError:
            return b"".join(pieces), False
        return b"".join(pieces), True

    def tree(self, name: str) -> Element | None:
        """The XML of a file, as much as can be had of it; None where there is none."""
        content = self.content(name)
        if not content:
            return None
        try:
            return parsed(content, name)
        except NoXmlError:
            root = salvaged(content, name)
            self.damaged[name] = f"The part {name!r} is {_NOTHING if root is None else _BROKEN}"
            return root


def unpack(content: bytes, left: Left | None = None) -> Package:
    """The files of a Word document; `RefusedError` for what is none, and for what is too much.

    `left` is that of the document which it is inside of.
    """
    within(len(content), "Word document")
    listed = by_directory(content)
    entries = listed or by_headers(content)
    if not entries:
        raise RefusedError("it is no Word document (.docx), or too broken: save it again from Word")
    if len(entries) > MOST_FILES:
        raise RefusedError(f"it has more than {MOST_FILES} parts")
    first: dict[str, Entry] = {}
    doubled: dict[str, None] = {}
    for entry in entries:
        if entry.name in first:
            doubled[entry.name] = None
        first.setdefault(entry.name, entry)
    return Package(content, first, tuple(doubled), bool(listed), left=left or Left())
