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
_HEAD = 4096
"""In how many bytes a page must have said what its encoding is; browsers look at fewer."""

_PAIRS = (
    (re.compile(r"<(?=!--)"), re.compile(r"--!?\s*>")),
    (re.compile(r"<(?=!\[)"), re.compile(r"\]\s*>")),
    (re.compile(r"<(?=!\[(?!if|else|endif))", re.IGNORECASE), re.compile(r"\]\s*\]\s*>")),
    (re.compile(r"<"), re.compile(r">")),
)
_DECLARATION = re.compile(r"<!(?!--|doctype)", re.IGNORECASE)


def read(content: bytes) -> Document:
    """The blocks of a page, with what is lost of it at its place; `RefusedError` for one that is too large.

    Every word that the page has as text stands in the parts once and in order (`blocks.in_order`), with
    those of pictures (`alt`), buttons (`value`) and abbreviations (`title`, once) at their places; scripts,
    style sheets and comments have none. Places are lines of the file.
    """
    within(len(content), "page")
    if content.count(b"<") > 2 * MOST_ELEMENTS:
        raise RefusedError(f"it has more than {MOST_ELEMENTS:,} elements, the most of a page that is read")
    if content.count(b"&") > MOST_ENTITIES:
        raise RefusedError(f"it has more than {MOST_ENTITIES:,} signs `&`, the most of a page")
    declared = EncodingDetector.find_declared_encoding(content[:_HEAD], is_html=True)
    text, remark = decoded(content, declared or "")
    page = parsed(text)
    dress_by_class(page)
    walk = Walk(page)
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
