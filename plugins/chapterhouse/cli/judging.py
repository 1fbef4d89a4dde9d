"""`check`: what is wrong with a manual."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import DATE, coloured, main, root
from chapterhouse.diagnostics import printers


@main.command()
@click.option(
    "--format", "form", type=click.Choice(list(printers.PRINTERS)), default="text", show_default=True
)
@DATE
@click.option("--strict", is_flag=True, help="End with 1 for a warning too.")
@click.pass_obj
def check(folder: Path | None, form: str, day: date, *, strict: bool) -> None:
    """Say everything that is wrong with the manual, where, and what to write instead."""
    manual = manuals.load(root(folder))
    found = manuals.check(manual, day)
    if form == "text":
        colour = coloured()
        click.echo(printers.text(found, manual.sources, colour=colour), nl=False, color=colour)
    else:
        # Programs read UTF-8, whatever the console is set to.
        click.echo(printers.PRINTERS[form](found, manual.sources).encode(), nl=False)
    failing = ("error", "warning") if strict else ("error",)
    sys.exit(any(diagnostic.severity in failing for diagnostic in found))
