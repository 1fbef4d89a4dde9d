"""Word documents: what is read of them, that it is every word, and that nothing in them does harm."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree as ET

import mammoth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.importers.blocks import LARGEST, Block, Document, Loss, RefusedError, Run, in_order, words
from chapterhouse.importers.word import docx, entries, trees, unpacking

SPACES = (
    " ".join(
        f'xmlns:{name}="http://schemas.{address}"'
        for name, address in {
            "w": "openxmlformats.org/wordprocessingml/2006/main",
            "r": "openxmlformats.org/officeDocument/2006/relationships",
            "mc": "openxmlformats.org/markup-compatibility/2006",
            "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            "wps": "microsoft.com/office/word/2010/wordprocessingShape",
        }.items()
    )
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
BARE = (
    "Word saved it in a form that cannot be read in full:"
    " its lists and tables are plain paragraphs, without emphasis."
)


# --- Documents of our own ---


def r(text: str, given: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{given}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, given: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{given}</w:pPr>{inner}</w:p>"


def numbered(text: str, depth: int, number: int = 1) -> str:
    """A paragraph of a list."""
    return p(r(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def deleted(text: str) -> str:
    """A run that was struck out by a tracked change."""
    return f'<w:del w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def boxed(inner: str) -> str:
    """A text box, in the two forms that Word writes of it."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:docPr id="1" name="Box 1"/><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>'
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def linked(inner: str, address: str = "https://northmoor.example/") -> str:
    """A link as a field."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText> HYPERLINK "{address}" </w:instrText></w:r>'
    return f"{sign('begin')}{code}{sign('separate')}{inner}{sign('end')}"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    said = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{said}{more}</w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.", '<w:pStyle w:val="Heading1"/>')
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + level(3, "lowerRoman", "%4)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "upperRoman", "%2.", '<w:lvlRestart w:val="0"/>')
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Heading2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="character" w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
)
NOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
    + p("<w:r><w:footnoteRef/></w:r>" + r(" See the Act."))
    + p(r("And more."))
    + "</w:footnote>"
)
MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A file of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document, with parts by their names."""
    parts = {"numbering": LISTS, "styles": STYLES, **parts}
    files = {name: f"<w:{name} {SPACES}>{inner}</w:{name}>" for name, inner in parts.items()}
    files = {f"word/{name}.xml": text for name, text in files.items()}
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document_xml(body), **files})


def document_xml(body: str) -> str:
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def read(body: str, **parts: str) -> Document:
    return docx.read(word(body, **parts))


def told(document: Document) -> list[str]:
    """Each part as one line: a block's kind and level, its marker, its words; a loss's why and its words."""
    return [
        f"{part.kind}{part.level} {part.marker}|{part.text}"
        if isinstance(part, Block)
        else f"- {part.why}|{part.text}"
        for part in document.stretches
    ]


# --- The law: every word, once, in order ---

TEXTS = st.text("abcéß 1.•", min_size=1, max_size=6)
Piece = tuple[str, str, str]
"""XML of a piece of a paragraph; its words in order; the words that follow the paragraph.

Words that are lost stand between \\1 and \\2, each with a letter for why.
"""


def within(before: str, after: str) -> st.SearchStrategy[Piece]:
    """A run in other elements."""
    return TEXTS.map(lambda text: (f"{before}{r(text)}{after}", text, ""))


PIECES: st.SearchStrategy[Piece] = st.one_of(
    TEXTS.map(lambda text: (r(text), text, "")),
    st.tuples(
        TEXTS,
        st.sampled_from(
            ("<w:b/>", '<w:i/><w:b w:val="0"/>', '<w:rStyle w:val="S"/>', '<w:rStyle w:val="loop"/>')
        ),
    ).map(lambda drawn: (r(*drawn), drawn[0], "")),
    st.tuples(TEXTS, st.sampled_from(("<w:vanish/>", "<w:strike/>"))).map(
        lambda drawn: (r(*drawn), f"\1{drawn[1][3]}{drawn[0]}\2{drawn[1][3]}", "")
    ),
    TEXTS.map(lambda text: (deleted(text), f"\1D{text}\2D", "")),
    TEXTS.map(lambda text: (f"<w:moveFrom>{r(text)}</w:moveFrom>", f"\1M{text}\2M", "")),
    within("<w:ins>", "</w:ins>"),
    within("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    within("<w:smartTag><w:unheardOf>", "</w:unheardOf></w:smartTag>"),
    within('<w:hyperlink w:anchor="x">', "</w:hyperlink>"),
    within('<w:fldSimple w:instr="PAGE">', "</w:fldSimple>"),
    TEXTS.map(lambda text: (linked(r(text)), text, "")),
    TEXTS.map(lambda text: (boxed(p(r(text))), "", f" {text} ")),
    st.sampled_from(
        (
            ("<w:r><w:tab/></w:r>", " ", ""),
            ("<w:r><w:br/></w:r>", " ", ""),
            ("<w:r><w:noBreakHyphen/></w:r>", "-", ""),
            ("<w:r><w:softHyphen/></w:r>", "", ""),
            (MARK, " ", ""),
            (
                '<w:r><w:drawing><wp:inline><wp:docPr descr="A map"/></wp:inline></w:drawing></w:r>',
                " A map ",
                "",
            ),
            ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓", ""),
            ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", ""),
        )
    ),
)
GIVEN = st.sampled_from(
    (
        "",
        '<w:pStyle w:val="Heading1"/>',
        '<w:pStyle w:val="Q"/>',
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>',
        "<w:rPr><w:del/></w:rPr>",
    )
)
Part = tuple[str, str]
"""XML of a part of a page, and its words in order."""
PARAGRAPHS: st.SearchStrategy[Part] = st.tuples(st.lists(PIECES, max_size=5), GIVEN).map(
    lambda drawn: (
        p("".join(piece[0] for piece in drawn[0]), drawn[1]),
        " ".join(("".join(piece[1] for piece in drawn[0]), *(piece[2] for piece in drawn[0]))),
    )
)


def joined(parts: list[Part]) -> Part:
    return "".join(part[0] for part in parts), " ".join(part[1] for part in parts)


CELLS = st.sampled_from(
    (
        "",
        '<w:gridSpan w:val="2"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
        '<w:gridSpan w:val="none"/>',
    )
)
ROWS = st.sampled_from(("", "<w:tblHeader/>", '<w:gridBefore w:val="1"/>'))


def tables(inner: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    """Tables with any parts in their cells."""
    cell = st.tuples(st.lists(inner, max_size=2).map(joined), CELLS).map(
        lambda drawn: (f"<w:tc><w:tcPr>{drawn[1]}</w:tcPr>{drawn[0][0]}</w:tc>", drawn[0][1])
    )
    row = st.tuples(st.lists(cell, max_size=3).map(joined), ROWS).map(
        lambda drawn: (f"<w:tr><w:trPr>{drawn[1]}</w:trPr>{drawn[0][0]}</w:tr>", drawn[0][1])
    )
    return st.lists(row, max_size=3).map(joined).map(lambda drawn: (f"<w:tbl>{drawn[0]}</w:tbl>", drawn[1]))


PAGES = st.lists(st.recursive(PARAGRAPHS, tables, max_leaves=6), max_size=6).map(joined)


@given(PAGES)
def test_every_word_of_a_document_stands_in_it_once_and_in_order(page: Part) -> None:
    document = read(page[0], footnotes=NOTES)
    said = re.sub("\2(.)\1\\1", "", page[1])
    said = re.sub("\1(.)\\s*\2\\1", "", said)
    said = re.sub("[\1\2].", " ", said)
    assert list(in_order(document.stretches)) == words(f"{said} See the Act. And more.")
    assert BARE not in document.remarks


# --- What is understood ---


def test_numbers_that_word_computes_are_markers() -> None:
    document = read(
        p(r("Purpose"), '<w:pStyle w:val="Heading1"/>')
        + numbered("first", 1)
        + numbered("letter", 2)
        + numbered("roman", 3)
        + numbered("letter", 2)
        + numbered("second", 1)
        + p(r("Scope"), '<w:pStyle w:val="Heading1"/>')
        + numbered("third", 1)
        + numbered("bullet", 0, 2)
        + numbered("upper", 1, 2)
        + numbered("bullet", 0, 2)
        + numbered("never anew", 1, 2)
        + numbered("from seven", 1, 3)
        + numbered("then eight", 1, 3)
        + numbered("no such list", 0, 9)
    )
    assert told(document) == [
        "heading1 1.|Purpose",
        "paragraph1 1.1|first",
        "item1 (a)|letter",
        "item2 i)|roman",
        "item1 (b)|letter",
        "paragraph1 1.2|second",
        "heading1 2.|Scope",
        "paragraph1 2.1|third",
        "item1 •|bullet",
        "item2 I.|upper",
        "item1 •|bullet",
        "item2 II.|never anew",
        "paragraph1 2.7|from seven",
        "paragraph1 2.8|then eight",
        "paragraph1 |no such list",
    ]
    assert all(part.automatic is bool(part.marker) for part in document.stretches if isinstance(part, Block))
    assert "Numbers that Word writes before paragraphs by itself are written out." in document.remarks


def test_styles_say_what_is_a_heading_a_quote_or_bold() -> None:
    document = read(
        p(r("One"), '<w:pStyle w:val="Own"/>')
        + p(r("Two"), '<w:outlineLvl w:val="3"/>')
        + p(r("Said"), '<w:pStyle w:val="Q"/>')
        + p(r("a") + r("b", '<w:rStyle w:val="S"/>') + r("c", '<w:vertAlign w:val="superscript"/>'))
    )
    assert told(document) == ["heading2 |One", "heading4 |Two", "quote1 |Said", "paragraph1 |abc"]
    last = document.stretches[-1]
    assert isinstance(last, Block)
    assert last.runs == (Run("a"), Run("b", strong=True), Run("c", raised=True))
    assert last.place == "paragraph 4"


def test_tracked_changes_hidden_words_and_pictures_are_listed_where_they_stood() -> None:
    document = read(
        p(
            r("safe")
            + deleted("ty")
            + f"<w:ins>{r('guarding')}</w:ins>"
            + r(" now", "<w:vanish/>")
            + f"<w:moveFrom>{r(' there')}</w:moveFrom>"
            + '<w:r><w:drawing><wp:inline><wp:docPr descr="A map"/></wp:inline></w:drawing></w:r>'
            + r(" end")
        )
        + p(deleted("All of it"), "<w:rPr><w:del/></w:rPr>")
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('a row'))}</w:tc></w:tr></w:tbl>"
    )
    assert told(document) == [
        "paragraph1 |safeguarding end",
        *("- deleted|ty", "- hidden|now", "- deleted|there", "- picture|A map"),
        *("- deleted|All of it", "- deleted|a row"),
    ]
    assert [one.within for one in document.stretches if isinstance(one, Loss)] == [4, 12, 12, 12, None, None]
    assert [part.place for part in document.stretches] == ["paragraph 1"] * 5 + ["paragraph 2", "paragraph 3"]
    assert document.remarks == ("Words of tracked insertions stand in the draft.",)


def test_a_text_box_stands_once_and_after_its_paragraph() -> None:
    document = read(p(r("Before") + boxed(p(r("In the box")) + "<w:tbl/>") + r(" after")) + p(r("Next")))
    assert told(document) == ["paragraph1 |Before after", "paragraph1 |In the box", "paragraph1 |Next"]


def test_of_two_forms_that_say_different_things_both_are_read() -> None:
    form = "<mc:{0}>{1}</mc:{0}>".format
    forms = form("Choice", r("new")) + form("Choice", r("new")) + form("Fallback", r("old"))
    assert told(read(p(f"<mc:AlternateContent>{forms}</mc:AlternateContent>"))) == ["paragraph1 |newold"]
    empty = form("Choice", "") + form("Fallback", r("old"))
    assert told(read(p(f"<mc:AlternateContent>{empty}</mc:AlternateContent>"))) == ["paragraph1 |old"]


def test_footnotes_know_their_marks_and_follow_the_text() -> None:
    document = read(p(r("The Act") + MARK + r(" says.")), footnotes=NOTES, endnotes='<w:endnote w:id="5"/>')
    assert told(document) == ["paragraph1 |The Act says.", "note1 |See the Act.", "note1 |And more."]
    text, note, more = document.stretches
    assert isinstance(text, Block)
    assert isinstance(note, Block)
    assert isinstance(more, Block)
    assert [run.mark for run in text.runs] == ["", "footnote-2", ""]
    assert (note.name, more.name, note.place) == ("footnote-2", "footnote-2", "footnote 2")


def test_two_ends_of_lines_part_a_paragraph_and_a_note() -> None:
    twice = "<w:r><w:br/><w:br/></w:r>"
    notes = f'<w:footnote w:id="2">{p(r("See") + twice + r("the Act."))}</w:footnote>'
    document = read(
        numbered("One" + "</w:t></w:r>" + twice + "<w:r><w:t>two", 1) + p(r("x") + MARK), footnotes=notes
    )
    assert told(document) == [
        *("paragraph1 1.1|One", "paragraph1 |two", "paragraph1 |x", "note1 |See", "note1 |the Act."),
    ]


def test_where_the_links_of_notes_lead_is_unpacked_once() -> None:
    """A manual of 600 notes with links was refused as one that unpacks to too much."""
    link = f'<w:hyperlink {SPACES} r:id="a">{r("the Act")}</w:hyperlink>'
    notes = "".join(f'<w:footnote w:id="{number}">{p(link)}</w:footnote>' for number in range(600))
    lead = f'<Relationship Id="a" Type="x/hyperlink" Target="https://northmoor.example/{"a" * 200_000}"/>'
    document = docx.read(
        packed(
            {
                "word/document.xml": document_xml(p(r("Said"))),
                "word/footnotes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>",
                "word/_rels/footnotes.xml.rels": f"<Relationships>{lead}</Relationships>",
            }
        )
    )
    assert len(document.stretches) == 601


def test_tables_keep_their_grid() -> None:
    def cell(inner: str, given: str = "") -> str:
        return f"<w:tc><w:tcPr>{given}</w:tcPr>{inner}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(p(r('in')))}{cell(p(r('ner')))}</w:tr></w:tbl>"
    document = read(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell(p(r("Body")), '<w:gridSpan w:val="2"/>')
        + cell(p(r("Duty")))
        + "</w:tr><w:tr>"
        + cell(p(r("Police")), '<w:vMerge w:val="restart"/>')
        + cell(p(r("a")) + p(r("b")))
        + cell(inner + p(""))
        + "</w:tr><w:tr>"
        + cell(p(""), "<w:vMerge/>")
        + cell(p(r("c")))
        + cell(p(r("d")))
        + '</w:tr><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>'
        + cell(p(r("last")))
        + "</w:tr></w:tbl>"
    )
    (table,) = document.stretches
    assert isinstance(table, Block)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Body", "", "Duty"],
        ["Police", "a b", "in ner"],
        ["", "c", "d"],
        ["", "", "last"],
    ]
    assert table.place == "paragraph 1"


def test_links_are_those_of_the_document() -> None:
    link = '<w:hyperlink r:id="rId9" w:anchor="s1">{}</w:hyperlink><w:hyperlink w:anchor="T">{}</w:hyperlink>'
    relations = (
        '<Relationships><Relationship Id="rId9" Type="x/hyperlink" Target="https://northmoor.example/"'
        ' TargetMode="External"/></Relationships>'
    )
    body = document_xml(p(link.format(r("a"), r("b")) + linked(r("c"), "javascript:d()")))
    document = docx.read(packed({"word/document.xml": body, "word/_rels/document.xml.rels": relations}))
    block, loss = document.stretches
    assert isinstance(block, Block)
    assert isinstance(loss, Loss)
    assert block.runs == (Run("a", href="https://northmoor.example/#s1"), Run("b", href="#T"), Run("c"))
    assert (loss.why, loss.remark) == (
        "markup",
        "The link to “javascript:d()” is left out: a page may not link there.",
    )


def test_what_is_no_part_of_the_text_is_listed_at_the_end() -> None:
    files = {
        "word/document.xml": document_xml(p(r("Text"))),
        "word/comments.xml": f"<w:comments {SPACES}><w:comment>{p(r('Check'))}</w:comment></w:comments>",
        "word/header2.xml": f"<w:hdr {SPACES}>{p(r('Head'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {SPACES}>{p(r('Page'))}{p(r('one'))}</w:ftr>",
        "word/diagrams/data1.xml": '<d xmlns:a="urn:a"><a:p><a:t>Box</a:t></a:p></d>',
        "word/vbaProject.bin": "Sub AutoOpen()",
        "word/embeddings/book.xlsx": "x",
    }
    document = docx.read(packed(files))
    assert told(document) == [
        "paragraph1 |Text",
        *("- furniture|Check", "- furniture|Head", "- furniture|Page one", "- picture|Box"),
    ]
    assert [one.place for one in document.stretches[1:]] == ["comment 1", "header 1", "footer 1", "diagram 1"]
    assert document.remarks == (
        "It has macros, which are left out and were not run.",
        "Files inside it are not read: 1.",
    )


def test_a_document_is_found_where_its_relations_say() -> None:
    link = '<Relationship Id="a" Type="x/officeDocument" Target="/word/document2.xml"/>'
    relations = f"<Relationships>{link}</Relationships>"
    document = docx.read(packed({"_rels/.rels": relations, "word/document2.xml": document_xml(p(r("Here")))}))
    assert told(document) == ["paragraph1 |Here"]


def test_a_document_that_mammoth_fails_on_is_kept_as_bare_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    made = mammoth.convert_to_html

    def failed(*_: object, **__: object) -> object:
        raise RecursionError("too deep")

    def more(*given: Any, **named: Any) -> object:
        result = made(*given, **named)
        return type("Result", (), {"value": f"{result.value}<p>extra</p>"})

    for convert in (failed, more):
        monkeypatch.setattr(mammoth, "convert_to_html", convert)
        document = read(p(r("One") + deleted("two") + r("three")) + numbered("four", 1))
        assert told(document) == ["paragraph1 |Onethree", "- deleted|two", "paragraph1 1.1|four"]
        assert BARE in document.remarks


def test_a_document_that_is_too_long_for_mammoth_is_kept_as_bare_paragraphs() -> None:
    document = read((p(r("a") + r("b", "<w:b/>")) + numbered("c", 1)) * (docx.MOST_PIECES // 5 + 1))
    assert told(document)[:2] == ["paragraph1 |ab", "paragraph1 1.1|c"]
    assert len(document.stretches) == 2 * (docx.MOST_PIECES // 5 + 1)
    assert any(remark.startswith("It is very long") for remark in document.remarks)


def test_the_cells_of_a_table_are_pieces_of_a_document_that_may_be_too_long() -> None:
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * 60}</w:tr>"
    document = read(p(r("Before")) + f"<w:tbl>{row * (docx.MOST_PIECES // 60)}</w:tbl>" + p(r("After")))
    assert told(document) == ["paragraph1 |Before", "paragraph1 |After"]
    assert any(remark.startswith("It is very long") for remark in document.remarks)


def test_a_document_of_more_letters_than_a_chapter_may_have_is_refused() -> None:
    half = "word " * (docx.MOST_LETTERS // 10)
    assert len(read(p(r(half)) + p(deleted(half)) + p(deleted("more"))).stretches) == 3
    with pytest.raises(RefusedError, match="more than 2,000,000 letters, the most of a chapter: divide it"):
        read(p(r(half)) + p(r(f"{half}s")))


# --- Harm ---

BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
THIEF = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'


def encrypted() -> bytes:
    """A document of which the directory says that it is encrypted."""
    content = bytearray(word(p(r("x"))))
    at = content.rfind(b"PK\1\2", 0, content.rfind(b"word/document.xml"))
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no Word document"),
        (b"<html>", "no Word document"),
        (b"PK\3\4" + bytes(500) + b"PK\5\6" + bytes(18), "no Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "no Word document"),
        (packed({"xl/workbook.xml": "<workbook/>"}), "no Word document"),
        (packed({"word/document.xml": "<w:document>"}), "no words of it can be read"),
        (packed({"word/document.xml": f"<w:p><b></w:p>{BOMB}"}), "document type"),
        (packed({"word/document.xml": f"</b>{'<b/>' * (trees.MOST_ELEMENTS + 1)}"}), "elements"),
        (packed({"word/document.xml": "<w:p>" + "</w:p>" * 6 * trees.MOST_ELEMENTS}), "more places"),
        (packed({"word/document.xml": BOMB}), "document type"),
        (packed({"word/document.xml": document_xml(""), "word/styles.xml": THIEF}), "document type"),
        (packed({"word/document.xml": "<a>" * 200 + "</a>" * 200}), "deep"),
        (packed({"word/document.xml": f"<a>{'<b/>' * (trees.MOST_ELEMENTS + 1)}</a>"}), "elements"),
        (packed({"word/document.xml": " " * (unpacking.MOST_UNPACKED + 1)}), "unpacked"),
        (packed({f"{number}": "" for number in range(entries.MOST_FILES + 1)}), "parts"),
        (b"PK" + bytes(LARGEST["Word document"]), "bytes"),
        (word(p(r("a" * 50_000_000))), "letters"),
        (word(p(r("&amp;" * 10_000_000))), "letters"),
        (word(p(r("x")))[:40], "no Word document"),
        (encrypted(), "password"),
    ],
)
def test_what_is_no_document_or_too_much_is_refused_in_one_line(content: bytes, says: str) -> None:
    start = time.process_time()
    with pytest.raises(RefusedError, match=says) as refused:
        docx.read(content)
    assert "\n" not in str(refused.value)
    assert time.process_time() - start < 10


def test_names_that_lead_out_of_the_file_are_names_and_no_more() -> None:
    files = {
        "word/document.xml": document_xml(p(r("Text"))),
        "../../etc/passwd": "x",
        "/word/document.xml": "y",
    }
    assert told(docx.read(packed(files))) == ["paragraph1 |Text"]


@pytest.mark.parametrize(
    "body",
    [
        p("") * 60_000,
        p(r("x") * 20_000),
        p((deleted("x") + r("y")) * 4000),
        p(boxed(p(r("b"))) * 1500),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 5000 + r("x")),
        p('<w:r><w:instrText>HYPERLINK " </w:instrText></w:r>' * 5000 + r("x")),
        "<w:tbl><w:tr>"
        + f'<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr>{p(r("x"))}</w:tc>' * 3000
        + "</w:tr></w:tbl>",
        p(r("a" * docx.MOST_LETTERS)),
        p(r("&amp;" * docx.MOST_LETTERS)),
        f"<w:p>&{'<w:r><w:t>x' * 200_000}",
        "<w:tbl><w:tr><w:tc>" * 36 + p(r("x")) + "</w:tc></w:tr></w:tbl>" * 36,
    ],
    ids=["empty", "runs", "deleted", "boxes", "fields", "codes", "wide", "letters", "signs", "torn", "deep"],
)
def test_no_document_takes_more_than_seconds(body: str) -> None:
    start = time.process_time()
    read(body)
    assert time.process_time() - start < 30


SEED = (
    p(r("Purpose"), '<w:pStyle w:val="Heading1"/>')
    + p(r("The ") + linked(r("partners", "<w:b/>")) + MARK + deleted("did") + boxed(p(r("box"))))
    + numbered("item", 2)
    + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>"
    + p(r("cell"))
    + "</w:tc></w:tr></w:tbl>"
)
PARTS = {
    "word/document.xml": document_xml(SEED),
    "word/numbering.xml": f"<w:numbering {SPACES}>{LISTS}</w:numbering>",
    "word/styles.xml": f"<w:styles {SPACES}>{STYLES}</w:styles>",
    "word/footnotes.xml": f"<w:footnotes {SPACES}>{NOTES}</w:footnotes>",
}
VALUES = ("", "0", "-1", "99999999999", "x", "%1.%2", "continue")
TAG = re.compile(r"<(/?)[wmvp]+:(\w+)[^<>]*?(/?)>")
NAMES = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "gridSpan",
    "hyperlink",
    "txbxContent",
    "del",
    "fldChar",
    "numPr",
    "ins",
)


def mutated(dice: random.Random) -> bytes:
    """A document after some accidents: to its bytes, its XML, or its elements, which leave it whole."""
    parts = dict(PARTS)
    for _ in range(dice.randint(1, 6)):
        name = dice.choice(list(parts)) if dice.random() < 0.3 else "word/document.xml"
        source = parts[name]
        found = list(TAG.finditer(source))
        if dice.random() < 0.2 or not found:
            at = dice.randrange(len(source))
            parts[name] = (
                source[:at] + dice.choice(("<", "&", "\0", "x", "</w:p>", "<w:p>", "")) + source[at + 1 :]
            )
            continue
        tag = dice.choice(found)
        match dice.randrange(4):
            case 0:
                new = dice.choice(NAMES)
                changed = re.sub(rf"w:{tag[2]}\b", f"w:{new}", source)
            case 1 if tag[3]:
                changed = source[: tag.start()] + source[tag.end() :]
            case 2 if tag[3]:
                changed = source[: tag.end()] + tag[0] * dice.randrange(30) + source[tag.end() :]
            case _:
                changed = re.sub(
                    r'w:val="\w*"',
                    lambda _: f'w:val="{dice.choice(VALUES)}"',
                    source,
                    count=dice.randrange(1, 9),
                )
        parts[name] = changed
    content = bytearray(packed(parts))
    if dice.random() < 0.3:
        for _ in range(dice.randint(1, 5)):
            content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def source_words(content: bytes) -> list[str]:
    """The words of a document by an independent count, those of the second form of a text box left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    for element in [element for element in root.iter() if element.tag.endswith("}AlternateContent")]:
        speaking = [form for form in element if words("".join(form.itertext()))]
        for form in speaking[1:]:
            element.remove(form)
    texts = (element.text or "" for element in root.iter() if element.tag.endswith(("}t", "}delText")))
    return words(" ".join(texts))


def test_two_thousand_broken_documents_are_read_or_refused() -> None:
    dice = random.Random(6)
    start = time.process_time()
    outcomes = Counter[str]()
    for _ in range(2000):
        content = mutated(dice)
        try:
            document = docx.read(content)
        except RefusedError as refused:
            outcomes["told in lines" if "\n" in str(refused) else "refused"] += 1
            continue
        said = Counter("".join(in_order(document.stretches)))
        if any("'word/document.xml'" in remark for remark in document.remarks):
            outcomes["salvaged"] += 1
            continue
        outcomes["bare" if BARE in document.remarks else "read"] += 1
        with suppress(zipfile.BadZipFile, NotImplementedError, KeyError):
            assert not Counter("".join(source_words(content))) - said
    assert outcomes.keys() <= {"read", "bare", "salvaged", "refused"}
    assert outcomes["read"] > 600
    assert outcomes["salvaged"] > 600
    assert outcomes["refused"] < 200
    assert time.process_time() - start < 120
