"""Attribute lists: a few classes, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown.extensions.attr_list import get_attrs_and_remainder

from chapterhouse.markup.allowed import CLASSES
from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic

# The inline elements that an attribute list may follow, beside emphasis.
CLOSERS = frozenset({"code", "link", "image", "autolink", "note"})
LONGEST = 500
CELL = re.compile(r"(?<!\\)\|")
CLOSING = re.compile(r"(?<!\\)\}")
EMPHASIS = re.compile(r"(?<![\\\w*])(\*{1,3})[^\s*{}](?:[^*{}]*[^\s*{}])?\1\Z")
ALL = ", ".join(f".{name}" for name in CLASSES)


def check(text: Text) -> Iterator[Diagnostic]:
    """Each attribute list that names more than the classes of `CLASSES`.

    Braces where Markdown takes no attribute list are text, and so is `{{ x }}`.
    """
    if "{" not in text.body:
        return
    ends = {piece.end for piece in text.readings if piece.kind in CLOSERS}
    fences = {piece.start for piece in text.pieces if piece.kind == "fence"}
    table = False
    for offset, covered in text.lines:
        fenced = offset in fences
        line = text.body[offset : offset + len(covered)] if fenced else covered
        # A row of a table need not have a bar in it.
        table = bool(line.strip()) and (table or "|" in line)
        cell = table or line.startswith("#")
        column = line.find("{")
        while column >= 0 and (close := line.find("}", column)) >= 0:
            if fenced or offset + column in ends or _applies(line, column, close, cell=cell):
                wrong = _first_wrong(line[column + 1 : min(close, column + LONGEST)])
                if wrong or close - column > LONGEST:
                    yield text.fault(
                        "forbidden-attribute",
                        offset + column,
                        offset + close + 1,
                        f"an attribute list may not have {wrong[:60] or f'more than {LONGEST} characters'}",
                        f"only {ALL} may stand in braces; for braces in the text, write \\{{",
                    )
                    column = close
                elif (
                    not line[:column].isspace()
                    and column
                    and (more := _taken_along(line, close, offset, ends))
                ):
                    yield text.fault(
                        "forbidden-attribute",
                        offset + close + 1,
                        offset + more,
                        "a brace after an attribute list would set the words before it in another order",
                        "write \\{ and \\} for braces in the text",
                    )
                    column = more
            column = line.find("{", column + 1)


def _taken_along(line: str, close: int, offset: int, ends: set[int]) -> int:
    """Where the last brace that Python-Markdown takes for the end of a list closed at `close` stands; or 0.

    It looks for that on the whole line, as far as the next element or cell.
    """
    stop = len(line)
    if (bar := CELL.search(line, close)) is not None:
        stop = bar.start() + 1
    column = line.find("{", close)
    while column >= 0:
        if offset + column in ends or EMPHASIS.search(line[close + 1 : column][-LONGEST:]):
            stop = min(stop, column)
            break
        column = line.find("{", column + 1)
    closings = [match.end() for match in CLOSING.finditer(line, close + 1, stop)]
    return closings[-1] if closings else 0


def _applies(line: str, column: int, close: int, *, cell: bool) -> bool:
    """Whether Markdown may take the braces for an attribute list.

    It may after emphasis, at the start of a line, and in a heading or `cell`; and wherever `{:` stands,
    they are meant for one.
    """
    before = line[column - 1] if column else ""
    if before == "\\":
        return False
    if line.startswith("{:", column) or before in {"*", "_"}:
        return True
    if line.startswith("}", close + 1) or before not in {"", " ", "\t", ">", "|"}:
        return False
    # What follows does not matter: before an inline element, the list counts as the last of its line.
    return cell or not line[:column].strip(" >\t")


def _first_wrong(inside: str) -> str:
    """The first attribute that is not allowed, as its author wrote it."""
    inside = inside.removeprefix(":").strip(" ") or inside.strip(" ")
    attributes = get_attrs_and_remainder(inside)[0] if inside else []
    return next(filter(None, map(_wrong, attributes)), "")


def _wrong(attribute: tuple[str, str | None]) -> str:
    """An attribute as its author wrote it; empty for an allowed class."""
    name, value = attribute
    if name == ".":
        return "" if value in CLASSES else f".{value}"
    if name == "id":
        return f"#{value}"
    return name if value is None or name == value else f"{name}={value}"
