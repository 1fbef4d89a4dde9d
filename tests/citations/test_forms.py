"""The forms in which people cite the law: each with what it refers to. The sentences are our own."""

from __future__ import annotations

import pytest

from chapterhouse import citations
from chapterhouse.manual import law

REGISTER = law.national()

CHILDREN_1989, CHILDREN_2004 = "ukpga/1989/41", "ukpga/2004/31"


def cited(text: str) -> list[tuple[str, str]]:
    """The words of each citation, on one line, and its targets."""
    return [
        (" ".join(text[c.start : c.end].split()), " ".join(map(str, c.targets)))
        for c in citations.find(text, REGISTER)
    ]


FORMS = {
    # Titles
    "the Children Act 1989": [("Children Act 1989", CHILDREN_1989)],
    "the CHILDREN ACT 1989": [("CHILDREN ACT 1989", CHILDREN_1989)],
    "the Children\nAct 1989": [("Children Act 1989", CHILDREN_1989)],
    "the Children\u00a0Act 1989": [("Children Act 1989", CHILDREN_1989)],
    "the **Children Act** 1989": [("Children Act** 1989", CHILDREN_1989)],
    "the Children&rsquo;s Wellbeing and Schools Act 2026": [
        ("Children&rsquo;s Wellbeing and Schools Act 2026", "ukpga/2026/21")
    ],
    "the Children's Act 1989": [("Children's Act 1989", CHILDREN_1989)],
    "the Children\u2019s Act 1989": [("Children\u2019s Act 1989", CHILDREN_1989)],
    "the Crime & Disorder Act 1998": [("Crime & Disorder Act 1998", "ukpga/1998/37")],
    "the Crime &amp; Disorder Act 1998": [("Crime &amp; Disorder Act 1998", "ukpga/1998/37")],
    "the Anti Social Behaviour, Crime and Policing Act 2014": [
        ("Anti Social Behaviour, Crime and Policing Act 2014", "ukpga/2014/12")
    ],
    "the Apprenticeships, Skills, Children and Learning Act 2009 (c. 22)": [
        ("Apprenticeships, Skills, Children and Learning Act 2009 (c. 22)", "ukpga/2009/22")
    ],
    "the Carers (Recognition and Services) Act 1995": [
        ("Carers (Recognition and Services) Act 1995", "ukpga/1995/12")
    ],
    "the Children Act 2004<sup>7</sup> says": [("Children Act 2004", CHILDREN_2004)],
    "the Children Act 2004[^7] says": [("Children Act 2004", CHILDREN_2004)],
    "the Children Act (1989)": [("Children Act (1989)", CHILDREN_1989)],
    "the Children Act of 1989": [("Children Act of 1989", CHILDREN_1989)],
    "the Local Authority Social Services 1970 Act": [
        ("Local Authority Social Services 1970 Act", "ukpga/1970/42")
    ],
    "the Children Acts 1989 and 2004": [("Children Acts 1989", CHILDREN_1989), ("2004", CHILDREN_2004)],
    "the Human Rights Act": [("Human Rights Act", "ukpga/1998/42")],
    "the Equality Act": [("Equality Act", "ukpga/2010/15")],
    "the Education Act 1997": [("Education Act 1997", "ukpga/1997/44")],
    "the Social Services and Wellbeing (Wales) Act 2014": [
        ("Social Services and Wellbeing (Wales) Act 2014", "anaw/2014/4")
    ],
    # Statutory instruments
    "the LSCB Regulations 2006 (SI 2006 no. 90)": [
        ("LSCB Regulations 2006 (SI 2006 no. 90)", "uksi/2006/90")
    ],
    "the Fostering Services (England) Regulations 2011, S.I.2011/581,": [
        ("Fostering Services (England) Regulations 2011, S.I.2011/581", "uksi/2011/581")
    ],
    "under statutory instrument no. 2018/789": [("statutory instrument no. 2018/789", "uksi/2018/789")],
    "under S.I. 2006/1705 (W.167)": [("S.I. 2006/1705 (W.167)", "wsi/2006/1705")],
    "under SI 1998/9999": [("SI 1998/9999", "uksi/1998/9999")],
    "the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014": [
        ("Health and Social Care Act 2008 (Regulated Activities) Regulations 2014", "uksi/2014/2936")
    ],
    "the Fostering Services (England) Regulations 2011, regulation 13": [
        ("Fostering Services (England) Regulations 2011, regulation 13", "uksi/2011/581/regulation/13")
    ],
    # Provisions before and after
    "section 11 of the 2004 Children Act": [
        ("section 11 of the 2004 Children Act", f"{CHILDREN_2004}/section/11")
    ],
    "section&thinsp;14 of the Children Act 2004": [
        ("section&thinsp;14 of the Children Act 2004", f"{CHILDREN_2004}/section/14")
    ],
    "section 11 of the Children Act 2004": [
        ("section 11 of the Children Act 2004", f"{CHILDREN_2004}/section/11")
    ],
    "s.11 Children Act 2004": [("s.11 Children Act 2004", f"{CHILDREN_2004}/section/11")],
    "s.28: Children Act 2004": [("s.28: Children Act 2004", f"{CHILDREN_2004}/section/28")],
    "S47 of the Children Act 1989": [("S47 of the Children Act 1989", f"{CHILDREN_1989}/section/47")],
    "section 14 B of the Children Act 2004": [
        ("section 14 B of the Children Act 2004", f"{CHILDREN_2004}/section/14B")
    ],
    "section 17za of the Children Act 1989": [
        ("section 17za of the Children Act 1989", f"{CHILDREN_1989}/section/17ZA")
    ],
    "section 5(1)(b)(ii) of the Children Act 1989": [
        ("section 5(1)(b)(ii) of the Children Act 1989", f"{CHILDREN_1989}/section/5/1/b/ii")
    ],
    "section 39 (5) of the Crime and Disorder Act 1998": [
        ("section 39 (5) of the Crime and Disorder Act 1998", "ukpga/1998/37/section/39/5")
    ],
    "subsections (2) and (3) of section 47 of the Children Act 1989": [
        (
            "subsections (2) and (3) of section 47 of the Children Act 1989",
            f"{CHILDREN_1989}/section/47/2 {CHILDREN_1989}/section/47/3",
        )
    ],
    "section 47(1)(a) and (b) of the Children Act 1989": [
        (
            "section 47(1)(a) and (b) of the Children Act 1989",
            f"{CHILDREN_1989}/section/47/1/a {CHILDREN_1989}/section/47/1/b",
        )
    ],
    "section 31(2) and (3) of the Children Act 1989": [
        (
            "section 31(2) and (3) of the Children Act 1989",
            f"{CHILDREN_1989}/section/31/2 {CHILDREN_1989}/section/31/3",
        )
    ],
    "section 13 and 14 of the Children Act 2004": [
        (
            "section 13 and 14 of the Children Act 2004",
            f"{CHILDREN_2004}/section/13 {CHILDREN_2004}/section/14",
        )
    ],
    "Section 17 and section 47 of the Children Act 1989": [
        (
            "Section 17 and section 47 of the Children Act 1989",
            f"{CHILDREN_1989}/section/17 {CHILDREN_1989}/section/47",
        )
    ],
    "sections 10 to 12 of the Children Act 2004": [
        (
            "sections 10 to 12 of the Children Act 2004",
            " ".join(f"{CHILDREN_2004}/section/{n}" for n in (10, 11, 12)),
        )
    ],
    "sections 14 to 16B of the Children Act 2004": [
        (
            "sections 14 to 16B of the Children Act 2004",
            " ".join(f"{CHILDREN_2004}/section/{n}" for n in ("14", "15", "16", "16A", "16B")),
        )
    ],
    "sections 17 &amp; 47 of the Children Act 1989": [
        (
            "sections 17 &amp; 47 of the Children Act 1989",
            f"{CHILDREN_1989}/section/17 {CHILDREN_1989}/section/47",
        )
    ],
    "sections 22A-22C of the Children Act 1989": [
        (
            "sections 22A-22C of the Children Act 1989",
            " ".join(f"{CHILDREN_1989}/section/{n}" for n in ("22A", "22B", "22C")),
        )
    ],
    "section 175/157 of the Education Act 2002": [
        (
            "section 175/157 of the Education Act 2002",
            "ukpga/2002/32/section/175 ukpga/2002/32/section/157",
        )
    ],
    "Part 3 of the Children Act 1989": [("Part 3 of the Children Act 1989", f"{CHILDREN_1989}/part/III")],
    "Part VI or VII of the Housing Act 1996": [
        ("Part VI or VII of the Housing Act 1996", "ukpga/1996/52/part/VI ukpga/1996/52/part/VII")
    ],
    "Part II of the Domestic Abuse Act 2021": [
        ("Part II of the Domestic Abuse Act 2021", "ukpga/2021/17/part/2")
    ],
    "Chapter 1 of Part 1 of the Crime and Disorder Act 1998": [
        ("Chapter 1 of Part 1 of the Crime and Disorder Act 1998", "ukpga/1998/37/part/I/chapter/I")
    ],
    "Schedule 1, paragraph 18 of the Data Protection Act 2018": [
        (
            "Schedule 1, paragraph 18 of the Data Protection Act 2018",
            "ukpga/2018/12/schedule/1/paragraph/18",
        )
    ],
    "paragraph 19 of Schedule 2 to the Children Act 1989": [
        (
            "paragraph 19 of Schedule 2 to the Children Act 1989",
            f"{CHILDREN_1989}/schedule/2/paragraph/19",
        )
    ],
    "Article 6(1)(e) of the UK GDPR": [("Article 6(1)(e) of the UK GDPR", "eur/2016/679/article/6/1/e")],
    "Article 12 of the UNCRC": [("Article 12 of the UNCRC", "treaty/uncrc/article/12")],
    "section 28 of the 35 Children Act 2004": [
        ("section 28 of the 35 Children Act 2004", f"{CHILDREN_2004}/section/28")
    ],
    "\u2018section 47 enquiries\u2019": [("section 47", f"{CHILDREN_1989}/section/47")],
    "the \u201cs47\u201d duty": [("s47", f"{CHILDREN_1989}/section/47")],
    "section 28 of the\n7\nChildren Act 2004": [
        ("section 28 of the 7 Children Act 2004", f"{CHILDREN_2004}/section/28")
    ],
    "Schedule A1 to the Mental Capacity Act 2005": [
        ("Schedule A1 to the Mental Capacity Act 2005", "ukpga/2005/9/schedule/A1")
    ],
    "section 17 Children Act 1989, section 11 Children Act 2004": [
        ("section 17 Children Act 1989", f"{CHILDREN_1989}/section/17"),
        ("section 11 Children Act 2004", f"{CHILDREN_2004}/section/11"),
    ],
    "CA 2004 Section 10, CA 1989 Section 27": [
        ("CA 2004 Section 10", f"{CHILDREN_2004}/section/10"),
        ("CA 1989 Section 27", f"{CHILDREN_1989}/section/27"),
    ],
    "CA 2004 Section 10": [("CA 2004 Section 10", f"{CHILDREN_2004}/section/10")],
    "CA1989 s20": [("CA1989 s20", f"{CHILDREN_1989}/section/20")],
    "Ed Act 2002 Section 175": [("Ed Act 2002 Section 175", "ukpga/2002/32/section/175")],
    "the Education Act 2002 (section 175)": [
        ("Education Act 2002 (section 175)", "ukpga/2002/32/section/175")
    ],
    "s11 of the Children Act 2004 or s175 or s157 of the Education Act 2002": [
        ("s11 of the Children Act 2004", f"{CHILDREN_2004}/section/11"),
        ("s175 or s157 of the Education Act 2002", "ukpga/2002/32/section/175 ukpga/2002/32/section/157"),
    ],
    # Guidance
    "Working Together to Safeguard Children": [
        ("Working Together to Safeguard Children", "guidance/working-together")
    ],
    "Chapter 8 of *Working Together*": [
        ("Chapter 8 of *Working Together", "guidance/working-together/chapter/8")
    ],
    "chapter 4 on good practice in the document Working Together": [
        (
            "chapter 4 on good practice in the document Working Together",
            "guidance/working-together/chapter/4",
        )
    ],
    "Working Together to Safeguard Children: July 2018": [
        ("Working Together to Safeguard Children: July 2018", "guidance/working-together-2018")
    ],
    "Working Together (HM Government, 2015)": [
        ("Working Together (HM Government, 2015)", "guidance/working-together-2015")
    ],
    "the 2013 edition of Working Together": [
        ("2013 edition of Working Together", "guidance/working-together-2013")
    ],
    "see Working together to safeguard children 2023": [
        ("Working together to safeguard children 2023", "guidance/working-together-2023")
    ],
    "Safeguarding Children: Working Together under the Children Act 2004": [
        (
            "Safeguarding Children: Working Together under the Children Act 2004",
            "guidance/safeguarding-children-working-together-wales-2006",
        )
    ],
    "KCSIE 2026": [("KCSIE 2026", "guidance/keeping-children-safe-in-education")],
    "the All Wales Child Protection Procedures 2008": [
        ("All Wales Child Protection Procedures 2008", "guidance/all-wales-child-protection-procedures")
    ],
    "Part one of KCSIE": [("Part one of KCSIE", "guidance/keeping-children-safe-in-education/part/1")],
    "Working Together to Safeguard Children: A guide to inter-agency working (2018)": [
        (
            "Working Together to Safeguard Children: A guide to inter-agency working (2018)",
            "guidance/working-together-2018",
        )
    ],
    "HM Government (2018) Working Together to Safeguard Children": [
        ("Working Together to Safeguard Children", "guidance/working-together-2018")
    ],
    "Working Together to Safeguard Children (WTSC) 2018": [
        ("Working Together to Safeguard Children (WTSC) 2018", "guidance/working-together-2018")
    ],
    "Working Together 2015 and 2018": [
        ("Working Together 2015", "guidance/working-together-2015"),
        ("2018", "guidance/working-together-2018"),
    ],
    # Addresses
    "at https://www.legislation.gov.uk/ukpga/1989/41/section/47/1": [
        ("https://www.legislation.gov.uk/ukpga/1989/41/section/47/1", f"{CHILDREN_1989}/section/47/1")
    ],
    "at http://www.legislation.gov.uk/uksi/2006/90/contents/made": [
        ("http://www.legislation.gov.uk/uksi/2006/90/contents/made", "uksi/2006/90")
    ],
}


@pytest.mark.parametrize("text", list(FORMS))
def test_a_form_is_read(text: str) -> None:
    assert cited(text) == FORMS[text]


LOOKALIKES = [
    "(See also paragraph 12.4), see paragraph 3.1, listed in paragraph 2.3",
    "as section 7 of this chapter says",
    "section 4 of this procedure and section 5 above",
    "Section 5, National Guidance on Information Sharing, was added",
    "see Section 4, Confidentiality",
    "Section one - Governance; this section; [See also section on training]",
    "PSI 08/2012B and DCSF-01184-2009",
    "Regulations; the regulations; a regulated activity; there is no regulation on this",
    "the Board's 12 members and the children's 5 outcomes",
    "Level 3b, Table A, Part 2 of the assessment, Schedule of meetings, Chapter 3",
    "working together to ensure that children are safe",
    "Regulation (EU) 2016/679",
    "Complete section 3 of the referral form and section 2 of the care plan.",
    "Form 12, section 4; page 3, section 2; Appendix B section 5",
    "section 3.2 of the manual",
    "Local Government Act 2000 Code of Practice",
    "Act quickly. Acts of violence. The Act. Order a taxi. House Rules 2019 apply",
    "12 March 2024, 31(2) and (3) at 10.30 am",
    "at Northmoor House, S1 2AB",
    "Sleep apnoea (OSA) is common. The OSA clinic opens at nine.",
    "HRA (Health Research Authority): ask the HRA.",
    "the Protection of Children (Scotland) Act 2003",
    "the Domestic Abuse and Civil Proceedings Act (Northern Ireland) 2021",
    "Complete Section 20 on page 3. Tick section 31.",
    "Section 11 of the Children Act 2004 applies.\n\n| 0.4 | 11/11/13 | 15 (Section 11) | JC |",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_citation_leads_nowhere(text: str) -> None:
    linked = [words for words, targets in cited(text) if targets and " of the " not in words]
    assert linked == []
