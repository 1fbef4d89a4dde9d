"""The second wall: nothing that must not stand in a page gets there unnoticed.

The first wall is the check of the source, which names line and column. This one looks at what came
out of Markdown, so that a trick of the syntax that the first does not know is still caught. It
changes nothing: whoever builds the page decides what becomes of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, STX

from chapterhouse.markup import ATTRIBUTES, ELEMENTS, address_fault
from chapterhouse.render.placing import Place, Reader

HELD = re.compile(f"{STX}wzxhzdk:([0-9]+)")
"""Where Python-Markdown puts a piece of HTML back once the tree has become text."""
UNFINISHED = re.compile("<[A-Za-z/!?]")
PICTURE = {"href": False, "src": True}
"""The attributes that hold an address, and whether it is a picture's."""
ALLOWED = {tag: ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset()) for tag in ELEMENTS}
VOID = frozenset({"br", "col", "hr", "img", "wbr"})


class Wall(Treeprocessor):
    """Tells the context of each element, attribute and address that may not stand in a page."""

    def __init__(self, md: Markdown, reader: Reader) -> None:
        super().__init__(md)
        self.reader = reader

    def run(self, root: Element) -> None:
        """Look at every element below `root`, and at the HTML that is yet to be put back."""
        reading = self.reader.reading
        stash = dict(enumerate(self.md.htmlStash.rawHtmlBlocks))
        if not stash and _is_sound(root):
            return
        place = Place()
        for block in root:
            place = reading.places.get(block, place)
            for complaint in Inspection(stash).run(block):
                reading.context.wall(place.anchor, complaint)
        # What no place holds has been dropped by Markdown; a later step could still bring it back.
        while stash:
            for complaint in Inspection(stash).held(next(reversed(stash))):
                reading.context.wall("", complaint)


def _is_sound(root: Element) -> bool:
    """Whether there is nothing to complain of: the answer for nearly every page, without asking where."""
    return not any(
        element.tag not in ALLOWED or (element.attrib and next(faults(str(element.tag), element.items()), ""))
        for element in root.iter()
    )


class Inspection:
    """A look at one block of the page. `stash` is the HTML that nobody has looked at yet, by its index."""

    def __init__(self, stash: dict[int, str | Element]) -> None:
        self.stash = stash
        self.open: Counter[str] = Counter()
        """The tags written as HTML that wait for their end."""

    def run(self, block: Element) -> Iterator[str]:
        """Every complaint about `block` and what is inside."""
        yield from self._tree(block)
        for tag in sorted(self.open):
            if self.open[tag] > 0:
                yield f"<{tag}> is never closed"

    def held(self, index: int) -> Iterator[str]:
        """Every complaint about a piece of HTML, and about what that holds in its turn."""
        html = self.stash.pop(index, "")
        if isinstance(html, Element):
            yield from self._tree(html)
            return
        if "<" in html:
            yield from Tags(self.open).read(html)
        yield from self._inside(html)

    def _tree(self, block: Element) -> Iterator[str]:
        for element in block.iter():
            if element.tag not in ALLOWED or element.attrib:
                yield from faults(str(element.tag), element.items())
            for text in (element.text, element.tail):
                if text and STX in text:
                    yield from self._inside(text)

    def _inside(self, text: str) -> Iterator[str]:
        for index in HELD.findall(text):
            yield from self.held(int(index))


class Tags(HTMLParser):
    """The tags in a piece of HTML, as a browser sees them. `open` counts those that wait for their end."""

    def __init__(self, waiting: Counter[str]) -> None:
        # Text stays as written: what is written &lt; is no tag.
        super().__init__(convert_charrefs=False)
        self.waiting = waiting
        self.complaints: list[str] = []

    def read(self, html: str) -> list[str]:
        """Every complaint about `html`."""
        try:
            self.feed(html)
        except (AssertionError, ValueError):
            # The parser's way with a declaration that it does not know, and a number that is too long.
            self.complaints.append("a tag cannot be read")
        # What is left over would take in whatever follows it in the page.
        if UNFINISHED.search(self.rawdata):
            self.complaints.append("a tag is not finished")
        return self.complaints

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens."""
        self.complaints += faults(tag, attrs)
        self.waiting[tag] += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        """A tag that closes."""
        self.waiting[tag] -= tag not in VOID
        if self.waiting[tag] < 0:
            self.waiting[tag] = 0
            self.complaints.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        """Text."""
        if UNFINISHED.search(data):
            self.complaints.append("a tag is not finished")

    def handle_comment(self, data: str) -> None:
        """A comment, or what a browser takes for one."""
        self.complaints.append(f"a comment would be published with the page: {data.strip()[:40]}")

    def handle_decl(self, decl: str) -> None:
        """A declaration."""
        self.handle_comment(decl)

    handle_pi = unknown_decl = handle_comment


def faults(tag: str, attributes: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Why an element and its attributes may not stand in a page."""
    allowed = ALLOWED.get(tag)
    if allowed is None:
        yield f"<{tag}> may not stand in a page"
        return
    for name, value in attributes:
        if name not in allowed:
            yield f"the attribute {name} may not stand on <{tag}>"
            continue
        text = (value or "").replace(AMP_SUBSTITUTE, "&")
        if STX in text:
            yield f"HTML may not stand in the attribute {name} of <{tag}>"
        # Nothing after # leads out of the page.
        elif name in PICTURE and text[:1] != "#" and (fault := address_fault(text, image=PICTURE[name])):
            yield fault
