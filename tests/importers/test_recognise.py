"""What is found in a document: by the counts of a person who read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chapterhouse.importers import choosing, report
from chapterhouse.importers.blocks import Loss
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Moved, Recognised
from chapterhouse.importers.texts import text

from .conftest import recognised


def kinds(found: Recognised) -> list[str]:
    return [piece.block.kind for piece in found.pieces]


def of(written: str) -> Recognised:
    return recognise(text.read(written.encode()))


@pytest.mark.parametrize(
    ("name", "number", "title", "numbering", "paragraphs"),
    [
        ("hosted.txt", "4.7", "The Northmoor Escalation Forum", "sections", "1.1 1.2 2.1 2.2 2.4"),
        ("consultation.txt", "", "Better records: what the partnership proposes", "sections", "2.1 2.2 2.3"),
        ("continuous.txt", "", "Keeping Children Safe on the Moor", "continuous", "1 2 3 4 5"),
        ("table.txt", "PB3", "The Northmoor Duty Desk", "sections", "1.1 1.2 1.3 2.1 2.2"),
    ],
)
def test_the_chapter(name: str, number: str, title: str, numbering: str, paragraphs: str) -> None:
    found = recognised(name)
    assert (found.number, found.title, found.numbering) == (number, title, numbering)
    assert found.paragraph_numbers == tuple(paragraphs.split())


def test_a_page_of_a_hosted_system() -> None:
    found = recognised("hosted.txt")
    assert found.section_titles == ("1. Why there is a forum", "2. Meetings", "Before the meeting")
    assert list(report.gaps(found)) == ["2.3"]
    dropped = [one.text for one in found.stretches if isinstance(one, Loss)]
    assert [words.split()[0] for words in dropped] == ["Top", "Show", "Contents", "This", "Close"]
    assert kinds(found).count("item") == 5


def test_notices_become_front_matter() -> None:
    found = recognised("table.txt")
    moved = [(part.where, part.place) for part in found.stretches if isinstance(part, Moved)]
    assert moved == [
        ("title", "line 1"),
        ("amendments", "line 4"),
        ("under_review", "line 5"),
        ("under_review", "line 6"),
    ]
    assert found.section_titles == ("1. The desk", "2. After a call")
    assert [piece.number for piece in report.empty_ends(found)] == ["1.2"]


def test_a_text_that_a_word_processor_wrote() -> None:
    found = recognised("continuous.txt")
    assert "Annex A" in found.section_titles
    assert kinds(found).count("item") == 12
    table = next(piece.block for piece in found.pieces if piece.block.kind == "table")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Body", "Asks", "Answers"],
        ["The council", "X", "X"],
        ["The police", "", "x in the evening"],
        ["The harbour office", "X (from April)", ""],
    ]
    depths = [piece.block.level for piece in found.pieces if piece.block.kind == "item"][3:7]
    assert depths == [1, 2, 2, 1]


def test_footnotes_find_their_marks() -> None:
    found = recognised("consultation.txt")
    notes = {piece.block.name for piece in found.pieces if piece.block.kind == "note"}
    marks = {run.mark for piece in found.pieces for run in piece.block.runs if run.mark}
    assert notes == marks == {"1", "2"}


@pytest.mark.parametrize(
    "line",
    [
        "1.2 Words.",
        "1.2. Words.",
        "1.2) Words.",
        "(1.2) Words.",
        "1.2 | Words.",
        "1.2\n\nWords.",
        "1.2 |\nWords. |",
        "1.2\tWords.",
        "1.2\u00a0Words.",
        "1.2 - Words.",
    ],
)
def test_a_number_in_every_dress(line: str) -> None:
    found = of(f"1. Start\n\n1.1 First.\n\n{line}\n\n1.3 Last.\n")
    assert found.paragraph_numbers == ("1.1", "1.2", "1.3")
    assert [piece.block.text for piece in found.pieces if piece.number == "1.2"] == ["Words."]


@pytest.mark.parametrize("line", ["**1.2** Words.", "- 1.2** Words.", "**1.2 Words.** More.", "1.2 Words."])
def test_a_number_in_the_dress_of_markdown(line: str) -> None:
    found = recognise(
        text.read(f"## 1. Start\n\n1.1 First.\n\n{line}\n\n1.3 Last.\n".encode(), markdown=True)
    )
    assert found.paragraph_numbers == ("1.1", "1.2", "1.3")


@pytest.mark.parametrize(
    "line",
    ["2.5 million children were seen.", "3.4 per cent of them waited.", "1.1 again is no new paragraph."],
)
def test_what_only_looks_like_a_number(line: str) -> None:
    found = of(f"6. Start\n\n6.1 First.\n\n{line}\n\n6.2 Last.\n")
    assert found.paragraph_numbers == ("6.1", "6.2")


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("\u2022 one", "\u2022"),
        ("\u00b7 one", "\u00b7"),
        ("- one", "-"),
        ("* one", "*"),
        ("\u2013 one", "\u2013"),
        ("a) one", "a)"),
        ("(a) one", "(a)"),
        ("iv) one", "iv)"),
        ("- i) one", "i)"),
        ("(a)\none", "(a)"),
    ],
)
def test_bullets_of_every_kind(line: str, marker: str) -> None:
    found = of(f"There are:\n\n{line}\n")
    assert [(p.block.kind, p.block.marker, p.block.text) for p in found.pieces[-1:]] == [
        ("item", marker, "one")
    ]


def test_the_first_section_is_no_title() -> None:
    found = of("1. Purpose\n\n1.1 One.\n\n1.2 Two.\n")
    assert (found.title, found.section_titles) == ("", ("1. Purpose",))


def test_contents_that_stand_again_as_headings() -> None:
    found = of(
        "4.1 Forms\n\nContents\n\n1. Asking\n2. Answering\n\n"
        "1. Asking\n\n1.1 One.\n\n2. Answering\n\n2.1 Two.\n"
    )
    assert found.section_titles == ("1. Asking", "2. Answering")
    assert found.paragraph_numbers == ("1.1", "2.1")


def test_the_four_documents(seeds: list[Path]) -> None:
    """As found by a search for numbers at the start of a line: see docs/importing.md."""
    counted, numbers = {}, {}
    for path in seeds:
        found = recognise(choosing.read(path.name, path.read_bytes()))
        numbered = [s for s in found.section_titles if s[0].isdigit() and ". " in s[:4]]
        numbers[path.name[:3]] = list(found.paragraph_numbers)
        facts = (found.number, found.numbering, len(numbered), len(found.paragraph_numbers))
        counted[path.name[:3]] = (*facts, list(report.gaps(found)))
    assert counted == {
        "000": ("2.2", "sections", 12, 60, ["7.6", "7.9"]),
        "001": ("", "sections", 0, 8, []),
        "003": ("", "continuous", 0, 76, []),
        "004": ("PA5", "sections", 3, 105, []),
    }
    assert numbers == {
        "000": [one for one in through(2, 5, 4, 3, 4, 2, 10, 5, 6, 3, 10, 8) if one not in {"7.6", "7.9"}],
        "001": "2.1 3.1 4.1 4.2 4.3 4.4 6.1 6.2".split(),
        "003": [str(number) for number in range(1, 77)],
        "004": through(16, 35, 54),
    }


def through(*last: int) -> list[str]:
    """The numbers of a chapter without gaps, by the last of each section."""
    return [f"{section}.{number}" for section, most in enumerate(last, 1) for number in range(1, most + 1)]
