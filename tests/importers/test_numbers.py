"""Numbers of other people's documents: each as it was written, none that is something else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given

from chapterhouse import chapters, frontmatter
from chapterhouse.importers import choosing, report
from chapterhouse.importers.blocks import Block, Document, Loss, Run, in_order
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Recognised

from .conftest import recognised, words_of, written_out
from .test_html import PAGES
from .test_words import DAY, NEW

SHAPES = {
    "levels": ("2. S|2.1 A.|2.1.1 B.|2.1.2 C.|2.2 D.|2.2.1 E.", "2.1 2.1.1 2.1.2 2.2 2.2.1"),
    "signs": ("1. S|(1.1) A.|[1.2] B.|1.3: C.|1.4 \u2013 D.|1.5 \\| E.|1.6) F.", "1.1 1.2 1.3 1.4 1.5 1.6"),
    "letters": ("1. S|1.1 A.|1.1A B.|1.1B C.|1.2 D.|1.2a E.|1.3 F.", "1.1 1.1A 1.1B 1.2 1.3"),
    "letters in a continuous text": ("S|1. A.|2. B.|3. C.|3A. D.|4. E.", "1 2 3 3A 4"),
    "letters twice": ("S|1. A.|2. B.|3. C.|3A. D.|3A. E.|99AB. F.|4. G.|5. H.|6. I.", "1 2 3 3A 4 5 6"),
    "items in brackets": ("S|Roles:|(1) A.|(2) B.|(3) C.", ""),
    "lettered sections": ("A. S|A.1 A.|A.2 B.|B. T|B.1 C.", ""),
    "twice": ("1. S|1.1 A.|1.2 B.|1.2 C.|1.3 D.", "1.1 1.2 1.3"),
    "out of order": ("1. S|1.1 A.|1.2 B.|1.6 C.|1.4 D.|1.5 E.", "1.1 1.2 1.6 1.4 1.5"),
    "an annex": ("1. S|1.1 A.|1.2 B.|Annex A|1. T|1.1 C.|1.2 D.|1.3 E.|2. U|2.1 F.", "1.1 1.2"),
    "an annex of its own": ("1. S|1.1 A.|1.2 B.|Annex A|A1.1 C.|A1.2 D.", "1.1 1.2"),
    "a list among numbers": ("S|1. A.|2. B.|3. C.|4. D.|5. E.|6. F.|1. G.|2. H.|7. I.", "1 2 3 4 5 6 7"),
    "each section from 1": ("S|1. A.|2. B.|3. C.|T|1. D.|2. E.|3. F.|4. G.", ""),
    "millions": ("2. S|2.4 A.|2.5 million children.|2.5 B.|2.6 per cent.|2.6 C.", "2.4 2.5 2.6"),
    "dates": ("1. S|1.1 A.|1.2 B.|1.4.2019 The day.|1.4.19 The day.|1.3 C.", "1.1 1.2 1.3"),
    "times": ("9. S|9.1 A.|9.2 B.|9.30 am Tea.|9.30 Tea.|10.15 Lunch.|9.3 C.", "9.1 9.2 9.3"),
    "an agenda": ("S|Come:|9.30 Start.|10.15 Tea.|10.45 Talk.|11.00 - 11.30 Talk.", ""),
    "years": ("S|1. A.|2. B.|3. C.|2018. The Act.|2019 was a year.|4. D.", "1 2 3 4"),
    "law": ("1. S|1.1 A.|s.47 enquiries.|s47 too.|47. An enquiry.|1.2 B.", "1.1 1.2"),
    "sums": ("1. S|1.1 A.|1.50 Pounds.|\u00a31.20 is paid.|1.2 or more.|1.2 B.", "1.1 1.2"),
    "sections with 0": ("1.0 S|1.1 A.|1.2 B.|2.0 T|2.1 C.", "1.1 1.2 2.1"),
    "five levels": ("1. S|1.1 A.|1.1.1.1.1 B.|1.2 C.", "1.1 1.2"),
    "a leap that goes on": ("1. S|1.1 A.|1.60 B.|1.61 C.", "1.1 1.60 1.61"),
    "from the middle": ("Extract|23. A.|24. B.|25. C.", "23 24 25"),
    "levels upside down": ("1. S|1.1.1 A.|1.1 B.|1.2 C.", "1.1.1 1.1 1.2"),
    "a leap before those that come": (
        "2. S|2.1 A.|2.2 B.|2.5 Deaths.|2.3 C.|2.4 D.|2.5 E.",
        "2.1 2.2 2.3 2.4 2.5",
    ),
    "a leap into another section": ("1. S|1.1 A.|1.2 B.|2.1 Deaths.|1.3 C.|2. T|2.1 D.", "1.1 1.2 1.3 2.1"),
    "a leap with nothing before it": ("1. S|1.1 A.|1.2 B.|1.9 Deaths.|1.3 C.|1.4 D.", "1.1 1.2 1.3 1.4"),
    "leaps in small letters": ("1. S|1.1 A.|1.2 B.|1.5 grams.|1.6 litres.|1.3 C.", "1.1 1.2 1.3"),
    "two that changed places": ("2. S|2.1 A.|2.2 B.|2.4 C.|2.3 D.", "2.1 2.2 2.4 2.3"),
    "years on a line": (
        "3. S|3.1 A.|3.2 Keep it for|4 years, or|longer.|3.3 B.|4. T|4.1 C.",
        "3.1 3.2 3.3 4.1",
    ),
    "a continuous text with an annex": (
        "S|1. A.|2. B.|3. C.|4. D.|Annex A|1. E.|2. F.|9. G.|9. H.|15. I.",
        "1 2 3 4",
    ),
    "behind an annex": ("2. S|2.1 A.|2.2 B.|Annex A|1.1 C.|2.3 D.|Sources|2.3 E.", "2.1 2.2 2.3"),
    "no headings": ("1.1 All referrals go to the desk.|2.1 The desk answers.|2.2 It does.", "1.1 2.1 2.2"),
}


def of(shape: str) -> tuple[Document, Recognised]:
    lines = shape.replace("\\|", "\x00").replace("|", "\n\n").replace("\x00", "|")
    document = choosing.read("a.txt", lines.encode())
    return document, recognise(document)


def has_the_numbers(found: Recognised) -> None:
    """A chapter that is read from the draft has the numbers that were recognised, and no others."""
    (draft,) = drafting.drafts([("a.txt", found)], NEW, DAY)
    body, _ = chapters.read(draft.source, frontmatter.read(draft.source)[1], found.numbering)
    assert tuple(one.number for one in body.paragraphs) == found.paragraph_numbers
    headings = [piece.number for piece in found.pieces if piece.block.kind == "heading" and piece.number]
    assert [one.number for one in body.sections if one.number] == headings


@pytest.mark.parametrize("name", SHAPES)
def test_numbers_in_every_shape(name: str) -> None:
    shape, numbers = SHAPES[name]
    document, found = of(shape)
    assert found.paragraph_numbers == tuple(numbers.split())
    assert words_of(found) == list(in_order(document.stretches))
    has_the_numbers(found)


def test_the_numbers_of_our_own_documents(document: Path) -> None:
    has_the_numbers(recognised(document.name))


def test_the_numbers_of_the_four_documents(seeds: list[Path]) -> None:
    for path in seeds:
        has_the_numbers(recognise(choosing.read(path.name, path.read_bytes())))


@given(PAGES)
def test_the_words_of_a_page_stay_in_order(page: str) -> None:
    document = written_out(choosing.read("a.html", page.encode()))
    assert words_of(recognise(document)) == list(in_order(document.stretches))


def test_an_item_of_a_numbered_list_keeps_its_own_number() -> None:
    page = "<h1>T</h1><p>1.1 A.</p><ol><li>1.2</ol><table><tr><td>1.2 B.</table>"
    document = written_out(choosing.read("a.html", page.encode()))
    assert words_of(recognise(document)) == list(in_order(document.stretches))


def test_what_was_lost_behind_the_word_section_stays_there() -> None:
    page = "<h1>T</h1><h2>Section 1: Forms <del>gone</del> here</h2><p>1.1 A.</p><p>1.2 B.</p>"
    document = choosing.read("a.html", page.encode())
    found = recognise(document)
    assert found.section_titles == ("1. Forms here",)
    assert words_of(found) == list(in_order(document.stretches))


def test_what_was_lost_behind_a_number_of_word_stays_there() -> None:
    """The number was no letter of the source, and is one of the draft."""
    blocks = (
        Block("heading", "paragraph 1", (Run("T"),)),
        Block("paragraph", "paragraph 2", (Run("One two"),), marker="1.1", automatic=True),
        Loss("gone", "paragraph 2", "deleted", within=3),
        Block("paragraph", "paragraph 3", (Run("Three"),), marker="1.2", automatic=True),
    )
    found = recognise(Document(blocks))
    assert found.paragraph_numbers == ("1.1", "1.2")
    assert words_of(found) == "T 1 1 One gone two 1 2 Three".split()


@pytest.mark.parametrize(
    ("shape", "doubts"),
    [
        ("1. S|1.1 A.|1.2 B.|1.2 C.|1.3 D.", "1.2 (line 7)"),
        ("1. S|1.1 A.|1.2 B.|1.2a C.|A1.1 D.", "1.2a (line 7), A1.1 (line 9)"),
        ("S|1. A.|2. B.|3. C.|T|1. D.|2. E.", "1 (line 3), 2 (line 5), 3 (line 7), 1 (line 11), 2 (line 13)"),
        ("1. S|1.1 A.|1.2|1.3 Forms|Text.|1.4 D.|1.5", "1.2 (line 5), 1.5 (line 13)"),
        ("1. S|1.1 A.|1.2 B.|2.5 million.|9.30 am.|Version 2.1 of it.", "2.5 (line 7)"),
        ("1. S|1.1 A.|1.2 B.|Annex A|1.1 C.|A.1 D.|4. E.", "1.1 (line 9), A.1 (line 11)"),
        (
            "1. S|1.1 A.|1.2 B.|Annex A|A.1 Dee|Text.|1. Eff|1.1 F.",
            "A.1 (line 9), 1 (line 13), 1.1 (line 15)",
        ),
    ],
)
def test_what_was_not_taken_for_a_number_is_told(shape: str, doubts: str) -> None:
    _, found = of(shape)
    said = [sentence.rpartition(": ")[2] for sentence in report.doubts(found)]
    assert said == [f"{doubts}."]


def test_a_report_for_a_person_names_some_doubts_and_counts_the_others() -> None:
    _, found = of(f"1. S|1.1 A.|1.2 B.{'|1.2 C.' * 51}")
    (shown,), (whole,) = report.doubts(found), report.doubts(found, 51)
    assert shown.endswith(", 1.2 (line 105) and 1 more (--format json names all).")
    assert whole.endswith(", 1.2 (line 105), 1.2 (line 107).")


@pytest.mark.parametrize(
    ("shape", "gaps"),
    [
        ("1. S|1.1 A.|1.2 B.|1.6 C.|1.4 D.", "1.3 1.5"),
        ("1. S|1.1 A.|1.60 B.|1.61 C.", "1.2 until 1.60"),
        ("1. S|1.1 A.|2. T|2.2 B.", "2.1"),
        ("S|1. A.|2. B.|3. C.|3A. D.|5. E.", "4"),
        ("1. S|1.1 Aims|Text.|1.2 B.|1.3 C.", ""),
    ],
)
def test_gaps_are_those_that_check_would_find(shape: str, gaps: str) -> None:
    assert " ".join(report.gaps(of(shape)[1])) == gaps


@pytest.mark.parametrize(
    ("shape", "number", "title", "sections"),
    [
        ("Chapter 2.2: Forms|1. S|1.1 A.|1.2 B.", "2.2", "Forms", ("1. S",)),
        ("Chapter 7|Forms|1. S|1.1 A.|1.2 B.", "7", "Forms", ("1. S",)),
        ("PA5|Forms of asking|1. S|1.1 A.|1.2 B.", "PA5", "Forms of asking", ("1. S",)),
        ("2.2|Forms|1. S|1.1 A.|1.2 B.", "2.2", "Forms", ("1. S",)),
        ("1.0 Forms|1.1 A.|1.2 B.", "", "", ("1.0 Forms",)),
        ("A. Forms|A.1 A.|B. Answers|B.1 B.", "", "", ("A. Forms", "B. Answers")),
        ("Introduction|Text.|Roles|Text.", "", "", ("Introduction", "Roles")),
        ("Some text of it.|Roles|More of it.", "", "", ("Roles",)),
        ("Section 1: Forms|1.1 A.|1.2 B.|Section 2 - Answers|2.1 C.", "", "", ("1. Forms", "2. Answers")),
    ],
)
def test_titles_and_sections(shape: str, number: str, title: str, sections: tuple[str, ...]) -> None:
    document, found = of(shape)
    assert (found.number, found.title, found.section_titles) == (number, title, sections)
    assert words_of(found) == list(in_order(document.stretches))


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        ("1. Start|1.1 A.|1.2 B.|2. Answer|2.1 C.", ("1. Start", "2. Answer")),
        ("1 Start|1.1|A.|1.2 B.|Section 2: Answer|2.1 C.", ("1. Start", "2. Answer")),
        ("1. Start|1.0 A.|1.1 B.", ("1. Start",)),
        ("1. Start|1.2 A.|1.3 B.", ()),
        ("1. Go there.|1.1 A.|1.2 B.", ()),
        ("1. go there|1.1 A.|1.2 B.", ()),
        ("1.1 A.|1.2 B:|1. Go|2. Come|2.1 C.", ()),
        ("1. Start|1. First|1. Then", ()),
    ],
)
def test_sections_typed_as_paragraphs(lines: str, sections: tuple[str, ...]) -> None:
    page = "".join(f"<p>{line}</p>" for line in lines.split("|"))
    document = choosing.read("a.html", f"<h1>T</h1>{page}".encode())
    found = recognise(document)
    assert found.section_titles == sections
    assert words_of(found) == list(in_order(document.stretches))
    has_the_numbers(found)


def test_a_table_under_a_row_of_titles_is_taken_apart() -> None:
    page = (
        "<h1>T</h1><table><tr><th>No<th>Text<tr><td>1.1<td>One <del>gone</del> two"
        "<tr><td>1.2<td>Two <del>away</del> three<ul><li>four</ul></table>"
    )
    document = choosing.read("a.html", page.encode())
    found = recognise(document)
    assert found.paragraph_numbers == ("1.1", "1.2")
    assert [(one.text, one.within) for one in found.stretches if isinstance(one, Loss)] == [
        ("gone", 5),
        ("away", 5),
    ]
    assert words_of(found) == list(in_order(document.stretches))


def test_what_was_lost_between_a_number_and_its_text_keeps_them_together() -> None:
    page = "<h1>T</h1><p>1.1</p><del>gone</del><p>One <del>away</del> two</p><p>1.2 Two</p>"
    document = choosing.read("a.html", page.encode())
    found = recognise(document)
    assert found.paragraph_numbers == ("1.1", "1.2")
    assert words_of(found) == list(in_order(document.stretches)) == "T 1 1 gone One away two 1 2 Two".split()


def test_what_was_lost_in_a_line_of_the_contents_keeps_its_place() -> None:
    page = (
        "<h1>T</h1><p>1.1 A.</p><p>1.2</p><p>Contents</p><p>Forms <del>gone</del> here</p>"
        "<p>B.</p><h2>Forms here</h2><p>1.3 C.</p>"
    )
    document = choosing.read("a.html", page.encode())
    found = recognise(document)
    assert words_of(found) == list(in_order(document.stretches))


def test_no_document_takes_longer_than_its_length_asks() -> None:
    """Rows of what looks like numbers, titles, notices and furniture, and what was lost between them."""
    texts = (
        "1.1",
        "1.1 A.",
        "1.",
        "Top",
        "Contents",
        "Amendments",
        "2.2 Forms",
        "1. . . . . 3",
        "under review",
    )
    stretches: list[Block | Loss] = []
    for number in range(20_000):
        stretches.append(Block("paragraph", "line 1", (Run(texts[number % len(texts)]),)))
        stretches += [Loss("x", "line 1", "deleted", within=1)] * 3
    rows = [tuple(stretches), tuple(stretches[:4]) + (Loss("x", "line 1", "deleted"),) * 60_000]
    started = time.process_time()
    for row in rows:
        recognise(Document(row))
    assert time.process_time() - started < 20
