"""Runs cut, joined and tidied, with no word lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chapterhouse.importers.blocks import Run

SPACE = re.compile(r"[^\S\n]+")


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with single spaces, none at the ends, and neighbours of one dress as one."""
    made: list[Run] = []
    for run in runs:
        text = SPACE.sub(" ", run.text)
        if made and (made[-1].text.endswith((" ", "\n"))):
            text = text.lstrip(" ")
        if not made:
            text = text.lstrip()
        if not text:
            continue
        if made and not run.mark and replace(made[-1], text="") == replace(run, text=""):
            made[-1] = replace(run, text=made[-1].text + text)
        else:
            made.append(replace(run, text=text))
    while made and not made[-1].text.strip():
        made.pop()
    if made:
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
    return tuple(made)


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs that have been tidied, character for character."""
    return "".join(run.text for run in runs)


def cut(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """Runs without their first `count` characters."""
    left: list[Run] = []
    for run in runs:
        if count < len(run.text):
            left.append(replace(run, text=run.text[count:]))
            count = 0
        else:
            count -= len(run.text)
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
