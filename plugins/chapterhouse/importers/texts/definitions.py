"""What stands around the text of Markdown: its front matter, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chapterhouse import frontmatter
from chapterhouse.fields.nodes import Scalar
from chapterhouse.model import Source

DEFINITION = re.compile(
    r"\[(?!\^)([^\[\]]{1,200})\]:\s{0,20}<?([^\s<>]{1,2000})>?"
    r"(?:\s{1,20}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?"
)
ADDRESS = re.compile(r"[/.#:@]")
_KEY = re.compile(r"[\w-]{1,60}\s{0,9}:(?:\s|$)|\s|[-#]|$")
LONGEST = 300
"""Lines of a front matter."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Lines at the top of a file that say something of it."""

    end: int
    """The line below it, from 0."""
    title: str = ""
    title_at: int = 0
    """The line of the title."""


def front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """The front matter of a text; None where it begins with none."""
    if not lines or lines[0].rstrip() != "---":
        return None
    end = next((at for at, line in enumerate(lines[1:LONGEST], 1) if line.rstrip() in {"---", "..."}), 0)
    inner = lines[1:end]
    if not any(inner) or not all(map(_KEY.match, inner)) or inner[0][:1].isspace():
        return None
    source = Source("", "\n".join(("---", *inner, "---", "")))
    tree = frontmatter.tree(source)
    for key, value in tree.entries if tree else ():
        if key.text.casefold() == "title" and isinstance(value, Scalar):
            if "\n" in source.text[value.start : value.end]:
                break
            return FrontMatter(end + 1, " ".join(value.text.split()), source.text.count("\n", 0, value.start))
    return FrontMatter(end + 1)


def definition(line: str) -> tuple[str, str] | None:
    """The name and the address of a link, where a line defines them and nothing else."""
    text = line.strip()
    found = DEFINITION.fullmatch(text) if text.startswith("[") else None
    if found is None or not ADDRESS.search(found[2]):
        return None
    return named(found[1]), found[2]


def named(name: str) -> str:
    """The name of a link, as the names are compared."""
    return " ".join(name.split()).casefold()
