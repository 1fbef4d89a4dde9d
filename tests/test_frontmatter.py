"""Front matter: places, types, and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import chapterhouse
from chapterhouse import frontmatter
from chapterhouse.model import Source

SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "chapter.schema.json"
SOUND = (Path(__file__).parent / "cases/manual/procedures/core/referrals.md").read_text("utf-8")


def head_of(text: str) -> tuple[Any, list[str]]:
    source = Source("x.md", text)
    head, start, faults = frontmatter.read(source)
    assert 0 <= start <= len(text)
    return head, [fault.code for fault in faults]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as written"),
        pytest.param(lambda text: "\ufeff" + text, id="byte-order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: text.rstrip("\n"), id="no final newline"),
        pytest.param(lambda text: text.replace("title:", "title:  # comment\n  "), id="comment"),
        pytest.param(lambda text: text.replace("---\n\n##", "---  \n\n##"), id="blanks after the hyphens"),
    ],
)
def test_what_an_editor_may_do(change: Callable[[str], str]) -> None:
    head, codes = head_of(change(SOUND))
    assert codes == []
    assert (head.chapter, head.title, head.version) == ("1.2", "Making a referral", "2")
    assert head.amendments[0].effective == date(2026, 4, 1)
    assert head.review.last.checked == ("law", "links")


def test_scalars_stay_text() -> None:
    text = SOUND.replace('version: "2"', "version: 1.10", 1).replace("title: Making a referral", "title: no")
    head, codes = head_of(text.replace("owner: Procedures Subgroup", "owner: 12:30"))
    assert (head.version, head.title, head.owner, codes) == ("1.10", "no", "12:30", [])


def test_accented_letters_are_kept_as_they_are_stored() -> None:
    decomposed = "Plant mewn perygl o a\u0302"
    head, codes = head_of(SOUND.replace("Making a referral", decomposed))
    assert (head.title, codes) == (decomposed, [])


def test_every_value_knows_its_place() -> None:
    source = Source("x.md", SOUND.replace("title:", "title: # a comment\n "))
    head, _, _ = frontmatter.read(source)
    for path, words in {
        "title": "Making a referral",
        "amendments[0].effective": "2026-04-01",
        "amendments[0].paragraphs[0]": '"1.2"',
        "review.last.checked[1]": "links",
        "roles[0]": "school",
    }.items():
        span = head.places[path]
        assert source.line(span.line)[span.column - 1 : span.end_column - 1] == words


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\x0c"])
def test_lines_are_counted_as_an_editor_counts_them(separator: str) -> None:
    """libyaml ends lines at some of these; editors' programs do not."""
    source = Source("x.md", f"---\ntitle: a # {separator} b\nownr: x\n---\n")
    _, _, faults = frontmatter.read(source)
    assert [(fault.code, fault.span.line, fault.span.column) for fault in faults] == [
        ("control-character", 2, 12)
    ]


def test_the_schema_is_the_validators_own(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, json.dumps(frontmatter.schema(), indent=2) + "\n")


def wanted(text: str) -> bool:
    """Whether the schema accepts the front matter as an editor's program (YAML 1.2) reads it."""

    class Editor(yaml.SafeLoader):
        """Dates are text, as YAML 1.2 has them."""

    Editor.yaml_implicit_resolvers = {
        letter: [(tag, form) for tag, form in rules if not tag.endswith(":timestamp")]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    data = yaml.load(text.split("---")[1], Editor)
    return bool(jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).is_valid(data))


CHANGES = {
    "sound": ("title: Making", "title: Making"),
    "unknown key": ("roles: [school]", "role: [school]"),
    "withdrawn": ("roles: [school]", "status: withdrawn"),
    "withdrawn without a review": (
        SOUND[SOUND.index("roles:") : SOUND.index("amendments:")],
        "status: withdrawn\n",
    ),
    "draft": ("roles: [school]", "status: draft"),
    "no owner": ("owner: Procedures Subgroup\n", ""),
    "no review": (SOUND[SOUND.index("review:") : SOUND.index("amendments:")], ""),
    "kind": ("kind: revised", "kind: revise"),
    "record without a summary": ("    summary: Names the duty desk.\n", ""),
    "date": ("due: 2027-03-31", "due: 31/03/2027"),
    "list": ("roles: [school]", "roles: school"),
    "empty list": ("roles: [school]", "roles: []"),
    "numeric version": ('version: "2"\nowner', "version: 2\nowner"),
    "chapter number": ('chapter: "1.2"', "chapter: one"),
    "under review": ("roles: [school]", "under_review: {since: 2026-01-01, reason: x}"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_schema_and_validator_agree(name: str) -> None:
    text = SOUND.replace(*CHANGES[name], 1)
    assert wanted(text) == (head_of(text)[1] == [])


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_any_text_between_the_hyphens_ends_in_diagnostics(text: str) -> None:
    head_of(f"---\n{text}\n---\nBody\n")


@given(st.text(":-[]{}&*!|>'\"%@`#, \n\ta1?<\\\u2028\x85~", max_size=60))
def test_any_yaml_ends_in_diagnostics(text: str) -> None:
    head_of(f"---\ntitle: x\n{text}\n---\n")
