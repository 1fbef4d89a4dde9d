"""The grammar of numbers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.chapters import is_number, key, printed, split
from chapterhouse.model import Numbering

ORDERS = [
    "3.1 3.2 3.2A 3.2AA 3.2B 3.2.1 3.2.2 3.2.10 3.3 3.9 3.10 4.1 10.1",
    "1 2 9 10 23 23A 23B 24 100",
    "2.2 2.2A 2.10 PA1 PA5 PA10",
]


@pytest.mark.parametrize("order", ORDERS)
def test_natural_order(order: str) -> None:
    numbers = order.split()
    shuffled = random.Random(1).sample(numbers, len(numbers))
    assert sorted(shuffled, key=key) == numbers


@given(st.text())
def test_any_text_has_a_place(text: str) -> None:
    assert key(text) <= key(text + ".1")


@pytest.mark.parametrize(
    ("line", "numbering", "expected"),
    [
        ("3.2 Text", "sections", ("3.2", "Text")),
        ("3.2A Text", "sections", ("3.2A", "Text")),
        ("3.2.1.4AB  Text", "sections", ("3.2.1.4AB", "Text")),
        ("3.2\u00a0Text", "sections", ("3.2", "Text")),
        ("3.2\tText", "sections", ("3.2", "Text")),
        ("3.2", "sections", None),
        ("3.2 ", "sections", None),
        ("3 Text", "sections", None),
        ("3. Text", "sections", None),
        ("3.2. Text", "sections", None),
        ("3.2a Text", "sections", None),
        ("3.2ABC Text", "sections", None),
        ("3.2.1.4.5 Text", "sections", None),
        ("3.2Text", "sections", None),
        (" 3.2 Text", "sections", None),
        ("7\\.30 pm", "sections", None),
        ("\uff13.\uff12 Text", "sections", None),
        ("23. Text", "continuous", ("23", "Text")),
        ("23A. Text", "continuous", ("23A", "Text")),
        ("23 Text", "continuous", None),
        ("23) Text", "continuous", None),
        ("23.", "continuous", None),
        ("2.3 Text", "continuous", None),
        ("3.2 Text", "none", None),
        ("9" * 5000 + ".1 Text", "sections", None),
    ],
)
def test_a_number_starts_a_line(line: str, numbering: Numbering, expected: tuple[str, str] | None) -> None:
    assert split(line, numbering) == expected


@pytest.mark.parametrize(
    ("text", "numbering", "expected"),
    [
        ("3.2", "sections", True),
        ("3.2A", "sections", True),
        ("3", "sections", False),
        ("3.2 ", "sections", False),
        ("3.2\n", "sections", False),
        ("23", "continuous", True),
        ("23.", "continuous", False),
        ("3.2", "none", False),
    ],
)
def test_a_number_as_a_whole(text: str, numbering: Numbering, *, expected: bool) -> None:
    assert is_number(text, numbering) is expected


def test_a_number_is_printed_as_its_author_wrote_it() -> None:
    assert (printed("3.2A", "sections"), printed("23", "continuous")) == ("3.2A", "23.")
