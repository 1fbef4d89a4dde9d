"""What the site says of all chapters at once: its data, its lists, its search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from chapterhouse.verify.built import Built, seen, words
from chapterhouse.verify.required import Required

VERSION_PAGE = re.compile(r"/versions/[^/]+/\Z")


def head_faults(data: Mapping[str, Any], today: date) -> Iterator[str]:
    """What is wrong with what a file of data says of itself: its schema, and the day of the build."""
    if data.get("schema") != 1:
        yield f"the schema number is {data.get('schema')}, not 1"
    if data.get("build_date") != today.isoformat():
        yield f"the build date is {data.get('build_date')}, not {today.isoformat()}"


def data_faults(text: str, required: Iterable[Required], today: date) -> Iterator[str]:
    """What is wrong with `api/manual.json`."""
    try:
        data = json.loads(text)
        entries = [(str(entry["url"]), dict(entry)) for entry in data["chapters"]]
    except (ValueError, KeyError, TypeError) as error:
        yield f"is not what its schema says: {error!r}"
        return
    yield from head_faults(data, today)
    wanted = {one.path: one.entry for one in required}
    listed = dict(entries)
    for url in sorted(wanted.keys() - listed.keys()):
        yield f"{url} is missing"
    for url in sorted(listed.keys() - wanted.keys()):
        yield f"{url} is listed and is no chapter"
    for url, entry in wanted.items():
        yield from _entry_faults(url, entry, listed.get(url, entry))
    urls = [url for url, _ in entries]
    if set(urls) == set(wanted) and urls != list(wanted):
        yield "the chapters stand in another order than in the manual, or twice"


def list_faults(built: Built, hook: str, required: Iterable[Required]) -> Iterator[str]:
    """What is wrong with a page that lists chapters: each has a link with its number and title."""
    found = built.hooks(hook)
    if not found:
        yield "the list of chapters is missing"
        return
    linked = {(built.target(a), words(a)) for a in found[0].find_all("a", href=True) if seen(a)}
    wanted = {(one.path, one.title) for one in required}
    for path, title in sorted(wanted - linked):
        yield f"{title} is missing, or does not lead to {path}"


def calendar_faults(text: str, required: Iterable[Required]) -> Iterator[str]:
    """What is wrong with `reviews.ics`: the day of each review that is due."""
    events = re.sub(r"\r?\n[ \t]", "", text).split("BEGIN:VEVENT")[1:]
    days = dict(_event(event) for event in events)
    for one in required:
        if one.live.review and one.state != "withdrawn":
            uid, due = f"review.{one.history.chapter.slug.replace('/', '.')}", one.live.review.due
            if days.get(uid) != due.strftime("%Y%m%d"):
                yield f"the review of {one.path} is due on {due.isoformat()}, and it does not say so"


def _event(event: str) -> tuple[str, str]:
    """The name of an event, without its host, and its first day."""
    uid, day = re.search(r"UID:([^@\s]+)", event), re.search(r"DTSTART\S*:(\d{8})", event)
    return uid[1] if uid else "", day[1] if day else ""


def search_faults(text: str, drafts: Iterable[str]) -> Iterator[str]:
    """What is wrong with the index of the search."""
    try:
        found = {str(entry["location"]).partition("#")[0] for entry in json.loads(text)["docs"]}
    except (ValueError, KeyError, TypeError) as error:
        yield f"cannot be read: {error!r}"
        return
    for location in sorted(found):
        if VERSION_PAGE.search(location):
            yield f"{location} is superseded, and search finds it"
    for slug in drafts:
        if f"{slug}/" in found:
            yield f"{slug}/ is a draft, and search finds it"


def _entry_faults(url: str, wanted: dict[str, object], entry: dict[str, object]) -> Iterator[str]:
    for key in sorted(wanted.keys() | entry.keys()):
        if key not in wanted:
            yield f"{url} says {key}, which the schema does not have"
        elif entry.get(key) != wanted[key]:
            yield f"{url}: {key} is {entry.get(key)!r}, not {wanted[key]!r}"
