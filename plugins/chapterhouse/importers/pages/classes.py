"""What the style sheet of a page says of words by their class: bold, slanted, raised, as in Google Docs."""

from __future__ import annotations

from bs4 import BeautifulSoup

from chapterhouse.importers.pages.elements import BLOCKS, attribute

_DRESS = ("font-weight", "font-style", "vertical-align")
_LONGEST = 200
"""Letters of what is said of one class."""
_MOST = 5
"""Classes of one element."""


def dress_by_class(soup: BeautifulSoup) -> None:
    """Write what the classes of words say beside what they say themselves, which comes first.

    Only rules for one class are read (`.c3`, `span.c3`), of what dresses words, and none that hold on some
    media only. Paragraphs are left as they are: a site makes whole pages bold.
    """
    rules = _rules(soup)
    order = {name: place for place, name in enumerate(rules)}
    for tag in soup.find_all(class_=True) if rules else ():
        names = [name for name in attribute(tag, "class").split() if name in rules]
        if names and tag.name not in BLOCKS:
            said = (rules[name] for name in sorted(names, key=order.__getitem__, reverse=True)[:_MOST])
            tag["style"] = ";".join((attribute(tag, "style"), *said))


def _rules(soup: BeautifulSoup) -> dict[str, str]:
    """What is said of each class, the last said last."""
    rules: dict[str, str] = {}
    for sheet in soup.find_all("style"):
        for rule in sheet.get_text().split("}"):
            selectors, _, said = rule.rpartition("{")
            said_of_words = (one for one in said.split(";") if one.strip().lower().startswith(_DRESS))
            dress = ";".join(said_of_words)[:_LONGEST]
            for selector in selectors.split(",") if dress and "{" not in selectors else ():
                element, dot, name = selector.replace("<!--", "").strip().partition(".")
                if dot and element.lower() in ("", "span"):
                    rules[name] = f"{dress};{rules.pop(name, '')}"[:_LONGEST]
    return rules
