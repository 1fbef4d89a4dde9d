"""Syntax that a chapter does not have, and syntax that Markdown would not take as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from chapterhouse.markup.allowed import BOXES
from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic

MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
TASK = re.compile(rf"[ \t>]*{MARKER}[ \t]+(\[[ xX]\])(?=[ \t]|$)")
TABS = re.compile(r'[ \t>]*(===[!+]{0,2} ?)["\u201c]')
DETAILS = re.compile(r"[ \t>]*(\?\?\?\+?)(?=\s|$)")
BLOCK = re.compile(r"[ \t>]*(/{3,})[ \t]*[a-z]")
SNIPPET = re.compile(r"-{1,9}8<-{1,9}")
ABBREVIATION = re.compile(r"[ \t>]*(\*\[[^\[\]]+\]:)")
CONTENTS = re.compile(r"[ \t>]*(\[TOC\])[ \t]*$")
BOX = re.compile(r"[ \t>]*(!!!) ?([\w-]*)(.*)")
BOX_REST = re.compile(r'(?: +"[^"]*")? *$')
NESTED_FENCE = re.compile(
    rf"(?:[ \t>]+(?:{MARKER}[ \t]+)?|{MARKER}[ \t]+)(`{{3,}}|~{{3,}})[ \t]*[\w#.+-]*[ \t]*$"
)
LOOSE_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
STRUCK = re.compile(r"(?<![\w/=~^])(~~|==|\^\^)(?=[^\s~=^])[^~=^\r\n]{1,500}\1")
ITEM = re.compile(r"([ \t]*)((?:[-*+]|(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdm]{1,7})[.)])[ \t]+)(?=\S)")
NUMBERED = re.compile(r"[0-9]+\.")
TAB = 4
TICKS = (TASK, "a task list", "write a plain list: somebody else's ticks cannot be kept in a chapter")
LINE_RULES = {
    "=": (TABS, "content tabs", "write one after the other, each under a heading: paper has no tabs"),
    "?": (DETAILS, "a box that folds", 'write !!! note "Title": what is folded is not printed'),
    "/": (BLOCK, "a block with slashes", "write it in plain Markdown"),
    "[": (CONTENTS, "[TOC]", "delete it: every page has its contents"),
    **dict.fromkeys("-+0123456789", TICKS),
}
STARS = (TICKS, (ABBREVIATION, "an abbreviation's definition", "add it to the glossary"))
BRACKETED = re.compile(r"[ \t>]*(\(([a-z]{1,4}|[0-9]{1,2})\))[ \t]")
FOLLOWING = {
    **dict(pairwise("abcdefghijklmnopqrstuvwxyz")),
    **dict(pairwise(map(str, range(1, 30)))),
    **dict(pairwise("i ii iii iv v vi vii viii ix x".split())),
}
OPENERS = frozenset((*LINE_RULES, *"*!`~"))
INDENTS = frozenset(" \t")
BULLETS = frozenset("-*+")
LONGEST_MARKER = 9
CURES = {
    "~~": "delete what is struck out: the redline shows what went",
    "==": "write <mark>words</mark>",
    "^^": "write **words**",
}


def check(text: Text) -> Iterator[Diagnostic]:
    """What of a body is written in a syntax that chapters do not have."""
    for offset, line in text.lines:
        sign = line.lstrip(" \t>")[:1]
        if sign in OPENERS:
            yield from _line(text, offset, line, sign)
    yield from _items(text)
    if "(b)" in text.body or "(2)" in text.body or "(ii)" in text.body:
        yield from _brackets(text)
    if "8<" in text.body:
        for match in SNIPPET.finditer(text.prose):
            yield _unsupported(text, match.start(), match.end(), "a snippet", "write the text itself")
    if any(signs in text.body for signs in CURES):
        for match in STRUCK.finditer(text.prose):
            yield _unsupported(text, match.start(), match.end(), f"{match[1]} round words", CURES[match[1]])


def _brackets(text: Text) -> Iterator[Diagnostic]:
    """Items written `(a)`, `(b)` in one block: Markdown would run them on as a sentence."""
    last = ""
    told = False
    for offset, line in text.lines:
        match = BRACKETED.match(line)
        if match:
            # Only the second of two is sure to be meant for an item.
            if match[2] == FOLLOWING.get(last) and not told:
                told = True
                yield text.fault(
                    "list-style",
                    offset + match.start(1),
                    offset + match.end(1),
                    f"{match[1]} starts no item: these lines run on as one sentence",
                    f"write {match[2]}) for an item of a list",
                )
            last = match[2]
        elif not line.strip(" \t>"):
            last, told = "", False


def _items(text: Text) -> Iterator[Diagnostic]:
    """Items that are not indented far enough: Markdown would put them on the level above."""
    items: list[tuple[int, int]] = []
    for offset, line in text.lines:
        sign = line.lstrip(" \t>")[:1]
        if line[:1] in INDENTS or sign in BULLETS or ")" in line[:LONGEST_MARKER]:
            yield from _item(text, offset, line, items)
        elif sign:
            items.clear()


def _line(text: Text, offset: int, line: str, sign: str) -> Iterator[Diagnostic]:
    """What is wrong with a line that starts, after its indent, with `sign`."""
    for pattern, what, hint in STARS if sign == "*" else filter(None, (LINE_RULES.get(sign),)):
        if match := pattern.match(line):
            yield _unsupported(text, offset + match.start(1), offset + match.end(1), what, hint)
            return
    if sign == "!":
        yield from _box(text, offset, line)
    elif sign in "`~-+*0123456789":
        yield from _fence(text, offset, line)


def _box(text: Text, offset: int, line: str) -> Iterator[Diagnostic]:
    match = BOX.match(line)
    if match and (match[2].lower() not in BOXES or not BOX_REST.fullmatch(match[3])):
        yield text.fault(
            "unsupported-syntax",
            offset + match.start(1),
            offset + len(line),
            f"a box may be of these kinds: {' '.join(sorted(BOXES))}",
            'write it like !!! note "Title"',
        )


def _fence(text: Text, offset: int, line: str) -> Iterator[Diagnostic]:
    """A fence that Markdown would not take for one."""
    if "```" not in line and "~~~" not in line:
        return
    if match := NESTED_FENCE.match(line):
        yield text.fault(
            "unsupported-syntax",
            offset + match.start(1),
            offset + match.end(1),
            "a fence must stand at the start of its line, outside lists and quotes",
            f"write {match[1]} at the start of the line",
        )
    elif (match := LOOSE_FENCE.match(line)) and match.end(1) < len(line.rstrip()):
        yield text.fault(
            "open-fence",
            offset,
            offset + match.end(1),
            f"after {match[1]} may stand the name of a language, and nothing else",
            f"write {match[1]} alone on its line",
        )


def _item(text: Text, offset: int, line: str, items: list[tuple[int, int]]) -> Iterator[Diagnostic]:
    """A nested item that is not indented far enough: Markdown would put it on the level above."""
    match = ITEM.match(line)
    if match is None:
        if line[0] not in " \t":
            items.clear()
        return
    indent = len(match[1].expandtabs(TAB))
    if not indent and NUMBERED.match(line):
        # In a continuous chapter this is a paragraph, and a list below it may stand anywhere.
        items.clear()
        return
    while items and items[-1][0] > indent:
        items.pop()
    if items and items[-1][0] < indent and indent >= items[-1][1] and indent // TAB == items[-1][0] // TAB:
        need = (items[-1][0] // TAB + 1) * TAB
        yield text.fault(
            "list-style",
            offset + len(match[1]),
            offset + match.end(2),
            "this item is not indented far enough to belong to the one above it",
            f"indent it by {need} spaces; for an item of the same list, by {items[-1][0]}",
        )
    if not items or items[-1][0] < indent:
        items.append((indent, indent + len(match[2].rstrip()) + 1))


def _unsupported(text: Text, start: int, end: int, what: str, hint: str) -> Diagnostic:
    return text.fault("unsupported-syntax", start, end, f"{what} cannot stand in a chapter", hint)
