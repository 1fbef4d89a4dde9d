"""`import`: other people's documents as draft chapters."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from chapterhouse import importing
from chapterhouse.cli.common import DATE, main, say
from chapterhouse.diagnostics import printers
from chapterhouse.importers import report


@main.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", "-o", "folder", required=True, metavar="DIR")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@DATE
def import_(files: tuple[Path, ...], folder: str, form: str, day: dt.date) -> None:
    """Make a draft chapter of each document, and say what became of every word.

    FILE is .html, .docx, .txt or .md. The drafts are written to DIR, which may be a part of a manual
    (procedures/core); nothing that is there is written over. What a person must settle is marked TODO at the
    top of each draft.
    """
    if not folder:
        raise click.UsageError("--output names no folder")
    try:
        done = importing.run(files, Path(folder), day)
    except importing.PlaceError as error:
        raise click.UsageError(printers.visible(str(error))) from None
    except OSError as error:
        where = printers.visible(str(error.filename or folder))
        raise click.ClickException(f"{where}: {error.strerror}") from None
    say(report.as_json(done) if form == "json" else report.as_text(done))
    if any(one.draft is None for one in done):
        sys.exit(1)
