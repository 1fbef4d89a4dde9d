"""Runs as they come from a file, made as few and as plain as they can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import Run, plain

_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n *")


def tidied(runs: Sequence[Run], *, as_typed: bool) -> tuple[Run, ...]:
    """Runs of one dress as one, with single spaces and none at either end. Nothing, if they say nothing.

    `as_typed` keeps the white space of each line, as code needs it.
    """
    if not plain(runs) and not any(run.mark for run in runs):
        return ()
    before = "\n"
    kept: list[Run] = []
    for run in _joined(runs):
        text = run.text if as_typed else _AROUND_BREAK.sub("\n", _SPACES.sub(" ", run.text))
        if not as_typed and before in {" ", "\n"}:
            text = text.lstrip(" ")
        if text or run.mark:
            kept.append(replace(run, text=text))
        before = text[-1:] or before
    around = "\n" if as_typed else None
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept:
            text = strip(kept[end].text, around)
            if text or kept[end].mark:
                kept[end] = replace(kept[end], text=text)
                break
            del kept[end]
    return tuple(kept)


def _joined(runs: Iterable[Run]) -> Iterable[Run]:
    """Neighbours of one dress together."""
    dress, texts = Run(""), list[str]()
    for run in runs:
        if replace(run, text="") != dress or (run.mark and not run.text):
            yield replace(dress, text="".join(texts))
            dress, texts = replace(run, text=""), []
        texts.append(run.text)
    yield replace(dress, text="".join(texts))
