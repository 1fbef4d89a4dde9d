"""Characters that nobody sees, in a body."""

from __future__ import annotations

from collections.abc import Iterator

from chapterhouse.diagnostics import hidden
from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic


def check(text: Text) -> Iterator[Diagnostic]:
    """Each run of one hidden character."""
    if not (text.body.isascii() and text.body.isprintable()):
        yield from hidden.check(text.source, text.start, len(text.source.text))
