"""The cross-reference index as values: what is listed, in which order, with which state."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chapterhouse import crossreference
from chapterhouse import manual as manuals
from chapterhouse.crossreference import Index, collect, replacements
from chapterhouse.editions import Edition
from chapterhouse.law import (
    Citation,
    CitationMention,
    Duty,
    Effect,
    Fact,
    Instrument,
    Register,
    Standing,
    Target,
    Territory,
    binds,
    title_key,
)
from chapterhouse.model import Amendment, Body, Chapter, Head, History, Paragraph, Section, Source, Version

TODAY = date(2026, 11, 21)
NEW = Amendment("1", date(2025, 4, 1), date(2025, 3, 20), "new", "First version.")
CA1989, CA2004, SSWA = "ukpga/1989/41", "ukpga/2004/31", "anaw/2014/4"
WT, WT2023, WT2026 = "guidance/working-together", "guidance/working-together-2023", "guidance/wt-2026"


def fact(effect: Effect, territory: Territory = "both", **more: Any) -> Fact:
    fields: dict[str, Any] = {"confidence": "high", "basis": "lookup"} | more
    return Fact(effect, territory, "A fact.", **fields)


IN_FORCE = fact("in-force")
PART_III = fact(
    "disapplied",
    "wales",
    provisions=(("section/17", "section/30"),),
    start=date(2016, 4, 6),
    replaced_by=(Target(SSWA, "part/3"),),
)
INSTRUMENTS = (
    Instrument(CA1989, "Children Act 1989", 1989, territory="both", facts=(IN_FORCE, PART_III)),
    Instrument(CA2004, "Children Act 2004", 2004, territory="both", facts=(IN_FORCE,)),
    Instrument("ukpga/2014/6", "Children and Families Act 2014", 2014, territory="england"),
    Instrument(SSWA, "Social Services and Well-being (Wales) Act 2014", 2014, territory="wales"),
    Instrument("uksi/2018/789", "The Child Safeguarding Regulations 2018", 2018, territory="england"),
    Instrument(WT, "Working Together"),
    Instrument(
        WT2023,
        "Working Together",
        2023,
        territory="england",
        edition_of=WT,
        facts=(fact("replaced", start=date(2026, 3, 18), replaced_by=(Target(WT2026),)),),
    ),
    Instrument(WT2026, "Working Together", 2026, territory="england", edition_of=WT),
    Instrument("treaty/echr", "European Convention on Human Rights"),
)


def register(territory: Territory = "both", *duties: Duty) -> Register:
    return Register(
        as_of=date(2026, 11, 1),
        instruments={one.id: one for one in INSTRUMENTS},
        titles={"ukpga/1998/29": "Data Protection Act 1998", "wsi/2016/1": "Some (Wales) Order 2016"},
        duties=duties,
        territory=territory,
    )


def edition(slug: str, number: str, *paragraphs: str, text: str = "") -> Edition:
    """A chapter of one section with paragraphs; `text` is its body, a line for each address."""
    body = Body(
        1,
        (Section("3", "Duties", "3", 2, 1), Section("", "The police", "the-police", 3, 2)),
        tuple(Paragraph(n, "3", line, line, "") for line, n in enumerate(paragraphs, 3)),
    )
    head = Head(chapter=number, title=f"Chapter {number}", version="1", amendments=(NEW,))
    chapter = Chapter(slug, Source(f"procedures/{slug}.md", text), head, body, text, slug)
    return Edition(History(chapter, {}), Version(NEW, chapter, None), TODAY)


def said(
    words: str, *targets: Target, at: str = "3.1", footnote: str = "", sound: bool = True
) -> CitationMention:
    citation = Citation(0, 1, "full", targets, "full", sound)
    paragraph = at if at[:1].isdigit() and "." in at else ""
    return CitationMention(
        start=0,
        end=1,
        words=words,
        anchor=at,
        paragraph=paragraph,
        footnote=footnote,
        linkable=True,
        citation=citation,
        standings=(),
        problems=(),
        accepted=(),
    )


def of(index: Index, identifier: str) -> list[str]:
    """The provisions of an instrument, in order."""
    return [one.target.provision for one in index.by_id[identifier].provisions]


def test_provisions_stand_in_the_order_of_the_statute_book_and_the_whole_first() -> None:
    paths = ["section/47", "section/16E", "schedule/1", "section/14B", "section/5", "", "section/14"]
    paths += ["section/14A", "section/47/1/a", "part/III", "section/47/1"]
    mentions = [said("x", Target(CA2004, path)) for path in paths]
    index = collect(register(), TODAY, [(edition("core/a", "1.1", "3.1"), mentions)])
    assert of(index, CA2004) == [
        "",
        "part/III",
        "section/5",
        "section/14",
        "section/14A",
        "section/14B",
        "section/16E",
        "section/47",
        "section/47/1",
        "section/47/1/a",
        "schedule/1",
    ]
    names = [one.name for one in index.by_id[CA2004].provisions]
    assert (names[0], names[-2], names[-1]) == ("the Act as a whole", "section 47(1)(a)", "Schedule 1")


def test_instruments_stand_by_kind_by_territory_by_title_and_by_year() -> None:
    known = [SSWA, "treaty/echr", "ukpga/2014/6", "uksi/2018/789", CA2004, WT2026, WT2023, WT, CA1989]
    known += ["ukpga/1998/29", "wsi/2016/1", "uksi/1999/7"]
    mentions = [said("x", Target(identifier)) for identifier in known]
    index = collect(register(), TODAY, [(edition("core/a", "1.1", "3.1"), mentions)])
    assert [(one.kind, one.where, one.title) for one in index.entries] == [
        ("act", "both", "Children Act 1989"),
        ("act", "both", "Children Act 2004"),
        ("act", "england", "Children and Families Act 2014"),
        ("act", "wales", "Social Services and Well-being (Wales) Act 2014"),
        ("act", "unknown", "Data Protection Act 1998"),
        ("regulations", "england", "The Child Safeguarding Regulations 2018"),
        ("regulations", "wales", "Some (Wales) Order 2016"),
        ("regulations", "unknown", "uksi/1999/7"),
        ("guidance", "england", "Working Together (2023)"),
        ("guidance", "england", "Working Together (2026)"),
        ("guidance", "unknown", "Working Together"),
        ("treaty", "both", "European Convention on Human Rights"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Children Act 2004", "Children and Families Act 2014"),
        ("The Care Act 2014", "Children Act 1989"),
        ("Écoles Act 2001", "Education Act 1996"),
        ("Working Together", "Working Together (2018)"),
        ("Working Together (2018)", "Working Together (2023)"),
    ],
)
def test_titles_sort_without_article_accent_and_year(before: str, after: str) -> None:
    assert title_key(before) < title_key(after)


def test_places_stand_in_the_order_of_the_manual_each_once_with_all_their_words() -> None:
    target = Target(CA2004, "section/11")
    first, second = edition("core/b", "1.1", "3.2", "3.10"), edition("core/a", "1.2", "3.1")
    mentions = [
        said("section 11", target, at="3.10"),
        said("s11", target, at="3.2"),
        said("section 11 of the Children Act 2004", target, at="3.2"),
        said("s11", target, at="3.2"),
        said("Section 11", target, at="3"),
        said("that section", target, at="the-police"),
        said("section 11", target, at=""),
    ]
    index = collect(register(), TODAY, [(first, mentions), (second, [said("s11", target)])])
    (provision,) = index.by_id[CA2004].provisions
    assert [(p.edition.head.chapter, p.name, p.path, p.words) for p in provision.places] == [
        ("1.1", "the opening", "core/b/", ("section 11",)),
        ("1.1", "section 3", "core/b/#3", ("Section 11",)),
        ("1.1", "“The police”", "core/b/#the-police", ("that section",)),
        ("1.1", "3.2", "core/b/#3.2", ("s11", "section 11 of the Children Act 2004")),
        ("1.1", "3.10", "core/b/#3.10", ("section 11",)),
        ("1.2", "3.1", "core/a/#3.1", ("s11",)),
    ]
    assert [p.paragraph for p in provision.places] == ["", "", "", "3.2", "3.10", "3.1"]


def test_what_does_not_exist_is_not_listed_whatever_was_meant() -> None:
    mentions = [said("Children Act 2044", Target(CA2004), sound=False), said("the Act")]
    assert collect(register(), TODAY, [(edition("core/a", "1.1", "3.1"), mentions)]).entries == ()


def test_what_only_others_name_has_an_entry_and_is_not_cited() -> None:
    index = collect(register(), TODAY, [], [Target(CA2004, "section/11"), Target(WT2023)])
    assert [one.id for one in index.entries] == [CA2004, WT2023]
    assert index.cited == ()
    assert index.by_id[CA2004].provisions[0].places == ()


def test_addresses_are_of_the_provision_or_of_what_holds_it() -> None:
    index = collect(register(), TODAY, [], [Target(CA2004, "section/47"), Target(CA2004)])
    page = f"legislation/{CA2004}/"
    assert index.path(Target(CA2004)) == page
    assert index.path(Target(CA2004, "section/47")) == f"{page}#section-47"
    assert index.path(Target(CA2004, "section/47/1/a")) == f"{page}#section-47"
    assert index.path(Target(CA2004, "section/4")) == ""
    assert index.path(Target(CA1989)) == ""
    assert index.official(Target(CA1989, "section/4")) == f"https://www.legislation.gov.uk/{CA1989}/section/4"


@pytest.mark.parametrize(
    ("territory", "state", "told"),
    [
        ("both", "in-force", (("wales", (Target(SSWA, "part/3"),)),)),
        ("wales", "repealed", (("", (Target(SSWA, "part/3"),)),)),
        ("england", "in-force", ()),
    ],
)
def test_what_replaced_it_is_told_for_the_territory(
    territory: Territory, state: str, told: tuple[object, ...]
) -> None:
    index = collect(register(territory), TODAY, [], [Target(CA1989, "section/17")])
    standing = index.by_id[CA1989].provisions[0].standing
    assert standing.state == state
    assert replacements(standing) == told


def test_what_replaced_it_is_told_once_where_it_is_the_same_everywhere() -> None:
    index = collect(register(), TODAY, [], [Target(WT2023)])
    assert replacements(index.by_id[WT2023].standing) == (("", (Target(WT2026),)),)
    assert replacements(Standing("unknown")) == ()


def test_duties_are_of_the_territory_and_those_of_both_come_last() -> None:
    body = (Target(CA2004, "section/11"),)
    duties = [Duty(name, side, body, "high", "lookup") for name, side in TERRITORIES]
    found = {
        territory: [
            (side, [d.body for d in listed])
            for side, listed in crossreference.duties(register(territory, *duties))
        ]
        for territory in SIDES
    }
    england, wales = ("england", ["Police", "Home Office"]), ("wales", ["Heddlu", "Home Office"])
    assert found == {"both": [england, wales], "england": [england], "wales": [wales]}
    assert crossreference.duties(register()) == ()


@pytest.mark.parametrize(
    ("duty", "manual", "bound"),
    [
        ("both", "wales", True),
        ("england", "both", True),
        ("england", "england", True),
        ("england", "wales", False),
    ],
)
def test_a_duty_binds_where_its_territory_and_the_manuals_meet(
    duty: Territory, manual: Territory, *, bound: bool
) -> None:
    assert binds(Duty("Police", duty, (), "high", "lookup"), manual) is bound


SIDES: tuple[Territory, ...] = ("both", "england", "wales")
TERRITORIES: tuple[tuple[str, Territory], ...] = (
    ("Home Office", "both"),
    ("Police", "england"),
    ("Heddlu", "wales"),
)


def test_the_index_of_a_manual_lists_what_readers_find_and_keeps_the_pages_of_the_past(
    small_manual: Path,
) -> None:
    """A draft has no page; what a superseded version cited keeps one; a chapter to come says so."""
    file = small_manual / "procedures/core/referrals.md"
    text = file.read_text("utf-8")
    then = text.replace('version: "2"', 'version: "1"', 1)
    then = then[: then.index('  - version: "2"')] + then[then.index('  - version: "1"') :]
    archive = small_manual / "amendments/core/referrals/1.md"
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_text(then.replace("a copy.", "a copy under section 4 of the Care Act 2014."), "utf-8")
    file.write_text(text.replace("a copy.", "a copy under section 11 of the Children Act 2004."), "utf-8")
    (small_manual / "procedures/core/draft.md").write_text(
        '---\nchapter: "9.9"\ntitle: Draft\nowner: Me\nstatus: draft\n---\n\n## 1. One\n\n'
        "1.1 See section 1 of the Human Rights Act 1998.\n",
        "utf-8",
    )
    index = crossreference.index(manuals.load(small_manual), TODAY)
    assert [(one.id, [p.name for p in one.cited]) for one in index.cited] == [(CA2004, ["section 11"])]
    (place,) = next(one for one in index.by_id[CA2004].cited).places
    assert (place.path, place.words) == (
        "core/referrals/#2.2",
        ("section 11 of the Children Act 2004",),
    )
    care = index.by_id["ukpga/2014/23"]
    assert ([one.name for one in care.provisions], care.cited) == (["section 4"], ())
    assert "ukpga/1998/42" not in index.by_id
    bound = {t.instrument for duty in index.register.duties for t in duty.provisions}
    assert {one.id for one in index.entries} == bound | {CA2004, "ukpga/2014/23"}
