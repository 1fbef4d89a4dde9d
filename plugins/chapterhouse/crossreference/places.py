"""Where in the manual something is mentioned: each paragraph once, in the order of its chapter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from chapterhouse.crossreference.entries import Place
from chapterhouse.editions import Edition
from chapterhouse.mention import Mention

Places = dict[tuple[str, str], Place]
"""By the address of the chapter and the anchor in it."""
Key = TypeVar("Key")


def gather(edition: Edition, said: Iterable[tuple[Mention, Iterable[Key]]], found: dict[Key, Places]) -> None:
    """Add the places of an edition to what was found: of each mention, under each of its keys.

    Places come in the order of the addresses of the chapter; those of a footnote where its mark is.
    """
    order = {anchor: place for place, anchor in enumerate(edition.chapter.anchors, 1)}
    for mention, keys in sorted(said, key=lambda pair: order.get(pair[0].anchor, 0)):
        for key in keys:
            places = found.setdefault(key, {})
            address = (edition.path, mention.anchor)
            known = places[address].words if address in places else ()
            words = tuple(dict.fromkeys((*known, mention.words)))
            places[address] = Place(edition, mention.anchor, mention.paragraph, words)
