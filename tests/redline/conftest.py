"""Chapters made of their text alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Chapter, Source


def chapter(text: str, numbering: str = "sections", more: str = "") -> Chapter:
    """A chapter with a text; what is wrong with it is nobody's business here."""
    head = f'---\nchapter: "1.1"\ntitle: Boards\nowner: Me\nnumbering: {numbering}\n{more}---\n'
    source = Source("procedures/core/boards.md", head + text)
    return parse_chapter(source, "core/boards", hashlib.sha256(source.text.encode()).hexdigest())[0]


@pytest.fixture(scope="session")
def chapter_of() -> Callable[..., Chapter]:
    return chapter
