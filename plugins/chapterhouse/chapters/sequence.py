"""Numbers that stand twice, out of order, after a gap, or in another section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chapterhouse.chapters.numbers import key, numerals
from chapterhouse.diagnostics import fault
from chapterhouse.model import Body, Diagnostic, Numbering, Paragraph, Section, Source, Span

Numerals = tuple[int, ...]
DOTTED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})+")


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
    now = numerals(item.number)
    if place.section and now[0] != int(place.section):
        # The numbers after a heading that is missing are one slip; and none of them says what is next.
        if now[0] != place.stray:
            yield fault(
                "number-section",
                source,
                span,
                f"paragraph {item.number} stands in section {place.section}",
                f"number it {place.section}.{item.number.partition('.')[2]},"
                f" or write its heading above it: ## {now[0]}. Title",
            )
        place.stray, place.last, place.gap = now[0], "", "stray"
        return
    before, suspect = place.last, place.gap
    place.last, place.gap, place.stray = item.number, "", -1
    if suspect == "stray":
        return
    if before and key(item.number) < key(before):
        if not suspect or key(item.number) < key(suspect):
            yield fault(
                "number-order",
                source,
                span,
                f"paragraph {item.number} comes after {before}",
                "move it, or put its number right",
            )
        return
    missing = expected(numerals(before), now, place.section)
    if missing and missing not in known:
        place.gap = before or "0"
        number = ".".join(map(str, missing))
        yield fault(
            "number-gap",
            source,
            span,
            f"paragraph {number} is missing: {item.number} "
            + (f"follows {before}" if before else "comes first"),
            f"number it {number}, or keep the place of a paragraph that was taken out: {number} [Removed]",
        )


def expected(before: Numerals, now: Numerals, section: str = "") -> Numerals | None:
    """The number that should stand between `before` and `now`; None where `now` may follow.

    `before` is empty at the start of a chapter or of a numbered `section`. Letters do not matter:
    3.2 and 3.2A are one place.
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
