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
# As YAML 1.2 writes them. Its `yes` and `no` are words, whatever YAML 1.1 made of them.
TRUTH = "true|True|TRUE|false|False|FALSE"
TOO_LONG = 10**9
"""The first number that is too long for a form of nine digits."""


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
        if "\n" in text or "\r" in text:
            reading.refuse("wrong-type", node, f"{key_of(path)} must stand on one line", "join the lines")
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
        else:
            return text.strip()
        return None

    def schema(self) -> dict[str, Any]:
        # YAML's own reading may be a number or a truth: `title: 2026`.
        one_line = r"^[^\r\n]*\S[^\r\n]*\n*$"
        return {"type": ["string", "number", "boolean"], "maxLength": self.longest, "pattern": one_line}


@dataclass(frozen=True, slots=True)
class Written:
    """Text of a fixed form: a version, a chapter number, a slug."""

    name: str
    form: str
    hint: str

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        text = reading.scalar(node, path, self.name)
        if text is None:
            return None
        if self._takes(text):
            return text
        reading.refuse("wrong-type", node, f"{key_of(path)} must be {self.name}", self.hint)
        return None

    def schema(self) -> dict[str, Any]:
        readings: list[dict[str, Any]] = [{"type": "string", "pattern": f"^(?:{self.form})$"}]
        # YAML's own reading may be a number or a truth: `version: 3`, `roles: [true]`.
        if self._takes("1"):
            number: dict[str, Any] = {"type": "number" if self._takes("1.5") else "integer"}
            if not self._takes("-1"):
                number["minimum"] = 0
            if not self._takes(str(TOO_LONG)):
                number["exclusiveMaximum"] = TOO_LONG
            readings.append(number)
        if self._takes("true"):
            readings.append({"type": "boolean"})
        return readings[0] if len(readings) == 1 else {"anyOf": readings}

    def _takes(self, text: str) -> bool:
        return re.fullmatch(self.form, text) is not None


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
        except dates.YearError:
            what = f"{key_of(path)} is in the year {text[:4]}"
            hint = f"write a year from {dates.FIRST_YEAR} to {dates.LAST_YEAR}"
            reading.refuse("bad-date", node, what, hint)
            return None
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
        return {"type": "string", "format": "date", "pattern": r"^(?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$"}


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
        if not re.fullmatch(TRUTH, text):
            reading.refuse("wrong-type", node, f"{key_of(path)} must be true or false", "write true or false")
            return None
        return text.lower() == "true"

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": f"^(?:{TRUTH})$"}]}


@dataclass(frozen=True, slots=True)
class Format:
    """The number of the file's format, of which there is one."""

    name: str = "the number 1"

    def read(self, node: Node, reading: Reading, path: str) -> str | None:
        text = reading.scalar(node, path, self.name)
        if text is None or text == "1":
            return text
        reading.refuse("wrong-type", node, f"{key_of(path)} must be 1", "write 1: no other is known")
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": [1, "1"]}
