"""The code by which a copy on paper is known, and the version that a code means."""

from __future__ import annotations

from datetime import date

from chapterhouse import history as histories
from chapterhouse.model import History, Manual, Version

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter can be taken for a figure, and none is missed by being in capitals."""
LETTERS = 7
CHECK = "check/"
"""Where the code of a copy is typed, from the site's root."""


def code(history: History, version: Version) -> str:
    """The code of one version of a chapter, `4k7q2md`: the beginning of the SHA-256 of its archived bytes.

    It means a text and not a place: a chapter that is given another number or another folder keeps the codes
    of its versions. Of 7,000 versions, two have one code in less than one manual of a thousand; then both
    are told of.
    """
    return of_digest(history.digests.get(f"{version.number}.md", version.chapter.sha256))


def of_digest(digest: str) -> str:
    """The code of bytes by their SHA-256 in hexadecimal."""
    bits = int(digest, 16) >> (256 - 5 * LETTERS)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LETTERS)))


def printed(code: str, built: date) -> str:
    """The code as it stands on a sheet, with the build date of what was printed: `4k7q2md-20261120`."""
    return f"{code}-{built:%Y%m%d}"


def path(code: str, built: date | None = None) -> str:
    """Where a copy is checked, from the site's root: `check/4k7q2md/#20261120`.

    The build date stands where no server sees it: one page answers for all copies of a version.
    """
    return f"{CHECK}{code}/" + (f"#{built:%Y%m%d}" if built else "")


def coded(manual: Manual) -> dict[str, tuple[tuple[History, Version], ...]]:
    """Every version of every published chapter, by its code."""
    found: dict[str, tuple[tuple[History, Version], ...]] = {}
    for history in manual.published:
        for version in histories.versions(history):
            own = code(history, version)
            found[own] = (*found.get(own, ()), (history, version))
    return found
