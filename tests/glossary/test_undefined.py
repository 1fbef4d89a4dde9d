"""Words that look like terms and have no entry, and abbreviations that a text writes out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.glossary import unknown, written_out


def words(text: str) -> list[str]:
    return [one.words for one in sorted(unknown(text), key=lambda one: one.start)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Abbreviations.
        ("the MASH and its MASHs, the MASH's, a MASH.", ["MASH"] * 4),
        ("(MASH), a MASH; \u201cMASH\u201d", ["MASH"] * 3),
        ("A&E and the R&D unit", ["A&E", "R&D"]),
        ("a P5 form and Form P45", ["P5"]),
        ("Part IV and chapter XII", []),
        ("A plan, I think, and a B", []),
        ("MASH-led, x/MASH, MASH/x, MASH.org, a@MASH, preMASH", []),
        ("MASHed, MASHING", ["MASHING"]),
        ("THIS IS SHOUTED, AND SO IS THIS", []),
        # Phrases.
        ("see the Golden Thread Protocol now", ["Golden Thread Protocol"]),
        ("see the Golden\nThread for it", ["Golden Thread"]),
        ("the Office of the Public Guardian says", ["Office of the Public Guardian"]),
        ("by the Children's Trust Board's chair", ["Children's Trust Board"]),
        ("by the Children\u2019s Trust Board\u2019s chair", ["Children's Trust Board"]),
        ("a 'Golden Thread' runs", ["Golden Thread"]),
        ("Golden Thread. Golden Thread! Golden Thread", []),
        ("- Golden Thread\n\n| Golden Thread | x |\n\n    - Golden Thread\n\n1.1 Golden Thread", []),
        ("ring (Golden Thread) or **Golden Thread**", []),
        ("the Golden thread, a Golden", []),
        ("on Monday Morning and in April Fools week", []),
        ("a Golden-Thread Protocol, the Pre-Birth Plan", []),
        ("Ask the Golden Thread Panel. See\nthe Golden Thread", ["Golden Thread Panel", "Golden Thread"]),
        ("Golden Thread Panel. Office and Trust Board", []),
        ("in The Golden Thread. Of the Golden Thread", ["Golden Thread", "Golden Thread"]),
    ],
)
def test_what_looks_like_a_term(text: str, told: list[str]) -> None:
    assert words(text) == told


def test_the_place_of_a_phrase_is_without_the_possessive() -> None:
    text = "by the Trust Board\u2019s chair"
    ((start, end),) = [(one.start, one.end) for one in unknown(text)]
    assert text[start:end] == "Trust Board"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the strategy group (SG) meets", [("SG", "strategy group")]),
        ("strategy\ngroup (SG)", [("SG", "strategy group")]),
        (
            "all local authority designated officers (LADOs)",
            [("LADO", "local authority designated officers")],
        ),
        ("the Office of the Public Guardian (OPG)", [("OPG", "Office of the Public Guardian")]),
        ("a multi-agency safeguarding hub (MASH)", [("MASH", "multi-agency safeguarding hub")]),
        ("Accident and Emergency (A&E)", [("A&E", "Accident and Emergency")]),
        ("the children\u2019s trust board (CTB)", [("CTB", "children's trust board")]),
        ("a strategy group (see below), an order (EPO)", []),
        ("the group (SG)", []),
        ("strategy group, (SG)", []),
        ("strategy group SG", []),
        ("SG (strategy group)", []),
    ],
)
def test_abbreviations_that_are_written_out(text: str, told: list[tuple[str, str]]) -> None:
    assert [(one.words, one.meaning) for one in written_out(text)] == told
    for one in written_out(text):
        assert text[one.start : one.end] == one.words


def test_many_words_before_it_are_read_from_a_whole_one() -> None:
    many = "alpha " * 30 + "strategy group (SG)"
    assert [one.meaning for one in written_out(many)] == ["strategy group"]


PARTS = st.sampled_from(
    "MASH|A&E|P45|IV|Golden|Thread|Board's|Board\u2019s|of|the|and|strategy|group|(SG)|(|)|SG|s| |\n|.|-|'|\0"
    "|x@|/|1.1 ".split("|")
)


@given(st.lists(PARTS, max_size=30).map(" ".join) | st.lists(PARTS, max_size=30).map("".join) | st.text())
def test_every_text_has_places_of_its_words(text: str) -> None:
    straight = text.replace("\u2019", "'")
    for one in unknown(text):
        assert " ".join(straight[one.start : one.end].split()) == one.words
        assert not re.match(r"\w", text[max(one.start - 1, 0) : one.start])
    for one in written_out(text):
        assert text[one.start : one.end] == one.words
        assert " ".join(straight[: one.start - 1].split()).endswith(one.meaning)


HOSTILE: dict[str, Callable[[int], str]] = {
    "a letter": lambda n: "a" * n + "(",
    "capitals": lambda n: "A" * n + "(",
    "a name without end": lambda n: "A" + "a" * n + "(",
    "words": lambda n: "aa " * (n // 3) + "(",
    "words with hyphens": lambda n: "aa-" * (n // 3) + "(",
    "apostrophes": lambda n: "Aa" + "'a" * (n // 2) + "(",
    "names": lambda n: "Aa " * (n // 3) + "-",
    "names of one": lambda n: "Aa of the " * (n // 10),
    "letters with signs": lambda n: "A&" * (n // 2),
    "brackets": lambda n: "(" * n,
    "written out": lambda n: "aa bb (AB) " * (n // 11),
    "spaces": lambda n: "Aa" + " " * n + "Aa (",
    "lines": lambda n: "Aa\n" * (n // 3),
    "shouted": lambda n: "AA " * (n // 3),
}


def taken(text: str) -> float:
    start = time.process_time()
    list(unknown(text))
    list(written_out(text))
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion(name: str) -> None:
    """Eight times the text takes about eight times as long; what tries every way takes sixty-four times."""
    make = HOSTILE[name]
    small, large = taken(make(125_000)), taken(make(1_000_000))
    assert large < 24 * max(small, 0.02), (small, large)
