"""`reviews.ics`: the reviews as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from chapterhouse import __version__
from chapterhouse.editions import Edition, editions
from chapterhouse.model import Manual


def reviews_ics(manual: Manual, today: date, site_url: str) -> bytes:
    """The calendar `reviews.ics`: an all-day event for each review due and each new text expected.

    RFC 5545, UTF-8. An event keeps its UID when its date moves, so that a calendar moves it too; the
    stamp is the build date, so that two builds with one build date are the same bytes. `site_url` may
    be empty: then the events carry no address.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Chapterhouse//Chapterhouse {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "Chapter reviews")
    calendar.add("x-wr-calname", "Chapter reviews")
    for shown in editions(manual, today):
        for kind, day, words in appointments(shown):
            calendar.add_component(event(shown, kind, day, words, today, site_url))
    return bytes(calendar.to_ical())


def appointments(shown: Edition) -> Iterator[tuple[str, date, str]]:
    """The days that a chapter's owner must keep: what kind, when, and in words."""
    if shown.review:
        yield "review", shown.review.due, "Review due"
    if shown.under_review and shown.state != "withdrawn":
        yield "new-text", shown.under_review.expected, "New text expected"


def event(shown: Edition, kind: str, day: date, words: str, today: date, site_url: str) -> Event:
    """One all-day event of the calendar of reviews."""
    host = urlsplit(site_url).hostname or "chapterhouse.invalid"
    made = Event()
    made.add("uid", f"{kind}.{shown.chapter.slug.replace('/', '.')}@{host}")
    made.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))
    made.add("dtstart", day)
    made.add("dtend", day + timedelta(days=1))
    made.add("summary", f"{words}: {shown.head.chapter} {shown.head.title}")
    made.add("description", f"Owner: {shown.live.owner}")
    made.add("transp", "TRANSPARENT")
    if site_url:
        made.add("url", site_url + shown.path)
    return made
