"""Which chapters of a printed copy are exchanged, and for which versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from chapterhouse import manual as manuals
from chapterhouse.manual.replacing import Replacement, replacements

DAY = date(2026, 11, 21)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
REFERRALS, RECORDS = "procedures/core/referrals.md", "procedures/core/records.md"

Command = Callable[..., Result]
Archive = Callable[..., None]


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def amend(command: Command, root: Path, chapter: str, effective: date, *more: str) -> None:
    day = effective.isoformat()
    done = command(root, "amend", chapter, "--summary", "Changed.", "--effective", day, *more)
    assert done.exit_code == 0, done.output


def asked(root: Path, since: date, today: date = DAY) -> dict[str, Replacement]:
    """The replacements by chapter, and what each takes out and puts in."""
    manual = manuals.load(root)
    assert [d for d in manuals.check(manual, today) if d.severity == "error"] == []
    return {one.new.chapter.head.chapter: one for one in replacements(manual, since, today)}


def test_a_chapter_that_changed_and_no_other(written: Path, command: Command) -> None:
    edit(written, REFERRALS, "two copies.", "two copies.\n\n2.3 You date them.")
    edit(written, REFERRALS, "\n1.1 Refer a child as soon as you are worried. See paragraph 2.1.\n", "")
    amend(command, written, "1.2", JUNE, "--published", "2026-05-20")
    (found,) = asked(written, MAY).values()
    assert (found.old and found.old.number, found.new.number) == ("2", "3")
    assert found.redline is not None
    assert {c.number: c.state for c in found.redline.told} == {
        "1.1": "removed",
        "2.2": "kept",
        "2.3": "added",
    }
    assert asked(written, JUNE) == {}
    assert asked(written, DAY) == {}


def test_what_changed_twice_is_exchanged_once(written: Path, command: Command) -> None:
    amend(command, written, "1.2", JUNE, "--published", "2026-06-01")
    edit(written, REFERRALS, "You keep two copies.", "You keep three copies.")
    amend(command, written, "1.2", JULY, "--published", "2026-07-01")
    (found,) = asked(written, MAY).values()
    assert (found.old and found.old.number, found.new.number) == ("2", "4")
    (found,) = asked(written, JUNE).values()
    assert (found.old and found.old.number, found.new.number) == ("3", "4")


def test_another_title_alone(small_manual: Path, command: Command) -> None:
    edit(small_manual, RECORDS, "title: Keeping records", "title: Records")
    amend(command, small_manual, "1.3", JUNE, "--published", "2026-06-01")
    (found,) = asked(small_manual, MAY).values()
    assert found.redline is not None
    assert [field.name for field in found.redline.fields] == ["title"]
    assert found.redline.told == ()


def test_a_withdrawn_chapter_is_exchanged_for_its_notice(small_manual: Path, command: Command) -> None:
    edit(small_manual, RECORDS, "owner:", "status: withdrawn\nowner:")
    edit(small_manual, RECORDS, "review: {due: 2027-03-31}\n", "")
    amend(command, small_manual, "1.3", JUNE, "--published", "2026-06-01")
    (found,) = asked(small_manual, MAY).values()
    assert found.withdrawn
    assert asked(small_manual, JUNE) == {}


def test_what_was_published_after_it_took_effect_was_in_no_copy_before(
    written: Path, command: Command
) -> None:
    published = ("--published", "2026-09-01", "--reason", "The duty began then.")
    amend(command, written, "1.2", JUNE, *published)
    assert set(asked(written, JULY)) == {"1.2"}
    assert asked(written, date(2026, 9, 1)) == {}


def test_a_chapter_that_is_new_or_was_not_in_force_yet(small_manual: Path, archive: Archive) -> None:
    text = (small_manual / RECORDS).read_text("utf-8")
    text = text.replace('"1.3"', '"1.4"')
    text = text.replace("2024-01-01, published: 2023-12-15", f"{JULY}, published: {JUNE}")
    (small_manual / "procedures/core/new.md").write_text(text, "utf-8")
    archive(small_manual, "core/new")
    assert [(one.old, one.redline) for one in asked(small_manual, MAY).values()] == [(None, None)]
    # Printed between the two days it says on each sheet that it is not in force yet.
    (found,) = asked(small_manual, JUNE).values()
    assert found.old == found.new
    assert asked(small_manual, JULY) == {}
    assert asked(small_manual, JUNE, JUNE) == {}


def test_what_is_said_around_the_same_text(written: Path, command: Command) -> None:
    """A copy of June cannot announce what was recorded in November, and knows nothing of later days."""
    edit(written, REFERRALS, "You keep two copies.", "You keep three copies.")
    amend(command, written, "1.2", date(2027, 1, 4), "--published", "2026-11-02")
    (found,) = asked(written, JUNE).values()
    assert found.old == found.new
    assert found.around == ("the amendments that are announced or listed",)
    assert asked(written, date(2026, 11, 2)) == {}


def test_a_review_that_fell_due(small_manual: Path) -> None:
    assert asked(small_manual, MAY, date(2027, 3, 31)) == {}
    found = asked(small_manual, MAY, date(2027, 4, 1))
    assert {one.around for one in found.values()} == {("its next review",)}


def test_law_that_came_into_force(small_manual: Path, archive: Archive) -> None:
    cited = "Write on the day (section 22 of the Children's Wellbeing and Schools Act 2026)."
    edit(small_manual, RECORDS, "Write on the day.", cited)
    archive(small_manual, "core/records")
    (found,) = asked(small_manual, MAY).values()
    assert found.around == ("how the law that it cites stands",)
    assert asked(small_manual, JULY) == {}


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (date(2026, 11, 22), "2026-11-22 lies after 2026-11-21"),
        (date(2023, 12, 14), "nothing was published before 15 December 2023: print the whole manual"),
    ],
)
def test_days_of_which_there_is_no_copy(small_manual: Path, since: date, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replacements(manuals.load(small_manual), since, DAY)
