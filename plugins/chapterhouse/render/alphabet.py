"""Lists from A to Z: what stands under which letter, and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

Item = TypeVar("Item")

DIGITS = "0 to 9"
"""Where names stand that start with no letter."""


def plain(name: str) -> str:
    """A name as a key: accents and capitals make no difference."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def by_letter(
    items: Iterable[Item], name: Callable[[Item], str]
) -> Iterator[tuple[str, str, tuple[Item, ...]]]:
    """Items by name under their first letters: the letter, its address in the page, and what stands there.

    Names that start with none come first.
    """

    def initial(item: Item) -> str:
        first = plain(name(item))[:1].upper()
        return first if first.isalpha() else DIGITS

    order = sorted(items, key=lambda item: (initial(item) != DIGITS, initial(item), plain(name(item))))
    for letter, members in groupby(order, key=initial):
        yield letter, f"chapterhouse-letter-{letter[0].lower()}", tuple(members)
