"""Edits of a front matter: what is inserted reads back as it was meant, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chapterhouse import amending, frontmatter
from chapterhouse.diagnostics.hidden import HIDDEN
from chapterhouse.fields.nodes import Mapping
from chapterhouse.fields.quoting import quoted
from chapterhouse.fields.scalars import MARKUP
from chapterhouse.model import Amendment, Correction, Source, UnderReview

SOUND = (Path(__file__).parent / "cases/manual/procedures/core/referrals.md").read_text("utf-8")
LAYOUTS = {
    "as written": lambda text: text,
    "byte-order mark": lambda text: "\ufeff" + text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "list at the margin": lambda text: text.replace("\n  - ", "\n- ").replace("\n    ", "\n  "),
    "wide dashes": lambda text: text.replace("  - version", "  -   version").replace("\n    ", "\n      "),
    "comments": lambda text: (
        text.replace("amendments:", "# above\namendments:  # newest first\n  # of the record")
        .replace("outcome: no change}", "outcome: no change}  # beside\n# below")
        .replace("duty desk.\n  - ", "duty desk.\n  # between\n\n  - ")
    ),
    "bare version": lambda text: text.replace('version: "2"', "version: 2", 1),
    "single quotation marks": lambda text: text.replace('version: "2"', "version: '2'  # now", 1),
    "keys in another order": lambda text: text.replace(
        'chapter: "1.2"\ntitle: Making a referral\n', "", 1
    ).replace("First issue.\n", 'First issue.\ntitle: Making a referral\nchapter: "1.2"\n'),
    "indented": lambda text: (
        "---\n  " + text[4 : text.index("\n---")].replace("\n", "\n  ") + text[text.index("\n---") :]
    ),
    "a record in braces": lambda text: text.replace(
        '- version: "2"\n    effective: 2026-04-01\n    published: 2026-03-25\n    kind: revised\n'
        '    paragraphs: ["1.2"]\n    summary: Names the duty desk.',
        '- {version: "2", effective: 2026-04-01, published: 2026-03-25, kind: revised,\n'
        '      paragraphs: ["1.2"], summary: Names the duty desk.}',
    ),
    "review in a block": lambda text: text.replace(
        "  last: {date: 2026-03-20, by: Policy Officer, checked: [law, links], outcome: no change}",
        "  last:\n    date: 2026-03-20\n    by: Policy Officer\n    checked:\n      - law\n      - links\n"
        "    outcome: >-\n      no\n      change",
    ),
    "blanks after the hyphens": lambda text: text.replace("---\n\n##", "---  \n\n##"),
}

# What an editor may write: one line, visible, without markup.
WORDS = (
    st.text(min_size=1, max_size=60)
    .map(str.strip)
    .filter(
        lambda text: (
            bool(text)
            and not HIDDEN.search(text)
            and not MARKUP.search(text)
            and not any(mark in text for mark in "\n\r\ue000")
        )
    )
)
NUMBERS = st.from_regex(r"[1-9]\.[1-9][0-9]?[A-Z]?", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
RECORDS = st.builds(
    Amendment,
    version=st.from_regex(r"[1-9][0-9]{0,3}(\.[0-9]{1,2})?", fullmatch=True),
    effective=DAYS,
    published=DAYS,
    kind=st.sampled_from(("revised", "reviewed", "renumbered")),
    summary=WORDS,
    paragraphs=st.lists(NUMBERS, max_size=3).map(tuple),
    because=st.lists(st.one_of(st.just("ukpga/2004/31"), WORDS), max_size=2).map(tuple),
    approved_by=st.one_of(st.just(""), WORDS),
    reason=st.one_of(st.just(""), WORDS),
    action=st.one_of(st.just(""), WORDS),
    roles=st.lists(st.sampled_from(("school", "no", "on")), max_size=2).map(tuple),
    renumbered=st.dictionaries(NUMBERS, NUMBERS, max_size=2).map(lambda pairs: tuple(pairs.items())),
    corrects=st.one_of(st.none(), st.builds(Correction, st.just("1.10"), DAYS, DAYS)),
)
REVIEWS = st.builds(
    UnderReview,
    since=DAYS,
    reason=WORDS,
    still_applies=st.booleans(),
    meanwhile=WORDS,
    paragraphs=st.lists(NUMBERS, min_size=1, max_size=3).map(tuple),
    expected=DAYS,
)


def tree_of(text: str) -> Mapping:
    tree = frontmatter.tree(Source("x.md", text))
    assert tree is not None
    return tree


def reviewed(day: date) -> UnderReview:
    return UnderReview(
        since=day, reason="Why.", still_applies=True, meanwhile="What.", paragraphs=("1.2",), expected=day
    )


def edited(text: str, record: Amendment, review: UnderReview) -> str:
    tree = tree_of(text)
    return amending.applied(
        text,
        (
            amending.version(text, tree, record.version),
            amending.record(text, tree, record),
            amending.under_review(text, tree, review),
        ),
    )


@settings(deadline=None)
@given(st.sampled_from(sorted(LAYOUTS)), RECORDS, REVIEWS)
def test_an_edit_adds_what_was_meant_and_taking_it_out_restores_the_bytes(
    layout: str, record: Amendment, review: UnderReview
) -> None:
    text = LAYOUTS[layout](SOUND)
    before, start, faults = frontmatter.read(Source("x.md", text))
    assert (before.version, len(before.amendments), faults) == ("2", 2, ())
    after = edited(text, record, review)
    head, body, faults = frontmatter.read(Source("x.md", after))
    assert faults == ()
    assert head == replace(
        before,
        version=record.version,
        under_review=review,
        amendments=(record, *before.amendments),
    )
    assert after[body:] == text[start:]
    tree = tree_of(after)
    undone = (
        amending.version(after, tree, "2"),
        amending.without_record(after, tree),
        amending.without(after, tree, "under_review"),
    )
    assert amending.applied(after, undone) == text


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_line_that_was_there_stays_in_its_order(layout: str) -> None:
    text = LAYOUTS[layout](SOUND)
    day = date(2026, 11, 21)
    record = Amendment("3", day, day, "reviewed", "Looked at.")
    review = reviewed(day)
    end = "\r\n" if layout == "CRLF" else "\r" if layout == "CR" else "\n"
    after = edited(text, record, review)
    lines = iter(after.split(end))
    was = [line for line in text.split(end) if not line.strip().startswith("version")]
    assert all(line in lines for line in was)
    assert after.count("\r") == after.count("\n") if layout == "CRLF" else True


def test_a_record_stands_directly_below_its_key_so_that_comments_stay_with_what_they_are_about() -> None:
    text = LAYOUTS["comments"](SOUND)
    day = date(2026, 11, 21)
    after = edited(
        text,
        Amendment("3", day, day, "reviewed", "Looked at."),
        reviewed(day),
    )
    assert 'amendments:  # newest first\n  - version: "3"\n' in after
    assert 'summary: "Looked at."\n  # of the record\n  - version: "2"\n' in after
    assert "outcome: no change}  # beside\nunder_review:\n" in after


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("amendments:\n", "amendments: [\n"), "one below the other"),
        (('  - version: "2"\n', '  -\n    version: "2"\n'), "beside its dash"),
    ],
)
def test_a_layout_that_leaves_no_safe_place_is_refused(change: tuple[str, str], says: str) -> None:
    text = SOUND.replace(*change)
    if "[" in change[1]:
        records = text[text.index("[\n") + 1 : text.index("\n---\n")]
        text = text.replace(records, '{version: "2", effective: 2026-04-01}]')
    day = date(2026, 11, 21)
    with pytest.raises(amending.LayoutError, match=says) as refused:
        amending.record(text, tree_of(text), Amendment("3", day, day, "reviewed", "Looked at."))
    assert refused.value.hint
    assert 0 < refused.value.place < len(text)


def test_a_head_in_braces_is_refused() -> None:
    text = '---\n{chapter: "1.2", version: "2"}\n---\n'
    with pytest.raises(amending.LayoutError, match="one key to a line"):
        amending.without(text, tree_of(text), "version")


def test_a_first_version_and_a_first_record_find_their_places() -> None:
    text = '---\nchapter: "1.2"\ntitle: One\nowner: Two\n---\n\nText.\n'
    day = date(2026, 11, 21)
    tree = tree_of(text)
    first = Amendment("1", day, day, "new", "First issue.")
    after = amending.applied(text, (amending.version(text, tree, "1"), amending.record(text, tree, first)))
    assert frontmatter.read(Source("x.md", after))[0].amendments == (first,)
    assert after.startswith('---\nchapter: "1.2"\ntitle: One\nversion: "1"\nowner: Two\namendments:\n  - ')


@given(
    st.one_of(WORDS, st.sampled_from(("no", "Null", "- a", "a: b", "#", "1.10", "ukpga/2004/31", "~", "[x]")))
)
def test_quoted_text_is_read_as_it_was_in_a_value_and_in_a_list(text: str) -> None:
    assume(text == text.strip())
    source = Source("x.md", f"---\ntitle: {quoted(text)}\nlist: [{quoted(text)}, {quoted(text)}]\n---\n")
    tree = frontmatter.tree(source)
    assert tree is not None
    title, listed = (node for _, node in tree.entries)
    assert getattr(title, "text", None) == text
    assert [getattr(item, "text", None) for item in getattr(listed, "items", ())] == [text, text]
