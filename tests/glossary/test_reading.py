"""The file of the glossary: what is read of it, what is told of its faults, and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import chapterhouse
from chapterhouse.glossary import read, schema
from chapterhouse.model import Source
from chapterhouse.terms import Glossary, Replacement

SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "glossary.schema.json"
PATH = "procedures/glossary.yml"
SOUND = """\
schema: 1
common: [NHS]
terms:
  - term: strategy discussion
    abbreviation: SD
    aliases: [strategy meeting]
    kind: meeting
    definition: >-
      The meeting that decides
      what is done.
    source: Working Together
    see: [core group]
  - term: core group
    kind: meeting
    definition: "Those who carry out the plan."
  - term: Safeguarding Board
    plural: Boards of Safeguarding
    kind: body
    definition: The *old* body.
    replaced_by: {terms: [core group, strategy discussion], since: 2019-09-29}
    case: exact
    never: [Youth Safeguarding Board]
"""


def glossary_of(text: str) -> tuple[Glossary, list[str]]:
    """The glossary, and its faults as `line:column code`."""
    found, faults = read(Source(PATH, text))
    assert all(fault.path == PATH for fault in faults)
    return found, [f"{f.span.line}:{f.span.column} {f.code}" for f in faults]


def messages(text: str) -> list[str]:
    return [fault.message for fault in read(Source(PATH, text))[1]]


def listed(*entries: str) -> str:
    """A glossary of entries with the keys named, each on one line, from line 2."""
    return "terms:\n" + "".join(f"- {{{entry}, kind: concept, definition: D.}}\n" for entry in entries)


def test_a_glossary_is_read() -> None:
    glossary, faults = glossary_of(SOUND)
    assert faults == []
    assert [term.term for term in glossary.terms] == [
        "core group",
        "Safeguarding Board",
        "strategy discussion",
    ]
    assert (glossary.common, glossary.path) == (("NHS",), PATH)
    group, board, discussion = glossary.terms
    assert discussion.names == ("strategy discussion", "SD", "strategy meeting")
    assert discussion.definition == "The meeting that decides what is done."
    assert (discussion.source, discussion.see) == ("Working Together", ("core group",))
    assert discussion.span is not None
    assert (discussion.span.line, discussion.span.column) == (4, 11)
    assert SOUND[slice(*group.definition_at)] == '"Those who carry out the plan."'
    assert board.replaced_by == Replacement(("core group", "strategy discussion"), date(2019, 9, 29))
    assert (board.case, board.never, board.plural) == (
        "exact",
        ("Youth Safeguarding Board",),
        "Boards of Safeguarding",
    )
    assert [term.anchor for term in glossary.terms] == [
        "core-group",
        "safeguarding-board",
        "strategy-discussion",
    ]


def test_see_also_leads_both_ways_and_a_term_is_gone_from_its_day() -> None:
    glossary, _ = glossary_of(SOUND)
    group, board, discussion = glossary.terms
    assert glossary.related(group) == (discussion,)
    assert glossary.related(discussion) == (group,)
    assert [board.gone(day) for day in (date(2019, 9, 28), date(2019, 9, 29))] == [False, True]
    assert glossary.successors(board, date(2026, 1, 1)) == (group, discussion)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema: 1", "schema: 2", "1:9 wrong-type"),
        ("common: [NHS]", "common: NHS", "2:9 wrong-type"),
        ("common: [NHS]", "comon: [NHS]", "2:1 unknown-key"),
        ("    kind: meeting\n    definition: >-", "    definition: >-", "4:5 missing-key"),
        ("kind: body", "kind: board", "18:11 wrong-type"),
        ("abbreviation: SD", "abbreviation: ", "5:5 empty-value"),
        ("abbreviation: SD", "abbreviation: [SD]", "5:19 wrong-type"),
        ("abbreviation: SD", "abbreviation: ABCDEFGHIJKLMNOPQRSTU", "5:19 wrong-type"),
        ("aliases: [strategy meeting]", "aliases: strategy meeting", "6:14 wrong-type"),
        ("aliases: [strategy meeting]", "aliases: []", "6:14 empty-value"),
        ("source: Working Together", "source: <b>Working</b>", "11:13 markup-in-text"),
        ("definition: The *old* body.", "definition:", "19:5 empty-value"),
        ("definition: The *old* body.", 'definition: ""', "19:17 empty-value"),
        ("definition: The *old* body.", "definition: [a]", "19:17 wrong-type"),
        ("definition: The *old* body.", f"definition: {'a' * 4001}", "19:17 wrong-type"),
        ("since: 2019-09-29", "since: 29 September 2019", "20:68 bad-date"),
        ("since: 2019-09-29", "since: 2019-09-31", "20:68 bad-date"),
        ("core group, strategy discussion], since", "core groups], since", "20:27 unknown-term"),
        ("see: [core group]", "see: [core grope]", "12:11 unknown-term"),
        ("see: [core group]", "see: [strategy discussion]", "12:11 circular-term"),
        ("case: exact", "case: upper", "21:11 wrong-type"),
        ("never: [Youth Safeguarding Board]", "never: [Youth Board]", "22:13 wrong-type"),
        ("never: [Youth Safeguarding Board]", "never: [Safeguarding Board]", "22:13 wrong-type"),
        ("term: core group", "term: core group\n    term: x", "14:5 duplicate-key"),
        ("aliases: [strategy meeting]", "aliases: [Core-groups]", "13:11 duplicate-term"),
        ("term: core group", "term: the", "13:11 wrong-type"),
        ("term: core group", "term: ab", "13:11 wrong-type"),
        ("term: core group", "term: '--'", "13:11 wrong-type"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, told: str) -> None:
    assert SOUND.count(old) == 1, old
    glossary, faults = glossary_of(SOUND.replace(old, new))
    assert told in faults
    # The other entries are there all the same.
    assert len(glossary.terms) >= 2


DUPLICATES = [
    (("term: harm", "term: harm"), "harm is a name of the term harm on line 2 already"),
    (("term: Harm", "term: Harm"), "Harm is a name of the term Harm on line 2 already"),
    (("term: harm", "term: HARM, case: any"), "HARM is a name of the term harm on line 2 already"),
    (
        ("term: core group", "term: core-groups"),
        "core-groups is a name of the term core group on line 2 already",
    ),
    (
        ("term: children's home", "term: children\u2019s homes"),
        "children\u2019s homes is a name of the term children's home on line 2 already",
    ),
    (("term: child", "term: children"), "children is a name of the term child on line 2 already"),
    (
        ("term: meeting, aliases: [core group]", "term: core group"),
        "core group is a name of the term core group (meeting) on line 2 already",
    ),
    (
        ("term: first thing, aliases: [core group]", "term: other thing, aliases: [core groups]"),
        "core groups is a name of the term core group (first thing) on line 2 already",
    ),
    (
        ("term: first thing, abbreviation: FT", "term: free tuition, abbreviation: FT"),
        "FT is the abbreviation of first thing too, on line 2",
    ),
    (("term: Board", "term: panel, aliases: [board]"), "board is a name of the term Board on line 2 already"),
    (
        ("term: first thing, abbreviation: HARM", "term: harm"),
        "harm is a name of the term HARM (first thing) on line 2 already",
    ),
    (
        ("term: first thing, plural: core groups", "term: core group"),
        "core group is a name of the term core groups (first thing) on line 2 already",
    ),
]


@pytest.mark.parametrize(("entries", "message"), DUPLICATES)
def test_one_name_of_two_terms(entries: tuple[str, ...], message: str) -> None:
    text = listed(*entries)
    assert messages(text) == [message]
    ((place, code),) = (one.split() for one in glossary_of(text)[1])
    name = message.partition(" is ")[0]
    assert (place, code) == (f"3:{text.splitlines()[2].index(name) + 1}", "duplicate-term")


@pytest.mark.parametrize(
    "entries",
    [
        # Where capitals count for both, they are two.
        ("term: Board", "term: panel, aliases: [board], case: exact"),
        ("term: core group, abbreviation: CARE", "term: other thing, aliases: [Care]"),
        ("term: harm", "term: significant harm"),
        ("term: core group, aliases: [core groups]",),
        ("term: core group, plural: core groups",),
        ("term: board, aliases: [Board]",),
        ("term: core group, aliases: [group of the core]", "term: group"),
    ],
)
def test_names_that_may_stand_side_by_side(entries: tuple[str, ...]) -> None:
    assert glossary_of(listed(*entries))[1] == []


def test_two_terms_of_one_address() -> None:
    text = listed("term: parent/carer", "term: parent (carer)")
    assert messages(text) == ["its address would be #parent-carer, which is that of the term on line 2"]
    glossary, faults = glossary_of(text)
    assert faults == ["3:10 duplicate-term"]
    assert [term.term for term in glossary.terms] == ["parent/carer"]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (("term: one day, see: [two day]", "term: two day, see: [one day]"), ["3:25 circular-term"]),
        (
            (
                "term: one day, see: [two day]",
                "term: two day, see: [red day]",
                "term: red day, see: [one day]",
            ),
            ["4:25 circular-term"],
        ),
        (("term: one day, see: [two day, red day]", "term: two day, see: [red day]", "term: red day"), []),
        (("term: one day, see: [one day]",), ["2:25 circular-term"]),
        (
            (
                "term: one day, replaced_by: {terms: [two day], since: 2020-01-01}",
                "term: two day, replaced_by: {terms: [one day], since: 2020-01-01}",
            ),
            ["3:41 circular-term"],
        ),
        # What took its place may well be named beside it.
        (
            (
                "term: one day, replaced_by: {terms: [two day], since: 2020-01-01}",
                "term: two day, see: [one day]",
            ),
            [],
        ),
    ],
)
def test_circles(entries: tuple[str, ...], told: list[str]) -> None:
    assert glossary_of(listed(*entries))[1] == told


def test_a_circle_is_written_out() -> None:
    text = listed(
        "term: one day, see: [two day]", "term: two day, see: [red day]", "term: red day, see: [one day]"
    )
    assert messages(text) == ["see goes in a circle: one day → two day → red day → one day"]


def test_a_term_that_is_not_there_is_guessed() -> None:
    text = listed(
        "term: core group, aliases: [inner circle]", "term: two day, see: [inner circle, core grop, xyz]"
    )
    hints = [fault.hint for fault in read(Source(PATH, text))[1]]
    assert hints == ["write core group", "write core group", "add an entry for it, or delete it"]


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "\ufeff", "terms:\n", "- a\n", "terms: {a: b}\n", "a: [\n"]
)
def test_what_is_no_glossary_is_told_and_has_no_terms(text: str) -> None:
    glossary, faults = glossary_of(text)
    assert faults
    assert glossary.terms == ()


def test_a_thousand_terms_are_read() -> None:
    text = listed(*(f"term: word {i} of many, aliases: [other {i} words]" for i in range(1000)))
    glossary, faults = glossary_of(text)
    assert (len(glossary.terms), faults) == (1000, [])


PIECES = st.sampled_from(
    [
        *SOUND.splitlines(keepends=True),
        "  ",
        "- ",
        "[",
        "{",
        "term:",
        "&a ",
        "*a",
        "\u2028",
        "\t",
        ": ",
        "~",
        "'",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_ends_in_diagnostics(text: str) -> None:
    glossary, faults = read(Source(PATH, text))
    assert glossary.terms or faults or "terms" not in text
    lines = len(Source(PATH, text).starts)
    assert all(1 <= fault.span.line <= lines for fault in faults)


# --- The schema ---


def test_the_schema_is_the_readers_own(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, json.dumps(schema(), indent=2) + "\n")


def valid(text: str) -> bool:
    """Days are text to an editor's program, which reads YAML 1.2."""
    loaded = yaml.load(text, Loader=yaml.BaseLoader)
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).is_valid(loaded)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


def test_the_glossary_of_the_sample_and_the_example_are_valid(sample: Path) -> None:
    assert valid((sample / PATH).read_text("utf-8").replace("schema: 1", ""))
    guide = (sample / "docs/glossary.md").read_text("utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    assert example.startswith("schema: 1\n")
    assert valid(example.replace("schema: 1", ""))
    assert glossary_of(example)[1] == []


CHANGES = (
    *(("", ""), ("kind: body", "kind: board"), ("term: core group", "name: core group")),
    *(
        ("abbreviation: SD", "abbreviation: [SD]"),
        ("abbreviation: SD", "abbreviation: ABCDEFGHIJKLMNOPQRSTU"),
    ),
    *(
        ("aliases: [strategy meeting]", "aliases: strategy meeting"),
        ("aliases: [strategy meeting]", "aliases: []"),
    ),
    *(("source: Working Together", "sauce: Working Together"), ("case: exact", "case: upper")),
    *(
        ("definition: The *old* body.", 'definition: ""'),
        ("definition: The *old* body.", f"definition: {'a' * 4001}"),
    ),
    *(("definition: The *old* body.", "definition: [a]"), ("definition: The *old* body.\n", "x: y\n")),
    *(("since: 2019-09-29", "since: 2019"), (", since: 2019-09-29", ""), ("common: [NHS]", "common: NHS")),
    *(
        ("common: [NHS]", "common: [NHS, [UK]]"),
        ("never: [Youth Safeguarding Board]", "never: a Safeguarding Board"),
    ),
)


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=lambda text: text.strip()[:30])
def test_schema_and_reader_agree(old: str, new: str) -> None:
    text = (SOUND.replace(old, new, 1) if old else SOUND).removeprefix("schema: 1\n")
    assert valid(text) is (glossary_of(text)[1] == [])
