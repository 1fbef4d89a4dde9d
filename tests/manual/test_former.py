"""What became of the numbers that a chapter no longer uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chapterhouse import chapters
from chapterhouse.manual import load
from chapterhouse.manual.former import former
from chapterhouse.model import Amendment, Chapter, Correction, Head, History, Numbering, Source

TODAY = date(2026, 11, 21)


def record(version: str, effective: date, **more: Any) -> Amendment:
    return Amendment(version, effective, effective, "revised", f"Version {version}.", **more)


def history(
    *versions: tuple[Amendment, str], recorded: str = "", numbering: Numbering = "sections"
) -> History:
    """A chapter from its records and texts, oldest first; `recorded` is their order, newest first."""
    by_number = {amendment.version: amendment for amendment, _ in versions}
    order = recorded.split() or [amendment.version for amendment, _ in reversed(versions)]
    archive = {}
    for amendment, text in versions:
        records = tuple(by_number[number] for number in order[order.index(amendment.version) :])
        head = Head(version=amendment.version, numbering=numbering, amendments=records)
        body = chapters.read(Source("procedures/core/one.md", text), 0, numbering)[0]
        archive[amendment.version] = Chapter("core/one", Source("", text), head, body, text, "")
    return History(archive[order[0]], archive)


def told(found: History, today: date = TODAY) -> list[str]:
    """Each former number in short: `2.2 > 2.5 (4)`, `3.4 out (2)`; an asterisk where another text has it."""
    return [
        " ".join(
            [
                f"{one.anchor}{'*' if one.reused else ''}",
                *(f"> {number} ({by.version})" for by, number in one.moves),
                *([f"out ({one.removed.version}), last in {one.last}"] if one.removed else []),
            ]
        )
        for one in former(found, today)
    ]


FIRST, SECOND, THIRD, FOURTH = (date(year, 4, 1) for year in (2020, 2021, 2022, 2023))
TEXT = "## 1. One\n\n1.1 Aim.\n\n1.2 Scope.\n\n1.3 Duty.\n"


def test_a_number_that_nobody_has_now() -> None:
    found = history(
        (record("1", FIRST), TEXT),
        (record("2", SECOND, renumbered=(("1.3", "1.4"),)), TEXT.replace("1.3 Duty", "1.4 Duty")),
    )
    assert told(found) == ["1.3 > 1.4 (2)"]


def test_a_text_that_moved_without_a_word_in_the_record_is_followed() -> None:
    """What the records do not say the redline does: the history of the chapter shows one paragraph too."""
    long = TEXT.replace("Duty.", "Tell the duty desk what you saw, at once.")
    after = long.replace("1.3 Tell", "1.3 New.\n\n1.4 Tell")
    found = history((record("1", FIRST), long), (record("2", SECOND), after))
    assert told(found) == ["1.3* > 1.4 (2)"]
    assert told(history((record("1", FIRST), long), (record("2", SECOND), long.replace("1.3", "1.4")))) == [
        "1.3 > 1.4 (2)"
    ]


def test_what_the_record_says_comes_before_the_words() -> None:
    long = TEXT.replace("Duty.", "Tell the duty desk what you saw, at once.")
    after = long.replace("1.2 Scope.", "1.2 New.").replace("1.3 Tell", "1.3 Rule.\n\n1.4 Tell")
    told_so = record("2", SECOND, renumbered=(("1.2", "1.4"),))
    found = history((record("1", FIRST), long), (told_so, after))
    assert told(found) == ["1.2* > 1.4 (2)"]


def test_what_was_published_and_put_right_on_its_day_had_its_addresses() -> None:
    wrong = (record("2", SECOND, renumbered=(("1.3", "1.9"),)), TEXT.replace("1.3", "1.9"))
    corrects = Correction("2", SECOND, SECOND)
    right = (record("2.1", SECOND, renumbered=(("1.9", "1.3"),), corrects=corrects), TEXT)
    assert told(history((record("1", FIRST), TEXT), wrong, right)) == ["1.9 > 1.3 (2.1)"]


def test_a_number_that_went_to_another_text() -> None:
    after = "## 1. One\n\n1.1 Aim.\n\n1.2 New.\n\n1.3 Scope.\n\n1.4 Duty.\n"
    renumbered = (("1.2", "1.3"), ("1.3", "1.4"))
    found = history((record("1", FIRST), TEXT), (record("2", SECOND, renumbered=renumbered), after))
    assert told(found) == ["1.2* > 1.3 (2)", "1.3* > 1.4 (2)"]


def test_two_that_changed_places() -> None:
    after = "## 1. One\n\n1.1 Aim.\n\n1.2 Duty.\n\n1.3 Scope.\n"
    renumbered = (("1.2", "1.3"), ("1.3", "1.2"))
    found = history((record("1", FIRST), TEXT), (record("2", SECOND, renumbered=renumbered), after))
    assert told(found) == ["1.2* > 1.3 (2)", "1.3* > 1.2 (2)"]


def test_over_several_renumberings_to_the_end() -> None:
    found = history(
        (record("1", FIRST), TEXT),
        (record("2", SECOND, renumbered=(("1.3", "1.4"),)), TEXT.replace("1.3", "1.4")),
        (record("3", THIRD, renumbered=(("1.4", "1.5"),)), TEXT.replace("1.3", "1.5")),
        (record("4", FOURTH, paragraphs=("1.5",)), TEXT.replace("1.3 Duty.\n", "")),
    )
    assert told(found, SECOND) == ["1.3 > 1.4 (2)"]
    assert told(found, THIRD) == ["1.3 > 1.4 (2) > 1.5 (3)", "1.4 > 1.5 (3)"]
    assert told(found) == [
        "1.3 > 1.4 (2) > 1.5 (3) out (4), last in 3",
        "1.4 > 1.5 (3) out (4), last in 3",
        "1.5 out (4), last in 3",
    ]


def test_a_number_that_came_back_to_its_text_is_where_it_was() -> None:
    found = history(
        (record("1", FIRST), TEXT),
        (record("2", SECOND, renumbered=(("1.3", "1.4"),)), TEXT.replace("1.3", "1.4")),
        (record("3", THIRD, renumbered=(("1.4", "1.3"),)), TEXT),
    )
    assert told(found) == ["1.4 > 1.3 (3)"]


def test_a_text_that_was_taken_out_by_mistake_and_put_back() -> None:
    less = TEXT.replace("1.3 Duty.\n", "")
    found = history((record("1", FIRST), TEXT), (record("2", SECOND), less), (record("3", THIRD), TEXT))
    assert told(found, SECOND) == ["1.3 out (2), last in 1"]
    assert told(found) == []


def test_another_text_at_a_number_that_was_free() -> None:
    less, other = TEXT.replace("1.3 Duty.\n", ""), TEXT.replace("Duty", "Something else")
    found = history((record("1", FIRST), TEXT), (record("2", SECOND), less), (record("3", THIRD), other))
    assert told(found) == ["1.3* out (2), last in 1"]


def test_a_text_whose_number_another_was_given() -> None:
    after = "## 1. One\n\n1.1 Aim.\n\n1.2 Duty.\n"
    found = history((record("1", FIRST), TEXT), (record("2", SECOND, renumbered=(("1.3", "1.2"),)), after))
    assert told(found) == ["1.2* out (2), last in 1", "1.3 > 1.2 (2)"]


def test_sections_and_headings_have_addresses_too() -> None:
    more = f"{TEXT}\n## 2. Two\n\n2.1 More.\n"
    found = history((record("1", FIRST), more), (record("2", SECOND), TEXT))
    assert told(found) == ["2 out (2), last in 1", "2.1 out (2), last in 1"]
    assert [one.title for one in former(found, TODAY)] == ["2", ""]
    words = "## Out of hours\n\nRing.\n"
    found = history(
        (record("1", FIRST), words),
        (record("2", SECOND), words.replace("Out of", "Opening")),
        numbering="none",
    )
    assert [(one.anchor, one.title) for one in former(found, TODAY)] == [("out-of-hours", "Out of hours")]
    words = "## Whom you ring when the office is closed at night\n\nRing.\n"
    found = history(
        (record("1", FIRST), words),
        (record("2", SECOND), words.replace("at night", "for the night")),
        numbering="none",
    )
    (one,) = former(found, TODAY)
    assert (one.removed, one.now) == (None, "whom-you-ring-when-the-office-is-closed-for-the-night")
    assert one.became == "Whom you ring when the office is closed for the night"


def test_what_is_to_come_and_what_never_applied_change_no_address() -> None:
    never = (record("2", SECOND, renumbered=(("1.3", "1.9"),)), TEXT.replace("1.3", "1.9"))
    same_day = (record("2.1", SECOND), TEXT)
    later = (record("3", date(2027, 1, 1), renumbered=(("1.1", "1.0"),)), TEXT.replace("1.1", "1.0"))
    assert told(history((record("1", FIRST), TEXT), never, same_day, later)) == []


def test_numbers_stand_in_their_order() -> None:
    many = "## 1. One\n\n" + "\n\n".join(f"1.{n} Text {n}." for n in range(1, 12)) + "\n"
    found = history((record("1", FIRST), many), (record("2", SECOND), "## 1. One\n\n1.1 Text 1.\n"))
    assert [one.anchor for one in former(found, TODAY)] == [f"1.{n}" for n in range(2, 12)]


@pytest.mark.parametrize(
    ("slug", "anchors"),
    [("core/referrals", ["6.3", "6.4", "6.5"]), ("arrangements/local-safeguarding-arrangements", ["2.2"])],
)
def test_of_the_sample(slug: str, anchors: list[str]) -> None:
    manual = load(Path(__file__).parents[2])
    assert set(anchors) <= {one.anchor for one in former(manual.histories[slug], TODAY)}
