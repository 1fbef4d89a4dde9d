"""The files in a Word document, and the XML in them, of which no more is believed than can be counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from chapterhouse.importers.blocks import RefusedError

MOST_BYTES = 50_000_000
"""Of a file. Most of a large one are pictures, which are not unpacked."""
MOST_FILES = 5000
MOST_UNPACKED = 60_000_000
"""Bytes of XML, all together; a manual of 500 pages has 10 million."""
MOST_ELEMENTS = 500_000
"""Of one part, of which each takes 200 bytes and more."""
DEEPEST = 120
"""Elements within elements. Word writes some 30, and six more for each table in a table."""

_AT_ONCE = 65_536
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's reader of zip files says of broken ones."""


@dataclass(slots=True)
class Package:
    """The files of a Word document by name; those that are not asked for stay packed."""

    _archive: zipfile.ZipFile
    _infos: dict[str, zipfile.ZipInfo]
    doubled: tuple[str, ...] = ()
    """Names that stand in it twice. The first file of a name is read, and no other."""
    _left: int = field(default=MOST_UNPACKED)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in their order."""
        return tuple(self._infos)

    def content(self, name: str) -> bytes:
        """The bytes of a file, none where there is no such file; counted while they are unpacked."""
        if not (info := self._infos.get(name)):
            return b""
        try:
            with self._archive.open(info) as packed:
                pieces = []
                while piece := packed.read(_AT_ONCE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise RefusedError(
                            f"its parts have more than {MOST_UNPACKED} bytes when they are unpacked"
                        )
                    pieces.append(piece)
        except _BROKEN as error:
            if info.flag_bits & 1:
                raise RefusedError("it is protected by a password") from error
            raise RefusedError(f"the part {name!r} of it is broken") from error
        return b"".join(pieces)

    def tree(self, name: str) -> Element | None:
        """The XML of a file, None where there is no such file."""
        content = self.content(name)
        return parsed(content, name) if content else None


def unpack(content: bytes) -> Package:
    """The files of a Word document; `RefusedError` for what is none, and for what is too much."""
    if len(content) > MOST_BYTES:
        raise RefusedError(
            f"it has {len(content)} bytes; of a Word document, {MOST_BYTES} are the most that are read"
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(
            "it is a Word document of the old form (.doc) or one with a password; save it as .docx"
        )
    if content[-66_000:].rfind(b"PK\5\6") < 0:
        raise RefusedError("it is no Word document (.docx), or a broken one")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise RefusedError("it is no Word document (.docx), or a broken one") from error
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise RefusedError(f"it has more than {MOST_FILES} parts")
    first: dict[str, zipfile.ZipInfo] = {}
    doubled: dict[str, None] = {}
    for info in infos:
        if info.filename in first:
            doubled[info.filename] = None
        first.setdefault(info.filename, info)
    return Package(archive, first, tuple(doubled))


def parsed(content: bytes, name: str) -> Element:
    """The tree of a part. There is nothing in it that is not in its bytes: a document type is refused."""
    builder = TreeBuilder()
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST:
            raise RefusedError(
                f"the part {name!r} of it has elements more than {DEEPEST} deep in one another"
            )
        if count > MOST_ELEMENTS:
            raise RefusedError(f"the part {name!r} of it has more than {MOST_ELEMENTS} elements")
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse(*_: object) -> NoReturn:
        raise RefusedError(f"the part {name!r} of it declares a document type, which Word never does")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, bool(content))
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        raise RefusedError(f"the part {name!r} of it is no whole XML") from error


def local(name: str) -> str:
    """The name of an element or an attribute without its namespace, of which Word has two."""
    return name.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    return (inner for inner in (() if element is None else element) if local(inner.tag) == name)


def value(element: Element | None, name: str = "val") -> str:
    """The value of an attribute, by its name without the namespace; empty where there is none."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if local(key) == name), "")


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}
