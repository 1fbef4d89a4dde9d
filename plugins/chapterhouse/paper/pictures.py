"""The pictures of a document, from the manual's own files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chapterhouse.manual.tree import CONTENT, read_bytes
from chapterhouse.model import Diagnostic, Manual
from chapterhouse.paper.document import Part
from chapterhouse.paper.nodes import Picture, inlines

MOST = 20_000_000
"""Bytes of one picture: more would make a file that nobody can send."""


def pictures(root: Path, manual: Manual, parts: Iterable[Part]) -> dict[str, bytes]:
    """The bytes of every picture of some parts that the manual in the folder `root` has, by its path.

    Raises ValueError, in one line, for one that cannot be read.
    """
    wanted = {one.path for part in parts for one in inlines(part.blocks) if isinstance(one, Picture)}
    found = {}
    for path in sorted(wanted):
        file = f"{CONTENT}/{path}"
        if file in manual.files:
            content = read_bytes(root / file, file, MOST)
            if isinstance(content, Diagnostic):
                raise ValueError(f"{file}: {content.message}")
            found[path] = content
    return found
