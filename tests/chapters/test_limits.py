"""How much a chapter may hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., list[tuple[str, int, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a" * 100_000, [], id="a long line"),
        pytest.param("a" * 100_001, ["too-large"], id="too long a line"),
        pytest.param("1.1 A\n" + "word word\n" * 220_000, ["too-large"], id="too long a paragraph"),
        pytest.param("> " * 49 + "x", [], id="many quotes"),
        pytest.param("> " * 51 + "x", ["too-deep"], id="too many quotes"),
        pytest.param("- " * 60 + "x", ["too-deep"], id="too many lists in one line"),
        pytest.param("- x\n\n" + "    " * 60 + "- x", ["too-deep"], id="too many lists below one another"),
        pytest.param("- - - " * 30, [], id="a rule is no list"),
        pytest.param("```\n" + "    " * 60 + "x\n```", [], id="nor is code"),
        pytest.param("[" * 1001, ["too-large"], id="too many brackets"),
        pytest.param("[a](b)\n" * 1001, ["too-large"], id="too many links in a block"),
        pytest.param("- [a](b)\n" * 1001, [], id="each item is a block"),
        pytest.param("| [a](b) |\n|---|\n" + "| [a](b) |\n" * 2000, [], id="so is each row"),
        pytest.param("a < b " * 1001, ["too-large"], id="too many angle brackets"),
    ],
)
def test_limits(told: Told, text: str, expected: list[str]) -> None:
    assert [code for code, _, _ in told(text, "none" if not text[0].isdigit() else "sections")] == expected
