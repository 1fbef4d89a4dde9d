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
"""What a page may say of itself. Python knows more names, some of which are no encodings of text."""
_LATIN = re.compile(r"iso-8859-1|latin-?1|(?:us-)?ascii", re.IGNORECASE)
"""What calls itself that is Windows-1252, to browsers too (WHATWG Encoding, 4.2)."""

_ODD = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as Python hands them on."""
_WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")
"""Characters that take more than one byte."""


_GUESS = (
    "The file does not say how its letters are stored, and was read as Windows-1252: compare accented"
    " letters, quotes and pound signs with the source."
)


def decoded(content: bytes, declared: str = "", otherwise: str = "windows-1252") -> tuple[str, str]:
    """The text of bytes, and a sentence on what a person should know of them, or an empty one.

    A byte order mark is believed first, then the name that the file itself declares, UTF-8 that is sound or
    nearly so, and at last what it is `otherwise`, UTF-8 if that is no name. It never fails: a byte without a
    meaning becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], encoding)
    if encoding := _wide(content[:200]):
        return _forced(content, encoding)
    if _LATIN.fullmatch(declared):
        return _forced(content, "windows-1252")
    for encoding in (declared, "utf-8"):
        if _NAMES.fullmatch(encoding):
            try:
                return content.decode(encoding), ""
            except UnicodeDecodeError:
                continue
    return _nearly(content) or _guessed(content, otherwise if _NAMES.fullmatch(otherwise) else "utf-8")


def _nearly(content: bytes) -> tuple[str, str] | None:
    """UTF-8 into which a few other bytes have come: each of these alone is read as Windows-1252."""
    text = content.decode("utf-8", errors="surrogateescape")
    odd = [ord(letter) - 0xDC00 for letter in _ODD.findall(text)]
    if len(odd) >= len(_WIDE.findall(text)):
        return None
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if _ODD.search(line)]
    made = _ODD.sub(lambda found: bytes((ord(found[0]) - 0xDC00,)).decode("windows-1252", "replace"), text)
    where = (
        f"line {lines[0]}" if len(lines) == 1 else f"{len(lines)} lines, the first of them line {lines[0]}"
    )
    signs = "One sign is" if len(odd) == 1 else f"{len(odd)} signs are"
    return made, f"{signs} not in the encoding of the rest (UTF-8): compare {where} with the document."


def _guessed(content: bytes, encoding: str) -> tuple[str, str]:
    text, lost = _forced(content, encoding)
    return text, f"{_GUESS if encoding == 'windows-1252' else ''} {lost}".strip()


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
