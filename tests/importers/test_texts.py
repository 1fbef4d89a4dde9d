"""Texts and Markdown: what is read of them, that it is every word, and that it takes no longer than it may."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.importers.blocks import Block, Document, Loss, in_order, words
from chapterhouse.importers.texts import text


def read(written: str, *, markdown: bool = False) -> Document:
    return text.read(written.encode(), markdown=markdown)


def blocks(written: str, *, markdown: bool = False) -> list[Block]:
    return [part for part in read(written, markdown=markdown).parts if isinstance(part, Block)]


def losses(written: str, *, markdown: bool = False) -> list[tuple[str, str]]:
    return [
        (part.why, part.text) for part in read(written, markdown=markdown).parts if isinstance(part, Loss)
    ]


def told(written: str, *, markdown: bool = False) -> list[str]:
    """Each block as one line: its kind and level, its marker, its words."""
    return [
        f"{block.kind}{block.level} {block.marker}|{block.text}"
        for block in blocks(written, markdown=markdown)
    ]


# --- The law: every word, once, in order ---

PIECES = st.sampled_from(
    [
        *(
            "Words go on",
            "and on,",
            "a second sentence.",
            "There are:",
            "1.",
            "1.1",
            "23.",
            "(a)",
            "a)",
            "\u2022",
        ),
        *(
            "- ",
            "|",
            "\t",
            "    ",
            "a | b",
            "--- | ---",
            'HYPERLINK "http://a.example/"',
            "\ufffd",
            "=====",
            "---",
        ),
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=4).map(" ".join), max_size=20).map("\n".join)


@given(TEXTS)
def test_every_word_of_a_text_stands_in_it_once_and_in_order(written: str) -> None:
    document = read(written)
    assert list(in_order(document.parts)) == words(written)
    for block in blocks(written):
        assert all(len(row) == len(block.rows[0]) for row in block.rows)


# --- Tables ---


def test_a_table_that_is_too_large_is_paragraphs() -> None:
    document = read("a|b\n-|-\n" + "|c" * 200_000)
    assert [part.kind for part in document.parts if isinstance(part, Block)] == ["paragraph"] * 2
    assert document.remarks == ("The table at line 1 is too large to be one; its rows are paragraphs.",)


def test_the_rows_of_a_table_are_of_one_length() -> None:
    (table,) = blocks("| a | b |\n|---|:-:|\n| c |\n| d \\| e | f | g |\n")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["a", "b", ""],
        ["c", "", ""],
        ["d \\| e", "f", "g"],
    ]


# --- Harm ---

FEW = 10.0
"""Seconds of the processor; what takes time that grows with the square takes minutes at the least."""


@pytest.mark.parametrize("markdown", [False, True], ids=["text", "markdown"])
@pytest.mark.parametrize(
    "written",
    [
        "# a" + " " * 300_000 + "b",
        "# a" + " #" * 300_000 + "b",
        "x\n" + " " * 300_000 + "|x-|",
        "a|b\n" + "|-" * 300_000 + "x",
        "a|b\n" + "- |" * 300_000 + "\n" + "|" * 1_000_000,
        'HYPERLINK "a" b ' * 60_000,
        "HYPERLINK" + " " * 500_000,
        "\ta\n\tb\n\n" * 50_000,
        "\ta\n\tb\n" + "\n" * 500_000,
        "-" + " -" * 300_000 + " x",
        "1." * 300_000,
        "(a) " * 300_000,
        "```\n~~~\n" * 100_000 + "`" * 300_000,
    ],
    ids=lambda written: written[:8].encode("unicode_escape").decode(),
)
def test_no_text_takes_more_than_seconds(written: str, *, markdown: bool) -> None:
    start = time.process_time()
    read(written, markdown=markdown)
    assert time.process_time() - start < FEW
