"""What of a document belongs to the front matter: its title, notes of amendments, notices of reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chapterhouse.importers.blocks import Block, Loss
from chapterhouse.importers.recognising.numbering import SECTION, number_of
from chapterhouse.importers.recognising.recognised import Moved, Part, Where

CHAPTER = re.compile(
    r"(?:chapter\s+(?P<said>[0-9]{1,3})|(?P<number>[A-Z]{1,4}[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[A-Z]?|[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[A-Z]?))"
    r"[.:]?\s*[\u2013\u2014-]?\s+(?P<title>\S.{1,180})",
    re.DOTALL,
)
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
TEXT = 9
"""The level of what is no heading."""
EARLY = 25
"""How many blocks from the start a title and notices are looked for."""


def titled(parts: list[Block | Loss]) -> tuple[list[Part], str, str]:
    """The parts without the title, and the number and title of the chapter."""
    early = [index for index, part in enumerate(parts) if isinstance(part, Block)][:EARLY]
    lines = [index for index in early if _one_line(parts[index])]
    for index in lines:
        match = CHAPTER.fullmatch(parts[index].text)
        if match and not _numbered_alike(parts, index, match) and not _below(parts, index):
            number = match["said"] or match["number"]
            return _taken(parts, index, "title"), number, match["title"].strip()
    for index in lines:
        part = parts[index]
        heading = isinstance(part, Block) and part.kind == "heading"
        if heading and not number_of(part.text) and not SECTION.match(part.text):
            return _taken(parts, index, "title"), "", part.text
    return list(parts), "", ""


def _one_line(part: Block | Loss) -> bool:
    return (
        isinstance(part, Block)
        and part.kind in {"heading", "paragraph"}
        and len(part.text) <= 200
        and not part.text.endswith((";", ","))
    )


def _below(parts: Sequence[Block | Loss], index: int) -> bool:
    """Whether a heading of a higher level stands before a line, which then is no chapter's title."""
    own = _level(parts[index])
    return any(_level(part) < own for part in parts[:index])


def _level(part: Block | Loss) -> int:
    return part.level if isinstance(part, Block) and part.kind == "heading" else TEXT


def _numbered_alike(parts: Sequence[Block | Loss], index: int, match: re.Match[str]) -> bool:
    """Whether what looks like the number of a chapter is that of a paragraph: others like it come after."""
    number = match["number"] or ""
    if match["said"] or not number[0].isdigit():
        return False
    part = parts[index]
    if isinstance(part, Block) and part.kind == "heading" and part.level == 1:
        return False
    section = number.rpartition(".")[0]
    later = (number_of(one.text) for one in parts[index + 1 :] if isinstance(one, Block))
    same = [n for n in later if n and n.rpartition(".")[0] == section]
    first = re.compile(rf"{re.escape(section)}\.1[A-Z]?")
    return bool(same) and not any(first.fullmatch(n) for n in same)


def _taken(parts: Sequence[Block | Loss], index: int, where: Where) -> list[Part]:
    taken = parts[index]
    return [*parts[:index], Moved(taken.text, taken.place, where), *parts[index + 1 :]]


def notices(parts: Sequence[Part]) -> Iterator[Part]:
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
        elif plain and part.kind != "item" and not number_of(text) and NOTICE.search(text):
            yield Moved(text, part.place, "under_review")
        elif plain and (
            DATED.fullmatch(text) or (noted and part.kind in {"paragraph", "item"} and not number_of(text))
        ):
            yield Moved(f"{part.marker} {text}".strip(), part.place, "amendments")
        else:
            noted = False
            if part.kind == "heading" or number_of(text):
                seen = max(seen, EARLY - 5)
            yield part
