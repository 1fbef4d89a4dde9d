"""What every sheet of a printed chapter says of itself, whatever prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chapterhouse import dates
from chapterhouse.editions import STATES, Edition
from chapterhouse.manual import copies

MARKED = ("superseded", "scheduled", "withdrawn")
"""The states in which a text must not be taken for the one that applies: they stand across each sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words at the foot of each sheet, and across it."""

    what: str
    """Manual, chapter number and title: `Northmoor procedures. 2.2 Local safeguarding arrangements`."""
    standing: str
    """`Version 3, in force from 1 April 2026`."""
    built: str
    """`Site built 20 November 2026. Check https://procedures.example/ for the current version`."""
    code: str
    """By which this copy is known: `4k7q2md-20261120`."""
    check: str
    """The whole address at which it is checked; empty where nobody has said where the site is published."""
    mark: str
    """What stands across the sheet in words: `Superseded`; empty where the text applies."""


def sheet(edition: Edition) -> Sheet:
    """What the sheets of an edition say."""
    standing = edition.standing
    code = copies.code(edition.history, edition.version)
    return Sheet(
        what=_what(edition.manual_name, f"{edition.head.chapter} {edition.head.title}"),
        standing=standing[:1].upper() + standing[1:],
        built=_built(edition.today, edition.address),
        code=copies.printed(code, edition.today),
        check=edition.whole(copies.path(code, edition.today)),
        mark=STATES[edition.state] if edition.state in MARKED else "",
    )


def page_sheet(manual_name: str, title: str, today: date, address: str) -> Sheet:
    """What the sheets of a page say that is no version of a chapter: a list, an index, a redline.

    `title` is plain text, and empty where many pages share the words; `today` is the build date and
    `address` the whole address of the page.
    """
    return Sheet(_what(manual_name, title), "", _built(today, address), "", "", "")


def _what(manual_name: str, title: str) -> str:
    return f"{manual_name.rstrip('.')}. {title}" if title else manual_name


def _built(today: date, address: str) -> str:
    where = address or "the website of the manual"
    return f"Site built {dates.long(today)}. Check {where} for the current version"
