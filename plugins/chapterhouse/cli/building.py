"""`build` and `serve`: the site; `export`: its data alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse import exporting
from chapterhouse import manual as manuals
from chapterhouse.cli.common import DATE, main, root, say, written
from chapterhouse.diagnostics import printers
from chapterhouse.manual.printing import counted
from chapterhouse.manual.settings import settings


@main.command()
@DATE
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="Where the site is written (default: site/)."
)
@click.option("--strict", is_flag=True, help="Stop at MkDocs' warnings too.")
@click.pass_obj
def build(folder: Path | None, day: date, site_dir: Path | None, *, strict: bool) -> None:
    """Build the site as it stands on a date."""
    options = ["--strict"] if strict else []
    if site_dir:
        options += ["--site-dir", str(site_dir.resolve())]
    sys.exit(mkdocs(root(folder), day, "build", *options))


@main.command()
@DATE
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve it.")
@click.pass_obj
def serve(folder: Path | None, day: date, address: str) -> None:
    """Serve the site on this machine, and build it again at every change."""
    sys.exit(mkdocs(root(folder), day, "serve", "--dev-addr", address))


@main.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder to write to; what else stands there stays.",
)
@DATE
@click.option(
    "--site-url", callback=written, help="Where the site is published (default: site_url of mkdocs.yml)."
)
@click.pass_obj
def export(folder: Path | None, output: Path, day: date, site_url: str | None) -> None:
    """Write every feed, calendar, table and JSON file of the site, without the site."""
    place = root(folder)
    try:
        said = settings(place, site_url)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    manual = manuals.load(place)
    errors = [fault for fault in manuals.check(manual, day) if fault.severity == "error"]
    if errors:
        click.echo(printers.text(errors, manual.sources), err=True, nl=False)
        click.echo("the manual has faults; nothing was written", err=True)
        sys.exit(1)
    files = exporting.data(manual, day, said)
    try:
        exporting.export(files, output, place)
    except exporting.OwnFolderError as error:
        raise click.UsageError(f"{error} holds the manual itself: choose another folder") from None
    except OSError as error:
        click.echo(f"{error.filename or output} cannot be written: {error.strerror}", err=True)
        sys.exit(1)
    say(f"{counted(len(files), 'file')} written to {output}\n")


def mkdocs(folder: Path, day: date, *arguments: str) -> int:
    """Run MkDocs on a manual with the build date set; its exit code, with Ctrl-C as an ordinary end."""
    # Material's notice about its own future is for those who choose the theme, which is not the editor.
    environment = {**os.environ, "CHAPTERHOUSE_DATE": day.isoformat(), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603 - our own words
    except KeyboardInterrupt:
        return 0
