"""Plain text, which has no marks: its headings are told by their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.importers.blocks import Block, Loss, Run, letters
from chapterhouse.importers.texts.lines import BULLET, LETTER, NUMBER, NUMBERED, REFERS, SPACE, Lines, Open
from chapterhouse.importers.texts.sheets import ENDED, FULL, Sheets

UNDERLINE = re.compile(r"={3,}|-{3,}")
PARAGRAPH = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*\.[1-9][0-9]{0,2}[.)]?(?=\s)")
"""Of one, and not of a section that is called 1.0."""
LEADER = re.compile(r"(?:\. ?){5,}\s*(?:[0-9]{1,4}|[ivxl]{1,7})$")
"""Dots that lead to the number of a page."""
LONGEST_LEADER = 200
FIELD_IS = "the address of a link, as the program kept it"
FIELD = re.compile(r'HYPERLINK\s+"[^"]{0,2000}"')
UNFINISHED = (*REFERS, ".", ":", ";", ",", " on", " at", " for", " by", " with", " the", " a", " an", " must")
LONGEST_HEADING = 100


class Plain(Lines):
    """Text without marks."""

    def line(self, line: str) -> Iterator[Block | Loss]:
        """What ends at a line, or begins and ends there."""
        text = line.strip()
        if self.open and UNDERLINE.fullmatch(text) and self._is_title(self.open):
            self.open.kind, self.open.level = "heading", 1 if text[0] == "=" else 2
            yield from self.close()
        elif LEADER.search(text[-LONGEST_LEADER:]):
            yield from self.close()
            yield Loss(text, self.place, "furniture", "a line of the list of contents, which is made anew")
        else:
            yield from super().line(line)

    def _is_title(self, opened: Open) -> bool:
        return (
            opened.kind in {"heading", "paragraph"}
            and opened.at == self.at - 1
            and 0 < len(opened.last) <= LONGEST_HEADING
            and not opened.last.endswith(ENDED)
        )

    def __init__(self, sheets: Sheets) -> None:
        """Take the lines of a text."""
        super().__init__(sheets)
        found = (PARAGRAPH.match(line.strip()) for line in self.lines)
        self._parents = {one[0].rstrip(".)").rpartition(".")[0] for one in found if one}
        """The numbers below which others stand: of 2.1.1, 2.1."""

    def begins(self, text: str) -> Iterator[Block | Loss]:
        """A line that begins a paragraph or a heading."""
        heading_like = self._heading(text)
        self.start("heading" if heading_like else "paragraph", text, level=2)
        if heading_like and not self._broken():
            yield from self.close()

    def inline(self, text: str, place: str) -> tuple[tuple[Run, ...], list[tuple[int, Loss]]]:
        """The words without the codes of the program that wrote them."""
        lost: list[tuple[int, Loss]] = []
        said: list[str] = []
        count = done = 0
        for found in FIELD.finditer(text):
            said.append(text[done : found.start()])
            count += letters(said[-1])
            lost.append((count, Loss(found[0], place, "markup", FIELD_IS)))
            done = found.end()
        said.append(text[done:])
        clean = SPACE.sub(" ", " ".join(said)).strip()
        return ((Run(clean),) if clean else ()), lost

    def block(
        self, opened: Open, runs: tuple[Run, ...], lost: list[tuple[int, Loss]]
    ) -> Iterator[Block | Loss]:
        """A block that has been read, with what was lost in it."""
        if opened.kind == "heading" and sum(len(run.text) for run in runs) > LONGEST_HEADING:
            opened.kind = "paragraph"  # what looked like a heading goes on in the next line
        return super().block(opened, runs, lost)

    def _broken(self) -> bool:
        """Whether the next line goes on with this heading."""
        ahead = self.lines[self.at + 1].strip() if self.at + 1 < len(self.lines) else ""
        if UNDERLINE.fullmatch(ahead):
            return True
        return ahead[:1].islower() and not BULLET.match(ahead) and not LETTER.match(ahead)

    def _heading(self, text: str) -> bool:
        """Whether a line of plain text looks like a heading: short, unfinished, with text to follow."""
        if len(text) > LONGEST_HEADING or NUMBER.fullmatch(text) or text.endswith(UNFINISHED):
            return False
        number = NUMBERED.match(text)
        if not (text[0].isupper() or number) or text.lower().startswith("please "):
            return False
        if number and text[number.end() :].lstrip("| ")[:1].islower():
            return False
        if (paragraph := PARAGRAPH.match(text)) and paragraph[0].rstrip(".)") not in self._parents:
            return False
        below = self.lines[self.at + 1].strip() if self.at + 1 < len(self.lines) else ""
        if self.wrapped and len(text) >= FULL and below and not UNDERLINE.fullmatch(below):
            return False  # the first line of a paragraph
        above = self.lines[self.at - 1].strip().rstrip("| ") if self.at else ""
        if above and not above.endswith(ENDED) and not NUMBER.fullmatch(above):
            # Two headings may follow one another; text that is not at its end is gone on with.
            return len(above) <= LONGEST_HEADING and (above[0].isupper() or self.after == "heading")
        if above and NUMBER.fullmatch(above):
            return False
        return any(line.strip("| \t") for line in self.lines[self.at + 1 : self.at + 6])
