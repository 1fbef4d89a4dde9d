"""The parts of a document set by Typst, each by itself, and bound into one file.

A chapter of a dozen sheets takes Typst 30 MB while it is set: a whole manual at once would take more than
most machines have. So each part is set alone, on all processors, first to see on which sheets everything
stands, then with these numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from chapterhouse import qr
from chapterhouse.paper import binding, engine
from chapterhouse.paper.document import Document, Part
from chapterhouse.paper.engine import PICTURES, UNSETTLED, EngineError, LetterMissingError
from chapterhouse.paper.layout import Value
from chapterhouse.paper.nodes import Block, Contents, Numbered, Picture, SheetOf, SheetsOf, Words, inlines
from chapterhouse.paper.parts import laid_out
from chapterhouse.paper.places import UNKNOWN, Counted, Sheets, Spot, places, wanted

ROUNDS = 5
"""So often numbers of sheets are put in that may make a list of them longer by a sheet."""
Made = TypeVar("Made")


def bound(document: Document) -> bytes:
    """The PDF file of a document. Raises EngineError."""
    whole = Whole(document)
    if len(document.parts) == 1:
        return engine.packed(whole.typeset(0, Sheets((UNKNOWN,))))
    sheets = whole.sheets()
    files = whole.each(partial(whole.typeset, sheets=sheets))
    spots = {
        place.label: (place.part, counted.spots[place.label])
        for place in whole.places.values()
        if place.label in (counted := sheets.parts[place.part]).spots
    }
    return binding.joined(files, [part.pages for part in sheets.parts], spots)


class Whole:
    """A document while its parts are set."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.places = places(document)
        self.wanted = wanted(document, self.places)

    def each(self, make: Callable[[int], Made], numbers: Iterable[int] | None = None) -> list[Made]:
        """Something made of each part, or of some, on all processors: Typst lets other threads run."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(make, range(len(self.document.parts)) if numbers is None else numbers))

    def sheets(self) -> Sheets:
        """On which sheets everything stands."""
        unknown = Sheets((UNKNOWN,) * len(self.document.parts))
        found = Sheets(tuple(self.each(partial(self.count, sheets=unknown))))
        telling = [number for number, part in enumerate(self.document.parts) if _tells(part.blocks)]
        for _ in range(ROUNDS):
            told = dict(zip(telling, self.each(partial(self.count, sheets=found), telling), strict=True))
            now = Sheets(tuple(told.get(number, one) for number, one in enumerate(found.parts)))
            if now == found:
                return found
            found = now
        raise EngineError(UNSETTLED)

    def count(self, number: int, sheets: Sheets) -> Counted:
        """How many pages a part has, and where in it stands what other parts lead to."""
        said = self._asked(engine.counted, number, sheets)
        spots = zip(self.wanted[number], said["spots"], strict=True)
        return Counted(said["pages"], {label: Spot(*spot) for label, spot in spots})

    def typeset(self, number: int, sheets: Sheets) -> bytes:
        """The file of a part."""
        return self._asked(engine.typeset, number, sheets)

    def _asked(self, ask: Callable[[Value, Mapping[str, bytes]], Made], number: int, sheets: Sheets) -> Made:
        part = self.document.parts[number]
        value = laid_out(self.document, number, self.places, sheets, self.wanted[number])
        shown = {one.path for one in inlines(part.blocks) if isinstance(one, Picture)}
        files = {
            f"{PICTURES}{path}": self.document.files[path]
            for path in sorted(shown & set(self.document.files))
        }
        value["part"]["qr"] = "qr.svg" if part.sheet.check else ""
        if part.sheet.check:
            files["qr.svg"] = qr.svg(part.sheet.check).encode()
        try:
            return ask(value, files)
        except LetterMissingError as error:
            raise LetterMissingError(error.letters, _place(part, error.letters)) from None


def _tells(blocks: Iterable[Block]) -> bool:
    """Whether numbers of sheets stand in some blocks."""
    return any(isinstance(one, Contents) for one in blocks) or any(
        isinstance(one, SheetOf | SheetsOf) for one in inlines(blocks)
    )


def _place(part: Part, letters: str) -> str:
    """Where letters stand first in a part."""
    for block in part.blocks:
        if any(isinstance(one, Words) and letters in one.text for one in inlines([block])):
            number = f", paragraph {block.anchor}" if isinstance(block, Numbered) else ""
            return part.title + number
    return ""
