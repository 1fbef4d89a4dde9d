"""What the styles of a Word document say, as far as anybody here asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from xml.etree.ElementTree import Element

from chapterhouse.importers.word.trees import child, children, is_on, value

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures", re.IGNORECASE)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What of a style matters to a reader; None where it says nothing."""

    heading: int | None = None
    """The level of a heading, from 1; 0 where it is none."""
    quote: bool | None = None
    contents: bool | None = None
    """Whether it is of a line in the list of contents."""
    numbering: str | None = None
    """The number of the list that its paragraphs belong to."""
    depth: int | None = None
    """How deep in that list they stand, from 0."""
    strong: bool | None = None
    emphasis: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None


_FIELDS = tuple(field.name for field in fields(Style))


def read_styles(root: Element | None) -> dict[str, Style]:
    """The styles of a document by their ids, each with what it takes over from those that it is based on."""
    elements = {value(style, "styleId"): style for style in children(root, "style")}
    styles: dict[str, Style] = {}
    for start in elements:
        chain: list[str] = []
        name = start
        while name in elements and name not in chain and name not in styles and len(chain) < _LONGEST_CHAIN:
            chain.append(name)
            name = value(child(elements[name], "basedOn"))
        style = styles.get(name, Style())
        for below in reversed(chain):
            style = styles[below] = _over(style, elements[below])
    return styles


def properties(paragraph: Element | None, run: Element | None) -> Style:
    """What the properties of a paragraph and of a run say by themselves."""
    style = Style()
    if paragraph is not None:
        numbers = child(paragraph, "numPr")
        depth, outline = value(child(numbers, "ilvl")), value(child(paragraph, "outlineLvl"))
        style = replace(
            style,
            heading=(int(outline) + 1) % 10 if re.fullmatch("[0-9]", outline) else None,
            numbering=value(child(numbers, "numId")) or None,
            depth=int(depth) if re.fullmatch("[0-8]", depth) else None,
        )
    if run is not None:
        style = replace(
            style,
            strong=_said(run, "b"),
            emphasis=_said(run, "i"),
            hidden=_said(run, "vanish"),
            struck=_said(run, "strike", "dstrike"),
            raised=None if (aligned := child(run, "vertAlign")) is None else value(aligned) == "superscript",
        )
    return style


def merged(below: Style, above: Style) -> Style:
    """A style, and what is said over it."""
    said = {name: said for name in _FIELDS if (said := getattr(above, name)) is not None}
    return replace(below, **said) if said else below


def _said(properties: Element, *names: str) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    found = [is_on(element) for name in names if (element := child(properties, name)) is not None]
    return any(found) if found else None


def _over(style: Style, element: Element) -> Style:
    said = properties(child(element, "pPr"), child(element, "rPr"))
    name = value(child(element, "name")).strip()
    if found := _HEADING.fullmatch(name):
        said = replace(said, heading=int(found[1]), strong=None)
    elif name.lower() == "title":
        said = replace(said, heading=1, strong=None)
    elif name.lower() in {"quote", "intense quote", "block text"}:
        said = replace(said, quote=True)
    elif _CONTENTS.fullmatch(name):
        said = replace(said, contents=True, heading=0)
    return merged(style, said)
