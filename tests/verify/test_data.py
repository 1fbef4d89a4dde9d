"""The data and the search say what the manual does."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from chapterhouse.model import Manual

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]
DATA = "api/manual.json"
LATE = {"due": "2027-03-31", "last": None, "overdue": True}


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("number", "9.9", "number is '9.9', not '1.5'"),
        ("title", "The new title", "title is 'The new title', not 'The old title'"),
        ("version", "2", "version is '2', not '1'"),
        ("effective", "2027-01-04", "effective is '2027-01-04', not '2025-01-01'"),
        ("status", "withdrawn", "status is 'withdrawn', not 'in-force'"),
        ("slug", "core/x", "slug is 'core/x', not 'core/change'"),
        ("part", "x", "part is 'x', not 'core'"),
        (
            "review",
            LATE,
            f"review is {LATE!r}, not { ({**LATE, 'overdue': False})!r}",
        ),
    ],
)
def test_the_data_says_what_the_manual_does(key: str, value: object, told: str, damage: Damage) -> None:
    def edit(text: str) -> str:
        data = json.loads(text)
        next(entry for entry in data["chapters"] if entry["url"] == "core/change/")[key] = value
        return json.dumps(data)

    assert damage(DATA, edit) == {f"core/change/: {told}"}


def test_the_digest_is_of_the_text_shown(manual: Manual, damage: Damage) -> None:
    shown = manual.histories["core/change"].archive["1"].sha256
    later = manual.by_slug["core/change"].sha256
    assert damage(DATA, (shown, later)) == {f"core/change/: sha256 is '{later}', not '{shown}'"}


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (('"schema": 1', '"schema": 2'), "the schema number is 2, not 1"),
        (("2026-11-21", "2026-11-22"), "the build date is 2026-11-22, not 2026-11-21"),
        (
            lambda _: "[]",
            "is not what its schema says: TypeError('list indices must be integers or slices, not str')",
        ),
        (
            lambda text: _chapters(text, lambda all_of: all_of[::-1]),
            "the chapters stand in another order than in the manual, or twice",
        ),
        (
            lambda text: _chapters(text, lambda all_of: [*all_of, all_of[0]]),
            "the chapters stand in another order than in the manual, or twice",
        ),
        (lambda text: _chapters(text, lambda all_of: all_of[1:]), "core/rely/ is missing"),
        (
            lambda text: _chapters(text, lambda all_of: [*all_of, {**all_of[0], "url": "core/draft/"}]),
            "core/draft/ is listed and is no chapter",
        ),
    ],
)
def test_the_data_holds_each_chapter_once(edit: Edit, reason: str, damage: Damage) -> None:
    assert damage(DATA, edit) == {reason}


def _chapters(text: str, change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> str:
    data = json.loads(text)
    return json.dumps({**data, "chapters": change(data["chapters"])})


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("core/mistake/versions/1/#1.1", "core/mistake/versions/1/ is superseded, and search finds it"),
        ("core/draft/", "core/draft/ is a draft, and search finds it"),
    ],
)
def test_search_finds_neither_superseded_versions_nor_drafts(
    location: str, reason: str, damage: Damage
) -> None:
    def add(text: str) -> str:
        data = json.loads(text)
        data["docs"].append({"location": location, "title": "", "text": ""})
        return json.dumps(data)

    assert damage("search/search_index.json", add) == {reason}
