"""`check` and `verify`: what is wrong with a manual, and with its built site."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import DATE, coloured, given_date, main, root
from chapterhouse.diagnostics import printers
from chapterhouse.manual import settings


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


@main.command("verify")
@click.argument("site_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", callback=given_date, help="The build date the site must have."
)
@click.pass_obj
def verify_site(folder: Path | None, site_dir: Path, day: date | None) -> None:
    """Read a built site and fail if a banner, status line, stamp, anchor or page is missing."""
    # Its parser is large, and the other verbs do without.
    from chapterhouse import verify  # noqa: PLC0415

    place = root(folder)
    report = verify.verify(manuals.load(place), site_dir, day, pdf=settings.pdf(place))
    for failure in report.failures:
        click.echo(f"{failure.page}: {failure.reason}", err=True)
    click.echo(report.summary)
    sys.exit(bool(report.failures))
