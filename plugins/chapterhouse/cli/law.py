"""`cite` and `impact`: the law in a text, and what a change of the law touches."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse import manual as manuals
from chapterhouse.cli.common import DATE, coloured, given_date, main, root, say, today_of, written
from chapterhouse.diagnostics import printers
from chapterhouse.law import Territory
from chapterhouse.manual import citing, reviewing, worklist
from chapterhouse.manual import impact as impacts
from chapterhouse.reviews import put_under_review


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=given_date,
    help="Judge the law at this date; without it age alone is no problem.",
)
@click.option(
    "--territory",
    type=click.Choice(["england", "wales", "both"]),
    help="Whose law the text goes by (default: the manual's that it lies in, else both).",
)
@click.pass_obj
def cite(
    folder: Path | None, files: tuple[str, ...], form: str, day: date | None, territory: Territory | None
) -> None:
    """Name every citation of the law in any text or Markdown file; `-` reads standard input."""
    today = day or today_of()
    manual = root(folder) if folder else None
    found, faults = citing.cite_files(files, sys.stdin.buffer, manual, territory, today, day)
    if form == "json":
        say(citing.as_json(found))
    elif found:
        say(citing.as_text(found, today, colour=coloured()))
    if faults:
        click.echo(printers.text(faults, {}), err=True, nl=False)
    sys.exit(bool(faults) or citing.has_errors(found))


@main.command()
@click.argument("provision", metavar="ID[/PROVISION]", callback=written)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@DATE
@click.option("--open-review", is_flag=True, help="Put the chapters that cite it under review.")
@click.option("--reason", callback=written, help="Why, in words for the reader (with --open-review).")
@click.option("--meanwhile", callback=written, help="What the reader is to follow until it is settled.")
@click.option(
    "--expected",
    metavar="YYYY-MM-DD",
    callback=given_date,
    help="When the new text is expected (default: three months on).",
)
@click.option(
    "--published", metavar="YYYY-MM-DD", callback=given_date, help="The day of publication (default: --date)."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.pass_obj
def impact(
    folder: Path | None,
    /,
    provision: str,
    form: str,
    day: date,
    *,
    open_review: bool,
    dry_run: bool,
    reason: str | None,
    meanwhile: str | None,
    expected: date | None,
    published: date | None,
) -> None:
    """Say which paragraphs cite an instrument or a provision, and what to do about each.

    ID is as on legislation.gov.uk: `ukpga/2004/31/section/14`. A title with a provision will do too.
    """
    if not open_review and (dry_run or reason or meanwhile or expected or published):
        raise click.UsageError(
            "--reason, --meanwhile, --expected, --published and --dry-run go with --open-review"
        )
    place = root(folder)
    manual = manuals.load(place)
    try:
        request = reviewing.request(day, reason, meanwhile, expected, published) if open_review else None
        target = impacts.known(manual, provision, day)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    found = impacts.impact(manual, target, day)
    if any(fault.severity == "error" for fault in manual.diagnostics):
        click.echo("the manual has errors, and what cannot be read is not listed: run check", err=True)
    outcomes = put_under_review(place, manual, found, request, dry=dry_run) if request else None
    if form == "json":
        say(worklist.as_json(manual, found, outcomes))
    elif outcomes is None:
        say(worklist.as_text(manual, found, colour=coloured()))
    else:
        said = worklist.outcomes(outcomes, dry=dry_run, colour=coloured())
        say(said if outcomes else f"No chapter cites {found.called}.\n")
    sys.exit(any(outcome.state == "refused" for outcome in outcomes or ()))
