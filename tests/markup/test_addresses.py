"""Where a link or a picture may lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chapterhouse.markup import address_fault, links
from chapterhouse.model import Source

Told = Callable[[str], list[tuple[str, str]]]

FINE = [
    "",
    "#3.4",
    "other.md",
    "other.md#3.4",
    "../part/other.md",
    "a%20b.md",
    "?q=a:b",
    "#a:b",
    "12:30.md",
    "https://northmoor.example/a?b=c:d#e",
    "HTTP://northmoor.example",
    "mailto:desk@northmoor.example?subject=x",
    "tel:+441632960001",
]
REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\x00script:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "JaVa&#115;cript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\uff4aavascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://northmoor.example",
    "C:\\a.md",
    "//northmoor.example",
    "/\\northmoor.example",
    "\\\\northmoor.example",
    "/&#47;northmoor.example",
    "https:northmoor.example",
    "https://",
    "https:///a",
]


@pytest.mark.parametrize("target", FINE)
def test_fine(target: str) -> None:
    assert address_fault(target) == ""


@pytest.mark.parametrize("target", REFUSED)
def test_refused(target: str) -> None:
    assert address_fault(target)


@pytest.mark.parametrize(
    ("target", "depth", "fine"),
    [
        ("../part/x.md", 1, True),
        ("../x.md", 0, False),
        ("../../x.md", 1, False),
        ("a/../../x.md", 1, True),
        ("a/../../../x.md", 1, False),
        ("%2e%2e/%2e%2e/x.md", 1, False),
        ("..\\..\\x.md", 1, False),
        ("./../x.md", 1, True),
        ("x.md?../../..", 0, True),
    ],
)
def test_climbing(target: str, depth: int, *, fine: bool) -> None:
    assert (address_fault(target, depth) == "") is fine


def test_a_picture_is_a_file_of_the_manual() -> None:
    assert address_fault("desk.png", image=True) == ""
    assert address_fault("https://northmoor.example/desk.png", image=True)
    assert address_fault("tel:01632960001", image=True)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[a](javascript:alert(1))", "javascript:alert(1)"),
        ("[a]( javascript:alert(1) )", "javascript:alert(1)"),
        ("[a](<javascript:alert(1)>)", "javascript:alert(1)"),
        ('[a](javascript:alert(1) "title")', "javascript:alert(1)"),
        ("[a](java\nscript:alert(1))", "java\nscript:alert(1)"),
        ("[a\nb](javascript:x)", "javascript:x"),
        ("[a [b] c](javascript:x)", "javascript:x"),
        ("![a](javascript:x)", "javascript:x"),
        ("[a][r]\n\n[r]: javascript:x", "javascript:x"),
        ("[a][r]\n\n[r]:\n  javascript:x", "javascript:x"),
        ("<javascript:x>", "javascript:x"),
        ("[![a](b.png)](javascript:x)", "javascript:x"),
        ("[a](javascript:" + "x" * 5000 + ")", "javascript:" + "x" * 5000),
        ("[a](../../x.md)", "../../x.md"),
        ("![a](https://northmoor.example/b.png)", "https://northmoor.example/b.png"),
    ],
)
def test_addresses_in_a_text(told: Told, text: str, address: str) -> None:
    ((code, words),) = told(text)
    assert code == "forbidden-address"
    assert words == address[: len(words)]
    assert len(words) == len(address) or len(words) >= 100


@pytest.mark.parametrize(
    "text", ["`[a](javascript:x)`", "```\n[a](javascript:x)\n```", "\\[a](javascript:x)"]
)
def test_code_is_not_judged(told: Told, text: str) -> None:
    assert told(text) == []


def test_links_that_the_manual_must_check() -> None:
    text = (
        'A [b](c.md#1.1 "t"), ![d](e.png), [f](#2.1), [g][r], [h](https://northmoor.example), [i](//x)\n\n'
        "[r]: l&amp;m.md\n\n`[n](o.md)`\n"
    )
    source = Source("procedures/core/x.md", text)
    found = [(link.target, link.image, link.span.line, link.span.column) for link in links(source, 0)]
    assert found == [
        ("c.md#1.1", False, 1, 7),
        ("e.png", True, 1, 27),
        ("#2.1", False, 1, 39),
        ("l&m.md", False, 3, 6),
    ]


def test_places_are_counted_from_the_top_of_the_file() -> None:
    text = "---\ntitle: x\n---\n[a](b.md)"
    (link,) = links(Source("x.md", text), text.index("["))
    assert (link.span.line, link.span.column) == (4, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](desk.png)", ["![](desk.png)"]),
        ("![ ](desk.png)", ["![ ](desk.png)"]),
        ("![][r]\n\n[r]: desk.png", ["![][r]"]),
        ("![The desk](desk.png)", []),
    ],
)
def test_pictures_without_words(told: Told, text: str, expected: list[str]) -> None:
    assert told(text) == [("picture-without-text", words) for words in expected]
