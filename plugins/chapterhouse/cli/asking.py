"""What `amend` shows and asks for on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import get_args

import click

from chapterhouse import dates
from chapterhouse.cli.common import coloured, say, written
from chapterhouse.diagnostics import printers
from chapterhouse.manual import asked, proposing
from chapterhouse.manual.amendments import Asked
from chapterhouse.manual.proposing import Proposal
from chapterhouse.manual.recording import Recorded
from chapterhouse.model import Kind
from chapterhouse.redline import printing
from chapterhouse.redline.printing import Compared, Side


def terminal() -> bool:
    """Whether somebody can be asked."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def show(found: Proposal) -> None:
    """Show what changed, before anything is asked."""
    head = found.text.head
    title = f"{head.chapter} {head.title}"
    if found.base and found.redline:
        old = Side(head.version, found.base.head.amendments[0].effective)
        say(printing.text(Compared(found.text.slug, title, old, Side(), found.redline), colour=coloured()))
    else:
        what = f"the text is that of version {head.version}" if found.base else "its first version"
        say(f"{printers.visible(title)}: {what}\n")
    if found.cancels:
        day = dates.long(found.cancels.effective)
        say(f"Version {found.cancels.version}, scheduled for {day}, is to be cancelled or issued again.\n")


def completed(wanted: Asked, found: Proposal) -> Asked:
    """The same with what nobody said asked for: the summary, the day, the kind."""
    request = wanted.request
    if not request.summary:
        text = _ask("Summary, for the reader", None, partial(asked.of_amendment, "summary"))
        request = replace(request, summary=text)
    if request.effective is None:
        usual = proposing.usual(found, wanted.day).isoformat()
        text = _ask("Effective from", usual, lambda text: dates.parse(text).isoformat())
        request = replace(request, effective=date.fromisoformat(text))
    if request.kind is None and not request.correct and found.base is not None:
        kinds = [kind for kind in get_args(Kind) if kind not in ("new", "corrected")]
        kind = click.prompt("Kind", default=found.kind, type=click.Choice(kinds))
        request = replace(request, kind=kind)
    early = request.published or wanted.day
    if request.effective and request.effective < early and not request.reason:
        question = f"It takes effect before it is published, on {early}. Why"
        request = replace(request, reason=_ask(question, None, partial(asked.of_amendment, "reason")))
    return replace(wanted, request=request)


def confirm(done: Recorded) -> None:
    """Ask whether to record it; a no ends the command, and nothing is written."""
    record = done.record
    where = f", paragraphs {', '.join(record.paragraphs)}" if record.paragraphs else ""
    question = f"Record version {record.version} ({record.kind}{where}), effective {record.effective}?"
    click.confirm(question, default=True, abort=True)


def _ask(question: str, usual: str | None, check: Callable[[str], str]) -> str:
    """Ask until the answer may stand."""

    def answer(text: str) -> str:
        try:
            return check(written(click.get_current_context(), click.Option(["--answer"]), text) or "")
        except ValueError as error:
            raise click.UsageError(printers.visible(str(error))) from None

    return str(click.prompt(question, default=usual, value_proc=answer))
