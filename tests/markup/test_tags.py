"""Raw HTML: a few words of formatting, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "a < b, 3 > 2, <5 and x<y",
        "an arrow <- and a heart <3",
        "a <b never closed",
        "H<sub>2</sub>O, m<sup>2</sup>, <kbd>Tab</kbd>, <q>so</q>, <small>x</small>, <mark>y</mark>",
        "one<br>two<br/>three<br />four<wbr>five",
        '<abbr title="Local authority designated officer">LADO</abbr>',
        "<SUB>2</SUB>",
        "`<script>` and ``<b>`x`` are code",
        "```\n<script>\n```",
        "&lt;script&gt;",
        "<https://northmoor.example> and <desk@northmoor.example>",
        "[words](<a file.md>)",
    ],
)
def test_allowed(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<script>alert(1)</script>", ["<script>", "</script>"]),
        ("a <b>word</b>", ["<b>", "</b>"]),
        ("<SCRIPT SRC=x>", ["<SCRIPT SRC=x>"]),
        ("<img src=x onerror=alert(1)>", ["<img src=x onerror=alert(1)>"]),
        ('<a href="https://northmoor.example">', ['<a href="https://northmoor.example">']),
        ("<a name=x>", ["<a name=x>"]),
        ("<svg/onload=alert(1)>", ["<svg/onload=alert(1)>"]),
        ('<img title=">" src=x>', ['<img title=">" src=x>']),
        ('<img title="> src=x>', ['<img title=">']),
        ("<iframe\n\nsrc=x>", ["<iframe\n\nsrc=x>"]),
        ("<style>p{}</style>", ["<style>", "</style>"]),
        ("<details>\n\nText\n\n</details>", ["<details>", "</details>"]),
        ("<span>x</span>", ["<span>", "</span>"]),
        ("\\<b>", ["<b>"]),
        ("a <!-- comment --> b", ["<!-- comment -->"]),
        ("a <!-- never closed\n\nb", ["<!--"]),
        ("<![CDATA[ x ]]>", ["<![CDATA[ x ]]>"]),
        ("<?php x ?>", ["<?php x ?>"]),
        ("<!DOCTYPE html>", ["<!DOCTYPE html>"]),
        ("m<sup>2 and on", ["<sup>"]),
        ("m<sup>2\n\n</sup>", ["<sup>", "</sup>"]),
        ("</sub>", ["</sub>"]),
        ("<sub><sup>x</sub></sup>", ["<sub>", "</sub>"]),
        ("`code\n<b>` x", ["<b>"]),
        ("[x](\n<b>)", ["<b>"]),
        ("- `a\n- <b> `", ["<b>"]),
        ("| [a | b](<b>) |\n|---|---|", ["<b>"]),
        ("<tel:01632960001>", ["<tel:01632960001>"]),
    ],
)
def test_forbidden(told: Told, text: str, tags: list[str]) -> None:
    assert told(text) == [("forbidden-html", tag) for tag in tags]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("<sub onclick=alert(1)>2</sub>", ["onclick=alert(1)"]),
        ('<abbr title="x" id="y" class=z>a</abbr>', ['id="y"', "class=z"]),
        ("<br style='x'>", ["style='x'"]),
        ("<q>x</q title=y>", ["title=y"]),
    ],
)
def test_attributes_of_allowed_elements(told: Told, text: str, attributes: list[str]) -> None:
    assert told(text) == [("forbidden-attribute", attribute) for attribute in attributes]


@pytest.mark.parametrize("digits", ["#" + "1" * 9, "#" + "1" * 5000, "#x" + "0" * 9, "#X0000000041"])
def test_references_of_too_many_digits(told: Told, digits: str) -> None:
    for text in (f"a &{digits}; b", f"`a &{digits};`"):
        assert told(text) == [("forbidden-html", f"&{digits};")]
    assert told(f'<abbr title="&{digits};">x</abbr>') == [("forbidden-html", f"&{digits};")]


def test_references_of_characters(told: Told) -> None:
    assert told("&#8211; &#x2013; &#00008211; &ndash; &# &#x") == []
