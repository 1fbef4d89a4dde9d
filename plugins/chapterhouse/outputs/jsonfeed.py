"""A feed as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from typing import Any

from chapterhouse.editions import KINDS
from chapterhouse.outputs.feeds import Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
NAME = "feed.json"


def json_feed(feed: Feed, site_url: str) -> dict[str, Any]:
    """The content of `feed.json`.

    Every text in it is plain (`content_text`). JSON Feed knows whole addresses only: where the site has none,
    the feed has none.
    """
    made: dict[str, Any] = {"version": VERSION, "title": feed.title}
    if site_url:
        made["home_page_url"] = site_url + feed.page
        made["feed_url"] = site_url + feed.folders[0] + NAME
    made["language"] = "en-GB"
    made["authors"] = [{"name": feed.author}]
    made["items"] = [_item(entry, site_url) for entry in feed.entries]
    return made


def _item(entry: Entry, site_url: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": entry.id}
    if site_url:
        made["url"] = site_url + entry.path
    return made | {
        "title": entry.title,
        "content_text": entry.text,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": [KINDS[entry.kind], *(role.title for role in entry.roles)],
    }
