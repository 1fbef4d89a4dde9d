"""Word documents that are broken: what can be read of them is, and what cannot is named."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import zipfile
import zlib

import pytest

from chapterhouse.importers.blocks import Block, Document, Loss, in_order, words
from chapterhouse.importers.word import docx

from .test_docx import LISTS, MARK, NOTES, SPACES, STYLES, document_xml, numbered, p, packed, r, told, word

BODY = (
    p(r("Purpose"), '<w:pStyle w:val="Heading1"/>')
    + numbered("The partners meet.", 1)
    + p(r("They follow the Act.") + MARK)
    + f"<w:tbl><w:tr><w:tc>{p(r('Police'))}</w:tc><w:tc>{p(r('Refer'))}</w:tc></w:tr></w:tbl>"
    + p(r("Last."))
)
WHOLE = [
    *("heading1 1.|Purpose", "paragraph1 1.1|The partners meet.", "paragraph1 |They follow the Act."),
    *("table1 |Police Refer", "paragraph1 |Last.", "note1 |See the Act.", "note1 |And more."),
]
BROKEN = (
    "The part {!r} is broken: it is read as far as it goes, and its layout may be lost. Compare it.".format
)
CHANGED = "The part {!r} is damaged: what is kept of it may be changed or cut short. Compare it.".format
MAIN = "word/document.xml"


def files(**instead: str) -> dict[str, str | bytes]:
    """The parts of a document, some of them others."""
    parts = {"numbering": LISTS, "styles": STYLES, "footnotes": NOTES}
    written: dict[str, str | bytes] = {MAIN: document_xml(BODY)}
    for name, inner in parts.items():
        written[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{inner}</w:{name}>"
    return {**written, **{f"word/{name}.xml": text for name, text in instead.items()}}


def stored(parts: dict[str, str | bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def read(**instead: str) -> Document:
    return docx.read(stored(files(**instead)))


def test_a_document_that_is_cut_short_is_kept_up_to_there() -> None:
    """At every ninth sign of it: the words before the cut, and none that is not in the source."""
    source = document_xml(BODY)
    start = source.index("</w:t>")
    for at in range(start, len(source), 9):
        document = read(document=source[:at])
        shown = re.findall(r"<w:t [^<>]*>([^<]*)", source[:at])
        assert list(in_order(document.stretches)) == words(f"{' '.join(shown)} See the Act. And more.")
        assert document.remarks[0] == BROKEN(MAIN)


def test_a_sign_that_is_wrong_costs_the_tag_that_it_is_in() -> None:
    """Each fifth sign of the text in turn: all words but those in a tag that is torn are kept or listed."""
    source = document_xml(BODY)
    for at in range(source.index("<w:p>"), len(source), 5):
        document = read(document=f"{source[:at]}<{source[at + 1 :]}")
        said = "".join(in_order(document.stretches))
        torn = re.findall(r"<w:t [^<>]*>([^<]*)<", f"{source[:at]}<{source[at + 1 :]}")
        assert all(word in said for text in torn for word in words(text)), (at, torn)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("</w:r></w:p><w:tbl>", "</w:r><w:tbl>", WHOLE),
        ("Police</w:t></w:r></w:p>", "Police", WHOLE),
        ("Police</w:t></w:r></w:p></w:tc>", "Police", WHOLE),
        ("</w:body>", "", WHOLE),
        ("</w:body>", "</w:tbl></w:body></w:body>", WHOLE),
        ("Last.", "La & st.\1", [*WHOLE[:4], "paragraph1 |La & st.\ufffd", *WHOLE[5:]]),
        ("Last.", "&eacute;<i>Last</i>.", [*WHOLE[:4], "paragraph1 |&eacute;Last.", *WHOLE[5:]]),
        ("Last.", "<![CDATA[Last.]]></q>", WHOLE),
        (
            '<w:t xml:space="preserve">Last.',
            "w:t>Last.",
            [*WHOLE[:4], "- unread|w:t>Last.", *WHOLE[5:]],
        ),
        ('<w:t xml:space="preserve">Last.', '<w:t xml:space="preserve>Last.', WHOLE),
    ],
)
def test_elements_that_are_not_closed_end_where_word_ends_them(old: str, new: str, shown: list[str]) -> None:
    source = document_xml(BODY)
    assert old in source
    document = read(document=source.replace(old, new) + "<")
    assert told(document)[: len(shown)] == shown
    assert document.remarks[0] == BROKEN(MAIN)


def test_what_is_left_open_too_deep_is_closed() -> None:
    document = read(document="</x>" + document_xml("<q>" * 500 + BODY))
    said = "Purpose The partners meet. They follow the Act. Police Refer Last. See the Act. And more."
    assert list(in_order(document.stretches)) == words(said)


def test_a_root_that_is_lost_is_not_needed() -> None:
    document = read(document=BODY)
    assert told(document) == WHOLE
    assert document.remarks[0] == BROKEN(MAIN)


@pytest.mark.parametrize("name", ["styles", "numbering", "footnotes"])
def test_a_part_beside_the_text_that_is_broken_is_named(name: str) -> None:
    source = str(files()[f"word/{name}.xml"])
    document = read(**{name: source[: len(source) * 2 // 3]})
    assert document.remarks[0] == BROKEN(f"word/{name}.xml")
    assert [line.partition("|")[2] for line in told(document)[:5]] == [
        line.partition("|")[2] for line in WHOLE[:5]
    ]
    nothing = read(**{name: "\0\0"})
    assert nothing.remarks[0] == f"The part 'word/{name}.xml' is left out: nothing in it can be read."


def test_words_beside_the_notes_of_a_broken_part_are_listed() -> None:
    document = read(footnotes=NOTES.replace('<w:footnote w:id="2">', "") + "</x>")
    losses = [part for part in document.stretches if isinstance(part, Loss)]
    assert [(loss.text, loss.place, loss.why) for loss in losses] == [
        ("See the Act.", "word/footnotes.xml", "unread"),
        ("And more.", "word/footnotes.xml", "unread"),
    ]
    assert "The marks of notes that are not in the file are left out." in document.remarks


def test_comments_and_headers_that_are_broken_are_listed_as_far_as_they_go() -> None:
    parts = files(header1=f"<w:hdr {SPACES}>{p(r('Head'))}<w:p><w:r><w:t>cut")
    parts["word/comments.xml"] = f"<w:comments><w:comment w:author='A'>{p(r('Check'))}</w:comments>"
    document = docx.read(stored(parts))
    assert told(document)[-2:] == ["- furniture|Check", "- furniture|Head cut"]
    assert BROKEN("word/comments.xml") in document.remarks
    assert BROKEN("word/header1.xml") in document.remarks


def test_a_part_that_is_named_and_not_there_is_told() -> None:
    link = '<Relationship Id="{0}" Type="x/{0}" Target="{0}.xml"/>'.format
    names = ("styles", "numbering", "footnotes", "theme")
    relations = f"<Relationships>{''.join(map(link, names))}</Relationships>"
    body = p(r("Text") + MARK) + numbered("item", 1) + '<w:hyperlink r:id="rId7"/>'
    document = docx.read(stored({MAIN: document_xml(body), "word/_rels/document.xml.rels": relations}))
    assert [*document.remarks] == [
        "The part 'word/styles.xml' is not in it: what its styles say, headings among it, is lost.",
        "The part 'word/numbering.xml' is not in it: the numbers and signs of its lists are lost.",
        "The part 'word/footnotes.xml' is not in it: its footnotes are lost.",
        "The marks of notes that are not in the file are left out.",
        "The numbers and signs of lists of which the file says nothing are lost.",
        "Links whose address is not in the file are kept as their words.",
    ]


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "klingon", "UTF-16", "windows-1252"])
def test_a_part_in_utf_8_is_that_whatever_it_says(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    document = read(document=head + document_xml(p(r("café, naïve"))))
    assert told(document)[0] == "paragraph1 |café, naïve"
    assert document.remarks == ()


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-16", "UTF-16"), ("windows-1252", "windows-1252"), ("latin-1", "none")]
)
def test_a_part_in_another_encoding(encoding: str, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + document_xml(p(r("caf\xe9 all")))
    parts = files()
    parts[MAIN] = text.encode(encoding)
    shown = told(docx.read(stored(parts)))[0]
    assert shown == ("paragraph1 |caf\ufffd all" if declared == "none" else "paragraph1 |café all")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_whose_directory_is_lost_is_found_by_its_headers(method: int) -> None:
    parts = {"word/embeddings/other.docx": word(p(r("Not this."))), **files()}
    content = stored(parts, method)
    assert told(docx.read(content[: content.rindex(b"PK\1\2")])) == WHOLE
    if method == zipfile.ZIP_STORED:
        cut = docx.read(content[: content.index(b"Police") + 3])
        assert told(cut)[-1] == "table1 |Pol"
        assert cut.remarks[:2] == (
            "The end of the file is lost or broken: parts of it, as notes and comments, may be missing.",
            BROKEN(MAIN),
        )


def test_headers_that_do_not_say_how_long_the_file_is() -> None:
    class Pipe(io.BytesIO):
        def tell(self) -> int:
            raise OSError

    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", method) as archive:
            for name, text in files().items():
                archive.writestr(name, text)
        content = pipe.getvalue()
        assert told(docx.read(content[: content.index(b"PK\1\2")])) == WHOLE


def damaged(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def test_a_checksum_that_is_wrong_is_told_and_the_words_are_kept() -> None:
    content = stored(files())
    at = content.index(b"Police")
    document = docx.read(damaged(content, at, b"Polite"))
    assert told(document) == [line.replace("Police", "Polite") for line in WHOLE]
    assert document.remarks[0] == CHANGED(MAIN)


def test_thousands_of_parts_whose_checksums_are_wrong_take_seconds() -> None:
    headers = {
        f"word/header{number}.xml": f"<w:hdr {SPACES}>{p(r('Head'))}</w:hdr>" for number in range(2000)
    }
    content = stored({**files(), **headers}).replace(b"Head", b"Heat")
    start = time.process_time()
    document = docx.read(content)
    assert time.process_time() - start < 10
    assert CHANGED("word/header1999.xml") in document.remarks
    assert told(document)[-1] == "- furniture|Heat"


def test_what_the_directory_says_wrong_the_header_says_right() -> None:
    content = stored(files(), zipfile.ZIP_DEFLATED)
    entry = content.rindex(b"PK\1\2", 0, content.rindex(MAIN.encode()))
    for at, new in ((10, b"\x63\0"), (16, b"\1\1\1\1"), (20, b"\1\0\0\0"), (42, b"\x99\0\0\0"), (46, b"W")):
        document = docx.read(damaged(content, entry + at, new))
        assert told(document) == WHOLE
        assert not any(MAIN in remark for remark in document.remarks)


def test_what_can_be_inflated_is() -> None:
    """A document of 100 kilobytes that goes wrong in the middle of what is packed."""
    dice = random.Random(3)
    said = [" ".join(f"w{dice.randrange(10**6)}" for _ in range(9)) for _ in range(1500)]
    content = packed({MAIN: document_xml("".join(p(r(text)) for text in said))})
    (size,) = struct.unpack_from("<L", content, 18)
    at = 30 + len(MAIN) + size // 2
    broken = content[:at] + b"\xff" * 40 + content[at + 40 :]
    document = docx.read(broken)
    shown = [part.text for part in document.stretches if isinstance(part, Block)]
    assert shown[:500] == said[:500]
    assert document.remarks[0] == BROKEN(MAIN)
    with pytest.raises((zlib.error, zipfile.BadZipFile)):
        zipfile.ZipFile(io.BytesIO(broken)).read(MAIN)
