"""References inside the manual, and what is meant for another document."""

from __future__ import annotations

import pytest

from chapterhouse.references import Reference, find

Found = tuple[str, str, str]
"""The words to be linked, the chapter and the paragraph (`s3` for section 3; a `?` where it is uncertain)."""


def found(text: str) -> list[Found]:
    def place(reference: Reference) -> str:
        where = f"s{reference.section}" if reference.section else reference.paragraph
        return where + "?" * (not reference.certain)

    return [(text[r.start : r.end], r.chapter, place(r)) for r in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(See also paragraph 12.4)", [("paragraph 12.4", "", "12.4")]),
        ("see paragraph 3.1 above.", [("paragraph 3.1", "", "3.1")]),
        ("Paragraph 3.2A applies", [("Paragraph 3.2A", "", "3.2A")]),
        ("paragraph 3.2(a) and (b)", [("paragraph 3.2", "", "3.2")]),
        ("para. 12.4, para 12.5", [("para. 12.4", "", "12.4"), ("para 12.5", "", "12.5")]),
        ("paras 3.2 and 3.3", [("paras 3.2", "", "3.2"), ("3.3", "", "3.3")]),
        (
            "paragraphs 3.2, 3.4 and 3.6",
            [("paragraphs 3.2", "", "3.2"), ("3.4", "", "3.4"), ("3.6", "", "3.6")],
        ),
        ("paragraphs 3.2 to 3.5", [("paragraphs 3.2", "", "3.2"), ("3.5", "", "3.5")]),
        ("paragraphs 3.2\u20133.5", [("paragraphs 3.2", "", "3.2"), ("3.5", "", "3.5")]),
        ("paragraph\n3.2", [("paragraph\n3.2", "", "3.2")]),
        ("> paragraph\r\n> 3.2", [("paragraph\r\n> 3.2", "", "3.2")]),
        ("paragraph\u00a03.2", [("paragraph\u00a03.2", "", "3.2")]),
        ("paragraph 23", [("paragraph 23", "", "23?")]),
        ("paragraph 23 of this chapter", [("paragraph 23", "", "23")]),
        ("paragraph 3.2 of these procedures", [("paragraph 3.2", "", "3.2")]),
        ("paragraph 3.2 of the manual", [("paragraph 3.2", "", "3.2")]),
        ("paragraph **3.2**", [("3.2", "", "3.2")]),
        ("*paragraph 3.2*", [("paragraph 3.2", "", "3.2")]),
        ("However, paragraph 3.2 applies", [("paragraph 3.2", "", "3.2")]),
        ("In April 2026, paragraph 3.2 changed", [("paragraph 3.2", "", "3.2")]),
        ("paragraph 3.2 in writing", [("paragraph 3.2", "", "3.2")]),
        ("paragraph 3.2, 10 working days", [("paragraph 3.2", "", "3.2")]),
        ("paragraphs 3.2 and 3.3, 10 working days", [("paragraphs 3.2", "", "3.2"), ("3.3", "", "3.3")]),
        ("chapter 2.2", [("chapter 2.2", "2.2", "")]),
        ("Chapter PA5", [("Chapter PA5", "PA5", "")]),
        ("chapters 2.2 and 2.3A", [("chapters 2.2", "2.2", ""), ("2.3A", "2.3A", "")]),
        ("chapter 3", [("chapter 3", "3", "?")]),
        ("chapter 3 of this manual", [("chapter 3", "3", "")]),
        ("chapter 2.2, paragraph 1.4", [("chapter 2.2, paragraph 1.4", "2.2", "1.4")]),
        ("chapter 2.2 paragraph 1.4", [("chapter 2.2 paragraph 1.4", "2.2", "1.4")]),
        ("chapter 2.2 (paragraph 1.4)", [("paragraph 1.4", "2.2", "1.4")]),
        ("*chapter 2.2*, paragraph 1.4", [("paragraph 1.4", "2.2", "1.4")]),
        ("chapter PA5 paragraph 2", [("chapter PA5 paragraph 2", "PA5", "2")]),
        (
            "chapter 2.2, paragraphs 1.4 and 1.5",
            [("chapter 2.2, paragraphs 1.4", "2.2", "1.4"), ("1.5", "2.2", "1.5")],
        ),
        ("paragraph 1.4 of chapter 2.2", [("paragraph 1.4 of chapter 2.2", "2.2", "1.4")]),
        ("paragraphs 1.4 and 1.5 of chapter 2.2", [("paragraphs 1.4", "2.2", "1.4"), ("1.5", "2.2", "1.5")]),
        ("chapter 2.2, section 3", [("chapter 2.2, section 3", "2.2", "s3")]),
        ("section 3 of chapter 2.2", [("section 3 of chapter 2.2", "2.2", "s3")]),
        ("section 3 of this chapter", [("section 3", "", "s3")]),
        ("sections 3 and 4 of this chapter", [("sections 3", "", "s3"), ("4", "", "s4")]),
        ("section 3 below", [("section 3", "", "s3?")]),
        ("chapter 2.2, section 47 of the Children Act 1989", [("chapter 2.2", "2.2", "")]),
    ],
)
def test_references(text: str, expected: list[Found]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "paragraph 2.6 of the consultation paper",
        "paragraph 4 of Schedule 2",
        "paragraph 4 to Schedule 2",
        "paragraph 4, Schedule 2",
        "paragraph 3.2 in the guidance",
        "paragraph 3.2 in Working Together",
        "paragraph 3.2 of *Working Together*",
        "Schedule 1, paragraph 18",
        "Schedule 1 paragraph 18",
        "Annex A, paragraph 3.2",
        "Working Together 2026, paragraph 40",
        "*Working Together 2026*, paragraph 40.1",
        "Keeping Children Safe in Education, paragraph 40.1",
        "Working Together (2026), paragraph 40.1",
        "the Care Act 2014, paragraph 3.2",
        "the Code (paragraph 3.2)",
        "chapter 3 of Working Together",
        "Chapter 8 of *Working Together*",
        "Working Together 2026, chapter 2.1",
        "paragraph 1.4 of chapter 3 of Working Together",
        "chapter 2, paragraph 3 of Working Together",
        "Chapter 2, Section 2 of HM Prison Service Public Protection Manual",
        "Chapter 1 of Part 1 of the Crime and Disorder Act",
        "section 47 of the Children Act 1989",
        "section 47 enquiries",
        "Section 5, National Guidance on Information Sharing",
        "see Section 4, Confidentiality",
        "[See also section on training]",
        "paragraph (a) (iii) above",
        "sub-paragraph 3.2",
        "a paragraph 3.2m long",
        "paragraph\n\n3.2",
        "chapter two",
        "paragraph 3.2.1.4.5",
        "paragraph 12/3",
    ],
)
def test_what_is_meant_for_another_document(text: str) -> None:
    assert found(text) == []


def test_offsets_are_offsets_into_the_text_given() -> None:
    text = "e\u0301 \U0001f600 See paragraph 3.2 and chapter 2.2, paragraph 1.4."
    assert [text[r.start : r.end] for r in find(text)] == ["paragraph 3.2", "chapter 2.2, paragraph 1.4"]
