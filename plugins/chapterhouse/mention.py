"""What the citations of the law and the terms of the glossary have in common: their place in a chapter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Something found at a place in a chapter. Text is never annotated in place: this points into it."""

    start: int
    end: int
    """Offsets into the chapter's `text`."""
    words: str
    """As written, with one kind of space, quote and dash, and without emphasis."""
    anchor: str
    """The address of the paragraph in which it stands, or of the section where that has no paragraphs;
    empty before the first of both."""
    paragraph: str
    """The number of the paragraph; empty where it stands in none."""
    footnote: str
    """The label of the footnote in which it stands; empty outside footnotes."""
    linkable: bool
    """False where it must be left alone: in headings, code, links, and what else its kind refuses."""
