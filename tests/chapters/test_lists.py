"""A list that follows its sentence without a blank line works as the editor meant."""

from __future__ import annotations

import pytest

from chapterhouse.chapters import read
from chapterhouse.diagnostics import CODES
from chapterhouse.model import Numbering, Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1.1 A:\n- x\n- y", (2,), id="bullets"),
        pytest.param("1.1 A:\n* x", (2,), id="stars"),
        pytest.param("1.1 A:\n+ x", (2,), id="plus signs"),
        pytest.param("1.1 A:\n1. x\n2. y", (2,), id="numbers"),
        pytest.param("1.1 A:\n1) x", (2,), id="numbers with a bracket"),
        pytest.param("1.1 A:\na) x\nb) y", (2,), id="letters"),
        pytest.param("1.1 A:\ni) x", (2,), id="roman numerals"),
        pytest.param("1.1 A:\n  - x", (2,), id="indented a little"),
        pytest.param("A sentence:\n- x", (2,), id="without a number"),
        pytest.param("1.1 A\nover two lines:\n- x", (3,), id="below a wrapped sentence"),
        pytest.param("1.1 A:\n- x\n\nB:\n- y", (2, 5), id="twice"),
        pytest.param("> A:\n> - x", (2,), id="in a quote"),
        pytest.param("> A\n>\n> B:\n> - x", (4,), id="in a later block of a quote"),
        pytest.param("- x\n\n    A:\n    - y", (4,), id="in an item"),
        pytest.param("[^1]: A:\n    - x", (2,), id="in a footnote"),
        pytest.param("!!! note\n    A:\n    - x", (3,), id="in a box"),
        pytest.param("1.1 A:\r\n- x\r\n", (2,), id="CRLF"),
        pytest.param("1.1 A:\n\u00a0\n- x", (3,), id="below a line of no-break spaces"),
        pytest.param("1.1 A:\n\n- x", (), id="a blank line between"),
        pytest.param("## A\n- x", (), id="below a heading"),
        pytest.param("- x\nwraps\n- y", (), id="an item below a wrapped item"),
        pytest.param("- x\n    - y", (), id="an inner list"),
        pytest.param("1.1 In\n2. May", (), id="not the first of its kind"),
        pytest.param("1.1 See\nb) below", (), id="not the first letter"),
        pytest.param("1.1 A\n-x", (), id="no space"),
        pytest.param("1.1 A\n- ", (), id="no words"),
        pytest.param("```\nA:\n- x\n```", (), id="in a fence"),
        pytest.param("| A |\n|---|\n- x", (), id="in a table"),
    ],
)
def test_where_a_list_starts(text: str, expected: tuple[int, ...]) -> None:
    assert read(Source("x.md", text), 0, "sections")[0].lists == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23. A:\n- x", (2,)),
        ("23. A:\na) x", (2,)),
        ("23. A:\n1) x", (2,)),
        ("23. A\n1. x", ()),
        ("23. A\n24. x", ()),
    ],
)
def test_a_number_of_a_continuous_chapter_is_no_item(text: str, expected: tuple[int, ...]) -> None:
    assert read(Source("x.md", text), 0, "continuous")[0].lists == expected


@pytest.mark.parametrize(
    ("text", "numbering", "line"),
    [
        ("1.1 A:\n\n    - x\n    - y", "sections", 3),
        ("1.1 A:\n    - x\n    - y", "sections", 2),
        ("A:\n\n    1. x", "none", 3),
    ],
)
def test_an_item_that_would_be_shown_as_code(text: str, numbering: Numbering, line: int) -> None:
    _, faults = read(Source("x.md", text), 0, numbering)
    assert [(fault.code, fault.span.line) for fault in faults] == [("list-style", line)]
    assert CODES["list-style"].severity == "warning"
