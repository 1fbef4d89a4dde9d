"""What is wrong with citations: in themselves, and on the day for which they are judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from chapterhouse.citations import provisions, status, targets, wording
from chapterhouse.citations.kinds import type_of
from chapterhouse.citations.names import names_of, stems
from chapterhouse.law import Citation, Fact, Problem, Register, Standing, State, Target, Territory

INSERTED = re.compile(r",? (?:which (?:was|were|is) |as |was |were )?inserted by (?:the )?\Z")
INSERTS = re.compile(r"^ (?:inserts?|inserted|adds?|added) (?:a |the )?(?:new )?\Z")
BILL = re.compile(r"\b(?:Bill|BILL)\b")
CODES: dict[State, str] = {
    "repealed": "law-repealed",
    "revoked": "law-repealed",
    "superseded": "law-superseded",
    "prospective": "law-not-in-force",
}
"""The states that are faults, and their codes."""
APPLIES = frozenset({"in-force", "inserted", "amended", "renamed", "prospective"})
"""The effects that tell where a provision applies."""
Siblings = dict[str, dict[str, Target]]
"""What a text cites, by the provision without its levels, then by the instrument."""
ACCEPT = "or accept it under `accept:`, if it is cited on purpose"


def faults(text: str, citations: Sequence[Citation], register: Register) -> tuple[tuple[Problem, ...], ...]:
    """What is wrong with each citation of a text, whatever the day. `text` is what they were found in."""
    siblings: Siblings = {}
    for citation in citations:
        for target in citation.targets if citation.sound else ():
            siblings.setdefault(_top(target), {})[target.instrument] = target
    return tuple(
        tuple(_in_itself(text, citations, index, register, siblings)) for index in range(len(citations))
    )


def editions(register: Register, target: Target) -> tuple[int, ...]:
    """The years of the editions of guidance that are instruments of their own."""
    years = names_of(register).editions.get(target.instrument, {})
    return tuple(year for year, edition in years.items() if edition != target.instrument)


def on_day(
    citation: Citation, words: str, register: Register, day: date, territory: Territory
) -> tuple[Problem, ...]:
    """What is wrong with a citation on a day, in a territory. `words` are the citation's own."""
    return tuple(_dated(citation, words, register, day, territory)) if citation.sound else ()


# --- In themselves ---


def _in_itself(
    text: str, citations: Sequence[Citation], index: int, register: Register, siblings: Siblings
) -> Iterator[Problem]:
    citation = citations[index]
    for problem in citation.problems:
        yield _with_suggestion(problem, register)
    if not citation.sound:
        return
    for target in citation.targets:
        if targets.exists(register, target) is False:
            last = register.instruments[target.instrument].last
            unit = target.provision.partition("/")[0]
            called = wording.called(register, Target(target.instrument))
            most = f"; its last {unit} is {last[unit]}" if unit in last else ""
            message = f"{called} has no {provisions.words(target.provision, target.instrument)}{most}"
            yield Problem("no-such-provision", message, "correct the number, or the instrument", target)
        elif other := _other_form(siblings, target, register):
            yield Problem(
                "two-forms",
                f"{wording.called(register, target)}, and elsewhere {wording.called(register, other)}",
                "one of the two is likely to be a slip: cite the right one in both places",
                other,
            )
    if index + 1 < len(citations) and INSERTED.search(text[citation.end : citations[index + 1].start]):
        yield from _misfit(citation, citations[index + 1], register)
    if index and INSERTS.search(text[citations[index - 1].end : citation.start]):
        yield from _misfit(citation, citations[index - 1], register)


def _with_suggestion(problem: Problem, register: Register) -> Problem:
    if problem.code == "no-such-instrument" and problem.target:
        called = wording.called(register, problem.target).removeprefix("the ")
        hint = f"write {called}, if that is meant"
        return Problem(problem.code, problem.message, hint, problem.target)
    return problem


def _misfit(citation: Citation, by: Citation, register: Register) -> Iterator[Problem]:
    """A provision said to be inserted by what, according to the register, inserted another."""
    for target in citation.targets:
        known = register.instruments.get(target.instrument)
        inserted = [f for f in known.facts if f.effect == "inserted" and f.by] if known else []
        own = [f for f in inserted if _about(f, target.provision)]
        if not own or any(_names(cause, by.targets) for fact in own for cause in fact.by):
            continue
        others = [f for f in inserted if any(_names(cause, by.targets) for cause in f.by)]
        meant = Target(target.instrument, others[0].provisions[0][0]) if others else None
        called = wording.called(register, own[0].by[0])
        hint = f"that inserted {wording.called(register, meant)}" if meant else "correct one of the two"
        yield Problem(
            "no-such-provision", f"{wording.called(register, target)} was inserted by {called}", hint, meant
        )


def _about(fact: Fact, provision: str) -> bool:
    return any(provisions.within(provision, first, last) for first, last in fact.provisions)


def _names(cause: Target, cited: Sequence[Target]) -> bool:
    return any(t.instrument == cause.instrument and t.provision in ("", cause.provision) for t in cited)


def _top(target: Target) -> str:
    return "/".join(target.provision.split("/")[:2])


def _other_form(siblings: Siblings, target: Target, register: Register) -> Target | None:
    """The same provision of an Act of the same title and another year, if only that one is on record."""
    beside = siblings[_top(target)]
    own = register.instruments.get(target.instrument)
    if own is None or len(beside) == 1 or not target.provision or type_of(target.instrument) == "guidance":
        return None
    for candidate in beside.values():
        known = register.instruments.get(candidate.instrument)
        if known is None or known is own or stems(known.title)[:-1] != stems(own.title)[:-1]:
            continue
        if targets.exists(register, candidate) and not targets.exists(register, target):
            return candidate
    return None


# --- On a day ---


def _dated(
    citation: Citation, words: str, register: Register, day: date, territory: Territory
) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for target in citation.targets:
        held = standing(citation, target, register, day, territory)
        # A Bill is no law yet, and does not say that it is.
        if BILL.search(words) and held.state == "prospective":
            continue
        problem = _of_standing(register, target, held, day, citation.edition)
        if problem is None and territory != "both":
            problem = _elsewhere(register, target, day, territory)
        if (
            problem is None
            and BILL.search(words)
            and (status.year(register, target.instrument) or 0) <= day.year
        ):
            called = wording.called(register, Target(target.instrument))
            problem = Problem("bill-enacted", f"the Bill has become {called}", f"write {called}", target)
        if problem and (problem.code, problem.message) not in told:
            told.add((problem.code, problem.message))
            yield problem


def standing(
    citation: Citation, target: Target, register: Register, day: date, territory: Territory
) -> Standing:
    """What the register says of a target of a citation: of the edition cited, where guidance is reissued."""
    found = status.status(register, target, day, territory)
    known = register.instruments.get(target.instrument)
    days = known.reissued if known and citation.edition else ()
    first = next((start for start in days if start.year == citation.edition), None)
    if known is None or first is None or found.fact is None:
        return found
    following = next((start for start in days if start.year > first.year), None)
    if day < first:
        fact = replace(found.fact, effect="in-force", start=first)
        return _ruled(found, "prospective", fact)
    if following and day >= following:
        fact = replace(found.fact, effect="replaced", start=following, replaced_by=())
        return _ruled(found, "superseded", fact)
    return found


def _ruled(found: Standing, state: State, fact: Fact) -> Standing:
    return replace(
        found, state=state, fact=fact, england=state, wales=state, england_fact=fact, wales_fact=fact
    )


def _of_standing(
    register: Register, target: Target, standing: Standing, day: date, edition: int | None
) -> Problem | None:
    code = CODES.get(standing.state)
    if code is None:
        return None
    called = wording.called(register, target)
    if edition and register.instruments[target.instrument].reissued:
        called = f"{called}, edition of {edition}"
    state = wording.words(register, standing, day)
    replaced_by = standing.fact.replaced_by if standing.fact else ()
    instead = [wording.called(register, _current(register, t, day, standing.territory)) for t in replaced_by]
    if not standing.settled:
        return Problem("law-unconfirmed", f"{called}: {state}", "look it up before you rely on it", target)
    current = "the edition in force" if edition and not instead else "what is in force"
    hint = f"cite {' or '.join(instead) or current}, {ACCEPT}"
    return Problem(code, f"{called}: {state}", hint, target)


def _current(register: Register, target: Target, day: date, territory: Territory) -> Target:
    """What stands in the place of a target on a day, where that was itself replaced."""
    seen = {target}
    while True:
        held = status.status(register, target, day, territory)
        following = held.fact.replaced_by if held.fact and held.state == "superseded" else ()
        if len(following) != 1 or following[0] in seen:
            return target
        target = following[0]
        seen.add(target)


def _elsewhere(register: Register, target: Target, day: date, territory: Territory) -> Problem | None:
    """A provision that applies only across the border."""
    known = register.instruments.get(target.instrument)
    if known is None:
        return None
    where = {known.territory} - {None}
    for level in status.levels(known, target.provision):
        # That something ended in one place says nothing of where it applies; that it began there does.
        begun = [f for f in known.facts if f.start is None or f.start <= day]
        own = {f.territory for f in begun if f.effect in APPLIES and _about(f, level)}
        if own:
            where = set(own)
            break
    if not where or where & {territory, "both"}:
        return None
    other = "Wales" if territory == "england" else "England"
    message = f"{wording.called(register, target)} applies in {other} only"
    hint = f"this manual goes by the law of {territory.capitalize()}; accept it if {other} is meant"
    return Problem("wrong-territory", message, hint, target)
