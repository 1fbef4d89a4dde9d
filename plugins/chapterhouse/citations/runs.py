"""Runs of provisions as they are written: "section 18, 20, 22A to 22C", "Chapter 1 of Part 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chapterhouse.citations import provisions
from chapterhouse.citations.kinds import NESTING, NUMBER_WORDS, UNITS, Unit, spellings

# An entity leaves as many blanks as it had letters.
GAP = r"(?: {1,9}\n? {0,9}|\n {0,9})"
LEVEL = r" ?\n?\( ?(?:[0-9]{1,3}[A-Z]{0,2}|[A-Z]{1,2}|[a-z]|[ivx]{2,5}|z[a-z]|aa|bb|cc|dd|ee) ?\)"
INSIDE = re.compile(r"\( ?(\w+) ?\)")
LEVELS = re.compile(rf"(?:{LEVEL}){{0,6}}")
# "14A", "17ZA", "14 B", "47s", "3.12"; a letter apart only where the phrase goes on or ends behind it.
NUMBER = re.compile(
    r"(?P<digits>[0-9]{1,4})(?P<dotted>(?:\.[0-9]{1,3}){0,3})"
    r"(?:(?P<letters>[A-Z]{1,3}|z[a-z]|[a-rt-z])(?![A-Za-z])|(?P<plural>s)(?![A-Za-z])"
    r"| (?P<apart>[A-Z])(?= ?(?:\(|,|;|:|\.|\)|\]|-|\n|\Z| of\b| and\b| or\b| to\b)))?"
    r"(?![\w%'])(?!/[0-9]{1,5}/)(?!\.[0-9])"
)
# "Part III", "Part one", "Schedule A1"
ROMAN = re.compile(
    rf"(?:[IVXL]{{1,6}}[A-Z]?|[A-Z]{{1,2}}[0-9]{{1,2}}[A-Z]?|(?i:{'|'.join(NUMBER_WORDS)}))(?![\w'])"
)
SUBSECTIONS = re.compile(
    rf"[Ss]ub-?sections? ?(?P<levels>{LEVEL}(?:(?:,| and| or| to) ?{LEVEL}){{0,6}}) of {{0,2}}"
)
NOT_COUNTED = re.compile(
    r"(?! ?(?:%|per\b|(?:working |calendar |school |term )?(?:hour|day|week|month|year|minute|mile)s?\b"
    r"|am\b|pm\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b))"
)
MORE = re.compile(
    r"(?P<separator> ?, {0,2}\n?(?:(?:and/or|and|or|&) {1,8})?"
    r"|(?: |\n){1,2}(?:and/or|and|or|&|to|through)(?: |\n){1,8}(?:under )?"
    r"| ?[-/] {0,8})"
)
RANGE = re.compile(r"\b(?:to|through)\b|-")
# What may follow a further number after a singular: "section 13 and 14 of", not "section 47 and 2 workers".
ENDS = re.compile(r"(?= {0,2}\n?(?:\Z|[,.;:)\]\"(\n-]|(?:of|and|or|to|in|under|above|below)\b))")
OF = re.compile(rf"{GAP}(?:of|in|to){GAP}(?:the )?")
INTO = re.compile(r" ?[,:(]? ?")


@dataclass(frozen=True, slots=True)
class Item:
    """One provision of a run."""

    unit: Unit
    number: str
    levels: tuple[str, ...] = ()
    within: tuple[tuple[Unit, str], ...] = ()
    """What it stands in, from the outside: the Schedule of a paragraph, the Part of a Chapter."""
    implied: bool = False
    """Whether only the ends of a range name it."""

    @property
    def dotted(self) -> bool:
        """Whether its number is of the kind that only guidance has: 3.12."""
        return "." in self.number


@dataclass(frozen=True, slots=True)
class Run:
    """A run of provisions. `text[start:end]` are its words."""

    start: int
    end: int
    items: tuple[Item, ...]

    @property
    def unit(self) -> Unit:
        """The kind of its first provision."""
        return self.items[0].unit

    @property
    def lettered(self) -> bool:
        """Whether all its numbers end in letters: few instruments have a section 16EA."""
        return all(item.number[-1].isalpha() and item.number[0].isdigit() for item in self.items)


SPELLINGS = spellings()
WORDS = "|".join(sorted(SPELLINGS, key=len, reverse=True))
BEFORE = r"(?<![\w/.#@-])(?<!\w')"
HEAD = re.compile(rf"{BEFORE}(?P<word>{WORDS})\.?{GAP}?(?=[0-9A-Zotfsen])")
# To find them all, what is rarer is looked for first: a figure, or a word that a roman numeral can follow.
FIGURE = re.compile(r"[0-9]+")
WORD_BEFORE = re.compile(r"[A-Za-z]+\Z")
LAST_LETTERS = frozenset(word[-1] for word in SPELLINGS)
ROMAN_HEAD = re.compile(
    r"(?:Part|PART|Pt|Chapter|CHAPTER|Ch|Schedule|SCHEDULE|Sch)[Ss]?\.? {0,3}(?=[A-Zotfsen])"
)
LONGEST_HEAD = 22
BY_UNIT = {kind.unit: kind for kind in UNITS}


def find(text: str) -> Iterator[Run]:
    """The runs of a cleaned text, in order."""
    position = 0
    for start in sorted({*_figured(text), *(match.start() for match in ROMAN_HEAD.finditer(text))}):
        if start >= position and (head := HEAD.match(text, start)) and (run := _run(text, head)):
            position = run.end
            yield run


def _figured(text: str) -> Iterator[int]:
    """Where a word for a provision stands before a figure."""
    for figure in FIGURE.finditer(text):
        low = max(0, figure.start() - LONGEST_HEAD)
        before = text[low : figure.start()].rstrip(" .\n")
        # Most figures stand behind other words, and few letters end these.
        if before and before[-1] in LAST_LETTERS:
            last = before[before.rfind(" ") + 1 :]
            word = last if last in SPELLINGS else WORD_BEFORE.findall(last)[-1]
            if word in SPELLINGS:
                yield low + len(before) - len(word)


def _run(text: str, head: re.Match[str]) -> Run | None:
    """The run that begins with `head`, the provisions around it included."""
    read = _list(text, head)
    if read is None:
        return None
    items, end = read
    start = head.start()
    items, end = _nested(text, items, end)
    # As in: subsections (2) and (3) of section 47.
    before = text[max(0, start - 60) : start]
    for sub in SUBSECTIONS.finditer(before):
        if sub.end() == len(before) and len(items) == 1 and items[0].unit == "section":
            levels = INSIDE.findall(sub["levels"])
            items = [replace(items[0], levels=(level, *items[0].levels)) for level in levels]
            start -= len(before) - sub.start()
    return Run(start, end, tuple(dict.fromkeys(items)))


def _list(text: str, head: re.Match[str]) -> tuple[list[Item], int] | None:
    """A list of provisions of one kind or of several, and where it ends."""
    first = _item(text, head)
    if first is None:
        return None
    item, end = first
    items = [item]
    plural = _is_plural(head)
    while more := MORE.match(text, end):
        ranged = bool(RANGE.search(more["separator"]))
        after = more.end()
        again = HEAD.match(text, after)
        found: tuple[Item, int] | None
        if again and not ranged:
            found = _item(text, again)
            if found and found[0].unit != item.unit and not _alike(found[0].unit, item.unit):
                break
            if found:
                plural = _is_plural(again)
        elif again and SPELLINGS[again["word"]].unit == item.unit:
            found = _item(text, again)
        else:
            found = _further(text, after, items[-1], plural=plural)
        if found is None:
            break
        item, end = found
        items += _between(items[-1], item) if ranged else []
        items.append(item)
    return items, end


def _is_plural(head: re.Match[str]) -> bool:
    return len(head["word"]) > 1 and head["word"][-1] in "sS"


def _alike(one: Unit, other: Unit) -> bool:
    """Whether two kinds stand beside each other in one list, not inside each other."""
    return {one, other} <= {"section", "part", "schedule"} or {one, other} <= {"regulation", "schedule"}


def _item(text: str, head: re.Match[str]) -> tuple[Item, int] | None:
    unit = SPELLINGS[head["word"]].unit
    numbered = NUMBER.match(text, head.end())
    if numbered is None:
        roman = ROMAN.match(text, head.end()) if BY_UNIT[unit].roman else None
        if roman is None:
            return None
        word = roman[0]
        spelt = word.capitalize()
        number = str(NUMBER_WORDS.index(spelt) + 1) if spelt in NUMBER_WORDS else word
        return Item(unit, number), roman.end()
    if _is_year(numbered):
        return None
    return _numbered(text, unit, numbered)


def _is_year(numbered: re.Match[str]) -> bool:
    """Whether a number is the year of a title: Regulations 2014. No instrument has so many provisions."""
    return int(numbered["digits"]) >= 1800 and not numbered["letters"]


def _numbered(text: str, unit: Unit, numbered: re.Match[str]) -> tuple[Item, int]:
    letters = (numbered["letters"] or numbered["apart"] or "").upper()
    number = numbered["digits"].lstrip("0") or "0"
    levels = LEVELS.match(text, numbered.end())
    end = levels.end() if levels else numbered.end()
    found = tuple(INSIDE.findall(levels[0])) if levels else ()
    return Item(unit, number + numbered["dotted"] + letters, found), end


def _further(text: str, position: int, last: Item, *, plural: bool) -> tuple[Item, int] | None:
    """A further provision of a list, given by its number or by its levels alone."""
    levels = LEVELS.match(text, position)
    if levels and levels[0]:
        found = tuple(INSIDE.findall(levels[0]))
        return replace(last, levels=_inherited(last.levels, found)), levels.end()
    numbered = NUMBER.match(text, position)
    if numbered is None:
        roman = ROMAN.match(text, position) if BY_UNIT[last.unit].roman else None
        if (
            roman is None
            or roman[0].capitalize() in NUMBER_WORDS
            or (not plural and not ENDS.match(text, roman.end()))
        ):
            return None
        return Item(last.unit, roman[0], within=last.within), roman.end()
    if numbered["dotted"] and not last.dotted:
        return None
    if _is_year(numbered):
        return None
    if not NOT_COUNTED.match(text, numbered.end()):
        return None
    item, end = _numbered(text, last.unit, numbered)
    if not plural and not ENDS.match(text, end):
        return None
    return Item(item.unit, item.number, item.levels, last.within), end


def _inherited(last: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """The levels of `found` in the place of those of its kind: 31(2) and (3), 47(1)(a) and (b)."""
    kind = _kind(found[0])
    for index in range(len(last) - 1, -1, -1):
        if _kind(last[index]) == kind or (kind == "letter" and _kind(last[index]) == "roman" and index == 1):
            return (*last[:index], *found)
    return (*last, *found)


def _kind(level: str) -> str:
    if level[0].isdigit():
        return "figure"
    if level.isupper():
        return "capital"
    return "roman" if re.fullmatch(r"[ivx]+", level) else "letter"


def _between(first: Item, last: Item) -> list[Item]:
    """What lies between the ends of a range, as far as the numbers themselves tell."""
    if first.levels and last.levels and first.number == last.number:
        head = first.levels[:-1]
        steps = _steps(first.levels[-1], last.levels[-1])
        return [replace(first, levels=(*head, step), implied=True) for step in steps]
    steps = _steps(first.number, last.number)
    return [Item(first.unit, step, within=first.within, implied=True) for step in steps]


def _steps(first: str, last: str) -> list[str]:
    """The numbers strictly between two: 10 to 13, 22A to 22C, 14 to 16B, a to d."""
    whole = provisions.expand(f"section/{first}", f"section/{last}")
    return [path.rpartition("/")[2] for path in whole[1:-1]]


def _nested(text: str, items: list[Item], end: int) -> tuple[list[Item], int]:
    """The items with what they stand in: "Chapter 1 of Part 1", "Schedule 1, paragraph 18"."""
    for _ in NESTING:
        last = items[-1]
        if last.unit not in NESTING:
            break
        outward = OF.match(text, end)
        outer = HEAD.match(text, outward.end()) if outward else None
        found = _item(text, outer) if outer else None
        if (
            found
            and found[0].unit in NESTING
            and _outside(found[0].unit, (last.within or ((last.unit, ""),))[0][0])
        ):
            whole = (found[0].unit, found[0].number)
            # A section has its number in the whole Act, whichever Part it stands in.
            items = [i if i.unit == "section" else replace(i, within=(whole, *i.within)) for i in items]
            end = found[1]
            continue
        inward = INTO.match(text, end)
        inner = HEAD.match(text, inward.end()) if inward else None
        found = _item(text, inner) if inner else None
        if (
            found is None
            or len(items) > 1
            or found[0].unit not in NESTING
            or not _outside(last.unit, found[0].unit)
            or (found[0].unit == "section" and last.unit != "chapter")
        ):
            break
        items = [replace(found[0], within=(*last.within, (last.unit, last.number)))]
        end = found[1]
        if inward and "(" in inward[0] and text[end : end + 1] == ")":
            end += 1
    return items, end


def _outside(outer: Unit, inner: Unit) -> bool:
    return NESTING.index(outer) < NESTING.index(inner)
