"""All that Word can put into a document, through `chapterhouse import`: kept once or listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chapterhouse.importers.blocks import Loss, RefusedError
from chapterhouse.importers.word import docx
from chapterhouse.importers.word.unpacking import MOST_UNPACKED

from .test_docx import LISTS, SPACES, STYLES, boxed, deleted, document_xml, numbered, p, packed, r
from .test_verb import DATE, codes, run

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHART = 'xmlns:c="urn:c" xmlns:a="urn:a"'


def mark(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}">{p(f"<w:r><w:{kind}Ref/></w:r>{r(text)}")}</w:{kind}>'


def field(code: str, inner: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{sign('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{sign('separate')}{inner}{sign('end')}"
    )


def cell(text: str, given: str = "") -> str:
    return f"<w:tc><w:tcPr>{given}</w:tcPr>{p(r(text))}</w:tc>"


def picture(more: str, words: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="3" descr="{words}"/>{more}</wp:inline></w:drawing></w:r>'
    )


def control(properties: str, inner: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


HEADING = '<w:pStyle w:val="Heading1"/>'
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
LINE = r("Listed") + "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1 \\h", r("41"))
WIDE, TALL = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
PARTS = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>".format
FRACTION = f"<m:f>{PARTS('num', 'Numerator')}{PARTS('den', 'Denominator')}</m:f>"
BODY = "".join(
    (
        p(r("2.4 The Northmoor panel"), '<w:pStyle w:val="Title"/>'),
        control(GALLERY, p(field('TOC \\o "1-3"', LINE))),
        p(r("Figured"), '<w:pStyle w:val="Toc"/>'),
        p(r("Purpose"), HEADING),
        *(numbered("Numberone", 1), numbered("Bulletone", 0, 2), numbered("Letterone", 2)),
        *(numbered("Lettertwo", 2), numbered("Bullettwo", 0, 2), numbered("Numbertwo", 1)),
        numbered("Letterthree", 2),
        p(r("Restart"), HEADING),
        numbered("Numberthree", 1),
        f"<w:tbl><w:tr>{cell('Across', WIDE)}{cell('Side')}</w:tr>",
        f"<w:tr>{cell('Down', TALL)}{cell('Cellone')}{cell('Celltwo')}</w:tr>",
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('Cellthree')}{cell('Cellfour')}</w:tr></w:tbl>",
        p(r("Footed") + mark("footnote", 2) + r(" and ended") + mark("endnote", 3) + r(" here.")),
        p(f"<w:ins>{r('Insertion')}</w:ins>{deleted('Deletion')}<w:moveTo>{r(' Movedhere')}</w:moveTo>"),
        p(f"<w:moveFrom>{r('Movedaway')}</w:moveFrom>{r('Stayed')}"),
        p('<w:commentRangeStart w:id="1"/>' + r("Commented") + mark("comment", 1)),
        p(r("Beforebox") + boxed(p(r("Inbox"))) + r(" afterbox")),
        p(f'<w:hyperlink r:id="rId1">{r("Hyperlinked")}</w:hyperlink> {field("REF _R5", r(" Referred"))}'),
        p(r("Seen") + r(" Hidden", "<w:vanish/>")),
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" Ticked")),
        control('<w:alias w:val="Alias"/>', p(r("Controlled"))),
        *(f'<w:altChunk r:id="rId{number}"/>' for number in (2, 3, 4, 5)),
        p(f'<w:smartTag w:element="place">{r("Smarttagged")}</w:smartTag>'),
        p(f"<m:oMath {MATH}>{FRACTION}</m:oMath>"),
        p(picture("", "Alternative")),
        p(f"<w:r><w:ruby><w:rt>{r('Above')}</w:rt><w:rubyBase>{r('Below')}</w:rubyBase></w:ruby></w:r>"),
        p(picture(f'<c:chart {CHART} r:id="rId6"/>')),
        p(r("Lastword")),
    )
)
LINK = '<Relationship Id="rId{}" Type="x/{}" Target="{}"/>'.format
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://northmoor.example/"'
    ' TargetMode="External"/>'
    + "".join(LINK(2 + n, "aFChunk", f"chunk.{end}") for n, end in enumerate(("html", "txt", "xml", "rtf")))
    + "</Relationships>"
)
TITLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Title", "Title"), ("Toc", "table of figures"))
)
FILES = {
    "word/document.xml": document_xml(BODY),
    "word/_rels/document.xml.rels": RELATIONS,
    "word/numbering.xml": f"<w:numbering {SPACES}>{LISTS}</w:numbering>",
    "word/styles.xml": f"<w:styles {SPACES}>{STYLES}{TITLES}</w:styles>",
    "word/footnotes.xml": f"<w:footnotes {SPACES}>{note('footnote', 2, 'Footnoted.')}</w:footnotes>",
    "word/endnotes.xml": f"<w:endnotes {SPACES}>{note('endnote', 3, 'Endnoted.')}</w:endnotes>",
    "word/comments.xml": f'<w:comments {SPACES}><w:comment w:author="Ann">{p(r("Remarked"))}</w:comment>'
    "</w:comments>",
    "word/header1.xml": f"<w:hdr {SPACES}>{p(r('Header'))}</w:hdr>",
    "word/footer1.xml": f"<w:ftr {SPACES}>{p(r('Footer ') + field('PAGE', r('7')))}</w:ftr>",
    "word/charts/chart1.xml": f"<c:chart {CHART}><a:p><a:t>Charted</a:t></a:p><c:pt><c:v>Axis</c:v></c:pt>"
    "</c:chart>",
    "word/chunk.html": "<html><body><p>Chunkedpage</p></body></html>",
    "word/chunk.txt": "Chunkedtext",
    "word/chunk.rtf": "{\\rtf1 Unread}",
}
KEPT = """
1. Purpose
1.1 Numberone
- Bulletone
a) Letterone
b) Lettertwo
- Bullettwo
1.2 Numbertwo
a) Letterthree
2. Restart
2.1 Numberthree
| Across |  | Side |
| --- | --- | --- |
| Down | Cellone | Celltwo |
|  | Cellthree | Cellfour |
Footed[^footnote-2] and ended[^endnote-3] here.
Insertion Movedhere
Stayed
Commented
Beforebox afterbox
Inbox
[Hyperlinked](https://northmoor.example/) Referred
Seen
✓ Ticked
Controlled
Smarttagged
Numerator/Denominator
Above Below
Lastword
[^footnote-2]: Footnoted.
[^endnote-3]: Endnoted.
""".split("\n")
DROPPED = [
    *(("Listed", "paragraph 2", "furniture"), ("41", "paragraph 2", "furniture")),
    ("Figured", "paragraph 3", "furniture"),
    *(("Deletion", "paragraph 23", "deleted"), ("Movedaway", "paragraph 24", "deleted")),
    ("Hidden", "paragraph 29", "hidden"),
    *(("Chunkedpage", "paragraph 32", "unread"), ("Chunkedtext", "paragraph 33", "unread")),
    *(("Chunkeddocument", "paragraph 34", "unread"), ("", "paragraph 35", "unread")),
    *(("Alternative", "paragraph 38", "picture"), ("", "paragraph 40", "picture")),
    *(("Remarked", "comment 1", "furniture"), ("Header", "header 1", "furniture")),
    *(("Footer 7", "footer 1", "furniture"), ("Charted Axis", "chart 1", "picture")),
]


def test_all_that_word_writes_is_kept_once_or_listed(manual: Path) -> None:
    source = manual / "all.docx"
    inner = packed({"word/document.xml": document_xml(p(r("Chunkeddocument")))})
    source.write_bytes(packed({**FILES, "word/chunk.xml": inner}))
    drafts = manual / "procedures/imported"
    said = run("import", source, "-o", drafts, "--date", DATE, "--format", "json")
    assert said.exit_code == 0
    (told,) = json.loads(said.output)["files"]
    assert [(drop["text"], drop["place"], drop["why"]) for drop in told["dropped"]] == DROPPED
    (draft,) = drafts.iterdir()
    body = draft.read_text("utf-8").split("\n---\n", 1)[1]
    shown = [re.sub(r"^#+ ", "", line) for line in body.split("\n") if line]
    assert shown == [line for line in KEPT if line]
    assert told["chapter"] == {"number": "2.4", "title": "The Northmoor panel", "numbering": "sections"}
    assert codes(manual) == {"todo"}
    assert "Equations are kept as their signs in a row. Compare them." in told["remarks"]


def test_documents_inside_are_held_to_the_bounds_of_the_whole() -> None:
    """They may have any character, and all together unpack to no more than one document may."""
    odd = docx.read(packed({**FILES, "word/chunk.txt": "a\0b \x1b \ufffe c"}))
    assert [loss.text for loss in odd.stretches if isinstance(loss, Loss)][7] == "a\ufffdb \ufffd \ufffd c"
    bomb = packed({"word/document.xml": " " * (MOST_UNPACKED + 1)})
    with pytest.raises(RefusedError, match="unpacked"):
        docx.read(packed({**FILES, "word/chunk.xml": bomb}))
