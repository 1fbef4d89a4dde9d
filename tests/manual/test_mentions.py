"""Citations at their places in a chapter: where they stand, what may be a link, what was accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chapterhouse import manual as manuals
from chapterhouse.law import Mention
from chapterhouse.manual.mentions import mentions, words_pattern
from chapterhouse.model import Diagnostic, Manual

DAY = date(2026, 11, 21)
CHAPTER = "procedures/core/referrals.md"
KEEP = "2.2 You keep a copy."

Write = Callable[[str, str], Manual]


@pytest.fixture
def write(small_manual: Path) -> Write:
    """The small manual with other words in the place of one paragraph, and lines in its front matter."""

    def written(words: str, head: str = "") -> Manual:
        file = small_manual / CHAPTER
        text = file.read_text("utf-8")
        assert KEEP in text
        text = text.replace(KEEP, words).replace("amendments:\n", f"{head}amendments:\n")
        file.write_text(text, "utf-8")
        return manuals.load(small_manual)

    return written


def found(manual: Manual, day: date = DAY) -> tuple[Mention, ...]:
    return mentions(manual, manual.by_slug["core/referrals"], day)


def of_the_law(diagnostics: Sequence[Diagnostic]) -> list[tuple[int, str]]:
    return [(d.span.line, d.code) for d in diagnostics]


def test_each_stands_in_its_paragraph(write: Write) -> None:
    text = (
        "2.2 See section 11 of the Children Act 2004.\n\n"
        "- section 10; and section 11 of the Children Act 2004\n\n"
        "## 3. Section 47 enquiries\n\nSee section 47 of the Children Act 1989.\n\n"
        "3.1 Note this.[^1]\n\n[^1]: Under section 17 of the Children Act 1989.\n"
    )
    where = [(m.words, m.paragraph, m.anchor, m.footnote, m.nth, m.linkable) for m in found(write(text, ""))]
    assert where == [
        ("section 11 of the Children Act 2004", "2.2", "2.2", "", 0, True),
        ("section 10", "2.2", "2.2", "", 0, True),
        ("section 11 of the Children Act 2004", "2.2", "2.2", "", 1, True),
        ("Section 47", "", "3", "", 0, False),
        ("section 47 of the Children Act 1989", "", "3", "", 0, True),
        ("section 17 of the Children Act 1989", "3.1", "3.1", "1", 0, True),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2.2 One.\n\n2.3 Two.[^a]\n\n[^a]: See section 11 of the Children Act 2004.", "2.3"),
        ("2.2 One[^a]: a colon.\n\n2.3 Two.[^a]\n\n[^a]: See section 11 of the Children Act 2004.", "2.2"),
        (
            "2.2 One.\n\n2.3 Two.[^a]\n\n[^b]: No.\n[^a]: Yes,\n    section 11 of the Children Act 2004.",
            "2.3",
        ),
        ("2.2 One.[^b]\n\n2.3 Two.\n\n[^a]: See section 11 of the Children Act 2004.", "2.3"),
    ],
)
def test_a_footnote_counts_where_its_mark_stands(write: Write, text: str, place: str) -> None:
    (mention,) = found(write(text, ""))
    assert (mention.paragraph, mention.footnote) == (place, "a")


def test_a_place_is_found_again_by_the_words_and_their_turn(write: Write) -> None:
    cited = "section 5 of the Care Act 2014"
    split = cited.replace(" 5", "\n5**")
    text = f"2.2 See section 5 of this chapter, {cited} and **{split}."
    manual = write(text, "")
    first, second = found(manual)
    chapter = manual.by_slug["core/referrals"]
    body = chapter.text.replace("*", " ")
    places = [match.start() for match in words_pattern(first.words).finditer(body)]
    assert (first.nth, second.nth) == (0, 1)
    assert places[0] == first.start
    assert chapter.text[second.start : second.end] == "section\n5** of the Care Act 2014"


@pytest.mark.parametrize(
    "text",
    [
        "See `section 47 of the Children Act 1989`.",
        "See [section 47 of the Children Act 1989](records.md).",
        "See [the duty](https://www.legislation.gov.uk/ukpga/1989/41/section/47).",
        "See <https://www.legislation.gov.uk/ukpga/1989/41/section/47>.",
    ],
)
def test_code_and_links_are_indexed_and_left_alone(write: Write, text: str) -> None:
    (mention,) = found(write(f"2.2 {text}", ""))
    assert [str(target) for target in mention.targets] == ["ukpga/1989/41/section/47"]
    assert not mention.linkable


def test_the_title_of_a_chapter_is_left_alone(write: Write, small_manual: Path) -> None:
    other = small_manual / "procedures/core/records.md"
    other.write_text(other.read_text("utf-8").replace("title: ", "title: Section 47 enquiries and "), "utf-8")
    title = next(
        line.removeprefix("title: ") for line in other.read_text("utf-8").splitlines() if "title:" in line
    )
    (mention, free) = found(write(f"2.2 Turn to {title}. A section 47 enquiry is next.", ""))
    assert (mention.linkable, free.linkable) == (False, True)


def test_the_four_of_the_issue_stop_a_build_at_their_places(write: Write) -> None:
    manual = write(
        "2.2 See the Learning and Skills Act 2004.\n\n2.3 See the Children Act 2044.\n\n"
        "2.4 See section 13 of the Children Act 2004.\n\n"
        "2.5 See Working Together to Safeguard Children (2018).",
        "",
    )
    told = [d for d in manuals.check(manual, DAY) if d.severity == "error"]
    assert of_the_law(told) == [
        (37, "no-such-instrument"),
        (39, "no-such-instrument"),
        (41, "law-repealed"),
        (43, "law-superseded"),
    ]


ACCEPTED = """accept:
  - code: law-repealed
    text: section 13 of the Children Act 2004
    because: The paragraph tells how boards began.
"""


def test_what_is_accepted_is_no_fault_and_is_known_to_the_page(write: Write) -> None:
    manual = write("2.2 Boards rested on section 13 of the Children Act 2004.", ACCEPTED)
    assert manuals.check(manual, DAY) == ()
    (mention,) = found(manual)
    ((problem, acceptance),) = mention.accepted
    assert (problem.code, acceptance.because) == ("law-repealed", "The paragraph tells how boards began.")
    assert mention.problems == ()


def test_an_acceptance_that_matches_nothing_is_told(write: Write) -> None:
    manual = write("2.2 Boards rested on section 11 of the Children Act 2004.", ACCEPTED)
    assert [d.code for d in manuals.check(manual, DAY)] == ["acceptance-unused"]


def test_a_scheduled_text_is_judged_on_its_own_day_and_the_text_in_force_today(
    write: Write, small_manual: Path
) -> None:
    """Version 2 is not in force in 2018, when version 1 is shown; each is judged for its own readers."""
    archived = small_manual / "amendments/core/referrals/1.md"
    words = "2.2 See section 13 of the Children Act 2004."
    archived.write_text(archived.read_text("utf-8").replace(KEEP, words), "utf-8")
    manual = write(words, "")
    early = date(2026, 3, 1)
    told = [(d.path.split("/")[0], d.severity, d.code) for d in manuals.check(manual, early)]
    assert told == [("amendments", "warning", "law-repealed"), ("procedures", "error", "law-repealed")]
    past = manual.histories["core/referrals"].archive["1"]
    (mention,) = mentions(manual, past, date(2012, 6, 1))
    assert (mention.problems, mention.standings[0].state) == ((), "in-force")


def test_the_territory_decides(write: Write) -> None:
    manual = write("2.2 See section 17 of the Children Act 1989.", "")
    codes = {}
    for territory in ("england", "wales", "both"):
        register = replace(manual.register, territory=territory)
        found_there = manuals.check(replace(manual, register=register), DAY)
        codes[territory] = [d.code for d in found_there]
    assert codes == {"england": [], "wales": ["law-repealed"], "both": []}
