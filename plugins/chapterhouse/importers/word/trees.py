"""The XML of a Word document as trees, of which no more is believed than can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from chapterhouse.importers.blocks import RefusedError

MOST_ELEMENTS = 500_000
"""Of one part, of which each takes 200 bytes and more."""
DEEPEST = 120
"""Elements within elements. Word writes some 30, and six more for each table in a table."""


_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NoXmlError(Exception):
    """Bytes that are no whole XML."""


class Growing:
    """A tree that grows, and is refused where it grows beyond its bounds."""

    def __init__(self, name: str) -> None:
        """Take the name of the part, for a person."""
        self._name = name
        self._builder = TreeBuilder()
        self._depth = self._count = 0
        self.data = self._builder.data
        self.close = self._builder.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > DEEPEST:
            raise RefusedError(
                f"the part {self._name!r} of it has elements more than {DEEPEST} deep in one another"
            )
        if self._count > MOST_ELEMENTS:
            raise RefusedError(f"the part {self._name!r} of it has more than {MOST_ELEMENTS} elements")
        self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """End the innermost element."""
        self._depth -= 1
        self._builder.end(tag)

    def refuse_type(self, *_: object) -> NoReturn:
        """Say that there is a document type, by which a text can be more than its bytes."""
        raise RefusedError(f"the part {self._name!r} of it declares a document type, which Word never does")


def parsed(content: bytes, name: str) -> Element:
    """The tree of a part; `NoXmlError` where it is none. There is nothing in it that is not in its bytes."""
    growing = Growing(name)
    # Word writes UTF-8 (ISO/IEC 29500-2, 8.1.4 allows UTF-16 besides): what is that, is read as that.
    parser = expat.ParserCreate("utf-8" if _is_utf8(content) else None, namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.data
    parser.StartDoctypeDeclHandler = growing.refuse_type
    parser.EntityDeclHandler = growing.refuse_type
    try:
        parser.Parse(content, bool(content))
        return growing.close()
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        raise NoXmlError from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content[:8]


def as_xml(text: str) -> str:
    """A text with U+FFFD for every character that no XML may have."""
    return _NO_XML.sub("\ufffd", text)


def local(name: str) -> str:
    """The name of an element or an attribute without its namespace, of which Word has two."""
    return name.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    return (inner for inner in (() if element is None else element) if local(inner.tag) == name)


def value(element: Element | None, name: str = "val") -> str:
    """The value of an attribute, by its name without the namespace; empty where there is none."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if local(key) == name), "")


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}
