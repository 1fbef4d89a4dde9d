"""Where the links of a document lead in its draft."""

from __future__ import annotations

import time

from chapterhouse.importers.blocks import Block, Run
from chapterhouse.importers.drafts.leading import Lost, Neighbours
from chapterhouse.importers.recognising.recognised import Piece, Recognised

from .test_words import EMPTY

MANY = 20_000


def test_a_page_of_links_to_its_own_places() -> None:
    """The paragraphs are gone through once, and not for each link."""
    pieces = tuple(
        Piece(Block("paragraph", f"line {at}", (Run(f"See {at}", href=f"#1.{at + 1}"),)), f"1.{at}")
        for at in range(MANY)
    )
    found = Recognised("2.2", "Forms", "sections", pieces)
    neighbours = Neighbours(EMPTY, "imported", "", {"forms.html": ("forms.md", found)})
    start = time.process_time()
    lost = list(neighbours.lost(found, "forms.html"))
    assert time.process_time() - start < 5
    assert lost == [Lost(f"See {MANY - 1}", f"#1.{MANY}", "")]
