"""A PDF file, read back: whether every part is there."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from chapterhouse.paper.engine import EngineError, libraries


def pages(pdf: bytes, titles: Sequence[str], chapters: Sequence[str] = ()) -> int:
    """How many pages a PDF file has.

    Raises EngineError unless its bookmarks of the first level are `titles`, with all `chapters` among
    them, and there is a page for each.
    """
    _, pikepdf = libraries()
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        told = [str(item.title) for item in outline.root]
        total = len(opened.pages)
    missing = [title for title in dict.fromkeys((*titles, *chapters)) if title not in told]
    if missing:
        raise EngineError(f"missing from the PDF file: {', '.join(missing)}")
    if told != list(titles) or total < len(titles):
        raise EngineError("the PDF file does not hold what it should, each once and in order")
    return total
