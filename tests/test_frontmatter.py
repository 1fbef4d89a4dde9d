"""Front matter: places, types, and its JSON Schema."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
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
from chapterhouse.fields.reading import Type
from chapterhouse.fields.scalars import Choice, Day, Flag, Text, Written
from chapterhouse.fields.shapes import ListOf, Pairs, Shape
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
    places = [(f.code, f.span.line, f.span.column) for f in faults if f.code != "missing-key"]
    assert places == [("control-character", 2, 12), ("unknown-key", 3, 1)]


def test_the_schema_is_the_validators_own(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, json.dumps(frontmatter.schema(), indent=2) + "\n")


class Editor(yaml.SafeLoader):
    """Reads as an editor's program does, by YAML 1.2: dates are text, `no` is a word."""


Editor.yaml_implicit_resolvers = {
    letter: [(tag, form) for tag, form in rules if not tag.endswith((":timestamp", ":bool"))]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), None
)

SOUND_VALUES = {
    frontmatter.CHAPTER: "PA5",
    frontmatter.VERSION: '"3.1"',
    frontmatter.PLACE: "3.2A",
    frontmatter.SLUG: "core/referrals",
    frontmatter.ROLE: "school",
}
ODD_VALUES = (
    *("", "Words with blanks", '"  "', '" x "', '"a\\nb"', '"a\\rb"', "x" * 81, "x" * 201, "x" * 2001),
    *'~ "" x a/b Old-Name 3.2A - 0 3 3.1 -1 2026 1000000000 "1000000000" true "TRUE" yes no nO'.split(),
    *'2026-03-01 "2026-03-01" 2026-02-30 31/03/2026 1899-12-31 2200-01-01 9999-12-31'.split(),
    *("[]", "[x]", "{}", "{x: x}", "draft", "revised"),
)
ODD_KEYS = ('""', '"3.4"', "3.4", "3/4", "true", "a b")


def sound(of: Type) -> str:
    """A value of a type, as YAML."""
    match of:
        case Shape():
            return record({name: sound(entry.type) for name, entry in of.fields.items()})
        case ListOf():
            return f"[{sound(of.item)}]"
        case Pairs():
            return f"{{{sound(of.key)}: {sound(of.value)}}}"
        case Choice():
            return of.words[0]
        case Written():
            return SOUND_VALUES[of]
    return {Day: "2026-03-01", Flag: "true", Text: "Plain words"}[type(of)]


def odd(of: Type) -> Iterator[str]:
    """What an editor may write for a value of a type, each form of each of its parts in turn."""
    yield from ODD_VALUES
    match of:
        case Flag():
            yield from ("True", "TRUE", "FALSE", "false")
        case ListOf():
            yield from (f"[{item}]" for item in odd(of.item) if item)
        case Pairs():
            yield from (f"{{{key}: {sound(of.value)}}}" for key in ODD_KEYS)
            yield from (f"{{{sound(of.key)}: {value}}}" for value in odd(of.value))
        case Shape():
            parts = {name: sound(entry.type) for name, entry in of.fields.items()}
            yield record(parts | {"other": "x"})
            for name, entry in of.fields.items():
                yield record({key: value for key, value in parts.items() if key != name})
                yield from (record(parts | {name: value}) for value in odd(entry.type))


def record(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"


def test_schema_and_validator_agree_on_every_field() -> None:
    """For whatever an editor may write: the program that reads the schema says what `check` says."""
    validator = jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text("utf-8")),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    judged = {}
    for head in (sound(frontmatter.CHAPTER_HEAD), *odd(frontmatter.CHAPTER_HEAD)):
        by_schema = validator.is_valid(yaml.load(head, Editor))
        judged[head] = (by_schema, head_of(f"---\n{head}\n---\n")[1] == [])
    assert [head for head, (by_schema, by_validator) in judged.items() if by_schema != by_validator] == []
    verdicts = Counter(by_schema for by_schema, _ in judged.values())
    assert min(verdicts[True], verdicts[False]) > 100


def without(key: str, following: str) -> str:
    return SOUND[: SOUND.index(f"{key}:")] + SOUND[SOUND.index(f"{following}:") :]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        pytest.param(SOUND, True, id="published"),
        pytest.param(without("review", "amendments"), False, id="published without a review"),
        pytest.param(SOUND.partition("amendments:")[0] + "---\n", False, id="published without amendments"),
        pytest.param(
            without("review", "amendments").replace("roles: [school]", "status: draft"), True, id="draft"
        ),
        pytest.param(
            without("review", "amendments").replace("roles: [school]", "status: withdrawn"),
            True,
            id="withdrawn",
        ),
        pytest.param(
            without("version", "owner").replace("roles: [school]", "status: withdrawn"),
            False,
            id="withdrawn, no version",
        ),
    ],
)
def test_schema_and_validator_agree_on_what_a_status_asks_for(text: str, *, valid: bool) -> None:
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert schema.is_valid(yaml.load(text.split("---")[1], Editor)) is valid
    assert (head_of(text)[1] == []) is valid


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_any_text_between_the_hyphens_ends_in_diagnostics(text: str) -> None:
    head_of(f"---\n{text}\n---\nBody\n")


@given(st.text(":-[]{}&*!|>'\"%@`#, \n\ta1?<\\\u2028\x85~", max_size=60))
def test_any_yaml_ends_in_diagnostics(text: str) -> None:
    head_of(f"---\ntitle: x\n{text}\n---\n")
