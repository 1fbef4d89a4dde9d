"""Where citations lead, as a table: legislation to its official publisher, guidance to its own page."""

from __future__ import annotations

from chapterhouse.citations.kinds import type_of
from chapterhouse.law import Register, Target

LEGISLATION = "https://www.legislation.gov.uk"
# By the type of the id. Guidance and treaties have the address that the register gives them.
PUBLISHERS = dict.fromkeys(("ukpga", "uksi", "wsi", "anaw", "asc", "mwa", "eur"), LEGISLATION)


def address(register: Register, target: Target) -> str:
    """The official address of an instrument or provision; empty where none is known.

    Paths are those of legislation.gov.uk (`/ukpga/1989/41/section/47/1`), which the ids follow.
    """
    publisher = PUBLISHERS.get(type_of(target.instrument))
    if publisher:
        return f"{publisher}/{target}"
    known = register.instruments.get(target.instrument)
    return known.url if known else ""
