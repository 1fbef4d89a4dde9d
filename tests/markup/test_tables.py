"""Tables that are none, and rows whose words would not be shown."""

from __future__ import annotations

from collections.abc import Callable

import markdown
import pytest

Told = Callable[[str], list[tuple[str, str]]]

TWO = "| Who | When |\n|-----|------|\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TWO + "| Police | at once | NEVER |", "| NEVER |"),
        (TWO + "| Police | at once | | NEVER", "| | NEVER"),
        ("> " + TWO.replace("\n|", "\n> |").rstrip("> ") + "> | a | b | NEVER |", "| NEVER |"),
        ("Who | When\n----|-----\n| Police | NEVER |", "| NEVER |"),
        (TWO + "| `a|b` | c \\| d | NEVER |", "| NEVER |"),
        (TWO + "| a | b |\nA sentence.", "A sentence."),
        (TWO + "- item", "- item"),
    ],
)
def test_rows(told: Told, text: str, words: str) -> None:
    assert told(text) == [("table-row", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.1 | a | b |\n|---|---|\n| c | d |", "|---|---|"),
        ("a | b\n|---|---|---|\nc | d", "|---|---|---|"),
        ("| a | b |\n| c | d |\n|---|---|\n| e | f |", "| c | d |"),
    ],
)
def test_no_table(told: Told, text: str, words: str) -> None:
    assert told(text) == [("unsupported-syntax", words)]
    assert "<table>" not in markdown.markdown(text, extensions=["tables"])


@pytest.mark.parametrize(
    "text",
    [
        TWO + "| Police | at once |\n| a \\| b | `c|d` |\n| e |\n| | |\n| f | g | |\n{: .wide }\n\nText",
        "Who | When\n----|-----\nPolice | at once\n\nA | b",
        "| One |\n|-----|\n| a |",
        "> | a | b |\n> |---|---|\n> | c | d |",
        "- | a | b |\n  |---|---|\n  | c | d |",
        "| a | b |\n|:--|--:|\n| c | d |\n\n|---|---|---|",
        "```\n| a |\n|---|---|\n```",
    ],
)
def test_sound_tables(told: Told, text: str) -> None:
    assert told(text) == []
