"""`new`: what an editor writes with the help of the command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import main, root, written
from chapterhouse.diagnostics import printers
from chapterhouse.manual import drafting
from chapterhouse.writing import write_atomically


@main.command()
@click.argument("slug", callback=written)
@click.argument("number", callback=written)
@click.argument("title", callback=written)
@click.option(
    "--owner", callback=written, help="The body that keeps it (default: the one that keeps most chapters)."
)
@click.pass_obj
def new(folder: Path | None, slug: str, number: str, title: str, owner: str | None) -> None:
    """Start a chapter as a draft: `new core/referrals 1.2 "Making a referral"`."""
    place = root(folder)
    manual = manuals.load(place)
    source = drafting.draft(manual, slug, number, title, owner)
    target = place / source.path
    if os.path.lexists(target):
        raise click.UsageError(f"{source.path} exists already")
    if found := drafting.faults(manual, source, slug):
        click.echo(printers.text(found, {source.path: source}), err=True, nl=False)
        sys.exit(1)
    try:
        write_atomically(target, source.text.encode())
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"{source.path} cannot be written: {where}{error.strerror}", err=True)
        sys.exit(1)
    click.echo(f"{source.path} is a draft: it is checked, and not built until `status: draft` is taken out.")
