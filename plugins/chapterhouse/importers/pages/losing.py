"""An element that is not kept, with all in it: what of it is lost, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4.element import Tag

from chapterhouse.importers.blocks import Loss, Why
from chapterhouse.importers.pages.elements import BLOCKS, lost

_CELL = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
_ENDED_BY = {
    "p": BLOCKS,
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": _CELL,
    "th": _CELL,
    "tr": _CELL - {"td", "th"},
}
"""What ends an element of which the end tag may be left out."""

_NESTS = frozenset(("ul", "ol", "dl", "menu", "table"))
"""In which the end of an element outside cannot be left out."""


@dataclass(slots=True)
class Losing:
    """An element that is open and is not kept."""

    tag: Tag
    place: str
    why: Why
    remark: str
    _texts: list[str] = field(default_factory=list)
    _nested: int = 0
    """Lists and tables that are open in it."""
    _inner: list[tuple[Tag, int, int]] = field(default_factory=list)
    """What in it would be lost by itself, so that it is in no word around it; with the texts before."""
    _said: int = 0

    def say(self, text: str) -> None:
        """Words in it."""
        self._texts.append(text)
        self._said += bool(text.strip())

    def open(self, tag: Tag) -> None:
        """An element begins in it."""
        self._nested += tag.name in _NESTS
        if lost(tag):
            self._inner.append((tag, len(self._texts), self._said))
        self._texts.append(" " if tag.name in BLOCKS else "")

    def close(self, tag: Tag) -> None:
        """An element ends in it, or it does itself."""
        self._nested -= tag.name in _NESTS and tag is not self.tag
        self._texts.append(" " if tag.name in BLOCKS else "")
        if self._inner and self._inner[-1][0] is tag:
            _, start, said = self._inner.pop()
            if self._said > said:
                self._texts[start] = " "
                self._texts.append(" ")

    def is_ended_by(self, tag: Tag) -> bool:
        """Whether an element that begins ends it, since its end tag may be left out."""
        return not self._nested and tag.name in _ENDED_BY.get(self.tag.name, ())

    @property
    def loss(self) -> Loss | None:
        """What is lost, once it has ended; None where nobody need know."""
        text = " ".join("".join(self._texts).split())
        return Loss(text, self.place, self.why, self.remark) if self.remark or text else None
