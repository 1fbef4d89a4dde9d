"""Which slugs a chapter may have: its slug is its address, and other addresses are the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.model import Diagnostic

RESERVED = frozenset(
    "amendments api as-at assets chapters check feeds glossary legislation pages reviews roles search"
    " versions changes".split()
)
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Windows opens the device of that name instead of the file.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
MAX_NAME = 80


def faults(path: str, slug: str) -> Iterator[Diagnostic]:
    """Why a file's slug cannot be the address of a chapter."""
    for code, message, hint in complaints(slug):
        yield fault(code, path, NOWHERE, message, hint)


def complaints(slug: str) -> Iterator[tuple[str, str, str]]:
    """Why a slug cannot be the address of a chapter: code, message and cure for each reason."""
    folder, _, name = slug.partition("/")
    if folder in RESERVED:
        yield "reserved-slug", f"{folder}/ is an address of the site itself", "rename the folder"
    if not name:
        yield "bad-slug", "it names no part", "write it like core/referrals"
        return
    for word in (folder, name):
        if not NAME.fullmatch(word) or DEVICES.fullmatch(word) or len(word) > MAX_NAME:
            message = f"{word} cannot stand in an address"
            hint = (
                "use small letters, numerals and single hyphens, at most 80, and no name of a Windows device"
            )
            yield "bad-slug", message, hint
