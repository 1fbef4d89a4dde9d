"""What each thing that a page can hold becomes on paper: footnotes, pictures, change bars, links, marks."""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from chapterhouse import manual as manuals
from chapterhouse import paper
from chapterhouse.paper.marks import marked
from chapterhouse.paper.nodes import Changed, Contents, Heading, Numbered, Paragraph, SheetOf, Words
from chapterhouse.paper.pictures import pictures
from chapterhouse.sheet import Sheet


def numbered(number: str, html: str) -> str:
    link = f'<a class="paragraph-number" href="#{number}">{number}</a>'
    return f'<div class="paragraph" id="{number}"><p>{link} {html}</p></div>'


def told(read: Any) -> str:
    """The text of a file of one part, below its heading and before its end."""
    return str(read.read_out[0]).removeprefix("9.9Hostile").partition("Checkwhether")[0]


def test_addresses_that_a_reader_of_paper_needs_are_footnotes_and_repeat_none(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    form = '<a href="https://a.example/form" data-on-paper="https://a.example/form">{}</a>'
    inner = '<a href="core/b/#1.4" data-on-paper="chapter 2.2, paragraph 1.4">that</a>'
    mark = '<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup>'
    notes = f'<section class="footnote"><ol><li id="fn:x"><p>Said of {inner}.</p></li></ol></section>'
    read = written(
        page(f"<p>{form.format('One')}, {form.format('again')}, known{mark} and{mark}.</p>{notes}")
    )
    # The author's footnote keeps its number; the links have the numbers after it, in the order of reading.
    assert told(read) == (
        "One22https://a.example/form,again2,known11Saidofthat33chapter2.2,paragraph1.4.and1."
    )
    with pikepdf.open(read.path) as pdf:
        addresses = [str(one.A.URI) for one in pdf.pages[0].Annots if "/URI" in one.get("/A", {})]
    assert addresses.count("https://procedures.northmoor.example/core/b/#1.4") == 2


def test_looks_and_lists_keep_their_words_and_marks(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    items = "<li>a</li><li>b<ol type='i' class='list-paren' start='3'><li>c</li></ol></li>"
    html = (
        "<p>H<sub>2</sub>O, x<sup>2</sup>, <kbd>Esc</kbd>, <mark>m</mark>, <small>s</small>, <q>said</q>, "
        "<del>old</del><ins>new</ins>, one<br>two, <abbr title='x'>IRO</abbr> un<wbr>broken</p>"
        f"<ol type='a' class='list-paren'>{items}</ol><pre><code>if x:\n    y</code></pre><hr>"
        "<blockquote><p>quoted</p></blockquote>"
        "<div class='admonition note'><p class='admonition-title'>N</p></div>"
    )
    read = written(page(html))
    assert told(read).replace("\u200b", "") == (
        "H2O,x2,Esc,m,s,“said”,oldnew,onetwo,IROunbrokenabcifx:yquotedN"
    )
    assert all(mark in read.sheets[0] for mark in ("a)a", "b)b", "iii)c"))


@pytest.mark.parametrize(
    ("number", "kind", "mark"),
    [(1, "1", "1"), (27, "a", "aa"), (53, "A", "BA"), (4, "i", "iv"), (1949, "I", "MCMXLIX"), (0, "a", "0")],
)
def test_marks_of_lists_are_those_of_a_browser(number: int, kind: str, mark: str) -> None:
    assert marked(number, kind) == mark


def test_an_item_keeps_its_number_on_paper(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    items = "<li>x</li><li>y</li><li value='4'>z</li><li>q</li>"
    sheet = written(page(f"<ol type='a' class='list-paren'>{items}</ol>")).sheets[0]
    assert all(mark in sheet for mark in ("a)x", "b)y", "d)z", "e)q"))


def test_a_bar_stands_beside_changed_paragraphs_alone(
    page: Callable[..., paper.Part], written: Callable[..., Any], tmp_path: Path
) -> None:
    html = "".join(numbered(f"1.{n}", "words " * 60) + "<p>more</p>" for n in range(1, 6))
    part = page(html)
    blocks = [
        Changed((one,)) if isinstance(one, Numbered) and one.anchor in {"1.2", "1.4"} else one
        for one in part.blocks
    ]
    read = written(replace(part, blocks=tuple(blocks)))
    picture = tmp_path / "sheet"
    subprocess.run(["pdftoppm", "-gray", "-r", "72", "-singlefile", read.path, picture], check=True)
    content = picture.with_suffix(".pgm").read_bytes()
    head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", content)
    assert head is not None
    width, pixels = int(head[1]), content[head.end() :]
    left = [min(pixels[row * width + 45 : row * width + 55]) < 128 for row in range(len(pixels) // width)]
    number_at = {w.text: int(w.top * 72 / 25.4) + 6 for w in read.words if re.fullmatch(r"1\.\d", w.text)}
    assert {number for number, row in number_at.items() if left[row]} == {"1.2", "1.4"}


def test_a_turned_sheet_has_its_foot_and_parts_count_for_themselves(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    cells = "".join(f"<th>c{n}</th>" for n in range(9))
    wide = page(f"<p>Before.</p><table><thead><tr>{cells}</tr></thead><tbody></tbody></table>")
    read = written(wide, page("<p>After.</p>"), wide)
    with pikepdf.open(read.path) as pdf:
        turned = [float(one.mediabox[2]) > float(one.mediabox[3]) for one in pdf.pages]
    assert turned == [False, True, False, False, False, True, False]
    counted = [re.search(r"Page(\d)of(\d)Sheet(\d)of(\d)", sheet) for sheet in read.sheets]
    numbers = ["".join(one.groups()) for one in counted if one]
    assert numbers == ["1317", "2327", "3337", "1147", "1357", "2367", "3377"]
    assert all("Copy4k7q2md-20261121" in sheet for sheet in read.sheets)
    assert read.outside == []


def test_contents_and_an_index_name_the_sheet(
    page: Callable[..., paper.Part], written: Callable[..., Any], sheet: Sheet
) -> None:
    chapter = replace(page(numbered("1.1", "words " * 1900) + numbered("1.2", "end")), address="a/")
    chapter = replace(chapter, blocks=(*chapter.blocks, Paragraph((SheetOf("x/#1.2"),))))
    front = (
        Heading(1, (Words("Contents"),)),
        Contents(((1, "Chapter", "a/"), (2, "Paragraph", "x/#1.2"))),
    )
    read = written(paper.Part("Contents", sheet, front), chapter)
    last = len(read.sheets)
    assert last == 4
    assert read.read_out[0].startswith(f"ContentsChapter2Paragraph{last}")
    assert re.search(rf"end{last}Checkwhether", read.read_out[1])
    assert "Page1of3Sheet2of4" in read.sheets[1]


def drawing(width: int, height: int) -> bytes:
    """A grey picture, as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(300, 4000), (4000, 300), (3000, 3000)])
def test_a_picture_stands_whole_on_one_sheet(
    page: Callable[..., paper.Part], written: Callable[..., Any], size: tuple[int, int]
) -> None:
    picture = "<p><img src='flow.png' alt='Who does what, in three steps.'></p>"
    read = written(page(f"<p>{'words ' * 400}</p>{picture}"), files={"flow.png": drawing(*size)})
    with pikepdf.open(read.path) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        assert [str(one.Alt) for one in found if one.get("/S") == "/Figure"] == [
            "Who does what, in three steps."
        ]
        left, bottom, right, top = (float(one) / 72 * 25.4 for one in found[0].A[0].BBox)
    assert 19 < left < right < 191
    assert 25 < bottom < top < 280
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.02)


FRAME = b'<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="9">%s</svg>'
FAULTS = {
    "no picture": b"no picture",
    "half a picture": drawing(300, 300)[:90],
    "a picture without size": FRAME % (0, b""),
    "a picture that asks another host": FRAME
    % (9, b'<image href="https://a.example/b.png" width="1" height="1"/>'),
    "a picture that asks for a file": FRAME
    % (9, b'<image href="../../../../etc/hostname" width="1" height="1"/>'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_picture_that_cannot_be_drawn_is_named(
    page: Callable[..., paper.Part], written: Callable[..., Any], fault: str
) -> None:
    files = {"a.png": drawing(9, 9), "core/flow.png": FAULTS[fault]}
    with pytest.raises(paper.EngineError, match=r"^the picture core/flow\.png cannot be drawn"):
        written(page("<p><img src='core/flow.png' alt='A'><img src='a.png' alt='B'></p>"), files=files)


def test_a_picture_that_is_gone_is_words(
    page: Callable[..., paper.Part], written: Callable[..., Any]
) -> None:
    """An archived text outlives its pictures."""
    read = written(page("<p>See <img src='gone.png' alt='The old form'>.</p>"))
    assert told(read) == "See(Apicturethatisnotkept:Theoldform)."


def test_pictures_are_those_of_the_manual(page: Callable[..., paper.Part], small_manual: Path) -> None:
    picture = small_manual / "procedures" / "core" / "flow.png"
    picture.write_bytes(drawing(9, 9))
    manual = manuals.load(small_manual)
    part = page(
        "<p><img src='core/flow.png' alt='A'><img src='gone.png' alt='B'><img src='parts.yml' alt=''></p>"
    )
    assert pictures(small_manual, manual, [part]) == {"core/flow.png": drawing(9, 9)}
    picture.unlink()
    with pytest.raises(ValueError, match=r"^procedures/core/flow\.png: the file cannot be read"):
        pictures(small_manual, manual, [part])
