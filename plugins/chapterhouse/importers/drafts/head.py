"""The front matter of a draft: what the source says, and TODO where only a person can know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chapterhouse.diagnostics import hidden
from chapterhouse.fields.quoting import in_quotes
from chapterhouse.fields.shapes import TODO
from chapterhouse.importers.recognising.recognised import Moved, Recognised

BECAUSE = "So in the imported document; not yet looked at."
LONGEST_REASON = 2000


def head(
    slug: str,
    number: str,
    title: str,
    origin: str,
    recognised: Recognised,
    accepted: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """The lines of the front matter. `accepted` has the code and the words of each fault that is accepted."""
    moved = [part for part in recognised.stretches if isinstance(part, Moved)]
    yield "---"
    yield f"# Imported from {comment(origin)}. A person settles what is marked {TODO}; check names each."
    yield "# Then delete the line with status, add review: with due:, and publish it with its effective date:"
    yield f"# chapterhouse amend {slug} --effective YYYY-MM-DD"
    for part in moved:
        if part.where == "amendments":
            day = f" ({part.day})" if part.day else ""
            yield f"# Of amendments the source says{day}: {comment(part.text)}"
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
        yield f"  reason: {in_quotes(clean(' '.join(notices))[:LONGEST_REASON])}"
        yield f"  still_applies: {TODO}"
        yield f"  meanwhile: {TODO}"
        yield f"  paragraphs: {TODO}"
        yield f"  expected: {TODO}"
    found = tuple(accepted)
    if found:
        yield "accept:"
    for code, text in found:
        yield f"  - code: {code}"
        yield f"    text: {in_quotes(text)}"
        yield f"    because: {in_quotes(BECAUSE)}"
    yield "---"


def comment(text: str) -> str:
    """Words on one line, without what nobody sees."""
    return " ".join(hidden.HIDDEN.sub(" ", text).split())


def clean(text: str) -> str:
    """Words that front matter takes: on one line, without what looks like markup."""
    return " ".join(re.sub(r"[<>&]", " ", comment(text)).split())
