"""What elements say by an attribute: pictures, buttons, abbreviations, links. None of it is kept as text."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from chapterhouse.importers.blocks import Why
from chapterhouse.importers.pages.addressing import of_picture
from chapterhouse.importers.pages.elements import attribute

PICTURES = frozenset(("img", "image", "amp-img"))
_UNSEEN_INPUTS = frozenset(("hidden", "password", "checkbox", "radio"))


def said_by(tag: Tag) -> tuple[str, Why, str] | None:
    """The words, why they are not kept, and what to say of them; None of an element that says nothing."""
    match tag.name:
        case name if name in PICTURES:
            return attribute(tag, "alt"), "picture", of_picture(attribute(tag, "src"))
        case "input" | "textarea":
            is_unseen = attribute(tag, "type").lower() in _UNSEEN_INPUTS
            words = "" if is_unseen else f"{attribute(tag, 'value')} {attribute(tag, 'placeholder')}".strip()
            return (words, "furniture", "") if words else None
        case "abbr" | "acronym":
            meaning = attribute(tag, "title")
            return (meaning, "hidden", "What an abbreviation is short for.") if meaning.strip() else None
        case "a":
            tip = attribute(tag, "title")
            shown = [str(inner) for inner in tag.contents[:1] if isinstance(inner, NavigableString)]
            if tip.strip() and " ".join(tip.split()).lower() not in " ".join(" ".join(shown).split()).lower():
                return tip, "hidden", "What a link says of itself to those who point at it."
    return None
