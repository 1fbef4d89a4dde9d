"""What a draft is called: its number, its title, its file."""

from __future__ import annotations

import re
import unicodedata

from chapterhouse.importers.drafts.head import clean
from chapterhouse.importers.recognising.recognised import Recognised
from chapterhouse.manual import slugs

LONGEST_TITLE = 200
LONGEST_NAME = 70
NUMBER = re.compile(r"[A-Z]{0,4}[0-9]{1,9}(\.[0-9]{1,9})*[A-Z]?")


def title_of(recognised: Recognised, origin: str) -> str:
    return (
        clean(recognised.title)[:LONGEST_TITLE].strip() or clean(origin)[:LONGEST_TITLE] or "Imported chapter"
    )


def number_for(number: str, taken: set[str]) -> str:
    """The number of the source, or the first free one."""
    if number and number not in taken and NUMBER.fullmatch(number):
        return number
    return next(f"X{count}" for count in range(1, len(taken) + 2) if f"X{count}" not in taken)


def slug_for(folder: str, title: str, taken: set[str]) -> str:
    """A slug in `folder` made of the words of a title that no other chapter has."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall("[a-z0-9]+", letters.replace("'", "")))[:LONGEST_NAME].strip("-") or "chapter"
    if any(slugs.complaints(f"{folder}/{name}")):
        name = f"chapter-{name}"
    free, count = f"{folder}/{name}", 1
    while free in taken:
        count += 1
        free = f"{folder}/{name}-{count}"
    return free
