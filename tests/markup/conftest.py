"""How the tests of this folder ask for diagnostics."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chapterhouse.markup import check
from chapterhouse.model import Source

Told = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def told() -> Told:
    """The code of each diagnostic of a text, and the characters that it points at."""

    def tell(text: str) -> list[tuple[str, str]]:
        source = Source("procedures/core/x.md", text)
        result = []
        for fault in check(source, 0):
            span = fault.span
            assert fault.message
            assert fault.hint
            start = source.starts[span.line - 1] + span.column - 1
            result.append((fault.code, text[start : source.starts[span.end_line - 1] + span.end_column - 1]))
        return result

    return tell
