"""What is to be put on paper, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chapterhouse.paper.nodes import Block
from chapterhouse.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets that belong together, a chapter or what stands before and behind the chapters: they have one
    foot, and count their pages by themselves.
    """

    title: str
    """The words of its bookmark and of its first heading."""
    sheet: Sheet
    blocks: tuple[Block, ...]
    """Its first heading is of level 1."""
    address: str = ""
    """The path of its page from the site's root: `core/referrals/`; links to it lead to its first sheet."""


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF file."""

    title: str
    parts: tuple[Part, ...]
    site_url: str = ""
    """Where the site is published, for links that lead out of the paper; empty where nobody has said: such
    links are then words."""
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """The pictures, by the paths by which the nodes know them."""
    lang: str = "en-GB"


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF file, proved to hold every part."""

    pdf: bytes
    pages: int
