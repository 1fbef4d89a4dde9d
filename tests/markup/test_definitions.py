"""Definitions whose words would be lost."""

from __future__ import annotations

from collections.abc import Callable

import markdown
import pytest

Told = Callable[[str], list[tuple[str, str]]]

LOST = [
    "[Emergency]: #8.1 (RING-999-AT-ONCE)",
    "[Police]: tel:999 (ASK (first) for THEM)",
    '[Important]: https://northmoor.example/ "RING "them" FIRST"',
    "[Important]: <https://northmoor.example/> 'RING'",
    '[Important]: #1"RING NOW"',
    "[Important]: #1\n  (RING)",
    "[Important]:\na.md (RING)",
    "[Very\nimportant]: #1 (RING)",
    "[]: RING",
    "[RING]: #1",
]


@pytest.mark.parametrize("text", LOST)
@pytest.mark.parametrize("before", ["", "A line above.\n", "> ", "- ", "- a\n\n    - "])
def test_lost(told: Told, before: str, text: str) -> None:
    assert "RING" not in markdown.markdown(before + text)
    assert told(before + text) == [("unused-definition", text)]


def test_a_second_definition_of_a_label(told: Told) -> None:
    text = "See [the form][form].\n\n[form]: a.md\n[Form]: b.md (RING)"
    assert told(text) == [("unused-definition", "[Form]: b.md (RING)")]


@pytest.mark.parametrize(
    "text",
    [
        "See [the form][form] and [form].\n\n[form]: a.md 'The form'",
        "![A map][map]\n\n[map]: map.png",
        "\\[Police]: tel:999 (ask)",
        "[Police]: ring them first",
        "Say [Police]: tel:999",
        "`[a]: b`",
        "```\n[a]: b\n```",
        "A[^1]\n\n[^1]: b",
    ],
)
def test_used_or_text(told: Told, text: str) -> None:
    assert told(text) == []
