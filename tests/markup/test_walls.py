"""What the check of the source lets through, Markdown makes nothing forbidden of."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chapterhouse.chapters import read
from chapterhouse.markup import ATTRIBUTES, ELEMENTS, address_fault, check
from chapterhouse.model import Source

EXTENSIONS = ["tables", "fenced_code", "footnotes", "attr_list", "admonition"]
TRICKS = [
    *(
        "<script>",
        "</script>",
        "<b>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:1'>",
        "<div>",
        "</div>",
    ),
    *("<svg/onload=1>", "<p\n", "<mark", "<mark>", "</mark>", "<sup>", "</sup>", "<q cite=x>", "/>", "<br>"),
    *(
        '<abbr title="x">',
        "</abbr>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE x>",
        "<",
        "> ",
        ">",
    ),
    *(
        "`",
        "``",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "\r",
        "    ",
        "  ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "a) ",
        "# ",
        "## 1. T",
    ),
    *("| a | b |\n|---|---|\n", "|", "[x](", "[x]", "![", "](", ")", "(", "[r]: ", "[r]", "[^1]", "[^1]: "),
    *(
        "javascript:",
        "java",
        "script:",
        "&#115;",
        "&#x6A;",
        "&colon;",
        "%3A",
        "//evil.example",
        "data:text/html,",
    ),
    *(
        "<http://a>",
        "<javascript:x>",
        "<javascript://x>",
        "<x@y>",
        "https://a.example",
        "tel:1",
        "../../../",
        "#3",
    ),
    *(
        "{",
        "}",
        "{: ",
        "{: onclick=x }",
        "{#x}",
        ".wide",
        "{.wide}",
        "{.bad}",
        "onload=x",
        "*a*",
        "**",
        "*",
        "_",
    ),
    *(
        "\\",
        '"',
        "'",
        '="',
        "=",
        ":",
        "+",
        "===",
        "---",
        '!!! note "T"\n    ',
        "!!! bad\n",
        "&lt;",
        "1.1 ",
        "word",
    ),
]


class Wall(HTMLParser):
    """Collects what must not stand in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.found.append(tag)
        for name, value in attrs:
            aligned = name == "style" and tag in {"th", "td"}
            noted = name == "id" and (value or "").startswith(("fn:", "fnref"))
            if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset()) and not aligned:
                self.found.append((tag, name))
            if (name == "id" and not noted) or (name in {"href", "src"} and address_fault(value or "")):
                self.found.append((tag, name, value))

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def handle_pi(self, data: str) -> None:
        self.found.append(data)

    def unknown_decl(self, data: str) -> None:
        self.found.append(data)


def behind(text: str) -> list[object]:
    """What gets through both the check of the source and Markdown."""
    source = Source("procedures/core/x.md", text)
    faults = [*check(source, 0), *read(source, 0, "none")[1]]
    if any(fault.severity == "error" for fault in faults):
        return []
    wall = Wall()
    wall.feed(markdown.markdown(text, extensions=EXTENSIONS))
    wall.close()
    return wall.found


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TRICKS), max_size=9).map("".join))
@example("\\<b>")
@example("[x](<img src=x onerror=alert(1)>")
@example("`` ` <b> `")
@example("`a\n- b` <b> `c")
@example("x <foo <http://a> y > z")
@example("a\n{#x}<a@b>")
@example("a\n{: }")
@example("<p\n[r]: > ")
@example("| a | b |\n|---|---|\n[r]: {.wide}<javascript://x>}")
@example("[r]: {#x}\n- ")
def test_nothing_forbidden_gets_behind_the_first_wall(text: str) -> None:
    assert behind(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.1 A *b* **c** `d` [e](f.md) ![g](h.png)\n\n- i\n- j\n\n> k\n\n---\n\n## l\n\n1. m",
        "| l |\n|:-:|\n| m |\n\nA[^1]\n\n[^1]: B\n\nText\n{: .wide }\n\n```\ncode\n```",
        'H<sub>2</sub>O<br>\n\n!!! note "T"\n    Text\n\n<desk@northmoor.example>',
    ],
)
def test_the_lists_hold_what_markdown_makes_of_a_chapter(text: str) -> None:
    assert check(Source("procedures/core/x.md", text), 0) == ()
    assert behind(text) == []
