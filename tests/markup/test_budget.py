"""How much of what is never closed a body may hold, and how soon that is said."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from chapterhouse.markup import check
from chapterhouse.model import Source

Told = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(("<a " * 990 + "\n\n") * 40, id="tags"),
        pytest.param(("[" * 990 + "\n\n") * 40, id="brackets"),
        pytest.param(("[" * 495 + "]" * 495 + "\n\n") * 80, id="brackets in brackets"),
        pytest.param(("[a " * 990 + "\n\n") * 199, id="brackets and words"),
        pytest.param(("[a](b " * 490 + "\n\n") * 40, id="links"),
        pytest.param("*[" * 40_000, id="in one line"),
        pytest.param("[" * 300 + "word " * 8_000, id="before a long text"),
        pytest.param(("|" + "[a " * 900 + "\n") * 40, id="below bars"),
        pytest.param("- - -\n" * 5_000, id="rules"),
        pytest.param(("x[^1] " * 900 + "\n\n") * 4 + "\n[^1]: A.\n", id="marks of one footnote"),
    ],
)
def test_what_markdown_reads_for_long_is_refused_soon(told: Told, text: str) -> None:
    start = time.process_time()
    assert {code for code, _ in told(text)} == {"too-large"}
    assert time.process_time() - start < 1


def test_a_chapter_of_ten_thousand_paragraphs_is_read() -> None:

    text = "".join(
        f"1.{n} Paragraph [{n}] of [the form](form.md), see <https://northmoor.example/> and [Removed] or"
        " [the (old) rules][r], H<sub>2</sub>O, a < b and [0, 5).[^1]\n\n- [a](b.md)\n- [sic]\n\n---\n\n"
        if n % 100 == 1
        else f"1.{n} Paragraph [{n}] of [the form](form.md), see <desk@northmoor.example> and [Removed].\n\n"
        for n in range(10_000)
    )
    text += "[r]: rules.md\n\n[^1]: A note.\n"
    assert check(Source("procedures/core/x.md", text), 0) == ()
