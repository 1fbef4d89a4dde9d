"""Which words of a citation lead where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chapterhouse.citations import provisions
from chapterhouse.citations.cleaning import clean
from chapterhouse.citations.links import address
from chapterhouse.law import CitationMention, Register, Target

# What parts one number from the next: ", ", " and ", " or the ".
JOINER = re.compile(r"[\s,;]*(?:(?:and|or|to)\b|[&-])?\s*")
WRONG = frozenset({"no-such-instrument", "unknown-instrument", "no-such-provision"})
"""What is no place to lead anybody, accepted or not."""
OPEN = frozenset({"unresolved-citation", "ambiguous-citation"})


@dataclass(frozen=True, slots=True)
class Lead:
    """Words of a citation, what they refer to, and its official address."""

    start: int
    end: int
    """Offsets into the chapter's text."""
    targets: tuple[Target, ...]
    href: str


def leads(register: Register, text: str, mentions: Iterable[CitationMention]) -> tuple[tuple[Lead, ...], ...]:
    """The links that each citation of a chapter's `text` becomes; none where it is to stay words.

    Of several provisions each number leads to its own, if the words name each. Otherwise all of the words
    lead to what holds them all, and nowhere if nothing does. Words that two citations share ("section 11
    Education Act 2002 section 175") lead where the first does.
    """
    done = 0
    result = []
    for mention in mentions:
        own = []
        for lead in _leads(register, text, mention):
            words = text[max(lead.start, done) : lead.end]
            if words.strip():
                own.append(replace(lead, start=lead.end - len(words.lstrip())))
                done = lead.end
        done = max(done, mention.end) if mention.linkable else done
        result.append(tuple(own))
    return tuple(result)


def _leads(register: Register, text: str, mention: CitationMention) -> tuple[Lead, ...]:
    codes = {problem.code for problem in mention.problems}
    accepted = {problem.code for problem, _ in mention.accepted}
    if not (mention.linkable and mention.citation.sound) or codes & OPEN or (codes | accepted) & WRONG:
        return ()
    targets = mention.targets
    raw = clean(text[mention.start : mention.end])
    parts = list(_parted(raw, targets)) if len(targets) > 1 else []
    found: list[tuple[tuple[int, int], tuple[Target, ...], Target]] = []
    if len(parts) == len(targets) > 1:
        found = [(part, (target,), target) for part, target in zip(parts, targets, strict=True)]
    elif common := holder(targets):
        found = [((0, len(raw)), targets, common)]
    return tuple(
        Lead(mention.start + start, mention.start + end, own, href)
        for (start, end), own, target in found
        if (href := address(register, target))
    )


def holder(targets: Sequence[Target]) -> Target | None:
    """The smallest provision, or the instrument, of which all targets are; None if there is none."""
    instruments = {target.instrument for target in targets}
    if len(instruments) != 1:
        return None
    lines = [(t.provision, *provisions.ancestors(t.provision), "") for t in targets]
    path = next(path for path in lines[0] if all(path in line for line in lines))
    return Target(targets[0].instrument, path)


def _parted(raw: str, targets: Sequence[Target]) -> Iterator[tuple[int, int]]:
    """The words that name each target, as far as their order shows which do."""
    ends = []
    position = 0
    for target in targets:
        match = _number(target).search(raw, position)
        if match is None:
            return
        position = match.end()
        ends.append(position)
    start = 0
    for end in ends[:-1]:
        yield start, end
        joiner = JOINER.match(raw, end)
        start = joiner.end() if joiner else end
    yield start, len(raw)


def _number(target: Target) -> re.Pattern[str]:
    """What tells a target from its neighbours: its last number, or the year of an instrument."""
    *before, last = target.provision.split("/") if target.provision else target.instrument.split("/")[:2]
    if target.provision and before and before[-1] not in provisions.UNITS:
        return re.compile(rf"\(\s?{re.escape(last)}\s?\)")
    # s47 is section 47; VIII is not Part III.
    before_it = r"(?<![0-9(/])(?<![0-9]\.)" if last[0].isdigit() else r"(?<![\w(/])"
    return re.compile(rf"{before_it}{re.escape(last)}(?!\w)")
