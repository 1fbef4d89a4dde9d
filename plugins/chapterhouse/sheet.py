"""What every sheet of a printed page says of itself, whatever prints it; a PDF file that a site carries."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chapterhouse import dates
from chapterhouse.editions import STATES, Edition
from chapterhouse.manual import copies
from chapterhouse.manual.printing import counted
from chapterhouse.model import Head

MARKED = ("superseded", "scheduled", "withdrawn")
"""The states in which a text must not be taken for the one that applies: they stand across each sheet."""


class Made(StrEnum):
    """What a sheet comes from, as it says before the day of it."""

    SITE = "Site built"
    PDF = "PDF made from the site as built on"
    """Of a PDF file, which cannot tell when it is printed."""
    PAST = "PDF of the site as it stood on"
    """Of a PDF file for another day than the build date: nobody built a site then that had these pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words at the foot of each sheet, and across it."""

    what: str
    """Manual, chapter number and title: `Northmoor procedures. 2.2 Local safeguarding arrangements`."""
    standing: str
    """`Version 3, in force from 1 April 2026`; empty for a page that is no version of a chapter."""
    built: str
    """`Site built 20 November 2026. Check https://procedures.example/ for the current version`, in the words
    of `Made`; of a draft the day on which it was made."""
    code: str
    """By which this copy is known: `4k7q2md-20261120`; empty for what is no version: a draft, a list."""
    check: str
    """The whole address at which it is checked; empty where `code` is, and where nobody has said where the
    site is published.
    """
    mark: str
    """What stands across the sheet in words: `Superseded`; empty where the text applies."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF file of a chapter that the site carries."""

    path: str
    """From the site's root."""
    sheets: int
    size: int
    """In bytes."""

    @property
    def facts(self) -> str:
        """How long and how large it is, before it is fetched: `4 sheets, 120 KB`."""
        kilobytes = max(1, round(self.size / 1000))
        size = f"{kilobytes} KB" if kilobytes < 1000 else f"{self.size / 1_000_000:.1f} MB"
        return f"{counted(self.sheets, 'sheet')}, {size}"


def pdf_path(edition: Edition) -> str:
    """Where the site has the PDF file of an edition: `core/referrals/1.1-referrals-v3.pdf`.

    The name says what the file is once it has been saved elsewhere.
    """
    name = posixpath.basename(edition.history.chapter.slug)
    return f"{edition.path}{edition.head.chapter}-{name}-v{edition.amendment.version}.pdf"


def sheet(edition: Edition, made: Made = Made.SITE) -> Sheet:
    """What the sheets of an edition say."""
    standing = edition.standing
    code = copies.code(edition.history, edition.version)
    return Sheet(
        what=_what(edition.manual_name, _title(edition.head)),
        standing=standing[:1].upper() + standing[1:],
        built=_built(made, edition.today, edition.address),
        code=copies.printed(code, edition.today),
        check=edition.whole(copies.path(code, edition.today)),
        mark=STATES[edition.state] if edition.state in MARKED else "",
    )


def page_sheet(manual_name: str, title: str, today: date, address: str, made: Made = Made.SITE) -> Sheet:
    """What the sheets of a page say that is no version of a chapter: a list, an index, a redline.

    `title` is plain text, and empty where many pages share the words; `today` is the build date and
    `address` the whole address of the page.
    """
    return Sheet(_what(manual_name, title), "", _built(made, today, address), "", "", "")


def draft_sheet(manual_name: str, head: Head, today: date, address: str) -> Sheet:
    """What the sheets of a draft say, made on `today`: it has no version, and nothing can be checked."""
    where = address or "the website of the manual"
    return Sheet(
        what=_what(manual_name, _title(head)),
        standing="Draft, not published and not in force",
        built=f"PDF made {dates.long(today)}. Check {where} for what has been published",
        code="",
        check="",
        mark="Draft",
    )


def _title(head: Head) -> str:
    return f"{head.chapter} {head.title}"


def _what(manual_name: str, title: str) -> str:
    return f"{manual_name.rstrip('.')}. {title}" if title else manual_name


def _built(made: Made, today: date, address: str) -> str:
    where = address or "the website of the manual"
    return f"{made} {dates.long(today)}. Check {where} for the current version"
