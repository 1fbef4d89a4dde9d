"""One redline through the printers of text and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import chapterhouse
from chapterhouse.model import Chapter
from chapterhouse.redline import compare
from chapterhouse.redline.printing import Compared, Side, as_json, text

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "redline.schema.json"
OLD = """Opening words.

## 1. When to act

1.1 Act on the day \x1b[31mat once.

1.2 Tell the duty desk:

- what you saw;
    a) alone;
- what was said.

1.3 Keep *a copy* of it.

1.4 This goes.

## 2. Who answers

2.1 These answer:

| Who | By when |
|---|---|
| Desk | the same day |
| Panel | a week |

2.2 They meet at noon in the hall on the first day of every month.

2.3 The chair of the panel keeps the minutes and the list of names.
"""
NEW = """Opening sentence.

## 1. When to act

1.1 Act on the next day \x1b[31mat once.

1.2 Tell the duty desk:

- what you saw;
    a) with others;
    b) alone;
- what was said.

1.3 Keep a copy of it.

## 2. Who must answer

2.1 These answer:

| Who | By when | Where |
|---|---|---|
| Desk | the next day | here |

2.1A A new one.

2.3 They meet at noon in the hall on the first day of every month.

2.4 The chair of the panel keeps the minutes and a list of names.
"""


@pytest.fixture
def compared(chapter_of: Callable[..., Chapter]) -> Compared:
    old, new = chapter_of(OLD), chapter_of(NEW, more="status: withdrawn\n")
    redline = compare(old, new, {"2.2": "2.3", "2.3": "2.4"})
    return Compared(
        "core/boards",
        "1.1 Boards",
        Side("2", date(2026, 4, 1)),
        Side("3", date(2027, 1, 4)),
        redline,
    )


def test_text_is_as_it_was(compared: Compared, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "redline.txt", text(compared))


def test_json_is_as_it_was(compared: Compared, golden: Callable[[Path, str], None]) -> None:
    printed = as_json(compared)
    jsonschema.validate(json.loads(printed), json.loads(SCHEMA.read_text("utf-8")))
    golden(GOLDEN / "redline.json", printed)


def test_colour_adds_nothing_but_colour(compared: Compared) -> None:
    coloured = text(compared, colour=True)
    assert "\x1b[32m{+" in coloured
    assert "\x1b[31m[-" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(compared)


def test_a_text_cannot_steer_the_terminal(compared: Compared) -> None:
    assert "\x1b" not in text(compared)
    assert "\\x1b[31mat once" in text(compared)


def test_no_difference_is_said_in_words(chapter_of: Callable[..., Chapter]) -> None:
    one = chapter_of(OLD)
    same = Compared("core/boards", "1.1 Boards", Side("2", date(2026, 4, 1)), Side(), compare(one, one))
    assert text(same).endswith("\n\nNo difference.\n")
    assert "to the text as it stands now, not recorded\n" in text(same)
    assert json.loads(as_json(same)) == {
        "schema": 1,
        "chapter": "core/boards",
        "from": {"version": "2", "effective": "2026-04-01"},
        "to": {"version": None, "effective": None},
        "fields": [],
        "changes": [],
    }


def test_another_layout_of_the_same_words_is_one_sentence(chapter_of: Callable[..., Chapter]) -> None:
    old, new = chapter_of("1.1 *Act*.\n\n1.2 Tell.\n"), chapter_of("1.1 Act.\n\n1.2 **Tell**.\n")
    laid_out = Compared("core/boards", "1.1 Boards", Side("2", date(2026, 4, 1)), Side(), compare(old, new))
    assert text(laid_out).endswith("\n\nLayout changed, words the same: 1.1, 1.2.\n")
