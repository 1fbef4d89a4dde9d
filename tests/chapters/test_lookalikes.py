"""What looks like a number and is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., list[tuple[str, int, str]]]


@pytest.mark.parametrize(
    ("text", "line", "marked"),
    [
        pytest.param("1.1 A\n1.2 B", 2, "1.2", id="inside a block"),
        pytest.param("1.1 A, says paragraph\n1.4 of it", 2, "1.4", id="where a line is wrapped"),
        pytest.param("1.1 A\n\n- x\n1.2 B", 4, "1.2", id="below an item"),
        pytest.param("1.1 A\n\n> x\n1.2 B", 4, "1.2", id="below a quote"),
        pytest.param("1.1 A\n\n| a |\n|---|\n1.2 B", 5, "1.2", id="below a table"),
        pytest.param("1.1 A\n\n!!! note\n    x\n1.2 B", 5, "1.2", id="below a box"),
        pytest.param(
            "1.1 A\n\n!!! note\n    x\n- y\n> z | z\n1.2 B | b", 7, "1.2", id="below a box and more"
        ),
        pytest.param("1.1 A\n\n    x\n1.2 B", 4, "1.2", id="below code"),
        pytest.param("1.1 A\n\n    x\n- y | y\n1.2 B", 5, "1.2", id="below code and an item"),
        pytest.param("1.1 A\n\n> quote | a\n1.2 In quote | bar", 4, "1.2", id="bars below a quote"),
        pytest.param("1.1 Who | when\n----|----\nDay | Door", 1, "1.1", id="in a table's header"),
        pytest.param("1.1 | a | b |\n|---|---|\n| c | d |", 1, "1.1", id="above what is no table"),
        pytest.param("1.1 A\n\n| a | b |\n|---|---|\n1.2 B | b", 5, "1.2", id="in a table's row"),
        pytest.param("1.1 A[^1]\n\n[^1]: x\n1.2 B", 4, "1.2", id="below a footnote"),
        pytest.param("```\nx\n```\n1.1 A", 4, "1.1", id="below a fence"),
        pytest.param("---\n1.1 A", 2, "1.1", id="below a rule"),
        pytest.param(" 1.1 A", 1, "1.1", id="indented by one"),
        pytest.param("   1.1 A", 1, "1.1", id="indented by three"),
        pytest.param("1.1. A", 1, "1.1", id="a full stop"),
        pytest.param("1.1) A", 1, "1.1", id="a bracket"),
        pytest.param("(1.1) A", 1, "1.1", id="in brackets"),
        pytest.param("1.1: A", 1, "1.1", id="a colon"),
        pytest.param("1.1Text", 1, "1.1", id="no space"),
        pytest.param("1.1.Text", 1, "1.1", id="a full stop and no space"),
        pytest.param("1.1a text", 1, "1.1a", id="a small letter"),
        pytest.param("1 .1 A", 1, "1 .1", id="a space inside"),
        pytest.param("\u00a71.1 A", 1, "1.1", id="a section sign"),
        pytest.param("\u00a7 1.1 A", 1, "1.1", id="a section sign and a space"),
        pytest.param("1.1- A", 1, "1.1", id="a hyphen"),
        pytest.param("1.1\u2013 A", 1, "1.1", id="a dash"),
        pytest.param("1.O A", 1, "1.O", id="a letter O"),
        pytest.param("1.l A", 1, "1.l", id="a letter l"),
        pytest.param("<mark>1.1</mark> A", 1, "1.1", id="in a tag"),
        pytest.param("[1.1](#1.1) A", 1, "1.1", id="in a link"),
        pytest.param("**1.1** A", 1, "1.1", id="bold"),
        pytest.param("**1.1 A**", 1, "1.1", id="bold words"),
        pytest.param("*1.1* A", 1, "1.1", id="italic"),
        pytest.param("__1.1__ A", 1, "1.1", id="underlined bold"),
        pytest.param("\uff11.\uff11 A", 1, "\uff11.\uff11", id="wide digits"),
        pytest.param("\u06f1.\u06f1 متن", 1, "\u06f1.\u06f1", id="digits of another script"),
        pytest.param("1.1", 1, "1.1", id="nothing after it"),
        pytest.param("1.1\nText", 1, "1.1", id="its text on the next line"),
        pytest.param("1.1.1.1.1 A", 1, "1.1.1.1.1", id="too many parts"),
        pytest.param("## 1 Title", 1, "1", id="a section without its full stop"),
        pytest.param("## 1) Title", 1, "1", id="a section with a bracket"),
        pytest.param("## 1.Title", 1, "1", id="a section without its space"),
        pytest.param("## 1A. Title", 1, "1A", id="a section with a letter"),
    ],
)
def test_sectioned(told: Told, text: str, line: int, marked: str) -> None:
    assert told(text) == [("number-lookalike", line, marked)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("1. A\n2. B", "2", id="inside a block"),
        pytest.param("1. A\n\n- x\n2. B", "2", id="below an item"),
        pytest.param("1. A\n\n!!! note\n    x\n2. b", "2", id="below a box"),
        pytest.param("1. A\n\n    x\n2. b", "2", id="below code"),
        pytest.param("1. A\n\n2. b | c\n--|--", "2", id="in a table's header"),
        pytest.param("1. A\n\n2 B", "2", id="no full stop"),
        pytest.param("1. A\n\n2) B", "2", id="a bracket"),
        pytest.param("1. A\n\n(2) B", "2", id="in brackets"),
        pytest.param("1. A\n\n2.B", "2", id="no space"),
        pytest.param("1. A\n\n**2.** B", "2", id="bold"),
        pytest.param("1. A\n\n**2** B", "2", id="bold without its full stop"),
        pytest.param("1. A\n\n1a. B", "1a", id="a small letter"),
        pytest.param("1. A\n\n2.", "2", id="nothing after it"),
        pytest.param("1. A\n\n1.2 B", "1.2", id="the number of a sectioned chapter"),
        pytest.param("1. A\n\n 2. B", "2", id="indented"),
    ],
)
def test_continuous(told: Told, text: str, marked: str) -> None:
    assert [(code, words) for code, _, words in told(text, "continuous")] == [("number-lookalike", marked)]


@pytest.mark.parametrize(
    "text",
    [
        "1.1 A reading of 2.5 metres, and 3.2 more.",
        "1. one\n2. two",
        "1) one\n2) two",
        "2026 was the year in which it began.",
        "12 weeks later they meet.",
        "2.5m is the least.",
        "10.30am is the time.",
        "7\\.30 pm",
        "3.2% of the children",
        "1.1 A\n\n    1.2 code",
        "1.1 A\n\n- x\n  2.5 metres",
        "> 1.1 quoted\n> 1.2 quoted",
        "| 1.1 | 1.2 |\n|---|---|\n| 1.3 | 1.4 |",
        "No. | Title\n----|----\n1.1 Text | b\n1.2 | c",
        "!!! note\n    1.1 A\n    1.2 B",
        "```\n1.1 A\n1.2. B\n```",
        "[^1]: Note\n    1.1 A",
        "## 2026 programme",
        "## 16 and 17 year olds",
        "## 1. Title\n\n### 1.1 Title",
        "**Note** that 1.1 is not at the start.",
        "1.1 A\n\n**2 million** pounds",
    ],
)
def test_none(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1. A\nin\n2019. The board",
        "1. A\n\n12 weeks later",
        "1. A\n\n1) one\n2) two",
        "1. A\n\n- x\n\n    1. y",
    ],
)
def test_none_in_a_continuous_chapter(told: Told, text: str) -> None:
    assert told(text, "continuous") == []


def test_an_unnumbered_chapter_has_no_lookalikes(told: Told) -> None:
    assert told("1.1. A\n1.2 B\n\n**3.4** C", "none") == []
