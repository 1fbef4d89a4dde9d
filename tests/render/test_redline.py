"""A redline as HTML: what is marked and how, in lists, tables and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import __version__
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Chapter, Source
from chapterhouse.redline import Block, Change, Field, Op, Piece, Redline, compare
from chapterhouse.redline.printing import Compared, Side
from chapterhouse.render import redline
from chapterhouse.render.document import document
from chapterhouse.render.pieces import ENVIRONMENT

GOLDEN = Path(__file__).parent / "golden" / "redline"
OLD = """## 1. When to act

1.1 Act <b>now</b> & tell:

- what you saw;
    a) alone;
    b) with others;
- what was said.

1.2 Keep *a copy* of it.

1.3 This goes.

## 2. Who answers

2.1 These answer:

| Who | By when |
|---|---|
| Desk | the same day |
| Panel | a week |

2.2 They meet at noon in the hall on the first day of every month.

> Quoted.

    2.3
"""
NEW = """## 1. When to act

1.1 Act <i>now</i> & tell the desk:

- what you saw;
    a) with others;
- what was said;
- to whom.

1.2 Keep a copy of it.

## 2. Who answers

2.1 These answer:

| Who | By when |
|---|---|
| Desk | the next day |
| Panel | a week |

2.1A A new one.

2.3 They meet at noon in the hall on the first day of every month.

> Quoted again.

    2.3
"""


def chapter(text: str, more: str = "") -> Chapter:
    source = Source("procedures/core/a.md", f'---\nchapter: "1.1"\ntitle: A <title>\n{more}---\n{text}')
    return parse_chapter(source, "core/a", "0" * 64)[0]


def drawn(found: Redline) -> str:
    template = '{% from "redline.html" import changes, fields %}{{ fields(r) }}{{ changes(r, 2) }}'
    return ENVIRONMENT.from_string(template).render(r=redline.shown(found))


def visible(html: str, without: Op) -> str:
    """What a reader sees of one of the texts, white space apart."""
    soup = BeautifulSoup(html, "html.parser")
    tag = {"inserted": "ins", "deleted": "del"}[without]
    for gone in soup.select(f"{tag}, .read-out, .redline-mark"):
        gone.decompose()
    return "".join(soup.get_text().split())


def joined(changes: Iterable[Change], without: Op) -> str:
    shown = (
        piece.shown
        for change in changes
        for block in change.blocks
        for piece in block.pieces
        if piece.op != without
    )
    return "".join("".join(shown).split())


@pytest.fixture
def found() -> Redline:
    return compare(chapter(OLD), chapter(NEW, "status: withdrawn\n"), {"2.2": "2.3"})


def test_html_is_as_it_was(found: Redline, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "redline.html", drawn(found))


def test_a_document_is_as_it_was_and_asks_for_nothing(
    found: Redline, golden: Callable[[Path, str], None]
) -> None:
    sides = Side("2", date(2026, 4, 1)), Side()
    html = document(Compared("core/a", "1.1 A <title>", *sides, found))
    golden(GOLDEN / "document.html", html.replace(__version__, "VERSION"))
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("script, link, img, iframe, [src], [href], [style]")
    assert soup.title
    assert soup.title.get_text() == "1.1 A <title>: what changed"


def test_what_is_marked_is_said_to_those_who_hear_it(found: Redline) -> None:
    soup = BeautifulSoup(drawn(found), "html.parser")
    assert soup.find("ins")
    assert soup.find("del")
    for tag, first, last in (("ins", "inserted: ", "insertion"), ("del", "deleted: ", "deletion")):
        for marked in soup.select(tag):
            heard = [span.get_text() for span in marked.select(".read-out")]
            assert heard == [first, f" (end of {last}) "]
            assert marked.get_text().replace(heard[0], "").replace(heard[1], "").strip()
            assert not marked.select("p, li, tr, td")


def test_each_change_has_its_number_for_an_address(found: Redline) -> None:
    soup = BeautifulSoup(drawn(found), "html.parser")
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {"1.1", "1.3", "2.1", "2.1A", "2.2", "2.3"} <= set(ids)
    moved = soup.find(id="2.2")
    assert moved
    assert moved.find_parent(id="2.3"), "an old number leads to what became of it"
    assert "1.2" not in ids, "another layout is no change of words"
    assert "Layout changed, words the same: 1.2." in soup.get_text()


def test_of_two_with_one_number_the_one_in_the_newer_text_has_the_address() -> None:
    found = compare(
        chapter("1.1 Wholly other words stand here.\n"),
        chapter("1.1 New.\n\n1.2 And so on.\n"),
        {"1.1": "9.9"},
    )
    soup = BeautifulSoup(drawn(found), "html.parser")
    assert [tag["data-change"] for tag in soup.select("[id='1.1']")] in (["added"], ["kept"])
    assert len({str(tag["id"]) for tag in soup.find_all(id=True)}) == len(soup.find_all(id=True))


def test_lists_stay_lists_and_tables_tables(found: Redline) -> None:
    soup = BeautifulSoup(drawn(found), "html.parser")
    first = soup.find(id="1.1")
    assert first
    assert [mark.get_text() for mark in first.select("ul ul > li > .redline-mark")] == ["a)", "a)"]
    table = soup.select_one("[id='2.1'] .table-scroll")
    assert table
    assert table["aria-label"] == "Table in paragraph 2.1"
    assert [th.get_text().strip() for th in table.select("thead th")] == ["Who", "By when"]
    assert len(table.select("tbody tr")) == 2
    assert [cell.find_parent("td") is not None for cell in table.select("ins")] == [True]


def test_a_text_is_never_markup() -> None:
    pieces = (Piece("deleted", "<script>", "<script>", wording=True), Piece("same", "&amp;", '"&amp;"'))
    block = Block("item", 3, "changed", (pieces,), "<b>")
    change = Change("paragraph", '1"><i>', "", "kept", moved=False, blocks=(block,), old=0, new=0)
    html = drawn(Redline((Field("title", "<u>", "</dd>"),), (change,)))
    assert not BeautifulSoup(html, "html.parser").select("script, b, i, u")


PIECES = st.lists(
    st.builds(
        lambda op, shown: Piece(op, shown, shown, wording=op != "same"),
        st.sampled_from(["same", "deleted", "inserted"]),
        st.text(st.sampled_from("ab <&\" 'é\u202e"), min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=5,
).map(tuple)
BLOCKS = st.lists(
    st.builds(
        lambda kind, level, cells: Block(kind, level, "changed", cells if kind == "row" else cells[:1], "a)"),
        st.sampled_from(["text", "item", "item", "row", "row", "quote", "code", "heading", "note"]),
        st.integers(1, 4),
        st.lists(PIECES, min_size=1, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=8,
).map(tuple)


@given(BLOCKS)
def test_without_insertions_the_old_text_is_seen_and_without_deletions_the_new(
    blocks: tuple[Block, ...],
) -> None:
    template = '{% from "redline.html" import body %}{{ body(parts, "here") }}'
    html = ENVIRONMENT.from_string(template).render(parts=redline.parts(blocks))
    change = Change("paragraph", "1.1", "", "kept", moved=False, blocks=blocks, old=0, new=0)
    for without in ("inserted", "deleted"):
        assert visible(html, without) == joined([change], without)


def test_a_real_redline_shows_both_texts(found: Redline) -> None:
    soup = BeautifulSoup(drawn(found), "html.parser")
    for change in found.told:
        [section] = [tag for tag in soup.select(".redline-change") if tag["id"] == change.number]
        for gone in section.select("h2, .redline-told"):
            gone.decompose()
        for without in ("inserted", "deleted"):
            expected = joined([change], without) if change.wording else ""
            assert visible(str(section), without) == expected
