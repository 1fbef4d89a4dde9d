"""`amend`: the change that an editor made, recorded."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from chapterhouse import manual as manuals
from chapterhouse.cli import asking
from chapterhouse.cli.common import DATE, main, root, written
from chapterhouse.cli.recording import (
    day_option,
    finish,
    list_option,
    live_chapter,
    refusals,
    text_option,
)
from chapterhouse.diagnostics import printers
from chapterhouse.manual import amendments, asked
from chapterhouse.manual.amendments import Asked
from chapterhouse.manual.tree import MAX_BYTES, decoded, read_bytes
from chapterhouse.model import Chapter, Diagnostic, Kind, Source


def pairs(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Old numbers with their new ones, as OLD=NEW."""
    found = []
    for text in given:
        match = re.fullmatch(r"([^=]+)=([^=]+)", text)
        if match is None:
            raise click.BadParameter(f"{text!r} is not written as OLD=NEW, for example 3.4=3.5")
        found.append((match[1].strip(), match[2].strip()))
    return tuple(found)


@main.command()
@click.argument("chapter", callback=written)
@text_option("--summary", "What changed, in words for the reader.")
@day_option("--effective", "The day from which the version applies; it may lie ahead (default: --date).")
@day_option("--published", "The day of publication (default: --date).")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="What was done (default: worked out).")
@list_option("--because", "because", "Why: the id of an instrument, or words.")
@list_option("--paragraph", "paragraphs", "A paragraph that changed (default: worked out).")
@text_option("--action", "What readers must now do.")
@list_option("--roles", "roles", "Whom it concerns: ids from parts.yml, with commas.", commas=True)
@text_option("--approved-by", "Who approved it.")
@text_option("--reason", "Why it takes effect before it is published.")
@click.option(
    "--renumbered",
    metavar="OLD=NEW",
    callback=pairs,
    multiple=True,
    help="A paragraph that has another number now (default: worked out). May be repeated.",
)
@text_option("--correct", "The version that was published in error.")
@day_option("--wrong-from", "The first day on which the mistake was shown (with --correct).")
@day_option("--wrong-until", "The last day on which it was shown (with --correct).")
@click.option(
    "--from", "file", type=click.Path(path_type=Path), help="Record the text of this file, not the live one."
)
@click.option("--urgent", is_flag=True, help="Although another version is scheduled (with --from).")
@DATE
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def amend(
    folder: Path | None,
    /,
    chapter: str,
    day: date,
    file: Path | None,
    *,
    urgent: bool,
    dry_run: bool,
    yes: bool,
    **said: Any,
) -> None:
    """Record the change that was made in a chapter: archive the text, write its record.

    CHAPTER is a slug or a number. On a terminal the redline is shown first, then what is missing is asked.
    """
    if urgent and not file:
        raise click.UsageError("--urgent goes with --from FILE: the live file holds what is scheduled")
    if not said["correct"] and (said["wrong_from"] or said["wrong_until"]):
        raise click.UsageError("--wrong-from and --wrong-until go with --correct")
    place = root(folder)
    manual = manuals.load(place)
    live = live_chapter(manual, chapter)
    with refusals(live):
        given = asked.Request(**{name: value for name, value in said.items() if value is not None})
        wanted = Asked(manual, live, asked.checked(manual, given), day, _file(place, live, file), urgent)
        done = amendments.pending(wanted)
        if done is None:
            found = amendments.proposed(wanted)
            asks = asking.terminal() and not yes
            if asks:
                asking.show(found)
                wanted = asking.completed(wanted, found)
            done = amendments.planned(wanted, found)
            if asks and not dry_run:
                asking.confirm(done)
        finish(place, manual, done, day, dry=dry_run)


def _file(place: Path, live: Chapter, file: Path | None) -> Source | None:
    """The text that is to take the place of the live one. Misuse ends the command."""
    if file is None:
        return None
    if file.resolve() == (place / live.source.path).resolve():
        raise click.UsageError("--from names the live file: leave it out, or copy the version in force")
    data = read_bytes(file, str(file), MAX_BYTES)
    source = data if isinstance(data, Diagnostic) else decoded(str(file), data)
    if isinstance(source, Diagnostic):
        raise click.UsageError(f"--from {printers.visible(str(file))}: {source.message}")
    return source
