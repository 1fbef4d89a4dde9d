"""What holds of every redline, whatever the texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
from hypothesis import example, given
from hypothesis import strategies as st

import chapterhouse
from chapterhouse.model import Chapter
from chapterhouse.redline import compare, telling, whole
from chapterhouse.redline.printing import Compared, Side, as_json
from chapterhouse.redline.printing import text as as_text

SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "redline.schema.json"

LINES = st.sampled_from(
    [
        "## 1. When to act",
        "## 2. What to write",
        "### More",
        "1.1 Act on the day, and tell the duty desk at once.",
        "1.1 Act on the next day, and tell the duty desk.",
        "1.2 Tell the **duty desk**.",
        '1.2A Tell the [duty desk](../core/desk.md#1.1 "a | b") what you saw, and what was said to you.',
        "1.3 Tell the duty desk what you saw, and what was said to you.",
        "2.1 Keep `a | copy`.",
        "2.2 Keep a copy of it; keep it safe.[^1]",
        "[^1]: Safe means locked.",
        "[desk]: https://northmoor.example/desk",
        "",
        "",
        "- what you saw;",
        "    a) by the child;",
        "    - deeper",
        "* what was said.",
        "> A quotation",
        "| Who | By when |",
        "|---|---|",
        "| Desk | the *same* day |",
        "| Desk \\| night | `x|y` | more |",
        "{: .wide }",
        '!!! warning "Immediate danger"',
        "    Ring 999.",
        "```",
        "---|---",
        "plain text that runs on",
        "\u2019tis \u201cquoted\u201d \U0001f600 \u202eabc e\u0301",
        "|",
        "\\",
        "<!-- hidden -->",
    ]
)
TEXTS = st.tuples(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r"])).map(
    lambda drawn: drawn[1].join(drawn[0])
) | st.text(max_size=40)
NUMBERINGS = st.sampled_from(["sections", "continuous", "none"])
RENUMBERED = st.dictionaries(*[st.sampled_from(["1.1", "1.2", "1.3", "2.1", "9.9"])] * 2, max_size=2)


@given(TEXTS, TEXTS, NUMBERINGS, RENUMBERED)
@example("1.1 a\n|\n---|---\n", "1.1 a\n| b |\n---|---\n| c", "sections", {})
def test_both_texts_can_be_had_back(
    chapter_of: Callable[..., Chapter], old: str, new: str, numbering: str, renumbered: dict[str, str]
) -> None:
    before, after = chapter_of(old, numbering), chapter_of(new, numbering)
    found = compare(before, after, renumbered)
    assert found.old_text == before.text
    assert found.new_text == after.text
    for place, text in (("old", before), ("new", after)):
        places = sorted(getattr(change, place) for change in found.changes if getattr(change, place) >= 0)
        assert places == list(range(len(whole(text)))), "each unit is in one change"


@given(TEXTS, NUMBERINGS)
def test_a_text_does_not_differ_from_itself(
    chapter_of: Callable[..., Chapter], text: str, numbering: str
) -> None:
    one = chapter_of(text, numbering)
    found = compare(one, one)
    assert not found.wording
    assert not found.formatting
    assert {block.op for change in found.changes for block in change.blocks} <= {"same"}
    assert found.changes == whole(one)


@given(TEXTS, TEXTS)
def test_what_differs_is_told(chapter_of: Callable[..., Chapter], old: str, new: str) -> None:
    """No change of the text goes without a change or a word about its layout."""
    before, after = chapter_of(old), chapter_of(new)
    found = compare(before, after)
    assert bool(found.told or found.formatting) == (before.text != after.text)


@given(TEXTS, TEXTS)
def test_any_redline_can_be_printed(chapter_of: Callable[..., Chapter], old: str, new: str) -> None:
    """What is printed for programs holds the words of both sides; what is for people every change."""
    redline = compare(chapter_of(old), chapter_of(new))
    compared = Compared("core/boards", "1.1 Boards", Side("2", date(2026, 4, 1)), Side(), redline)
    document = json.loads(as_json(compared))
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert len(document["changes"]) == len(redline.told) + len(redline.formatting)
    printed = as_text(compared)
    assert all(c.isprintable() or c == "\n" for c in printed)
    for group in telling.groups(redline):
        for entry in group.entries:
            assert entry.told in printed
