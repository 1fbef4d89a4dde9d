"""The front matter of a chapter or page: text in, values with their places and diagnostics out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from chapterhouse.diagnostics import fault
from chapterhouse.fields import nodes
from chapterhouse.fields.accepting import ACCEPT
from chapterhouse.fields.nodes import Mapping
from chapterhouse.fields.reading import Reading
from chapterhouse.fields.scalars import Choice, Day, Flag, Text, Written
from chapterhouse.fields.shapes import Field, ListOf, Pairs, Shape
from chapterhouse.model import (
    Amendment,
    Correction,
    Diagnostic,
    Head,
    Kind,
    LastReview,
    Numbering,
    Review,
    Source,
    Status,
    UnderReview,
)

LINE = Text()
PROSE = Text(longest=2000)
# Nine digits hold any number of a manual.
DIGITS = "[0-9]{1,9}"
VERSION = Written(
    "a version number",
    rf"{DIGITS}(\.{DIGITS})*",
    'write it in numerals, at most nine together, for example "3" or "3.1"',
)
CHAPTER = Written(
    "a chapter number",
    rf"[A-Z]{{0,4}}{DIGITS}(\.{DIGITS})*[A-Z]?",
    "write it like PA5, 2.2 or 2.2A",
)
PLACE = Written(
    "a paragraph number",
    r"[^\s/#]{1,80}",
    "write it as it is printed, for example 3.4",
)
SLUG = Written("a slug", r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", "write it like core/referrals")
ROLE = Written("the id of a role", r"[a-z0-9]+(-[a-z0-9]+)*", "write it as it stands in parts.yml")


def _correction(**values: Any) -> Correction:
    return Correction(values["version"], values["from"], values["until"])


LAST_REVIEW = Shape(
    "a record of the last review",
    {
        "date": Field(Day(), required=True, about="The day on which the check was done."),
        "by": Field(LINE, required=True, about="Who did it: a post, not a name."),
        "checked": Field(ListOf(LINE), required=True, about="What was looked at: law, links, contacts."),
        "outcome": Field(LINE, required=True, about="What was found, for example: no change."),
    },
    LastReview,
)
REVIEW = Shape(
    "a record of the review",
    {
        "due": Field(Day(), required=True, about="The day by which the owner checks the chapter again."),
        "last": Field(LAST_REVIEW, about="The last time that it was done."),
    },
    Review,
)
UNDER_REVIEW = Shape(
    "a record with since, reason, still_applies, meanwhile, paragraphs and expected",
    {
        "since": Field(Day(), required=True, about="The day from which the chapter is under review."),
        "reason": Field(PROSE, required=True, about="Why, in words for the reader."),
        "still_applies": Field(Flag(), required=True, about="Whether the text below may be relied on."),
        "meanwhile": Field(PROSE, required=True, about="What the reader is to follow until it is settled."),
        "paragraphs": Field(ListOf(PLACE), required=True, about="The paragraphs that are touched."),
        "expected": Field(Day(), required=True, about="When the new text is expected."),
    },
    UnderReview,
    incomplete="under-review-incomplete",
)
CORRECTS = Shape(
    "a record with version, from and until",
    {
        "version": Field(VERSION, required=True, about="The version that was published in error."),
        "from": Field(Day(), required=True, about="The first day on which it was shown."),
        "until": Field(Day(), required=True, about="The last day on which it was shown."),
    },
    _correction,
)
AMENDMENT = Shape(
    "a record of an amendment",
    {
        "version": Field(VERSION, required=True, about="The version that it made."),
        "effective": Field(Day(), required=True, about="The day from which the version applies."),
        "published": Field(Day(), required=True, about="The day on which it was published."),
        "kind": Field(Choice(get_args(Kind)), required=True, about="What was done."),
        "summary": Field(PROSE, required=True, about="What changed, in words for the reader."),
        "paragraphs": Field(ListOf(PLACE), about="The paragraphs that changed."),
        "because": Field(ListOf(LINE), about="Why: ids of instruments (ukpga/2022/31), or words."),
        "approved_by": Field(LINE, about="Who approved it."),
        "reason": Field(PROSE, about="Why it takes effect before it was published."),
        "action": Field(PROSE, about="What readers must now do."),
        "roles": Field(ListOf(ROLE), about="Whom it concerns."),
        "renumbered": Field(Pairs(PLACE, PLACE), about="Old paragraph numbers and their new ones."),
        "corrects": Field(CORRECTS, about="Which version was published in error, and when."),
    },
    Amendment,
)
CHAPTER_HEAD = Shape(
    "the front matter of a chapter",
    {
        "chapter": Field(CHAPTER, required=True, about="The chapter's number: PA5, 2.2 or 2.2A."),
        "title": Field(LINE, required=True, about="The chapter's title, plain text."),
        "version": Field(VERSION, about="The newest amendment's version; absent on a draft."),
        "owner": Field(LINE, required=True, about="The body that keeps the chapter."),
        "status": Field(Choice(get_args(Status)), about="Absent means published."),
        "numbering": Field(Choice(get_args(Numbering)), about="How paragraphs are numbered."),
        "roles": Field(ListOf(ROLE), about="Whom the chapter concerns; ids from parts.yml."),
        "review": Field(REVIEW, about="The owner's periodic check; required once published."),
        "under_review": Field(UNDER_REVIEW, about="Only while the chapter is under review."),
        "formerly": Field(ListOf(SLUG), about="Old slugs, so that old addresses still work."),
        "accept": Field(ListOf(ACCEPT), about="Diagnostics accepted on purpose."),
        "amendments": Field(ListOf(AMENDMENT), about="The records, newest first."),
    },
    Head,
)
PAGE_HEAD = Shape(
    "the front matter of a page",
    {"title": Field(LINE, required=True, about="The page's title, plain text.")},
    dict,
)

OR_DRAFT = ", or `status: draft`"
"""The other cure where a key is missing; none for a chapter that was ever published."""
FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
CLOSING = re.compile(r"(?:\r\n|\n|\r)---[ \t]*(?=\r\n|\n|\r|\Z)(?:\r\n|\n|\r)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the front matter of a text stands, as offsets."""

    start: int
    """Where its first key may stand, below the opening line of hyphens."""
    end: int
    """Where it ends, above the closing line; without one, where the text ends."""
    body: int
    """Where the text below it starts."""
    closed: bool


def bounds(text: str) -> Bounds | None:
    """Where the front matter of a text stands; None where the text does not start with one."""
    first = 1 if text.startswith("\ufeff") else 0
    opening = FENCE.match(text, first)
    if opening is None:
        return None
    # The closing line may follow at once, so its line end may be the opening line's own.
    closing = CLOSING.search(text, max(opening.end() - 1, first + 3))
    if closing is None:
        return Bounds(opening.end(), len(text), len(text), closed=False)
    return Bounds(opening.end(), max(closing.start(), opening.end()), closing.end(), closed=True)


def tree(source: Source) -> Mapping | None:
    """The front matter as keys with the places of their values; None where it cannot be read."""
    found = bounds(source.text)
    if found is None or not found.closed:
        return None
    node, _ = nodes.read(source, found.start, found.end)
    return node if isinstance(node, Mapping) else None


def read(source: Source) -> tuple[Head, int, tuple[Diagnostic, ...]]:
    """A chapter's head, the offset at which its body starts, and what is wrong with the head.

    A head with faults is still a head: what was refused is empty, so that the rest of the file, and of
    the manual, can be checked in the same run.
    """
    values, body, reading = _values(source, CHAPTER_HEAD)
    places = MappingProxyType(reading.places)
    if values is None:
        return Head(places=places), body, tuple(reading.faults)
    wanted = {"version": VERSION.name, "amendments": "a list", "review": "a record"}
    if values.get("status") == "draft":
        wanted = {}
    elif values.get("status") == "withdrawn":
        del wanted["review"]
    for name, what in wanted.items():
        if name not in reading.places:
            message = f"a published chapter has no {name}"
            hint = f"add `{name}:` with {what}{OR_DRAFT}"
            reading.faults.append(fault("missing-key", source, source.line_span(1), message, hint))
    return Head(**values, places=places, unread=frozenset(reading.unread)), body, tuple(reading.faults)


def read_page(source: Source) -> tuple[str, int, tuple[Diagnostic, ...]]:
    """A page's title, the offset at which its body starts, and what is wrong with the front matter."""
    values, body, reading = _values(source, PAGE_HEAD)
    return str((values or {}).get("title", "")), body, tuple(reading.faults)


def _values(source: Source, shape: Shape) -> tuple[dict[str, Any] | None, int, Reading]:
    reading = Reading(source)
    found = bounds(source.text)
    if found is None:
        reading.faults.append(
            fault(
                "no-front-matter",
                source,
                source.line_span(1),
                "the file does not start with front matter",
                "write a line of three hyphens (---), the keys, and another line of three hyphens",
            )
        )
        return None, 1 if source.text.startswith("\ufeff") else 0, reading
    if not found.closed:
        reading.faults.append(
            fault(
                "no-front-matter",
                source,
                source.line_span(1),
                "the front matter is opened here and never closed",
                "write a line of three hyphens (---) below its last key",
            )
        )
        return None, found.body, reading
    node, faults = nodes.read(source, found.start, found.end)
    reading.faults.extend(faults)
    if node is None:
        if not faults:
            reading.faults.append(
                fault(
                    "no-front-matter",
                    source,
                    source.line_span(1),
                    "the front matter is empty",
                    "write the keys between the two lines of hyphens",
                )
            )
        return None, found.body, reading
    return shape.values(node, reading, ""), found.body, reading


def schema() -> dict[str, Any]:
    """The JSON Schema of a chapter's front matter, for editors' programs."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a chapter",
        **CHAPTER_HEAD.schema(),
        "allOf": [
            {"if": _status("draft"), "else": {"required": ["version", "amendments"]}},
            {"if": _status("draft", "withdrawn"), "else": {"required": ["review"]}},
        ],
    }


def _status(*words: str) -> dict[str, Any]:
    return {"properties": {"status": {"enum": list(words)}}, "required": ["status"]}
