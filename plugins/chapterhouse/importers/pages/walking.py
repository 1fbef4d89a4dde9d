"""A tree of HTML, walked from its beginning to its end, and gathered as blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from chapterhouse.importers.blocks import Block, Loss, Run, Why
from chapterhouse.importers.pages.addressing import kept_address
from chapterhouse.importers.pages.elements import (
    BLOCKS,
    SILENT,
    attribute,
    dressed,
    events,
    heading_level,
    lost,
    number_of,
    style_of,
)
from chapterhouse.importers.pages.furnishing import find_furniture
from chapterhouse.importers.pages.gathering import Gathering, Label, Shape
from chapterhouse.importers.pages.listing import LISTS, OpenList, begins_with_number, open_list
from chapterhouse.importers.pages.losing import Losing
from chapterhouse.importers.pages.marks import find_marks
from chapterhouse.importers.pages.sayings import PICTURES, said_by
from chapterhouse.importers.pages.spans import SpanningCell

NOTHING = "\N{WORD JOINER}"
"""The text of what has none, in pages that have labels."""
_DEEPEST_TABLE = 6
"""Tables within tables; what stands deeper is paragraphs."""
_TYPED_MARKER = "mso-list:ignore"
_WORD_LEVEL = re.compile(r"mso-list:\s*\w+\s+level(\d)", re.IGNORECASE)
_TABLE_PARTS = frozenset(("table", "tr", "td", "th", "caption"))


@dataclass(slots=True)
class _Frame:
    """An element that is open, and what holds in it."""

    dress: Run = field(default_factory=lambda: Run(""))
    shape: Shape = field(default_factory=Shape)
    list: OpenList | None = None
    marker: bool = False
    """Whether its text is a marker: of an item, in Word, or of a note, where it leads back."""
    flat: bool = False
    """Whether it is in a table too deep to be one."""
    opened: str = ""
    """What of a table it began."""


class Walk:
    """One reading of a page."""

    def __init__(
        self,
        soup: BeautifulSoup,
        labels: Mapping[str, Label] | None = None,
        classes: Mapping[str, tuple[Why, str]] | None = None,
        *,
        furnished: bool = False,
    ) -> None:
        """Take a tree, what is known of its paragraphs beforehand, and the classes of what is not kept.

        `furnished` says that it is a page of a site, with what all its pages show.
        """
        self._soup = soup
        self._labels = labels or {}
        self._classes = classes or {}
        self._marks = find_marks(soup)
        self._furniture = find_furniture(soup, self._marks.notes) if furnished else {}
        self._gathering = Gathering()
        self._frames = [_Frame()]
        self._losing: Losing | None = None
        self._line = 1
        self._place = ""
        self._silent = 0
        """How many elements are open that have no words."""
        self._scripts = 0
        self._told: set[tuple[str, str]] = set()
        """What has been said once of abbreviations and links."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was odd about the whole."""
        scripts = [f"Scripts and style sheets are left out: {self._scripts}."] if self._scripts else []
        return (*scripts, *self._gathering.remarks)

    def parts(self) -> list[Block | Loss]:
        """Walk, and give what was found."""
        for what, node in events(self._soup):
            if not isinstance(node, Tag):
                self._text(node)
            elif what == "open":
                self._line = node.sourceline or self._line
                self._open(node)
            else:
                self._close(node)
        return self._gathering.finish(self._frames[0].shape)

    # --- Texts ---

    def _where(self) -> str:
        return self._place or f"line {self._line}"

    def _text(self, node: NavigableString) -> None:
        text = str(node).replace(NOTHING, "") if self._labels else str(node)
        ahead = len(text) - len(text.lstrip())
        self._line += text.count("\n", 0, ahead)
        if isinstance(node, CData) and not self._silent:
            self._lose(Loss(text, self._where(), "hidden"))
        elif not isinstance(node, PreformattedString) and not self._silent:
            self._say(text)
        self._line += text.count("\n", ahead)

    def _say(self, text: str) -> None:
        frame = self._frames[-1]
        if self._losing:
            self._losing.say(text)
            return
        if self._gathering.between_cells and not text.strip():
            return
        flow = self._gathering.flow
        if frame.marker and flow.silent:
            flow.mark(text, self._where())
        elif frame.marker and not any(map(str.isalnum, text)):
            return
        else:
            said = text if frame.shape.kind == "code" else re.sub(r"\s+", " ", text)
            flow.add(replace(frame.dress, text=said), self._where())

    def _break(self) -> None:
        if self._losing:
            self._losing.say(" ")
        elif not self._gathering.between_cells:
            frame = self._frames[-1]
            self._gathering.flow.end_line(frame.dress, self._where(), frame.shape)

    def _lose(self, loss: Loss) -> None:
        if self._losing:
            self._losing.say(f" {loss.text} ")
        else:
            self._gathering.lose(loss)

    # --- Elements ---

    def _open(self, tag: Tag) -> None:
        if self._silent or tag.name in SILENT:
            self._scripts += not self._silent
            self._silent += 1
            self._frames.append(_Frame())
            return
        losing = self._losing
        if losing and losing.is_ended_by(tag):
            self._found(losing)
            losing = None
        before = self._frames[-1]
        frame = _Frame(before.dress, before.shape, before.list, marker=before.marker, flat=before.flat)
        self._frames.append(frame)
        if losing:
            losing.open(tag)
            self._open_void(tag)
            return
        if tag.name in BLOCKS:
            self._end_paragraph(before)
        reason = lost(tag) or self._classes.get(attribute(tag, "class")) or self._furniture.get(id(tag))
        if reason:
            self._losing = Losing(tag, self._where(), *reason)
            self._open_void(tag)
        elif tag.name in BLOCKS:
            self._open_block(tag, frame)
        elif not self._open_void(tag):
            self._open_inline(tag, frame)

    def _close(self, tag: Tag) -> None:
        frame = self._frames.pop()
        if self._silent:
            self._silent -= 1
            return
        name = tag.name
        if name == "q":
            self._say("\N{RIGHT DOUBLE QUOTATION MARK}")
        if losing := self._losing:
            losing.close(tag)
            if losing.tag is tag:
                self._found(losing)
            return
        if name in BLOCKS:
            self._end_paragraph(frame)
        if frame.opened == "table":
            self._gathering.close_table(frame.shape)
        elif frame.opened and self._gathering.depth:
            self._gathering.close_part(frame.opened, frame.shape)

    def _found(self, losing: Losing) -> None:
        """What was lost is all known: say so at its place."""
        self._losing = None
        if loss := losing.loss:
            self._gathering.lose(loss)

    def _end_paragraph(self, frame: _Frame) -> None:
        if not self._gathering.between_cells:
            self._gathering.flow.flush(frame.shape)

    def _open_void(self, tag: Tag) -> bool:
        """What an element says by itself; whether that is all that it can say."""
        if tag.name == "q":
            self._say("\N{LEFT DOUBLE QUOTATION MARK}")
        elif tag.name == "br":
            self._break()
        elif said := said_by(tag):
            text, why, remark = said
            if why != "hidden" or (tag.name, text) not in self._told:
                self._lose(Loss(text, self._where(), why, remark))
            self._told.add((tag.name, text))
        return tag.name in PICTURES or tag.name in ("br", "input")

    def _open_block(self, tag: Tag, frame: _Frame) -> None:
        frame.dress = dressed(frame.dress, tag)
        if tag.name == "table":
            frame.flat = frame.flat or self._gathering.depth == _DEEPEST_TABLE
        in_table = not frame.flat and (tag.name == "table" or self._gathering.depth > 0)
        if in_table and tag.name in _TABLE_PARTS:
            self._open_table_part(tag, frame)
        elif note := self._marks.notes.get(id(tag)):
            frame.shape = Shape("note", name=note)
        elif tag.name in LISTS or tag.name == "dl":
            frame.list = open_list(tag, frame.list)
        elif frame.shape.kind != "note":
            frame.shape = self._shape(tag, frame)

    def _open_table_part(self, tag: Tag, frame: _Frame) -> None:
        frame.opened = tag.name
        match tag.name:
            case "table":
                self._gathering.open_table("" if self._labels else self._where(), frame.shape)
            case "tr":
                self._gathering.open_row(frame.shape)
            case _:
                columns, rows = number_of(tag, "colspan", 1), number_of(tag, "rowspan", 1)
                cell = SpanningCell([], columns, rows, caption=tag.name == "caption")
                self._gathering.open_cell(cell, frame.shape)
                note = self._marks.notes.get(id(tag))
                frame.shape = Shape("note", name=note) if note else Shape()
                frame.list = None

    def _shape(self, tag: Tag, frame: _Frame) -> Shape:
        """What the paragraphs of a block become."""
        shape = frame.shape
        if height := heading_level(tag):
            return Shape("heading", height)
        match tag.name:
            case "li":
                held = frame.list = frame.list or OpenList(1, "")
                return Shape("item", held.level, held.marker(tag), automatic=True)
            case "dt" | "dd" if (terms := frame.list) and not begins_with_number(tag):
                terms.defines = terms.defines or tag.name == "dt"
                marker = "\N{BULLET}" if tag.name == "dt" else ""
                return Shape("item", terms.level, marker, automatic=True) if terms.defines else shape
            case "blockquote" if shape.kind in ("paragraph", "quote"):
                return Shape("quote", shape.level + 1 if shape.kind == "quote" else 1)
            case "pre" | "listing" | "xmp" | "plaintext":
                return Shape("code")
            case "p" if level := _WORD_LEVEL.search(style_of(tag)):
                return Shape("paragraph", max(1, int(level[1])))
        return shape

    def _open_inline(self, tag: Tag, frame: _Frame) -> None:
        if not tag.attrs and tag.name in ("span", "font"):
            return
        frame.dress = dressed(frame.dress, tag)
        if _TYPED_MARKER in style_of(tag).lower().replace(" ", ""):
            frame.marker = True
        if label := self._labels.get(attribute(tag, "id")):
            self._place = label.place
            self._gathering.flow.shape = label.shape
        if note := self._marks.notes.get(id(tag)):
            self._gathering.flow.note = note
        if tag.name == "a" and tag.has_attr("href"):
            self._open_link(tag, frame)

    def _open_link(self, tag: Tag, frame: _Frame) -> None:
        address = attribute(tag, "href")
        if mark := self._marks.marks.get(id(tag)):
            frame.dress = replace(frame.dress, raised=True, mark=mark)
        elif (label := self._labels.get(address[1:])) and label.shape.kind == "note":
            self._gathering.flow.add(replace(frame.dress, text="", mark=label.shape.name), self._where())
        elif id(tag) in self._marks.returns and (frame.shape.kind == "note" or self._gathering.flow.note):
            frame.marker = True
        else:
            href, remark = kept_address(address)
            frame.dress = replace(frame.dress, href=href)
            if remark:
                self._lose(Loss("", self._where(), "markup", remark))
