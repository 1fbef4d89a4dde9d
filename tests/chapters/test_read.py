"""What counts as a numbered paragraph, where it ends, and what its address is."""

from __future__ import annotations

from textwrap import dedent

import pytest

from chapterhouse.chapters import read
from chapterhouse.model import Body, Numbering, Source


def body(text: str, numbering: Numbering = "sections") -> Body:
    return read(Source("procedures/core/x.md", text), 0, numbering)[0]


def numbers(text: str, numbering: Numbering = "sections") -> list[str]:
    return [paragraph.number for paragraph in body(text, numbering).paragraphs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1.1 A\n\n1.2 B", ["1.1", "1.2"], id="after a blank line"),
        pytest.param("## 1. T\n1.1 A", ["1.1"], id="after a heading"),
        pytest.param("\n\n1.1 A", ["1.1"], id="after blank lines at the top"),
        pytest.param("\ufeff1.1 A", ["1.1"], id="after a byte-order mark"),
        pytest.param("1.1 A\n \t\n1.2 B", ["1.1", "1.2"], id="after a line of spaces"),
        pytest.param("1.1 A\n\u00a0\n1.2 B", ["1.1", "1.2"], id="after a line of no-break spaces"),
        pytest.param("1.1 A\r\n\r\n1.2 B\r\n", ["1.1", "1.2"], id="CRLF"),
        pytest.param("1.1 A\r\r1.2 B\r", ["1.1", "1.2"], id="lone CR"),
        pytest.param("- a\n\n1.1 A\n\n- b\n\n1.2 B", ["1.1", "1.2"], id="between lists"),
        pytest.param("1.1 A\n1.2 B", ["1.1"], id="not inside a block"),
        pytest.param("1.1 A\u20281.2 B\u0085\u00851.3 C", ["1.1"], id="not where only Python sees lines"),
        pytest.param(" 1.1 A", [], id="not indented"),
        pytest.param("    1.1 A\n\n\t1.2 B", [], id="not in code"),
        pytest.param("- a\n\n    1.1 A", [], id="not in an item"),
        pytest.param("> 1.1 A\n>\n> 1.2 B", [], id="not in a quote"),
        pytest.param("```\n\n1.1 A\n\n```\n\n1.2 B", ["1.2"], id="not in a fence"),
        pytest.param("~~~ text\n\n1.1 A\n\n```\n\n1.2 B\n\n~~~", [], id="a fence ends with its own marks"),
        pytest.param("````\n\n```\n\n1.1 A\n\n````\n\n1.2 B", ["1.2"], id="and with as many"),
        pytest.param("```\n\n1.1 A", [], id="not in a fence never closed"),
        pytest.param("1.1 | A\n--- | ---\n2 | 3\n\n1.2 B", ["1.2"], id="not in the head of a table"),
        pytest.param("| a | b |\n|---|---|\n1.1 A\n\n1.2 B", ["1.2"], id="not in a row"),
        pytest.param("[^1]: Note\n\n    1.1 A\n\n1.2 B", ["1.2"], id="not in a footnote"),
        pytest.param("<div>\n\n1.1 A\n\n</div>\n\n1.2 B", ["1.2"], id="not in HTML"),
        pytest.param("<!--\n\n1.1 A\n\n-->\n\n1.2 B", ["1.2"], id="not in a comment"),
        pytest.param("<div>\n\n1.1 A", ["1.1"], id="HTML never closed swallows nothing"),
        pytest.param("7\\.30 pm\n\n1.1 A", ["1.1"], id="a backslash escapes"),
        pytest.param("### 1.1 Title", [], id="not a heading"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_counts(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_lists_part_no_numbers_of_a_continuous_chapter() -> None:
    """Python-Markdown alone would merge these into one list and lose the numbers."""
    text = dedent("""\
        22. A

        - x

        23. B:
        - y

        23A. C
        1) z

        24. D
        """)
    assert numbers(text, "continuous") == ["22", "23", "23A", "24"]


def test_an_unnumbered_chapter_has_no_numbers() -> None:
    assert numbers("1.1 A\n\n23. B", "none") == []


TEXT = """\
Before.

## 1. Purpose

1.1 First
over two lines:
- a

| x | y |
|---|---|
| 1 | 2 |

1.2 Second.[^1]

[^1]: A note.

More of the second.

### Details

1.3  Third.

[^2]: Another note,
    which goes on.

[link]: https://northmoor.example
"""


def test_what_follows_belongs_to_a_number_until_the_next_number_or_heading() -> None:
    found = [(p.number, p.line, p.end_line, p.section) for p in body(TEXT).paragraphs]
    assert found == [("1.1", 5, 11, "1"), ("1.2", 13, 17, "1"), ("1.3", 21, 21, "details")]


def test_the_text_of_a_paragraph_starts_after_its_number() -> None:
    first, second, third = (paragraph.text for paragraph in body(TEXT.replace("\n", "\r\n")).paragraphs)
    assert first == "First\nover two lines:\n- a\n\n| x | y |\n|---|---|\n| 1 | 2 |"
    assert second == "Second.[^1]\n\n[^1]: A note.\n\nMore of the second."
    assert third == "Third."


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    text = "---\ntitle: x\n---\n\n## 1. T\n\n1.1 A\n"
    found, _ = read(Source("x.md", text), text.index("\n## 1"), "sections")
    assert (found.line, found.sections[0].line, found.paragraphs[0].line) == (4, 5, 7)


def anchors(text: str, numbering: Numbering = "sections") -> list[str]:
    return [section.anchor for section in body(text, numbering).sections]


@pytest.mark.parametrize(
    ("text", "numbering", "expected"),
    [
        ("## 1. A\n\n## 2. B", "sections", ["1", "2"]),
        ("## 1. A\n\n### 1.1 B\n\n### B", "sections", ["1", "1-1-b", "b"]),
        ("## A\n\n## A\n\n## A\n\n## A 2", "sections", ["a", "a-2", "a-3", "a-2-2"]),
        ("## 3\n\n## 3. A", "sections", ["3-2", "3"]),
        ("## 3. A\n\n## 3. B", "sections", ["3", "3-2"]),
        ("## 23\n\n23. A", "continuous", ["23-2"]),
        ("## 1. A", "continuous", ["1-a"]),
        ("## 1. A", "none", ["1-a"]),
        ("## بچوں کا تحفظ\n\n## !\n\n## ?", "none", ["بچوں-کا-تحفظ", "section", "section-2"]),
    ],
)
def test_addresses_of_headings(text: str, numbering: Numbering, expected: list[str]) -> None:
    assert anchors(text, numbering) == expected


def test_a_section_knows_its_number_its_words_and_its_level() -> None:
    first, second = body("## 3. The *duty* desk ##\n\n### Out of `hours` {.note}").sections
    assert (first.number, first.title, first.level) == ("3", "The duty desk", 2)
    assert (second.number, second.title, second.level) == ("", "Out of hours", 3)
