"""The command itself, and what its verbs have in common."""

from __future__ import annotations

import errno
import io
import os
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import click

from chapterhouse import __version__, dates
from chapterhouse.manual.tree import manual_of


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


VERBS = {
    "amend": "amending",
    "as-at": "versions",
    "build": "building",
    "check": "judging",
    "cite": "law",
    "diff": "versions",
    "export": "building",
    "impact": "law",
    "import": "importing",
    "new": "editing",
    "pdf": "paper",
    "review": "reviewing",
    "serve": "building",
    "verify": "proving",
}
"""Each verb with the module of this folder that has it."""


class Verbs(click.Group):
    """The verbs, each loaded when it is asked for: some need large libraries that others do without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        del ctx
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name; None where there is none."""
        if cmd_name in VERBS:
            import_module(f"chapterhouse.cli.{VERBS[cmd_name]}")
        return super().get_command(ctx, cmd_name)


DATE = click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    callback=build_date,
    help="Judge the manual at this date (default: CHAPTERHOUSE_DATE, else SOURCE_DATE_EPOCH, else today).",
)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
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
    return bool(sys.stdout and sys.stdout.isatty()) and "NO_COLOR" not in os.environ


def say(result: str) -> None:
    """Print a result: for a terminal in its own letters, for anything else in UTF-8."""
    try:
        if sys.stdout and sys.stdout.isatty():
            click.echo(result, nl=False)
        else:
            # A path may hold bytes that are no text; they are told by an escape, which JSON has too.
            click.echo(result.encode("utf-8", "backslashreplace"), nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # a reader who has seen enough
        # What is left unsaid would be tried again as the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"the result cannot be printed: {error.strerror}", err=True)
        sys.exit(1)
