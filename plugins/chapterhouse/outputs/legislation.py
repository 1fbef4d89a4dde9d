"""`api/legislation.json` and `legislation.csv`: the law that the manual cites, and where."""

from __future__ import annotations

import csv
import io
from typing import Any

from chapterhouse.crossreference import Entry, Index, Provision, replacements
from chapterhouse.law import Duty, Standing, binds
from chapterhouse.outputs.common import SCHEMA, place_json

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
        "cited_in": [place_json(place) for place in provision.places],
    }


def _duty_json(duty: Duty) -> dict[str, Any]:
    return {
        "body": duty.body,
        "territory": duty.territory,
        "provisions": [str(target) for target in duty.provisions],
        "confidence": duty.confidence,
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
                        site_url + place.path,
                        "; ".join(place.words),
                    )
                )
    return text.getvalue().encode()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
