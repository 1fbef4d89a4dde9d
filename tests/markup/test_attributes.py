"""Attribute lists: three classes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "Text\n{: .wide }",
        "| a |\n|---|\n| b |\n{: .narrow }",
        "## 1. Title {.note}",
        "*a*{.note} and `b`{: .wide .note }",
        "*a*{.note} and *b*{.wide}, **c**{.wide}",
        "*a*{.note} and \\{braces\\} and `}`",
        "*a*{.note} and { a brace",
        "| *a*{.note} | b } |\n|---|---|",
        "Text {with} braces, {{ x }} and {% y %}.",
        "{{ onload=x }}",
        "## Title {{ x }}",
        "`{: #x }`",
        "```\n{: #x }\n```",
        "a {#x} b",
        "\\{: #x }",
    ],
)
def test_allowed_or_text(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("Text\n{: #x }", ["{: #x }"]),
        ("Text\n{#x}", ["{#x}"]),
        ("Text\n{#x}*a*", ["{#x}"]),
        ("Text\n  {: style=color:red }", ["{: style=color:red }"]),
        ("## Title {#x}", ["{#x}"]),
        ("## Title {#x} ##", ["{#x}"]),
        ("*a*{onclick=alert(1)}", ["{onclick=alert(1)}"]),
        ("[a](b.md){target=_blank}", ["{target=_blank}"]),
        ("`a`{.red}", ["{.red}"]),
        ("![a](b.png){width=1}", ["{width=1}"]),
        ("*a*{{ onclick=x }}", ["{{ onclick=x }"]),
        ("*a*{.wide onclick=x}", ["{.wide onclick=x}"]),
        ("| a {#x} | b |\n|---|---|", ["{#x}"]),
        ("- a\n{: #x }\n- b\n{: #y }", ["{: #x }", "{: #y }"]),
        ("> a\n> {: #x }", ["{: #x }"]),
        ("``` { .python #x }\n```", ["{ .python #x }"]),
        ("{: }", ["{: }"]),
    ],
)
def test_forbidden(told: Told, text: str, lists: list[str]) -> None:
    assert told(text) == [("forbidden-attribute", words) for words in lists]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8.5 Ring *at once*{ .wide } the { first } person.", " the { first }"),
        ("Ring *at once*{.wide} the first} person}.", " the first} person}"),
        ("Ring `at once`{.wide} the {first} *person*.", " the {first}"),
        ("- [a](b.md){.wide} c {d}", " c {d}"),
    ],
)
def test_a_brace_after_a_list(told: Told, text: str, words: str) -> None:
    assert told(text) == [("forbidden-attribute", words)]
