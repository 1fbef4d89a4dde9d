"""One reading of one tree of YAML: the faults found, and the place of every value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from chapterhouse.diagnostics import fault, hidden
from chapterhouse.fields.nodes import Node, Scalar, Sequence
from chapterhouse.model import Diagnostic, Source, Span


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
                "wrong-type", node, f"{key_of(path)} must be {wanted}; this is {found}", "write one value"
            )
            return None
        if not node.text.strip():
            self.refuse("empty-value", node, f"{key_of(path)} is empty", f"write {wanted}, or delete the key")
            return None
        if run := hidden.HIDDEN.search(node.text):  # typed as an escape: "\\u200b"
            self.refuse("control-character", node, *hidden.told(run))
            return None
        return node.text


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was most likely meant to be; empty if none is near."""
    candidates = list(known)
    if word.lower() in candidates:
        return word.lower()
    return next(iter(difflib.get_close_matches(word[:80].lower(), candidates, n=1, cutoff=0.6)), "")


def key_of(path: str) -> str:
    """What an editor calls a value: its key. Which of several is meant, the place says."""
    return path.rpartition(".")[2].partition("[")[0]
