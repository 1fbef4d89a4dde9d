"""Headings as they are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., list[tuple[str, int, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## A\n\n### B\n\n## C\n\n### D\n\n#### E", [], id="sound"),
        pytest.param("# A", [("heading-level", 1, "#")], id="the title again"),
        pytest.param("### A", [("heading-level", 1, "###")], id="the first too deep"),
        pytest.param("## A\n\n#### B\n\n##### C", [("heading-level", 3, "####")], id="a level left out"),
        pytest.param("##A", [("heading-style", 1, "##")], id="no space"),
        pytest.param("A\n#B", [("heading-style", 2, "#")], id="a sign inside a block"),
        pytest.param("  ## A", [("heading-style", 1, "##")], id="spaces before it"),
        pytest.param("####### A", [("heading-style", 1, "#######")], id="seven signs"),
        pytest.param("##", [("heading-style", 1, "##")], id="no words"),
        pytest.param("## ", [("heading-style", 1, "##")], id="no words, one space"),
        pytest.param("A\n===", [("heading-style", 2, "===")], id="underlined twice"),
        pytest.param("A\n---", [("heading-style", 2, "---")], id="underlined"),
        pytest.param("A\nB\n---", [("heading-style", 3, "---")], id="two lines underlined"),
        pytest.param("2. A\n---", [("heading-style", 2, "---")], id="an item underlined"),
        pytest.param("> A\n---", [("heading-style", 2, "---")], id="a quote underlined"),
        pytest.param("A\n\n---\n\nB", [], id="a rule"),
        pytest.param("a | b\n--- | ---", [], id="a table"),
        pytest.param("```\n#A\nB\n---\n```", [], id="code"),
        pytest.param("\\#A", [], id="escaped"),
    ],
)
def test_headings(told: Told, text: str, expected: list[tuple[str, int, str]]) -> None:
    assert told(text, "none") == expected


def test_a_fence_that_is_never_closed(told: Told) -> None:
    assert told("A\n\n~~~~ text\n\n1.1 B\n\n~~~") == [("open-fence", 3, "~~~~")]
