"""The generated pages that list chapters: where they are, and when each must be reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from chapterhouse.editions import Edition, editions
from chapterhouse.model import Manual
from chapterhouse.render import alphabet
from chapterhouse.render.pieces import ENVIRONMENT, Url

SOON = timedelta(days=90)
"""How far ahead the page of reviews looks."""


@dataclass(frozen=True, slots=True)
class Group:
    """Chapters under one heading: a part, a letter or an owner."""

    title: str
    anchor: str
    editions: tuple[Edition, ...]


def chapters(manual: Manual, today: date, url: Url) -> str:
    """The HTML of the page of all chapters: by part, then from A to Z."""
    shown = editions(manual, today)
    return ENVIRONMENT.get_template("chapters.html").render(
        parts=by_part(manual, shown), letters=by_letter(shown), total=len(shown), url=url
    )


def reviews(manual: Manual, today: date, url: Url) -> str:
    """The HTML of the page of reviews: what is under review, late or due soon, then all by owner."""
    shown = [one for one in editions(manual, today) if one.state != "withdrawn"]
    due = sorted((e for e in shown if e.review), key=due_date)
    return ENVIRONMENT.get_template("reviews.html").render(
        under_review=[e for e in shown if e.under_review],
        overdue=[e for e in due if e.review_overdue],
        soon=[e for e in due if today <= due_date(e) <= today + SOON],
        owners=by_owner(shown),
        total=len(shown),
        today=today,
        until=today + SOON,
        url=url,
    )


def by_part(manual: Manual, shown: Iterable[Edition]) -> tuple[Group, ...]:
    """Chapters under their part, parts and chapters in the order of the manual; no part without any."""
    found: dict[str, list[Edition]] = {part.folder: [] for part in manual.parts}
    for one in shown:
        found.setdefault(one.chapter.part, []).append(one)
    titles = {part.folder: part.title for part in manual.parts}
    return tuple(
        Group(titles.get(folder, folder), f"chapterhouse-part-{folder}", tuple(members))
        for folder, members in found.items()
        if members
    )


def by_letter(shown: Iterable[Edition]) -> tuple[Group, ...]:
    """Chapters under the first letter of their title; those that start with none come first."""
    return tuple(Group(*letter) for letter in alphabet.by_letter(shown, lambda one: one.head.title))


def by_owner(shown: Iterable[Edition]) -> tuple[Group, ...]:
    """Chapters under their owner, owners from A to Z, the earliest review first."""
    order = sorted(shown, key=lambda one: (one.live.owner.casefold(), one.live.owner, due_date(one)))
    groups = groupby(order, key=lambda one: one.live.owner)
    return tuple(
        Group(owner, f"chapterhouse-owner-{place}", tuple(members))
        for place, (owner, members) in enumerate(groups, start=1)
    )


def due_date(one: Edition) -> date:
    """The day of the next review; the last of all days where there is none."""
    return one.review.due if one.review else date.max
