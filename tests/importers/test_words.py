"""The promise: every word of a source is in its draft or among what is listed, in order."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import frontmatter
from chapterhouse.importers import choosing
from chapterhouse.importers.blocks import Document, in_order, words
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.drafts.drafting import Draft, Place
from chapterhouse.importers.drafts.escaping import read_back
from chapterhouse.importers.pages import html as html_reader
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Piece
from chapterhouse.importers.texts import text
from chapterhouse.importers.word import docx
from chapterhouse.manual import law
from chapterhouse.model import Manual, Part
from chapterhouse.render import ChapterhouseExtension

from . import test_docx, test_html
from .conftest import words_of, written_out

DAY = date(2026, 11, 22)
EMPTY = Manual((), (), (Part("imported", "Imported"),), (), {}, frozenset(), {}, law.national(), ())
NEW = Place(EMPTY, "imported")
"""A manual with nothing in it, and a part for the drafts."""


def draft_of(name: str, content: bytes) -> Draft:
    (made,) = drafting.drafts([(name, recognise(choosing.read(name, content)))], NEW, DAY)
    return made


def said(content: str) -> list[str]:
    """The words of a text that a reader sees: without the tags and the targets of links of its Markdown."""
    seen = re.sub(r"</?sup>|\]\([^)]*\)", " ", content)
    return words(seen)


def shown(draft: Draft) -> list[str]:
    """The words of a draft's body, as an independent reading has them: without signs and targets of links."""
    body = draft.source.text[frontmatter.read(draft.source)[1] :]
    # Of each three stretches, the first is text, the second a fence, and the third code: it means itself.
    parts = re.split(r"^(~{3,})\n(.*?)\n\1$", body, flags=re.MULTILINE | re.DOTALL)
    return words("\n".join(part if at % 3 else undressed(part) for at, part in enumerate(parts)))


def undressed(body: str) -> str:
    """Markdown without signs and targets of links."""
    bare = re.sub(r"(?<!\\)\]\([^)]*\)|<br>", " ", body.replace("<sup>", "").replace("</sup>", ""))
    # Markdown knows no entity without its end.
    return re.sub(r"&#?\w+;", lambda found: html.unescape(found[0]), bare)


def told(draft: Draft) -> Iterator[tuple[bool, list[str]]]:
    """The words of each part of the source, and whether they are in the body of the draft."""
    for part in draft.recognised.stretches:
        if isinstance(part, Piece):
            yield True, words(f"{part.number} {part.block.marker} {part.block.text}")
        else:
            yield False, words(part.text)


def holds(name: str, content: bytes) -> None:
    draft = draft_of(name, content)
    source = said(decoded(content)[0])
    parts = list(told(draft))
    assert [word for _, listed in parts for word in listed] == source
    assert shown(draft) == [word for kept, listed in parts for word in listed if kept]


def test_our_own_documents(document: Path) -> None:
    holds(document.name, document.read_bytes())


def test_the_four_documents(seeds: list[Path]) -> None:
    for path in seeds:
        holds(path.name, path.read_bytes())


@pytest.mark.parametrize("name", ["hosted.txt", "consultation.txt", "continuous.txt", "table.txt"])
def test_a_reader_of_the_page_sees_them(name: str) -> None:
    """The same through Python-Markdown, which moves the footnotes to the end."""
    content = (Path(__file__).parent / "documents" / name).read_bytes()
    draft = draft_of(name, content)
    assert {fault.code for fault in frontmatter.read(draft.source)[2]} == {"todo"}
    page = drawn(draft)
    for back in page.select(".footnote-backref"):
        back.decompose()
    seen = words(page.get_text(" "))
    kept = [word for is_kept, listed in told(draft) for word in listed if is_kept]
    letters = [word for word in kept if len(word) > 2]
    assert sorted(word for word in seen if len(word) > 2) == sorted(letters)


def drawn(draft: Draft) -> BeautifulSoup:
    """The page of a draft."""
    made = Markdown(extensions=[ChapterhouseExtension(numbering=draft.recognised.numbering)])
    return BeautifulSoup(made.convert(draft.source.text[frontmatter.read(draft.source)[1] :]), "html.parser")


def test_an_item_of_several_paragraphs_is_one_of_a_list() -> None:
    listed = "<dl><dt>Absent<dd>Not there.<dt>Missing<dt>Lost<dd>Not found.<p>Nor seen.</dl>"
    draft = draft_of(
        "terms.html", f"<h1>2.2 Terms</h1><h2>1. Terms</h2><p>1.1 These hold:</p>{listed}".encode()
    )
    items = [[*item.stripped_strings] for item in drawn(draft)("li")]
    assert items == [["Absent", "Not there."], ["Missing"], ["Lost", "Not found.", "Nor seen."]]


SIGNS = st.sampled_from(
    [
        *"*_`#<>[](){}|~=^\\!&;:-+./?\"'",
        "&amp;",
        "&lt;b&gt;",
        "<b>",
        "<script>",
        "</p>",
        "[x](javascript:y)",
        "[^1]",
        "[^1]: z",
        "**",
        "!!! note",
        "???",
        "===",
        "---",
        "--8<--",
        "[TOC]",
        "*[AB]: c",
        "{: .x }",
        "```",
        "~~~",
        "1.",
        "1.1",
        "2.3A",
        "a)",
        "(b)",
        "\u2022",
        "- ",
        "    ",
        "\t",
        "|",
        "Top",
        "Contents",
        "Annex A",
        "section 11 of the Children Act 2004",
        "under review",
        "\u202e",
        "\x00",
        "\x1b[31m",
        "\u2028",
        "caf\u00e9",
        "\u0627\u0644",
    ]
)
LINES = st.lists(st.one_of(SIGNS, st.text("abc DEF.,", max_size=12)), max_size=8).map(" ".join)


@settings(max_examples=60)
@given(written=st.lists(LINES, max_size=25).map("\n".join), markdown=st.booleans())
def test_any_text(written: str, *, markdown: bool) -> None:
    """Every word of what was read is kept or listed, and the draft has no error but TODO."""
    becomes_a_draft(text.read(written.encode(), markdown=markdown))


@settings(max_examples=60)
@given(test_html.PAGES)
def test_any_page(content: str) -> None:
    becomes_a_draft(html_reader.read(content.encode()))


@settings(max_examples=40)
@given(test_docx.PAGES)
def test_any_word_document(body: str) -> None:
    becomes_a_draft(docx.read(test_docx.word(body)))


def becomes_a_draft(document: Document) -> None:
    """The promise, from the reader to the draft: in order, and with no error but what a person settles."""
    found = recognise(document)
    written = written_out(document)
    assert words_of(recognise(written)) == list(in_order(written.stretches))
    (draft,) = drafting.drafts([("any", found)], NEW, DAY)
    kept = [word for is_kept, listed in told(draft) for word in listed if is_kept]
    # Emphasis within a word parts it for whoever reads signs alone.
    assert "".join(shown(draft)) == "".join(kept)
    assert {fault.code for fault in draft.faults if fault.severity == "error"} == {"todo"}


@pytest.mark.parametrize("word", ["safe\u200bguarding", "safe\u00adguarding", "safe\ufeffguarding"])
def test_what_nobody_sees_parts_no_word(word: str) -> None:
    made = draft_of("one.html", f"<h1>1.1 One</h1><h2>1. Duties</h2><p>1.1 Of {word}.</p>".encode())
    assert "\n1.1 Of safeguarding.\n" in made.source.text


def test_what_is_raised_belongs_to_the_word_before_it() -> None:
    page = b"<h1>1.1 One</h1><h2>1. Duties</h2><p>1.1 From the 1<sup>st</sup> of <b>May</b>.</p>"
    assert "\n1.1 From the 1<sup>st</sup> of **May**.\n" in draft_of("one.html", page).source.text


@pytest.mark.parametrize("code", ["see [^b] there", "[x](y)", "a &amp; b", "<sup>1</sup> *c* \\*"])
def test_code_means_itself(code: str) -> None:
    made = draft_of("one.md", f"# 1.1 One\n\n## 1. Forms\n\n1.1 Type:\n\n```\n{code}\n```\n".encode())
    assert f"\n~~~\n{code}\n~~~\n" in made.source.text
    assert not made.plain
    assert [one.text for one in drawn(made)("code")] == [f"{code}\n"]


def test_lines_of_signs_are_read_back_at_once() -> None:
    """No row of what may begin a mark is gone through again from each of its signs."""
    start = time.process_time()
    assert not words(read_back("[^" * 30_000))
    assert time.process_time() - start < 5
