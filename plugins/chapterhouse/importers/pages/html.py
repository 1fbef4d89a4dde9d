"""HTML, however it was made, as blocks: saved from a browser, from Word, Google Docs or a hosted system."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.dammit import EncodingDetector

from chapterhouse.importers.blocks import Document, RefusedError, within
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.pages.classes import dress_by_class
from chapterhouse.importers.pages.walking import Walk

MOST_ELEMENTS = 100_000
"""Of a page. One of two tags of a few bytes becomes an object of a thousand."""
MOST_ENTITIES = 500_000
MOST_STRETCHES = 1_200_000
"""Words, attributes and pieces of addresses, which nobody can tell apart before a page is read. One of 500
pages that Word saved has 900,000; so many attributes take 700 MB."""
_HEAD = 4096
"""In how many bytes a page must have said what its encoding is; browsers look at fewer."""

_PAIRS = (
    (re.compile(r"<(?=!--)"), re.compile(r"--!?\s*>")),
    (re.compile(r"<(?=!\[)"), re.compile(r"\]\s*>")),
    (re.compile(r"<(?=!\[(?!if|else|endif))", re.IGNORECASE), re.compile(r"\]\s*\]\s*>")),
    (re.compile(r"<"), re.compile(r">")),
)
_PARTED = bytes(ord(" ") if code in b"\t\n\f\r \"'/" else ord("x") for code in range(256))
"""What every byte is to the parser of attributes: one that parts them, or one of a name or a value."""
_DECLARATION = re.compile(r"<!(?!--|doctype)", re.IGNORECASE)


def read(content: bytes) -> Document:
    """The blocks of a page, with what is lost of it at its place; `RefusedError` for one that is too large.

    Every word that the page has as text stands in the stretches once and in order (`blocks.in_order`), with
    those of pictures (`alt`) and inputs (`value`, `placeholder`), and once those of abbreviations and links
    (`title`), at their places; scripts, style sheets and comments have none. Places are lines of the file.
    """
    within(len(content), "page")
    if content.count(b"<") > 2 * MOST_ELEMENTS:
        raise RefusedError(f"it has more than {MOST_ELEMENTS:,} elements, the most of a page that is read")
    if content.count(b"&") > MOST_ENTITIES:
        raise RefusedError(f"it has more than {MOST_ENTITIES:,} signs `&`, the most of a page")
    if content.translate(_PARTED).count(b" x") > MOST_STRETCHES:
        raise RefusedError(
            f"it has more than {MOST_STRETCHES:,} words and attributes, the most of a page that is read"
        )
    declared = EncodingDetector.find_declared_encoding(content[:_HEAD], is_html=True)
    text, remark = decoded(content, declared or "")
    page = parsed(text)
    dress_by_class(page)
    walk = Walk(page, furnished=True)
    parts = walk.parts()
    return Document(tuple(parts), (*([remark] if remark else []), *walk.remarks))


def parsed(text: str) -> BeautifulSoup:
    """The tree of a page. The parser has never heard of some declarations; these are read as text."""
    with warnings.catch_warnings():
        # It warns of pages that look like a file name or like XML, which is no concern of anybody here.
        warnings.simplefilter("ignore")
        text = _closed(text)
        try:
            return BeautifulSoup(text, "html.parser")
        except ParserRejectedMarkup:
            return BeautifulSoup(_DECLARATION.sub("&lt;!", text), "html.parser")


def _closed(text: str) -> str:
    """A page of which everything that begins also ends; what does not is text.

    The parser looks for the end of each tag, comment and section as far as the end of the page, so that many
    that have none would take it hours.
    """
    for begin, end in _PAIRS:
        ends = 0
        for found in end.finditer(text):
            ends = found.end()
        text = text[:ends] + begin.sub("&lt;", text[ends:])
    return text
