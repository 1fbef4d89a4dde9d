"""The words of the templates a second time, on purpose.

A template that loses one of them, or says another, must not take the proof with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from chapterhouse import dates
from chapterhouse.citations import wording as law
from chapterhouse.law import Fact, Register, Standing, State
from chapterhouse.manual.wordings import ParagraphHistory, Wording
from chapterhouse.model import Amendment, Chapter, Kind, UnderReview
from chapterhouse.redline import Change
from chapterhouse.verify.built import fold

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        "new": "New chapter",
        "added": "Text added",
        "removed": "Text removed",
        "revised": "Text revised",
        "corrected": "Mistake corrected",
        "renumbered": "Paragraphs renumbered",
        "reviewed": "Review recorded",
        "withdrawn": "Chapter withdrawn",
    }
)

STATES: Mapping[State, str] = MappingProxyType(
    {
        "in-force": r"(?<!not )(?<!yet )\bin force\b",
        "repealed": "repealed",
        "revoked": "revoked",
        "superseded": "superseded",
        "prospective": "not (?:yet )?in force",
        "unknown": "not recorded",
    }
)
"""What a reader must be told of each state of the law, as patterns, whatever words the rest has."""
MARKS: Mapping[str, str] = MappingProxyType(
    {"superseded": "Superseded", "scheduled": "Not yet in force", "withdrawn": "Withdrawn"}
)
"""What stands across the sheets of a version that does not apply, by its state."""
BUILT_ON = re.compile(r"Site built [^.]+\. Check (https?://\S+) for the current version")
OVER = frozenset({"repealed", "revoked", "superseded"})


@dataclass(frozen=True)
class Notice:
    """One element that a page must have: its mark, its name in complaints, and its lines of text."""

    hook: str
    name: str
    lines: tuple[str, ...]
    targets: frozenset[str] = frozenset()
    """Where its links must lead, from the site's root."""


def notice(hook: str, name: str, said: Iterable[str], targets: Iterable[str] = ()) -> Notice:
    """A notice that says `said`, each a line of its own, with white space as readers see it."""
    return Notice(hook, name, tuple(fold(text) for text in said), frozenset(targets))


def published(said: Iterable[str], path: str) -> str:
    """Where a stamp says that the site is published: the address that it names for `path`, without that."""
    found = next((match[1] for line in said if (match := BUILT_ON.fullmatch(line))), "")
    return found.removesuffix(path) if found.endswith(f"/{path}") else ""


def stamp(what: str, standing: str, built: str, address: str, copy: str, check: str) -> list[str]:
    """The lines of a stamp of a version."""
    return [
        what,
        standing,
        f"Printed from the site built on {built}",
        f"Site built {built}. Check {address or 'the website of the manual'} for the current version",
        f"Copy {copy}: check it at {check}" if check else f"Copy {copy}",
    ]


def sentence(text: str) -> str:
    """A text that an editor wrote, with a full stop if it has no end of its own."""
    return text if text.endswith((".", "?", "!", ":", "…")) else f"{text}."


def due(day: date, today: date) -> str:
    """When a review is due, or that it is late."""
    if day < today:
        return f"Was due by {dates.long(day)} and has not been recorded"
    return f"Due by {dates.long(day)}"


def expected(day: date, today: date) -> str:
    """When the end of a declared review is expected, or that the day has passed."""
    if day < today:
        return f"Was expected by {dates.long(day)}; that date has passed"
    return f"Expected by {dates.long(day)}"


def paragraphs(numbers: Iterable[str], chapter: Chapter) -> str:
    """Paragraphs and sections that a record names."""
    sections = set(chapter.anchors) - chapter.numbers
    return ", ".join(f"section {number}" if number in sections else number for number in numbers)


def under_review(review: UnderReview, chapter: Chapter, today: date) -> list[str]:
    """The lines of the banner."""
    start = "since" if review.since <= today else "from"
    rule = f"Do not rely on the {'paragraphs named' if review.paragraphs else 'text'} below."
    return [
        f"Under review {start} {dates.long(review.since)}",
        sentence(review.reason),
        "The text below still applies." if review.still_applies else rule,
        *("Meanwhile", sentence(review.meanwhile)),
        *(("Paragraphs", paragraphs(review.paragraphs, chapter)) if review.paragraphs else ()),
        *("New text", expected(review.expected, today)),
    ]


def withdrawn(record: Amendment) -> list[str]:
    """The lines of the notice of a chapter that `record` withdrew."""
    rule = "Do not follow the text below."
    why = "This page keeps its address so that older references to it still lead somewhere."
    return [f"Withdrawn since {dates.long(record.effective)}", sentence(record.summary), f"{rule} {why}"]


def superseded(number: str, start: date, days: str, review: UnderReview | None) -> list[str]:
    """The first lines of the notice of a superseded version; `days` is empty if it never applied."""
    said = ["Superseded: this version is no longer in force"]
    if days:
        said.append(f"Version {number} was in force from {days}.")
    else:
        said.append(
            f"Version {number} never applied: a later version took effect on the same day,"
            f" {dates.long(start)}."
        )
    if review:
        said.append(f"It was under review from {dates.long(review.since)}: {sentence(review.reason)}")
    return said


def correction(record: Amendment) -> str:
    """That a later record put right a mistake; empty for a record that corrects none."""
    if record.corrects is None:
        return ""
    first, last = dates.long(record.corrects.start), dates.long(record.corrects.until)
    return (
        f"It was published with a mistake from {first} to {last}, put right by version {record.version}:"
        f" {sentence(record.summary)}"
    )


def turn(record: Amendment) -> str:
    """When a change comes, and what it does."""
    verb = "is withdrawn" if record.kind == "withdrawn" else "changes"
    return f"From {dates.long(record.effective)} this chapter {verb}: {sentence(record.summary)}"


def change(record: Amendment, chapter: Chapter) -> str:
    """A change to come."""
    named = f" Paragraphs: {paragraphs(record.paragraphs, chapter)}." if record.paragraphs else ""
    return turn(record) + named


def amendment(
    record: Amendment, chapter: Chapter, today: date, register: Register, *, here: bool
) -> list[str]:
    """The lines of one record in the list of amendments; `here` if the page shows its version."""
    first = f"Version {record.version}, effective {dates.long(record.effective)}"
    if record.published != record.effective:
        first += f", published {dates.long(record.published)}"
    first += " (the version on this page)" if here else ""
    first += " (not yet in force)" if record.effective > today else ""
    facts = {
        "Paragraphs": paragraphs(record.paragraphs, chapter),
        "Renumbered": "; ".join(
            f"{old} is now {paragraphs([new], chapter)}" for old, new in record.renumbered
        ),
        "Corrects": _corrected(record),
        "Because of": "; ".join(reason(text, register) for text in record.because),
        "Reason": sentence(record.reason) if record.reason else "",
        "What to do": sentence(record.action) if record.action else "",
        "Approved by": record.approved_by,
    }
    said = [first, f"{KINDS[record.kind]}: {sentence(record.summary)}"]
    return said + [text for name, value in facts.items() if value for text in (name, value)]


def reason(text: str, register: Register) -> str:
    """A reason in words: an instrument by its title."""
    target = law.named(register, text)
    return law.heading(register, target) if target else text


def state(register: Register, standing: Standing, day: date) -> str:
    """How the law stands, as the index and the pages of instruments tell it: with what took its place."""
    told = law.words(register, standing, day)
    said = [f"{told[:1].upper()}{told[1:]}"]
    for where, fact in _replaced(standing):
        names = list(dict.fromkeys(law.called(register, target) for target in fact.replaced_by))
        if any(name not in told for name in names):
            believed = "" if standing.settled else "believed "
            said.append(f"{believed}replaced{where} by {law.listed(names)}")
    return "; ".join(said)


def _replaced(standing: Standing) -> list[tuple[str, Fact]]:
    """The facts by which the law was replaced, each with where."""
    sides = [("", standing.state, standing.fact)]
    if standing.territory == "both":
        england = (" for England", standing.england, standing.england_fact)
        wales = (" for Wales", standing.wales, standing.wales_fact)
        sides = [side for side in (england, wales) if side[1] != "unknown" or side[2]]
        if len(sides) == 1 or standing.england_fact is standing.wales_fact:
            sides = [("", *side[1:]) for side in sides[:1]]
    return [(where, fact) for where, found, fact in sides if found in OVER and fact and fact.replaced_by]


def place(chapter: Chapter, anchor: str, paragraph: str) -> str:
    """What a place in a chapter is called."""
    for section in chapter.body.sections:
        if not paragraph and section.anchor == anchor:
            return f"section {section.number}" if section.number else fold(f"“{section.title}”")
    return paragraph or "the opening"


def _corrected(record: Amendment) -> str:
    if record.corrects is None:
        return ""
    first, last = dates.long(record.corrects.start), dates.long(record.corrects.until)
    return f"version {record.corrects.version}, as published from {first} to {last}"


def paragraph(one: ParagraphHistory, today: date) -> Iterator[str]:
    """What a chapter's history says of a paragraph: that it went, then a line on each text, newest first."""
    if one.removed:
        day, number = one.removed.amendment.effective, one.removed.number
        yield f"{'To be removed' if day > today else 'Removed'} on {dates.long(day)} by version {number}."
    for text in one.wordings:
        told = became(text.change)
        if text is one.first:
            told = "as first published." if one.original else "added."
        yield f"{_days(text, today)}, version {text.version.number}: {told}"


def _days(text: Wording, today: date) -> str:
    start, until = text.version.amendment.effective, text.until
    if until and until < start:
        return f"Dated {dates.long(start)}, never in force"
    if start > today:
        end = f" to {dates.long(until)}" if until else ""
        return f"Not yet in force: from {dates.long(start)}{end}"
    return f"From {dates.long(start)} to {dates.long(until)}" if until else f"Since {dates.long(start)}"


def became(change: Change) -> str:
    """What is said of a paragraph, a heading or a text that is another than before."""
    if change.state != "kept":
        return f"{change.state}."
    words = ", and its words changed." if change.wording else "; its words are the same."
    if change.was:
        return f"{change.kind} {change.was} is now {change.number}{words}"
    return f"moved to another place{words}" if change.moved else "changed."
