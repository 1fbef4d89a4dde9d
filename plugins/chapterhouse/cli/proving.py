"""`verify`: what is wrong with a built site."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse import verify
from chapterhouse.cli.common import given_date, main, root
from chapterhouse.manual import settings


@main.command("verify")
@click.argument("site_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--date", "day", metavar="YYYY-MM-DD", callback=given_date, help="The build date the site must have."
)
@click.pass_obj
def verify_site(folder: Path | None, site_dir: Path, day: date | None) -> None:
    """Read a built site and fail if a banner, status line, stamp, anchor or page is missing."""
    place = root(folder)
    report = verify.verify(manuals.load(place), site_dir, day, pdf=settings.pdf(place))
    for failure in report.failures:
        click.echo(f"{failure.page}: {failure.reason}", err=True)
    click.echo(report.summary)
    sys.exit(bool(report.failures))
