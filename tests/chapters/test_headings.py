"""The words of a heading, and the address that they make."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.chapters import heading, plain, slug


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Plain words", "Plain words"),
        ("*a* and **b** and ***c***", "a and b and c"),
        ("_a_ and __b__ but not snake_case_name", "a and b but not snake_case_name"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("`a*b*` and ``c``", "a*b* and c"),
        ("[words](https://northmoor.example/a_(b)) and [more][ref]", "words and more"),
        ("![picture](x.png) here", "picture here"),
        ("A note[^1]", "A note"),
        ("H<sub>2</sub>O &amp; more", "H2O & more"),
        (r"\*not emphasis\*", "*not emphasis*"),
        ("&#" + "9" * 6000 + ";", "&#" + "9" * 6000 + ";"),
    ],
)
def test_words_without_markup(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("What happens next?", "what-happens-next"),
        ("Children\u2019s and children's", "childrens-and-childrens"),
        ("Section 47 \u2013 enquiries", "section-47-enquiries"),
        ("Amddiffyn plant yng Ngŵyl Ŷd", "amddiffyn-plant-yng-ngŵyl-ŷd"),
        (unicodedata.normalize("NFD", "Ngŵyl"), "ngŵyl"),
        ("بچوں کا تحفظ", "بچوں-کا-تحفظ"),
        ("बच्चे", "बच्चे"),
        ("\uff21\uff22 \uff11", "ab-1"),
        ("…", "section"),
        ("", "section"),
    ],
)
def test_address(words: str, address: str) -> None:
    assert slug(words, ()) == address


def test_an_address_is_never_one_that_is_taken() -> None:
    assert slug("A", {"a"}) == "a-2"
    assert slug("A", {"a", "a-2"}) == "a-3"


@given(st.text())
def test_an_address_can_stand_in_an_id(text: str) -> None:
    address = slug(text, ())
    assert address
    assert not any(character.isspace() or character in "\"'<>&#" for character in address)


@given(st.text())
def test_words_never_raise(text: str) -> None:
    plain(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## T", (2, "T")),
        ("###### T ######", (6, "T")),
        ("## C#", (2, "C#")),
        ("## T {: .note }", (2, "T")),
        ("## ", (2, "")),
        ("##T", None),
        ("####### T", None),
        (" ## T", None),
    ],
)
def test_heading(line: str, expected: tuple[int, str] | None) -> None:
    assert heading(line) == expected


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Chapterhouse title", "section-chapterhouse-title"),
        ("Chapterhouse amendments", "section-chapterhouse-amendments"),
        ("Chapterhouse", "section-chapterhouse"),
        ("Footnotes", "section-footnotes"),
        ("fn 1", "section-fn-1"),
        ("fnref1", "section-fnref1"),
        ("Chapterhouses", "chapterhouses"),
        ("Footnotes to this", "section-footnotes-to-this"),
        ("The chapterhouse", "the-chapterhouse"),
    ],
)
def test_a_slug_keeps_clear_of_the_ids_of_the_page(words: str, anchor: str) -> None:
    assert slug(words, ()) == anchor
