"""What the blocks of a document are in a chapter: its title, sections, numbered paragraphs, notices, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from chapterhouse.importers.blocks import Block, Document, Loss, Run, words
from chapterhouse.importers.furniture import is_furniture, opens_contents
from chapterhouse.importers.runs import cut, kept, text_of, tidy
from chapterhouse.model import Numbering

SECTIONED = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[A-Z]{0,2}"
PARAGRAPH = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}(?:\s*[|\u2013\u2014-]{{1,2}})?\s+(?=\S)")
PARAGRAPH_ALONE = re.compile(rf"[(\[]?({SECTIONED})[.:)\]]{{0,2}}\s*\|?")
CONTINUOUS = re.compile(r"([0-9]{1,3}[A-Z]{0,2})\.\s+(?=\S)")
CONTINUOUS_ALONE = re.compile(r"([0-9]{1,3}[A-Z]{0,2})\.\s*\|?")
SECTION = re.compile(
    r"(?:section\s+)?([0-9]{1,3})(?:[.:)]|\s+[\u2013\u2014-])?\s+(?=[^\W\d_])", re.IGNORECASE
)
CHAPTER = re.compile(
    r"(?:chapter\s+(?P<said>[0-9]{1,3})|(?P<number>[A-Z]{1,4}[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[A-Z]?|[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[A-Z]?))"
    r"[.:]?\s*[\u2013\u2014-]?\s+(?P<title>\S.{1,180})",
    re.DOTALL,
)
GLUED = re.compile(r"(.{0,80}\bunder review\b[^.]{0,60}\.)\s*([0-9]{1,3}\.\s+[A-Z].{0,120})", re.DOTALL)
NOTICE = re.compile(
    r"\bunder review\b.*\b(?:chapter|guidance|procedure|page|policy|document|protocol)\b"
    r"|\b(?:chapter|guidance|procedure|page|policy|document|protocol)\b.*\bunder review\b",
    re.IGNORECASE | re.DOTALL,
)
AMENDED = re.compile(
    r"amendments?(?: to this chapter| history| notes?)?|version (?:history|control)", re.IGNORECASE
)
DATED = re.compile(
    r"(?:this (?:chapter|page|section|guidance|procedure) was |last )?"
    r"(?:last )?(?:updated|amended|reviewed|added|revised|approved)\b.{0,200}\b(?:19|20)[0-9]{2}\b.{0,200}",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_NOTICE = 400
EARLY = 25
"""How many blocks from the start a title and notices are looked for."""

Where = Literal["chapter", "title", "under_review", "amendments"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Words of the source that stand in the front matter of the draft."""

    text: str
    place: str
    where: Where


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the draft."""

    block: Block
    number: str = ""
    """Of a numbered paragraph or section, without the signs around it."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A document as a chapter."""

    number: str
    """Of the chapter; empty where the source has none."""
    title: str
    """Empty where the source has none."""
    numbering: Numbering
    parts: tuple[Piece | Loss | Moved, ...]
    """In the order of the source."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What the draft is made of."""
        return tuple(part for part in self.parts if isinstance(part, Piece))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The numbers of its paragraphs."""
        return tuple(piece.number for piece in self.pieces if piece.number and piece.block.kind != "heading")

    @property
    def sections(self) -> tuple[str, ...]:
        """Its headings, in words, with their numbers."""
        return tuple(
            f"{piece.number}. {piece.block.text}" if piece.number else piece.block.text
            for piece in self.pieces
            if piece.block.kind == "heading"
        )


def recognise(document: Document) -> Recognised:
    """The chapter that a document is. Every word of the document stands in one of its parts, in order."""
    parts = list(_without_furniture(_flat(document.parts)))
    numbering = _numbering(parts)
    parts, number, title = _titled(parts)
    parts = list(_notices(parts))
    parts = list(_nested(_joined(parts, numbering)))
    return Recognised(number, title, numbering, tuple(_pieces(parts, numbering)))


# --- Tables that are only there for the layout, and lines that ran together ---


def _flat(parts: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    for part in parts:
        if isinstance(part, Loss):
            yield part
        elif part.kind == "table" and _is_layout(part):
            yield from _flat(block for row in part.rows for cell in row for block in cell.blocks)
        else:
            yield from _tidied(part)


def _tidied(block: Block) -> Iterator[Block]:
    if block.kind in {"table", "code"}:
        yield block
        return
    runs = tidy(block.runs)
    glued = GLUED.fullmatch(text_of(runs)) if block.kind in {"heading", "paragraph"} else None
    if glued:
        yield replace(block, kind="paragraph", runs=kept(runs, glued.end(1)))
        yield replace(block, kind="heading", runs=cut(runs, glued.start(2)))
    elif runs or block.marker:
        yield replace(block, runs=runs)


def _is_layout(table: Block) -> bool:
    """Whether a table only puts numbers beside their paragraphs, or a page in one column."""
    filled = [[cell for cell in row if cell.blocks] for row in table.rows]
    if all(len(row) <= 1 for row in filled):
        return True
    firsts = [row[0].text for row in filled if len(row) > 1]
    numbered = sum(_alone(text) for text in firsts)
    return numbered > 0 and numbered == len(firsts) and all(len(row) <= 2 for row in filled)


def _alone(text: str) -> bool:
    return bool(PARAGRAPH_ALONE.fullmatch(text) or CONTINUOUS_ALONE.fullmatch(text))


# --- Furniture ---


def _without_furniture(parts: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    listed = list(parts)
    headings = {_bare(part.text) for part in listed if isinstance(part, Block)}
    counts: dict[str, int] = {}
    for part in listed:
        if isinstance(part, Block):
            counts[_bare(part.text)] = counts.get(_bare(part.text), 0) + 1
    within = False
    for part in listed:
        if isinstance(part, Loss):
            yield part
            continue
        text = part.text
        bare = _bare(text)
        if is_furniture(text) and not part.marker.strip("-*\u2022\u00b7"):
            within = within or opens_contents(text)
            yield _dropped(part)
        elif (
            within and bare in headings and counts[bare] > 1 and part.kind in {"item", "paragraph", "heading"}
        ):
            # A line of the contents stands again where it is a heading.
            counts[bare] -= 1
            yield _dropped(part, "a line of the list of contents, which is made anew")
        else:
            within = False
            yield part


def _bare(text: str) -> str:
    return " ".join(words(text)).lower()


def _dropped(block: Block, remark: str = "") -> Loss:
    return Loss(f"{block.marker} {block.text}".strip(), block.place, "furniture", remark)


# --- What belongs to the front matter ---


def _titled(parts: list[Block | Loss]) -> tuple[list[Block | Loss | Moved], str, str]:
    """The parts without the title, and the number and title of the chapter."""
    early = [index for index, part in enumerate(parts) if isinstance(part, Block)][:EARLY]
    lines = [index for index in early if _one_line(parts[index])]
    for index in lines:
        if (match := CHAPTER.fullmatch(parts[index].text)) and not _numbered_alike(parts, index, match):
            number = match["said"] or match["number"]
            return _taken(parts, index, "title"), number, match["title"].strip()
    for index in lines:
        part = parts[index]
        if isinstance(part, Block) and part.kind == "heading" and not _number_of(part.text):
            return _taken(parts, index, "title"), "", part.text
    return list(parts), "", ""


def _one_line(part: Block | Loss) -> bool:
    return (
        isinstance(part, Block)
        and part.kind in {"heading", "paragraph"}
        and len(part.text) <= 200
        and not part.text.endswith((";", ","))
    )


def _numbered_alike(parts: Sequence[Block | Loss], index: int, match: re.Match[str]) -> bool:
    """Whether what looks like the number of a chapter is that of a paragraph: others like it come after."""
    number = match["number"] or ""
    if match["said"] or not number[0].isdigit():
        return False
    part = parts[index]
    if isinstance(part, Block) and part.kind == "heading" and part.level == 1:
        return False
    section = number.rpartition(".")[0]
    later = (_number_of(one.text) for one in parts[index + 1 :] if isinstance(one, Block))
    same = [n for n in later if n and n.rpartition(".")[0] == section]
    first = re.compile(rf"{re.escape(section)}\.1[A-Z]?")
    return bool(same) and not any(first.fullmatch(n) for n in same)


def _number_of(text: str) -> str:
    match = PARAGRAPH.match(text) or PARAGRAPH_ALONE.fullmatch(text)
    return match[1] if match else ""


def _taken(parts: Sequence[Block | Loss], index: int, where: Where) -> list[Block | Loss | Moved]:
    taken = parts[index]
    return [*parts[:index], Moved(taken.text, taken.place, where), *parts[index + 1 :]]


def _notices(parts: Sequence[Block | Loss | Moved]) -> Iterator[Block | Loss | Moved]:
    """Notes of amendments and notices of reviews, which stand before the text."""
    seen = 0
    noted = False
    for part in parts:
        if not isinstance(part, Block) or seen > EARLY:
            yield part
            continue
        seen += 1
        text = part.text
        plain = part.kind in {"heading", "paragraph", "item", "quote"} and len(text) <= LONGEST_NOTICE
        if plain and part.kind == "heading" and AMENDED.fullmatch(text.rstrip(":")):
            noted = True
            yield Moved(text, part.place, "amendments")
        elif plain and part.kind != "item" and not _number_of(text) and NOTICE.search(text):
            yield Moved(text, part.place, "under_review")
        elif plain and (
            DATED.fullmatch(text) or (noted and part.kind in {"paragraph", "item"} and not _number_of(text))
        ):
            yield Moved(f"{part.marker} {text}".strip(), part.place, "amendments")
        else:
            noted = False
            if part.kind == "heading" or _number_of(text):
                seen = max(seen, EARLY - 5)
            yield part


# --- Numbers ---


def _numbering(parts: Iterable[Block | Loss]) -> Numbering:
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


def _joined(parts: Sequence[Block | Loss | Moved], numbering: Numbering) -> list[Block | Loss | Moved]:
    """A number that stands alone, together with the paragraph that follows it."""
    alone = {"sections": PARAGRAPH_ALONE, "continuous": CONTINUOUS_ALONE}.get(numbering)
    joined: list[Block | Loss | Moved] = []
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


def _nested(parts: Iterable[Block | Loss | Moved]) -> Iterator[Block | Loss | Moved]:
    """Items with the depth that their marks give them, where the source gives none: a) under a bullet."""
    families: list[bool] = []
    before = ""
    for part in parts:
        if not isinstance(part, Block) or part.kind != "item":
            if isinstance(part, Block):
                families, before = [], ""
            yield part
            continue
        lettered = bool(words(part.marker))
        if lettered in families:
            families = families[: families.index(lettered) + 1]
        elif families and before.endswith(":"):
            families.append(lettered)
        else:
            families = [lettered]
        before = part.text
        yield replace(part, level=max(part.level, len(families)))


def _pieces(parts: Iterable[Block | Loss | Moved], numbering: Numbering) -> Iterator[Piece | Loss | Moved]:
    """Each block with the number that it starts with, if that is the number of a paragraph or section here."""
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
