"""What stands before the items of a list."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from bs4.element import Tag

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def marks_of(tag: Tag) -> Iterator[str]:
    """The marks of a list's items, one after the other: empty for bullets."""
    kind = str(tag.get("type", "1"))
    end = ")" if "list-paren" in tag.get_attribute_list("class") else "."
    number = int(str(tag.get("start", "1")))
    for item in tag.find_all("li", recursive=False):
        number = int(str(item.get("value", str(number))))
        yield "" if tag.name == "ul" else marked(number, kind) + end
        number += 1


def marked(number: int, kind: str) -> str:
    """A number as HTML's `type` of a list has it: `1`, `a`, `A`, `i`, `I`."""
    if kind.lower() == "a" and number > 0:
        letters = ""
        while number:
            number, place = divmod(number - 1, 26)
            letters = ascii_lowercase[place] + letters
        return letters if kind == "a" else letters.upper()
    if kind.lower() == "i" and 0 < number < 4000:
        letters = ""
        for value, sign in ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters if kind == "i" else letters.upper()
    return str(number)
