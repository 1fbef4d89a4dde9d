"""What a draft accepts of what `check` says: an entry for each fault, as far as there is room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chapterhouse.diagnostics import CODES, hidden
from chapterhouse.fields.quoting import in_quotes
from chapterhouse.fields.scalars import Text
from chapterhouse.manual.accepting import accepts
from chapterhouse.model import Acceptance, Diagnostic, Source

BECAUSE = "So in the imported document; not yet looked at."
MARKUP = re.compile(r"<[A-Za-z/!][^<>]*>?|&#?\w+;")
"""What front matter takes for markup, and would refuse."""
BY_WORDS = frozenset(("broken-reference", "undefined-term"))
"""What is said of some words, and so is said again wherever these stand."""
ENOUGH = 60
"""Characters of a line by which a person finds it again."""
LONGEST = Text().longest
MOST_ASKED = 2_000_000
"""How often `check` may ask whether an entry is about a fault: of each and each, in some seconds."""


def accepted(source: Source, found: Iterable[Diagnostic], room: int) -> tuple[Acceptance, ...]:
    """The entries of `accept:` by which what may be accepted is accepted, in `room` characters.

    Errors come first: a warning that finds no room stops nobody. What has no entry stays for `check` to say.
    """
    kept: dict[tuple[str, str], Acceptance] = {}
    faults = sorted(found, key=lambda one: one.severity != "error")
    for one in faults:
        if len(kept) * len(faults) > MOST_ASKED:
            break
        entry = _entry(source, one)
        if entry is None or (entry.code, entry.text) in kept:
            continue
        size = sum(len(line) + 1 for line in lines(entry))
        if size <= room:
            room -= size
            kept[entry.code, entry.text] = entry
    return tuple(kept.values())


def may_be(source: Source, one: Diagnostic) -> bool:
    """Whether an entry of `accept:` could accept a fault."""
    return CODES[one.code].acceptable and _entry(source, one) is not None


def lines(entry: Acceptance) -> tuple[str, ...]:
    """An entry as front matter has it."""
    return (
        f"  - code: {entry.code}",
        f"    text: {in_quotes(entry.text)}",
        f"    because: {in_quotes(entry.because)}",
    )


def _entry(source: Source, one: Diagnostic) -> Acceptance | None:
    """The entry that accepts a fault; None where no words of it would do."""
    made = (Acceptance(one.code, text, BECAUSE) for text in _texts(source, one) if text)
    return next((entry for entry in made if accepts(entry, one.code, source, one.span)), None)


def _texts(source: Source, one: Diagnostic) -> Iterator[str]:
    """The words by which a fault may be known, the best first."""
    start, end = source.stretch(one.span)
    if CODES[one.code].cited or one.code in BY_WORDS:
        words = _bare(source.text[start:end])
        # A citation that is part of a longer word, at its end or at its start, is known by the others.
        yield from (words, words.rpartition(" ")[0], words.partition(" ")[2])
    if not CODES[one.code].cited:
        line = _bare(source.line(one.span.line))
        yield line[:ENOUGH].rpartition(" ")[0] if len(line) > ENOUGH else line
        yield line


def _bare(text: str) -> str:
    """Of a text, the longest stretch that front matter takes."""
    stretch = max(MARKUP.split(hidden.HIDDEN.sub("<br>", text)), key=len)
    return " ".join(stretch.split())[:LONGEST].rstrip()
