"""The register: what stands in it, what is told of its faults, and what a manual's own file adds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import chapterhouse
from chapterhouse.citations import reading, shapes
from chapterhouse.law import Fact, Register, Target
from chapterhouse.manual.law import national, read_national
from chapterhouse.model import Source

SCHEMA = Path(chapterhouse.__file__).parent / "schema" / "register.schema.json"
PATH = "procedures/legislation.yml"
SOUND = """\
schema: 1
as_of: 2026-11-01
instruments:
  - id: ukpga/2004/31
    title: Children Act 2004
    year: 2004
    number: 31
    short_forms: [CA 2004]
    wrong_titles: [Childrens Act 2005]
    territory: both
    contains: {part/2: section/10 to section/24}
    last: {section: 69, schedule: "5"}
    facts:
      - effect: repealed
        provisions: [section/13 to section/16, section/7]
        territory: england
        from: 2018-06-29
        by: [ukpga/2017/16/section/30]
        replaced_by: [ukpga/2004/31/section/16E]
        text: The boards were abolished.
        note: Looked up twice.
        confidence: high
        basis: lookup
  - id: guidance/working-together
    title: Working Together to Safeguard Children
    short_forms: [Working Together]
  - id: guidance/working-together-2018
    title: Working Together to Safeguard Children
    year: 2018
    edition_of: guidance/working-together
    url: https://www.gov.uk/government/publications/working-together
    chapters: [Assessing need, Organisational responsibilities]
shorthand:
  - {form: s11, target: ukpga/2004/31/section/11, confidence: high}
ambiguous:
  - {form: Children Act, candidates: [ukpga/1989/41, ukpga/2004/31]}
duties:
  - body: Chief officer of police
    territory: england
    provisions: [ukpga/2004/31/section/11]
    confidence: high
    basis: memory
"""
TITLES = "ukpga/1989/41\tChildren Act 1989\nukpga/2017/16\tChildren and Social Work Act 2017\n"


def register_of(text: str = SOUND, titles: str = TITLES) -> tuple[Register, list[str]]:
    """The register, and its faults as `line:column code`."""
    found, faults = reading.read_register(Source("legislation.yml", text), Source("titles.tsv", titles))
    return found, [f"{f.span.line}:{f.span.column} {f.code}" for f in faults]


def local(text: str) -> tuple[Register, list[str]]:
    found, faults = reading.with_local(register_of()[0], Source(PATH, text))
    assert all(fault.path == PATH for fault in faults)
    return found, [f"{f.span.line}:{f.span.column} {f.code}" for f in faults]


def test_a_register_is_read() -> None:
    register, faults = register_of()
    assert faults == []
    act = register.instruments["ukpga/2004/31"]
    assert (act.number, act.year, dict(act.last)) == ("31", 2004, {"section": "69", "schedule": "5"})
    assert dict(act.contains) == {"part/2": ("section/10", "section/24")}
    assert act.facts == (
        Fact(
            effect="repealed",
            territory="england",
            text="The boards were abolished.",
            confidence="high",
            basis="lookup",
            provisions=(("section/13", "section/16"), ("section/7", "section/7")),
            start=date(2018, 6, 29),
            by=(Target("ukpga/2017/16", "section/30"),),
            replaced_by=(Target("ukpga/2004/31", "section/16E"),),
            note="Looked up twice.",
        ),
    )
    assert act.place is not None
    assert (act.source, act.place.line, act.place.column) == ("legislation.yml", 4, 9)
    assert register.titles == {
        "ukpga/1989/41": "Children Act 1989",
        "ukpga/2017/16": "Children and Social Work Act 2017",
    }
    assert register.ambiguous == {"Children Act": ("ukpga/1989/41", "ukpga/2004/31")}
    assert register.shorthand[0].target == Target("ukpga/2004/31", "section/11")
    assert register.duties[0].provisions == (Target("ukpga/2004/31", "section/11"),)
    assert (register.as_of, register.territory) == (date(2026, 11, 1), "both")


def test_the_national_register_is_sound() -> None:
    register, faults = read_national()
    assert [f"{f.path}:{f.span.line}:{f.span.column} {f.code} {f.message}" for f in faults] == []
    assert register.territory == "both"
    assert len(register.instruments) > 130


def test_the_national_register_is_read_once_and_fast() -> None:
    started = time.process_time()
    read_national()
    assert time.process_time() - started < 1, "a quarter of a second on a quiet machine"
    assert national() is national()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema: 1", "schema: 2", "1:9 wrong-type"),
        ("as_of: 2026-11-01\n", "", "1:1 missing-key"),
        ("2018-06-29", "2018-06-31", "17:15 bad-date"),
        ("year: 2018", "year: eighteen", "29:11 wrong-type"),
        ("year: 2004", "year: 2005", "6:11 wrong-type"),
        ("effect: repealed", "effect: repeald", "14:17 wrong-type"),
        ("section/13 to section/16", "section/16 to section/13", "15:22 bad-provision"),
        ("section/13 to section/16", "section/13 to section/14 to section/16", "15:22 bad-provision"),
        ("section/13 to section/16", "section/13 to ", "15:22 bad-provision"),
        ("part/2: section/10", "part 2: section/10", "11:16 bad-provision"),
        ("part/2: section/10", "part/2: s10", "11:24 bad-provision"),
        ("{section: 69", "{sections: 69", "12:12 wrong-type"),
        ("[ukpga/2017/16/section/30]", "[ukpga/2017/16/]", "18:14 bad-provision"),
        ("[ukpga/2017/16/section/30]", "[2017 c. 16]", "18:14 wrong-type"),
        ("[ukpga/2017/16/section/30]", "[ukpga/2017/61/section/30]", "18:14 unknown-instrument-id"),
        ("[ukpga/2004/31/section/16E]", "[ukpga/2004/13]", "19:23 unknown-instrument-id"),
        (
            "edition_of: guidance/working-together",
            "edition_of: guidance/working",
            "30:17 unknown-instrument-id",
        ),
        ("edition_of: guidance/working-together", "edition_of: ukpga/1989/41", "30:17 unknown-instrument-id"),
        (
            "edition_of: guidance/working-together",
            "edition_of: guidance/working-together-2018",
            "30:17 wrong-type",
        ),
        ("url: https", "url: ftp", "31:10 wrong-type"),
        ("target: ukpga/2004/31", "target: ukpga/2004/13", "34:25 unknown-instrument-id"),
        ("[ukpga/1989/41, ", "[ukpga/1989/14, ", "36:39 unknown-instrument-id"),
        ("provisions: [ukpga/2004/31", "provisions: [ukpga/2004/13", "40:18 unknown-instrument-id"),
        ("id: guidance/working-together-2018", "id: ukpga/2004/31", "27:9 duplicate-instrument"),
        ("title: Children Act 2004", "title: <b>Children Act</b> 2004", "5:12 markup-in-text"),
        ("        text: The boards were abolished.\n", "", "14:9 missing-key"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, told: str) -> None:
    assert SOUND.count(old) == 1
    register, faults = register_of(SOUND.replace(old, new))
    assert told in faults
    # The rest is still there, and so are the references to it.
    assert len(faults) == 1 or "id" in old or "title" in old
    assert len(register.instruments) + len(faults) >= 3


FACT = "{effect: repealed, territory: england, from: 2018-06-29, text: T., confidence: high, basis: lookup}"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (FACT, ["5:7 duplicate-fact"]),
        (FACT.replace("from: 2018-06-29, ", ""), []),
        (FACT.replace("england", "wales"), []),
        (FACT.replace("repealed", "amended"), []),
        (FACT.replace("effect", "provisions: [chapter/1], effect"), []),
    ],
)
def test_facts_that_say_the_same(other: str, told: list[str]) -> None:
    text = f"instruments:\n- id: guidance/x\n  title: Local protocol\n  facts:\n    - {FACT}\n    - {other}\n"
    assert local(text)[1] == [place.replace("5:", "6:") for place in told]


def test_notes_and_amendments_by_different_acts_may_share_a_day() -> None:
    facts = [FACT.replace("repealed", "note")] * 2
    facts += [FACT.replace("repealed", f"amended, by: [{by}]") for by in ("ukpga/1989/41", "ukpga/2017/16")]
    text = "instruments:\n- id: guidance/x\n  title: Local protocol\n  facts:\n" + "".join(
        f"  - {f}\n" for f in facts
    )
    assert local(text)[1] == []


def test_lines_of_the_titles_that_are_none() -> None:
    register, faults = register_of(titles=TITLES + "ukpga/1989/41\tAgain\n\nukpga 1\tX\nukpga/2000/1\t \n")
    assert faults == ["3:1 duplicate-instrument", "4:1 wrong-type", "5:1 wrong-type", "6:1 wrong-type"]
    assert register.titles["ukpga/1989/41"] == "Children Act 1989"


def test_a_manual_adds_its_own() -> None:
    register, faults = local("""\
territory: wales
instruments:
  - {id: guidance/northmoor, title: Northmoor protocol, short_forms: [NPR, Joint protocol]}
  - {id: ukpga/1989/41, title: Children Act 1989}
""")
    assert faults == []
    assert register.territory == "wales"
    assert register.instruments["guidance/northmoor"].source == PATH
    assert "NPR" not in register.ambiguous
    assert "ukpga/1989/41" not in register.titles
    assert register_of()[0].instruments.keys() < register.instruments.keys()


def test_a_fault_of_a_manuals_file_leaves_the_rest() -> None:
    register, faults = local("""\
territory: England
instruments:
  - {id: ukpga/2004/31, title: My Children Act}
  - {id: guidance/a}
  - {id: guidance/b, title: Beta protocol}
""")
    assert faults == ["1:12 wrong-type", "4:5 missing-key", "3:10 duplicate-instrument"]
    assert register.instruments["ukpga/2004/31"].title == "Children Act 2004"
    assert register.instruments["guidance/b"].title == "Beta protocol"
    assert "guidance/a" not in register.instruments


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff", "territory: both\n"])
def test_a_manuals_file_may_add_nothing(text: str) -> None:
    register, faults = local(text)
    assert faults == []
    assert register.instruments.keys() == register_of()[0].instruments.keys()


@pytest.mark.parametrize("text", ["- a\n", "instruments: {a: b}\n", "a: [\n", "instruments:\n- a\n- []\n"])
def test_what_is_no_register_is_told_and_adds_nothing(text: str) -> None:
    register, faults = local(text)
    assert faults
    assert register.instruments.keys() == register_of()[0].instruments.keys()


PIECES = st.sampled_from(
    [*SOUND.splitlines(keepends=True), "  ", "- ", "[", "{", "facts:", "&a ", "*a", "\u2028", "\t", ": ", "~"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_ends_in_diagnostics(text: str) -> None:
    local(text)
    register_of(text)


@pytest.mark.parametrize(
    ("day", "old"), [("2026-11-01", False), ("2027-11-01", False), ("2027-11-02", True), ("2036-01-01", True)]
)
def test_a_register_grows_old(day: str, *, old: bool) -> None:
    told = reading.aged(register_of()[0], date.fromisoformat(day))
    assert [diagnostic.code for diagnostic in told] == ["register-aged"] * old


def test_a_leap_day_is_a_year_old_on_the_first_of_march() -> None:
    register = Register(date(2028, 2, 29), {}, {})
    assert not reading.aged(register, date(2029, 2, 28))
    assert reading.aged(register, date(2029, 3, 1))


# --- The schema ---


def test_the_schema_is_the_readers_own(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, json.dumps(shapes.schema(), indent=2) + "\n")


LOCAL = "territory: england\n" + SOUND[SOUND.index("instruments:") : SOUND.index("shorthand:")]
CHANGES = (
    *(("", ""), ("territory: england", "territory: scotland"), ("year: 2004", 'year: "2004"')),
    *(("year: 2004", "year: 204"), ("year: 2004", "year: 2004.5"), ("year: 2004", "year: true")),
    *(("number: 31", "number: [31]"), ("section: 69", "section: 16L"), ("section: 69", "section: 0x")),
    *(("section: 69", "sections: 69"), ("section: 69", "section: 6.5"), ("part/2:", "Part2:")),
    *(("section/7]", "section/47/1/a]"), ("section/7]", "section 7]"), ("section/7]", "]")),
    *(("section/7]", "section/5 to section/7]"), ("section/7]", "section/5 - section/7]")),
    *(("ukpga/2017/16/section/30", "ukpga/1989/41"), ("ukpga/2017/16/section/30", "ukpga/2017")),
    *(("ukpga/2017/16/section/30", "ukpga/2017/16/s/30"), ("id: ukpga/2004/31", "id: Children Act")),
    *(("id: ukpga/2004/31", "id: ukpga/Geo5/23-24/12"), ("url: https", "url: http"), ("url:", "uri:")),
    *(("confidence: high", "confidence: certain"), ("        basis: lookup\n", ""), ("from:", "until:")),
    *(("territory: england\n", "schema: 1\n"), ("territory: england\n", "schema: 2\n")),
    *(("title: Children Act 2004\n", "title: 2004\n"), ("title: Children Act 2004\n", "title:\n")),
)


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=lambda text: text.strip())
def test_schema_and_reader_agree(old: str, new: str) -> None:
    """Days are text to an editor's program, which reads YAML 1.2."""
    text = LOCAL.replace(old, new, 1) if old else LOCAL
    text = text.replace("2018-06-29", '"2018-06-29"')
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    base = Register(date(2026, 11, 1), {}, {"ukpga/2017/16": "X", "ukpga/1989/41": "Y", "ukpga/2004/31": "Z"})
    faults = reading.with_local(base, Source(PATH, text))[1]
    own = [fault for fault in faults if fault.code != "unknown-instrument-id"]
    assert validator.is_valid(yaml.safe_load(text)) is (own == [])
