"""Internal references in the text become links, and nothing else does."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from chapterhouse import chapters, references
from chapterhouse.masking import mask
from chapterhouse.model import Source
from chapterhouse.references import Reference
from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.context import Note


def somewhere(reference: Reference) -> str:
    """Every reference leads to a place that tells what it refers to."""
    chapter = f"{reference.chapter}.md" if reference.chapter else ""
    return f"{chapter}#{reference.paragraph or reference.section}"


def links(text: str, **context: object) -> list[tuple[str, str]]:
    """The words and the destination of each internal reference of the page."""
    known = {"a": Context("sections", **({"address": somewhere} | context))}  # type: ignore[arg-type]
    html = Markdown(extensions=["toc", ChapterhouseExtension(contexts=known.get)]).convert(marked("a", text))
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("a a")
    return [(link.get_text(), str(link["href"])) for link in soup.select("a.reference")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See paragraph 3.4 above.", [("paragraph 3.4", "#3.4")]),
        ("1.1 See paragraph 3.4.", [("paragraph 3.4", "#3.4")]),
        ("See **paragraph 3.4**.", [("paragraph 3.4", "#3.4")]),
        ("See paragraph **3.4**.", [("3.4", "#3.4")]),
        ("*See* paragraph 3.4, *and* paragraph 3.5", [("paragraph 3.4", "#3.4"), ("paragraph 3.5", "#3.5")]),
        ("Chapter 2.2, paragraph 1.4 says", [("Chapter 2.2, paragraph 1.4", "2.2.md#1.4")]),
        ("Paragraphs 3.2 and 3.4.", [("Paragraphs 3.2", "#3.2"), ("3.4", "#3.4")]),
        ("See paragraph\n3.4.", [("paragraph\n3.4", "#3.4")]),
        ("See paragraph\u00a03.4.", [("paragraph\u00a03.4", "#3.4")]),
        (
            "- see paragraph 3.4\n    - and paragraph 3.5",
            [("paragraph 3.4", "#3.4"), ("paragraph 3.5", "#3.5")],
        ),
        ("| a | b |\n|---|---|\n| paragraph 3.4 | c |", [("paragraph 3.4", "#3.4")]),
        ("> paragraph 3.4", [("paragraph 3.4", "#3.4")]),
        ('!!! note "Mind"\n    paragraph 3.4', [("paragraph 3.4", "#3.4")]),
        ("Text[^1].\n\n[^1]: See paragraph 3.4.", [("paragraph 3.4", "#3.4")]),
        ("See paragraph 3.4[^1].\n\n[^1]: x", [("paragraph 3.4", "#3.4")]),
        ("## See paragraph 3.4", []),
        ("`paragraph 3.4`", []),
        ("```\nparagraph 3.4\n```", []),
        ("    paragraph 3.4", []),
        ("[paragraph 3.4](https://northmoor.example/)", []),
        ("[as *paragraph 3.4* says](https://northmoor.example/)", []),
        ("![paragraph 3.4](a.png)", []),
        # Whose paragraph it is may stand outside the emphasis.
        ("Working Together 2026, *paragraph 40* and", []),
        ("*Paragraph 4* of Schedule 2", []),
        ("paragraph 4 of the *Children Act 1989*", []),
        ("paragraph `x` 3.4", []),
    ],
)
def test_what_is_linked(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.1 See paragraph 3.4, *paragraph 3.5* and paragraphs **3.6** and 3.7; `paragraph 1.1`.",
        "1.1 Working Together 2026,\nparagraph 40, and chapter 2.2,\nparagraph 1.4.\n\n1.2 paragraph 3.1",
        "1.1 See [paragraph 3.4](b.md) or paragraph 3.5.\n\n- section 3 above\n- paragraphs 3.2 to 3.6",
        "1.1 H<sub>2</sub>O in paragraph 3.4[^1] of this chapter.\n\n[^1]: As paragraph 3.5 has it.",
    ],
)
def test_the_page_links_what_the_core_finds(text: str) -> None:
    core = [somewhere(reference) for reference in references.find(mask(text, links=True))]
    assert sorted(href for _, href in links(text)) == sorted(core)
    body, _ = chapters.read(Source("a.md", text), 0, "sections")
    assert body.paragraphs


def test_a_reference_that_leads_nowhere_stays_text() -> None:
    def known(reference: Reference) -> str | None:
        return "#3.4" if reference.paragraph == "3.4" else None

    assert links("Paragraph 3.4, paragraph 9.9.", address=known) == [("Paragraph 3.4", "#3.4")]
    assert links("Paragraph 3.4", address=lambda _: None) == []


def test_a_note_is_no_part_of_the_text() -> None:
    text = "1.1 3.4 is a number; so is paragraph 3.5."
    assert links(text, notes={"1.1": (Note("paragraph"),)}) == [("paragraph 3.5", "#3.5")]


def test_without_a_context_references_lead_to_their_own_page_only() -> None:
    html = Markdown(extensions=["chapterhouse"]).convert(
        "## 1. A\n\n1.1 See paragraph 1.1, paragraph 1.2, section 1 above and chapter 2.2, paragraph 1.1."
    )
    found = BeautifulSoup(html, "html.parser").select("a.reference")
    assert [(link.get_text(), link["href"]) for link in found] == [
        ("paragraph 1.1", "#1.1"),
        ("section 1", "#1"),
    ]
