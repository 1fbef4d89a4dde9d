"""What in the XML of a Word document is words, and what of it is read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from chapterhouse.importers.word.salvaging import STRAY
from chapterhouse.importers.word.trees import local

TEXTS = frozenset(("t", "delText", STRAY))
"""What holds words."""
_BREAKS = frozenset(("p", "tab", "br", "cr", "tc", "pt"))
_PROPERTIES = frozenset(
    "pPr rPr tblPr tblPrEx tblGrid trPr tcPr sectPr sdtPr sdtEndPr ffData docPr delInstrText".split()
)


def text_of(root: Element, texts: frozenset[str] = TEXTS) -> str:
    """All words of a part, with spaces between paragraphs, cells and lines."""
    pieces = (
        element.text or "" if local(element.tag) in texts else " "
        for element in root.iter()
        if local(element.tag) in texts | _BREAKS
    )
    return " ".join("".join(pieces).split())


def inner(element: Element) -> Iterator[Element]:
    """What of an element is read: of forms of one thing that say the same, the first."""
    name = local(element.tag)
    if name in _PROPERTIES and not speaks(element):
        return iter(())
    if name == "AlternateContent":
        forms = {text_of(form): form for form in reversed(element)}
        return iter([form for text, form in reversed(forms.items()) if text or len(forms) == 1])
    return iter(element)


def speaks(element: Element) -> bool:
    """Whether there is text in an element; among properties there is none, but in files that are broken."""
    return any(local(one.tag) in TEXTS for one in element.iter())
