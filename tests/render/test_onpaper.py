"""Links have numbered notes for readers of paper, unless their words say already where they lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from chapterhouse.references import Reference
from chapterhouse.render import ChapterhouseExtension, Context, marked


def leads(href: str) -> str:
    """What is told of an address."""
    return {
        "#1.2": "paragraph 1.2",
        "b.md": "chapter 2.2",
        "b.md#1.4": "chapter 2.2, paragraph 1.4",
        "#quiet": "",
    }.get(href, href.removeprefix("mailto:").removeprefix("tel:"))


def one_place(_: Reference) -> str:
    """Every reference leads to one paragraph."""
    return "#1.2"


def page(text: str, on_paper: Callable[[str], str] | None = leads) -> BeautifulSoup:
    known = {"a": Context("sections", address=one_place, on_paper=on_paper)}
    html = Markdown(extensions=["toc", ChapterhouseExtension(contexts=known.get)]).convert(marked("a", text))
    return BeautifulSoup(html, "html.parser")


def noted(text: str) -> list[tuple[str, str, str]]:
    """The words of each link that has a note, its number, and what is told."""
    links: list[Tag] = page(text).select("a[data-on-paper]")
    return [(one.get_text(), str(one["data-paper-note"]), str(one["data-on-paper"])) for one in links]


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("[the guide](https://example.org/a?b=1&c=2)", "https://example.org/a?b=1&c=2"),
        ("[**the** guide](https://example.org/)", "https://example.org/"),
        ("[the desk](tel:01632960001)", "01632960001"),
        ("[01632 960002](tel:+441632960001)", "+441632960001"),
        ("[the office](mailto:office@northmoor.example)", "office@northmoor.example"),
        ("[first](#1.2)", "paragraph 1.2"),
        ("[paragraph 1.21](#1.2)", "paragraph 1.2"),
        ("[chapter 2.2](b.md#1.4)", "chapter 2.2, paragraph 1.4"),
        ("[chapter 12.2](b.md)", "chapter 2.2"),
    ],
)
def test_a_link_is_noted(link: str, told: str) -> None:
    (found,) = noted(f"1.1 Read {link}.\n")
    assert found[1:] == ("1", told)
    entries = page(f"1.1 Read {link}.\n").select("[data-chapterhouse=links] li")
    assert [entry.get_text() for entry in entries] == [told]


@pytest.mark.parametrize(
    "link",
    [
        "<https://example.org/a>",
        "[example.org/a](https://example.org/a/)",
        "<office@northmoor.example>",
        "[01632 960001](tel:01632960001)",
        "[01632 960001](tel:+441632960001)",
        "[+44 (0)1632 960001](tel:01632960001)",
        "[see 1.2](#1.2)",
        "[chapter 2.2, Arrangements](b.md)",
        "[paragraph 1.4 of chapter 2.2](b.md#1.4)",
        "[quiet](#quiet)",
        "paragraph 1.2",
        "One[^1]\n\n[^1]: Note.",
    ],
)
def test_words_that_say_where_they_lead_are_left_alone(link: str) -> None:
    soup = page(f"1.1 Read {link}.\n\n1.2 Then.\n")
    assert soup.select("[data-on-paper], [data-paper-note], [data-chapterhouse=links]") == []


def test_what_is_told_twice_has_one_number() -> None:
    one, two = "https://example.org/1", "https://example.org/2"
    text = f"1.1 [A]({one}) [b]({two}) [c]({one})[^n].\n\n[^n]: [D]({two}).\n"
    assert [(words, number) for words, number, _ in noted(text)] == [
        ("A", "1"),
        ("b", "2"),
        ("c", "1"),
        ("D", "2"),
    ]
    listed = page(text).select("[data-chapterhouse=links]")[0]
    assert listed.find_next_sibling() is None
    assert "data-chapterhouse-note" in listed.attrs
    assert [entry.get_text() for entry in listed.select("li")] == [one, two]


def test_a_text_that_is_not_printed_by_itself_has_none() -> None:
    assert (
        page("1.1 [A](https://example.org/).\n", on_paper=None).select("[data-on-paper], [data-chapterhouse]")
        == []
    )
