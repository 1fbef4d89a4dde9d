"""The PDF file that a page offers, held against the file that the site has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO

from chapterhouse.verify.built import Built, words
from chapterhouse.verify.required import Required

LINE = re.compile(r"PDF of this chapter, (?P<sheets>[0-9,]+) sheets?, (?P<size>[0-9.]+ [KM]B)")


def offers(built: Built) -> bool:
    """Whether a page says that there is a PDF file of its chapter."""
    return bool(built.hooks("pdf"))


def file(required: Required) -> str:
    """Where the site has the PDF file of the version shown."""
    name = posixpath.basename(required.path.rstrip("/"))
    return f"{required.path}{required.chapter.head.chapter}-{name}-v{required.amendment.version}.pdf"


def faults(built: Built, required: Required, data: bytes | None) -> Iterator[str]:
    """What is wrong with what the page says of its PDF file, and with the file; `data` are its bytes.

    How many sheets it has is proved where pikepdf is installed, as it is where such files are made.
    """
    lines = built.hooks("pdf")
    if len(lines) != 1:
        yield f"the line about its PDF file stands there {len(lines)} times, not once"
        return
    match = LINE.fullmatch(words(lines[0]))
    if match is None:
        yield f"the line about its PDF file is not as it should be: {words(lines[0])}"
        return
    target = file(required)
    if built.targets(lines[0]) != {target}:
        yield f"the line about its PDF file does not lead to {target}"
    if data is None:
        yield f"its PDF file is missing: {target}"
        return
    if match["size"] != _size(len(data)):
        yield f"its PDF file has {_size(len(data))}, and the page says {match['size']}"
    sheets = _sheets(data)
    if sheets is not None and match["sheets"] != f"{sheets:,}":
        yield f"the page says that its PDF file has sheets: {match['sheets']}, and it has {sheets:,}"


def _size(size: int) -> str:
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{size / 1_000_000:.1f} MB"


def _sheets(data: bytes) -> int | None:
    """How many sheets a PDF file has, 0 where it cannot be read; None where nothing here can count them."""
    if find_spec("pikepdf") is None:
        return None
    # The extra `pdf`: a site without such files is verified without it.
    pikepdf = import_module("pikepdf")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0
