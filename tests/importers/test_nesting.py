"""Lists of a draft, as the product's own Markdown reads them: as deep as in the source, and never code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import frontmatter
from chapterhouse.importers.blocks import Block, Document, Run
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.render import ChapterhouseExtension

from .test_words import DAY, NEW

Items = Sequence[tuple[int, str]]
"""How deep each item is meant to stand, and its marker; without one it goes on with the item before."""
MARKERS = ("\u2022", "-", "a)", "b)", "i)", "ii)", "1.", "2.", "A)", "IV.", "", "(a)", "c.", "12)")
ITEMS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(MARKERS)), min_size=1, max_size=9)


def document(items: Items) -> Document:
    """A chapter with one paragraph and one list. Each item is a word of its own."""
    heading = Block("heading", "line 2", (Run("1. Start"),), level=2)
    title = Block("heading", "line 1", (Run("1.1 One"),))
    opening = Block("paragraph", "line 3", (Run("1.1 There are:"),))
    made = (
        Block("item", f"line {number}", (Run(f"word{number}"),), level=level, marker=marker)
        for number, (level, marker) in enumerate(items)
    )
    return Document((title, heading, opening, *made))


def depths(body: str) -> dict[str, int]:
    """How many lists each word of a page stands in."""
    page = BeautifulSoup(Markdown(extensions=["toc", ChapterhouseExtension()]).convert(body), "html.parser")
    assert page.find(["code", "pre"]) is None
    return {word: len(tag.find_parents(["ul", "ol"])) for word, tag in _worded(page)}


def _worded(page: Tag) -> Iterator[tuple[str, Tag]]:
    for text in page.find_all(string=re.compile("word")):
        assert text.parent is not None
        for word in re.findall(r"word\d+", str(text)):
            yield word, text.parent


def meant(items: Items) -> dict[str, int]:
    """How deep each item can stand: none deeper than one below the item above it."""
    found: dict[str, int] = {}
    before = 0
    for number, (level, marker) in enumerate(items):
        before = min(level, before + 1 if marker or not before else before)
        found[f"word{number}"] = before
    return found


@settings(max_examples=150)
@given(ITEMS)
@example([(1, "1."), (1, "2."), (2, "-"), (1, "3.")])
@example([(1, "A)"), (2, "i)"), (2, "ii)"), (1, "B)")])
@example([(1, "A)"), (1, "ii)"), (2, ""), (3, "-"), (1, "12)")])
@example([(1, "-"), (2, "-"), (1, "")])
@example([(3, "-"), (5, "a)"), (4, "")])
def test_lists_stay_lists(items: Items) -> None:
    found = recognise(document(items))
    read = [(piece.block.level, piece.block.marker) for piece in found.pieces if piece.block.kind == "item"]
    (draft,) = drafting.drafts([("a.html", found)], NEW, DAY)
    assert (draft.plain, draft.accepted) == ((), ())
    body = draft.source.text[frontmatter.read(draft.source)[1] :]
    assert depths(body) == meant(read)
