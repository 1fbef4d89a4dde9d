"""Numbers of paragraphs and sections in all their dress: `1.1 text`, a number alone on its line, `23.`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import Block, Loss, Run, words
from chapterhouse.importers.recognising.recognised import Moved, Part, Piece
from chapterhouse.importers.runs import cut, text_of, tidy
from chapterhouse.model import Numbering

SECTIONED = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[A-Z]{0,2}"
PARAGRAPH = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}(?:\s*[|\u2013\u2014-]{{1,2}})?\s+(?=\S)")
PARAGRAPH_ALONE = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}\s*\|?")
CONTINUOUS = re.compile(r"([0-9]{1,3}[A-Z]{0,2})\.\s+(?=\S)")
CONTINUOUS_ALONE = re.compile(r"([0-9]{1,3}[A-Z]{0,2})\.\s*\|?")
SECTION = re.compile(
    r"(?:section\s+)?([0-9]{1,3})(?:[.:)]|\s+[\u2013\u2014-])?\s+(?=[^\W\d_])", re.IGNORECASE
)


def stands_alone(text: str) -> bool:
    """Whether a text is the number of a paragraph and nothing else."""
    return bool(PARAGRAPH_ALONE.fullmatch(text) or CONTINUOUS_ALONE.fullmatch(text))


def number_of(text: str) -> str:
    """The number, of two parts or more, with which a text starts; empty where it starts with none."""
    match = PARAGRAPH.match(text) or PARAGRAPH_ALONE.fullmatch(text)
    return match[1] if match else ""


def numbering_of(parts: Iterable[Block | Loss]) -> Numbering:
    """How the paragraphs are numbered: 3.2, or 23, or not at all."""
    sectioned = continuous = 0
    last = 0
    for part in parts:
        if not isinstance(part, Block) or part.kind not in {"paragraph", "item", "heading"}:
            continue
        text = part.text
        if PARAGRAPH.match(text) or PARAGRAPH_ALONE.fullmatch(text):
            sectioned += 1
        elif part.kind == "paragraph" and (
            match := CONTINUOUS.match(text) or CONTINUOUS_ALONE.fullmatch(text)
        ):
            value = int(re.sub(r"\D", "", match[1]))
            continuous += value == last + 1
            last = value
    if sectioned >= 2 and sectioned >= continuous / 2:
        return "sections"
    return "continuous" if continuous >= 3 else "none"


def joined(parts: Sequence[Part], numbering: Numbering) -> list[Part]:
    """A number that stands alone, together with the paragraph that follows it."""
    alone = {"sections": PARAGRAPH_ALONE, "continuous": CONTINUOUS_ALONE}.get(numbering)
    joined: list[Part] = []
    waiting: Block | None = None
    for part in parts:
        if (
            waiting is not None
            and isinstance(part, Block)
            and part.kind in {"paragraph", "item", "quote", "heading"}
        ):
            number = Run(f"{waiting.text} ")
            sign = (Run(f"{part.marker} "),) if words(part.marker) else ()
            joined.append(replace(part, kind="paragraph", marker="", runs=tidy((number, *sign, *part.runs))))
            waiting = None
        elif (
            isinstance(part, Block)
            and part.kind in {"paragraph", "item"}
            and alone
            and alone.fullmatch(part.text)
        ):
            if waiting is not None:
                joined.append(waiting)
            waiting = part
        else:
            if waiting is not None:
                joined.append(waiting)
                waiting = None
            joined.append(part)
    if waiting is not None:
        joined.append(waiting)
    return joined


def pieces(parts: Iterable[Part], numbering: Numbering) -> Iterator[Piece | Loss | Moved]:
    """Each block with the number that it starts with, if that is one of a paragraph or section here."""
    order = _Order(numbering)
    for part in parts:
        yield order.piece(part) if isinstance(part, Block) else part


class _Order:
    """Follows the numbers, so that "2.5 million children" is not taken for paragraph 2.5 of section 7."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.section = 0
        self.last: tuple[int, ...] = ()
        self.taken: set[str] = set()

    def piece(self, block: Block) -> Piece:
        text = text_of(block.runs)
        if block.kind == "heading":
            return self._heading(block, text)
        if block.kind not in {"paragraph", "item"} or (block.kind == "item" and words(block.marker)):
            return Piece(block)
        pattern = {"sections": PARAGRAPH, "continuous": CONTINUOUS}.get(self.numbering)
        match = pattern.match(text) if pattern else None
        if match is None or not self._next(match[1], strict=block.kind == "item"):
            return Piece(block)
        self._take(match[1])
        return Piece(
            replace(block, kind="paragraph", marker="", level=1, runs=cut(block.runs, match.end())), match[1]
        )

    def _heading(self, block: Block, text: str) -> Piece:
        if self.numbering != "sections":
            return Piece(block)
        match = SECTION.match(text)
        if match and int(match[1]) > self.section and int(match[1]) <= self.section + 5:
            self.section = int(match[1])
            return Piece(replace(block, runs=cut(block.runs, match.end())), match[1])
        if (match := PARAGRAPH.match(text)) and self._next(match[1], strict=False):
            # A heading that has the number of a paragraph stays a heading; its number is among its words.
            self.last = _key(match[1])
            self.section = self.last[0]
        return Piece(block)

    def _next(self, number: str, *, strict: bool) -> bool:
        """Whether a number may come here."""
        if number in self.taken:
            return False
        key = _key(number)
        if self.numbering == "continuous":
            return not self.last or (self.last < key and key[0] <= self.last[0] + 10)
        if self.section and key[0] not in {self.section, self.section + 1}:
            return False
        if strict and self.last and key[0] == self.last[0]:
            return key > self.last and key[1] <= self.last[1] + 3
        return not self.last or key > self.last or key[0] == self.section

    def _take(self, number: str) -> None:
        self.taken.add(number)
        self.last = _key(number)
        if self.numbering == "sections":
            self.section = max(self.section, self.last[0])


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", number))
