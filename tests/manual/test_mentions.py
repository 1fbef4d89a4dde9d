"""Citations at their places in a chapter: where they stand, what may be a link, what was accepted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from weakref import ref

import pytest

from chapterhouse import manual as manuals
from chapterhouse.law import CitationMention
from chapterhouse.manual.mentions import mentions
from chapterhouse.model import Diagnostic, Manual

DAY = date(2026, 11, 21)
CHAPTER = "procedures/core/referrals.md"
KEEP = "2.2 You keep a copy."

Write = Callable[[str, str], Manual]


@pytest.fixture
def write(small_manual: Path, archive: Callable[..., None]) -> Write:
    """The small manual with other words in the place of one paragraph, and lines in its front matter."""

    def written(words: str, head: str = "") -> Manual:
        file = small_manual / CHAPTER
        text = file.read_text("utf-8")
        assert KEEP in text
        text = text.replace(KEEP, words).replace("amendments:\n", f"{head}amendments:\n")
        file.write_text(text, "utf-8")
        archive(small_manual)
        return manuals.load(small_manual)

    return written


def found(manual: Manual, day: date = DAY) -> tuple[CitationMention, ...]:
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
    where = [(m.words, m.paragraph, m.anchor, m.footnote, m.linkable) for m in found(write(text, ""))]
    assert where == [
        ("section 11 of the Children Act 2004", "2.2", "2.2", "", True),
        ("section 10", "2.2", "2.2", "", True),
        ("section 11 of the Children Act 2004", "2.2", "2.2", "", True),
        ("Section 47", "", "3", "", False),
        ("section 47 of the Children Act 1989", "", "3", "", True),
        ("section 17 of the Children Act 1989", "3.1", "3.1", "1", True),
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


@pytest.mark.parametrize(
    "text",
    [
        "section 13 of the Children Act 2004",
        "Boards rested on section 13 of the  Children Act 2004.",
        "section 13",
        "13 of the Children Act",
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n", "  ", " **"])
def test_an_acceptance_names_the_citation(write: Write, text: str, gap: str) -> None:
    accept = ACCEPTED.replace("section 13 of the Children Act 2004", text)
    words = f"2.2 Boards rested on section 13 of{gap}the Children Act 2004.{gap.strip()}"
    told = manuals.check(write(words, accept), DAY)
    assert [d.code for d in told if d.severity != "info"] == []


@pytest.mark.parametrize(
    "text",
    ["of", "section", "section 1", "of the", "the", "Boards rested", "on section", "13", "e", "You"],
)
def test_an_acceptance_of_any_words_on_the_line_accepts_nothing(write: Write, text: str) -> None:
    accept = ACCEPTED.replace("section 13 of the Children Act 2004", f'"{text}"')
    manual = write("2.2 Boards rested on section 13 of the Children Act 2004. You e", accept)
    assert sorted(d.code for d in manuals.check(manual, DAY)) == ["acceptance-unused", "law-repealed"]


def test_what_is_found_in_a_manual_ends_with_it(write: Write) -> None:
    manual = write("2.2 See section 13 of the Children Act 2004.", "")
    assert found(manual) is found(manual)
    gone = ref(manual)
    del manual
    gc.collect()
    assert gone() is None


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
