"""Terms at their places in a chapter: where they stand, what may be a link, what they are called now."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from weakref import ref

import pytest

from chapterhouse import manual as manuals
from chapterhouse.manual import quiet
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.terms import called_now, terms
from chapterhouse.masking import Piece
from chapterhouse.model import Manual
from chapterhouse.terms import TermMention

DAY = date(2026, 11, 21)
CHAPTER = "procedures/core/referrals.md"
KEEP = "2.2 You keep a copy."
GLOSSARY = """\
terms:
  - {term: harm, kind: concept, definition: Hurt.}
  - {term: significant harm, kind: concept, definition: Much harm.}
  - {term: strategy group, abbreviation: SG, kind: body, definition: A group.}
  - {term: section 47 enquiry, kind: process, definition: An enquiry.}
  - {term: regulated activity, kind: concept, definition: Work.}
  - {term: children act order, kind: order, definition: An order.}
  - {term: old board, kind: body, definition: A board., replaced_by: {terms: [new board], since: 2026-11-21}}
  - {term: new board, kind: body, definition: A board., see: [strategy group]}
"""

Write = Callable[..., Manual]


@pytest.fixture
def write(small_manual: Path, archive: Callable[..., None]) -> Write:
    """The small manual with a glossary, other words in one paragraph, and lines in the front matter."""

    def written(words: str, head: str = "", glossary: str = GLOSSARY) -> Manual:
        file = small_manual / CHAPTER
        text = file.read_text("utf-8")
        assert KEEP in text
        text = text.replace(KEEP, words).replace("amendments:\n", f"{head}amendments:\n")
        file.write_text(text, "utf-8")
        (small_manual / "procedures/glossary.yml").write_text(glossary, "utf-8")
        archive(small_manual)
        return manuals.load(small_manual)

    return written


def found(manual: Manual, day: date = DAY) -> tuple[TermMention, ...]:
    return terms(manual, manual.by_slug["core/referrals"], day)


def marks(manual: Manual) -> str:
    """What becomes of each mention in order: a link, no link although it might be one, or left alone."""
    return "".join("L" if one.first else "n" if one.linkable else "-" for one in found(manual))


def test_each_stands_in_its_paragraph_and_section(write: Write) -> None:
    text = (
        "2.2 All harm, and harm\nagain.\n\n- more harm\n\n## 3. Of harm\n\nSome harm.\n\n"
        "3.1 Harm and harm.[^1]\n\n### More harm\n\n3.2 No harm.\n\n[^1]: The harm, a harm.\n"
    )
    where = [
        (m.words, m.paragraph, m.anchor, m.section, m.footnote, m.linkable, m.first)
        for m in found(write(text))
    ]
    assert where == [
        ("harm", "2.2", "2.2", "2", "", True, True),
        ("harm", "2.2", "2.2", "2", "", True, False),
        ("harm", "2.2", "2.2", "2", "", True, False),
        ("harm", "", "3", "3", "", False, False),
        ("harm", "", "3", "3", "", True, True),
        ("Harm", "3.1", "3.1", "3", "", True, False),
        ("harm", "3.1", "3.1", "3", "", True, False),
        ("harm", "", "more-harm", "more-harm", "", False, False),
        ("harm", "3.2", "3.2", "more-harm", "", True, True),
        ("harm", "3.1", "3.1", "more-harm", "1", True, True),
        ("harm", "3.1", "3.1", "more-harm", "1", True, False),
    ]


def test_the_first_of_each_term_in_a_section_whatever_its_name(write: Write) -> None:
    manual = write(
        "2.2 The SG, a strategy group, harm, significant harm, SGs.\n\n## 3. Next\n\nStrategy groups."
    )
    firsts = [(m.words, m.term.term) for m in found(manual) if m.first]
    assert firsts == [
        ("SG", "strategy group"),
        ("harm", "harm"),
        ("significant harm", "significant harm"),
        ("Strategy groups", "strategy group"),
    ]


def test_the_words_are_the_editors_own_on_one_line(write: Write) -> None:
    manual = write("2.2 Of *significant*\nharm\u2019s, **Strategy-Groups** and section\u00a047 enquiries.")
    assert [m.words for m in found(manual)] == [
        "significant harm's",
        "Strategy-Groups",
        "section 47 enquiries",
    ]
    text = manual.by_slug["core/referrals"].text
    assert next(text[m.start : m.end] for m in found(manual)) == "significant*\nharm\u2019s"


LEFT_ALONE = {
    "a link": ("See [the harm](records.md), [harm][r] and harm.\n\n[r]: records.md", "--L"),
    "an address": ("See <https://x.example/harm>, https://x.example/harm and harm@x.example: harm.", "L"),
    "code": ("Write `harm`, ``a `harm` b`` and harm.\n\n```\nharm\n```\n\nHarm.", "Ln"),
    "a picture": ("See ![the harm](harm.png 'harm') and harm.", "L"),
    "a quotation": ("<q>of harm</q> and harm", "-L"),
    "a quotation in a quotation": ("<q>a <q>b</q> harm</q> and harm", "-L"),
    "a quotation in capitals": ("<Q cite>harm</Q> and harm", "-L"),
    "what is explained": ('<abbr title="harm">harm</abbr> and harm', "-L"),
    "keys": ("<kbd>harm</kbd> and harm", "-L"),
    "what is only marked": ("<mark>harm</mark> and **harm**", "Ln"),
    "a quotation that never ends": ("<q>harm", "L"),
    "tags in code": ("`<q>` harm `</q>` harm", "Ln"),
    "a block": ("Text.\n\n> Of harm\n> and harm.\n\nHarm.", "--L"),
    "lazy lines": ("Text.\n\n> Of harm\nand harm\nand harm.\n\nHarm.", "---L"),
    "a block in a block": ("Text.\n\n> > harm\n> harm\n\nHarm.", "--L"),
    "a block of two paragraphs": ("Text.\n\n> harm\n>\n> harm\n\nHarm.", "--L"),
    "a block in an item": ("Text.\n\n- > harm\n  > harm\n\n- harm", "--L"),
    "a block below an item": ("Text.\n\n- harm\n\n    > harm\n\n- harm", "L-n"),
    "no block in code": ("Text.\n\n```\n> harm\n```\nThe harm.", "L"),
    "a greater sign": ("Of 3 > 2 harm\nand > harm.", "Ln"),
    "a box that quotes": ("Text.\n\n!!! quote\n    Of harm.\n\n    And harm.\n\nHarm.", "--L"),
    "a box with tabs": ("Text.\n\n!!! quote\n\tOf harm.\n\n\tAnd harm.\n\nHarm.", "--L"),
    "a box in an item": ("Text.\n\n- harm\n\n    !!! quote\n        harm\n\n    harm\n", "L-n"),
    "the title of a box": ('Text.\n\n!!! note "Of harm"\n    Of harm.\n', "-L"),
    "the title of a box that quotes": ('Text.\n\n!!! quote "Of harm"\n    Of harm.\n\nHarm.', "--L"),
    "another box": ("Text.\n\n!!! warning\n    Of harm.\n\nHarm.", "Ln"),
    "a heading": ("Text.\n\n### Of harm\n\n2.3 Harm.", "-L"),
    "a heading of no number": ("Text.\n\n## 3. Harm and harm\n\n3.1 Harm.", "--L"),
    "a table": ("Text.\n\n| harm | b |\n|---|---|\n| harm | harm |", "Lnn"),
    # Refused by the editor.
    "a backslash": (r"Of \harm and harm, \significant harm.", "L"),
    "a word with a class": ("Of *harm*{: .no-terms } and harm", "-L"),
    "words with a class": ("Of harm **a harm and harm**{: .no-terms } and harm", "L--n"),
    "words over lines with a class": ("Of *a harm\nand harm*{: .no-terms }\nand harm", "--L"),
    "underlined words with a class": ("Of _harm_{.no-terms} harm", "-L"),
    "a block with a class": ("Of harm\nand harm.\n{: .no-terms }\n\nHarm.", "--L"),
    "an item with a class": ("Text.\n\n- harm\n- harm\n{: .no-terms }\n\nHarm.", "--L"),
    "a block with two classes": ("Of harm.\n{: .wide .no-terms }\n\nHarm.", "-L"),
    "another class": ("Of harm.\n{: .no-terms-at-all .note }\n\nHarm.", "Ln"),
    "a class in code": ("Write *harm*`{: .no-terms }` below harm.", "Ln"),
    "a class after nothing": ("Harm.\n\nA harm*{: .no-terms } and harm.", "L-n"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_where_a_term_is_left_alone(write: Write, name: str) -> None:
    text, told = LEFT_ALONE[name]
    assert marks(write(f"2.2 {text}")) == told


def test_the_law_comes_before_a_term_and_a_longer_term_before_the_law(write: Write) -> None:
    manual = write(
        "2.2 A section 47 enquiry is made under section 47 of the Children Act 1989.\n\n"
        "2.3 The Children Act order, an order of the Children Act 1989.\n\n"
        "2.4 See the Regulated Activities (Hygiene) Regulations 2014 for a regulated activity.\n"
    )
    assert [(m.words, m.paragraph, m.first) for m in found(manual)] == [
        ("section 47 enquiry", "2.2", True),
        ("Children Act order", "2.3", True),
        ("regulated activity", "2.4", True),
    ]
    cited = mentions(manual, manual.by_slug["core/referrals"], DAY)
    in_22 = [(m.words, m.linkable) for m in cited if m.paragraph == "2.2"]
    assert in_22 == [("section 47", False), ("section 47 of the Children Act 1989", True)]


def test_no_mention_and_no_link_of_the_law_share_words(write: Write) -> None:
    manual = write(
        "2.2 Harm under section 47 enquiries and section 47 of the Children Act 1989: harm.\n\n"
        "2.3 The Children Act 1989 order of the Safeguarding Vulnerable Groups Act 2006 (harm).\n"
    )
    law = [m for m in mentions(manual, manual.by_slug["core/referrals"], DAY) if m.linkable]
    for term in found(manual):
        assert not any(one.start < term.end and term.start < one.end for one in law)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("An SG. The SG.", ["SG"]),
        ("SGs meet.", ["SGs"]),
        ("A strategy group. An SG.", []),  # the abbreviation is not the first of its section
        ("A strategy group (SG). An SG.", []),
        ("An SG (strategy group). An SG.", []),
        ("A strategy group (**SG**). An SG.", []),
        ("The *strategy\ngroup* (SG).", []),
        ("An SG.\n\n## 3. Next\n\nAn SG.", ["SG"]),  # once in a chapter
        ("A strategy group.\n\n## 3. Next\n\nAn SG.", ["SG"]),
        ("An SG (a strategy group).", ["SG"]),
        ("Some harm (SG).", ["SG"]),
        (r"An \SG, an SG.", ["SG"]),
        ("### The SG\n\n2.3 An SG.", ["SG"]),
    ],
)
def test_an_abbreviation_is_expanded_once_where_it_is_not_written_out(
    write: Write, text: str, expanded: list[str]
) -> None:
    manual = write(f"2.2 {text}")
    assert [m.words for m in found(manual) if m.expand] == expanded
    assert all(m.first for m in found(manual) if m.expand)


def told(manual: Manual, code: str = "term-replaced") -> list[tuple[int, int]]:
    return [(d.span.line, d.span.column) for d in manuals.check(manual, DAY) if d.code == code]


def test_a_term_that_has_gone_is_called_by_its_new_name(write: Write) -> None:
    manual = write("2.2 The old board and old boards.")
    assert [called_now(manual, m, DAY) for m in found(manual)] == ["new board", "new board"]
    assert [called_now(manual, m, date(2026, 11, 20)) for m in found(manual)] == ["", ""]
    assert told(manual) == [(37, 9), (37, 23)]


def test_it_is_told_in_headings_and_quotations_too(write: Write) -> None:
    manual = write("2.2 Text.\n\n### Old board\n\n2.3 A [old board](records.md).")
    assert told(manual) == [(39, 5), (41, 8)]


ACCEPT = "accept:\n  - {code: term-replaced, text: the old board, because: It is about the past.}\n"


def test_an_editor_may_accept_it(write: Write) -> None:
    manual = write("2.2 Then there was the old board.\n\n2.3 Now an old board.", ACCEPT)
    assert [(m.accepted, called_now(manual, m, DAY)) for m in found(manual)] == [
        (True, ""),
        (False, "new board"),
    ]
    assert told(manual) == [(41, 12)]
    assert told(manual, "acceptance-unused") == []


def test_a_withdrawn_chapter_keeps_its_words(write: Write) -> None:
    manual = write("2.2 The old board.", "status: withdrawn\n")
    assert [m.words for m in found(manual)] == ["old board"]
    assert told(manual) == []


def test_an_archived_text_keeps_its_words(write: Write, small_manual: Path) -> None:
    archived = small_manual / "amendments/core/referrals/1.md"
    archived.write_text(archived.read_text("utf-8") + "\nThe old board.\n", "utf-8")
    manual = write("2.2 Text.")
    chapter = manual.histories["core/referrals"].archive["1"]
    assert [m.words for m in terms(manual, chapter, DAY)] == ["old board"]
    assert told(manual) == []


@pytest.mark.parametrize("glossary", ["terms: []\n", "terms:\n"])
def test_a_glossary_without_terms_finds_none(write: Write, glossary: str) -> None:
    assert found(write("2.2 Harm.", glossary=glossary)) == ()


def test_nothing_is_found_twice_and_nothing_kept_beyond_its_manual(write: Write) -> None:
    manual = write("2.2 Harm.")
    assert found(manual) is found(manual)
    assert found(manual, date(2026, 11, 20)) is not found(manual)
    kept = ref(manual)
    del manual
    gc.collect()
    assert kept() is None


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A strategy group (SG). Strategy groups (SGs). The *strategy group* (SG).", []),
        ("A local strategy group (SG).", []),
        ("A support group (SG).", [(37, 22)]),
        ("A support team (ST). Support teams (STs).", []),
        ("A support team (ST). A safety team\n(ST).", [(38, 2)]),
        ("A `support group (SG)`.", []),
    ],
)
def test_an_abbreviation_has_one_meaning(write: Write, text: str, places: list[tuple[int, int]]) -> None:
    assert told(write(f"2.2 {text}"), "abbreviation-clash") == places


def test_a_second_meaning_may_be_accepted(write: Write) -> None:
    accept = ACCEPT.replace("term-replaced", "abbreviation-clash").replace("the old board", "(SG)")
    manual = write("2.2 A support group (SG).", accept)
    assert told(manual, "abbreviation-clash") == []
    assert told(manual, "acceptance-unused") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("See the MASH, a MASH and the MASH's.", [(37, 13)]),
        ("See the MASH and a MASH.", []),
        ("See `MASH`, MASH, [MASH](records.md) and a MASH.\n\n### MASH\n", []),
        # What has a name already: a chapter, a part, who owns one, an instrument of the law.
        ("See the Procedures Subgroup, the Procedures Subgroup, our Procedures Subgroup.", []),
        ("Of the Children Act 1989, the Children Act 1989, the Children Act 1989.", []),
        ("See an SG, an SG and an SG.", []),
    ],
)
def test_words_that_want_an_entry(write: Write, text: str, places: list[tuple[int, int]]) -> None:
    assert told(write(f"2.2 {text}"), "undefined-term") == places


def test_what_is_common_wants_no_entry(write: Write) -> None:
    manual = write("2.2 See the MASH, a MASH, our MASH.", glossary=f"common: [MASH]\n{GLOSSARY}")
    assert told(manual, "undefined-term") == []


def test_a_manual_without_a_glossary_is_asked_for_nothing(write: Write, small_manual: Path) -> None:
    write("2.2 See the MASH, a MASH, our MASH; a safety team (ST), a support team (ST).")
    (small_manual / "procedures/glossary.yml").unlink()
    assert manuals.check(manuals.load(small_manual), DAY) == ()


HOSTILE: dict[str, Callable[[int], str]] = {
    "tags that are not closed": lambda n: "<q>" * (n // 3),
    "tags that are not opened": lambda n: "</q>" * (n // 4),
    "refused words": lambda n: "*a*{: .no-terms }" * (n // 17),
    "refusals of nothing": lambda n: "*{: .no-terms }" * (n // 15),
    "refused lines": lambda n: "a\n{: .no-terms }\n" * (n // 17),
    "classes": lambda n: "{" + ".no-terms" * (n // 9),
    "braces": lambda n: "{" * n + ".no-terms",
    "stars": lambda n: "*" * n + "{: .no-terms }",
    "quotations": lambda n: "> a\n" * (n // 4),
    "signs of quotations": lambda n: ">" * n,
    "items": lambda n: "- " * (n // 2) + ">",
    "boxes": lambda n: "!!! quote\n" * (n // 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion(name: str) -> None:
    """Eight times the text takes about eight times as long; what tries every way takes sixty-four times."""
    taken = []
    for length in (60_000, 480_000):
        text = HOSTILE[name](length)
        tags = [Piece("tag", m.start(), m.end(), m.start()) for m in re.finditer("</?q>", text)]
        start = time.process_time()
        quiet.stretches(text, tags)
        taken.append(time.process_time() - start)
    small, large = taken
    assert large < 24 * max(small, 0.02), taken
