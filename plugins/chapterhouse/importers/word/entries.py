"""The files that are packed in one: by its directory, or by the header that each of them has before it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_FILES = 5000

_AT_ONCE = 65_536
_HEADER = struct.Struct("<4s5H3L2H")
_SIGN = b"PK\3\4"
_END, _LAST, _COMMENT = b"PK\5\6", 66_000, 20
"""The end of the directory: its sign, in how many bytes it stands, and after how many it says how long the
comment is that ends the file."""
_NEXT = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x07\x08)")
"""What follows a packed file: the next header, the directory, or what is said of the file after it."""
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SAID_AFTER, _IN_UTF8 = 1, 8, 0x800
_UNKNOWN = 0xFFFFFFFF
_BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    EOFError,
    ValueError,
    KeyError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's reader of zip files says of broken ones."""


class DamagedError(Exception):
    """A packed file that is not whole; what could be unpacked of it came before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One packed file."""

    name: str
    start: int
    """Of its header, in bytes from the start of the whole."""
    method: int
    size: int | None
    """Of what is packed, in bytes; None where that is not known."""
    checksum: int | None
    encrypted: bool


def by_directory(content: bytes) -> list[Entry]:
    """What the directory at the end lists; nothing, where there is none that can be read.

    One that is not at the very end may be that of a file packed in this one.
    """
    end = content.rfind(_END, max(0, len(content) - _LAST))
    if end < 0:
        return []
    try:
        (said,) = struct.unpack_from("<H", content, end + _COMMENT)
        if end + _COMMENT + 2 + said != len(content):
            return []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except _BROKEN:
        return []
    return [
        Entry(
            info.filename.replace("\\", "/"),
            info.header_offset,
            info.compress_type,
            info.compress_size,
            info.CRC,
            bool(info.flag_bits & _ENCRYPTED),
        )
        for info in infos
    ]


def by_headers(content: bytes) -> list[Entry]:
    """What the headers before the packed files say, up to one more than `MOST_FILES`.

    A file of which the size is known is passed over, so that those packed in it are not taken for ours.
    """
    entries: list[Entry] = []
    start = content.find(_SIGN)
    while 0 <= start <= len(content) - _HEADER.size and len(entries) <= MOST_FILES:
        _, _, flags, method, _, _, checksum, size, _, named, more = _HEADER.unpack_from(content, start)
        name = content[start + _HEADER.size : start + _HEADER.size + named]
        known = not flags & _SAID_AFTER and size != _UNKNOWN
        entries.append(
            Entry(
                name.decode("utf-8" if flags & _IN_UTF8 else "cp437", "replace").replace("\\", "/"),
                start,
                method,
                size if known else None,
                checksum if known else None,
                bool(flags & _ENCRYPTED),
            )
        )
        after = start + _HEADER.size + named + more
        end = after + size if known else after
        start = content.find(_SIGN, end if content.startswith(b"PK", end) else start + len(_SIGN))
    return entries


def unpacked(content: bytes, entry: Entry) -> Iterator[bytes]:
    """What is packed, piece by piece; of a file that is not whole, `DamagedError` after the last of them."""
    if not content.startswith(_SIGN, entry.start) or entry.start < 0:
        raise DamagedError
    try:
        *_, named, more = _HEADER.unpack_from(content, entry.start)
    except struct.error as error:
        raise DamagedError from error
    start = entry.start + _HEADER.size + named + more
    checksum = 0
    for piece in _pieces(content, start, entry):
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if entry.checksum not in (None, checksum):
        raise DamagedError


def _pieces(content: bytes, start: int, entry: Entry) -> Iterator[bytes]:
    end = len(content) if entry.size is None else start + entry.size
    if entry.method == _DEFLATED:
        yield from _inflated(content, start, end)
    elif entry.method == _STORED:
        if entry.size is None and (found := _NEXT.search(content, start)):
            end = found.start()
        for at in range(start, min(end, len(content)), _AT_ONCE):
            yield content[at : min(at + _AT_ONCE, end)]
        if end > len(content):
            raise DamagedError
    else:
        raise DamagedError


def _inflated(content: bytes, start: int, end: int) -> Iterator[bytes]:
    """What can be inflated, to the very byte at which it goes wrong."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    step = _AT_ONCE
    while not inflating.eof:
        packed = content[start : min(start + step, end)] if start < end else b""
        before = None if step == 1 else inflating.copy()
        try:
            piece = inflating.decompress(packed, _AT_ONCE)
        except zlib.error as error:
            if before is None:
                raise DamagedError from error
            inflating, step = before, 1
            continue
        if not packed and not piece:
            raise DamagedError
        yield piece
        start += len(packed) - len(inflating.unconsumed_tail)
