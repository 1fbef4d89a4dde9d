"""What looks like a number and is none: a paragraph that its editor believes to be there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from chapterhouse.chapters.headings import heading
from chapterhouse.chapters.lines import Line
from chapterhouse.chapters.numbers import NUMBER, WHOLE, numerals, printed, split
from chapterhouse.diagnostics import fault
from chapterhouse.model import Diagnostic, Numbering, Source

SECTIONED = NUMBER["sections"]
LETTER = r"[^\W\d_]"
DOTTED = r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}"
# `2.5m`, `10.30am`: a measure, not a number without its space.
UNIT = re.compile(r"(?:[ap]\.?m|km|cm|mm|kg|mg|ml|bn|th|st|nd|rd|hrs?|mins?|[g-z])\b")
INSIDE = "it stands inside a block"
# What follows one of these without a blank line belongs to it.
SWALLOWING = frozenset({"table", "quote", "note", "box", "indented"})
LONGEST = 3
"""The digits of a number in a continuous chapter; a wrapped line may well start with a year."""

# Each with the number as meant in group 1, and what keeps it from being one.
PATTERNS: dict[Numbering, tuple[tuple[re.Pattern[str], str], ...]] = {
    "sections": (
        (re.compile(rf"({SECTIONED})[.):;,]*\s*$"), "no text stands after it on its line"),
        (re.compile(rf"({SECTIONED})[.):\u2013\u2014-]+(?=\s)"), "a sign stands after it"),
        (re.compile(rf"({DOTTED})\.?(?={LETTER})"), "no space stands after it"),
        (re.compile(rf"\(({SECTIONED})\)"), "it stands in brackets"),
        (re.compile(rf"[*_]{{1,3}}({SECTIONED})[.):]?(?=[*_\s])"), "it stands in emphasis"),
        (re.compile(r"([0-9]{1,9}(?:\s+\.\s*[0-9]{1,9}){1,3})(?=\s)"), "a space stands inside it"),
        (re.compile(rf"({DOTTED}(?:\.[0-9]{{1,9}})+[A-Z]{{0,2}})(?=\s)"), "it has more than four parts"),
        (re.compile(rf"\u00a7\s?({SECTIONED})(?=\s)"), "a sign stands before it"),
        (re.compile(rf"(?:<[a-z]{{1,9}}>|\[)({SECTIONED})(?=</|\])"), "it stands in other signs"),
        (re.compile(r"([0-9]{1,9}\.[0-9]{0,2}[Ol])(?=\s)"), "a letter stands for a digit"),
    ),
    "continuous": (
        (re.compile(r"([0-9]{1,9}[A-Z]{0,2})\.\s*$"), "no text stands after it on its line"),
        (re.compile(rf"([0-9]{{1,9}})\.(?={LETTER})"), "no space stands after it"),
        (re.compile(rf"({SECTIONED})\.?(?=\s)"), "it has more than one part, and this chapter is continuous"),
        (re.compile(r"[*_]{1,3}([0-9]{1,9}[A-Z]{0,2})\.(?=[*_\s])"), "it stands in emphasis"),
    ),
}
# `23 Text`, `23) Text`: only where 23 is the next number is it no accident.
NEXT = re.compile(r"[(*_]{0,3}([0-9]{1,9}[A-Za-z]{0,2})(?:[.):*_]{1,4}|\s+\.)?(?=\s)")
SECTION = re.compile(r"([*_]{0,3})([0-9]{1,9})([A-Z]{0,2})(\.(?![0-9])|[):]|(?=\s))(\s)?")


class Watch:
    """Follows the lines of one chapter."""

    def __init__(self, source: Source, numbering: Numbering) -> None:
        self.source = source
        self.numbering = numbering
        self.last = 0
        """The first numeral of the number before."""
        self.section = 0
        """The number of the section before."""
        self.barred = False
        """Whether the table before, or around, has a bar at the start of its header."""
        self.seen: set[tuple[int, ...]] = set()
        """What was reported, as numerals."""

    def look(self, line: Line) -> Iterator[Diagnostic]:
        """The look-alike at the start of `line`, if there is one."""
        if self.numbering == "none":
            return
        if line.kind == "number":
            number, _ = split(line.text, self.numbering) or ("0", "")
            self.last = numerals(number)[0]
        elif line.kind == "heading" and self.numbering == "sections":
            yield from self._heading(line)
        elif line.kind == "table" and "|" in line.text:
            yield from self._row(line)
        elif line.kind in SWALLOWING and not line.opens:
            if (split_ := split(line.text, self.numbering)) and self._meant(split_[0]):
                yield self._fault(line, 0, split_[0], INSIDE, "leave a blank line above it")
        elif line.kind in {"text", "list"}:
            text = line.text.lstrip(" ")
            # Ends most looks: no look-alike starts with a letter.
            if not text[0].isalpha():
                yield from self._line(line, text, len(line.text) - len(text))

    def _row(self, line: Line) -> Iterator[Diagnostic]:
        """A number before the first bar of a table: only in the header, or where rows start with a bar."""
        if line.opens:
            self.barred = line.text.lstrip(" ").startswith("|")
        number = split(line.text, self.numbering) if line.opens or self.barred else None
        if number and self._meant(number[0]):
            cure = (
                "write its text, a blank line, and then the table"
                if line.opens
                else "leave a blank line above it"
            )
            yield self._fault(line, 0, number[0], "it stands in a table", cure)

    def _line(self, line: Line, text: str, indent: int) -> Iterator[Diagnostic]:
        number = split(text, self.numbering)
        if number and not line.starts:
            if indent == 0 and self._meant(number[0]):
                yield self._fault(line, 0, number[0], INSIDE, "leave a blank line above it")
        elif number:
            if self.numbering == "sections" or self._next(number[0]):
                yield self._fault(line, indent, number[0], "spaces stand before it", "take the spaces away")
        elif line.starts:
            yield from self._block(line, text, indent)
        elif (
            indent == 0 and self.numbering == "sections" and (match := PATTERNS["sections"][1][0].match(text))
        ):
            yield self._fault(
                line,
                0,
                match[1],
                INSIDE,
                f"leave a blank line above it and write {match[1]}",
            )

    def _block(self, line: Line, text: str, indent: int) -> Iterator[Diagnostic]:
        """The first line of a block that does not start with a number of the grammar."""
        for pattern, wrong in PATTERNS[self.numbering]:
            if match := pattern.match(text):
                number = match[1]
                after = text[match.end(1) :]
                if pattern is PATTERNS["sections"][2][0] and UNIT.match(after):
                    return
                letter = re.match(r"[a-f](?=\s)", after) if number else None
                if letter:
                    meant = number + letter[0].upper()
                    yield self._fault(
                        line,
                        indent + match.start(1),
                        number + letter[0],
                        "its letter is small",
                        f"write {meant}",
                    )
                else:
                    yield self._fault(line, indent + match.start(1), number, wrong, self._cure(number, wrong))
                return
        if not text[0].isascii():
            yield from self._digits(line, text, indent)
        elif self.numbering == "continuous" and (match := NEXT.match(text)) and self._next(match[1].upper()):
            yield self._fault(
                line,
                indent + match.start(1),
                match[1],
                "no full stop stands after it" if "." not in match[0] else "it is not written as one",
                f"write {match[1].upper()}. and a space",
            )

    def _digits(self, line: Line, text: str, indent: int) -> Iterator[Diagnostic]:
        word = text.split(maxsplit=1)[0]
        plain = "".join(
            str(unicodedata.decimal(character)) if character.isdecimal() else character
            for character in unicodedata.normalize("NFKC", word[:60])
        )
        bare = plain.removesuffix(".") if self.numbering == "continuous" else plain
        if len(word) <= 60 and WHOLE[self.numbering].fullmatch(bare):
            yield self._fault(
                line, indent, word, "its digits or stops are not the plain ones", f"write {plain}"
            )

    def _heading(self, line: Line) -> Iterator[Diagnostic]:
        level, text = heading(line.text) or (0, "")
        match = SECTION.match(text)
        if match is None:
            return
        emphasis, number, letters, sign, space = match.groups()
        follows = int(number) == self.section + 1
        good = not emphasis and not letters and sign == "." and bool(space)
        if good and level == 2:
            self.section = int(number)
            return
        if (level == 2 and (sign or follows)) or (level > 2 and sign == "." and follows):
            column = line.text.find(number)
            yield fault(
                "number-lookalike",
                self.source,
                self.source.line_span(line.number, column, column + len(number) + len(letters)),
                f"{number}{letters} is not taken as the number of a section",
                f"write ## {number}. Title, with a full stop and a space",
            )

    def _meant(self, number: str) -> bool:
        """Whether a number inside a block may be meant: a year at the start of a wrapped line is not."""
        return self.numbering == "sections" or len(number) <= LONGEST or self._next(number)

    def _next(self, number: str) -> bool:
        numeral = numerals(number)[0]
        return numeral == self.last + 1 or (numeral == self.last and not number[-1].isdigit())

    def _cure(self, number: str, wrong: str) -> str:
        if wrong.startswith("no text"):
            return "write its text on the same line"
        if "part" in wrong:
            return "number it " + (
                str(self.last + 1) + "." if self.numbering == "continuous" else "in four parts or fewer"
            )
        if wrong.startswith("a letter"):
            number = number.replace("O", "0").replace("l", "1")
        return f"write {printed(''.join(number.split()), self.numbering)} and a space"

    def _fault(self, line: Line, column: int, number: str, wrong: str, cure: str) -> Diagnostic:
        self.seen.add(numerals(number))
        stop = number.find(".")
        escaped = f"{number[:stop]}\\{number[stop:]}" if stop > 0 else f"{number}\\."
        return fault(
            "number-lookalike",
            self.source,
            self.source.line_span(line.number, column, column + len(number)),
            f"{number} is not taken as the number of a paragraph: {wrong}",
            f"{cure}; if it is no number of a paragraph, write {escaped}",
        )
