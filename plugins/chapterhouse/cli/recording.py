"""What the verbs that record a version have in common: their options, their refusals, their result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from chapterhouse import manual as manuals
from chapterhouse import recorder
from chapterhouse.cli.common import given_date, say, written
from chapterhouse.diagnostics import printers
from chapterhouse.manual import amendments, naming, worklist
from chapterhouse.manual.recording import File, Recorded, State
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.model import Chapter, Manual

Command = Callable[..., Any]
NOTES: dict[State, str] = {
    "recorded": "",
    "finished": "; it had been begun, and is as it was begun",
    "archived": "; its record was there, and it is in the archive as it stands",
}


def day_option(name: str, about: str) -> Callable[[Command], Command]:
    """An option that takes a date and may be left out."""
    return click.option(name, metavar="YYYY-MM-DD", callback=given_date, help=about)


def text_option(name: str, about: str) -> Callable[[Command], Command]:
    """An option that takes words for a file."""
    return click.option(name, callback=written, help=about)


def list_option(
    name: str, variable: str, about: str, *, commas: bool = False
) -> Callable[[Command], Command]:
    """An option that takes words for a file and may be repeated, or holds several with commas between."""

    def read(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
        for text in given:
            written(context, option, text)
        if not commas:
            return given
        return tuple(word for text in given for one in text.split(",") if (word := one.strip()))

    return click.option(name, variable, multiple=True, callback=read, help=f"{about} May be repeated.")


def live_chapter(manual: Manual, name: str) -> Chapter:
    """The chapter that is meant. Misuse ends the command."""
    try:
        return naming.chapter(manual, name).chapter
    except ValueError as error:
        raise click.UsageError(printers.visible(str(error))) from None


@contextmanager
def refusals(chapter: Chapter) -> Iterator[None]:
    """What is refused is said with its cure and ends the command: misuse with 2, the rest with 1."""
    try:
        yield
    except RefusedError as refused:
        fail(chapter.source.path, str(refused), refused.hint)
    except ValueError as error:
        raise click.UsageError(printers.visible(str(error))) from None


def fail(path: str, message: str, hint: str) -> None:
    """Say what was refused, and end the command with 1."""
    click.echo(f"{path}: refused: {printers.visible(message)}", err=True)
    if hint:
        click.echo(f"  help: {printers.visible(hint)}", err=True)
    sys.exit(1)


def finish(place: Path, manual: Manual, done: Recorded, day: date, *, dry: bool) -> None:
    """Write a version, prove it and say so; of a dry run say what would be written. Raises RefusedError."""
    path, record = done.chapter.source.path, done.record
    what = f"version {record.version}, {record.kind}, effective {record.effective}"
    if record.paragraphs:
        what += f": {', '.join(record.paragraphs)}"
    what += NOTES[done.state]
    if alike := amendments.alike(manual, done):
        click.echo(f"{path}: {alike}", err=True)
    if dry:
        say(f"{path}: would be {done.state}: {what}\n{worklist.difference(done.files)}\n")
        say("nothing was written: it is a dry run\n")
        return
    before = manuals.check(manual, day)
    recorder.write(place, done.files)
    say(f"{path}: {done.state}: {what}\n")
    if wrong := recorder.proved(place, [done.chapter], day, before).get(done.chapter.slug):
        fail(path, f"it was written, and has an error now: {wrong.message}", wrong.hint)
    if left := amendments.left(done, day):
        click.echo(f"{path}: {left}", err=True)


def finish_file(place: Path, file: File, what: str, *, dry: bool) -> None:
    """The same for a chapter that changes without a version. Raises RefusedError."""
    if dry:
        say(f"{file.path}: would be recorded: {what}\n{worklist.difference((file,))}\n")
        say("nothing was written: it is a dry run\n")
        return
    recorder.write(place, (file,))
    say(f"{file.path}: recorded: {what}\n")
