"""How the tests of this folder ask for diagnostics."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chapterhouse.chapters import read
from chapterhouse.model import Numbering, Source

Told = Callable[..., list[tuple[str, int, str]]]


@pytest.fixture
def told() -> Told:
    """The code of each diagnostic of a text, with its line and the characters that it points at."""

    def tell(text: str, numbering: Numbering = "sections") -> list[tuple[str, int, str]]:
        source = Source("procedures/core/x.md", text)
        result = []
        for fault in read(source, 0, numbering)[1]:
            assert fault.span.line == fault.span.end_line
            assert fault.message
            assert fault.hint
            line = source.line(fault.span.line)
            result.append(
                (fault.code, fault.span.line, line[fault.span.column - 1 : fault.span.end_column - 1])
            )
        return result

    return tell
