"""A Word document written again as plain paragraphs and tables.

Mammoth passes over much that Word shows or hides: elements that it does not know, tracked changes, text
boxes, the numbers of paragraphs. Here the words of all of it come in the order of the source, but that a
text box follows the paragraph that it hangs on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar
from xml.etree.ElementTree import Element

from mammoth.docx.dingbats import dingbats

from chapterhouse.importers.blocks import DEEPEST_HEADING, Why
from chapterhouse.importers.pages.gathering import Label, Shape
from chapterhouse.importers.pages.walking import NOTHING
from chapterhouse.importers.word.numbering import Numbering
from chapterhouse.importers.word.salvaging import STRAY
from chapterhouse.importers.word.styles import Style, merged, properties
from chapterhouse.importers.word.trees import child, local, value
from chapterhouse.importers.word.wording import inner, speaks
from chapterhouse.importers.word.writing import NAME, W, Writing

LOST: dict[str, tuple[Why, str]] = {
    "deleted": ("deleted", ""),
    "moved": ("deleted", "It was moved to another place of the document."),
    "struck": ("deleted", "It is struck through in the source."),
    "hidden": ("hidden", ""),
    "picture": ("picture", "Pictures are not kept."),
    "unread": ("unread", "It stands where the file is broken."),
    "inside": ("unread", "It is a document inside the document: import it by itself."),
    "contents": ("furniture", "The list of contents, which is made anew."),
}
"""The styles of runs that are not kept, and why they are not."""

_PARTED = ("rubyBase", "sub", "sup", "lim", "mr")
"""What stands by what was before it, and is no part of its last word."""
_WIDEST = 60


class Rewriting:
    """The parts of a document, written one after the other."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering, notes: Iterable[str]) -> None:
        """Take what the document knows of styles and of lists, and the names of its notes."""
        self.writing = Writing()
        self.remarks: dict[str, None] = {}
        self._styles = styles
        self._numbering = numbering
        self._notes = frozenset(notes)
        self._addresses: dict[str, str] = {}
        self._inside: dict[str, str] = {}
        self._place = self._note = ""
        self._count = 0
        self._paragraph = self._run = Style()
        self._losing: list[str] = []
        """The styles of what is lost and open, the innermost last."""

    def part(
        self,
        root: Element,
        place: str,
        addresses: dict[str, str],
        *,
        note: str = "",
        inside: dict[str, str] | None = None,
    ) -> None:
        """Write one part: the document, or one note.

        `place` is what its paragraphs are called, with their number after it where it is not a `note`,
        which is the name of one; `addresses` says where links lead, `inside` what the documents say that
        are in it, both by ids.
        """
        self._inside = inside or {}
        self._place, self._addresses, self._note, self._count = place, addresses, note, 0
        heights: list[tuple[int, int]] = []
        stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
        while stack:
            element, rest = stack[-1]
            following = next(rest, None)
            if following is not None:
                heights.append((self.writing.height, len(self._losing)))
                if opener := self._openers.get(local(following.tag)):
                    opener(self, following)
                stack.append((following, inner(following)))
                continue
            stack.pop()
            if stack:
                self._close(local(element.tag), *heights.pop())
        self.writing.end()

    def _close(self, name: str, height: int, losing: int) -> None:
        del self._losing[losing:]
        self.writing.leave(height)
        match name:
            case "p":
                self.writing.end()
            case "r":
                self._run = Style()
            case "hyperlink":
                self.writing.unlink()
            case "fldSimple":
                self._field("end")

    def _remark(self, remark: str) -> None:
        self.remarks[remark] = None

    # --- Paragraphs ---

    def _open_paragraph(self, element: Element) -> None:
        given = child(element, "pPr")
        named = value(child(given, "pStyle"))
        style = self._paragraph = merged(self._styles.get(named, Style()), properties(given, None))
        deleted = child(child(given, "rPr"), "del") is not None
        number = None if deleted else self._numbering.after(named, style)
        if not self._numbering.knows(style):
            self._remark("The numbers and signs of lists of which the file says nothing are lost.")
        shape = Shape("quote") if style.quote else Shape()
        if number:
            self._remark("Numbers that Word writes before paragraphs by itself are written out.")
            shape = Shape("item", number.level, number.text, automatic=True)
            if number.of_many:
                shape = Shape("paragraph", 1, number.text, automatic=True)
        if style.heading:
            shape = Shape("heading", min(style.heading, DEEPEST_HEADING), shape.marker, shape.automatic)
        self._begin(shape)

    def _begin(self, shape: Shape) -> None:
        self._count += 1
        if not self._note:
            self.writing.begin(Label(f"{self._place} {self._count}", shape))
        else:
            name = NAME + self._note if self._count == 1 else ""
            self.writing.begin(Label(self._place, Shape("note", name=self._note)), name)

    def _enter(self, name: str) -> None:
        self.writing.enter(name)

    def _open_row(self, element: Element) -> None:
        given = child(element, "trPr")
        self.writing.enter_row()
        if child(given, "del") is not None:
            self._losing.append("deleted")
        height = self.writing.height
        if before := _width(child(given, "gridBefore"), 0):
            self.writing.enter_cell(before)
            self.writing.leave(height)

    def _open_cell(self, element: Element) -> None:
        given = child(element, "tcPr")
        merging = child(given, "vMerge")
        goes_on = merging is not None and value(merging) != "restart"
        if goes_on and speaks(element):
            # Word shows none of it, and mammoth keeps none; here the cell is one by itself.
            merging = None
        merged_as = "" if merging is None else "continue" if goes_on else "restart"
        self.writing.enter_cell(_width(child(given, "gridSpan"), 1), merged=merged_as)

    # --- Words ---

    def _open_run(self, element: Element) -> None:
        given = child(element, "rPr")
        self._run = merged(self._styles.get(value(child(given, "rStyle")), Style()), properties(None, given))

    def _lost(self) -> str:
        """The style of what is said now, if it is lost."""
        if self._losing:
            return self._losing[-1]
        hidden = self._paragraph.hidden if self._run.hidden is None else self._run.hidden
        if hidden:
            return "hidden"
        return "struck" if self._run.struck else "contents" if self._paragraph.contents else ""

    def _say(self, text: str) -> None:
        self._ready()
        self.writing.say(text, self._run, self._lost())

    def _stray(self, element: Element) -> None:
        self._losing.append("unread")
        self._say(f" {element.text or ''} ")

    def _sign(self, name: str) -> None:
        if self.writing.in_paragraph:
            self.writing.sign(name, {})

    def _ready(self) -> None:
        """See to it that a paragraph is open."""
        if not self.writing.in_paragraph:
            self._begin(Shape())

    def _document(self, element: Element) -> None:
        """A document inside the document."""
        self._begin(Shape())
        self._losing.append("inside")
        self._say(self._inside.get(value(element, "id")) or NOTHING)
        self.writing.end()

    def _control(self, element: Element) -> None:
        """A content control, of which Word makes the list of contents too."""
        made = child(child(element, "sdtPr"), "docPartObj")
        if value(child(made, "docPartGallery")) == "Table of Contents":
            self._losing.append("contents")

    def _symbol(self, element: Element) -> None:
        code = value(element, "char")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
        font = value(element, "font")
        known = dingbats.get((font, number)) or dingbats.get((font, number & 0xFF))
        if known:
            self._say(chr(known))
        else:
            self._remark("Some signs of special fonts could not be read and are left out: compare.")

    def _picture(self, words: str) -> None:
        self._ready()
        self.writing.say(f" {words.strip() or NOTHING} ", Style(), "picture")

    def _drawing(self, element: Element) -> None:
        """A drawing: a picture, or a text box, which is none."""
        said = child(element, "docPr")
        words = value(said, "descr") or value(said, "title")
        if words or not any(local(inner.tag) == "txbxContent" for inner in element.iter()):
            self._picture(words)

    # --- Links, fields, notes ---

    def _open_link(self, element: Element) -> None:
        key = value(element, "id")
        if key and key not in self._addresses:
            self._remark("Links whose address is not in the file are kept as their words.")
        address = self._addresses.get(key, "")
        if anchor := value(element, "anchor"):
            address = f"{address}#{anchor}"
        if address:
            self._ready()
            self.writing.link(address=address)

    def _open_field(self, element: Element) -> None:
        self._field("begin")
        self._instruct(value(element, "instr"))
        self._field("separate")

    def _field(self, kind: str) -> None:
        self._ready()
        self.writing.sign("fldChar", {f"{W}fldCharType": kind})

    def _instruct(self, text: str) -> None:
        self._ready()
        self.writing.sign("instrText", {}, text)

    def _mark(self, element: Element) -> None:
        name = f"{local(element.tag).removesuffix('Reference')}-{value(element, 'id')}"
        if name not in self._notes:
            self._remark("The marks of notes that are not in the file are left out.")
        elif not self._lost():
            self._ready()
            self.writing.link(anchor=NAME + name)
            self.writing.say(NOTHING, Style())
            self.writing.unlink()

    _openers: ClassVar[dict[str, Callable[[Rewriting, Element], None]]] = {
        "p": _open_paragraph,
        "r": _open_run,
        "t": lambda self, element: self._say(element.text or ""),
        "delText": lambda self, element: self._say(element.text or ""),
        STRAY: _stray,
        "tab": lambda self, _: self._sign("tab"),
        "ptab": lambda self, _: self._sign("tab"),
        "br": lambda self, _: self._sign("br"),
        "cr": lambda self, _: self._sign("br"),
        "noBreakHyphen": lambda self, _: self._say("\N{NON-BREAKING HYPHEN}"),
        "sym": _symbol,
        "hyperlink": _open_link,
        "fldSimple": _open_field,
        "fldChar": lambda self, element: self._field(value(element, "fldCharType")),
        "instrText": lambda self, element: self._instruct(element.text or ""),
        "footnoteReference": _mark,
        "endnoteReference": _mark,
        "tbl": lambda self, _: self._enter("tbl"),
        "txbxContent": lambda self, _: self._enter("box"),
        "tr": _open_row,
        "tc": _open_cell,
        "del": lambda self, _: self._losing.append("deleted"),
        "moveFrom": lambda self, _: self._losing.append("moved"),
        "ins": lambda self, _: self._remark("Words of tracked insertions stand in the draft."),
        "moveTo": lambda self, _: self._remark("Words that were moved stand where they were moved to."),
        "inline": _drawing,
        "anchor": _drawing,
        "imagedata": lambda self, element: self._picture(value(element, "title")),
        "textpath": lambda self, element: self._picture(value(element, "string")),
        "altChunk": _document,
        "sdt": _control,
        "oMath": lambda self, _: self._remark("Equations are kept as their signs in a row. Compare them."),
        "den": lambda self, _: self._say("/"),
        **dict.fromkeys(_PARTED, lambda self, _: self._say(" ")),
    }
    """What the beginning of an element does, by its name."""


def _width(element: Element | None, otherwise: int) -> int:
    said = value(element)
    return min(int(said), _WIDEST) if re.fullmatch("[1-9][0-9]{0,3}", said) else otherwise
