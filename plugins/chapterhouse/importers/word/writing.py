"""A Word document in the few elements that mammoth reads, and beside it what it says nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

from chapterhouse.importers.pages.gathering import Label
from chapterhouse.importers.word.styles import Style
from chapterhouse.importers.word.trees import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAME = "chapterhouse-"
"""What the names of paragraphs begin with. Names of the source are not taken over."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


_OF_A_SIGN = 30
"""Letters that take as long to read as one sign that has a name."""


@dataclass(slots=True)
class _Place:
    """Where paragraphs go: a page, a cell or a text box; or a table or a row, in which they need a cell."""

    element: Element
    paragraph: Element | None = None
    target: Element | None = None
    """Where the runs of the paragraph go: itself, or a link in it."""
    after: list[Element] = field(default_factory=list)
    """What follows the paragraph, as text boxes do."""
    dress: tuple[bool, bool, bool, str] | None = None
    """That of the last run: strong, emphasis, raised, and the style of what is lost."""


class Writing:
    """A document that is being written."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.body = Element(f"{W}body")
        self.labels: dict[str, Label] = {}
        self.pieces = 0
        """How many paragraphs, cells and runs have been written."""
        self.length = 0
        """Of all that has been said, in letters; as long as it takes to read as HTML."""
        self.kept = 0
        """How many letters have been said that are not lost."""
        self._links: dict[str, str] = {}
        self._places = [_Place(self.body)]

    @property
    def height(self) -> int:
        """How many tables, cells and boxes are open."""
        return len(self._places)

    @property
    def in_paragraph(self) -> bool:
        """Whether words would go on with words before."""
        return self._places[-1].paragraph is not None

    def begin(self, label: Label, name: str = "") -> None:
        """Begin a paragraph, which ends the one before."""
        name = name or f"{NAME}{len(self.labels)}"
        self.labels[name] = label
        self.pieces += 1
        paragraph = SubElement(self._holder(), f"{W}p")
        SubElement(paragraph, f"{W}bookmarkStart", {f"{W}name": name, f"{W}id": "0"})
        self._places[-1].paragraph = self._places[-1].target = paragraph

    def end(self) -> None:
        """End the paragraph, if one is open."""
        place = self._places[-1]
        if place.paragraph is not None and len(place.paragraph) == 1:
            del place.element[-1]
        place.paragraph = place.target = None
        place.element.extend(place.after)
        place.after = []

    def enter(self, name: str) -> Element:
        """Begin a table (`tbl`), or a text box (`box`), which stands after the paragraph that it is in."""
        element = Element(name) if name == "box" else SubElement(self._holder(), f"{W}{name}")
        self._places.append(_Place(element))
        return element

    def enter_row(self) -> None:
        """Begin a row of the table that is open; outside of one, nothing."""
        self.end()
        if local(self._places[-1].element.tag) == "tbl":
            row = SubElement(self._places[-1].element, f"{W}tr")
            self._places.append(_Place(row))

    def enter_cell(self, width: int = 1, *, merged: str = "") -> None:
        """Begin a cell of the row that is open; outside of one, nothing.

        `merged` is `restart` for the first of several cells that are one from top to bottom, `continue` for
        the others.
        """
        if local(self._places[-1].element.tag) == "tbl":
            self.enter_row()
        if local(self._places[-1].element.tag) == "tr":
            self.pieces += 1
            cell = SubElement(self._places[-1].element, f"{W}tc")
            given = SubElement(cell, f"{W}tcPr")
            SubElement(given, f"{W}gridSpan", {f"{W}val": str(width)})
            if merged:
                SubElement(given, f"{W}vMerge", {f"{W}val": merged})
            self._places.append(_Place(cell))

    def leave(self, height: int) -> None:
        """End what has been entered since so much was open."""
        while len(self._places) > height:
            self.end()
            element = self._places.pop().element
            if element.tag == "box":
                around = self._places[-1]
                (around.element if around.paragraph is None else around.after).extend(element)

    def say(self, text: str, style: Style, lost: str = "") -> None:
        """Words, in the style of those that are lost if they are."""
        self.kept += 0 if lost else len(text)
        self.length += len(text) + _OF_A_SIGN * sum(map(text.count, "&<>"))
        run = self._run((style.strong or False, style.emphasis or False, style.raised or False, lost))
        if len(run) and run[-1].tag == f"{W}t":
            run[-1].text = f"{run[-1].text}{text}"
        else:
            SubElement(run, f"{W}t").text = text

    def sign(self, name: str, attributes: dict[str, str], text: str = "") -> None:
        """What is no words, in a run by itself: a tab, a break, a part of a field."""
        SubElement(self._run(None), f"{W}{name}", attributes).text = text

    def _run(self, dress: tuple[bool, bool, bool, str] | None) -> Element:
        """The run before, if it is of this dress, or a new one."""
        place = self._places[-1]
        if place.target is None:
            raise LookupError("a run stands in a paragraph")
        if dress and place.dress == dress and len(place.target) and place.target[-1].tag == f"{W}r":
            return place.target[-1]
        place.dress = dress
        self.pieces += 1
        run = SubElement(place.target, f"{W}r")
        strong, emphasis, raised, lost = dress or (False, False, False, "")
        given = SubElement(run, f"{W}rPr")
        if lost:
            SubElement(given, f"{W}rStyle", {f"{W}val": lost})
            return run
        if strong:
            SubElement(given, f"{W}b")
        if emphasis:
            SubElement(given, f"{W}i")
        if raised:
            SubElement(given, f"{W}vertAlign", {f"{W}val": "superscript"})
        return run

    def link(self, *, address: str = "", anchor: str = "") -> None:
        """Begin a link, to an address or to a paragraph of the document."""
        place = self._places[-1]
        if place.paragraph is not None:
            key = {f"{W}anchor": anchor}
            if not anchor:
                key = {f"{R}id": self._links.setdefault(address, f"link{len(self._links)}")}
            place.target = SubElement(place.paragraph, f"{W}hyperlink", key)

    def unlink(self) -> None:
        """End the link."""
        self._places[-1].target = self._places[-1].paragraph

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Each stretch of text: the name of its paragraph, the style of what is lost, and the text."""
        for paragraph in self.body.iter(f"{W}p"):
            name = paragraph[0].attrib[f"{W}name"]
            for run in paragraph.iter(f"{W}r"):
                style = run.find(f"{W}rPr/{W}rStyle")
                for said in run:
                    text = said.text or "" if said.tag == f"{W}t" else " "
                    if said.tag in (f"{W}t", f"{W}tab", f"{W}br"):
                        yield name, "" if style is None else style.attrib[f"{W}val"], text

    def packed(self, lost: tuple[str, ...]) -> bytes:
        """A file for mammoth, with the styles of runs that are lost."""
        document = Element(f"{W}document")
        document.append(self.body)
        styles = Element(f"{W}styles")
        for name in lost:
            style = SubElement(styles, f"{W}style", {f"{W}type": "character", f"{W}styleId": name})
            SubElement(style, f"{W}name", {f"{W}val": name})
        links = Element(f"{{{_PACKAGE}/relationships}}Relationships")
        for address, key in self._links.items():
            said = {"Id": key, "Type": _LINK, "Target": address, "TargetMode": "External"}
            SubElement(links, f"{{{_PACKAGE}/relationships}}Relationship", said)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", tostring(document))
            archive.writestr("word/styles.xml", tostring(styles))
            archive.writestr("word/_rels/document.xml.rels", tostring(links))
        return file.getvalue()

    def _holder(self) -> Element:
        """Where paragraphs and tables go, once the paragraph before has ended. Those in no cell get one."""
        self.end()
        if local(self._places[-1].element.tag) in ("tbl", "tr"):
            self.enter_cell()
        return self._places[-1].element
