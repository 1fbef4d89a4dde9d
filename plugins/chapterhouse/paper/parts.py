"""A part of a document as the template wants it: its blocks, and what stands at the foot of its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chapterhouse.paper import breaking, columns, widths
from chapterhouse.paper.document import Document, Part
from chapterhouse.paper.layout import MARGIN, SIZE, Layout, Room, Value
from chapterhouse.paper.places import Place, Sheets
from chapterhouse.sheet import Sheet

FOOT_SIZE = 7.5
"""The size of the letters at the foot, in points."""
FOOT_WIDTH = 118.0
"""The width of the words at the foot, in millimetres, on turned sheets too."""


def laid_out(
    document: Document, number: int, places: Mapping[str, Place], sheets: Sheets, wanted: Sequence[str] = ()
) -> Value:
    """One part of a document. Of the labels that are `wanted` the template says where they stand.

    What leads to another part has an address below `INSIDE`.
    """
    language, _, region = document.lang.partition("-")
    layout = Layout(document, number, places, sheets)
    return {
        "title": document.title,
        "lang": language,
        "region": region or None,
        "size": SIZE,
        "margin": MARGIN,
        "foot": FOOT_WIDTH,
        "number": number,
        "first": sheets.first(number),
        "total": sheets.total if len(document.parts) > 1 else 0,
        "wanted": list(wanted),
        "part": _part(document.parts[number], layout),
    }


def _part(part: Part, layout: Layout) -> Value:
    said = part.sheet
    lines = [said.what, said.standing, said.built]
    below = Room(FOOT_WIDTH, FOOT_SIZE)
    foot = [breaking.broken(line, below.ems) for line in lines if line]
    height = sum(1 + int(widths.ems(line) / below.ems) for line in lines if line)
    room = Room(columns.UPRIGHT - MARGIN)
    return {
        "title": part.title,
        "foot": foot,
        # A line of the foot is 1.3 times as high as its letters.
        "height": max(height * FOOT_SIZE * widths.MM * 1.3, 17),
        "code": f"Copy {said.code}" if said.code else "",
        "check": said.check,
        "mark": said.mark,
        "blocks": [*layout.blocks(part.blocks, room), *_check(said, room)],
    }


def _check(said: Sheet, room: Room) -> list[Value]:
    """The end of a chapter: what stands at the foot is not read out, and can hold no link."""
    if not said.check:
        return []
    href = {"k": "link", "href": said.check, "quiet": False, "c": [breaking.broken(said.check, room.ems)]}
    return [{"k": "p", "n": "", "c": [f"Check whether copy {said.code} is still current: ", href]}]
