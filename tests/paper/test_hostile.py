"""Words, tables and lists that would break a sheet, or the program that draws it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from markdown import Markdown

from chapterhouse import paper
from chapterhouse.chapters.limits import DEEPEST
from chapterhouse.paper import reading
from chapterhouse.render.extension import ChapterhouseExtension

TEXTS = {
    "syntax": r"""#let x = 1; #panic() $a^2$ \u{41} // no comment /* nor this */ @ref [x] *b* _i_ `c` = h"""
    r""" - l + e / t ~ -- --- ... ' " #image("/etc/passwd") <label> {{ data }} \( \) % ] } ");"""
    r""" #import "@a/b:1.0.0" """,
    "welsh": "Mae'r plentyn yn ŵyr i Siôn; tŷ, Ẁ ẁ â ê î ô û ẃ ỳ ÿ",
    "greek and cyrillic": "Ελληνικά и по-русски",
    "a word of 100,000 letters": "before " + "safeguardingWM" * 7_200 + " after",
    "addresses": "https://www.northmoor.example/" + "a-long-path/and_more?x=1&y=2" * 30,
    "spaces": "no\u00a0break\u2009thin\u200bnone\u00adsoft",
}
RIGHT_TO_LEFT = {
    "hebrew": "abc \u2067\u05e2\u05d1\u05e8\u05d9\u05ea\u2069 def",
    "arabic": "abc عربي def",
    "urdu": "abc اردو def",
    "turned around": "abc \u202edef\u202c ghi",
}
UNSEEN = re.compile("[\\s\u200b\u00ad\u202c\u202e\u2067\u2069]")


@pytest.mark.parametrize("text", TEXTS)
def test_any_words_are_words_and_stay_on_the_sheet(
    page: Callable[..., paper.Part], written: Callable[..., Any], text: str
) -> None:
    words = html.escape(TEXTS[text])
    cell = words[:200].rpartition("&")[0] or words[:200]
    read = written(page(f"<p>{words}</p><table><tbody><tr><td>{cell}</td><td>b</td></tr></tbody></table>"))
    expected = UNSEEN.sub("", f"9.9 Hostile{TEXTS[text]}{html.unescape(cell)}b")
    assert UNSEEN.sub("", read.read_out[0]).startswith(expected)
    assert read.outside == []


@pytest.mark.parametrize("text", RIGHT_TO_LEFT)
def test_words_from_right_to_left_lose_no_letter(
    page: Callable[..., paper.Part], written: Callable[..., Any], text: str
) -> None:
    read = written(page(f"<p>{RIGHT_TO_LEFT[text]}</p>"))
    told = UNSEEN.sub("", read.read_out[0]).removeprefix("9.9Hostile").partition("Checkwhether")[0]
    assert sorted(told) == sorted(UNSEEN.sub("", RIGHT_TO_LEFT[text]))
    assert read.outside == []


def test_a_letter_that_no_font_has_is_named_with_its_place(page: Callable[..., paper.Part]) -> None:
    letter = "\U0001e900"  # of an alphabet of 1980s Guinea: whoever has a font for it has very many
    number = '<a class="paragraph-number" href="#1.1">1.1</a>'
    part = page(f'<div class="paragraph" id="1.1"><p>{number} text {letter}</p></div>')
    with pytest.raises(paper.EngineError) as raised:
        paper.make(paper.Document("Paper", (part,)))
    assert str(raised.value) == (
        f"no font on this machine has the letter {letter} (ADLAM CAPITAL LETTER ALIF)"
        " in 9.9 Hostile, paragraph 1.1: install one that has it, for example of the Noto family"
    )


def table(columns: int, rows: int, words: Callable[[int, int], str]) -> str:
    head = "".join(f"<th scope='col'>head{column}</th>" for column in range(columns))
    body = "".join(
        "<tr>" + "".join(f"<td>{words(row, column)}</td>" for column in range(columns)) + "</tr>"
        for row in range(rows)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>After.</p>"


TABLES = {
    "500 rows": (3, 500, lambda row, column: f"r{row}c{column} " + "words " * (row % 40) * (column == 2)),
    "200 columns": (200, 5, lambda row, column: f"r{row}c{column}"),
    "words wider than their columns": (9, 3, lambda row, column: f"r{row}c{column} " + "W" * 60),
    "a row longer than a sheet": (2, 2, lambda row, column: f"r{row}c{column} " + "word<br>" * 200 * row),
}


@pytest.mark.parametrize("kind", TABLES)
def test_no_cell_of_a_table_is_cut(
    page: Callable[..., paper.Part], written: Callable[..., Any], kind: str
) -> None:
    columns, rows, words = TABLES[kind]
    read = written(page(table(columns, rows, words)))
    told = read.read_out[0]
    cells = {f"r{row}c{column}" for row in range(rows) for column in range(columns)}
    assert cells == set(re.findall(r"r\d+c\d+", told))
    assert {f"head{column}" for column in range(columns)} == set(re.findall(r"head\d+", told))
    assert "After." in told
    assert read.outside == []
    for sheet in read.sheets:
        assert "r2c0" not in sheet or "head0" in sheet


def test_a_head_stands_on_each_sheet_and_leads_somewhere_on_the_first_alone(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    head = "<thead><tr><th><a href='https://a.example/'>Head</a></th><th>B</th></tr></thead>"
    read = written(page(f"<table>{head}<tbody>{'<tr><td>a</td><td>b</td></tr>' * 90}</tbody></table>"))
    assert len(read.sheets) > 1
    assert all("HeadB" in sheet for sheet in read.sheets)
    assert read.read_out[0].count("Head") == 1


def test_lists_and_quotations_as_deep_as_may_be(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    lists = "\n".join(f"{'    ' * depth}- item{depth}" for depth in range(DEEPEST))
    quotes = "\n".join(f"{'> ' * depth}quote{depth}\n{'> ' * depth}" for depth in range(1, DEEPEST))
    markdown = Markdown(extensions=[ChapterhouseExtension()])
    read = written(page(markdown.convert(f"{lists}\n\nBetween.\n\n{quotes}\n")))
    found = re.findall(r"(?:item|quote)\d+|Between", read.read_out[0])
    assert found == [
        *(f"item{depth}" for depth in range(DEEPEST)),
        "Between",
        *(f"quote{depth}" for depth in range(1, DEEPEST)),
    ]
    assert read.outside == []


def test_an_unknown_element_is_an_error_with_its_place() -> None:
    with pytest.raises(reading.UnknownElementError) as raised:
        reading.read("<div id='3.4'><p>a <video>b</video></p></div>", str)
    assert str(raised.value) == "paper does not know the element <video> near #3.4: b"
