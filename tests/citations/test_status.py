"""The state of a provision on a day: real law, and what holds of any register."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.citations import status as statuses
from chapterhouse.citations import wording
from chapterhouse.citations.status import status
from chapterhouse.law import (
    Confidence,
    Effect,
    Fact,
    Instrument,
    Register,
    Standing,
    State,
    Target,
    Territory,
)

NAMED: dict[str, Territory] = {"england": "england", "wales": "wales", "both": "both"}
AS_OF = date(2026, 11, 1)
TODAY = date(2026, 11, 21)


def target(text: str) -> Target:
    """`ukpga/2004/31/section/11`, `guidance/x/chapter/3`."""
    parts = text.split("/")
    length = 2 if parts[0] in ("guidance", "treaty") else 4 if parts[1].startswith("Geo") else 3
    return Target("/".join(parts[:length]), "/".join(parts[length:]))


def fact(effect: Effect, where: str = "", start: str = "", **others: Any) -> Fact:
    first, _, last = where.partition(" to ")
    return Fact(
        effect,
        others.get("territory", "both"),
        "Words.",
        others.get("confidence", "high"),
        "lookup",
        ((first, last or first),) if where else (),
        date.fromisoformat(start) if start else None,
        tuple(target(text) for text in others.get("by", ())),
        tuple(target(text) for text in others.get("replaced_by", ())),
    )


def instrument(identifier: str, title: str, *facts: Fact, **others: Any) -> Instrument:
    year = others.pop(
        "year", next((int(p) for p in identifier.split("/") if len(p) == 4 and p.isdigit()), None)
    )
    return Instrument(identifier, title, year, facts=facts, **others)


def register(*instruments: Instrument, titles: Mapping[str, str] | None = None) -> Register:
    return Register(AS_OF, {known.id: known for known in instruments}, titles or {})


WT = "Working Together to Safeguard Children"
LAW = register(
    instrument(
        "ukpga/1989/41",
        "Children Act 1989",
        fact("in-force", "", "1991-10-14"),
        fact("disapplied", "part/III", "2016-04-06", territory="wales", by=["anaw/2014/4"]),
        fact("inserted", "section/17ZA to section/17ZC", "2015-04-01", by=["ukpga/2014/6"]),
        fact("repealed", "section/47/1/a/iii", by=["ukpga/2009/26"], confidence="medium"),
        contains={"part/III": ("section/16B", "section/30A")},
    ),
    instrument(
        "ukpga/2004/31",
        "Children Act 2004",
        fact("in-force", "", "2005-03-01"),
        fact("inserted", "section/14A", "2010-04-01", territory="england", by=["ukpga/2009/22"]),
        fact("repealed", "section/13 to section/16", "2018-06-29", replaced_by=["ukpga/2004/31/section/16E"]),
        fact("inserted", "section/16E to section/16L", by=["ukpga/2017/16"]),
        fact("prospective", "section/16EA", by=["ukpga/2026/21/section/3"], confidence="medium"),
        fact("note", "section/17"),
        fact("repealed", "section/31 to section/34", "2016-04-06", territory="wales", by=["anaw/2014/4"]),
        fact("repealed", "section/33", "2016-04-06", territory="wales", confidence="low"),
    ),
    instrument(
        "ukpga/1998/29",
        "Data Protection Act 1998",
        fact("in-force", "", "2000-03-01"),
        fact("repealed", "", "2018-05-25", by=["ukpga/2018/12"]),
    ),
    instrument(
        "ukpga/1995/12",
        "Carers (Recognition and Services) Act 1995",
        fact("replaced", "", "2015-04-01", territory="england", replaced_by=["ukpga/2014/23"]),
        fact("replaced", "", "2016-04-06", territory="wales", replaced_by=["anaw/2014/4"]),
    ),
    instrument("ukpga/2000/35", "Children (Leaving Care) Act 2000", fact("note")),
    instrument(
        "ukpga/2026/21",
        "Children's Wellbeing and Schools Act 2026",
        fact("in-force", "", "2026-04-29"),
        fact("in-force", "section/1"),
    ),
    instrument(
        "wsi/2006/1705",
        "Local Safeguarding Children Boards (Wales) Regulations 2006",
        fact("in-force", "", "2006-10-01", territory="wales"),
        fact("revoked", "", "2016-04-06", territory="wales"),
    ),
    instrument("guidance/working-together", WT),
    instrument(
        "guidance/working-together-2013",
        WT,
        fact("replaced", replaced_by=["guidance/working-together-2015"]),
        year=2013,
        edition_of="guidance/working-together",
    ),
    instrument("guidance/working-together-2015", WT, year=2015, edition_of="guidance/working-together"),
    instrument(
        "guidance/working-together-2018",
        WT,
        fact("replaced", "", "2023-12-15", replaced_by=["guidance/working-together-2023"]),
        year=2018,
        edition_of="guidance/working-together",
    ),
    instrument(
        "guidance/working-together-2023",
        WT,
        fact("in-force", "", "2023-12-15"),
        fact("replaced", "", "2026-03-18", replaced_by=["guidance/working-together-2026"]),
        year=2023,
        edition_of="guidance/working-together",
    ),
    instrument(
        "guidance/working-together-2026",
        WT,
        fact("in-force", "", "2026-03-18"),
        year=2026,
        edition_of="guidance/working-together",
    ),
    titles={
        "ukpga/2014/23": "Care Act 2014",
        "anaw/2014/4": "Social Services and Well-being (Wales) Act 2014",
    },
)

# What is asked, the day, where, and what is then told to readers.
TABLE = """
ukpga/2004/31/section/13           2004-12-01 both    not in force until 1 March 2005
ukpga/2004/31/section/13           2012-06-01 both    in force
ukpga/2004/31/section/13/2/a       2018-06-28 both    in force
ukpga/2004/31/section/13/2/a       2018-06-29 both    repealed on 29 June 2018
ukpga/2004/31/section/14A          2009-12-01 both    not in force until 1 April 2010
ukpga/2004/31/section/14A          2009-12-01 wales   not in force until 1 April 2010
ukpga/2004/31/section/14A          2012-06-01 both    in force
ukpga/2004/31/section/14A          2026-11-21 both    repealed on 29 June 2018
ukpga/2004/31/section/14B          2026-11-21 both    repealed on 29 June 2018
ukpga/2004/31/section/16A          2026-11-21 both    the Act is in force
ukpga/2004/31/section/16E          2012-06-01 england not yet in force
ukpga/2004/31/section/16E          2017-06-01 england its state is not recorded here
ukpga/2004/31/section/16E          2026-11-01 england in force
ukpga/2004/31/section/16EA         2026-11-21 england not yet in force
ukpga/2004/31/section/17           2026-11-21 both    in force
ukpga/2004/31/section/31/1         2026-11-21 wales   repealed on 6 April 2016
ukpga/2004/31/section/31/1         2026-11-21 england in force
ukpga/2004/31/section/33           2026-11-21 wales   believed repealed; not confirmed
ukpga/2003/31/section/1            2026-11-21 both    its state is not recorded here
ukpga/2044/31                      2026-11-21 both    not yet in force
ukpga/1989/41/section/17           2016-04-05 wales   in force
ukpga/1989/41/section/17           2016-04-06 wales   repealed for Wales on 6 April 2016
ukpga/1989/41/section/17           2026-11-21 england in force
ukpga/1989/41/section/17/10        2026-11-21 both    in force in England; repealed for Wales on 6 April 2016
ukpga/1989/41/part/III             2026-11-21 both    in force in England; repealed for Wales on 6 April 2016
ukpga/1989/41/section/17ZB         2026-11-21 both    in force in England; repealed for Wales on 6 April 2016
ukpga/1989/41/section/17ZB         2015-03-31 both    not in force until 1 April 2015
ukpga/1989/41/section/47           2026-11-21 both    the Act is in force
ukpga/1989/41/section/47/1/a/iii   2008-12-31 both    in force
ukpga/1989/41/section/47/1/a/iii   2009-12-31 both    its state is not recorded here
ukpga/1989/41/section/47/1/a/iii   2026-11-01 both    repealed
ukpga/1998/29                      2018-05-24 both    in force
ukpga/1998/29                      2018-05-25 both    repealed on 25 May 2018
ukpga/1998/29/section/7            2018-05-25 both    repealed on 25 May 2018
ukpga/1995/12                      2015-04-01 england superseded on 1 April 2015 by the Care Act 2014
ukpga/1995/12                      2014-01-01 both    its state is not recorded here
ukpga/2000/35                      2026-11-21 both    its state is not recorded here
ukpga/2026/21/section/1            2026-04-28 both    not in force until 29 April 2026
ukpga/2026/21/section/1            2026-04-29 both    in force
wsi/2006/1705                      2010-01-01 both    in force
wsi/2006/1705/regulation/5         2026-11-21 both    revoked on 6 April 2016
wsi/2006/1705                      2026-11-21 england its state is not recorded here
guidance/working-together          2026-11-21 england in force
guidance/working-together-2013     2013-01-01 england in force
guidance/working-together-2013     2012-12-31 england not yet in force
guidance/working-together-2013     2015-06-01 england its state is not recorded here
guidance/working-together-2018     2020-01-01 england in force
guidance/working-together-2018/chapter/3 2023-12-14 england in force
guidance/working-together-2018/chapter/3 2024-01-01 england superseded on 15 December 2023 by {WT} (2023)
guidance/working-together-2023     2026-11-21 both    superseded on 18 March 2026 by {WT} (2026)
guidance/working-together-2026     2020-01-01 england not yet in force
guidance/working-together-2026     2026-03-17 england not in force until 18 March 2026
guidance/working-together-2026     2026-03-18 england in force
""".replace("{WT}", WT)


@pytest.mark.parametrize("line", TABLE.strip().splitlines(), ids=lambda line: " ".join(line.split()[:3]))
def test_the_law_on_a_day(line: str) -> None:
    asked, day, territory, words = line.split(maxsplit=3)
    on = date.fromisoformat(day)
    standing = status(LAW, target(asked), on, NAMED[territory])
    assert wording.words(LAW, standing, on) == words


def test_what_is_unconfirmed_is_not_settled() -> None:
    standing = status(LAW, target("ukpga/2004/31/section/33"), TODAY, "wales")
    assert (standing.state, standing.settled) == ("repealed", False)
    standing = status(LAW, target("ukpga/2004/31/section/33"), TODAY, "both")
    words = wording.words(LAW, standing, TODAY)
    assert words == "in force in England; believed repealed for Wales, not confirmed"
    assert (standing.state, standing.settled, standing.wales) == ("in-force", True, "repealed")


def test_different_ends_are_told_apart() -> None:
    standing = status(LAW, target("ukpga/1995/12"), TODAY, "both")
    assert wording.words(LAW, standing, TODAY) == (
        "superseded for England on 1 April 2015 by the Care Act 2014; superseded for Wales on 6 April 2016 "
        "by the Social Services and Well-being (Wales) Act 2014"
    )


def test_the_fact_that_decides_is_named() -> None:
    standing = status(LAW, target("ukpga/1989/41/section/17"), TODAY, "both")
    assert standing.fact is not None
    assert (standing.fact.effect, standing.england, standing.wales) == ("in-force", "in-force", "repealed")
    assert standing.wales_fact is not None
    assert standing.wales_fact.provisions == (("part/III", "part/III"),)


@pytest.mark.parametrize(
    ("parent", "child", "state"),
    [
        pytest.param(("repealed", "2018-05-25"), ("amended", "2010-01-01"), "repealed", id="older"),
        pytest.param(("repealed", "2018-05-25"), ("in-force", "2019-01-01"), "in-force", id="later"),
        pytest.param(("repealed", "2018-05-25"), ("in-force", "2018-05-25"), "in-force", id="on the day"),
        pytest.param(("repealed", "2018-05-25"), ("in-force", ""), "repealed", id="without a date"),
        pytest.param(("repealed", "2018-05-25"), ("prospective", ""), "repealed", id="never begun"),
        pytest.param(("in-force", "2019-01-01"), ("repealed", "2018-05-25"), "repealed", id="ended"),
        pytest.param(("in-force", "2027-01-01"), ("in-force", ""), "prospective", id="not begun"),
        pytest.param(("amended", ""), ("in-force", ""), "in-force", id="amended"),
    ],
)
def test_a_provision_and_what_it_is_a_part_of(
    parent: tuple[Effect, str], child: tuple[Effect, str], state: State
) -> None:
    for holder in ("", "part/1"):
        law = register(
            instrument(
                "ukpga/2000/1",
                "An Act 2000",
                fact(parent[0], holder, parent[1]),
                fact(child[0], "section/2", child[1]),
                contains={"part/1": ("section/1", "section/9")},
            )
        )
        assert status(law, target("ukpga/2000/1/section/2/1"), TODAY, "england").state == state


def test_a_chapter_of_a_part_decides_before_the_part() -> None:
    law = register(
        instrument(
            "ukpga/2000/1",
            "An Act 2000",
            fact("repealed", "part/1", "2010-01-01"),
            fact("in-force", "part/1/chapter/2", "2011-01-01"),
            contains={"part/1": ("section/1", "section/9"), "part/1/chapter/2": ("section/5", "section/9")},
        )
    )
    assert status(law, target("ukpga/2000/1/section/4"), TODAY, "england").state == "repealed"
    assert status(law, target("ukpga/2000/1/section/5"), TODAY, "england").state == "in-force"


# --- What holds of any register ---

PLACES = ("", "part/1", "section/1", "section/1 to section/3", "section/2", "section/2/1", "section/1A")
DAYS = st.dates(date(1989, 1, 1), date(2040, 12, 31))
TERRITORIES = st.sampled_from(get_args(Territory))
TARGETS = st.sampled_from(
    [
        *(target(f"ukpga/2004/31{place}") for place in ("", "/section/1", "/section/2/1/a", "/part/1")),
        *(target(f"guidance/x{place}") for place in ("", "-2010", "-2010/chapter/2", "-2015")),
        target("ukpga/1999/9"),
    ]
)
FACTS = st.builds(
    lambda effect, where, start, territory, confidence, causes: fact(
        effect,
        where,
        start.isoformat() if start else "",
        territory=territory,
        confidence=confidence,
        by=causes,
    ),
    st.sampled_from(get_args(Effect)),
    st.sampled_from(PLACES),
    st.none() | DAYS,
    TERRITORIES,
    st.sampled_from(get_args(Confidence)),
    st.sampled_from([[], ["ukpga/2014/6"], ["anaw/2014/4", "ukpga/2017/16/section/30"], ["treaty/uncrc"]]),
)
LISTS = st.lists(FACTS, max_size=5)


def any_register(act: list[Fact], guidance: list[Fact]) -> Register:
    contains = {"part/1": ("section/1", "section/9"), "part/1/chapter/1": ("section/2", "section/2A")}
    return register(
        instrument("ukpga/2004/31", "An Act 2004", *act, contains=contains),
        instrument("guidance/x", "Guidance"),
        instrument("guidance/x-2010", "Guidance", *guidance, year=2010, edition_of="guidance/x"),
        instrument("guidance/x-2015", "Guidance", *act, year=2015, edition_of="guidance/x"),
    )


REGISTERS = st.builds(any_register, LISTS, LISTS)


@given(REGISTERS, TARGETS, DAYS, TERRITORIES)
def test_every_day_has_one_state_and_words(
    law: Register, asked: Target, day: date, territory: Territory
) -> None:
    standing = status(law, asked, day, territory)
    assert standing.state in get_args(State)
    assert wording.words(law, standing, day)
    assert standing is status(law, asked, day, territory)
    assert standing.settled == statuses.is_settled(standing.fact)


@given(REGISTERS, TARGETS, DAYS)
def test_both_is_in_force_where_either_is(law: Register, asked: Target, day: date) -> None:
    england, wales, both = (status(law, asked, day, territory) for territory in ("england", "wales", "both"))
    assert (both.england, both.wales) == (england.state, wales.state)
    assert (both.state == "in-force") == ("in-force" in (england.state, wales.state))
    assert both.state in (england.state, wales.state)


@given(st.sampled_from([*sorted(statuses.ENDS), "in-force", "inserted"]), st.sampled_from(PLACES), DAYS)
def test_a_facts_first_day_is_the_first_of_its_state(effect: Effect, where: str, start: date) -> None:
    if start.year < 2005:
        start = start.replace(year=2005, day=1)
    law = register(instrument("ukpga/2004/31", "An Act 2004", fact(effect, where, start.isoformat())))
    asked = Target("ukpga/2004/31", where.partition(" to ")[0])
    state = statuses.ENDS.get(effect, "in-force")
    before: Standing = status(law, asked, start - timedelta(days=1), "england")
    assert before.state != state
    assert [status(law, asked, start + timedelta(days=n), "england").state for n in (0, 1, 9999)] == [
        state
    ] * 3


@given(LISTS, LISTS, DAYS, TARGETS)
def test_what_is_said_for_wales_changes_nothing_for_england(
    act: list[Fact], more: list[Fact], day: date, asked: Target
) -> None:
    welsh = [dataclasses.replace(one, territory="wales") for one in more if one.effect != "inserted"]
    alone, beside = any_register(act, []), any_register([*act, *welsh], [])
    if asked.instrument == "ukpga/2004/31":
        one, other = status(alone, asked, day, "england"), status(beside, asked, day, "england")
        assert (one.state, one.fact) == (other.state, other.fact)


def test_an_act_in_force_in_part_says_nothing_of_a_provision() -> None:
    begun = dataclasses.replace(fact("in-force", "", "2026-04-29"), partly=True)
    act = instrument("ukpga/2026/21", "An Act 2026", begun, fact("in-force", "section/5", "2026-06-29"))
    law = register(act)
    told = {
        where: status(law, target(f"ukpga/2026/21{where}"), TODAY, "england")
        for where in ("", "/section/5", "/section/9")
    }
    assert [standing.state for standing in told.values()] == ["in-force", "in-force", "unknown"]
    assert wording.words(law, told[""], TODAY) == "in force in part"
    assert wording.words(law, told["/section/9"], TODAY) == wording.NOT_RECORDED
