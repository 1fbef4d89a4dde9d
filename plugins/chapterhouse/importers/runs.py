"""Runs cut, joined and tidied, with no word lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chapterhouse.importers.blocks import Run

SPACE = re.compile(r"[^\S\n]+")
AROUND_BREAK = re.compile(r" *\n *")


def tidy(runs: Iterable[Run], *, as_typed: bool = False) -> tuple[Run, ...]:
    """Runs of one dress as one, with single spaces and none at either end. Nothing, if they say nothing.

    `as_typed` keeps the white space of each line, as code needs it.
    """
    before = "\n"
    kept: list[Run] = []
    for run in _joined(runs):
        text = run.text if as_typed else AROUND_BREAK.sub("\n", SPACE.sub(" ", run.text))
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


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs that have been tidied, character for character."""
    return "".join(run.text for run in runs)


def cut(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """Runs without their first `count` characters; the marks among these stay."""
    left: list[Run] = []
    for run in runs:
        if run.mark or count < len(run.text):
            left.append(run if run.mark else replace(run, text=run.text[count:]))
        count = max(0, count - len(run.text))
    return tidy(left)


def kept(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """The first `count` characters of runs."""
    left: list[Run] = []
    for run in runs:
        if count <= 0:
            break
        left.append(replace(run, text=run.text[:count]))
        count -= len(run.text)
    return tidy(left)
