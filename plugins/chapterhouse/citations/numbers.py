"""The numbers of statutory instruments, in all their spellings: SI 2006 no. 90, S.I.2010/622, (W. 167)."""

from __future__ import annotations

import re

from chapterhouse.citations.names import Names

PREFIX = (
    r"[Ss](?<![A-Za-z][Ss])(?:\.? ?I\.?|tatutory [Ii]nstruments?)[ \n]{0,2}"
    r"(?:[Nn](?:o|umber|r)\.?)?[ \n]{0,2}"
)
NUMBER = (
    r"(?P<year>(?:19|20)[0-9]{2})(?: ?/ ?|,? {0,2}\n?[Nn]o\.? {0,2}\n?)(?P<number>[0-9]{1,5})(?![0-9])"
    r"(?: {0,2}\(?(?P<wales>W\.? ?[0-9]{1,4})\)?)?"
)
ALONE = re.compile(PREFIX + NUMBER)
"""A number that stands for itself."""
BEHIND = re.compile(rf" {{0,2}}\n?(?:[,(\[] ?(?:{PREFIX})?|{PREFIX}){NUMBER}[)\]]?")
"""A number behind a title: set off, or said to be one."""


def instrument_of(match: re.Match[str], names: Names) -> str:
    """The id that a number makes; where the register knows it, in the series that it is of."""
    year, number = match["year"], match["number"].lstrip("0")
    known = names.numbers.get((int(year), number))
    return known or f"{'wsi' if match['wales'] else 'uksi'}/{year}/{number}"
