"""The one place where the content tree is read from disk."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.model import Diagnostic, Source, Span

CONTENT = "procedures"
ARCHIVE = "amendments"
PARTS = f"{CONTENT}/parts.yml"
MAX_BYTES = 2_000_000
CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
HINTS: dict[type[OSError], str] = {
    FileNotFoundError: "correct the path",
    IsADirectoryError: "name the files in it",
}
BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass
class Tree:
    """The files below a manual's root, and what was wrong with reading them."""

    root: Path
    faults: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """The files that are there and give no text to rely on."""

    def walk(self, folder: str) -> Iterator[str]:
        """The paths of the files below a folder, relative to the root, in a fixed order.

        Names that start with a dot or end with ~ are other programs' files and are passed over.
        Symbolic links are refused and never followed.
        """
        top = self.root / folder
        if top.is_symlink():
            self._refuse_link(folder)
            return
        try:
            entries = sorted(os.scandir(top), key=lambda entry: entry.name)
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
                self._unreadable(folder, error)
            return
        self._twins(folder, [entry.name for entry in entries])
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            if entry.is_symlink():
                self._refuse_link(path)
            elif entry.is_dir(follow_symlinks=False):
                if entry.name.endswith(".md"):
                    self.unread.add(path)
                    self.faults.append(
                        fault("unreadable-file", path, NOWHERE, "this is a folder, not a file", "rename it")
                    )
                else:
                    yield from self.walk(path)
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                self.unread.add(path)
                self.faults.append(
                    fault("unreadable-file", path, NOWHERE, "this is not an ordinary file", "delete it")
                )

    def read(self, path: str) -> Source | None:
        """The decoded file, or None after saying why it could not be read."""
        self.unread.add(path)  # until the last line
        data = read_bytes(self.root / path, path, MAX_BYTES)
        if not isinstance(data, Diagnostic):
            self.digests[path] = hashlib.sha256(data).hexdigest()
        source = data if isinstance(data, Diagnostic) else decoded(path, data)
        if isinstance(source, Diagnostic):
            if path.startswith(f"{ARCHIVE}/") and source.code != "unreadable-file":
                # What was archived was text, and not too long: in another form it has other bytes.
                hint = f"put the file back as it was, from a copy or with `git checkout -- {path}`"
                source = replace(source, hint=hint)
            self.faults.append(source)
            return None
        self.sources[path] = source
        self.unread.discard(path)
        return source

    def bytes_of(self, path: str) -> bytes | None:
        """The bytes of a file that need not be there: None where it is not, or after saying why."""
        if not os.path.lexists(self.root / path):
            return None
        data = read_bytes(self.root / path, path, MAX_BYTES)
        if isinstance(data, Diagnostic):
            self.unread.add(path)
            self.faults.append(data)
            return None
        self.digests[path] = hashlib.sha256(data).hexdigest()
        return data

    def is_conflicted(self, source: Source) -> bool:
        """True, after saying so, where git left the marks of a merge that nobody finished."""
        if "<<<<<<<" not in source.text and ">>>>>>>" not in source.text:
            return False
        marks = list(CONFLICT.finditer(source.text))
        for match in marks:
            if match[0].startswith("<"):
                message, hint = _meeting(source, match.start())
                place = source.span(match.start(), match.end())
                self.faults.append(fault("merge-conflict", source, place, message, hint))
        if marks and not any(match[0].startswith("<") for match in marks):
            match = marks[0]
            self.faults.append(
                fault(
                    "merge-conflict",
                    source,
                    source.span(match.start(), match.end()),
                    "the end of a merge conflict was left behind here",
                    "compare the text above with the earlier version, then delete this line",
                )
            )
        if marks:
            self.unread.add(source.path)
        return bool(marks)

    def _twins(self, folder: str, names: list[str]) -> None:
        seen: dict[str, str] = {}
        for name in names:
            key = unicodedata.normalize("NFC", name).casefold()
            if key in seen:
                self.faults.append(
                    fault(
                        "twin-file",
                        f"{folder}/{name}",
                        NOWHERE,
                        f"its name differs from {seen[key]} only in case or in the form of its letters",
                        "rename one of them: on many machines the two are one file",
                    )
                )
            seen[key] = name

    def _refuse_link(self, path: str) -> None:
        self.unread.add(path)
        target = (self.root / path).resolve()
        where = "inside" if target.is_relative_to(self.root.resolve()) else "out of"
        self.faults.append(
            fault(
                "symlink",
                path,
                NOWHERE,
                f"this is a symbolic link, leading {where} the manual; links are not followed",
                "put the file itself here",
            )
        )

    def _unreadable(self, path: str, error: OSError) -> None:
        self.faults.append(_unreadable(path, error))


def manual_of(folders: Iterable[Path]) -> Path | None:
    """The first of some folders that is a manual."""
    kept = (one for one in folders if (one / "mkdocs.yml").is_file() and (one / CONTENT).is_dir())
    return next(kept, None)


def read_bytes(file: Path, path: str, most: int) -> bytes | Diagnostic:
    """The bytes of a file that is called `path`, or why they cannot be read. More than `most` are refused."""
    try:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            data = b"" if size > most else opened.read(most + 1)
    except OSError as error:
        return _unreadable(path, error)
    size = max(size, len(data))
    return _too_large(path, size, most) if size > most else data


def read_text(name: str, most: int, standard_input: BinaryIO) -> Source | Diagnostic:
    """The text of any file, or of standard input for `-`, or why it is none."""
    if name == "-":
        data = standard_input.read(most + 1)
        found = _too_large(name, len(data), most) if len(data) > most else data
    else:
        found = read_bytes(Path(name), name, most)
    return found if isinstance(found, Diagnostic) else decoded(name, found)


def _meeting(source: Source, start: int) -> tuple[str, str]:
    """What is said of two editors' changes that git could not put together, and the cure."""
    folder, _, name = source.path.partition("/")
    slug = name.rpartition("/")[0] if folder == ARCHIVE else name.removesuffix(".md")
    other = (
        f"save the other elsewhere, make its change in the chapter again and run `chapterhouse amend {slug}`"
    )
    if folder == ARCHIVE:
        message = "two editors recorded this version at once, and git has mixed their texts"
        return message, f"put back the one that was published, as it was; {other}"
    if "amendments:" in source.text and CLOSING.search(source.text, start):
        message = "two editors amended the chapter at once and nobody has chosen between them"
        return message, f"keep the version that was published, as it stands in {ARCHIVE}/{slug}/; {other}"
    message = "two editors' changes meet here and nobody has chosen between them"
    return message, "keep what is right of both, and delete the lines of <<<<<<<, ======= and >>>>>>>"


def _too_large(path: str, size: int, most: int) -> Diagnostic:
    message = f"the file has {size:,} bytes; at most {most:,} are read"
    return fault("too-large", path, NOWHERE, message, "divide it")


def decoded(path: str, data: bytes) -> Source | Diagnostic:
    """The text of a file's bytes, nothing normalised, or why they are no text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" not in data or data[:2] in BYTE_ORDER_MARKS:
            return _not_utf8(path, data, error.start)
        text = "\0"
    if "\0" in text:
        message = "this is not a text file: it holds characters with the number 0"
        return fault("not-utf8", path, NOWHERE, message, "delete it, or write text")
    return Source(path, text)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    reason = error.strerror or str(error)
    message = f"the file cannot be read: {reason}"
    hint = HINTS.get(type(error), "allow it to be read")
    return fault("unreadable-file", path, NOWHERE, message, hint)


def _not_utf8(path: str, data: bytes, start: int) -> Diagnostic:
    hint = "save it again as UTF-8"
    if kind := BYTE_ORDER_MARKS.get(data[:2]):
        message = f"the file is {kind}, not UTF-8"
        return fault("not-utf8", path, NOWHERE, message, hint)
    before = data[:start].decode("utf-8")
    place = Source(path, before + "?").span(len(before), len(before) + 1)
    guess = data[start : start + 1].decode("cp1252", errors="replace")
    message = f"byte 0x{data[start]:02x} is not UTF-8"
    if guess.isprintable() and guess != "\ufffd":
        message += f"; in the old Windows encoding it is {guess}"
    return fault(
        "not-utf8", path, Span(place.line, place.column, place.line, place.column + 1), message, hint
    )
