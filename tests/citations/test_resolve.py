"""Which instrument is meant where the words do not say it, and by which rule. The texts are our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chapterhouse import citations
from chapterhouse.citations.resolve import WAYS
from chapterhouse.law import Citation, Register, Territory
from chapterhouse.manual import law

REGISTER = law.national()
LATE = date(2026, 11, 21)


def last(text: str, day: date = LATE, register: Register = REGISTER) -> Citation:
    """The last citation of a text."""
    return citations.find(text, register, day)[-1]


RULES = {
    # this Act, the Act
    "Section 175 of the Education Act 2002 binds schools. The Equality Act 2010 does too. They act under"
    " section 157 of this Act.": ("ukpga/2002/32/section/157", "paragraph"),
    "The Childcare Act 2006 binds nurseries. They act under section 40 of the Act.": (
        "ukpga/2006/21/section/40",
        "paragraph",
    ),
    "The Mental Capacity Act 2005 (\u201cthe Act\u201d) applies.\n\nThe Care Act 2014 is for adults.\n\nSee"
    " section 5 of the Act.": ("ukpga/2005/9/section/5", "defined"),
    "Section 31(5) of the Children Act 2004 was about Wales. See the Care Act 2014 too.\n\nBoards relied on"
    " section 31(5) of the Act.": ("ukpga/2004/31/section/31/5", "provision"),
    "The Domestic Violence, Crime and Victims Act 2004 has section 5. See section 5 of the 2004 Act.": (
        "ukpga/2004/28/section/5",
        "year",
    ),
    "The Children Act 1989 is old. See sections 17 and 47 of the Act of 1989.": (
        "ukpga/1989/41/section/17 ukpga/1989/41/section/47",
        "year",
    ),
    "The core functions are in the LSCB Regulations 2006. See Regulation 5 (of the above).": (
        "uksi/2006/90/regulation/5",
        "paragraph",
    ),
    "The Children Act 2004 set up boards. Section 31 of the Children Act 2004 is for Wales.\n\nThe Social"
    " Services and Well-being (Wales) Act 2014 came later. Boards still quote section 31 (5) of the Act.": (
        "ukpga/2004/31/section/31/5",
        "provision",
    ),
    "Boards act under section 11 of the 2004 Act.": ("ukpga/2004/31/section/11", "trade"),
    # A heading governs, until another instrument is cited with a provision
    "## Sexual Offences Act 2003\n\nSection 47 is about paying.": ("ukpga/2003/42/section/47", "heading"),
    "Children Act 2004\nSection 10 asks for co-operation.\n\nUnder section 55 of the Borders, Citizenship and"
    " Immigration Act 2009 they are bound.\n\nSection 55 is meant to have the same effect.": (
        "ukpga/2009/11/section/55",
        "provision",
    ),
    "## Children Act 1989\n\nSection 17 is here.\n\n## Adults\n\nUnder the Care Act 2014, section 9"
    " assesses.": ("ukpga/2014/23/section/9", "named"),
    # The same sentence, the stem of a list
    "The Children Act 2004 says under section 25 what partners do.": (
        "ukpga/2004/31/section/25",
        "sentence",
    ),
    "The Children Act 2004 binds these bodies:\n\n- councils, under section 25\n- boards, under section 27": (
        "ukpga/2004/31/section/27",
        "sentence",
    ),
    # The same provision elsewhere in the chapter, a statutory instrument, the trade, the whole chapter
    "Section 16E of the Children Act 2004 names the partners.\n\nSection 2 of the Children's Wellbeing and"
    " Schools Act 2026 amends section 16E.": ("ukpga/2004/31/section/16E", "known"),
    "The LSCB Regulations 2006 said so.\n\nRegulation 6 was about deaths.": (
        "uksi/2006/90/regulation/6",
        "last",
    ),
    "Section 28 of the Children Act 2004 binds Welsh bodies.\n\nThe number of s47 enquiries went up.": (
        "ukpga/1989/41/section/47",
        "trade",
    ),
    "Under the Children Act 2004 the board counts s47 enquiries.": ("ukpga/1989/41/section/47", "trade"),
    "See section 10 of the Children Act 2004 and section 12 of the Children Act 2004.\n\nThe board has the"
    " power in section 58.": ("ukpga/2004/31/section/58", "dominant"),
    "It is a crime under the Female Genital Mutilation Act 2003. Whoever lets it happen is guilty under"
    " section 3A.": ("ukpga/2003/31/section/3A", "paragraph"),
    # What stands nearer comes before the same number elsewhere, and before what the chapter is about
    "Section 17 of the Care Act 2014 is about charges.\n\nAn assessment under the Children Act 1989 must be"
    " quick. It is an assessment under s17.": ("ukpga/1989/41/section/17", "paragraph"),
    "Reviews follow section 16F of the Children Act 2004. Money is dealt with in s. 16I.": (
        "ukpga/2004/31/section/16I",
        "known",
    ),
    "Regulation 4 of the Fostering Services (England) Regulations 2011 is about homes.\n\nSee the Care"
    " Planning, Placement and Case Review (England) Regulations 2010. Under regulation 4 a plan is made.": (
        "uksi/2010/959/regulation/4",
        "paragraph",
    ),
    "See section 11 of the Children Act 2004. Section 115 of the Crime and Disorder Act 1998 lets people"
    " share.\n\nTeams rest on section 39(1) of that Act.": ("ukpga/1998/37/section/39/1", "last"),
    "## 3. Capacity\n\nThe Mental Capacity Act 2005 applies from 16; the test is at section 3.": (
        "ukpga/2005/9/section/3",
        "sentence",
    ),
    "The Modern Slavery Act 2015 came first. See section 52 of the latter Act.": (
        "ukpga/2015/30/section/52",
        "paragraph",
    ),
    "The Serious Crime Act 2015 was first. See section 76 of the 2015 Act.\n\nThe Modern Slavery Act 2015 is"
    " next. See section 48 of the Modern Slavery Act 2015.": ("ukpga/2015/30/section/48", "named"),
    "Section 47 of the Sexual Offences Act 2003 is about paying.\n\nThey make a section 47 enquiry.": (
        "ukpga/1989/41/section/47",
        "trade",
    ),
    "See the MCA, s47 enquiries and more.": ("ukpga/1989/41/section/47", "trade"),
    # Short forms
    "The Offender Management Act (OMA) 2007 says so. See s3(2) of the OMA.": (
        "ukpga/2007/21/section/3/2",
        "defined",
    ),
    "Data must be kept as the Data Protection Act (DPA) 1998 says.\n\nSee the DPA.": (
        "ukpga/1998/29",
        "defined",
    ),
    "See the Housing Act 1996.\n\nThe Housing Act has more.": ("ukpga/1996/52", "elsewhere"),
    "See the DPA.": ("ukpga/2018/12", "date"),
}


@pytest.mark.parametrize("text", list(RULES))
def test_a_rule_resolves(text: str) -> None:
    citation = last(text)
    assert (" ".join(map(str, citation.targets)), citation.resolved_by) == RULES[text]
    assert citation.resolved_by in WAYS


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Section 175 of the Education Act 2002 and section 175 of the Education Act 2004.",
            "ukpga/2002/32/section/175",
        ),
        ("See section 42 of the Care Act 2104.", "ukpga/2014/23/section/42"),
        ("See section 120 of the Adoption of Children Act 2002.", "ukpga/2002/38/section/120"),
        ("See the Boarders, Citizenship and Immigration Act 2009.", "ukpga/2009/11"),
        ("See Working Together 2081.", "guidance/working-together-2018"),
    ],
)
def test_what_was_meant_by_a_wrong_title_is_told_and_not_linked(text: str, meant: str) -> None:
    citation = last(text)
    assert ([str(target) for target in citation.targets], citation.sound) == ([meant], False)
    assert [problem.code for problem in citation.problems] == ["no-such-instrument"]


def test_a_short_form_of_two_acts_is_the_one_in_force_on_the_day() -> None:
    assert str(last("See the DPA.", date(2009, 12, 1)).targets[0]) == "ukpga/1998/29"


@pytest.mark.parametrize(
    ("territory", "meant"),
    [
        ("england", "guidance/working-together"),
        ("wales", "guidance/safeguarding-children-working-together-wales-2006"),
    ],
)
def test_working_together_is_that_of_the_manuals_territory(territory: Territory, meant: str) -> None:
    register = replace(REGISTER, territory=territory)
    assert str(last("See Working Together.", register=register).targets[0]) == meant


@pytest.mark.parametrize("territory", ["england", "wales", "both"])
def test_two_acts_of_one_short_form_are_two_in_every_territory(territory: Territory) -> None:
    citation = last("Section 6 of the HRA applies.", register=replace(REGISTER, territory=territory))
    assert [problem.code for problem in citation.problems] == ["ambiguous-citation"]


@pytest.mark.parametrize(
    "text",
    [
        "The power is in section 391.",
        "The Children Act 2004 and the Housing Act 2004 apply. See section 3 of the 2004 Act.",
    ],
)
def test_what_nothing_tells_is_unresolved(text: str) -> None:
    citation = last(text)
    assert (citation.targets, citation.sound) == ((), False)
    assert [problem.code for problem in citation.problems] == ["unresolved-citation"]


@pytest.mark.parametrize(
    "text",
    ["## 4. Records\n\nGo back to section 4.", "See section 12.", "Section 9, Complaints, has more."],
)
def test_a_section_of_the_text_itself_is_no_citation(text: str) -> None:
    assert citations.find(text, REGISTER) == ()


def test_what_rests_on_a_wrong_title_is_not_sound() -> None:
    title = "Local Safeguarding Children Partnerships Regulations 2006"
    text = f"See regulation 5 of the {title}.\n\nRegulation 6 too."
    first, second = citations.find(text, REGISTER)
    assert [str(t) for t in first.targets + second.targets] == [
        "uksi/2006/90/regulation/5",
        "uksi/2006/90/regulation/6",
    ]
    assert (first.sound, second.sound) == (False, False)
    assert (len(first.problems), len(second.problems)) == (1, 0)
