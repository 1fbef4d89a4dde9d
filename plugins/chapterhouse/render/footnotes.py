"""The list of footnotes, named for those who cannot see where it stands."""

from __future__ import annotations

from xml.etree.ElementTree import Element

OPTIONS = {
    "BACKLINK_TITLE": "Back to footnote {} in the text",
    # The default is a phrase that an author could write; this one cannot stand in a chapter.
    "PLACE_MARKER": "\x02footnotes\x03",
}


def is_footnotes(element: Element) -> bool:
    """Whether `element` is the list that Python-Markdown's `footnotes` made."""
    return element.tag == "div" and element.get("class") == "footnote"


def name_footnotes(division: Element) -> None:
    """Give the list and its links back their names and roles. A second mention says so."""
    # A section with a name is a landmark even for programs that do not know the role.
    division.tag = "section"
    division.set("role", "doc-endnotes")
    division.set("aria-label", "Footnotes")
    for note in division.iterfind("ol/li"):
        links = [link for link in note.iter("a") if link.get("class") == "footnote-backref"]
        for mention, link in enumerate(links, 1):
            title = link.get("title", "") + (f", mention {mention}" if mention > 1 else "")
            link.set("title", title)
            link.set("aria-label", title)
            link.set("role", "doc-backlink")
