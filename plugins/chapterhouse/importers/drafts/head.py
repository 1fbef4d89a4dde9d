"""The front matter of a draft: what the source says, and TODO where only a person can know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chapterhouse.diagnostics import hidden
from chapterhouse.fields.quoting import in_quotes
from chapterhouse.fields.shapes import TODO
from chapterhouse.importers.drafts import accepting
from chapterhouse.importers.recognising.recognised import Moved, Recognised
from chapterhouse.model import Acceptance

LONGEST_NOTE = 2000
"""Characters of a notice, so that all of them leave room for what else stands in the front matter. The report
has every word."""


def head(
    name: str,
    number: str,
    title: str,
    origin: str,
    recognised: Recognised,
    accepted: Iterable[Acceptance],
) -> Iterator[str]:
    """The lines of the front matter. `name` is the chapter's address as an editor is to write it."""
    moved = [part for part in recognised.stretches if isinstance(part, Moved)]
    yield "---"
    yield f"# Imported from {comment(origin)}. A person settles what is marked {TODO}; check names each."
    yield "# Then delete the line with status, add review: with due:, and publish it with its effective date:"
    yield f"# chapterhouse amend {name} --effective YYYY-MM-DD"
    for part in moved:
        if part.where == "amendments":
            day = f" ({part.day})" if part.day else ""
            yield f"# Of amendments the source says{day}: {comment(part.text)[:LONGEST_NOTE]}"
    yield f"chapter: {in_quotes(number)}"
    yield f"title: {in_quotes(title)}"
    yield f"owner: {TODO}"
    yield "status: draft"
    if recognised.numbering != "sections":
        yield f"numbering: {recognised.numbering}"
    notices = [comment(part.text) for part in moved if part.where == "under_review"]
    if notices:
        days = [part.day for part in moved if part.where == "under_review" and part.day]
        yield "under_review:"
        yield f"  since: {days[0] if days else TODO}"
        yield f"  reason: {in_quotes(clean(' '.join(notices))[:LONGEST_NOTE])}"
        yield f"  still_applies: {TODO}"
        yield f"  meanwhile: {TODO}"
        yield f"  paragraphs: {TODO}"
        yield f"  expected: {TODO}"
    found = tuple(accepted)
    if found:
        yield "accept:"
    for entry in found:
        yield from accepting.lines(entry)
    yield "---"


def comment(text: str) -> str:
    """Words on one line, without what nobody sees."""
    return " ".join(hidden.HIDDEN.sub(" ", text).split())


def clean(text: str) -> str:
    """Words that front matter takes: on one line, without what looks like markup."""
    return " ".join(re.sub(r"[<>&]", " ", comment(text)).split())
