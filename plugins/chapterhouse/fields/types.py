"""Types of fields: how a value is read, what is said when it is not one, and its JSON Schema.

One table of shapes serves the validator and the schema that editors' programs read, so that they cannot
drift apart.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from chapterhouse import dates
from chapterhouse.diagnostics import fault
from chapterhouse.fields.nodes import Mapping, Node, Scalar, Sequence
from chapterhouse.model import Diagnostic, Source, Span

MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
# Direction overrides and invisible spaces: they make a title read otherwise than it is stored.
DECEIVING = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class Type(Protocol):
    """What a field may hold. `read` gives the value, or None after saying why not."""

    @property
    def name(self) -> str: ...

    def read(self, node: Node, reading: Reading, path: str) -> Any | None: ...

    def schema(self) -> dict[str, Any]: ...


@dataclass
class Reading:
    """One reading of one tree: gathers the faults, and the place of every value by its path."""

    source: Source
    faults: list[Diagnostic] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)

    unread: set[str] = field(default_factory=set)
    """The lists of which an item was refused."""

    def refuse(self, code: str, node: Node, message: str, hint: str = "", label: str = "") -> None:
        """Add a diagnostic at a node."""
        self.faults.append(fault(code, self.source, self.place(node), message, hint, label))

    def place(self, node: Node) -> Span:
        """The place of a node; of a block, its first line."""
        end = node.end
        stop = next((i for i in range(node.start, end) if self.source.text[i] in "\r\n"), end)
        return self.source.span(node.start, stop)

    def scalar(self, node: Node, path: str, wanted: str) -> str | None:
        """The text of a scalar, or None after saying that `wanted` was wanted."""
        if not isinstance(node, Scalar):
            found = "a list" if isinstance(node, Sequence) else "a record"
            self.refuse(
                "wrong-type", node, f"{_key(path)} must be {wanted}; this is {found}", "write one value"
            )
            return None
        if not node.text.strip():
            self.refuse("empty-value", node, f"{_key(path)} is empty", f"write {wanted}, or delete the key")
            return None
        return node.text


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text on one line. Markup is refused: a title is printed in many places, never rendered."""

    longest: int = 200
    name: str = "plain text"

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        text = reading.scalar(node, path, "plain text")
        if text is None:
            return None
        text = text.rstrip("\n")
        if "\n" in text:
            reading.refuse("wrong-type", node, f"{path} must stand on one line", "join the lines")
        elif len(text) > self.longest:
            length = f"{_key(path)} has {len(text):,} characters; at most {self.longest:,} fit"
            reading.refuse("wrong-type", node, length, "shorten it")
        elif match := MARKUP.search(text):
            reading.refuse(
                "markup-in-text",
                node,
                f"{_key(path)} is plain text, and {match[0][:40]} would be shown as it is typed",
                "write it without markup",
            )
        elif match := DECEIVING.search(text):
            reading.refuse(
                "control-character",
                node,
                f"the invisible character U+{ord(match[0]):04X} stands in {_key(path)}",
                "delete it, or type the text again",
            )
        else:
            return text.strip()
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Written:
    """Text of a fixed form: a version, a chapter number, a slug."""

    name: str
    form: str
    hint: str
    numeric: bool = False
    """True where YAML's own reading may be a number, as of `version: 3`."""

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        text = reading.scalar(node, path, self.name)
        if text is None:
            return None
        if re.fullmatch(self.form, text):
            return text
        reading.refuse("wrong-type", node, f"{_key(path)} must be {self.name}", self.hint)
        return None

    def schema(self) -> dict[str, Any]:
        form = {"type": "string", "pattern": f"^(?:{self.form})$"}
        return {"anyOf": [form, {"type": "number"}]} if self.numeric else form


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date."""

    name: str = "a date"

    def read(self, node: Node, reading: Reading, path: str) -> date | None:
        text = reading.scalar(node, path, "a date, as YYYY-MM-DD")
        if text is None:
            return None
        try:
            return dates.parse(text)
        except ValueError as error:
            reading.refuse(
                "bad-date",
                node,
                f"{_key(path)} is not a calendar date",
                "write it as YYYY-MM-DD, for example 2026-03-01",
                str(error),
            )
            return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    name: str = "a word"

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        listed = ", ".join(self.words)
        text = reading.scalar(node, path, f"one of: {listed}")
        if text is None or text in self.words:
            return text
        near = nearest(text, self.words)
        hint = f"write {near}" if near else f"write one of: {listed}"
        reading.refuse("wrong-type", node, f"{_key(path)} cannot be {text[:60]}", hint)
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    name: str = "true or false"

    def read(self, node: Node, reading: Reading, path: str) -> bool | None:
        text = reading.scalar(node, path, "true or false")
        if text is None:
            return None
        value = {"true": True, "yes": True, "false": False, "no": False}.get(text.lower())
        if value is None:
            reading.refuse("wrong-type", node, f"{_key(path)} must be true or false", "write true or false")
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": [True, False, "yes", "no"]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type."""

    item: Type
    name: str = "a list"

    def read(self, node: Node, reading: Reading, path: str) -> tuple[Any, ...] | None:
        if isinstance(node, Scalar) and node.empty:
            reading.refuse("empty-value", node, f"{_key(path)} is empty", "write a list, or delete the key")
            return None
        if not isinstance(node, Sequence):
            reading.refuse(
                "wrong-type", node, f"{_key(path)} must be a list", 'write it in brackets: ["...", "..."]'
            )
            return None
        if not node.items:
            reading.refuse("empty-value", node, f"{_key(path)} is empty", "name something, or delete the key")
            return None
        values: list[Any] = []
        for item in node.items:
            if isinstance(item, Scalar) and item.refused:
                reading.unread.add(path)
                continue
            # The place of a value is looked up by its index among the values, so refused ones do not count.
            where = f"{path}[{len(values)}]"
            reading.places[where] = reading.place(item)
            value = self.item.read(item, reading, where)
            if value is None:
                reading.unread.add(path)
            else:
                values.append(value)
        return tuple(values)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "items": self.item.schema()}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys and values of two types: `{"3.4": "3.5"}`."""

    key: Type
    value: Type
    name: str = "a record"

    def read(self, node: Node, reading: Reading, path: str) -> tuple[tuple[Any, Any], ...] | None:
        if not isinstance(node, Mapping):
            code = "empty-value" if isinstance(node, Scalar) and node.empty else "wrong-type"
            reading.refuse(code, node, f"{_key(path)} must be a record", 'write it as {"old": "new"}')
            return None
        pairs = []
        for key, value in node.entries:
            where = f"{path}.{key.text}"
            reading.places[where] = reading.place(key)
            pair = (self.key.read(key, reading, path), self.value.read(value, reading, where))
            if None not in pair:
                pairs.append(pair)
        return tuple(pairs)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "minProperties": 1, "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a shape."""

    type: Type
    required: bool = False
    about: str = ""
    """For the schema: what an editor's program shows beside the key."""


@dataclass(frozen=True)
class Shape:
    """A record with named fields. `make` receives the fields that were read, by name."""

    name: str
    fields: Table[str, Field]
    make: Callable[..., Any]
    incomplete: str = "missing-key"
    """The code for a key that is not there."""

    def read(self, node: Node, reading: Reading, path: str) -> Any | None:
        values = self.values(node, reading, path)
        required = (name for name, entry in self.fields.items() if entry.required)
        if values is None or any(name not in values for name in required):
            return None
        return self.make(**values)

    def values(self, node: Node, reading: Reading, path: str) -> dict[str, Any] | None:
        """The fields that could be read, whatever became of the others; None if it is no record."""
        if not isinstance(node, Mapping):
            empty = isinstance(node, Scalar) and node.empty
            message = f"{_key(path) or self.name} must be keys with values: {_listed(self.fields)}"
            reading.refuse(
                "empty-value" if empty else "wrong-type",
                node,
                message,
                "write each on its own line as `key: value`",
            )
            return None
        values: dict[str, Any] = {}
        for key, value in node.entries:
            if isinstance(value, Scalar) and value.refused:
                continue
            where = f"{path}.{key.text}" if path else key.text
            if key.text not in self.fields:
                self._unknown(key, reading, path)
                continue
            reading.places[where] = reading.place(key if _is_empty(value) else value)
            found = self.fields[key.text].type.read(_placed(value, key), reading, where)
            if found is not None:
                values[key.text] = found
        written = {key.text for key, _ in node.entries}  # whatever became of its value
        for name, entry in self.fields.items():
            if entry.required and name not in written:
                place = reading.place(node) if path else reading.source.line_span(1)
                what = f"{_key(path) or self.name} has no {name}"
                cure = f"add `{name}:` with {entry.type.name}"
                reading.faults.append(fault(self.incomplete, reading.source, place, what, cure))
        return values

    def _unknown(self, key: Scalar, reading: Reading, path: str) -> None:
        near = nearest(key.text, self.fields)
        hint = f"write {near}" if near else f"the keys are {_listed(self.fields)}"
        inside = f" of {_key(path)}" if path else ""
        reading.refuse("unknown-key", key, f"{key.text[:60]} is not a key{inside}", hint)

    def schema(self) -> dict[str, Any]:
        properties = {}
        for name, entry in self.fields.items():
            properties[name] = entry.type.schema() | ({"description": entry.about} if entry.about else {})
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name, entry in self.fields.items() if entry.required],
            "properties": properties,
        }


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was most likely meant to be; empty if none is near."""
    candidates = list(known)
    if word.lower() in candidates:
        return word.lower()
    return next(iter(difflib.get_close_matches(word[:80].lower(), candidates, n=1, cutoff=0.6)), "")


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def _placed(value: Node, key: Scalar) -> Node:
    # libyaml puts a value that is not there on a later line; the editor looks for it at its key.
    return Scalar(key.start, key.end, "", empty=True) if _is_empty(value) else value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _key(path: str) -> str:
    """What an editor calls a value: its key. Which of several is meant, the place says."""
    return path.rpartition(".")[2].partition("[")[0]
