"""Internal references in the text of a page become links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter
from xml.etree.ElementTree import Element

from chapterhouse import references
from chapterhouse.references import Reference

Address = Callable[[Reference], str | None]

# No link can stand inside a link, and code is quoted. Notes are not the author's words: they are passed over.
CLOSED = frozenset({"a", "code"})
NOTE = "data-chapterhouse-note"
BLANK = "\0"
# Links that were made here.
OURS = frozenset({"paragraph-number", "footnote-ref", "footnote-backref", "citation", "term"})
# They are read for references all the same: a citation tells whose paragraphs others are.
READ = frozenset({"citation", "term"})
# A heading has an address of its own, and its words are in the contents too.
UNLINKED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of running text: the text of `parent`, or the tail of its child `after`."""

    parent: Element
    after: Element | None
    text: str
    prose: bool = True
    """Whether a link may stand in it."""
    read: bool = True
    """Whether it is read. A citation is: it tells whose paragraphs others are."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link goes: into which piece of a run, and between which offsets of it."""

    piece: int
    start: int
    end: int
    href: str


def follow_links(block: Element, follow: Callable[[str], str | None]) -> None:
    """Lead the links that the author wrote where `follow` says; those that lead nowhere become words."""
    for element in block.iter("a"):
        href = element.get("href", "")
        if OURS.intersection(element.get("class", "").split()):
            continue
        leads = follow(href)
        if leads is None:
            element.tag = "span"
            del element.attrib["href"]
        elif leads != href:
            element.set("href", leads)


def link_references(block: Element, address: Address, is_block: Callable[[str], bool]) -> None:
    """Link the references in the text of `block`, blocks inside it too, that `address` leads anywhere.

    They are looked for in the text as a reader sees it, across emphasis: the words around a number
    decide whose number it is.
    """
    waiting = [block]
    while waiting:
        block = waiting.pop()
        # Few blocks have any: this asks all of a block at once.
        if block.tag in UNLINKED or not references.ANCHOR.search("".join(block.itertext())):
            continue
        waiting += [child for child in block if is_block(child.tag)]
        run: list[Piece] = []
        # What is inserted is not looked at again: the pieces are gathered first.
        for piece in [*_pieces(block, is_block), None]:
            if piece is not None:
                run.append(piece)
            elif run:
                _link(run, address)
                run = []


def _pieces(
    element: Element, is_block: Callable[[str], bool], *, prose: bool = True, read: bool = True
) -> Iterator[Piece | None]:
    """The running text inside `element` in order; None where a block interrupts it."""
    if element.text:
        yield Piece(element, None, element.text, prose, read)
    for child in element:
        if is_block(child.tag):
            yield None
        elif NOTE not in child.attrib:
            open_inside = child.tag not in CLOSED
            known = open_inside or child.get("class") in READ
            yield from _pieces(child, is_block, prose=prose and open_inside, read=read and known)
        if child.tail:
            yield Piece(element, child, child.tail, prose, read)


def _link(run: list[Piece], address: Address) -> None:
    text = "".join(piece.text if piece.read else BLANK * len(piece.text) for piece in run)
    inserted: dict[Element, dict[Element | None, list[Element]]] = {}
    for index, links in groupby(_resolved(run, text, address), attrgetter("piece")):
        piece = run[index]
        before, elements = _parted(piece.text, links)
        if piece.after is None:
            piece.parent.text = before
        else:
            piece.after.tail = before
        inserted.setdefault(piece.parent, {})[piece.after] = elements
    for parent, places in inserted.items():
        children = list(places.get(None, ()))
        for child in parent:
            children.append(child)
            children += places.get(child, ())
        parent[:] = children


def _resolved(run: list[Piece], text: str, address: Address) -> Iterator[Link]:
    """The references of `text` that lead somewhere, each in the piece of the run where it ends.

    Where emphasis parts a reference in two ("paragraph **3.4**"), its number alone is the link.
    """
    found = references.find(text)
    if not found:
        return
    starts = [0, *accumulate(len(piece.text) for piece in run)]
    for reference in found:
        index = bisect_right(starts, reference.end - 1) - 1
        href = address(reference) if run[index].prose else None
        if href is not None:
            start = max(reference.start, starts[index])
            yield Link(index, start - starts[index], reference.end - starts[index], href)


def _parted(text: str, links: Iterable[Link]) -> tuple[str, list[Element]]:
    """The text before the first link, and the links, each with the text up to the next."""
    before = ""
    elements: list[Element] = []
    done = 0
    for link in links:
        between = text[done : link.start]
        if elements:
            elements[-1].tail = between
        else:
            before = between
        element = Element("a", {"class": "reference", "href": link.href})
        element.text = text[link.start : link.end]
        elements.append(element)
        done = link.end
    elements[-1].tail = text[done:]
    return before, elements
