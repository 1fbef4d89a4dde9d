"""A chapter's text by paragraph, section, heading and footnote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chapterhouse.model import LINE_END, Chapter

FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,80})\]:", re.MULTILINE)
MARK = re.compile(r"\[\^([^\]\s]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a chapter that are of one paragraph, one section or one footnote."""

    start: int
    end: int
    """Offsets into the chapter's text."""
    anchor: str
    paragraph: str
    footnote: str
    heading: bool
    section: str
    """The anchor of the section of the page that shows it: footnotes stand at the end of the page."""


Cut = tuple[str, str, str, bool]
"""Where a place begins: its anchor, its paragraph, the footnote, whether it is a heading."""


def places(chapter: Chapter) -> Iterator[Place]:
    """A chapter's text by paragraph, section, heading and footnote, in order."""
    starts = (0, *(match.end() for match in LINE_END.finditer(chapter.text)), len(chapter.text))
    first = chapter.body.line
    cuts: dict[int, Cut] = {0: ("", "", "", False)}
    for section in chapter.body.sections:
        line = section.line - first
        cuts[starts[line]] = (section.anchor, "", "", True)
        cuts.setdefault(starts[line + 1], (section.anchor, "", "", False))
    for paragraph in chapter.body.paragraphs:
        cuts[starts[paragraph.line - first]] = (paragraph.anchor, paragraph.number, "", False)
    if "[^" in chapter.text:
        cuts |= _footnotes(chapter.text, starts, cuts)
    ordered = sorted(cuts)
    here, last = "", chapter.body.sections[-1].anchor if chapter.body.sections else ""
    for start, end in zip(ordered, (*ordered[1:], len(chapter.text)), strict=True):
        anchor, number, footnote, heading = cuts[start]
        here = anchor if heading else here
        yield Place(start, end, anchor, number, footnote, heading, last if footnote else here)


def _footnotes(text: str, starts: Sequence[int], cuts: Mapping[int, Cut]) -> dict[int, Cut]:
    """Where footnotes begin and end. Each has the address of the place where its mark stands first."""
    ordered = sorted(cuts)

    def standing(position: int) -> Cut:
        return cuts[ordered[bisect_right(ordered, position) - 1]]

    marks: dict[str, int] = {}
    notes = {note.start(): note[1] for note in FOOTNOTE.finditer(text)}
    labels = {note.start(1) for note in FOOTNOTE.finditer(text)}
    for mark in MARK.finditer(text):
        if mark.start(1) not in labels:
            marks.setdefault(mark[1], mark.start())
    found: dict[int, Cut] = {}
    for start, label in notes.items():
        anchor, paragraph, _, _ = standing(marks.get(label, start))
        found[start] = (anchor, paragraph, label, False)
        line = bisect_right(starts, start)
        parted = False
        while line + 1 < len(starts) and starts[line] not in cuts and starts[line] not in notes:
            words = text[starts[line] : starts[line + 1]]
            if parted and words.strip() and not words.startswith((" ", "\t")):
                anchor, paragraph, _, _ = standing(start)
                found[starts[line]] = (anchor, paragraph, "", False)
                break
            parted = not words.strip()
            line += 1
    return found
