"""What stands in brackets beside a citation of law that is not simply in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chapterhouse.citations import provisions, wording
from chapterhouse.law import CitationMention, Problem, Register, Standing, Target

FINE = frozenset({"in-force", "unknown"})
"""The states of which a citation says nothing."""

FAULTS = {
    "unknown-instrument": "not in the register of legislation",
    "no-such-provision": "there is no such provision",
    "numbers-disagree": "its title and its number disagree",
    "ambiguous-citation": "this can mean more than one instrument",
    "unresolved-citation": "it is not known which law is meant",
}
"""What readers are told of a fault that was accepted, by its code; of any other, its message."""

SILENT = frozenset({"citation-split"})
"""What is of no concern to readers."""

KINDS = ("Act", "Measure", "Regulations", "Order", "Rules", "Convention")


def note(register: Register, mention: CitationMention, day: date) -> str:
    """What readers are told beside a citation, without brackets; empty where it says enough itself.

    The law that is not in force, or not here; and what an editor has accepted on purpose, with the reason.
    """
    states = _told(_states(register, mention, day))
    said = [states, elsewhere(register, mention.problems)]
    reasons: list[str] = []
    for problem, acceptance in mention.accepted:
        if problem.code in SILENT:
            continue
        if not (states and problem.code.startswith("law-")):
            said.append(_fault(problem, mention, register))
        reasons.append(f"kept as it is: {acceptance.because.rstrip('.')}")
    return "; ".join(dict.fromkeys(text for text in (*said, *reasons) if text))


def is_told(standing: Standing) -> bool:
    """Whether a citation of law in this state says so."""
    sides = {standing.england, standing.wales} if standing.territory == "both" else set()
    return bool(({standing.state} | sides) - FINE)


def elsewhere(register: Register, problems: Iterable[Problem]) -> str:
    """That law applies only across the border, if that is among what is wrong with it; else nothing."""
    if all(problem.code != "wrong-territory" for problem in problems):
        return ""
    return f"applies in {'Wales' if register.territory == 'england' else 'England'} only"


def _states(register: Register, mention: CitationMention, day: date) -> list[tuple[str, str]]:
    """Each target and its state in words; empty words for one that is in force."""
    if not mention.citation.sound:
        return []
    return [
        (_short(target), wording.words(register, standing, day) if is_told(standing) else "")
        for target, standing in zip(mention.targets, mention.standings, strict=True)
    ]


def _short(target: Target) -> str:
    return provisions.words(target.provision, target.instrument)


def _told(states: list[tuple[str, str]]) -> str:
    """One state if it is that of all; else each with those that are in it."""
    if len({words for _, words in states}) <= 1:
        return states[0][1] if states else ""
    of: dict[str, list[str]] = {}
    for name, words in states:
        if words:
            of.setdefault(words, []).append(name)
    return "; ".join(f"{', '.join(filter(None, names))}: {words}" for words, names in of.items())


def _fault(problem: Problem, mention: CitationMention, register: Register) -> str:
    if problem.code == "no-such-instrument":
        kind = next((kind for kind in KINDS if f"{kind} " in f"{mention.words} "), "")
        return f"there {'are' if kind in ('Regulations', 'Rules') else 'is'} no such {kind or 'document'}"
    return elsewhere(register, [problem]) or FAULTS.get(problem.code, problem.message)
