"""Laws of the finder: it never raises, keeps every place, and takes time in proportion to the text."""

from __future__ import annotations

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from chapterhouse import citations
from chapterhouse.citations.cleaning import clean
from chapterhouse.manual import law

REGISTER = law.national()

# What citations are made of, and what breaks parsers: pieces that can be put together in any order.
PIECES = st.sampled_from(
    "section|Section|sections|s.|s|ss |S|regulation|Regulations|reg. |Part|Part III|Chapter|"
    "Schedule|paragraph|rule|article|Article 8|11|47(1)(a)|14 B|17ZA|2006|1989|2044| 2004|(c.31)|"
    "(c. 13)|SI 2006/90|S.I.|No.|(W.167)|Children Act|Children Act 2004|the Act|this Act|"
    "the 2004 Act|Act|Acts|Bill|Order|Working Together|WT 2018|(2018)|: July 2018|KCSIE|DPA|CA 2004|"
    "Human Rights Act|Apprenticeships, Skills|and|or|to|of|of the|,|;|:|.|\n|\n\n|## |- |1. |(a)|)|"
    "((((|]|[^1]|*|**|_|<sup>7</sup>|<|>|&amp;|&|\u00a0|\u2019|\u201c|\u2013|\0|\u202e|\U0001f6d1|"
    "\u0130|https://www.legislation.gov.uk/ukpga/2004/31|http://|legislation.gov.uk/|:".split("|")
)
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join) | st.text()


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_text_has_citations_in_order_that_do_not_overlap(text: str) -> None:
    end = 0
    for citation in citations.find(text, REGISTER):
        assert end <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end].strip() != ""
        end = citation.end
        assert citation.sound or not citation.targets or citation.problems or citation.resolved_by
        assert citation.targets or citation.problems


@given(TEXTS)
def test_cleaning_keeps_every_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    letters = re.compile(r"[A-Za-z0-9]")
    for match in letters.finditer(cleaned):
        assert text[match.start()] == match[0]


@given(TEXTS)
def test_the_same_text_has_the_same_citations(text: str) -> None:
    assert citations.find(text, REGISTER) == citations.find(text, REGISTER)


HOSTILE = {
    "brackets": "section 1" + "(a)" * 20_000,
    "numbers": "sections " + "1, " * 20_000,
    "opening": "section 1 (" * 10_000,
    "units": "section " * 30_000,
    "titles": "Children and " * 20_000 + "Act",
    "acts": "Act " * 40_000,
    "of": "section 1 of the " * 10_000,
    "capitals": "A" * 200_000 + " Act 2004",
    "years": "Act 2004 (" * 20_000,
    "spaces": "section" + " " * 100_000 + "11",
    "lines": "section 11\n" * 20_000,
    "names": "Working Together " * 15_000,
    "stops": "s." * 60_000,
    "words": "Safeguarding Children Skills Learners Care Act 1987 " * 2_000,
    "addresses": "https://" * 20_000,
    "emphasis": "*" * 100_000 + "_" * 100_000,
}


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    """A second each on a slow machine: a pattern that tries every way would take hours."""
    slow = {}
    for name, text in HOSTILE.items():
        start = time.process_time()
        citations.find(text, REGISTER)
        taken = time.process_time() - start
        if taken > 3.0:
            slow[name] = taken
    assert slow == {}
