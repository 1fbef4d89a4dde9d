"""The words in which readers are told the state of the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chapterhouse import dates
from chapterhouse.citations import provisions
from chapterhouse.citations.kinds import MADE, type_of
from chapterhouse.citations.status import Ruling, is_settled
from chapterhouse.law import Register, Standing, Target

STATES = {
    "in-force": "in force",
    "repealed": "repealed",
    "revoked": "revoked",
    "superseded": "superseded",
    "prospective": "not yet in force",
}
NOUNS = {"treaty": "the treaty", "eur": "the regulation"} | dict.fromkeys(MADE, "the instrument")
"""What an instrument is called that is in force as a whole; others are Acts."""
NOT_RECORDED = "its state is not recorded here"
PLACES = {"england": "England", "wales": "Wales"}


def words(register: Register, standing: Standing, day: date) -> str:
    """A standing on a day as readers see it: `in force in England; repealed for Wales on 6 April 2016`."""
    sides = {
        "england": Ruling(standing.england, standing.england_fact),
        "wales": Ruling(standing.wales, standing.wales_fact),
    }
    plain = _phrase(register, Ruling(standing.state, standing.fact), day, "")
    # Of what belongs to one of them alone the register says nothing for the other.
    told = {side: ruling for side, ruling in sides.items() if ruling != Ruling("unknown")}
    if standing.territory == "both" and len({_phrase(register, r, day, "") for r in told.values()}) > 1:
        return "; ".join(_phrase(register, ruling, day, side) for side, ruling in told.items())
    if standing.inherited_from and plain == STATES["in-force"]:
        # That a section is in force is more than the register says.
        return f"{NOUNS.get(type_of(standing.inherited_from), 'the Act')} is in force"
    return plain


def called(register: Register, target: Target) -> str:
    """What an instrument or a provision is called: `section 16E of the Children Act 2004`.

    The id where the register has no title for it.
    """
    known = register.instruments.get(target.instrument)
    name = title(register, target.instrument)
    if not name:
        return str(target)
    if target.instrument.startswith("guidance/"):
        name += f" ({known.year})" if known and known.year else ""
    elif not name.lower().startswith("the "):
        name = f"the {name}"
    if not target.provision:
        return name
    return f"{provisions.words(target.provision, target.instrument)} of {name}"


def heading(register: Register, target: Target) -> str:
    """What `called` calls it at the start of a line: `Children Act 2004`, `Section 1 of the Act`."""
    if not title(register, target.instrument):
        return str(target)
    name = called(register, target).removeprefix("the ")
    return name[:1].upper() + name[1:]


def title(register: Register, instrument: str) -> str:
    """The title of an instrument by its id, without the year of guidance; empty where it is not known."""
    known = register.instruments.get(instrument)
    return known.title if known else register.titles.get(instrument, "")


def named(register: Register, text: str) -> Target | None:
    """The instrument or provision whose id a text is, if the register knows the instrument."""
    parts = text.split("/")
    for end in range(len(parts), 1, -1):
        identity = "/".join(parts[:end])
        if identity in register.instruments or identity in register.titles:
            return Target(identity, "/".join(parts[end:]))
    return None


def _phrase(register: Register, ruling: Ruling, day: date, side: str) -> str:
    state, fact = ruling.state, ruling.fact
    place = PLACES.get(side, "")
    if not place and fact and fact.effect == "disapplied":
        place = PLACES.get(fact.territory, "")
    if state == "unknown":
        return f"its state in {place} is not recorded here" if place else NOT_RECORDED
    told = "in force in part" if state == "in-force" and fact and fact.partly else STATES[state]
    ended = state not in ("in-force", "prospective")
    if place:
        told += f" {'for' if ended else 'in'} {place}"
    replacements = fact.replaced_by if fact and state == "superseded" else ()
    by = f" by {listed([called(register, target) for target in replacements])}" if replacements else ""
    if not is_settled(fact):
        return f"believed {told}{by}{',' if side else ';'} not confirmed"
    if ended and fact and fact.start:
        told += f" on {dates.long(fact.start)}"
    elif state == "prospective" and fact and fact.start and fact.start > day:
        told = f"not in force{f' in {place}' if place else ''} until {dates.long(fact.start)}"
    return told + by


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
