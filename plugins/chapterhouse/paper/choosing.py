"""Which texts are made into a PDF file: what an editor names, as the manual stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chapterhouse import history as histories
from chapterhouse.editions import Edition, edition
from chapterhouse.manual import naming
from chapterhouse.manual.settings import Settings
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Chapter, Diagnostic, History, Manual

Chosen = Edition | Chapter
"""A version of a chapter as it stands on a day, or the text of a draft."""


def choose(
    manual: Manual,
    names: Sequence[str],
    today: date,
    said: Settings,
    version: str | None = None,
    *,
    dated: bool,
) -> tuple[Chosen, ...]:
    """The chapters that are named, each once, as `today` shows them; with `version`, that version of the one.

    `dated` says that somebody asked for the day: a draft has none. Raises ValueError, with what to write
    instead.
    """
    if version is not None:
        if len(names) != 1:
            raise ValueError("--version goes with one CHAPTER")
        history = _history(manual, names[0], today)
        if _is_draft(history):
            raise ValueError(f"{history.chapter.slug} is a draft, which has no versions: leave out --version")
        record = naming.record(history, version)
        found = next((one for one in histories.versions(history) if one.amendment is record), None)
        if found is None:
            raise ValueError(f"the text of version {version} is not in the archive: run check")
        return (Edition(history, found, today, said.name, said.url),)
    chosen = dict.fromkeys(_history(manual, name, today) for name in names)
    drafts = [one.chapter for one in chosen if _is_draft(one)]
    if drafts and dated:
        raise ValueError(f"{drafts[0].slug} is a draft, of which no day is known: leave out --date")
    return tuple(
        one.chapter if _is_draft(one) else edition(one, today, said.name, said.url) for one in chosen
    )


def faults(found: Iterable[Diagnostic], manual: Manual, chosen: Sequence[Chosen]) -> list[Diagnostic]:
    """The errors that stand against paper. Of chapters that were asked for, those in other chapters do not:
    whoever needs one today need not wait for what somebody else is editing. Against the whole manual stand
    all but those of drafts.
    """
    asked = {_slug(one) for one in chosen}
    others = [
        one for one in manual.chapters if one.slug not in asked and (chosen or one.head.status == "draft")
    ]
    paths = {one.source.path for one in others}
    archives = tuple(f"{ARCHIVE}/{one.slug}/" for one in others)
    return [
        one
        for one in found
        if one.severity == "error" and one.path not in paths and not one.path.startswith(archives)
    ]


def _slug(chosen: Chosen) -> str:
    return chosen.slug if isinstance(chosen, Chapter) else chosen.history.chapter.slug


def _history(manual: Manual, name: str, today: date) -> History:
    try:
        return naming.chapter(manual, name, today)
    except ValueError:
        return naming.chapter(manual, name)


def _is_draft(history: History) -> bool:
    head = history.chapter.head
    return head.status == "draft" or not head.amendments
