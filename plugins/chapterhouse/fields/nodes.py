"""YAML text as a tree of nodes that know their places.

Built from libyaml's events and not by `yaml.compose`: the composer is recursive, so that text nested
100,000 deep ends the process before any depth can be counted. Scalars stay text: YAML's own types would
turn version 1.10 into 1.1, `no` into false and 12:30 into 750.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from chapterhouse.diagnostics import fault, hidden
from chapterhouse.model import Diagnostic, Source

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 12

# libyaml would stop at some hidden characters, and takes others for line ends, which editors' programs do
# not. Each has been reported by the time it reads; this letter of no alphabet stands in for it.
STAND_IN = "\ue000"
NULL = frozenset({"~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as text; `start` and `end` are offsets into the source, quotes included."""

    start: int
    end: int
    text: str
    empty: bool = False
    """Nothing was written, or YAML's own word for nothing."""
    refused: bool = False
    """A diagnostic has been given already; there is no value."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    start: int
    end: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file, duplicates left out."""

    start: int
    end: int
    entries: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Sequence | Mapping


def read(
    source: Source, start: int, end: int, most: int = MAX_CHARACTERS
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of the YAML in `source.text[start:end]`, and what is wrong with it.

    More than `most` characters are not read. The tree is None where there is nothing, or where the fault
    leaves nothing that can be relied on.
    """
    if end - start > most:
        message = f"{end - start:,} characters of YAML; at most {most:,} are read"
        return None, (fault("too-large", source, source.span(start, start), message, "shorten it"),)
    builder = _Builder(source, start)
    builder.faults.extend(hidden.check(source, start, end))
    text = hidden.HIDDEN.sub(lambda run: STAND_IN * len(run[0]), source.text[start:end])
    try:
        tree = builder.build(text)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.faults, _broken(source, start, end, error))
    return tree, tuple(builder.faults)


class _TooDeepError(Exception):
    """Raised at the first node that is nested too deep; nothing below it is read."""


class _Builder:
    """Turns one stream of events into a tree, remembering what it refused."""

    def __init__(self, source: Source, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.faults: list[Diagnostic] = []

    def build(self, text: str) -> Node | None:
        events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        root: Node | None = None
        documents = 0
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._refuse(
                            "broken-yaml", event, "a second YAML document starts here", "delete this line"
                        )
                        return None
                elif isinstance(event, yaml.NodeEvent):
                    root = self._node(event, events, 1)
        except _TooDeepError:
            return None
        return root

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Node:
        start, end = self._place(event)
        if depth > MAX_DEPTH:
            self._refuse(
                "too-deep", event, f"nested more than {MAX_DEPTH} deep", "bring it nearer to the margin"
            )
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-alias", event, f"*{event.anchor} is a YAML alias", "write the value out")
            return Scalar(start, end, "", refused=True)
        if event.anchor:
            self._refuse("yaml-alias", event, f"&{event.anchor} is a YAML anchor", f"delete &{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse("yaml-tag", event, f"{_short(tag)} is a YAML tag", "delete it; values are text")
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
            if hidden.HIDDEN.search(self.source.text, start, end):
                value = value.replace(STAND_IN, "")
            plain = not event.style
            empty = plain and (not value or value in NULL)
            return Scalar(start, end, "" if empty else value, empty)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(start, events, depth)
        return self._mapping(start, events, depth)

    def _sequence(self, start: int, events: Iterator[yaml.Event], depth: int) -> Sequence:
        items: list[Node] = []
        event = next(events)
        while isinstance(event, yaml.NodeEvent):
            items.append(self._node(event, events, depth + 1))
            event = next(events)
        return Sequence(start, self._content_end(start, event), tuple(items))

    def _mapping(self, start: int, events: Iterator[yaml.Event], depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        event = next(events)
        while isinstance(event, yaml.NodeEvent):
            key = self._node(event, events, depth + 1)
            key_event, event = event, next(events)
            assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - libyaml gives every key a value
            value = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse("broken-yaml", key_event, "a key must be a word", "write it as `word: value`")
            elif key.text == "<<":
                self._refuse("yaml-alias", key_event, "<< is a YAML merge key", "write the keys out")
            elif key.text in seen:
                first = self.source.span(seen[key.text].start, seen[key.text].end).line
                self._refuse(
                    "duplicate-key",
                    key_event,
                    f"{_short(key.text)} is written twice; first on line {first}",
                    "keep one of them",
                )
            else:
                seen[key.text] = key
                entries.append((key, value))
            event = next(events)
        return Mapping(start, self._content_end(start, event), tuple(entries))

    def _content_end(self, start: int, event: yaml.Event) -> int:
        # A block ends where the next token starts, lines later; a reader means its last character.
        end = self._offset(event.end_mark)
        return start + len(self.source.text[start:end].rstrip())

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        return start, max(start, start + len(self.source.text[start:end].rstrip()))

    def _offset(self, mark: Any) -> int:
        # libyaml counts characters, whatever it takes for a line end.
        return self.offset + int(mark.index)

    def _refuse(self, code: str, event: yaml.Event, message: str, hint: str) -> None:
        start, end = self._place(event)
        stop = next((i for i in range(start, end) if self.source.text[i] in "\r\n"), end)
        self.faults.append(fault(code, self.source, self.source.span(start, stop), message, hint))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


# What libyaml says, and what an editor needs to be told: (its words, ours, the cure).
MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a value",
        'put the whole value in double quotes: "..."',
    ),
    (
        "found unexpected end of stream",
        "a quotation mark is opened here and never closed",
        "close it at the end of the value",
    ),
    (
        "did not find expected ',' or ']'",
        "a list is opened here with [ and never closed",
        "close it with ]",
    ),
    (
        "did not find expected ',' or '}'",
        "a record is opened here with { and never closed",
        "close it with }",
    ),
    (
        "did not find expected key",
        "a key was expected here",
        "line the keys up under one another; put a value with special characters in double quotes",
    ),
    (
        "did not find expected '-' indicator",
        "a list item was expected here",
        "begin each item of the list with - in the same column",
    ),
    (
        "could not find expected ':'",
        "a key without a colon",
        "write it as `key: value`",
    ),
    (
        "unknown escape character",
        "a backslash inside double quotes",
        "write two backslashes, or use single quotes",
    ),
)


def _broken(source: Source, offset: int, limit: int, error: yaml.MarkedYAMLError) -> Diagnostic:
    problem = error.problem or "not YAML"
    opened_here = "never closed"
    words, hint = problem, "see docs/diagnostics.md#broken-yaml"
    for theirs, ours, cure in MEANINGS:
        if theirs in problem:
            words, hint = ours, cure
            break
    mark = error.problem_mark
    if opened_here in words and error.context_mark is not None:
        mark = error.context_mark
    index = min(offset + int(mark.index), limit) if mark is not None else offset
    if "cannot start any token" in problem:
        character = source.text[index : index + 1]
        if character == "\t":
            words, hint = "a tab stands before the text", "indent with spaces"
        else:
            words = f"a value cannot start with {character}"
            hint = "put the whole value in double quotes"
    end = index + 1 if source.text[index : index + 1] not in ("", "\n", "\r") else index
    return fault("broken-yaml", source, source.span(index, end), f"broken YAML: {words}", hint)
