"""Faults inside the definitions of the glossary are told where their words stand in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import manual as manuals
from chapterhouse.fields import aligning
from chapterhouse.model import Diagnostic, Source

DAY = date(2026, 11, 21)
HEAD = "terms:\n  - term: duty desk\n    kind: body\n"


def faults_of(small_manual: Path, definition: str) -> list[Diagnostic]:
    """What is told of a glossary of one entry whose definition is written so, from line 4."""
    file = small_manual / "procedures/glossary.yml"
    file.write_text(f"{HEAD}    definition: {definition}\n", "utf-8")
    found = manuals.check(manuals.load(small_manual), DAY)
    assert all(one.path == "procedures/glossary.yml" for one in found)
    return list(found)


def told(small_manual: Path, definition: str) -> list[tuple[int, int, int, int, str]]:
    return [
        (d.span.line, d.span.column, d.span.end_line, d.span.end_column, d.code)
        for d in faults_of(small_manual, definition)
    ]


STYLES = {
    "literal": ("|\n      One two three.\n      And then {} four.\n", 5 + 1),
    "literal, with a blank line": ("|\n      One two three.\n\n      And then {} four.\n", 5 + 2),
    "literal, kept": ("|+\n      One two three.\n      And then {} four.\n\n", 5 + 1),
    "literal, indented": ("|2\n      One two three.\n      And then {} four.\n", 5 + 1),
    "folded": (">-\n      One two three.\n      And then {} four.\n", 5 + 1),
    "folded, with a blank line": (">\n      One two three.\n\n      And then {} four.\n", 5 + 2),
    "folded, with a comment": (
        ">-  # One two And then\n      One two three.\n      And then {} four.\n",
        5 + 1,
    ),
    "plain": ("One two three.\n      And then {} four.\n", 5),
    "in double quotes": ('"One two three.\n      And then {} four."\n', 5),
    "in single quotes": ("'One two three.\n      And then {} four.'\n", 5),
}
BAD = [
    ("<b>loud</b>", "forbidden-html", 0, 3),
    ("paragraph 12.4 of chapter 9.9", "broken-reference", None, None),
    ("section 13 of the Children Act 2004", "law-repealed", 0, 35),
    ("[here](nowhere.md)", "broken-link", None, None),
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("words", "code", "first", "last"), BAD, ids=lambda value: str(value)[:12])
def test_a_fault_is_told_at_its_line_and_column(
    small_manual: Path, style: str, words: str, code: str, first: int | None, last: int | None
) -> None:
    written, line = STYLES[style]
    found = [d for d in faults_of(small_manual, written.format(words)) if d.code == code]
    assert found, faults_of(small_manual, written.format(words))
    span = found[0].span
    assert (span.line, span.end_line) == (line, line)
    start = len("      And then ") + 1
    assert start <= span.column < span.end_column <= start + len(words)
    if first is not None and last is not None:
        assert (span.column - start, span.end_column - start) == (first, last)


def test_the_same_words_twice_are_told_at_each_place(small_manual: Path) -> None:
    definition = ">-\n      See <b>x</b> and\n      then <b>x</b>.\n"
    places = [(line, column) for line, column, _, _, code in told(small_manual, definition)]
    assert {(5, 11), (6, 12)} <= set(places)


def test_a_stretch_over_lines_ends_where_it_ends(small_manual: Path) -> None:
    definition = ">-\n      The law is section 13 of\n      the Children Act 2004 still.\n"
    assert told(small_manual, definition) == [(5, 18, 6, 28, "law-repealed")]


@pytest.mark.parametrize(
    ("definition", "line"),
    [
        ("'It''s <b>loud</b>.'", 4),
        ('"A \\"loud\\" <b>x</b>."', 4),
        ('"A\\u0020<b>x</b>."', 4),
    ],
)
def test_where_the_file_writes_it_otherwise_the_line_is_told(
    small_manual: Path, definition: str, line: int
) -> None:
    places = told(small_manual, definition)
    assert {place[4] for place in places} == {"forbidden-html"}
    assert {place[0] for place in places} == {line}


@pytest.mark.parametrize(
    ("definition", "code", "place"),
    [
        ("|\n      One.\n\n      ## Two\n", "unsupported-syntax", (7, 7)),
        ("|\n      One.[^1]\n", "unsupported-syntax", (5, 11)),
        ("|\n      One ![two](x.png).\n", "unsupported-syntax", (5, 11)),
        ("|\n      - [ ] One\n", "unsupported-syntax", (5, 9)),
        ("|\n      - One\n      - <b>two</b>\n", "forbidden-html", (6, 9)),
        ("'One {: .loud }'\n", "forbidden-attribute", (4, 22)),
    ],
)
def test_what_a_definition_cannot_hold(
    small_manual: Path, definition: str, code: str, place: tuple[int, int]
) -> None:
    assert (*place, code) in [(d[0], d[1], d[4]) for d in told(small_manual, definition)]


@pytest.mark.parametrize(
    "definition",
    [
        "Those who answer; see *chapter 1.3*, and section 47 of the Children Act 1989.",
        "|\n      Two kinds:\n\n      - the first;\n      - the second.\n",
        "See [records](core/records.md).",
        "It is 'so' and \"so\".",
        "4",
    ],
)
def test_what_a_definition_can_hold(small_manual: Path, definition: str) -> None:
    assert [d for d in faults_of(small_manual, definition) if d.severity != "info"] == []


# --- The alignment itself ---


def stretch(text: str, value: str, words: str) -> str:
    """What is told of some words of a value that stands in a text."""
    source = Source("x.yml", text)
    start = value.index(words)
    low, high = source.stretch(aligning.place(source, (0, len(text)), value, start, start + len(words)))
    return text[low:high]


@pytest.mark.parametrize(
    ("text", "value", "words", "told_"),
    [
        ("a b c", "a b c", "b", "b"),
        ("a\n   b\n   c", "a b c", "b c", "b\n   c"),
        ("one, two", "one, two", "two", "two"),
        ("one (two)", "one (two)", "two", "two"),
        ("one one one", "one one one", " one", "one"),
        ("it''s so", "it's so", "so", "it''s so"),  # told by the line
    ],
)
def test_words_are_found_in_order(text: str, value: str, words: str, told_: str) -> None:
    assert stretch(text, value, words) == told_


@given(
    st.lists(st.text("ab.<(", min_size=1, max_size=4), min_size=1, max_size=8),
    st.data(),
)
def test_folded_words_are_told_where_they_stand(words: list[str], data: st.DataObject) -> None:
    """For any way of folding, the words of a stretch of the value are those of its place."""
    gaps = data.draw(
        st.lists(st.sampled_from([" ", "\n  ", "\n\n    "]), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    value = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + bool(first)
    end = len(" ".join(words[: last + 1]))
    source = Source("x.yml", text)
    low, high = source.stretch(aligning.place(source, (0, len(text)), value, start, end))
    assert text[low:high].split() == words[first : last + 1]
    assert len(text[:low].split()) == first


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_text_has_a_place(text: str, value: str, start: int, end: int) -> None:
    source = Source("x.yml", text)
    span = aligning.place(source, (0, len(text)), value, min(start, end), max(start, end))
    assert 1 <= span.line <= span.end_line <= len(source.starts)
