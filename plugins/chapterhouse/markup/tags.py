"""Raw HTML: a few words of formatting, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.markup.allowed import TAGS, VOID
from chapterhouse.markup.text import Text
from chapterhouse.masking import Piece
from chapterhouse.masking.inline import BLOCK_END
from chapterhouse.model import Diagnostic

NAME = re.compile(r"<(/?)([A-Za-z][^\s<>/\"'=]*)")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
# No character has so long a number, and there are programs that a number of 4,301 digits stops.
LONG_REFERENCE = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9A-Fa-f]{9,});?")
CURES = {
    "a": "write a link as [words](address)",
    "img": "write a picture as ![what it shows](file)",
    "b": "write **words**",
    "strong": "write **words**",
    "i": "write *words*",
    "em": "write *words*",
    "p": "leave a blank line between blocks",
    "table": "write the table with | and -",
    "ul": "write a list with - at the start of each line",
    "ol": "write a list with 1. or a) at the start of each line",
    "code": "write `code`",
}


def check(text: Text) -> Iterator[Diagnostic]:
    """Each tag that is not allowed, each that is never closed, each comment, each endless reference."""
    if "&#" in text.body:
        for match in LONG_REFERENCE.finditer(text.body):
            yield text.fault(
                "forbidden-html",
                match.start(),
                match.end(),
                "no character has a number of more than eight digits",
                "write the character itself",
            )
    open_tags: list[tuple[str, Piece]] = []
    done = 0
    for piece in text.readings:
        if piece.kind == "comment":
            yield _comment(text, piece)
        elif piece.kind == "tag":
            if open_tags and BLOCK_END.search(text.body, done, piece.start):
                yield from _unclosed(text, open_tags)
                open_tags.clear()
            done = piece.start
            yield from _tag(text, piece, open_tags)
    yield from _unclosed(text, open_tags)


def _comment(text: Text, piece: Piece) -> Diagnostic:
    return text.fault(
        "forbidden-html",
        piece.start,
        piece.end,
        "a comment would be published in the source of the page",
        "move it to the front matter, after a #; to show the signs themselves, write &lt;!--",
    )


def _tag(text: Text, piece: Piece, open_tags: list[tuple[str, Piece]]) -> Iterator[Diagnostic]:
    match = NAME.match(text.body, piece.start)
    name = match[2].lower() if match else ""
    if match is None or name not in TAGS:
        what = f"<{match[1]}{name}>" if match else "a declaration"
        yield text.fault(
            "forbidden-html",
            piece.start,
            piece.end,
            f"{what} may not stand in a page",
            f"{CURES.get(name, 'write it in Markdown')}; to show the signs themselves, write &lt;",
        )
        return
    for attribute in ATTRIBUTE.finditer(text.body, match.end(), piece.end):
        if match[1] or attribute[1].lower() not in TAGS[name]:
            yield text.fault(
                "forbidden-attribute",
                attribute.start(),
                attribute.end(),
                f"<{match[1]}{name}> may not have {attribute[1][:40]}",
                "delete it",
            )
    if name in VOID and not match[1]:
        return
    if not match[1]:
        open_tags.append((name, piece))
    elif open_tags and open_tags[-1][0] == name:
        open_tags.pop()
    else:
        yield text.fault(
            "forbidden-html",
            piece.start,
            piece.end,
            f"</{name}> closes nothing here",
            f"delete it, or write <{name}> before it in the same block",
        )


def _unclosed(text: Text, open_tags: list[tuple[str, Piece]]) -> Iterator[Diagnostic]:
    for name, piece in open_tags:
        yield text.fault(
            "forbidden-html",
            piece.start,
            piece.end,
            f"<{name}> is never closed in its block",
            f"write </{name}> where it ends",
        )
