"""The command: one short function for each verb."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from chapterhouse import __version__, dates
from chapterhouse import manual as manuals
from chapterhouse.diagnostics import printers
from chapterhouse.law import Territory
from chapterhouse.manual import citing, drafting, reviewing, worklist
from chapterhouse.manual import impact as impacts
from chapterhouse.manual.tree import manual_of
from chapterhouse.reviews import put_under_review
from chapterhouse.writing import write_atomically


def build_date(_context: click.Context, _option: click.Parameter, written: str | None) -> date:
    """The date given, else the build date of this process. Misuse of either ends the command."""
    try:
        return dates.parse(written) if written else dates.build_date(os.environ, datetime.now(UTC))
    except ValueError as error:
        raise click.BadParameter(f"{written!r}: {error}" if written else str(error)) from None


def today_of() -> date:
    """The build date of this process. Misuse of a variable ends the command."""
    return build_date(click.get_current_context(), click.Option(["--date"]), None)


def given_date(context: click.Context, option: click.Parameter, written: str | None) -> date | None:
    """The date given, if one was."""
    return build_date(context, option, written) if written else None


def written(_context: click.Context, _argument: click.Parameter, text: str | None) -> str | None:
    """Words for a file. A console may hand over bytes that are no text."""
    if text and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise click.BadParameter("it is not UTF-8")
    return text


DATE = click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=build_date,
    help="Judge the manual at this date (default: CHAPTERHOUSE_DATE, else SOURCE_DATE_EPOCH, else today).",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chapterhouse")
@click.option(
    "--manual",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder with mkdocs.yml and procedures/ (default: this folder or the nearest above it).",
)
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Local safeguarding procedures: check, write, build and prove them."""
    context.obj = folder
    # A console may lack letters that a chapter has.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def root(folder: Path | None) -> Path:
    """The manual's root: the folder given, or the nearest one from here upwards."""
    here = Path.cwd()
    found = manual_of([folder] if folder else [here, *here.parents])
    if found:
        return found
    where = f"in {folder}" if folder else "here or above"
    raise click.UsageError(f"no manual {where}: it is a folder that holds mkdocs.yml and procedures/")


def coloured() -> bool:
    """Whether what is printed is for a terminal that may have colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def say(result: str) -> None:
    """Print a result: for a terminal in its own letters, for anything else in UTF-8."""
    if sys.stdout.isatty():
        click.echo(result, nl=False)
    else:
        # A path may hold bytes that are no text; they are told by an escape, which JSON has too.
        click.echo(result.encode("utf-8", "backslashreplace"), nl=False)


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


def mkdocs(folder: Path, day: date, *arguments: str) -> int:
    """Run MkDocs on a manual with the build date set; its exit code, with Ctrl-C as an ordinary end."""
    # Material's notice about its own future is for those who choose the theme, which is not the editor.
    environment = {**os.environ, "CHAPTERHOUSE_DATE": day.isoformat(), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603 - our own words
    except KeyboardInterrupt:
        return 0


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

    report = verify.verify(manuals.load(root(folder)), site_dir, day)
    for failure in report.failures:
        click.echo(f"{failure.page}: {failure.reason}", err=True)
    click.echo(report.summary)
    sys.exit(bool(report.failures))


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
