"""What reads like a provision of law and is none: sections of the chapter, of forms, of other documents."""

from __future__ import annotations

import re

from chapterhouse.citations.runs import Run

S = r"[ \n]{1,3}"
# Behind it: "of this chapter", "above", "of the referral form", ", Confidentiality", "was updated".
OWN = re.compile(
    rf"{S}(?:of|in|to|within){S}(?:this|these|our){S}(?!Act\b)\w"
    rf"|{S}\(?(?:above|below|overleaf)\b"
    rf"|{S}(?:of|to){S}(?!(?:the|that|this|said){S}(?:[0-9]{{4}}{S})?(?:Act|act|Regulations)\b)"
    rf"|{S}in{S}(?:the|an?|your|their|its|each|every|part){S}(?!(?:area|case|event|circumstances|same)\b)"
    rf"(?:[\w'-]{{1,24}}{S}){{0,3}}(?i:form|document|guidance|manual|handbook|plan|agreement|template|toolkit|procedures?"
    rf"|policy|protocol|report|review|chapter|paper|framework|referral|assessment|record|appendix|annex|strategy|booklet)\b"
    rf"|{S}(?:was|were|has{S}been|have{S}been|is{S}new|are{S}new){S}(?:recently{S}|newly{S})?"
    rf"(?:added|updated|amended|revised|rewritten|reviewed|refreshed|removed|replaced|new)\b"
    rf"|{S}(?:form|template|page)s?\b|{S}on{S}page\b"
)
# A title set off: "Section 5, National Guidance", "Section 4: Confidentiality", "Section 1 - Introduction".
TITLE = re.compile(
    r" ?[,:] {0,2}[\"']?(?!(?:The|A|An|In|If|It|This|These|Where|When|Under|And|Or)\b)[A-Z][a-z]+"
    r"|  ?- {1,2}[\"']?[A-Z][a-z]+"
)
# Before it: "Form 3,", "page 4", "Appendix B", "the template's"
PLACED = re.compile(
    r"\b(?:form|page|p\.|appendix|annex|chapter|volume|part|step|module|box|figure|table|unit|template|stage|level|tier"
    r"|version|form's|document|manual|handbook|booklet|policy|procedure|guidance|protocol)s?[ ,:(]{1,3}"
    r"(?:[0-9A-Z]{1,4}[ ,:(]{1,3})?\Z"
    r"|\b(?:complete|completing|tick|fill in|filling in)[ \n]\Z"
    # A row of a change log: 15 (Section 11)
    r"|[|\t\n] ?[0-9]{1,2}(?:\.[0-9]{1,2})? \(\Z",
    re.IGNORECASE,
)
POSTCODE = re.compile(r" ?[0-9][A-Z]{2}\b")


def is_one(text: str, run: Run) -> bool:
    """Whether provisions that stand without an instrument are no provisions of law at all."""
    if OWN.match(text, run.end) or PLACED.search(text[max(0, run.start - 40) : run.start]):
        return True
    return run.unit == "section" and text[run.start].isupper() and POSTCODE.match(text, run.end) is not None


def is_titled(text: str, run: Run) -> bool:
    """Whether a title is set off behind it, as behind the section of a document.

    Of provisions of law that is seen too, under a heading that is an Act: it decides nothing by itself.
    """
    labelled = text[run.start - 1 : run.start] in ("", "\n") and text[run.end : run.end + 1] == ":"
    return labelled or TITLE.match(text, run.end) is not None
