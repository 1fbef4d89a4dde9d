"""Every text that each paragraph had, from version to version, and the versions compared in any order."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from chapterhouse import history as histories
from chapterhouse.manual import changes, wordings
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Amendment, Chapter, Correction, History, Source, Version
from chapterhouse.redline import compare

FIRST = "## 1. A\n\n1.1 Act at once.\n\n1.2 Tell the duty desk what you saw.\n\n1.3 Keep a copy for a year.\n"
TODAY = date(2026, 11, 21)


def amendment(version: str, effective: date, **more: Any) -> Amendment:
    fields: dict[str, Any] = {"published": effective, "kind": "revised", "summary": "S."} | more
    return Amendment(version, effective, **fields)


def story(*told: tuple[Amendment, str], numbering: str = "sections") -> History:
    """A history from records with their texts, in the order of recording, oldest first."""
    versions: dict[str, Chapter] = {}
    records: tuple[Amendment, ...] = ()
    for record, text in told:
        records = (record, *records)
        source = Source(
            "procedures/core/a.md",
            f'---\nchapter: "1.1"\ntitle: A\nnumbering: {numbering}\n---\n{text}',
        )
        parsed = parse_chapter(source, "core/a", record.version.rjust(64, "0"))[0]
        head = dataclasses.replace(parsed.head, version=record.version, amendments=records)
        versions[record.version] = dataclasses.replace(parsed, head=head)
    return History(versions[records[0].version], versions)


def version(history: History, number: str) -> Version:
    return next(one for one in histories.versions(history) if one.number == number)


@pytest.fixture
def long() -> History:
    """Amended, renumbered, removed, its number used again, and more to come."""
    second = FIRST.replace("Act at once", "Act at once, and by noon")
    third = (
        "## 1. A\n\n1.1 Act at once, and by noon.\n\n1.2 A wholly new rule about keys.\n\n"
        "1.4 Tell the duty desk what you saw.\n"
    )
    fourth = third + "\n1.3 Another rule, about doors.\n"
    return story(
        (amendment("1", date(2020, 1, 1)), FIRST),
        (amendment("2", date(2021, 1, 1)), second),
        (amendment("3", date(2022, 1, 1), renumbered=(("1.2", "1.4"),)), third),
        (amendment("4", date(2027, 1, 1)), fourth.replace("keys", "keys and locks")),
    )


def told(paragraph: wordings.ParagraphHistory) -> list[tuple[str, str, str]]:
    return [
        (one.version.number, one.number, one.until.isoformat() if one.until else "")
        for one in paragraph.wordings
    ]


def test_each_text_has_its_days_newest_first(long: History) -> None:
    found = wordings.paragraph_histories(long, TODAY)
    assert told(found["1.1"]) == [("2", "1.1", ""), ("1", "1.1", "2020-12-31")]
    assert told(found["1.2"]) == [("4", "1.2", ""), ("3", "1.2", "2026-12-31")]
    assert not found["1.2"].original


def test_a_paragraph_is_followed_through_its_numbers(long: History) -> None:
    followed = wordings.paragraph_histories(long, TODAY)["1.4"]
    assert told(followed) == [("3", "1.4", ""), ("1", "1.2", "2021-12-31")]
    assert followed.original
    assert not followed.wordings[0].change.wording


def test_an_address_leads_to_who_has_it_on_the_day(long: History) -> None:
    """1.3 was removed in 2022 and is going to be another paragraph in 2027."""
    before = wordings.paragraph_histories(long, TODAY)["1.3"]
    assert told(before) == [("4", "1.3", "")]
    gone = next(one for one in wordings.followed(long).every if one.removed)
    assert told(gone) == [("1", "1.3", "2021-12-31")]
    assert gone.removed
    assert gone.removed.number == "3"
    assert wordings.paragraph_histories(long, date(2021, 6, 1))["1.3"] is gone
    assert wordings.paragraph_histories(long, date(2021, 6, 1))["1.2"].called == "paragraph 1.4"


@pytest.mark.parametrize(
    ("number", "marks"),
    [
        ("1", {}),
        ("2", {"1.1": ("amended", "2")}),
        ("3", {"1.1": ("amended", "2"), "1.2": ("added", "3")}),
        ("4", {"1.1": ("amended", "2"), "1.2": ("amended", "4"), "1.3": ("added", "4")}),
    ],
)
def test_marks_are_those_of_the_version(
    long: History, number: str, marks: dict[str, tuple[str, str]]
) -> None:
    """Another number is no other wording, and what is as it was first published has no mark."""
    found = wordings.marks(long, version(long, number))
    assert {n: (one.kind, one.version.number) for n, one in found.items()} == marks


def test_another_layout_is_no_text_of_its_own() -> None:
    history = story(
        (amendment("1", date(2020, 1, 1)), FIRST),
        (amendment("2", date(2021, 1, 1)), FIRST.replace("Act", "*Act*")),
    )
    assert told(wordings.paragraph_histories(history, TODAY)["1.1"]) == [("1", "1.1", "")]
    assert wordings.marks(history, version(history, "2")) == {}
    assert changes.redlined(history) == {}


def test_a_version_that_never_applied_counts_only_where_it_is_corrected() -> None:
    day = date(2021, 1, 1)
    wrong, right = FIRST.replace("at once", "tomorrow"), FIRST.replace("at once", "today")
    first = (amendment("1", date(2020, 1, 1)), FIRST)
    plain = story(first, (amendment("2", day), wrong), (amendment("2.1", day), right))
    assert told(wordings.paragraph_histories(plain, TODAY)["1.1"])[0][0] == "2.1"
    assert len(told(wordings.paragraph_histories(plain, TODAY)["1.1"])) == 2
    assert wordings.marks(plain, version(plain, "2")) == {}
    corrects = Correction("2", day, day)
    corrected = story(first, (amendment("2", day), wrong), (amendment("2.1", day, corrects=corrects), right))
    assert [number for number, _, _ in told(wordings.paragraph_histories(corrected, TODAY)["1.1"])] == [
        "2.1",
        "2",
        "1",
    ]


def test_text_outside_paragraphs_is_followed_by_its_heading() -> None:
    history = story(
        (amendment("1", date(2020, 1, 1)), "Opening.\n\n## Who to ring\n\nRing the desk.\n"),
        (amendment("2", date(2021, 1, 1)), "Opening.\n\n## Who to ring\n\nRing the desk by noon.\n"),
        numbering="none",
    )
    found = wordings.paragraph_histories(history, TODAY)
    assert {address: one.called for address, one in found.items()} == {
        "who-to-ring": "the text below “Who to ring”"
    }
    assert [one.called for one in wordings.followed(history).every] == [
        "the opening text",
        "the text below “Who to ring”",
    ]
    assert wordings.marks(history, version(history, "2")) == {}


@pytest.fixture
def overtaken() -> History:
    """A scheduled version that renumbers, and an urgent one on top of what both stand on, which does too."""
    base = "## 1. A\n\n1.1 Act at once and do not wait.\n\n1.2 Tell the duty desk what you saw.\n"
    return story(
        (amendment("5", date(2025, 1, 1)), base),
        (
            amendment("6", date(2027, 1, 1), renumbered=(("1.2", "1.3"),)),
            base.replace("1.2 Tell", "1.3 Tell"),
        ),
        (
            amendment("7", date(2026, 11, 1), renumbered=(("1.1", "1.1A"),)),
            base.replace("1.1 Act", "1.1A Act"),
        ),
    )


def test_numbers_are_followed_over_what_two_versions_have_in_common(overtaken: History) -> None:
    records = {one.version: one for one in overtaken.chapter.head.amendments}

    def renumbered(old: str, new: str) -> dict[str, str]:
        return dict(changes.renumbered(overtaken, records[old], records[new]))

    assert renumbered("5", "6") == {"1.2": "1.3"}
    assert renumbered("6", "5") == {"1.3": "1.2"}
    assert renumbered("6", "7") == {"1.3": "1.2", "1.1": "1.1A"}
    assert renumbered("7", "6") == {"1.1A": "1.1", "1.2": "1.3"}
    assert renumbered("6", "6") == {}


def test_a_redline_goes_backwards_too(long: History) -> None:
    for old, new in (("1", "4"), ("4", "1"), ("3", "2")):
        first, second = version(long, old), version(long, new)
        found = changes.between(long, first, second)
        assert (found.old_text, found.new_text) == (first.chapter.text, second.chapter.text)
    back = changes.between(long, version(long, "3"), version(long, "2"))
    assert [(c.was, c.number) for c in back.told if c.was] == [("1.4", "1.2")]


def test_a_step_is_worked_out_once(long: History) -> None:
    step = changes.steps(long)["2"]
    assert changes.between(long, step.before, step.after) is step.redline
    assert step.redline == compare(step.before.chapter, step.after.chapter)
