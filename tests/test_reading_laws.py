"""What holds for any text that is read as the body of a chapter, and how long it may take."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chapterhouse import chapters, markup, references
from chapterhouse.chapters import is_number, split
from chapterhouse.masking import mask
from chapterhouse.model import Diagnostic, Numbering, Source

PATH = "procedures/core/x.md"
NUMBERINGS: tuple[Numbering, ...] = ("sections", "continuous", "none")

# Runs of one of these make a careless reader of Markdown take for ever.
TILES = [
    *("`", "`a", "``a`", "[", "![", "[a](", "](", "[a][b", "[a]: ", "[a]:b\n", "[^", "[^a]", "[^a]: b\n"),
    *("<", "</", "<a ", '<a "', "<a '\"", "<a@", "<a:", "<!--", "<p\n", "<div>\n\n", "<?", "<a `"),
    *("*", "*a", "**a*", "_a", "\\", "&#", "&#1;", "{", "*{", "*{a}", "{:", "{{", "~~a", "==a", "-8<"),
    *(" ", "\t", "\n", "\r\n", "\u00a0", "\x00", "\x00a", "\u2028", ">", "> ", "- ", "- a\n", "    - a\n"),
    *("#", "# ", "## a\n", "a\n---\n", "```\n", "```\n\n~~~\n\n", "|", "|-|\n", "a|\n", "(a) b\n", "1. "),
    *("1.1 a\n\n", "1.1 a\n", "1.", "1 . ", "1.1", "**1.1 ", "\uff11.\uff11 ", "9", "## 1. a\n\n1.1 b\n\n"),
    *("paragraph ", "paragraph 1.1, ", "1.1, ", "chapter 1.1, paragraph 1.1, ", "(paragraph 2026 "),
    *("[a]:b'", '[a]: b"', "[a]: (b", "- [", "a) ", "|`a", "| `a|", "|-|-|\n", "*a*{.b}", "}", "&#1"),
    *("section 3 above ", "paragraph 1.1 in the a a a a a ", "paragraph\n", "PARA", "a\n\u00a0\n"),
]
STARTS = ["paragraph ", "[a](", "## ", "- ", "| a |\n|---|\n", "<a ", "`", "1.1 "]

SIZE = 30_000
"""Characters. What grows with the square of this takes many seconds; what grows with it, hundredths."""
SECONDS = 2
"""Of processor time, on a slow machine that is busy."""

WORDS = [
    *("1.1 A", "1.2A B", "23. C", "## 2. D", "[x](y.md#1.1)", "![](z)", "<b>", "</sub>", "<sub>", "word"),
    *("chapter 2.2, paragraph 1.4", "{: .wide}", "{#x}", "e\u0301", "\ufeff", "\r", "\u202e", "javascript:"),
]
PIECES = st.sampled_from([*TILES, *STARTS, *WORDS])
TEXTS = st.text() | st.lists(PIECES, max_size=30).map("".join)

READERS: dict[str, Callable[[str], object]] = {
    "chapters.read, sections": lambda text: chapters.read(Source(PATH, text), 0, "sections"),
    "chapters.read, continuous": lambda text: chapters.read(Source(PATH, text), 0, "continuous"),
    "markup.check": lambda text: markup.check(Source(PATH, text), 0),
    "markup.links": lambda text: markup.links(Source(PATH, text), 0),
    "mask": mask,
    "references.find": references.find,
    "slug": lambda text: chapters.slug(chapters.plain(text), ()),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_for_ever(reader: str) -> None:
    long = [tile * (SIZE // len(tile)) for tile in TILES]
    long += [start + text for start in STARTS for text in long[:: len(STARTS)]]
    for text in long:
        start = time.process_time()
        READERS[reader](text)
        assert time.process_time() - start < SECONDS, text[:40]


def places_are_inside(source: Source, faults: tuple[Diagnostic, ...]) -> None:
    for fault in faults:
        span = fault.span
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 1 <= span.line <= span.end_line <= len(source.starts)
        assert 1 <= span.column <= len(source.line(span.line)) + 1
        assert 1 <= span.end_column <= len(source.line(span.end_line)) + 1
        assert fault.message


@given(TEXTS, st.sampled_from(NUMBERINGS))
@example("\ufeff1.1 A", "sections")
@example("\ufeff\x00", "none")
def test_every_paragraph_starts_with_its_number(text: str, numbering: Numbering) -> None:
    source = Source(PATH, text)
    body, faults = chapters.read(source, 0, numbering)
    places_are_inside(source, faults)
    ends = [paragraph.end_line for paragraph in body.paragraphs]
    for paragraph, end in zip(body.paragraphs, [0, *ends], strict=False):
        found = split(source.line(paragraph.line), numbering)
        assert found is not None
        assert found[0] == paragraph.number
        assert is_number(paragraph.number, numbering)
        assert paragraph.text.split("\n")[0] == found[1]
        assert end < paragraph.line <= paragraph.end_line <= len(source.starts)
        assert source.line(paragraph.end_line).strip()
        # Lines inside may hold a carriage return only where it ends one.
        assert paragraph.text.count("\n") == paragraph.end_line - paragraph.line
    for line in body.lists:
        assert source.line(line).strip(" \t>")


@given(TEXTS, st.sampled_from(NUMBERINGS))
def test_addresses_are_never_empty_and_sections_never_share_one(text: str, numbering: Numbering) -> None:
    body, _ = chapters.read(Source(PATH, text), 0, numbering)
    anchors = [section.anchor for section in body.sections]
    assert all(anchors)
    assert len(set(anchors)) == len(anchors)
    assert not set(anchors) & {paragraph.anchor for paragraph in body.paragraphs}


@given(TEXTS)
def test_a_mask_keeps_length_and_lines(text: str) -> None:
    prose, words = mask(text), mask(text, links=True)
    for masked in (prose, words):
        assert len(masked) == len(text)
        assert all(new in (old, "\0") for old, new in zip(text, masked, strict=True))
        assert [c for c in masked if c in "\r\n"] == [c for c in text if c in "\r\n"]
    assert all(b == "\0" for a, b in zip(prose, words, strict=True) if a == "\0")


@given(TEXTS)
def test_references_are_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for reference in references.find(text):
        assert end <= reference.start < reference.end <= len(text)
        end = reference.end
        words = text[reference.start : reference.end]
        assert words.endswith(
            (reference.paragraph or reference.section or reference.chapter, reference.chapter)
        )
        assert reference.paragraph or reference.section or reference.chapter


@given(TEXTS, st.integers(0, 50))
def test_markup_is_judged_with_its_place(text: str, start: int) -> None:
    source = Source(PATH, text)
    start = min(start, len(text))
    places_are_inside(source, markup.check(source, start))
    for link in markup.links(source, start):
        assert not markup.address_fault(link.target)
        assert link.span.line <= len(source.starts)
