"""The HTML of a page, read as nodes.

What is of use on a screen alone is left out by a list. Everything else must be known: an element that
nobody has thought of is an error, because what is left out of paper unseen is missed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, get_args
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from chapterhouse.paper.elements import (
    BOXES,
    CLASSES,
    HOLDERS,
    OFFICIAL,
    QUOTES,
    READ_OUT,
    SCREEN,
    STYLES,
    VOID,
)
from chapterhouse.paper.marks import marks_of
from chapterhouse.paper.nodes import (
    Address,
    Block,
    Box,
    Break,
    Cell,
    Code,
    Facts,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Item,
    Items,
    Numbered,
    Paragraph,
    Picture,
    Quote,
    Row,
    Rule,
    Side,
    Style,
    Table,
    Words,
)
from chapterhouse.paper.spacing import tidy

SIDES: tuple[Side, ...] = get_args(Side)

Leads = Callable[[str], str]
"""Where a link of the page leads: a path from the site's root, or a whole address; empty for nowhere."""


class UnknownElementError(ValueError):
    """An element that paper does not know."""


def read(html: str, leads: Leads) -> tuple[Block, ...]:
    """The nodes of a page's HTML.

    Raises UnknownElementError for an element of which nothing is known, with the nearest address above it.
    """
    soup = BeautifulSoup(html, "html.parser")
    for gone in soup.select(", ".join(SCREEN)):
        gone.decompose()
    for gone in soup.select(READ_OUT):
        if gone.find_parent(("ins", "del")) is None:
            gone.decompose()
    for link in soup.select(OFFICIAL):
        address = soup.new_tag("a", href=str(link["href"]))
        address.string = str(link["href"])
        link.insert_after(": ", address)
    notes: dict[str, Tag] = {}
    for section in soup.select("section.footnote"):
        notes |= {str(note["id"]): note for note in section.select("ol > li[id]")}
        section.extract()
    return Reading(leads, notes).blocks(soup)


class Reading:
    """One page on its way into nodes."""

    def __init__(self, leads: Leads, notes: dict[str, Tag]) -> None:
        self.leads = leads
        self.notes = notes
        """The footnotes of the author, by their ids."""
        self.open: set[str] = set()
        """The footnotes that are being read: one may mention another, and itself."""
        self.waiting: list[Address] = []
        """Addresses of elements that have begun and of which no word has been read yet."""

    def blocks(self, holder: Tag) -> tuple[Block, ...]:
        """What stands in an element that may hold blocks. Running text between them is a paragraph."""
        found: list[Block] = []
        run: list[Inline] = []
        for child in holder.children:
            if isinstance(child, Tag) and child.name not in STYLES and child.name not in VOID:
                found += self._paragraph(run)
                run = []
                found += self._block(child)
            else:
                run += self._inline(child, frozenset(), "")
        return (*found, *self._paragraph(run))

    def _paragraph(self, run: Sequence[Inline], number: str = "") -> Iterator[Block]:
        words = tidy(run)
        if any(not isinstance(one, Address) for one in words) or number:
            yield Paragraph((*self._waiting(), *words), number)
        else:
            self.waiting += [one for one in words if isinstance(one, Address)]

    def _waiting(self) -> tuple[Address, ...]:
        waiting, self.waiting = tuple(self.waiting), []
        return waiting

    def _block(self, tag: Tag) -> Iterable[Block]:
        self._address(tag)
        read = self.KINDS.get(tag.name)
        if read is None:
            raise self._unknown(tag)
        return read(self, tag)

    def _holder(self, tag: Tag) -> Iterable[Block]:
        classes = set(tag.get_attribute_list("class"))
        if "paragraph" in classes:
            return (self._numbered(tag),)
        blocks = self.blocks(tag)
        return (Box(blocks),) if classes & BOXES and blocks else blocks

    def _running(self, tag: Tag) -> list[Inline]:
        """The running text of an element that holds no blocks."""
        return [one for child in tag.children for one in self._inline(child, _styled(tag), "")]

    def _p(self, tag: Tag) -> Iterable[Block]:
        return self._paragraph(self._running(tag))

    def _heading(self, tag: Tag) -> Iterable[Block]:
        run = tidy(self._running(tag))
        return (Heading(int(tag.name[1]), (*self._waiting(), *run)),)

    def _quote(self, tag: Tag) -> Iterable[Block]:
        return (Quote(self.blocks(tag)),)

    def _code(self, tag: Tag) -> Iterable[Block]:
        return (Code(tag.get_text().rstrip("\n")),)

    def _rule(self, _tag: Tag) -> Iterable[Block]:
        return (Rule(),)

    def _numbered(self, tag: Tag) -> Numbered:
        first = tag.find("p", recursive=False)
        link = first.find("a", class_="paragraph-number") if isinstance(first, Tag) else None
        if not isinstance(first, Tag) or not isinstance(link, Tag):
            raise self._unknown(tag)
        number = link.extract().get_text()
        opening = tuple(self._paragraph(self._running(first), number))
        first.extract()
        return Numbered(str(tag.get("id", number)), (*opening, *self.blocks(tag)))

    def _items(self, tag: Tag) -> Iterable[Block]:
        marks = marks_of(tag)
        items = []
        for child in tag.children:
            if not isinstance(child, Tag):
                self._only_space(child, tag)
            elif child.name == "li":
                self._address(child)
                items.append(Item(next(marks), self.blocks(child)))
            else:
                raise self._unknown(child)
        return (Items(tuple(items)),)

    def _facts(self, tag: Tag) -> Iterable[Block]:
        entries: list[tuple[Inlines, tuple[Block, ...]]] = []
        for child in _children(tag):
            pair = _children(child) if child.name == "div" else [child]
            for one in pair:
                if one.name == "dt":
                    entries.append((tidy(self._running(one)), ()))
                elif one.name == "dd" and entries:
                    name, said = entries.pop()
                    entries.append((name, (*said, *self.blocks(one))))
                else:
                    raise self._unknown(one)
        return (Facts(tuple(entries)),)

    def _table(self, tag: Tag) -> Iterable[Block]:
        parts: dict[str, tuple[Row, ...]] = {"thead": (), "tbody": ()}
        for part in _children(tag):
            if part.name not in parts:
                raise self._unknown(part)
            rows = _children(part)
            parts[part.name] += tuple(self._row(row) for row in rows)
        return (Table(parts["thead"], parts["tbody"]),)

    def _row(self, row: Tag) -> Row:
        cells = _children(row)
        for cell in cells:
            if cell.name not in {"th", "td"} or cell.get("colspan") or cell.get("rowspan"):
                raise self._unknown(cell)
        return tuple(self._cell(cell) for cell in cells)

    def _cell(self, tag: Tag) -> Cell:
        self._address(tag)
        classes = tag.get_attribute_list("class")
        align = next((side for side in SIDES if f"align-{side}" in classes), SIDES[0])
        return Cell(self.blocks(tag), tag.name == "th", align)

    def _inline(self, node: PageElement, styles: frozenset[Style], to: str) -> Iterator[Inline]:
        # Comments and the like are strings of another kind.
        if type(node) is NavigableString:
            yield Words(str(node), styles, to)
        if not isinstance(node, Tag):
            return
        if node.name in VOID:
            yield self._void(node, styles, to)
        elif node.name not in STYLES:
            raise self._unknown(node)
        elif node.name == "sup" and (mention := node.select_one("a.footnote-ref")) is not None:
            yield from self._footnote(mention)
        else:
            yield from self._styled(node, styles | _styled(node), to)

    def _void(self, node: Tag, styles: frozenset[Style], to: str) -> Inline:
        if node.name == "img":
            return Picture(unquote(self.leads(str(node["src"]))), str(node.get("alt", "")))
        return Break() if node.name == "br" else Words("\u200b", styles, to)

    def _styled(self, node: Tag, styles: frozenset[Style], to: str) -> Iterator[Inline]:
        if identity := node.get("id"):
            yield Address(self.leads(f"#{identity}"))
        href = node.get("href")
        if "term" in node.get_attribute_list("class"):
            # The definition is on the same paper; the page of the glossary may not be.
            styles, href = styles | {"term"}, _definition(node)
        lead = self.leads(str(href)) if href else to
        before, after = QUOTES if node.name == "q" else ("", "")
        yield Words(before, styles, lead)
        for child in node.children:
            yield from self._inline(child, styles, lead)
        yield Words(after, styles, lead)
        if on_paper := node.get("data-on-paper"):
            yield _noted(str(on_paper), lead)

    def _footnote(self, mention: Tag) -> Iterator[Inline]:
        key = str(mention["href"]).removeprefix("#")
        note = self.notes.get(key)
        if note is None or key in self.open:
            yield Words(mention.get_text(), frozenset({"sup"}))
            return
        self.open.add(key)
        yield Footnote(key, mention.get_text(), self.blocks(note))
        self.open.remove(key)

    def _address(self, tag: Tag) -> None:
        if identity := tag.get("id"):
            self.waiting.append(Address(self.leads(f"#{identity}")))

    def _only_space(self, node: PageElement, tag: Tag) -> None:
        if str(node).strip():
            raise self._unknown(tag)

    def _unknown(self, tag: Tag) -> UnknownElementError:
        above = next((one["id"] for one in (tag, *tag.parents) if one.get("id")), "")
        near = f" near #{above}" if above else ""
        words = " ".join(tag.get_text().split())[:40]
        return UnknownElementError(
            f"paper does not know the element <{tag.name}>{near}: {words}".rstrip(": ")
        )

    KINDS: ClassVar[dict[str, Callable[[Reading, Tag], Iterable[Block]]]] = {
        **dict.fromkeys(HOLDERS, _holder),
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(("ul", "ol"), _items),
        "p": _p,
        "table": _table,
        "dl": _facts,
        "blockquote": _quote,
        "pre": _code,
        "hr": _rule,
    }
    """How each element that stands in no running text is read."""


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _styled(tag: Tag) -> frozenset[Style]:
    classes = tag.get_attribute_list("class")
    by_class: list[Style] = [CLASSES[name] for name in classes if name in CLASSES]
    return STYLES.get(tag.name, frozenset[Style]()).union(by_class)


def _definition(term: Tag) -> str:
    """Where a term is explained: at the end of its chapter, or else where it leads."""
    described = term.get("aria-describedby")
    return f"#{described}" if described else str(term["href"])


def _noted(on_paper: str, lead: str) -> Footnote:
    """The footnote of a link: its address, or the chapter and paragraph that it leads to."""
    return Footnote(f"link:{on_paper}", "", (Paragraph((Words(on_paper, to=lead),)),))
