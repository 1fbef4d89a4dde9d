"""Paths of provisions: their order is that of the statute book, and ranges hold what they say."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chapterhouse.citations import provisions

PATHS = st.from_regex(provisions.PATH, fullmatch=True)

# Siblings as they stand in Acts.
ORDERS = (
    "5 14 14A 14B 15 16 16A 16E 16EA 16F 22A 47 108",
    "17 17ZA 17ZB 17ZF 17A 17B 18",
    "23C 23CZA 23CZB 23CA 23D",
    "550ZZA 550ZA 550ZB 550A",
    "A1 1 1A 2",
    "24A A25 25",
    "17Y 17Z 18",
)


@pytest.mark.parametrize("order", ORDERS)
def test_sections_stand_in_the_order_of_the_act(order: str) -> None:
    paths = [f"section/{number}" for number in order.split()]
    turned = paths[::-1]
    assert sorted(turned, key=provisions.key) == paths


@pytest.mark.parametrize(
    "order",
    [
        "part/I part/II part/III part/IIIA part/IV part/IVA part/V part/IX part/X part/XL",
        "part/1 part/1/chapter/2 part/1/chapter/10 part/2 part/10",
        "section/1/1 section/1/1A section/1/2 section/1/10",
        "section/1/za section/1/a section/1/aa section/1/b section/1/h section/1/i section/1/j section/1/v",
        "section/1/1/a/i section/1/1/a/ii section/1/1/a/iia section/1/1/a/iv section/1/1/a/v",
        "part/III section/9 section/47 section/47/1 section/47/1/a section/48 schedule schedule/1 schedule/2",
        "schedule/1 schedule/1/paragraph/2 schedule/1/paragraph/18 schedule/2/paragraph/1",
        "chapter/3 chapter/3.2 chapter/3.10 chapter/4",
    ],
)
def test_paths_stand_in_natural_order(order: str) -> None:
    paths = order.split()
    turned = paths[::-1]
    assert sorted(turned, key=provisions.key) == paths


@given(PATHS, PATHS)
@example("section/1/a1", "section/1/A1")
@example("part/3", "part/III")
@example("part/L", "annex/L")
def test_different_paths_have_different_keys(one: str, other: str) -> None:
    assert (provisions.key(one) == provisions.key(other)) == (one == other)


@given(PATHS)
def test_a_path_follows_what_it_is_a_part_of(path: str) -> None:
    keys = [provisions.key(held) for held in (path, *provisions.ancestors(path), "")]
    assert keys == sorted(keys, reverse=True)
    for ancestor in provisions.ancestors(path):
        assert provisions.within(path, ancestor, ancestor)
        assert not provisions.within(ancestor, path, path)
        assert re.fullmatch(provisions.PATH, ancestor)


@given(PATHS, PATHS)
def test_a_range_holds_its_ends_and_what_is_below_them(first: str, last: str) -> None:
    if provisions.is_range(first, last):
        for path in (first, last, f"{first}/1", f"{last}/2/a"):
            assert provisions.within(path, first, last)
        assert all(provisions.within(path, first, last) for path in provisions.expand(first, last))


@given(PATHS, PATHS)
@example("section/1", "section/9999")
@example("section/1/a", "section/1/z")
def test_an_expanded_range_is_short_sorted_and_keeps_its_ends(first: str, last: str) -> None:
    found = provisions.expand(first, last)
    assert (found[0], found[-1]) == (first, last)
    assert len(found) <= provisions.MOST
    if len(found) > 2:
        assert list(found) == sorted(set(found), key=provisions.key)


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        ("section/22A", "section/22C", "22A 22B 22C"),
        ("section/10", "section/14", "10 11 12 13 14"),
        ("section/14", "section/14B", "14 14A 14B"),
        ("section/14", "section/16B", "14 15 16 16A 16B"),
        ("section/22A", "section/25", "22A 23 24 25"),
        ("section/17ZA", "section/17ZC", "17ZA 17ZB 17ZC"),
        ("section/17ZD", "section/17A", "17ZD 17A"),
        ("section/16", "section/13", "16 13"),
        ("section/7", "section/7", "7"),
        ("section/1", "section/400", "1 400"),
        ("part/VI", "part/IX", "VI VII VIII IX"),
        ("section/31/3", "section/31/5", "3 4 5"),
        ("section/1/h", "section/1/k", "h i j k"),
        ("section/1/a/iii", "section/1/a/vi", "iii iv v vi"),
        ("chapter/3.9", "chapter/3.11", "3.9 3.10 3.11"),
        ("section/1", "regulation/3", "1 3"),
    ],
)
def test_a_range_is_written_out(first: str, last: str, numbers: str) -> None:
    found = [path.rpartition("/")[2] for path in provisions.expand(first, last)]
    assert found == numbers.split()


@pytest.mark.parametrize(
    ("path", "first", "last", "held"),
    [
        ("section/14A", "section/13", "section/16", True),
        ("section/16/2", "section/13", "section/16", True),
        ("section/16A", "section/13", "section/16", False),
        ("section/12", "section/13", "section/16", False),
        ("regulation/14", "section/13", "section/16", False),
        ("section/17ZC", "section/17ZA", "section/17ZF", True),
        ("section/17A", "section/17ZA", "section/17ZF", False),
        ("section/17ZA", "section/16B", "section/30A", True),
        ("section/47", "section/47/1", "section/47/3", False),
        ("section/47/2/a", "section/47/1", "section/47/3", True),
        ("section/4", "section/47", "section/47", False),
        ("section/471", "section/47", "section/47", False),
    ],
)
def test_what_a_range_holds(path: str, first: str, last: str, *, held: bool) -> None:
    assert provisions.within(path, first, last) is held


@pytest.mark.parametrize(
    ("path", "words", "ancestors"),
    [
        ("section/47/1/a", "section 47(1)(a)", ["section/47/1", "section/47"]),
        ("section/14A", "section 14A", []),
        ("part/III", "Part III", []),
        ("part/1/chapter/2", "Part 1, Chapter 2", ["part/1"]),
        ("schedule/1/paragraph/18", "Schedule 1, paragraph 18", ["schedule/1"]),
        ("schedule/paragraph/2/1", "Schedule, paragraph 2(1)", ["schedule/paragraph/2", "schedule"]),
        ("regulation/5/2", "regulation 5(2)", ["regulation/5"]),
        ("article/6", "article 6", []),
        ("part/III/crossheading/secure-homes", "Part III, the heading “secure homes”", ["part/III"]),
        ("", "", []),
    ],
)
def test_how_a_path_reads(path: str, words: str, ancestors: list[str]) -> None:
    assert provisions.words(path, "ukpga/1989/41") == words
    assert list(provisions.ancestors(path)) == ancestors


def test_a_chapter_of_guidance_is_written_small() -> None:
    assert provisions.words("chapter/3", "guidance/working-together-2018") == "chapter 3"
    assert provisions.words("chapter/3", "ukpga/2004/31") == "Chapter 3"


@given(PATHS)
def test_every_path_reads_as_words_and_has_an_anchor(path: str) -> None:
    assert provisions.words(path)
    assert re.fullmatch(r"[A-Za-z0-9.-]+", provisions.anchor(path))


def test_an_anchor_names_the_provision() -> None:
    assert provisions.anchor("section/47/1") == "section-47-1"


@pytest.mark.parametrize(
    "text",
    [
        *("", "section", "section/", "section/foo", "section//1", "sections/1", "section/0", "section/01"),
        *(
            "part/3/schedule",
            "section/47(1)",
            "section/47/",
            "47",
            "section/1/part",
            "Section/1",
            "section/1 ",
        ),
    ],
)
def test_what_is_no_path(text: str) -> None:
    assert not re.fullmatch(provisions.PATH, text)
