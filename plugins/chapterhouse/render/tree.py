"""The finished tree: each paragraph in a division of its own, each section under its address."""

from __future__ import annotations

from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from chapterhouse.model import Paragraph, Section
from chapterhouse.render.context import Note
from chapterhouse.render.footnotes import is_footnotes, name_footnotes
from chapterhouse.render.linking import link_words
from chapterhouse.render.links import follow_links, link_references
from chapterhouse.render.noting import note_paragraph
from chapterhouse.render.onpaper import note_links
from chapterhouse.render.placing import MARKER, OPENING, Place, Placed, Reader, Reading
from chapterhouse.render.tables import Tables

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Arranger(Treeprocessor):
    """Puts what the core found where it belongs. Everything else stays as Markdown made it."""

    def __init__(self, md: Markdown, reader: Reader) -> None:
        super().__init__(md)
        self.md: Markdown = md
        self.reader = reader

    def run(self, root: Element) -> None:
        """Arrange the blocks of the page, its tables in boxes, citations, terms and references linked."""
        reading = self.reader.reading
        link_words(root, reading.context.linked, self.md.is_block_level, reading.context.wall)
        found = Arrangement(self.md, root, reading).run()
        if len(found) < len(reading.placed):
            self._restore(root, reading, found)

    def _restore(self, root: Element, reading: Reading, found: set[int]) -> None:
        """Write the numbers back where Markdown saw something else than the core, and say so."""

        def restored(text: str) -> str:
            return MARKER.sub(lambda match: reading.placed[int(match[1])].printed, text)

        for index, placed in enumerate(reading.placed):
            if index not in found:
                reading.context.wall(placed.place.anchor, "Markdown sees neither paragraph nor heading here")
        for element in root.iter():
            element.text = element.text and restored(element.text)
            element.tail = element.tail and restored(element.tail)
            for name, value in element.items():
                element.set(name, restored(value))
        blocks = self.md.htmlStash.rawHtmlBlocks
        blocks[:] = [restored(block) if isinstance(block, str) else block for block in blocks]


class Arrangement:
    """The blocks of one page on their way into divisions."""

    def __init__(self, md: Markdown, root: Element, reading: Reading) -> None:
        self.root = root
        self.reading = reading
        self.is_block = md.is_block_level
        self.tables = Tables(md)
        self.found: set[int] = set()
        """Which of `reading.placed` turned up."""
        self.anchors: set[str] = set()
        self.division = root
        """What the next block goes into."""
        self.place = Place()
        """Where the next block stands."""
        self.noted: list[tuple[Element, Element, tuple[Note, ...]]] = []
        """Paragraphs of which something is said: their division and their first block."""

    def run(self) -> set[int]:
        """Arrange every block, and return `found`."""
        blocks = list(self.root)
        self.root[:] = []
        attributes: Element | None = None
        for block, following in zip_longest(blocks, blocks[1:]):
            if block is attributes:
                continue
            if block.tag in HEADINGS:
                self._section(block)
            elif block.tag == "p":
                self._paragraph(block)
            elif is_footnotes(block):
                name_footnotes(block)
                self._open(self.root, block, Place("footnotes", "the footnotes"))
            self.tables.wrap_inside(block, self.place.words)
            follow_links(block, self.reading.context.follow)
            link_references(block, self.reading.context.address, self.is_block)
            if block.tag == "table":
                box, attributes = self.tables.wrap(block, following, self.place.words)
                self.division.append(box)
            else:
                self.division.append(block)
        if self.reading.context.on_paper:
            note_links(self.root, self.reading.context.on_paper)
        # After the links of the author, which lead where `follow` says: these are not among them.
        for division, block, notes in self.noted:
            note_paragraph(division, block, notes)
        return self.found

    def _section(self, heading: Element) -> None:
        section = self._take(heading, Section)
        if section is None:
            self._open(self.root, heading, Place())
            return
        self._open(self.root, heading, section.place)
        self._address(heading, section.place.anchor)

    def _paragraph(self, block: Element) -> None:
        paragraph = self._take(block, Paragraph)
        if paragraph is None:
            return
        anchor = paragraph.place.anchor
        division = SubElement(self.root, "div", {"class": "paragraph"})
        division.text = division.tail = "\n"
        self._open(division, division, paragraph.place)
        self._address(division, anchor)
        link = Element("a", {"class": "paragraph-number", "href": f"#{anchor}"})
        link.text = paragraph.printed
        link.tail, block.text = block.text, None
        block.insert(0, link)
        if notes := self.reading.context.notes.get(anchor):
            self.noted.append((division, block, notes))

    def _take(self, block: Element, kind: type[Section | Paragraph]) -> Placed | None:
        """Take the marker off the text of `block`, and return what it stands for if it is a `kind`."""
        match = MARKER.match(block.text) if block.text and block.text.startswith(OPENING) else None
        if match is None:
            return None
        index = int(match[1])
        placed = self.reading.placed[index]
        if placed.kind is not kind:
            return None
        self.found.add(index)
        block.text = (block.text or "")[match.end() :]
        return placed

    def _open(self, division: Element, block: Element, place: Place) -> None:
        self.division, self.place = division, place
        self.reading.places[block] = place

    def _address(self, element: Element, anchor: str) -> None:
        """Give `element` its address, unless another has it: the core has reported that already."""
        if anchor in self.anchors:
            element.attrib.pop("id", None)
        else:
            element.set("id", anchor)
            self.anchors.add(anchor)
