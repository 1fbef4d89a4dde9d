"""The text of a file of which nobody says for certain in which encoding it is."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 first: its mark begins as that of UTF-16 does."""

_NAMES = re.compile(
    r"utf-?8|windows-125\d|iso-8859-(?:[2-9]|1[0-6])|macintosh|koi8-[ru]|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
"""What a page may say of itself. Python knows more names, some of which are no encodings of text; what calls
itself ISO 8859-1 or ASCII is Windows-1252, to browsers too."""


def decoded(content: bytes, declared: str = "") -> tuple[str, str]:
    """The text of bytes, and a sentence on what was wrong with them, or an empty one.

    A byte order mark is believed first, then the name that the file itself declares, UTF-8, and at last
    Windows-1252. It never fails: a byte without a meaning becomes U+FFFD, and the sentence says so.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], encoding)
    if encoding := _wide(content[:200]):
        return _forced(content, encoding)
    for encoding in (declared, "utf-8"):
        if _NAMES.fullmatch(encoding):
            try:
                return content.decode(encoding), ""
            except UnicodeDecodeError:
                continue
    return _forced(content, "windows-1252")


def _wide(start: bytes) -> str:
    """The form of UTF-16 in which a text of plain letters begins that has no mark."""
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    if half and start[::2].count(0) > half * 0.8:
        return "utf-16-be"
    return ""


def _forced(content: bytes, encoding: str) -> tuple[str, str]:
    text = content.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return text, f"{lost} characters of the file could not be read; they are shown as \ufffd." if lost else ""
