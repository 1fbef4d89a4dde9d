"""Edits of a chapter's front matter that touch no other byte: one record, the version, the review.

Each function gives one edit of a text whose front matter was read into `tree`; `applied` makes them all at
once. What is inserted is whole lines, in the margins and with the line ends of the file, so that taking it
out again gives the bytes that were there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chapterhouse.fields import nodes
from chapterhouse.fields.nodes import Mapping, Node, Scalar
from chapterhouse.fields.quoting import in_quotes, quoted
from chapterhouse.model import LINE_END, Amendment, LastReview, Review, UnderReview

STEP = "  "
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
COMMENT = re.compile(r"(?:^|\s)#")


class LayoutError(ValueError):
    """A way of writing the front matter in which nothing can be inserted safely; `hint` is the cure."""

    def __init__(self, place: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.place = place
        """The offset of what is in the way."""
        self.hint = hint


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap; their offsets are offsets into `text`."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def version(text: str, tree: Mapping, number: str) -> Edit:
    """Set `version:`, in the quotation marks that it has. Raises LayoutError."""
    node = _value(tree, "version")
    if node is None:
        return _lines(text, tree, "title", [f'version: "{number}"'])
    if not isinstance(node, Scalar) or text[node.start] in "|>":
        place = node.start
        raise LayoutError(
            place, "version is not written on the line of its key", f'write `version: "{number}"`'
        )
    mark = text[node.start] if text[node.start] in "\"'" else ""
    return Edit(node.start, node.end, f"{mark}{number}{mark}")


def record(text: str, tree: Mapping, *amendments: Amendment) -> Edit:
    """Insert records above the others, newest first. Raises LayoutError.

    Comments stay with what they stand above: the records go directly below `amendments:`.
    """
    entry = next(((key, node) for key, node in tree.entries if key.text == "amendments"), None)
    items = [list(_record(amendment)) for amendment in amendments]
    if entry is None:
        lines = [line for item in items for line in _item(item, STEP, " ")]
        return _lines(text, tree, "", ["amendments:", *lines])
    key, node = entry
    first = _first(text, node)
    _margin(text, tree, key)
    dash = node.start
    margin = text[_line_start(text, dash) : dash]
    gap = text[dash + 1 : first.start]
    if margin.strip(" ") or gap.strip(" ") or not gap:
        hint = "write the first key of each record beside its dash: `- version: ...`"
        raise LayoutError(dash, "a record does not begin beside its dash", hint)
    start, newline = _line_end(text, key.end)
    lines = [line for item in items for line in _item(item, margin, gap)]
    return Edit(start, start, "".join(line + newline for line in lines))


def under_review(text: str, tree: Mapping, review: UnderReview) -> Edit:
    """Insert `under_review:` below `review:`, into a head that has none. Raises LayoutError."""
    lines = [f"{STEP}{name}: {value}" for name, value in _review(review)]
    return _lines(text, tree, "review", ["under_review:", *lines])


def reviewed(text: str, tree: Mapping, review: Review) -> tuple[Edit, ...]:
    """Set `review:` in the layout that it has; what is so already stays as written. Raises LayoutError."""
    last = dict(_last(review.last)) if review.last else {}
    braces = f"last: {{{', '.join(f'{name}: {_written(value)}' for name, value in last.items())}}}"
    node = _value(tree, "review")
    if node is None:
        lines = ["review:", f"{STEP}due: {review.due.isoformat()}", *([STEP + braces] if last else [])]
        return (_lines(text, tree, "owner", lines),)
    _margin(text, tree, next(key for key, _ in tree.entries if key.text == "review"))
    due = _member(node, "due")
    edits = [*_set(text, due, review.due.isoformat())]
    known = _value(node, "last") if isinstance(node, Mapping) else None
    if known is None and last:
        edits.append(_below(text, node, due, braces))
    elif known is not None:
        for name, value in last.items():
            edits += _set(text, _member(known, name), value)
    return tuple(edits)


def without(text: str, tree: Mapping, name: str) -> Edit:
    """Take a key and its value out. Raises LayoutError, and KeyError where there is no such key."""
    key, node = next(((key, node) for key, node in tree.entries if key.text == name), (None, None))
    if key is None or node is None:
        raise KeyError(name)
    _margin(text, tree, key)
    return Edit(_line_start(text, key.start), _line_end(text, max(key.end, _end(text, node)))[0], "")


def without_record(text: str, tree: Mapping) -> Edit:
    """Take the newest record out. Raises LayoutError, and KeyError where there is none."""
    node = _value(tree, "amendments")
    if node is None:
        raise KeyError("amendments")
    first = _first(text, node)
    return Edit(_line_start(text, node.start), _line_end(text, _end(text, first))[0], "")


# --- Values ---


def _record(amendment: Amendment) -> Iterator[tuple[str, str]]:
    yield "version", f'"{amendment.version}"'
    yield "effective", amendment.effective.isoformat()
    yield "published", amendment.published.isoformat()
    yield "kind", amendment.kind
    if amendment.paragraphs:
        yield "paragraphs", _numbers(amendment.paragraphs)
    yield "summary", quoted(amendment.summary)
    if amendment.because:
        yield "because", _listed(amendment.because)
    for name, text in (
        ("approved_by", amendment.approved_by),
        ("reason", amendment.reason),
        ("action", amendment.action),
    ):
        if text:
            yield name, quoted(text)
    if amendment.roles:
        yield "roles", _listed(amendment.roles)
    if amendment.renumbered:
        pairs = ", ".join(f"{in_quotes(old)}: {in_quotes(new)}" for old, new in amendment.renumbered)
        yield "renumbered", f"{{{pairs}}}"
    if wrong := amendment.corrects:
        days = f"from: {wrong.start.isoformat()}, until: {wrong.until.isoformat()}"
        yield "corrects", f'{{version: "{wrong.version}", {days}}}'


def _review(review: UnderReview) -> Iterator[tuple[str, str]]:
    yield "since", review.since.isoformat()
    yield "reason", quoted(review.reason)
    yield "still_applies", "true" if review.still_applies else "false"
    yield "meanwhile", quoted(review.meanwhile)
    yield "paragraphs", _numbers(review.paragraphs)
    yield "expected", review.expected.isoformat()


def _last(review: LastReview) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    yield "date", review.date.isoformat()
    yield "by", review.by
    yield "checked", review.checked
    yield "outcome", review.outcome


def _written(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return _listed(value)
    return value if DAY.fullmatch(value) else quoted(value)


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def _numbers(numbers: Sequence[str]) -> str:
    # Always in quotation marks: to YAML's own readers a bare 1.10 is 1.1.
    return f"[{', '.join(map(in_quotes, numbers))}]"


# --- Places ---


def _value(tree: Mapping, name: str) -> Node | None:
    return next((node for key, node in tree.entries if key.text == name), None)


def _member(node: Node, name: str) -> Node:
    """A value of a record that is there and is written out."""
    found = _value(node, name) if isinstance(node, Mapping) else None
    if found is None or (isinstance(found, Scalar) and (found.empty or found.refused)):
        raise LayoutError(node.start, f"the record of the review has no {name}", "complete it, or delete it")
    return found


def _set(text: str, node: Node, value: str | tuple[str, ...]) -> Iterator[Edit]:
    """Write another value over one; nothing where it has that value."""
    start, end, written = node.start, node.end, _written(value)
    if isinstance(value, tuple):
        items = node.items if isinstance(node, nodes.Sequence) else ()
        if tuple(getattr(item, "text", None) for item in items) == value:
            return
        if text[start] == "-":
            end = _end(text, node)
            below = _line_end(text, start)[1] + text[_line_start(text, start) : start]
            written = below.join(f"- {quoted(one)}" for one in value)
    elif isinstance(node, Scalar) and node.text == value:
        return
    elif text[start] in "\"'" and DAY.fullmatch(value):
        written = text[start] + value + text[start]
    # Within quotation marks, and in a value without, what looks like a comment is none.
    if (isinstance(value, tuple) or text[start] in "|>") and COMMENT.search(text, start, end):
        raise LayoutError(start, "a comment stands within the value", "put it on a line above the key")
    yield Edit(start, end, written)


def _below(text: str, node: Node, due: Node, item: str) -> Edit:
    """Insert a value of a record below one that it has, or beside it where the record is in braces."""
    if text[node.start] == "{":
        return Edit(due.end, due.end, f", {item}")
    start, newline = _line_end(text, _end(text, due))
    margin = text[_line_start(text, node.start) : node.start]
    return Edit(start, start, margin + item + newline)


def _item(fields: Sequence[tuple[str, str]], margin: str, gap: str) -> Iterator[str]:
    for index, (name, value) in enumerate(fields):
        lead = " " * (1 + len(gap)) if index else f"-{gap}"
        yield f"{margin}{lead}{name}: {value}"


def _lines(text: str, tree: Mapping, after: str, lines: Sequence[str]) -> Edit:
    """Insert lines below the value of a key; where there is no such key, below the last."""
    names = {key.text: (key, node) for key, node in tree.entries}
    key, node = names.get(after) or tree.entries[-1]
    margin = _margin(text, tree, key)
    start, newline = _line_end(text, max(key.end, _end(text, node)))
    return Edit(start, start, "".join(margin + line + newline for line in lines))


def _margin(text: str, tree: Mapping, key: Scalar) -> str:
    """The white space before the keys of the front matter."""
    margin = text[_line_start(text, tree.start) : tree.start]
    own = text[_line_start(text, key.start) : key.start]
    if text[tree.start] == "{" or margin.strip(" ") or own != margin:
        hint = "write each key on a line of its own, as `key: value`"
        raise LayoutError(tree.start, "the front matter is not written one key to a line", hint)
    return margin


def _first(text: str, node: Node) -> Node:
    """The first record of a list that is written with dashes."""
    if not isinstance(node, nodes.Sequence) or not node.items or text[node.start] != "-":
        hint = "write each record on lines of its own below `amendments:`, its first key after a dash"
        raise LayoutError(node.start, "the records are not written one below the other", hint)
    return node.items[0]


def _end(text: str, node: Node) -> int:
    """Where the last word of a node ends, without the comments below it."""
    if isinstance(node, Mapping) and text[node.start] != "{":
        key, value = node.entries[-1]
        return max(key.end, _end(text, value))
    if isinstance(node, nodes.Sequence) and text[node.start] != "[":
        return _end(text, node.items[-1])
    # A value that is not there has its place on a later line.
    return node.end if node.end > node.start else 0


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> tuple[int, str]:
    """Where the line of a place ends, and what ends it."""
    end = LINE_END.search(text, place)
    if end is None:
        raise LayoutError(place, "the front matter has no end", "write a line of three hyphens below it")
    return end.end(), end[0]
