"""What a redline tells of changes as editors make them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from chapterhouse.model import Chapter
from chapterhouse.redline import Change, Redline, compare

ChapterOf = Callable[..., Chapter]
BASE = """
## 1. When to act

1.1 Act on the same day, and tell the duty desk before you leave the building.

1.2 Tell the family what you are going to do, unless that puts the child in danger.

1.3 Write down who was told, when they were told and what each of them said to you.

## 2. What to write

2.1 Write:

- what you saw;
- what was said:
    a) by the child;
    b) by others.

2.2 Send it as this table says:

| To whom | By when |
|---|---|
| Duty desk | the same day |
| Owner | within a week |
"""


def written(change: Change) -> str:
    """A change as one line: deletions in [-...-], insertions in {+...+}, cells with a bar between."""
    signs = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    lines = []
    for block in change.blocks:
        cells = [
            "".join(
                signs[piece.op].format(piece.shown) if piece.shown else ""
                for piece in cell
                if piece.wording or piece.op != "deleted"
            ).strip()
            for cell in block.cells
        ]
        if block.op != "same":
            lines.append(f"{block.kind}: {' | '.join(cells)}")
    return "\n".join(lines)


@pytest.fixture
def redline(chapter_of: ChapterOf) -> Callable[..., Redline]:
    """The redline from the base to the base with one thing replaced."""

    def make(old: str, new: str, renumbered: dict[str, str] | None = None) -> Redline:
        assert BASE.count(old) == 1
        return compare(chapter_of(BASE), chapter_of(BASE.replace(old, new)), renumbered or {})

    return make


def test_a_word_is_told_by_itself(redline: Callable[..., Redline]) -> None:
    (change,) = redline("same day, and", "next day, and").told
    assert (change.number, change.state, change.wording, change.moved) == ("1.1", "kept", True, False)
    assert "Act on the [-same-]{+next+} day, and tell" in written(change)


def test_a_phrase_is_told_as_one(redline: Callable[..., Redline]) -> None:
    """Words that happen to be in both do not make crumbs of it."""
    (change,) = redline(
        "unless that puts the child in danger", "and write down the reason if the risk forbids it"
    ).told
    assert written(change).count("[-") == 1


def test_a_paragraph_put_in_moves_nothing(redline: Callable[..., Redline]) -> None:
    (change,) = redline("1.3 Write", "1.2A Ring the desk again if nobody has answered.\n\n1.3 Write").told
    assert (change.number, change.state, change.old) == ("1.2A", "added", -1)


def test_a_paragraph_taken_out_is_told_where_it_stood(redline: Callable[..., Redline]) -> None:
    found = redline(
        "1.2 Tell the family what you are going to do, unless that puts the child in danger.\n\n", ""
    )
    (change,) = found.told
    assert (change.number, change.state, change.new) == ("1.2", "removed", -1)
    numbers = [one.number for one in found.changes]
    assert numbers.index("1.2") == numbers.index("1.1") + 1


@pytest.mark.parametrize("told", [{}, {"1.2": "1.3", "1.3": "1.4"}])
def test_what_is_renumbered_is_known_again(chapter_of: ChapterOf, told: dict[str, str]) -> None:
    """With a record that says so, and without one."""
    new = BASE.replace("1.3 Write", "1.4 Write").replace("1.2 Tell", "1.3 Tell")
    new = new.replace("1.3 Tell", "1.2 Ring the out-of-hours desk when it is dark.\n\n1.3 Tell")
    found = {change.number: change for change in compare(chapter_of(BASE), chapter_of(new), told).told}
    assert {number: (one.was, one.state, one.wording) for number, one in found.items()} == {
        "1.2": ("", "added", True),
        "1.3": ("1.2", "kept", False),
        "1.4": ("1.3", "kept", False),
    }


def test_what_is_renumbered_and_reworded_is_known_again(redline: Callable[..., Redline]) -> None:
    (change,) = redline("1.3 Write down who was told", "1.7 Note down who was told").told
    assert (change.number, change.was, change.state) == ("1.7", "1.3", "kept")
    assert "[-Write-]{+Note+} down" in written(change)


def test_the_record_says_what_the_words_do_not(redline: Callable[..., Redline]) -> None:
    found = redline(
        "1.3 Write down who was told, when they were told and what each of them said to you.",
        "1.7 Be brief.",
        {"1.3": "1.7"},
    ).told
    assert [(change.number, change.was) for change in found] == [("1.7", "1.3")]


def test_a_paragraph_that_moves_is_known_again(chapter_of: ChapterOf) -> None:
    moved = "1.3 Write down who was told, when they were told and what each of them said to you.\n\n"
    new = BASE.replace(moved, "").replace("2.2 Send", f"{moved.replace('1.3', '2.1A')}2.2 Send")
    (change,) = compare(chapter_of(BASE), chapter_of(new)).told
    assert (change.number, change.was, change.moved, change.wording) == ("2.1A", "1.3", True, False)


def test_what_kept_its_number_has_not_moved_for_what_went_past_it(chapter_of: ChapterOf) -> None:
    first = "1.1 Act on the same day, and tell the duty desk before you leave the building.\n\n"
    second = "1.2 Tell the family what you are going to do, unless that puts the child in danger.\n\n"
    old = BASE[: BASE.index("1.3 ")]
    new = old.replace(first, "").replace(second, second + first.replace("1.1", "1.4"))
    found = compare(chapter_of(old), chapter_of(new), {"1.1": "1.4"})
    assert [(one.number, one.was, one.moved) for one in found.told] == [("1.4", "1.1", True)]


def test_one_item_of_a_list_is_told(redline: Callable[..., Redline]) -> None:
    (change,) = redline("    a) by the child;\n", "    a) by the child;\n    b) by the parents;\n").told
    assert written(change) == "item: {+by the parents; +}"


def test_one_cell_of_a_table_is_told(redline: Callable[..., Redline]) -> None:
    (change,) = redline("| within a week |", "| within two days |").told
    assert written(change) == "row: Owner | within [-a week-]{+two days+}"


def test_a_column_is_told_cell_by_cell(chapter_of: ChapterOf) -> None:
    new = BASE.replace("| To whom |", "| To whom | How |").replace("|---|---|", "|---|---|---|")
    new = new.replace("| Duty desk |", "| Duty desk | by telephone |").replace(
        "| Owner |", "| Owner | by post |"
    )
    (change,) = compare(chapter_of(BASE), chapter_of(new)).told
    assert [written(change).splitlines()[row] for row in (0, 1)] == [
        "row: To whom | {+ How +} | By when",
        "row: Duty desk | {+ by telephone +} | the same day",
    ]


def test_a_row_is_told_alone(redline: Callable[..., Redline]) -> None:
    (change,) = redline("| Owner |", "| Police | at once |\n| Owner |").told
    assert [block.op for block in change.blocks if block.kind == "row"] == [
        "same",
        "same",
        "inserted",
        "same",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duty desk before", "**duty desk** before"),
        ("duty desk before", "[duty desk](contacts.md) before"),
        ("tell the duty desk before you", "tell the duty desk\nbefore you"),
        ("- what you saw;", "* what you saw;"),
        ("|---|---|", "| :-- | --- |"),
        ("| Duty desk | the same day |", "| Duty desk    | the same day    |"),
        ("Send it as this table says:", "Send it as this table says:  "),
        ("said to you.", "said to&#32;you."),
    ],
)
def test_layout_is_told_apart_from_wording(redline: Callable[..., Redline], old: str, new: str) -> None:
    found = redline(old, new)
    assert not found.wording
    assert len(found.formatting) == 1


def test_a_typographic_apostrophe_is_layout(chapter_of: ChapterOf) -> None:
    found = compare(chapter_of("1.1 The child's plan.\n"), chapter_of("1.1 The child\u2019s plan.\n"))
    assert not found.wording
    assert [change.number for change in found.formatting] == ["1.1"]


def test_a_heading_is_told(redline: Callable[..., Redline]) -> None:
    (change,) = redline("## 2. What to write", "## 2. What to send").told
    assert (change.kind, change.number, written(change)) == (
        "section",
        "2",
        "heading: What to [-write-]{+send+}",
    )


def test_a_note_is_not_the_paragraph_above_it(chapter_of: ChapterOf) -> None:
    text = "1.1 Act on the day.[^1]\n\n[^1]: A working {} of eight hours.\n"
    (change,) = compare(chapter_of(text.format("day")), chapter_of(text.format("shift"))).told
    assert (change.kind, written(change)) == ("text", "note: A working [-day-]{+shift+} of eight hours.")


def test_a_chapter_without_numbers_is_told_by_its_headings(chapter_of: ChapterOf) -> None:
    text = "## Police\n\nRing 101 in the day.\n\n## Health\n\nRing the ward.\n"
    (change,) = compare(chapter_of(text, "none"), chapter_of(text.replace("ward", "desk"), "none")).told
    assert (change.kind, change.number) == ("text", "health")


def test_the_head_is_told_in_words(chapter_of: ChapterOf) -> None:
    review = (
        "under_review: {since: 2026-09-01, reason: The law moves., still_applies: false, "
        "meanwhile: Ask., paragraphs: ['1.1'], expected: 2026-12-31}\n"
    )
    (field,) = compare(chapter_of(BASE), chapter_of(BASE, more=review)).fields
    assert (field.name, field.old) == ("under_review", "")
    assert field.new.startswith("since 1 September 2026; The law moves; meanwhile: Ask; the text is not")


HOSTILE = {
    "one word over and over": ("a " * 40_000, "a " * 39_000 + "b"),
    "no two alike": (" ".join(f"x{n}" for n in range(20_000)), " ".join(f"y{n}" for n in range(20_000))),
    "every second word": (
        " ".join(f"w{n} same" for n in range(5_000)),
        " ".join(f"v{n} same" for n in range(5_000)),
    ),
    "in reverse": (
        " ".join(f"w{n}" for n in range(10_000)),
        " ".join(f"w{n}" for n in reversed(range(10_000))),
    ),
    "many items": ("\n".join("- a" for _ in range(20_000)), "\n".join("- b" for _ in range(20_000))),
    "many rows": ("|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000, "|a|b|\n|-|-|\n" + "|1|3|\n" * 10_000),
    "marks": ("*_`[<\\&|" * 5_000, "[*_`<\\&|" * 5_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_compared_in_bounded_time(chapter_of: ChapterOf, kind: str) -> None:
    old, new = (chapter_of(f"1.1 x\n\n{text}\n") for text in HOSTILE[kind])
    start = time.process_time()
    found = compare(old, new)
    assert time.process_time() - start < 8
    assert (found.old_text, found.new_text) == (old.text, new.text)
