"""Numbers that stand twice, out of order, after a gap, or in another section: one diagnostic for one slip."""

from __future__ import annotations

import pytest

from chapterhouse.chapters import read
from chapterhouse.chapters.numbers import numerals
from chapterhouse.chapters.sequence import gaps
from chapterhouse.model import Numbering, Source


def text_of(numbers: str) -> str:
    """A chapter with the numbers given: `#3` is the heading of a section, `#` one without a number."""
    blocks = []
    for number in numbers.split():
        if number.startswith("#"):
            blocks.append(f"## {number[1:]}. Title" if number[1:] else "## Title")
        else:
            blocks.append(f"{number} Text")
    return "\n\n".join(blocks)


def slips(numbers: str, numbering: Numbering = "sections") -> list[tuple[str, str]]:
    source = Source("x.md", text_of(numbers))
    faults = read(source, 0, numbering)[1]
    return [(f.code, source.line(f.span.line)[f.span.column - 1 : f.span.end_column - 1]) for f in faults]


@pytest.mark.parametrize(
    "numbers",
    [
        "#1 1.1 1.2 1.3 #2 2.1 2.2",
        "1.1 1.2 2.1 2.2 2.3",
        "#1 1.1 1.2 1.2A 1.2B 1.3",
        "#1 1.1 1.2 1.2A 1.2.1 1.2.2 1.3",
        "#1 1.1 1.1.1 1.1.1.1 1.1.1.2 1.1.2 1.2",
        "#1 1.1.1 1.1.2 1.2.1 #2 2.1.1",
        "#1 1.9 1.10 1.11".replace("1.9", "1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9"),
        "#1 1.1A 1.1B 1.2",
        "#1 1.1 # 1.2",
        "# 1.1 # 1.2",
    ],
)
def test_a_sound_order(numbers: str) -> None:
    assert slips(numbers) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param("#1 1.1 1.2 1.2", [("duplicate-paragraph", "1.2")], id="twice"),
        pytest.param(
            "#1 1.1 1.2 #2 2.1 1.2", [("duplicate-paragraph", "1.2")], id="twice, in another section"
        ),
        pytest.param("#1 1.1 #1 1.2", [("duplicate-paragraph", "1")], id="a section twice"),
        pytest.param("#1 1.1 1.3 1.4", [("number-gap", "1.3")], id="one left out"),
        pytest.param("#1 1.2 1.3", [("number-gap", "1.2")], id="the first left out"),
        pytest.param("2.1", [("number-gap", "2.1")], id="not starting at 1"),
        pytest.param("#1 1.1 #3 3.1", [("number-gap", "3")], id="a section left out"),
        pytest.param("1.1 3.1", [("number-gap", "3.1")], id="a section left out, without headings"),
        pytest.param("#1 1.1 1.2.2", [("number-gap", "1.2.2")], id="a level left out"),
        pytest.param("#1 1.1 1.1.2", [("number-gap", "1.1.2")], id="an inner one left out"),
        pytest.param("#1 1.1 1.3 1.2 1.4", [("number-order", "1.2")], id="two exchanged"),
        pytest.param("#1 1.1 #3 3.1 #2 2.1", [("number-order", "2")], id="two sections exchanged"),
        pytest.param("#1 1.1 1.22 1.3", [("number-gap", "1.22")], id="a slip that is too great"),
        pytest.param("#1 1.1 1.2 #2 2.1 1.3 2.2", [("number-section", "1.3")], id="of another section"),
        pytest.param("#1 1.1 #2 2.1 3.1 3.2 3.3", [("number-section", "3.1")], id="a heading left out"),
    ],
)
def test_one_slip_one_diagnostic(numbers: str, expected: list[tuple[str, str]]) -> None:
    assert slips(numbers) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1. 2. 3. 3A. 4.", []),
        ("1. 3.", [("number-gap", "3")]),
        ("2.", [("number-gap", "2")]),
        ("1. 2. 4. 3. 5.", [("number-order", "3")]),
        ("1. 2. 2.", [("duplicate-paragraph", "2")]),
        ("#1 1. #9 2.", []),
    ],
)
def test_continuous(numbers: str, expected: list[tuple[str, str]]) -> None:
    assert slips(numbers, "continuous") == expected


def test_a_number_written_wrong_is_not_missing_as_well() -> None:
    _, faults = read(Source("x.md", "1.1 A\n\n1.2. B\n\n1.3 C"), 0, "sections")
    assert [fault.code for fault in faults] == ["number-lookalike"]


def test_messages_say_which_number() -> None:
    def message(numbers: str) -> str:
        (fault,) = read(Source("x.md", text_of(numbers)), 0, "sections")[1]
        return fault.message

    assert message("#1 1.1 1.3") == "paragraph 1.2 is missing: 1.3 follows 1.1"
    assert message("#1 1.1 1.1") == "paragraph 1.1 is there twice: the first is on line 3"
    assert message("#1 1.1 1.3 1.2 1.4") == "paragraph 1.2 comes after 1.3"
    assert message("#1 2.1") == "paragraph 2.1 stands in section 1"
    assert message("#1 1.1 #4 4.1") == "section 2 is missing: section 4 follows section 1"


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ("1.1 1.2 1.6 1.4", "1.3 1.5"),
        ("#1 1.1 #2 2.3", "2.1 2.2"),
        ("1.1 1.60", "1.2 until 1.60"),
        ("1.1 1.1.3 1.2", "1.1.1 1.1.2"),
        ("1.6 1.3 1.4", "1.1 1.2 1.5"),
        ("#1 2.1 2.4 1.1", ""),
        ("1 2 2 3 3A 5", "4"),
    ],
)
def test_every_missing_number_is_named(numbers: str, missing: str) -> None:
    """Unlike the diagnostics, which name the first of a row."""
    items = [(number.removeprefix("#"), number.startswith("#")) for number in numbers.split()]
    known = frozenset(numerals(number) for number, is_section in items if not is_section)
    assert " ".join(gaps(items, known)) == missing
