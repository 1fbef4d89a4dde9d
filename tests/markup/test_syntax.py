"""Syntax that chapters do not have; hidden characters; footnotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chapterhouse.markup import check
from chapterhouse.model import Source

Told = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("- [ ] task", "unsupported-syntax", "[ ]"),
        ("1. [x] task", "unsupported-syntax", "[x]"),
        ('=== "Tab"\n\n    Text', "unsupported-syntax", "=== "),
        ('??? note "Title"\n    Text', "unsupported-syntax", "???"),
        ("/// details", "unsupported-syntax", "///"),
        ('--8<-- "file.md"', "unsupported-syntax", "--8<--"),
        ("*[HTML]: Hypertext", "unsupported-syntax", "*[HTML]:"),
        ("[TOC]", "unsupported-syntax", "[TOC]"),
        ("!!! danger\n    Text", "unsupported-syntax", "!!! danger"),
        ("!!! note wide\n    Text", "unsupported-syntax", "!!! note wide"),
        ("~~gone~~", "unsupported-syntax", "~~gone~~"),
        ("==marked==", "unsupported-syntax", "==marked=="),
        ("- ```\n  code", "unsupported-syntax", "```"),
        ("Text:\n| a | b |\n|---|---|\n| 1 | 2 |", "unsupported-syntax", "| a | b |"),
        ("``` some words\n\ncode\n\n```", "open-fence", "```"),
        ("- a\n  - b", "list-style", "- "),
        ("- a\n\n  1. b", "list-style", "1. "),
        ("- a\n    - b\n      - c", "list-style", "- "),
        ("(a) one\n(b) two\n(c) three", "list-style", "(b)"),
        ("Text:\n(i) one\n(ii) two", "list-style", "(ii)"),
    ],
)
def test_syntax(told: Told, text: str, code: str, words: str) -> None:
    assert told(text) == [(code, words)]


@pytest.mark.parametrize(
    "text",
    [
        "- a [ ] b",
        "See [TOC] in the text.",
        '!!! note "Title"\n    Text',
        "a == b and c == d, ~~~ and ===",
        "- a\n    - b\n        - c\n- d",
        " - a\n - b",
        "1. a\n2. b\n    - c",
        "23. A paragraph:\n   - x\n   - y",
        "(a) one\n\n(b) two",
        "under section 47(1)\n(b) of the Act",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nText",
        "## Title\n| a | b |\n|---|---|",
        "`~~a~~` and https://northmoor.example/==a==b",
        "{{ jinja }} {% block %}",
    ],
)
def test_plain_syntax(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("characters", "name"),
    [
        ("\x00", "NUL (U+0000)"),
        ("\x07", "control character (U+0007)"),
        ("\x0c", "form feed (U+000C)"),
        ("\x7f", "control character (U+007F)"),
        ("\x85", "next line (U+0085)"),
        ("\u200b", "zero width space (U+200B)"),
        ("\u2028", "line separator (U+2028)"),
        ("\u202e", "right-to-left override (U+202E)"),
        ("\u2066\u2066", "left-to-right isolate (U+2066), 2 times"),
        ("\ufeff", "byte-order mark (U+FEFF)"),
        ("\U000e0041", "tag latin capital letter a (U+E0041)"),
    ],
)
def test_hidden_characters(told: Told, characters: str, name: str) -> None:
    assert told(f"a{characters}b") == [("control-character", characters)]
    (fault,) = check(Source("x.md", f"a{characters}b"), 0)
    assert name in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffbyte-order mark at the start",
        "no-break\u00a0space, \u2018quotes\u2019 \u2013 and dashes",
        "ZWNJ \u0645\u06cc\u200c\u062e and ZWJ क्\u200dष",
        "marks of direction \u200f(\u200e)",
        "tab\tand\r\nCRLF",
        "e\u0301",
    ],
)
def test_characters_of_writing(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A[^1] b[^two].\n\n[^1]: One.\n[^two]: Two.", []),
        ("A[^1].", [("broken-footnote", "[^1]")]),
        ("[^1]: One.", [("unused-footnote", "[^1]")]),
        ("A[^1].\n\n[^1]: One.\n\n[^1]: Two.", [("broken-footnote", "[^1]")]),
        ("A[^1] b[^1].\n\n[^1]: One.", []),
        ("A[^a b].\n\n[^a b]: One.", [("broken-footnote", "[^a b]"), ("broken-footnote", "[^a b]")]),
        ("`[^1]`", []),
    ],
)
def test_footnotes(told: Told, text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected
