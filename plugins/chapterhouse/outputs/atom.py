"""A feed as Atom 1.0: RFC 4287."""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chapterhouse import __version__
from chapterhouse.editions import KINDS
from chapterhouse.outputs.feeds import Entry, Feed

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
NAME = "feed.xml"


def atom_feed(feed: Feed, site_url: str) -> bytes:
    """The file `feed.xml`, in UTF-8.

    Every text in it is plain: markup in an editor's words is never more than words. Where the site has no
    address, links are relative to the feed's own (RFC 3986, 5.1.3), and the feed does not link to itself.
    """
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en-GB"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    _text(SubElement(root, "author"), "name", feed.author)
    _alternate(root, _href(feed, feed.page, site_url))
    if site_url:
        own = site_url + feed.folders[0] + NAME
        SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": own})
    _text(root, "generator", "Chapterhouse").set("version", __version__)
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), feed, entry, site_url)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(element: Element, feed: Feed, entry: Entry, site_url: str) -> None:
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.published.isoformat())
    _text(SubElement(element, "author"), "name", entry.author)
    _alternate(element, _href(feed, entry.path, site_url))
    SubElement(element, "category", {"term": entry.kind, "label": KINDS[entry.kind]})
    for role in entry.roles:
        SubElement(element, "category", {"term": role.id, "label": role.title})
    _text(element, "summary", entry.summary)
    _text(element, "content", entry.text)


def _alternate(parent: Element, href: str) -> None:
    SubElement(parent, "link", {"rel": "alternate", "type": "text/html", "href": href})


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = text
    return element


def _href(feed: Feed, path: str, site_url: str) -> str:
    if site_url:
        return site_url + path
    relative = posixpath.relpath(path or ".", feed.folders[0] or ".")
    return f"{relative}/"
