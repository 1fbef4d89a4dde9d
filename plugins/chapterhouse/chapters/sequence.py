"""Numbers that stand twice, out of order, after a gap, or in another section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from chapterhouse.chapters.numbers import key, numerals
from chapterhouse.diagnostics import fault
from chapterhouse.model import Body, Diagnostic, Numbering, Paragraph, Section, Source, Span

Numerals = tuple[int, ...]
DOTTED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})+")
FEW = 5
"""How many numbers missing in a row are named each; of more, the first and what comes after them."""


class Slip(NamedTuple):
    """What is wrong where a number comes next."""

    kind: Literal["section", "order", "gap"]
    before: str = ""
    """The number before; empty where there is none."""
    missing: Numerals = ()
    """The first that should stand between, after a gap."""


@dataclass(slots=True)
class Place:
    """Where the reading of the numbers has come to."""

    section: str = ""
    """The number of the section; empty where sections have none."""
    section_line: int = 0
    last: str = ""
    """The number before; empty where the next one has nothing to follow."""
    gap: str = ""
    """The number before `last`, where a gap was reported at `last`: it may be `last` that is wrong."""
    stray: int = -1
    """The first numeral of numbers already reported as being in the wrong section."""

    def follow(self, number: str, known: frozenset[Numerals]) -> Slip | None:
        """What is wrong with `number` as the next; then it is the last. What is `known` is not missing."""
        now = numerals(number)
        if self.section and now[0] != int(self.section):
            # The numbers after a heading that is missing are one slip; and none of them says what is next.
            told = now[0] == self.stray
            self.stray, self.last, self.gap = now[0], "", "stray"
            return None if told else Slip("section")
        before, suspect = self.last, self.gap
        self.last, self.gap, self.stray = number, "", -1
        if suspect == "stray":
            return None
        if before and key(number) < key(before):
            return Slip("order", before) if not suspect or key(number) < key(suspect) else None
        missing = expected(numerals(before), now, self.section)
        if missing is None:
            return None
        if missing not in known:
            self.gap = before or "0"
        return Slip("gap", before, missing)


def check(
    source: Source, body: Body, numbering: Numbering, lookalikes: frozenset[Numerals] = frozenset()
) -> Iterator[Diagnostic]:
    """What is wrong with the order of the numbers of `body`. One diagnostic for one slip of the pen.

    A number among `lookalikes` has been reported already, and is not missing as well.
    """
    if numbering == "none":
        return
    yield from _sections(source, body)
    known = lookalikes | {numerals(paragraph.number) for paragraph in body.paragraphs}
    known |= {numerals(match[0]) for s in body.sections if (match := DOTTED.match(s.title))}
    place = Place()
    first: dict[str, int] = {}
    items: list[Section | Paragraph] = [*body.sections, *body.paragraphs]
    for item in sorted(items, key=lambda item: item.line):
        if isinstance(item, Section):
            if item.number:
                place = Place(item.number, item.line)
            elif item.level <= 2:
                place.section = ""
        elif item.number in first:
            yield _twice(source, "paragraph", item.number, item.line, first[item.number])
        else:
            first[item.number] = item.line
            yield from _paragraph(source, item, place, known)


def _sections(source: Source, body: Body) -> Iterator[Diagnostic]:
    numbered = [section for section in body.sections if section.number]
    known = {int(section.number) for section in numbered}
    first: dict[int, int] = {}
    last = 0
    for section in numbered:
        number = int(section.number)
        span = _title(source, section)
        if number in first:
            yield _twice(source, "section", section.number, section.line, first[number])
            continue
        first[number] = section.line
        if number < last:
            yield fault(
                "number-order",
                source,
                span,
                f"section {number} comes after section {last}",
                "move it, or put its number right",
            )
        elif missing := [n for n in range(last + 1, min(number, last + 100)) if n not in known]:
            yield fault(
                "number-gap",
                source,
                span,
                f"section {missing[0]} is missing: section {number} "
                + (f"follows section {last}" if last else "is the first"),
                f"number it {missing[0]}, or write the section that is missing",
            )
        last = number


def _title(source: Source, section: Section) -> Span:
    column = source.line(section.line).find(section.number)
    return source.line_span(section.line, column, column + len(section.number))


def _twice(source: Source, noun: str, number: str, line: int, first: int) -> Diagnostic:
    column = max(source.line(line).find(number), 0)
    return fault(
        "duplicate-paragraph",
        source,
        source.line_span(line, column, column + len(number)),
        f"{noun} {number} is there twice: the first is on line {first}",
        f"give this one a number of its own, such as {number}A"
        if noun == "paragraph" and number[-1].isdigit()
        else "give this one a number of its own",
    )


def _paragraph(
    source: Source, item: Paragraph, place: Place, known: frozenset[Numerals]
) -> Iterator[Diagnostic]:
    span = source.line_span(item.line, 0, len(item.number))
    section = place.section
    slip = place.follow(item.number, known)
    if slip is None:
        return
    if slip.kind == "section":
        yield fault(
            "number-section",
            source,
            span,
            f"paragraph {item.number} stands in section {section}",
            f"number it {section}.{item.number.partition('.')[2]},"
            f" or write its heading above it: ## {numerals(item.number)[0]}. Title",
        )
    elif slip.kind == "order":
        yield fault(
            "number-order",
            source,
            span,
            f"paragraph {item.number} comes after {slip.before}",
            "move it, or put its number right",
        )
    elif slip.missing not in known:
        number = _dotted(slip.missing)
        yield fault(
            "number-gap",
            source,
            span,
            f"paragraph {number} is missing: {item.number} "
            + (f"follows {slip.before}" if slip.before else "comes first"),
            f"number it {number}, or keep the place of a paragraph that was taken out: {number} [Removed]",
        )


def _dotted(number: Numerals) -> str:
    return ".".join(map(str, number))


def gaps(items: Iterable[tuple[str, bool]], known: frozenset[Numerals]) -> Iterator[str]:
    """Every number that is missing, in order; many in a row as `2.4 until 2.90`.

    `items` has the numbers of sections and paragraphs as they stand, and of each whether it is a section's.
    What is `known` stands elsewhere.
    """
    place = Place()
    taken: set[str] = set()
    for number, is_section in items:
        if is_section:
            place = Place(number)
        elif number not in taken:
            taken.add(number)
            section = place.section
            slip = place.follow(number, known)
            if slip and slip.kind == "gap":
                yield from _between(slip, number, section, known)


def _between(slip: Slip, number: str, section: str, known: frozenset[Numerals]) -> Iterator[str]:
    """The numbers that are missing before `number`, without those that are known."""
    now = numerals(number)
    row = list(islice(_row(slip.missing, now, section), FEW + 1))
    missing = [_dotted(one) for one in row if one not in known]
    if len(row) > FEW and missing:
        yield f"{missing[0]} until {number}"
    else:
        yield from missing


def _row(first: Numerals, now: Numerals, section: str) -> Iterator[Numerals]:
    one: Numerals | None = first
    while one and one < now:
        yield one
        one = expected(one, now, section)


def expected(before: Numerals, now: Numerals, section: str = "") -> Numerals | None:
    """The number that should stand between `before` and `now`; None where `now` may follow.

    `before` is empty at the start of a chapter or of a numbered `section`, and never after `now`. Letters
    do not matter: 3.2 and 3.2A are one place.
    """
    head: Numerals
    if not before:
        head = (int(section),) if section else (1,)
        return _ones(head, now, 1)
    if now[: len(before)] == before:
        return None if len(now) <= len(before) + 1 and now[len(before) :] in {(), (1,)} else (*before, 1)
    level = next(index for index, (old, new) in enumerate(zip(before, now, strict=False)) if old != new)
    head = (*before[:level], before[level] + 1)
    if now[level] != head[-1]:
        head += (1,) * (min(len(now), 2) - len(head))
        return head
    if len(now) > len(before) and level:
        return head
    return _ones(head, now, level + 1)


def _ones(head: Numerals, now: Numerals, level: int) -> Numerals | None:
    """The number that `head` starts with where `now` does not: every later level starts at 1."""
    if now[: len(head)] != head:
        return head + (1,) * (min(len(now), 2) - len(head))
    for index in range(level, len(now)):
        if now[index] != 1:
            return (*now[:index], 1)
    return None
