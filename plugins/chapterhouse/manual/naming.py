"""What a name on the command line means: a chapter, a version and a paragraph of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import chain

from chapterhouse import dates
from chapterhouse import history as histories
from chapterhouse.fields.reading import nearest
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Amendment, History, Manual


def chapter(manual: Manual, name: str, day: date | None = None) -> History:
    """The chapter that a slug, a number or a path means; with `day`, to somebody who asks about that day.

    A slug is that of today or of old. A number is that of today; with `day` rather that of the day, else that
    of today, else one that the chapter ever had. With `day` drafts are left out, of which nothing was ever
    published. Raises ValueError, naming what is nearest.
    """
    name = name.strip()
    slug = name.replace("\\", "/").removeprefix("./").strip("/")
    slug = slug.removeprefix(f"{CONTENT}/").removesuffix(".md")
    known = [
        manual.histories[one.slug] for one in manual.chapters if day is None or one.head.status != "draft"
    ]
    found = chain(
        (one for one in known if one.chapter.slug == slug),
        (one for one in known if slug in one.chapter.head.formerly),
        (one for one in known if day and _number(one, day) == name),
        (one for one in known if one.chapter.head.chapter == name),
        (one for one in known if day and name in _numbers(one)),
    )
    for one in found:
        return one
    if f"{CONTENT}/{slug}.md" in manual.unread:
        raise ValueError(f"{CONTENT}/{slug}.md cannot be read: run `chapterhouse check`")
    near = nearest(slug, [text for one in known for text in (one.chapter.slug, one.chapter.head.chapter)])
    raise ValueError(f"there is no chapter {name}" + (f"; the nearest is {near}" if near else ""))


def record(history: History, version: str) -> Amendment:
    """The record of a version. Raises ValueError, naming those that there are."""
    records = history.chapter.head.amendments
    found = next((one for one in records if one.version == version), None)
    if found is None:
        raise ValueError(f"there is no version {version!r}; there are {listed(records)}")
    return found


def listed(records: tuple[Amendment, ...]) -> str:
    """The versions of a chapter in words, newest first."""
    return ", ".join(f"{one.version} (effective {dates.long(one.effective)})" for one in records)


def no_paragraph(number: str, known: Collection[str]) -> tuple[str, str]:
    """What is said of a number that is none of the known paragraphs and headings, and the cure."""
    near = nearest(number, sorted(known))
    cure = f"the nearest is {near}" if near else "write the number of a paragraph as it is printed"
    return f"the chapter has no paragraph {number}", cure


def _number(history: History, day: date) -> str:
    """The number that a chapter had on a day; empty before its first version."""
    version = histories.as_at(history, day)
    return version.chapter.head.chapter if version else ""


def _numbers(history: History) -> frozenset[str]:
    """Every number that a chapter ever had."""
    return frozenset(version.chapter.head.chapter for version in histories.versions(history))
