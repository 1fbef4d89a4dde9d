"""What the generator says beside a paragraph. With these elements gone, the text is the author's.

An excluded element never holds another of its own kind: `pieces` says why.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from chapterhouse.render.context import Note

MARK = {"data-chapterhouse-note": "", "data-search-exclude": ""}


def note_paragraph(division: Element, block: Element, notes: tuple[Note, ...]) -> None:
    """Put the notes of a paragraph in their places: behind its number in `block`, or at its end."""
    loud = [_note(note, "paragraph-note") for note in notes if not note.quiet]
    if loud:
        number = block[0]
        loud[-1].tail, number.tail = number.tail, None
        block[1:1] = loud
    quiet = [note for note in notes if note.quiet]
    if quiet:
        line = SubElement(division, "p", {"class": "paragraph-marks", **MARK})
        line.tail = "\n"
        line.extend(_link(note, "paragraph-mark") for note in quiet)
        for mark in line[:-1]:
            mark.tail = "; "


def _note(note: Note, kind: str) -> Element:
    if note.href:
        made = _link(note, kind)
        made.attrib.update(MARK)
    else:
        made = Element("span", {"class": kind, **MARK})
        made.text = plain(f" {note.words}")
    return made


def _link(note: Note, kind: str) -> Element:
    link = Element("a", {"class": kind, "href": plain(note.href)})
    link.text = plain(f" {note.words}")
    about = SubElement(link, "span", {"class": "read-out"})
    about.text = plain(f": {note.about}")
    return link


def plain(text: str) -> str:
    """Words for Python-Markdown, which leaves alone what looks like an entity."""
    return text.replace("&", "&amp;")
