"""`review`: a chapter under review, out of it again, or checked by its owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import DATE, main, root, written
from chapterhouse.cli.recording import (
    day_option,
    finish,
    finish_file,
    list_option,
    live_chapter,
    refusals,
    text_option,
)
from chapterhouse.manual import declaring, reviewing
from chapterhouse.model import Chapter

OWN = {
    "open": ("reason", "meanwhile", "paragraphs", "expected", "still_applies"),
    "close": ("summary",),
    "done": ("by", "checked", "outcome", "due", "on"),
}
"""The options that go with each of the three."""
NAMES = {"paragraphs": "--paragraph", "still_applies": "--still-applies"}
NEEDED = {
    "open": {
        "reason": "why, in words for the reader",
        "meanwhile": "what the reader is to follow until it is settled",
        "paragraphs": "which paragraphs are touched",
    },
    "close": {"summary": "what came of it, in words for the reader"},
    "done": {
        "by": "who checked it: a post, not a name",
        "checked": "what was checked: law,links,contacts",
        "outcome": "what was found",
        "due": "when it is to be checked again",
    },
}


@main.command()
@click.argument("chapter", callback=written)
@click.option("--open", "open_", is_flag=True, help="Put the chapter under review.")
@click.option("--close", is_flag=True, help="Take it out of review again.")
@click.option("--done", is_flag=True, help="Record that its owner has checked it.")
@text_option("--reason", "Why, in words for the reader (with --open).")
@text_option("--meanwhile", "What the reader is to follow until it is settled (with --open).")
@list_option("--paragraph", "paragraphs", "A paragraph that is touched (with --open).")
@day_option("--expected", "When the new text is expected (with --open; default: three months on).")
@click.option(
    "--still-applies/--do-not-rely",
    default=None,
    help="Whether the text may be relied on meanwhile (with --open; default: it may).",
)
@text_option("--summary", "What came of it, in words for the reader (with --close).")
@text_option("--by", "Who checked it: a post, not a name (with --done).")
@list_option("--checked", "checked", "What was checked, with commas: law,links,contacts.", commas=True)
@text_option("--outcome", "What was found (with --done).")
@day_option("--due", "When it is to be checked again (with --done).")
@day_option("--on", "The day of the check (with --done; default: --date).")
@DATE
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.pass_obj
def review(
    folder: Path | None,
    /,
    chapter: str,
    day: date,
    *,
    open_: bool,
    close: bool,
    done: bool,
    dry_run: bool,
    **said: Any,
) -> None:
    """Put a chapter under review, take it out again, or record that its owner has checked it.

    CHAPTER is a slug or a number. Opening and closing make a version; a check does not.
    """
    step = _step({"open": open_, "close": close, "done": done}, said)
    place = root(folder)
    manual = manuals.load(place)
    live = live_chapter(manual, chapter)
    with refusals(live):
        if step == "done":
            _done(place, live, day, said, dry=dry_run)
            return
        if step == "close":
            version = declaring.closed(manual, live, said["summary"], day)
        else:
            asked = reviewing.request(day, said["reason"], said["meanwhile"], said["expected"], None)
            asked = replace(asked, still_applies=said["still_applies"] is not False)
            version = declaring.opened(manual, live, asked, said["paragraphs"])
        finish(place, manual, version, day, dry=dry_run)


def _done(place: Path, live: Chapter, day: date, said: dict[str, Any], *, dry: bool) -> None:
    on = said["on"] or day
    if on > day:
        raise click.UsageError(f"--on {on} is in the future: a review is recorded when it is done")
    found = declaring.last(said["by"], said["checked"], said["outcome"], on, said["due"])
    what = f"reviewed on {on}; the next review is due on {found.due}"
    finish_file(place, declaring.done(live, found), what, dry=dry)


def _step(steps: dict[str, bool], said: dict[str, Any]) -> str:
    """Which of the three is asked for. Misuse ends the command."""
    chosen = [step for step, given in steps.items() if given]
    if len(chosen) != 1:
        raise click.UsageError("give one of --open, --close and --done")
    step = chosen[0]
    for other, names in OWN.items():
        for name in names:
            if other != step and said[name] not in (None, ()):
                raise click.UsageError(f"{_option(name)} goes with --{other}")
    missing = [name for name in NEEDED[step] if not said[name]]
    if step == "done" and said["due"] and missing:
        lacking = ", ".join(_option(name) for name in missing)
        message = "a date alone says nothing of a review, and readers rely on it"
        raise click.UsageError(f"{message}: say what was done, with {lacking}")
    if missing:
        name = missing[0]
        raise click.UsageError(f"say {NEEDED[step][name]}: {_option(name)}")
    return step


def _option(name: str) -> str:
    return NAMES.get(name, f"--{name}")
