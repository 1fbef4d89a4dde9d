"""Types of single values: how each is read, what is said when it is not one, and its JSON Schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from chapterhouse import dates
from chapterhouse.fields.nodes import Node
from chapterhouse.fields.reading import Reading, key_of, nearest

MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
# Direction overrides and invisible spaces: they make a title read otherwise than it is stored.
DECEIVING = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


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
            length = f"{key_of(path)} has {len(text):,} characters; at most {self.longest:,} fit"
            reading.refuse("wrong-type", node, length, "shorten it")
        elif match := MARKUP.search(text):
            reading.refuse(
                "markup-in-text",
                node,
                f"{key_of(path)} is plain text, and {match[0][:40]} would be shown as it is typed",
                "write it without markup",
            )
        elif match := DECEIVING.search(text):
            reading.refuse(
                "control-character",
                node,
                f"the invisible character U+{ord(match[0]):04X} stands in {key_of(path)}",
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
        reading.refuse("wrong-type", node, f"{key_of(path)} must be {self.name}", self.hint)
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
                f"{key_of(path)} is not a calendar date",
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
        reading.refuse("wrong-type", node, f"{key_of(path)} cannot be {text[:60]}", hint)
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
            reading.refuse("wrong-type", node, f"{key_of(path)} must be true or false", "write true or false")
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": [True, False, "yes", "no"]}
