"""Texts and Markdown: what is read of them, that it is every word, and that it takes a few seconds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.importers.blocks import Block, Document, Loss, RefusedError, Run, in_order, words
from chapterhouse.importers.texts import text


def read(written: str, *, markdown: bool = False) -> Document:
    return text.read(written.encode(), markdown=markdown)


def blocks(written: str, *, markdown: bool = False) -> list[Block]:
    return [part for part in read(written, markdown=markdown).stretches if isinstance(part, Block)]


def losses(written: str, *, markdown: bool = False) -> list[tuple[str, str]]:
    return [
        (part.why, part.text) for part in read(written, markdown=markdown).stretches if isinstance(part, Loss)
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
    assert list(in_order(document.stretches)) == words(written)
    for block in blocks(written):
        assert all(len(row) == len(block.rows[0]) for row in block.rows)


MARKS = st.sampled_from(
    [
        *("**", "*", "_", "__", "`", "``", "~~", "[", "]", "![", "](#)", "](<_ _>)", "[^1]", "\\*", "&amp;"),
        *(
            "# ",
            "> ",
            "- ",
            "1. ",
            "2. ",
            "    ",
            "```",
            "| a | b |",
            "|---|---|",
            "<b>",
            "</b>",
            "<td>",
            "<",
        ),
        *(
            "<p>",
            "</div>",
            "<name of child>",
            "<!-- ",
            " -->",
            "===",
            "---",
            "  ",
            "\\",
            "[^1]: ",
            "<sup>1</sup>",
        ),
    ]
)
MARKED = st.lists(st.lists(st.one_of(PIECES, MARKS), max_size=6).map(" ".join), max_size=20).map("\n".join)
NAMES = {"b", "p", "td", "div", "sup", "amp"}
"""Of tags and entities, which are no words that a reader sees."""


@given(MARKED)
def test_no_word_of_markdown_is_lost_moved_or_made(written: str) -> None:
    """But for where links lead, and for the tags of HTML, some of which are listed and some are not."""
    said = in_order(read(written, markdown=True).stretches)
    assert [word for word in said if word not in NAMES] == [
        word for word in words(written) if word not in NAMES
    ]


# --- Tables ---


def test_a_table_that_is_too_large_is_paragraphs() -> None:
    document = read("a|b\n-|-\n" + "|c" * 200_000)
    assert [part.kind for part in document.stretches if isinstance(part, Block)] == ["paragraph"] * 2
    assert document.remarks == ("The table at line 1 is too large to be one; its rows are paragraphs.",)


def test_the_rows_of_a_table_are_of_one_length() -> None:
    (table,) = blocks("| a | b |\n|---|:-:|\n| c |\n| d \\| e | f | g |\n")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["a", "b", ""],
        ["c", "", ""],
        ["d \\| e", "f", "g"],
    ]


# --- Markdown ---


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Title\n=====\n\nPart\n--\n\nWords", ["heading1 |Title", "heading2 |Part", "paragraph1 |Words"]),
        ("# Title #\n\n## C# and F#\n", ["heading1 |Title", "heading2 |C# and F#"]),
        (
            "1. one\n2. two\n   1. deep\n3. three",
            ["item1 1.|one", "item1 2.|two", "item2 1.|deep", "item1 3.|three"],
        ),
        ("- one\n    - deep\n- two", ["item1 -|one", "item2 -|deep", "item1 -|two"]),
        ("- one\n\n  more of it\n\nafter", ["item1 -|one", "item1 |more of it", "paragraph1 |after"]),
        ("- [ ] to do\n- [x] done", ["item1 -|[ ] to do", "item1 -|[x] done"]),
        ("> one\n> goes on\n>\n> two\n> > deep", ["quote1 |one goes on", "quote1 |two", "quote2 |deep"]),
        ("[^a]: Note one.\n\n    More of it.", ["note1 a|Note one.", "note1 |More of it."]),
        ("[^a]: One.\n\n[^a]: Two.", ["note1 a|One.", "paragraph1 |a : Two."]),
        ("```python title=x\n*a*\n  b\n``\n````\nafter", ["code1 |*a* b ``", "paragraph1 |after"]),
        ("1\\. \\# \\*no\\* \\[mark\\] &lt;b&gt;", ["paragraph1 |1. # *no* [mark] <b>"]),
        ("a ``c ` d`` and `*e*`", ["paragraph1 |a c ` d and *e*"]),
        ("a ` b", ["paragraph1 |a ` b"]),
        ("snake_case_word and 2 * 3 and \\*4", ["paragraph1 |snake_case_word and 2 * 3 and *4"]),
        ("as agreed on\n3 March 2020 by all", ["paragraph1 |as agreed on 3 March 2020 by all"]),
        ("as told in paragraph\n1.4 and there", ["paragraph1 |as told in paragraph 1.4 and there"]),
        ("1.3 Ring within\n1.4 hours of it", ["paragraph1 |1.3 Ring within 1.4 hours of it"]),
        ("1.3 Ring.\n1.4 hours later", ["paragraph1 |1.3 Ring.", "paragraph1 |1.4 hours later"]),
        ("1.3 Ring first\n1.4 Hours count", ["paragraph1 |1.3 Ring first", "paragraph1 |1.4 Hours count"]),
        (
            "1. one\n2. two\n\nso:\n\n```\n1. one\n2. two\n```",
            ["item1 1.|one", "item1 2.|two", "paragraph1 |so:", "code1 |1. one 2. two"],
        ),
        ("<name of child> signs <Surname>", ["paragraph1 |<name of child> signs <Surname>"]),
    ],
)
def test_the_blocks_of_markdown(written: str, read_as: list[str]) -> None:
    assert told(written, markdown=True) == read_as


def test_numbered_paragraphs_are_no_list() -> None:
    apart = told("## A\n\n1. One.\n\n2. Two.\n\n## B\n\n3. Three.\n", markdown=True)
    assert [line for line in apart if line.startswith("item")] == []
    assert told("They are:\n1. one\n2. two\n\nAfter that.\n")[1:3] == ["item1 1.|one", "item1 2.|two"]
    assert told("1. Purpose\n\nWords.\n\n2. Scope\n\nWords.\n")[0] == "heading2 |1. Purpose"


def dress(written: str) -> list[Run]:
    (block,) = blocks(written, markdown=True)
    return [run for run in block.runs if run.text.strip()]


def test_the_dress_of_words() -> None:
    runs = dress("**a** *b* __c__ _d_ ***e*** <b>f</b> <em>g</em> h<br>i")
    assert [(run.text.strip(), run.strong, run.emphasis) for run in runs] == [
        *(("a", True, False), ("b", False, True), ("c", True, False), ("d", False, True), ("e", True, True)),
        *(("f", True, False), ("g", False, True), ("h", False, False), ("i", False, False)),
    ]


def test_lines_are_broken_where_the_author_broke_them() -> None:
    (run,) = dress("one\ntwo  \nthree\\\nfour")
    assert run.text == "one two\nthree\nfour"


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("[x](https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("[x](<https://a.example/b c> 'Title')", "https://a.example/b c"),
        ('[x][Ref]\n\n[ref]: https://a.example/ "Title"', "https://a.example/"),
        ("[x][]\n\n[X]: <https://a.example/>", "https://a.example/"),
        ("[x]\n[x]: https://a.example/", "https://a.example/"),
        ('<a href="https://a.example/?a&amp;b">x</a>', "https://a.example/?a&b"),
        ("<https://a.example/>", "https://a.example/"),
        ("<a@b.example>", "mailto:a@b.example"),
    ],
)
def test_links(written: str, href: str) -> None:
    assert [run.href for run in dress(written)] == [href]


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        ('![A map](map.png "Of it") x', [("picture", "A map Of it")]),
        ('<img src=map.png alt="A map"> x', [("picture", "A map")]),
        ("[![A map](a.png)](b.html) x", [("picture", "A map")]),
        ("[x](a.html 'Title')", [("markup", "Title")]),
        ('x\n\n[r]: http://a.example "Title"', [("markup", '[r]: http://a.example "Title"')]),
        ("a <span class=b>c</span>", [("markup", "<span class=b>")]),
        ("a <!-- note\nto us --> b", [("hidden", "note to us")]),
        ("<!-- note\n\nto us -->\nb", [("hidden", "note to us")]),
        ("a ~~gone~~ b", [("deleted", "gone")]),
        ("<div hidden>gone</div>\n\nb", [("hidden", "gone")]),
        ("<div>a <!-- note --></div>\n\nb", [("hidden", "note")]),
        ("[TOC]\n\nb", [("furniture", "[TOC]")]),
        ("```python\nb\n```", [("markup", "python")]),
    ],
)
def test_what_is_listed(written: str, lost: list[tuple[str, str]]) -> None:
    assert losses(written, markdown=True) == lost


def test_html_in_markdown_is_read_as_pages_are() -> None:
    written = (
        "Words.\n\n<table><tr><th>A<th>B\n<tr><td>c<td>d</table>\n\n<script>\n\nalert(1)\n</script>\nEnd."
    )
    document = read(written, markdown=True)
    assert [(part.place, part.text) for part in document.stretches if isinstance(part, Block)] == [
        ("line 1", "Words."),
        ("line 3", "A B c d"),
        ("line 10", "End."),
    ]
    assert document.remarks == ("Scripts and style sheets are left out: 1.",)


MATTER = "---\ntitle: 'My chapter'\nowner: Me\ntags:\n  - a\n---\n\n"


def test_front_matter_is_no_section() -> None:
    assert told(f"{MATTER}Words.\n", markdown=True) == ["heading1 |My chapter", "paragraph1 |Words."]
    assert [text for _, text in losses(f"{MATTER}Words.\n", markdown=True)] == [
        "title",
        "owner: Me",
        "tags:",
        "- a",
    ]
    assert told(f"{MATTER}# Another\n\nWords.\n", markdown=True) == [
        "heading1 |Another",
        "paragraph1 |Words.",
    ]
    assert losses("---\nOnly words: not a key\n---\n", markdown=True) == []
    assert told("---\n\nWords go on.\n\n---\n", markdown=True) == ["paragraph1 |Words go on."]


# --- Paper ---

SHEETS = (
    "The Northmoor Manual                Page 1\n\nEscalation\n\n1.1 Staff must speak to the safe-\n"
    "guarding lead about any self-\nneglect, and about pre-\nand postnatal care,"
    " when the child is in the care of\n\n1\n"
    "\fThe Northmoor Manual                Page 2\n\nthe council. The safeguarding lead replies.\n"
    "1.2 Records are kept.\n\n2\n"
    "\fThe Northmoor Manual                Page 3\n\n1.3 Nothing more is said.\n\n3\n\f"
)


WHOLE = (
    "1.1 Staff must speak to the safeguarding lead about any self-neglect, and about pre- and postnatal care,"
    " when the child is in the care of the council. The safeguarding lead replies."
)


def test_sheets_of_paper_go_on_with_one_another() -> None:
    document = read(SHEETS)
    assert told(SHEETS) == [
        "heading2 |Escalation",
        f"paragraph2 |{WHOLE}",
        "paragraph2 |1.2 Records are kept.",
        "paragraph2 |1.3 Nothing more is said.",
    ]
    heads = [
        "The Northmoor Manual                Page 1",
        "1",
        "The Northmoor Manual                Page 2",
        "2",
    ]
    assert [text for _, text in losses(SHEETS)][:4] == heads
    assert list(in_order(document.stretches)) == words(SHEETS.replace("safe-\nguarding", "safeguarding"))
    assert any("safe-guarding" in remark for remark in document.remarks)


def test_words_that_keep_the_hyphen_of_a_line_are_named() -> None:
    """But not those that the text has elsewhere, for these are written so."""
    (remark,) = read("Both expect-\nant parents, and multi-\nagency work.\n\nOn multi-agency work.\n").remarks
    assert remark == (
        "Words that the end of a line broke keep their hyphen, as the text does not have them elsewhere:"
        " expect-ant. Take out those that only the line has made."
    )


def test_what_stands_on_two_sheets_is_kept_once_where_it_may_be_the_title() -> None:
    sheets = "\f".join(f"Escalation policy\n\nWords {number}.\n" for number in ("one", "two", "three"))
    assert told(sheets)[0].endswith("|Escalation policy")
    assert len(losses(sheets)) == 2


def test_lines_with_wide_gaps_are_told() -> None:
    (remark,) = read("left words here      right words there\n" * 20).remarks
    assert remark.startswith("20 lines have wide gaps, the first at line 1")


def test_a_line_of_contents_is_listed() -> None:
    assert losses("1 Purpose . . . . . . . . 4\n\nWords.\n")[0][0] == "furniture"


@pytest.mark.parametrize(
    "line", ["1.2 Staff must tell the officer within one day", "1.2 and so on", "7 years, or"]
)
def test_a_numbered_paragraph_is_no_heading(line: str) -> None:
    kinds = [block.kind for block in blocks(f"1.1 Words.\n\n{line}\n\n1.3 Words.\n")]
    assert "heading" not in kinds


def test_a_date_makes_no_heading_of_a_paragraph() -> None:
    assert told("1.4 Words go on\n\n1.4.2019 was the day.\n")[0] == "paragraph2 |1.4 Words go on"


def test_a_number_above_others_is_a_heading() -> None:
    assert told("2.1 Calling\n\n2.1.1 Ring first.\n")[0] == "heading2 |2.1 Calling"


# --- Harm ---

FEW = 10.0
"""Seconds of the processor; what takes time that grows with the square takes minutes at the least."""


@pytest.mark.parametrize("markdown", [False, True], ids=["text", "markdown"])
@pytest.mark.parametrize(
    "written",
    [
        "# a" + " " * 300_000 + "b",
        "# a" + " #" * 300_000 + "b",
        "a|b\n" + " " * 300_000 + "|x-|",
        "a|b\n" + "|-" * 300_000 + "x",
        "a|b\n" + "- |" * 300_000 + "\n" + "|" * 1_000_000,
        'HYPERLINK "a" b ' * 60_000,
        "HYPERLINK" + " " * 500_000,
        "\ta\n\tb\n\n" * 50_000,
        "\ta\n\tb\n" + "\n" * 500_000,
        "-" + " -" * 300_000 + " x",
        "1." * 300_000,
        "(a) " * 300_000,
        *("[" * 900_000, "![" * 400_000, "](" * 400_000, "*a" * 500_000, "`" * 900_000, "_*" * 400_000),
        *("<!-- " * 180_000, "<b " * 180_000, "<div>\n\n" * 20_000, "<script>\n" * 90_000, "&" * 900_000),
        *("> " * 400_000 + "x", "1. a\n\n" * 60_000, "\f1\n" * 90_000, "word-\n" * 90_000),
        "```\n~~~\n" * 90_000 + "`" * 300_000,
    ],
    ids=lambda written: written[:8].encode("unicode_escape").decode(),
)
def test_no_text_takes_more_than_seconds(written: str, *, markdown: bool) -> None:
    start = time.process_time()
    read(written, markdown=markdown)
    assert time.process_time() - start < FEW


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("word " * 600_000, "its text"),
        ("a\n\n" * 300_000, "it has 300,000 lines with words; of a text, 200,000 are the most"),
        ("\n" * 19_000_000, "it has 19,000,000 lines; of a text, 2,000,000 are the most"),
    ],
    ids=["signs", "lines", "empty lines"],
)
def test_a_text_that_no_chapter_holds_is_refused_in_one_line(written: str, says: str) -> None:
    start = time.process_time()
    with pytest.raises(RefusedError, match="divide the document") as refused:
        read(written)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert time.process_time() - start < FEW
