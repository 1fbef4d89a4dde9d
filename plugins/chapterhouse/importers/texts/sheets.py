"""Text that was saved from sheets of paper: what stands on most of them is no part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from chapterhouse.importers.pages.counting import roman

SOFT = "\u00ad"
"""A hyphen that is seen at the end of a line only."""
EDGE = 5
"""Lines at the top and at the bottom of a sheet that may be a running head."""
FEWEST_SHEETS = 0.4
"""Of the sheets have a running head, at the least: it may be another on the left and on the right."""
ENDED = (".", ":", ";", "!", "?")
SHOWN = 30
"""Words that a remark names."""
FULL = 50
"""Characters of a line that went on to the edge of the sheet."""

_NUMBER = re.compile(
    r"(?:page\s{1,9})?[-\u2013\u2014]?\s{0,9}([0-9]{1,4}|[ivxl]{1,7})\s{0,9}[-\u2013\u2014]?(?:\s{0,9}\|\s{0,9}page)?",
    re.IGNORECASE,
)
_ROMANS = {roman(number): number for number in range(1, 90)}
_STARTS = re.compile(r"[0-9(\u2022\u00b7*\u25aa\u2013-]")
_GAP = re.compile(r"\S {4,}(?=\S)")
_FEW_GAPS = 10
_MANY_GAPS = 0.2


@dataclass(frozen=True, slots=True)
class Sheets:
    """The lines of a text, and which of them are none of it."""

    lines: list[str]
    dropped: Mapping[int, str] = field(default_factory=dict)
    """By their index: why; empty of an empty line, across which a paragraph goes on."""
    fresh: frozenset[int] = frozenset()
    """The first lines of sheets that go on with no paragraph of the sheet before."""
    paper: bool = False
    """Whether it stood on sheets, so that each line ends where the sheet does."""


def laid(pages: Sequence[str]) -> Sheets:
    """The sheets of a text one after another. Page numbers and running heads are dropped from them."""
    lines: list[str] = []
    sheets: list[range] = []
    for page in pages:
        own = page.removesuffix("\n").split("\n") if len(pages) > 1 else page.split("\n")
        sheets.append(range(len(lines), len(lines) + len(own)))
        lines += own
    written = [[at for at in sheet if lines[at].strip()] for sheet in sheets]
    written = [sheet for sheet in written if sheet]
    if len(written) < 2:
        return Sheets(lines)
    dropped = {**_numbers(lines, written), **_heads(lines, written)}
    fresh: set[int] = set()
    for above, below in _turns(written, dropped):
        if _goes_on(lines[above].strip(), lines[below].strip()):
            dropped.update((at, "") for at in range(above + 1, below) if not lines[at].strip())
        else:
            fresh.add(below)
    return Sheets(lines, dropped, frozenset(fresh), paper=True)


def _edges(sheet: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The lines at the top and at the bottom of a sheet; of a short one, all are at both."""
    yield from (("top", at) for at in sheet[:EDGE])
    yield from (("bottom", at) for at in sheet[-EDGE:])


def _numbers(lines: Sequence[str], sheets: Sequence[Sequence[int]]) -> dict[int, str]:
    """The numbers that count the sheets, alone on a line or in one that has the same words on each."""
    alone: dict[tuple[str, int], list[int]] = {}
    within: dict[tuple[str, str, int, int], list[int]] = {}
    for number, sheet in enumerate(sheets):
        for side, at in _edges(sheet):
            line = lines[at].strip()
            if match := _NUMBER.fullmatch(line):
                said = match[1].lower()
                value = int(said) if said.isdecimal() else _ROMANS.get(said, 0)
                alone.setdefault((side, value - number), []).append(at)
            for place, one in enumerate(re.findall("[0-9]+", line)[:9]):
                if len(one) < 6:
                    within.setdefault((side, _bare(line), place, int(one) - number), []).append(at)
    counting = [ats for ats in alone.values() if len(ats) > 1]
    counting += (ats for ats in within.values() if len(ats) > 2)
    return dict.fromkeys((at for ats in counting for at in ats), "it has the number of the page")


def _heads(lines: Sequence[str], sheets: Sequence[Sequence[int]]) -> dict[int, str]:
    """The lines that stand at the same edge of most sheets, but for their numbers."""
    found: dict[tuple[str, str], list[int]] = {}
    for sheet in sheets:
        for side, at in _edges(sheet):
            found.setdefault((side, _bare(lines[at])), []).append(at)
    counts = Counter(_bare(line) for line in lines)
    dropped: dict[int, str] = {}
    for (_, bare), ats in found.items():
        if sum(map(str.isalpha, bare)) < 3 or len(ats) < max(2, len(sheets) * FEWEST_SHEETS):
            continue
        # What stands nowhere else may be the title: it is kept once.
        only = "#" not in bare and counts[bare] == len(ats) and ats[0] in sheets[0]
        dropped.update(dict.fromkeys(ats[only:], "it stands on most pages"))
    return dropped


def _bare(line: str) -> str:
    return re.sub("[0-9]+", "#", " ".join(line.split())).casefold()


def _turns(sheets: Sequence[Sequence[int]], dropped: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """The last line of each sheet and the first of the next."""
    kept = [[at for at in sheet if at not in dropped] for sheet in sheets]
    ends = [(sheet[0], sheet[-1]) for sheet in kept if sheet]
    yield from ((above, below) for (_, above), (below, _) in pairwise(ends))


def _goes_on(last: str, first: str) -> bool:
    """Whether a paragraph goes on from the last line of a sheet to the first of the next."""
    if last.endswith(ENDED) or _STARTS.match(first):
        return False
    return first[0].islower() or len(last) >= FULL


def columns(lines: Sequence[str]) -> Iterator[str]:
    """A sentence for a person, where many lines have wide gaps, as those of two columns have."""
    wide = [at for at, line in enumerate(lines) if _GAP.search(line.strip())]
    if len(wide) >= max(_FEW_GAPS, _MANY_GAPS * sum(bool(line.strip()) for line in lines)):
        yield (
            f"{len(wide)} lines have wide gaps, the first at line {wide[0] + 1}: they may be columns or a"
            " table. They are read straight across; compare them with the document."
        )


class Spelling:
    """How a word is written that the end of a line breaks: as elsewhere in the text."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the text; it is looked at when the first word is asked for."""
        self._lines = lines
        self._words: frozenset[str] = frozenset()
        self.mended: dict[str, None] = {}
        """The words that were put together without their hyphen."""
        self.kept: dict[str, None] = {}
        """The words that keep their hyphen, and which the text has nowhere else, with it or without."""

    def between(self, line: str, below: str) -> tuple[int, str]:
        """How many characters at the end of a line to leave out, and what stands between it and the next."""
        first = line[:-1].rpartition(" ")[2].lstrip("(\"'\u201c\u2018")
        second = _letters(below)
        if not line.endswith("-") or not first.replace("-", "").isalpha() or not second.islower():
            return 0, " "
        if second in {"and", "or", "to"}:
            return 0, " "  # pre- and postnatal
        if not self._words:
            self._words = frozenset(_tokens(self._lines))
        hyphened = f"{first}-{second}"
        if hyphened.casefold() in self._words:
            return 0, ""
        if (first + second).casefold() in self._words:
            self.mended[hyphened] = None
            return 1, ""
        self.kept[hyphened] = None
        return 0, ""

    def remarks(self) -> Iterator[str]:
        """A sentence for a person on the words that were mended, and one on those that may have to be."""
        if self.mended:
            yield (
                "Words that the end of a line broke were put together, as they are written elsewhere in the"
                f" text: {_named(self.mended)}."
            )
        if self.kept:
            yield (
                "Words that the end of a line broke keep their hyphen, as the text does not have them"
                f" elsewhere: {_named(self.kept)}. Take out those that only the line has made."
            )


def _named(words: Collection[str]) -> str:
    """The first of many words."""
    more = f", and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return f"{', '.join(islice(words, SHOWN))}{more}"


def _letters(line: str) -> str:
    found = re.match(r"[^\W\d_]+", line)
    return found[0] if found else ""


def _tokens(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from (found.casefold() for found in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line))
