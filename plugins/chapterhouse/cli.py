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
from chapterhouse.manual import drafting
from chapterhouse.writing import write_atomically


def build_date(_context: click.Context, _option: click.Parameter, written: str | None) -> date:
    """The date given, else the build date of this process. Misuse of either ends the command."""
    try:
        return dates.parse(written) if written else dates.build_date(os.environ, datetime.now(UTC))
    except ValueError as error:
        raise click.BadParameter(f"{written!r}: {error}" if written else str(error)) from None


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
    candidates = [folder] if folder else [here, *here.parents]
    for candidate in candidates:
        if (candidate / "mkdocs.yml").is_file() and (candidate / "procedures").is_dir():
            return candidate
    where = f"in {folder}" if folder else "here or above"
    raise click.UsageError(f"no manual {where}: it is a folder that holds mkdocs.yml and procedures/")


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
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
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
