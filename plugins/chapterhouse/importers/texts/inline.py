"""The marks inside a line of Markdown, as runs."""

from __future__ import annotations

import re
from dataclasses import replace

from chapterhouse.importers.blocks import Run

TOKEN = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+.!|<>~-])"
    r"|<sup>(?P<raised>[^<]{0,40})</sup>"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|\[\^(?P<mark>[^\s\[\]]{1,80})\]"
    r"|(?<!!)\[(?P<words>[^\[\]]{1,2000})\]\(\s*<?(?P<href>[^\s()<>]{1,2000})>?\s*\)"
    r"|(?P<signs>\*{1,3})"
)
FOOTNOTE = re.compile(r"[0-9]{1,3}|[*\u2020\u2021]")


def inline(text: str) -> tuple[Run, ...]:
    """The runs of a line of Markdown: emphasis, links, marks of footnotes. A sign without meaning is dropped.

    The time it takes grows as the text does.
    """
    runs: list[Run] = []
    dress = Run("")
    done = 0
    for found in TOKEN.finditer(text):
        _add(runs, dress, text[done : found.start()])
        done = found.end()
        if signs := found["signs"]:
            dress = _turned(dress, signs, text, found)
        elif found["words"]:
            runs += [
                replace(run, href=found["href"], strong=run.strong or dress.strong)
                for run in inline(found["words"])
            ]
        else:
            runs.append(_single(found, dress))
    _add(runs, dress, text[done:])
    return tuple(run for run in runs if run.text)


def _add(runs: list[Run], dress: Run, text: str) -> None:
    if text:
        runs.append(replace(dress, text=text))


def _turned(dress: Run, signs: str, text: str, found: re.Match[str]) -> Run:
    """The dress after a row of stars: one for emphasis, two for strong words, three for both."""
    opens = text[found.end() : found.end() + 1].strip() != ""
    closes = text[found.start() - 1 : found.start()].strip() != "" if found.start() else False
    if len(signs) != 1 and ((dress.strong and closes) or (not dress.strong and opens)):
        dress = replace(dress, strong=not dress.strong)
    if len(signs) != 2 and ((dress.emphasis and closes) or (not dress.emphasis and opens)):
        dress = replace(dress, emphasis=not dress.emphasis)
    return dress


def _single(found: re.Match[str], dress: Run) -> Run:
    if found["escaped"]:
        return replace(dress, text=found["escaped"])
    if found["auto"]:
        return Run(found["auto"].removeprefix("mailto:"), href=found["auto"])
    if found["mark"]:
        return Run(found["mark"], raised=True, mark=found["mark"])
    raised = found["raised"]
    return Run(raised, raised=True, mark=raised if FOOTNOTE.fullmatch(raised) else "")
