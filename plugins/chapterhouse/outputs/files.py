"""Which files of data a site carries, and what each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from chapterhouse.crossreference import Index, Place, Recorded
from chapterhouse.editions import editions
from chapterhouse.model import Manual
from chapterhouse.outputs import atom, jsonfeed
from chapterhouse.outputs.amendments import amendments_json
from chapterhouse.outputs.calendar import reviews_ics
from chapterhouse.outputs.common import as_json, schema
from chapterhouse.outputs.current import CURRENT, current_json
from chapterhouse.outputs.feeds import Feed, feeds_of
from chapterhouse.outputs.glossary import glossary_json
from chapterhouse.outputs.legislation import legislation_csv, legislation_json
from chapterhouse.outputs.manual import manual_json


def files(
    manual: Manual,
    today: date,
    name: str,
    url: str,
    law: Index,
    uses: Mapping[str, tuple[Place, ...]],
    records: tuple[Recorded, ...],
) -> dict[str, bytes]:
    """The files of data, by path from the site's root.

    `name` is what the manual is called, `url` where it is published; empty where nobody has said. `law` and
    `uses` are its cross-references on that day, `records` its amendments.
    """
    found = {
        "api/manual.json": as_json(manual_json(manual, today)),
        "api/schema/manual.json": schema("manual"),
        "api/amendments.json": as_json(amendments_json(records, today)),
        "api/schema/amendments.json": schema("amendments-api"),
        "api/legislation.json": as_json(legislation_json(law)),
        "api/schema/legislation.json": schema("legislation-api"),
        "api/glossary.json": as_json(glossary_json(manual, uses, today)),
        "api/schema/glossary.json": schema("glossary-api"),
        "api/schema/current.json": schema("current"),
        "legislation.csv": legislation_csv(law, url),
        "reviews.ics": reviews_ics(manual, today, url),
    }
    for edition in editions(manual, today):
        found[f"{edition.path}{CURRENT}"] = as_json(current_json(edition))
    for feed in feeds_of(manual, records, today, name):
        found.update(written(feed, url))
    return found


def written(feed: Feed, url: str) -> Iterator[tuple[str, bytes]]:
    """The files of a feed: both forms, at its own address and at old ones, where programs go on asking."""
    forms = {atom.NAME: atom.atom_feed(feed, url), jsonfeed.NAME: as_json(jsonfeed.json_feed(feed, url))}
    for folder in feed.folders:
        for name, data in forms.items():
            yield f"{folder}{name}", data
