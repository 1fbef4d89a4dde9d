"""What the register says of a provision on a day: in force, not yet, no longer, or that it does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from weakref import WeakKeyDictionary

from chapterhouse.citations import provisions
from chapterhouse.law import Effect, Fact, Instrument, Register, Standing, State, Target, Territory

Side = Literal["england", "wales"]

ENDS: dict[Effect, State] = {
    "repealed": "repealed",
    "disapplied": "repealed",
    "revoked": "revoked",
    "replaced": "superseded",
}
"""The effects that end something, and the state that it is in from then on."""
STARTS = frozenset({"in-force", "inserted"})
"""The effects before which something was not in force. Of what was amended or renamed they say nothing."""
YEAR = re.compile(r"[/-]([0-9]{4})(?:/|$)")
ALWAYS = date.min
"""The first day of what has no date: it holds from when its parent does."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A state, the fact that it rests on, and its first day as far as that is known."""

    state: State
    fact: Fact | None = None
    since: date = ALWAYS


@dataclass
class Answers:
    """What was worked out of one register."""

    umbrellas: frozenset[str]
    """The ids of guidance that has editions."""
    answers: dict[tuple[Target, date, Territory], Standing] = field(default_factory=dict)


_KEPT: WeakKeyDictionary[Register, Answers] = WeakKeyDictionary()


def status(register: Register, target: Target, day: date, territory: Territory) -> Standing:
    """The state of an instrument or a provision on a day, in England, in Wales or in either.

    The facts of the provision decide, then those of what it is a part of. A provision whose parent came to
    an end is at an end too, unless a fact of its own is later. For `both`, in force in either is in force.
    An end of which no date is recorded has come by the day up to which the register was kept; in the years
    from which it may date, the state is unknown.
    """
    memory = _kept(register)
    asked = (target, day, territory)
    if asked not in memory.answers:
        england, wales = (_ruling(register, target, day, side) for side in ("england", "wales"))
        chosen = _chosen(england, wales, territory)
        memory.answers[asked] = Standing(
            chosen.state,
            chosen.fact,
            is_settled(chosen.fact),
            england=england.state,
            wales=wales.state,
            england_fact=england.fact,
            wales_fact=wales.fact,
            territory=territory,
            inherited_from=_inherited_from(register, target),
        )
    return memory.answers[asked]


def _inherited_from(register: Register, target: Target) -> str:
    """The instrument, if nothing at all is on record of a provision of it."""
    known = register.instruments.get(target.instrument)
    # An edition of guidance stands or falls as a whole.
    if known is None or not target.provision or target.instrument.startswith("guidance/"):
        return ""
    above = levels(known, target.provision)
    told = any(_is_about(fact, level) for fact in known.facts for level in above)
    return "" if told else target.instrument


def is_settled(fact: Fact | None) -> bool:
    """Whether what rests on a fact may be shown to readers as settled."""
    return fact is None or fact.confidence != "low"


def year(register: Register, identifier: str) -> int | None:
    """The year of an instrument, from the register or from its id; None where neither tells."""
    known = register.instruments.get(identifier)
    if known and known.year:
        return known.year
    found = YEAR.search(identifier)
    return int(found[1]) if found else None


def _kept(register: Register) -> Answers:
    if register not in _KEPT:
        editions = (instrument.edition_of for instrument in register.instruments.values())
        _KEPT[register] = Answers(frozenset(editions) - {""})
    return _KEPT[register]


def _chosen(england: Ruling, wales: Ruling, territory: Territory) -> Ruling:
    if territory != "both":
        return england if territory == "england" else wales
    for ruling in (england, wales):
        if ruling.state == "in-force":
            return ruling
    # Of what belongs to Wales alone the register says nothing for England.
    return wales if england == Ruling("unknown") else england


def _ruling(register: Register, target: Target, day: date, side: Side) -> Ruling:
    made = year(register, target.instrument)
    if made and made > day.year:
        return Ruling("prospective")
    instrument = register.instruments.get(target.instrument)
    if instrument is None:
        return Ruling("unknown")
    here = (side, "both")
    facts = [fact for fact in instrument.facts if not fact.provisions and fact.territory in here]
    ruling = _whole(register, instrument, facts, day)
    for level in reversed(levels(instrument, target.provision)):
        facts = [fact for fact in instrument.facts if _is_about(fact, level)]
        own = _own(register, [fact for fact in facts if fact.territory in here], day)
        # What is inserted for England alone is not there for Wales either before that.
        text = _own(register, [fact for fact in facts if fact.effect == "inserted"], day)
        ruling = _under(own or (text if text and text.state != "in-force" else None), ruling)
    # That an Act is in force in part says nothing of one of its provisions.
    if target.provision and ruling.fact and ruling.fact.partly:
        return Ruling("unknown", ruling.fact)
    return ruling


def levels(instrument: Instrument, provision: str) -> tuple[str, ...]:
    """The provisions whose facts bear on one, the most specific first; without the whole instrument.

    They are itself, what it is a part of by its path, and then the Parts and Chapters that hold it.
    """
    if not provision:
        return ()
    holders = [
        path
        for path, (first, last) in instrument.contains.items()
        if provisions.within(provision, first, last)
    ]
    holders.sort(key=provisions.depth, reverse=True)
    found = [provision, *provisions.ancestors(provision), *holders]
    found += [above for path in holders for above in provisions.ancestors(path)]
    return tuple(dict.fromkeys(found))


def _is_about(fact: Fact, level: str) -> bool:
    size = provisions.depth(level)
    return any(
        provisions.depth(first) == size and provisions.within(level, first, last)
        for first, last in fact.provisions
    )


def _whole(register: Register, instrument: Instrument, facts: list[Fact], day: date) -> Ruling:
    """What the facts of an instrument as a whole say."""
    if own := _own(register, facts, day):
        # In the year in which it was passed nothing tells whether it was in force already.
        if own.state == "in-force" and own.since == ALWAYS and year(register, instrument.id) == day.year:
            return Ruling("unknown", own.fact)
        return own
    if instrument.id in _kept(register).umbrellas:
        return Ruling("in-force")
    # Guidance that was replaced had been published; no register tells on which day of its year.
    if instrument.id.startswith("guidance/") and any(fact.effect in ENDS for fact in facts):
        return Ruling("in-force")
    return Ruling("unknown")


def _own(register: Register, facts: list[Fact], day: date) -> Ruling | None:
    """What the facts of one provision say by themselves; None where they say nothing of the day."""
    phases: dict[str, list[Fact]] = {"happened": [], "perhaps": [], "coming": [], "planned": [], "silent": []}
    for fact in facts:
        phases[_phase(register, fact, day)].append(fact)
    ruling = None
    if phases["happened"]:
        last = max(phases["happened"], key=lambda fact: _order(register, fact))
        ruling = Ruling(ENDS.get(last.effect, "in-force"), last, _window(register, last)[0])
        if last.effect in ENDS:
            return ruling
    for fact in phases["perhaps"]:
        if ruling is None or fact.effect in ENDS or ruling.since == ALWAYS:
            return Ruling("unknown", fact, _window(register, fact)[0])
    planned = phases["planned"]
    # 16EA is planned in the midst of 16E to 16L, which are in force.
    if ruling and not (any(map(_is_single, planned)) and not any(map(_is_single, phases["happened"]))):
        return ruling
    first = min(phases["coming"], key=lambda fact: _window(register, fact), default=None)
    if first and first.effect in STARTS:
        return Ruling("prospective", first)
    return Ruling("prospective", planned[0]) if planned else None


def _phase(register: Register, fact: Fact, day: date) -> str:
    if fact.effect in ("prospective", "note"):
        return "planned" if fact.effect == "prospective" else "silent"
    earliest, latest = _window(register, fact)
    if day >= latest:
        return "happened"
    if fact.effect not in STARTS | ENDS.keys():
        return "silent"
    return "perhaps" if day >= earliest else "coming"


def _order(register: Register, fact: Fact) -> tuple[date, bool, bool]:
    """What of facts that hold makes one the last."""
    earliest, latest = _window(register, fact)
    # Nothing changes after its end: an end without a date comes after whatever has one.
    ended = fact.effect in ENDS
    return latest if ended else earliest, ended, _is_single(fact)


def _is_single(fact: Fact) -> bool:
    return all(first == last for first, last in fact.provisions)


def _window(register: Register, fact: Fact) -> tuple[date, date]:
    """The first day on which a fact may hold, and the first on which it must."""
    if fact.start:
        return fact.start, fact.start
    if fact.effect == "in-force" or (fact.effect == "inserted" and not fact.by):
        return ALWAYS, ALWAYS
    if fact.effect in ("amended", "renamed"):
        return ALWAYS, register.as_of
    for causes in (fact.by, fact.replaced_by):
        if known := [made for cause in causes if (made := year(register, cause.instrument))]:
            earliest = date(max(known), 1, 1)
            return earliest, max(earliest, register.as_of)
    return ALWAYS, register.as_of


def _under(own: Ruling | None, parent: Ruling) -> Ruling:
    """What holds of a provision, given what its own facts say and what holds of its parent."""
    if own is None:
        return parent
    if own.state in ENDS.values():
        return own
    if own.state == "in-force" and own.since == ALWAYS and parent.fact and parent.state != "in-force":
        return parent
    return parent if parent.state in ENDS.values() and parent.since > own.since else own
