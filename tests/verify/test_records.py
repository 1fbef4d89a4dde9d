"""What programs are told of amendments says what the records do."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]
DATA = "api/amendments.json"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("chapter", "9.9"),
        ("title", "Another title"),
        ("effective", "2026-09-02"),
        ("published", "2026-08-26"),
        ("kind", "added"),
        ("summary", "Something else"),
        ("action", ""),
        ("paragraphs", ["1.2"]),
        ("because", []),
        ("renumbered", {}),
        ("roles", ["school"]),
        ("url", "core/rely/versions/2/"),
    ],
)
def test_the_register_says_what_each_record_does(key: str, value: object, damage: Damage) -> None:
    was = None

    def edit(text: str) -> str:
        nonlocal was
        data = json.loads(text)
        entry = next(one for one in data["amendments"] if (one["slug"], one["version"]) == ("core/rely", "2"))
        was, entry[key] = entry[key], value
        return json.dumps(data)

    told = damage(DATA, edit)
    assert told == {f"core/rely 2: {key} is {value!r}, not {was!r}"}


def test_a_redline_is_named_where_there_is_one_and_nowhere_else(damage: Damage) -> None:
    def edit(text: str) -> str:
        data = json.loads(text)
        first = next(one for one in data["amendments"] if (one["slug"], one["version"]) == ("core/rely", "1"))
        first["redline"] = "core/rely/changes/1/"
        return json.dumps(data)

    assert damage(DATA, edit) == {"core/rely 1: redline is 'core/rely/changes/1/', not None"}


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (('"schema": 1', '"schema": 2'), "the schema number is 2, not 1"),
        (
            ('"build_date": "2026-11-21"', '"build_date": "2026-11-22"'),
            "the build date is 2026-11-22, not 2026-11-21",
        ),
        (
            lambda _: "[]",
            "is not what its schema says: TypeError('list indices must be integers or slices, not str')",
        ),
        (
            lambda text: _amendments(text, lambda all_of: all_of[1:]),
            "the amendments are not those of the manual, newest first and each once",
        ),
        (
            lambda text: _amendments(text, lambda all_of: [*all_of, all_of[0]]),
            "the amendments are not those of the manual, newest first and each once",
        ),
        (
            lambda text: _amendments(text, lambda all_of: all_of[::-1]),
            "the amendments are not those of the manual, newest first and each once",
        ),
    ],
)
def test_the_register_holds_each_record_once(edit: Edit, reason: str, damage: Damage) -> None:
    assert damage(DATA, edit) == {reason}


def _amendments(text: str, change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> str:
    data = json.loads(text)
    return json.dumps({**data, "amendments": change(data["amendments"])})


NAME = "1.1 Text not to rely on: version 2"


@pytest.mark.parametrize("file", ["core/rely/feed.xml", "core/old/feed.json"])
@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (("version 2,", "version 3,"), "is called '1.1 Text not to rely on: version 3, in force from"),
        (("2026-08-25T00:00:00", "2026-11-21T00:00:00"), f"{NAME} is dated 2026-11-21T00:00:00+01:00, not"),
        (("Opens a review", "Ends a review"), f"{NAME} has another summary than its record"),
    ],
)
def test_a_feed_tells_of_each_record(file: str, edit: tuple[str, str], reason: str, damage: Damage) -> None:
    (said,) = damage(file, lambda text: text.replace(*edit))
    assert reason in said


@pytest.mark.parametrize(
    ("name", "edit", "reason"),
    [
        (
            "xml",
            lambda text: text.replace("</summary>", "", 1),
            "is no XML: mismatched tag: line ",
        ),
        (
            "xml",
            lambda text: text.replace("<entry>", "<other>").replace("</entry>", "</other>"),
            "tells of 0",
        ),
        ("json", lambda _: "{}", "is no JSON Feed: KeyError('items')"),
        ("json", lambda _: '{"items": []}', "it tells of 0 amendments, not of 2"),
    ],
)
def test_a_feed_is_one_and_is_whole(
    name: str, edit: Callable[[str], str], reason: str, damage: Damage
) -> None:
    (said,) = damage(f"core/rely/feed.{name}", edit)
    assert reason in said
