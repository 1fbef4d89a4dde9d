"""What other programs read: the manual and its law as data, its reviews as a calendar. Values, not files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from chapterhouse import __version__
from chapterhouse.crossreference import Entry, Index, Place, Provision, replacements
from chapterhouse.editions import Edition, editions
from chapterhouse.glossary.names import names
from chapterhouse.law import Duty, Standing, binds
from chapterhouse.model import Manual
from chapterhouse.terms import Term, term_path

SCHEMA = 1
"""Raised when a file of `api/` changes in a way that readers must know of."""
COLUMNS = (
    "instrument",
    "title",
    "kind",
    "territory",
    "provision",
    "label",
    "state",
    "settled",
    "replaced_by",
    "official_url",
    "chapter",
    "chapter_title",
    "paragraph",
    "url",
    "words",
)
"""The head of `legislation.csv`."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def schema(name: str) -> bytes:
    """The JSON Schema of `api/NAME.json`, as published at `api/schema/NAME.json`."""
    return resources.files("chapterhouse").joinpath("schema", f"{name}.schema.json").read_bytes()


def manual_json(manual: Manual, today: date) -> dict[str, Any]:
    """The content of `api/manual.json` on a day, as `schema/manual.schema.json` describes it.

    Drafts are left out. Dates are ISO 8601; `url` is relative to the site's root, without a leading slash.
    """
    return {
        "schema": SCHEMA,
        "build_date": today.isoformat(),
        "chapters": [chapter_json(shown) for shown in editions(manual, today)],
    }


def chapter_json(shown: Edition) -> dict[str, Any]:
    """One entry of `api/manual.json`. `version`, `title` and `sha256` are of the version shown."""
    review = shown.review
    last = review.last if review else None
    return {
        "number": shown.head.chapter,
        "slug": shown.chapter.slug,
        "title": shown.head.title,
        "part": shown.chapter.part,
        "version": shown.amendment.version,
        "effective": shown.amendment.effective.isoformat(),
        "status": shown.state,
        "review": {
            "due": review.due.isoformat() if review else None,
            "last": last.date.isoformat() if last else None,
            "overdue": shown.review_overdue,
        },
        "url": shown.path,
        "sha256": shown.chapter.sha256,
    }


def legislation_json(index: Index) -> dict[str, Any]:
    """The content of `api/legislation.json`, as `schema/legislation-api.schema.json` describes it.

    Every instrument that has a page, in the order of the index. Addresses of ours are relative to the site's
    root, without a leading slash.
    """
    return {
        "schema": SCHEMA,
        "build_date": index.day.isoformat(),
        "as_of": index.register.as_of.isoformat(),
        "territory": index.register.territory,
        "instruments": [_instrument_json(index, entry) for entry in index.entries],
        "duties": [
            _duty_json(duty) for duty in index.register.duties if binds(duty, index.register.territory)
        ],
    }


def _instrument_json(index: Index, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "territory": entry.where,
        **_standing_json(entry.standing),
        "url": index.official(entry.target),
        "page": entry.page,
        "provisions": [_provision_json(index, one) for one in entry.cited],
    }


def _standing_json(standing: Standing) -> dict[str, Any]:
    replaced_by = (str(target) for _, targets in replacements(standing) for target in targets)
    return {
        "state": standing.state,
        "settled": standing.settled,
        "replaced_by": list(dict.fromkeys(replaced_by)) if standing.state != "in-force" else [],
    }


def _provision_json(index: Index, provision: Provision) -> dict[str, Any]:
    return {
        "provision": provision.target.provision,
        "label": provision.name,
        **_standing_json(provision.standing),
        "url": index.official(provision.target),
        "cited_in": [_place_json(place) for place in provision.places],
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "chapter": place.edition.head.chapter,
        "slug": place.edition.history.chapter.slug,
        "paragraph": place.paragraph,
        "url": place.path,
        "words": list(place.words),
    }


def _duty_json(duty: Duty) -> dict[str, Any]:
    return {
        "body": duty.body,
        "territory": duty.territory,
        "provisions": [str(target) for target in duty.provisions],
        "confidence": duty.confidence,
    }


def glossary_json(manual: Manual, uses: Mapping[str, tuple[Place, ...]], today: date) -> dict[str, Any]:
    """The content of `api/glossary.json`, as `schema/glossary-api.schema.json` describes it.

    Every term from A to Z. `synonyms` are all its names with their plurals; `definition` is Markdown.
    """
    return {
        "schema": SCHEMA,
        "build_date": today.isoformat(),
        "terms": [_term_json(manual, term, uses[term.term], today) for term in manual.glossary.terms],
    }


def _term_json(manual: Manual, term: Term, places: tuple[Place, ...], today: date) -> dict[str, Any]:
    replaced = term.replaced_by
    return {
        "term": term.term,
        "abbreviation": term.abbreviation,
        "aliases": list(term.aliases),
        "synonyms": list(dict.fromkeys(name.form for name in names(term))),
        "kind": term.kind,
        "definition": term.definition,
        "source": term.source,
        "see": [one.term for one in manual.glossary.related(term)],
        "replaced_by": {"terms": list(replaced.terms), "since": replaced.since.isoformat()}
        if replaced
        else None,
        "gone": term.gone(today),
        "url": term_path(term),
        "used_in": [_place_json(place) for place in places],
    }


def legislation_csv(index: Index, site_url: str) -> bytes:
    """The index as `legislation.csv`: RFC 4180, UTF-8, a row for each provision and paragraph.

    A cell that a spreadsheet would take for a formula has an apostrophe before it. Addresses are whole where
    the site has one, and relative to its root where it has none.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in index.cited:
        for provision in entry.cited:
            own = _provision_json(index, provision)
            for place in provision.places:
                writer.writerow(
                    _plain(cell)
                    for cell in (
                        entry.id,
                        entry.title,
                        entry.kind,
                        entry.where,
                        own["provision"],
                        own["label"],
                        own["state"],
                        "yes" if own["settled"] else "no",
                        "; ".join(own["replaced_by"]),
                        own["url"],
                        place.edition.head.chapter,
                        place.edition.head.title,
                        place.paragraph,
                        f"{site_url.rstrip('/')}/{place.path}" if site_url else place.path,
                        "; ".join(place.words),
                    )
                )
    return text.getvalue().encode()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


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
        made.add("url", f"{site_url.rstrip('/')}/{shown.path}")
    return made
