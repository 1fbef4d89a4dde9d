"""Headings: their words without markup, and the address that the words make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from chapterhouse.masking import REFUSING, unescape

HEADING = re.compile(r"(#{1,6})(?!#)[ \t]+(.*)", re.DOTALL)
CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+$")
ATTRIBUTES = re.compile(r"(?<=[ \t])\{:?[^{}\n]*\}$")

# What a heading may hold besides words, in the order in which it is taken off.
CODE = re.compile(r"(?<!`)(`+)(?!`)([^`]+)\1(?!`)")
NOTE = re.compile(r"\[\^[^\[\]]*\]")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]*\])?")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
EMPHASIS = re.compile(r"(?<!\*)(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)")
UNDERLINE = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?![\w_])")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

MARKUP = re.compile(r"[\\`*_\[<&\ue000]")
RESERVED = re.compile(r"(?:chapterhouse|footnotes?|fn(?:ref)?[0-9]*)(?:-|\Z)")
APOSTROPHES = "'\u2018\u2019\u02bc"


def heading(line: str) -> tuple[int, str] | None:
    """The level and the text of the heading that `line` is; None where it is none.

    Signs that close it (`## Title ##`) and an attribute list are not part of the text.
    """
    match = HEADING.match(line)
    if match is None:
        return None
    text = CLOSING.sub("", match[2].rstrip()).rstrip()
    return len(match[1]), ATTRIBUTES.sub("", text).rstrip()


def plain(text: str) -> str:
    """A line of Markdown as the words that a reader sees: no emphasis, code marks, links, notes or tags."""
    if not MARKUP.search(text):
        return text.strip()
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        # Private-use characters stand for what no later step may touch.
        held.append(match[1] if match.re is ESCAPE else match[2].strip())
        return f"\ue000{len(held) - 1}\ue001"

    text = REFUSING.sub("", ESCAPE.sub(hold, CODE.sub(hold, text)))
    text = TAG.sub("", LINK.sub(r"\1", NOTE.sub("", text)))
    for _ in range(2):
        text = UNDERLINE.sub(r"\2", EMPHASIS.sub(r"\2", text))
    text = unescape(text)
    return re.sub("\ue000([0-9]{1,9})\ue001", lambda m: _held(held, int(m[1])), text).strip()


def _held(held: list[str], index: int) -> str:
    return held[index] if index < len(held) else ""


def slug(text: str, taken: Container[str] = ()) -> str:
    """The address of an unnumbered heading: its letters and digits in lower case, of any script.

    Never empty, never like the ids that a page has of its own (`section-` is written before those), and
    never one of `taken`: the second of a kind ends in -2, the third in -3.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    words: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if unicodedata.category(character)[0] in "LMN":
            words.append(character)
        elif character not in APOSTROPHES and unicodedata.category(character) != "Cf":
            words.append(" ")
    anchor = "-".join("".join(words).split()) or "section"
    if RESERVED.match(anchor):
        anchor = f"section-{anchor}"
    return Anchors(taken).take(anchor)


class Anchors:
    """The addresses given out in one chapter. No two are the same."""

    def __init__(self, taken: Container[str] = ()) -> None:
        self.taken = taken
        self.given: dict[str, int] = {}

    def take(self, anchor: str) -> str:
        """`anchor`, or the first of `anchor-2`, `anchor-3` ... that is free."""
        count = self.given.get(anchor, 0) + 1
        free = anchor if count == 1 else f"{anchor}-{count}"
        while free in self.taken or (count > 1 and free in self.given):
            count += 1
            free = f"{anchor}-{count}"
        self.given[anchor] = count
        self.given.setdefault(free, 1)
        return free
