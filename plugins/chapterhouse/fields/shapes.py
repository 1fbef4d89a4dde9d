"""Lists and records. One table of shapes serves the validator and the schema that editors' programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

from chapterhouse.diagnostics import fault
from chapterhouse.fields.nodes import Mapping, Node, Scalar, Sequence
from chapterhouse.fields.reading import Reading, Type, key_of, nearest


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type."""

    item: Type
    name: str = "a list"

    def read(self, node: Node, reading: Reading, path: str) -> tuple[Any, ...] | None:
        if isinstance(node, Scalar) and node.empty:
            reading.refuse("empty-value", node, f"{key_of(path)} is empty", "write a list, or delete the key")
            return None
        if not isinstance(node, Sequence):
            reading.refuse(
                "wrong-type", node, f"{key_of(path)} must be a list", 'write it in brackets: ["...", "..."]'
            )
            return None
        if not node.items:
            reading.refuse(
                "empty-value", node, f"{key_of(path)} is empty", "name something, or delete the key"
            )
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
            reading.refuse(code, node, f"{key_of(path)} must be a record", 'write it as {"old": "new"}')
            return None
        if not node.entries:
            reading.refuse("empty-value", node, f"{key_of(path)} is empty", "name a pair, or delete the key")
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
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": self.key.schema(),
            "additionalProperties": self.value.schema(),
        }


TODO = "TODO"
"""What stands for a value that only a person can know: it is never taken for one."""


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
            message = f"{key_of(path) or self.name} must be keys with values: {_listed(self.fields)}"
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
            if isinstance(value, Scalar) and value.text == TODO:
                wanted = self.fields[key.text]
                cure = " ".join(filter(None, (f"write {wanted.type.name}.", wanted.about)))
                reading.refuse("todo", value, f"{key.text} is still to be settled", cure)
                continue
            found = self.fields[key.text].type.read(_placed(value, key), reading, where)
            if found is not None:
                values[key.text] = found
        written = {key.text for key, _ in node.entries}  # whatever became of its value
        for name, entry in self.fields.items():
            if entry.required and name not in written:
                place = reading.place(node) if path else reading.source.line_span(1)
                what = f"{key_of(path) or self.name} has no {name}"
                cure = f"add `{name}:` with {entry.type.name}"
                reading.faults.append(fault(self.incomplete, reading.source, place, what, cure))
        return values

    def _unknown(self, key: Scalar, reading: Reading, path: str) -> None:
        near = nearest(key.text, self.fields)
        hint = f"write {near}" if near else f"the keys are {_listed(self.fields)}"
        inside = f" of {key_of(path)}" if path else ""
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


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def _placed(value: Node, key: Scalar) -> Node:
    # libyaml puts a value that is not there on a later line; the editor looks for it at its key.
    return Scalar(key.start, key.end, "", empty=True) if _is_empty(value) else value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
