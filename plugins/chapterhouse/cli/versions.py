"""`as-at` and `diff`: the manual as it stood on a day, and what one version says and another does not."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import build_date, coloured, main, root, say, written
from chapterhouse.manual import dated, naming, standing
from chapterhouse.manual.difference import difference
from chapterhouse.redline import printing
from chapterhouse.render.document import document


@main.command("as-at")
@click.argument("date", callback=build_date)
@click.argument("chapter", metavar="[CHAPTER]", required=False, callback=written)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def as_at(folder: Path | None, date: dt.date, chapter: str | None, form: str) -> None:
    """Say what was in force on a day; with CHAPTER, give its text of that day.

    DATE is written YYYY-MM-DD. CHAPTER is a slug, a number or a path, of today or of that day.
    """
    manual = manuals.load(root(folder))
    if any(fault.severity == "error" for fault in manual.diagnostics):
        click.echo("the manual has errors, and what cannot be read is not told: run check", err=True)
    view = standing.as_at(manual, date)
    if chapter is None:
        say(dated.as_json(manual, view) if form == "json" else dated.as_text(manual, view))
        return
    try:
        history = naming.chapter(manual, chapter, date)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    then = standing.chapter_then(history, date)
    if form == "json":
        say(dated.chapter_as_json(manual, view, then))
    else:
        say(dated.chapter_as_text(manual, view, then, terminal=sys.stdout.isatty()))


@main.command()
@click.argument("chapter", callback=written)
@click.argument("old", metavar="[FROM]", required=False, callback=written)
@click.argument("new", metavar="[TO]", required=False, callback=written)
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True
)
@click.pass_obj
def diff(folder: Path | None, chapter: str, old: str | None, new: str | None, form: str) -> None:
    """Show what changed in a chapter, paragraph by paragraph and word by word.

    CHAPTER is its slug, number or path; FROM and TO are versions, or dates (YYYY-MM-DD) for the version in
    force that day. Without TO, it is the chapter as it stands now. Without both: what you have edited and not
    yet recorded; else what the newest amendment changed.
    """
    try:
        compared = difference(manuals.load(root(folder)), chapter, old, new)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if form == "text":
        say(printing.text(compared, colour=coloured()))
    else:
        say(printing.as_json(compared) if form == "json" else document(compared))
