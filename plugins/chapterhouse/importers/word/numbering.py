"""The numbers that Word writes before paragraphs by itself, which stand nowhere in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chapterhouse.importers.pages.counting import letter, roman
from chapterhouse.importers.word.styles import Style
from chapterhouse.importers.word.trees import child, children, is_on, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_TEXT = 60
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "o": "◦"}
"""Signs of the fonts Symbol, Wingdings and Courier New, which draw something else than their letter."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, and what it writes."""

    form: str = "decimal"
    text: str = ""
    """With `%1` for the number of the first level, `%2` for that of the second."""
    start: int = 1
    restart: int | None = None
    """After which level it counts anew, from 1: none for 0, each of those above for None."""
    legal: bool = False
    """Whether all its numbers are in numerals."""
    style: str = ""
    """The style of which the paragraphs are at this level."""

    @property
    def compound(self) -> bool:
        """Whether its numbers are made of those of several levels, as `1.1` is."""
        return bool(re.search(r"%[1-8]\.%[2-9]", self.text))


@dataclass(slots=True)
class _List:
    key: str
    """Of what it counts with; several lists may go on with one another's numbers."""
    levels: dict[int, Level]
    fresh: dict[int, int] = field(default_factory=dict)
    """Levels that it counts anew the first time, and from where."""

    def numbers_paragraphs(self, depth: int) -> bool:
        """Whether a level numbers paragraphs, as `1.1` does, or the sections that these are in."""
        level = self.levels.get(depth, Level())
        return level.compound or (depth == 0 and self.levels.get(1, Level()).compound)


@dataclass(frozen=True, slots=True)
class Number:
    """What Word writes before one paragraph."""

    text: str
    level: int
    """Of an item, from 1."""
    of_many: bool = False
    """Whether it is the number of a paragraph, as `1.1` is, and not that of an item."""


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        """Take `numbering.xml`, where there is one."""
        patterns = list(children(root, "abstractNum"))
        self._levels = {
            value(found, "abstractNumId"): dict(map(_level, children(found, "lvl"))) for found in patterns
        }
        linked = {value(child(found, "styleLink")): value(found, "abstractNumId") for found in patterns}
        names = {value(found, "abstractNumId"): value(child(found, "numStyleLink")) for found in patterns}
        self._meant = {key: linked[name] for key, name in names.items() if name and name in linked}
        """Patterns that are but the name of another one."""
        self._lists = {value(found, "numId"): self._list(found) for found in children(root, "num")}
        self._counts: dict[str, list[int | None]] = {}

    def knows(self, said: Style) -> bool:
        """Whether the list that a paragraph is in, if it is in any, is one of the document."""
        return said.numbering in (None, "0") or said.numbering in self._lists

    def after(self, style: str, said: Style) -> Number | None:
        """The number of the next paragraph, of a style and with what is said of it, or None."""
        held = self._lists.get(said.numbering or "")
        if not held:
            return None
        by_style = (depth for depth, level in held.levels.items() if style and level.style == style)
        depth = next(by_style, 0) if said.depth is None else said.depth
        level = held.levels.get(depth)
        if not level:
            return None
        counts = self._counts.setdefault(held.key, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = held.fresh.pop(depth, level.start if before is None else before + 1)
        for deeper in range(depth + 1, _LEVELS):
            restart = held.levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                counts[deeper] = None
        if level.form == "bullet":
            return Number(_BULLETS.get(level.text, level.text) or "•", depth + 1)

        def written(place: re.Match[str]) -> str:
            shown = int(place[1]) - 1
            other = held.levels.get(shown, Level())
            if counts[shown] is None:
                counts[shown] = other.start
            return _written(counts[shown] or 0, "decimal" if level.legal else other.form)

        text = _PLACE.sub(written, level.text).strip()
        above = sum(held.numbers_paragraphs(shallower) for shallower in range(depth))
        return Number(text, depth + 1 - above, held.numbers_paragraphs(depth)) if text else None

    def _list(self, element: Element) -> _List:
        key = value(child(element, "abstractNumId"))
        key = self._meant.get(key, key)
        held = _List(key, dict(self._levels.get(key, {})))
        for override in children(element, "lvlOverride"):
            depth = _whole(value(override, "ilvl"), 0)
            if (own := child(override, "lvl")) is not None:
                held.levels[depth] = _level(own)[1]
            if start := value(child(override, "startOverride")):
                held.fresh[depth] = _whole(start, 1)
        return held


def _level(element: Element) -> tuple[int, Level]:
    restart = value(child(element, "lvlRestart"))
    level = Level(
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText"))[:_LONGEST_TEXT],
        _whole(value(child(element, "start")), 1),
        _whole(restart, 0) if restart else None,
        is_on(child(element, "isLgl")),
        value(child(element, "pStyle")),
    )
    return min(_whole(value(element, "ilvl"), 0), _LEVELS - 1), level


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else otherwise


def _written(number: int, form: str) -> str:
    match form:
        case "lowerLetter":
            return letter(number)
        case "upperLetter":
            return letter(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)
