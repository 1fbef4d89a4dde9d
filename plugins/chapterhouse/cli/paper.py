"""`pdf`: chapters, the whole manual and replacement pages as PDF files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from chapterhouse import dates, exporting, paper
from chapterhouse import history as histories
from chapterhouse import manual as manuals
from chapterhouse.cli.common import given_date, main, root, today_of, written
from chapterhouse.diagnostics import printers
from chapterhouse.manual.printing import counted
from chapterhouse.manual.replacing import Replacement, replacements
from chapterhouse.manual.settings import settings
from chapterhouse.model import Manual
from chapterhouse.paper.books import Books
from chapterhouse.paper.choosing import Chosen, choose, faults
from chapterhouse.sheet import Made
from chapterhouse.site import Site, refusal
from chapterhouse.writing import write_atomically

STANDARD_OUTPUT = Path("-")


def several(context: click.Context, argument: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Any number of words, each as `written` takes it."""
    for text in given:
        written(context, argument, text)
    return given


@main.command()
@click.argument("chapters", metavar="[CHAPTER]...", nargs=-1, callback=several)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="FILE",
    help="The PDF file to write; - for standard output.",
)
@click.option(
    "--date",
    "asked",
    metavar="YYYY-MM-DD",
    callback=given_date,
    help=(
        "As the manual stood on this day, which must have come "
        "(default: CHAPTERHOUSE_DATE, else SOURCE_DATE_EPOCH, else today)."
    ),
)
@click.option("--version", callback=written, metavar="VERSION", help="This version of the one CHAPTER.")
@click.option(
    "--changed-since",
    "since",
    metavar="YYYY-MM-DD",
    callback=given_date,
    help="The sheets to exchange in a copy that was made on this day, with a list of them.",
)
@click.pass_obj
def pdf(
    folder: Path | None,
    chapters: tuple[str, ...],
    output: Path,
    asked: date | None,
    version: str | None,
    since: date | None,
) -> None:
    """Make a PDF file of some chapters, or of the whole manual.

    CHAPTER is a slug, a number or a path, of today or of the day that is asked for. Without it, it is the
    whole manual, with contents, index of legislation, glossary and amendments. A draft is marked as one on
    each sheet.
    """
    today = today_of()
    place, day = root(folder), asked or today
    if day > today:
        raise click.UsageError(f"{day} lies after {today}: how the manual will stand then is not known yet")
    _refuse(output, place)
    if since and (version is not None or chapters):
        raise click.UsageError("--changed-since is about the whole manual: leave out CHAPTER and --version")
    manual = manuals.load(place)
    with misuse():
        said = settings(place)
        chosen = choose(manual, chapters, day, said, version, dated=asked is not None)
    if errors := faults(manuals.check(manual, day), manual, chosen):
        click.echo(printers.text(errors, manual.sources), err=True, nl=False)
        _fail("the manual has faults; no PDF file was made")
    with misuse():
        found = replacements(manual, since, day) if since else ()
    if since and not found:
        between = f"between {dates.long(since)} and {dates.long(day)}"
        click.echo(f"nothing changed {between}: no PDF file was made", err=True)
        return
    refused: list[str] = []
    site = Site(manual, day, said.name, said.url, lambda *told: refused.append(refusal(*told)))
    books = Books(site, place, _waiting, Made.PDF if day == today else Made.PAST)
    try:
        if since:
            document = books.replacing(found, since)
        else:
            document = books.chapters(chosen) if chosen else books.whole()
        if refused:
            _fail("\n  ".join(("what may not stand in a page stopped it:", *refused)))
        _waiting("the PDF file")
        made = paper.make(document, _titles(manual, day, found, chosen))
    except (paper.EngineError, ValueError) as error:
        _fail(str(error))
    _write(output, made.pdf)
    _waiting("")
    where = "" if output == STANDARD_OUTPUT else f" in {output}"
    click.echo(f"{counted(made.pages, 'sheet')}, {len(made.pdf):,} bytes{where}", err=True)


@contextmanager
def misuse() -> Iterator[None]:
    """What cannot be what was meant is said in one line, and ends the command with 2."""
    try:
        yield
    except ValueError as error:
        raise click.UsageError(printers.visible(str(error))) from None


def _refuse(output: Path, place: Path) -> None:
    """Refuse to write where no PDF file may stand. Misuse ends the command."""
    if output == STANDARD_OUTPUT:
        if sys.stdout is None or sys.stdout.isatty():
            raise click.UsageError("a PDF file is no text for a terminal: write --output FILE.pdf")
        return
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder: name a file in it")
    if output.suffix.lower() != ".pdf":
        raise click.UsageError(f"{output} is no name of a PDF file: let it end in .pdf")
    if exporting.within(output.resolve(), place.resolve()):
        raise click.UsageError(f"{output} stands in the manual itself: choose another folder")


def _titles(manual: Manual, day: date, found: Sequence[Replacement], chosen: Sequence[Chosen]) -> list[str]:
    """What must be in the file, as the manual calls it: of the whole manual every chapter that it has."""
    if found:
        heads = [one.new.chapter.head for one in found]
    elif chosen:
        heads = [one.head for one in chosen]
    else:
        shown = (histories.shown(one, day) for one in manual.published)
        heads = [one.chapter.head for one in shown if one]
    return [f"{head.chapter} {head.title}" for head in heads]


def _write(output: Path, data: bytes) -> None:
    try:
        if output == STANDARD_OUTPUT:
            click.echo(data, nl=False)
        else:
            write_atomically(output, data)
    except OSError as error:
        name = "standard output" if output == STANDARD_OUTPUT else output
        _fail(f"{name} cannot be written: {error.strerror}")


def _waiting(what: str) -> None:
    """Say on a terminal what is being made; in a pipe nothing."""
    if sys.stderr.isatty():
        # Back to the start of the line, and away with what stands there.
        click.echo(f"\r\x1b[K{f'Making {printers.visible(what)} ...' if what else ''}", err=True, nl=False)


def _fail(message: str) -> NoReturn:
    _waiting("")
    click.echo(message, err=True)
    sys.exit(1)
