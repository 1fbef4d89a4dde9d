"""What a chapter's text cannot say of itself, and how it finds its way to the Markdown extension."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chapterhouse.model import Body, Numbering
from chapterhouse.references import Reference
from chapterhouse.render.linking import LinkedWords

log = logging.getLogger("chapterhouse.render")

# No chapter can hold these two characters (`control-character`), so no author can write a mark.
MARK = re.compile("\\A\x02chapterhouse ([^\x02\x03\r\n]+)\x03\\Z")


def nowhere(_reference: Reference) -> str | None:
    """Lead no reference anywhere."""
    return None


def as_written(href: str) -> str | None:
    """Leave every link as its author wrote it."""
    return href


def say(place: str, complaint: str) -> None:
    """Log what the second wall refuses: the way of a build that has no plugin to stop it."""
    log.warning("%s: %s", place or "before the first number", complaint)


@dataclass(frozen=True, slots=True)
class Note:
    """What the generator says of a paragraph beside it: plain text, which may lead somewhere."""

    words: str
    href: str = ""
    """Where it leads, as an author would write the link; empty where it stays words."""
    about: str = ""
    """What a link is about, for those to whom links are read out without their place."""
    quiet: bool = False
    """Whether it stands below the paragraph, for who looks for it, and not before its first word."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the text of one chapter cannot say of itself."""

    numbering: Numbering = "none"
    address: Callable[[Reference], str | None] = nowhere
    """Where an internal reference leads, as an author would write the link (`#3.4`,
    `../part/name.md#3.4`); None leaves the words alone."""
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What is said beside a paragraph, by its number."""
    wall: Callable[[str, str], None] = say
    """Told of whatever must not stand in a page: the paragraph's number (or the section's anchor,
    or nothing before both), and the complaint."""
    follow: Callable[[str], str | None] = as_written
    """Where a link that the author wrote leads now; None where it leads nowhere any more, and its words
    stand alone. An archived text keeps its words, and cannot keep other chapters from changing."""
    on_paper: Callable[[str], str] | None = None
    """What a reader of paper is told of where a link leads, `chapter 2.2, paragraph 1.4` or a whole address;
    empty for nothing. None where a text is not printed by itself."""
    body: Body | None = None
    """What `chapters.read` found in the text, where the caller has it already. Its lines are counted
    from wherever `body.line` says that the text begins."""
    text: str = ""
    """The text as the core read it, where `linked` has places in it: hosts change the ends of lines."""
    linked: tuple[LinkedWords, ...] = ()
    """The words that cite the law or are terms of the glossary, in the order of the text."""


def marked(key: str, text: str) -> str:
    """The Markdown `text` with a first line that tells the extension which context is its own.

    Raises ValueError for a key that the line cannot hold.
    """
    mark = f"\x02chapterhouse {key}\x03"
    if not MARK.match(mark):
        raise ValueError(f"not a key for a context: {key!r}")
    return f"{mark}\n{text}"
