"""Which instrument a phrase means, where it does not say so itself, and by which rule that was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from chapterhouse.citations import lookalikes, status, targets
from chapterhouse.citations.find import Oblique
from chapterhouse.citations.kinds import LAW, MADE, has, type_of
from chapterhouse.citations.memory import Memory
from chapterhouse.citations.named import Named
from chapterhouse.citations.names import Names
from chapterhouse.citations.phrases import BARE, Phrase
from chapterhouse.citations.runs import Run
from chapterhouse.citations.structure import Structure
from chapterhouse.law import Citation, CitationKind, Problem, Register, Target

WAYS: Mapping[str, str] = MappingProxyType(
    {
        "named": "the words name it",
        "defined": "the chapter defines the short form",
        "elsewhere": "the chapter names it in full elsewhere",
        "territory": "it is the one of the manual's territory",
        "date": "it is the one in force on the day judged",
        "heading": "it is the heading",
        "sentence": "it is named in the same sentence or the stem of the list",
        "paragraph": "it is cited in the same paragraph",
        "provision": "the chapter cites the same provision with its instrument",
        "last": "it is what was last named of its kind",
        "known": "it is the only instrument of the chapter that is known to have it",
        "trade": "the trade cites this provision by its number alone",
        "year": "it is the Act of that year in the chapter",
        "dominant": "it is the instrument that the chapter cites most",
        "": "nothing tells",
    }
)
"""The rules, in words. In which order they are asked stands in `Reader.oblique` and `Reader.bare`."""
SEE = re.compile(r"\b(?:[Ss]ee|refer to|go to)(?: also)? \Z")
UNDER = re.compile(
    r"\b(?:[Uu]nder|by virtue of|pursuant to|in accordance with|within the meaning of|a|the|an) \Z"
)
CHANGES = re.compile(
    r"\b(?:amend|insert|substitut|repeal|replac|add)(?:e?s|ed|ing|e)?(?: by)?(?: a)?(?: new)?[ \n]\Z"
)
"""What stands before a provision of another Act than the one that does it."""
# The number has become a word of the trade: s47 enquiries, section 20 accommodation.
ADJECTIVE = re.compile(
    r" (?i:enquir|inquir|investigat|assessment|accommodat|agreement|meeting|strategy|dut(?:y|ies)\b|powers?\b"
    r"|plan|support|services?\b|child|placement|order|aftercare|suite|report|audit|detention)"
)
LOOK_BACK = 24

Answer = tuple[str, str]
"""An instrument, and the way in which it was found; both empty where nothing tells."""


class Reader:
    """Resolves the phrases of one text in their order."""

    def __init__(
        self, text: str, phrases: Sequence[Phrase], register: Register, names: Names, day: date | None
    ) -> None:
        self.text = text
        self.phrases = phrases
        self.register = register
        self.names = names
        self.day = day
        self.structure = Structure(text)
        self.memory = Memory(text, self.structure, phrases, register, names)
        self.defined: dict[str, str] = {}
        self.guessed: set[str] = set()
        """Instruments that were only ever named wrongly: what rests on them is a guess too."""

    def read(self) -> list[Citation]:
        """The citations, in order. What is no citation for all that is known is left out."""
        found = []
        for phrase in self.phrases:
            self.memory.turn(phrase.start)
            citation = self._of_named(phrase, phrase.named) if phrase.named else self._of_run(phrase)
            if citation:
                found.append(citation)
        return found

    # --- Phrases that name their instrument ---

    def _of_named(self, phrase: Phrase, named: Named) -> Citation:
        ids, way = self._chosen(named, phrase.run)
        if len(ids) != 1:
            problems = named.problems or (self._ambiguous(phrase, ids),)
            return Citation(phrase.start, phrase.end, named.kind, (), "", sound=False, problems=problems)
        instrument = ids[0] if named.sound else self._meant(phrase, named, ids[0])
        problems = tuple(
            replace(p, target=Target(instrument)) if p.target and not named.sound else p
            for p in named.problems
        )
        for form in named.defines:
            self.defined[form.removeprefix("the ").lower()] = instrument
        if named.sound:
            self.guessed.discard(instrument)
        elif instrument not in self.memory.full:
            self.guessed.add(instrument)
        found: tuple[Target, ...] = (Target(instrument, named.provision),)
        if phrase.run:
            found = targets.of_run(phrase.run, instrument, self.register, self.names)
        if named.kind != "guidance":
            self.memory.govern(phrase, instrument)
            self.memory.remember(instrument, phrase.run)
        edition = named.year if named.kind == "guidance" else None
        return Citation(phrase.start, phrase.end, named.kind, found, way, named.sound, problems, edition)

    def _meant(self, phrase: Phrase, named: Named, guessed: str) -> str:
        """Of the instruments of a title whose year is wrong, the one that the chapter cites so elsewhere."""
        items = phrase.run.items if phrase.run else ()
        cited = [self.memory.explicitly(item.unit, item.number) for item in items]
        for fitting in (
            [i for i in named.candidates if cited and all(i in listed for listed in cited)],
            [i for i in named.candidates if phrase.run and self.memory.knows(i, phrase.run)],
        ):
            if len(fitting) == 1:
                return fitting[0]
        return guessed

    def _chosen(self, named: Named, run: Run | None) -> tuple[tuple[str, ...], str]:
        """Of the instruments that a name can mean, the one that the chapter means."""
        ids = named.ids
        known = self.defined.get(named.form.lower()) if named.form else None
        if known and (known in ids or not named.year):
            return (known,), "defined"
        if len(ids) < 2:
            return ids, "named"
        for chosen, way in self._choices(ids, run):
            if len(chosen) == 1:
                return chosen, way
        return ids, ""

    def _choices(self, ids: tuple[str, ...], run: Run | None) -> list[tuple[tuple[str, ...], str]]:
        here = tuple(i for i in ids if i in self.memory.full)
        ids = here or ids
        local = self.register.territory
        # Guidance of one title is issued for each country; two Acts of one short form are two Acts.
        guides = [i for i in ids if type_of(i) == "guidance"]
        choices = [
            (here, "elsewhere"),
            (tuple(i for i in guides if local != "both" and self._territory(i) == local), "territory"),
            (tuple(i for i in ids if i in self.names.editions), "named"),
            (tuple(i for i in ids if self.day and self._stands(i, self.day)), "date"),
        ]
        if run:
            explicitly = [self.memory.explicitly(item.unit, item.number) for item in run.items]
            choices.append((tuple(i for i in ids if all(i in listed for listed in explicitly)), "provision"))
        return choices

    def _territory(self, instrument: str) -> str | None:
        known = self.register.instruments.get(instrument)
        return known.territory if known else None

    def _stands(self, instrument: str, day: date) -> bool:
        held = status.status(self.register, Target(instrument), day, self.register.territory)
        return held.state in ("in-force", "unknown")

    # --- Phrases that do not ---

    def _of_run(self, phrase: Phrase) -> Citation | None:
        run = phrase.run
        if run is None:
            return None
        kind: CitationKind = "oblique" if phrase.oblique else "bare"
        if phrase.oblique:
            instrument, way = self.oblique(phrase.oblique, run)
        else:
            instrument, way = self.bare(run)
            # A section of some document, for all that is known: no citation, and no fault.
            if not instrument and (any(self._doubts(run)) or run.unit != "section"):
                return None
        if not instrument:
            words = " ".join(self.text[phrase.start : phrase.end].split())
            asked = f"which Act is meant by {words}" if phrase.oblique else f"of which Act {words} is"
            message = f"nothing tells {asked}"
            problem = Problem("unresolved-citation", message, "name the Act with its year")
            return Citation(phrase.start, phrase.end, kind, (), "", sound=False, problems=(problem,))
        found = targets.of_run(run, instrument, self.register, self.names)
        self.memory.remember(instrument, run)
        return Citation(phrase.start, phrase.end, kind, found, way, sound=instrument not in self.guessed)

    def oblique(self, oblique: Oblique, run: Run) -> Answer:
        """What "the Act", "this Act" or "the 2004 Act" beside a provision stands for."""
        memory = self.memory
        kinds = _kinds(oblique, run)
        if oblique.year:
            return self._of_year(oblique.year, kinds, run)
        if oblique.which == "the" and (known := self.defined.get(oblique.noun)):
            return known, "defined"
        same = memory.same(run) or memory.anywhere(run)
        here = [i for i in (memory.provided, memory.named) if i and type_of(i) in kinds]
        # "The Act" is what the chapter calls so throughout, unless the Act beside it has such a provision.
        elsewhere = oblique.which == "the" and same and not any(memory.knows(i, run) for i in here)
        last = memory.law if kinds == LAW else memory.made
        for instrument, way in (
            *((instrument, "paragraph") for instrument in ([] if elsewhere else here)),
            (memory.heading, "heading"),
            (same if oblique.which == "the" else "", "provision"),
            (last if kinds == MADE or oblique.which != "the" else "", "last"),
            (memory.dominant(run) if oblique.which == "the" else "", "dominant"),
        ):
            if instrument and type_of(instrument) in kinds and has(instrument, run.unit):
                return instrument, way
        return "", ""

    def _of_year(self, year: int, kinds: tuple[str, ...], run: Run) -> Answer:
        if known := self.defined.get(f"{year} act"):
            return known, "defined"
        memory = self.memory
        named = [
            sorted(i for i in ids if type_of(i) in kinds and self.names.years.get(i) == year)
            for ids in (memory.seen, memory.full)
        ]
        same = named[0] or named[1]
        if len(same) > 1:
            explicitly = [memory.explicitly(item.unit, item.number) for item in run.items]
            same = [i for i in same if all(i in listed for listed in explicitly)]
        elif not same:
            trade = {s.target.instrument for s in self.register.shorthand}
            same = [i for i in sorted(trade) if type_of(i) in kinds and self.names.years.get(i) == year]
            same = [i for i in same if memory.knows(i, run)]
            return (same[0], "trade") if len(same) == 1 else ("", "")
        return (same[0], "year") if len(same) == 1 else ("", "")

    def bare(self, run: Run) -> Answer:
        """The instrument of provisions that stand alone."""
        memory = self.memory
        see, titled, own = self._doubts(run)
        changed = bool(memory.in_sentence) and CHANGES.search(self._before(run)) is not None
        # A paragraph of a Schedule, or a Part: the trade cites neither by its number alone.
        nested = run.unit not in BARE
        near = "" if see or titled or changed else memory.near(run)
        same, trade = memory.same(run), memory.trade(run)
        if same and same != near and memory.knows(same, run) and not memory.knows(near, run):
            near = ""
        weak = see or titled or own
        # "s47 enquiries" are what the trade calls so, whatever else has a section 47 in this chapter.
        said = ADJECTIVE.match(self.text, run.end) is not None and not memory.knows(near, run)
        made = run.unit in ("regulation", "rule") and type_of(memory.named) in MADE
        for instrument, way in (
            (memory.heading, "heading"),
            (memory.knowing(run) if run.lettered and not titled else "", "known"),
            (memory.named if made else "", "paragraph"),
            (trade if said and not nested else "", "trade"),
            (near, "sentence"),
            ("" if weak or changed else memory.beside(run), "paragraph"),
            ("" if titled or own else same, "provision"),
            (memory.made if run.unit == "regulation" else "", "last"),
            (memory.treaty if run.unit == "article" else "", "last"),
            ("" if nested else trade, "trade"),
            ("" if weak or changed else memory.provided, "paragraph"),
            ("" if weak or changed else memory.only(run), "paragraph"),
            ("" if weak else memory.anywhere(run), "provision"),
            ("" if weak or nested or run.lettered else memory.dominant(run), "dominant"),
        ):
            if instrument and memory.possible(instrument, run):
                return instrument, way
        return "", ""

    def _doubts(self, run: Run) -> tuple[bool, bool, bool]:
        """Why it may be a section of the text itself: "see section 4"; "Section 4, Confidentiality"; the text
        has a section of that number.
        """
        before = self._before(run)
        titled = lookalikes.is_titled(self.text, run) and not UNDER.search(before)
        own = all(item.number in self.structure.own and not item.levels for item in run.items)
        return SEE.search(before) is not None, titled, own

    def _before(self, run: Run) -> str:
        return self.text[max(0, run.start - LOOK_BACK) : run.start]

    def _ambiguous(self, phrase: Phrase, ids: tuple[str, ...]) -> Problem:
        known, words = self.register, " ".join(self.text[phrase.start : phrase.end].split())
        likely = sorted(ids, key=lambda i: (i not in known.instruments, -self.names.years.get(i, 0)))
        titles = [known.instruments[i].title if i in known.instruments else known.titles[i] for i in likely]
        hint = f"write {' or '.join(titles[:4])}"
        return Problem("ambiguous-citation", f"{words} can mean several instruments", hint)


def _kinds(oblique: Oblique, run: Run) -> tuple[str, ...]:
    """The types of ids that the words can stand for."""
    if oblique.noun == "convention":
        return ("treaty",)
    if oblique.noun in ("regulations", "order") or (
        oblique.which == "above" and run.unit in ("regulation", "rule")
    ):
        return MADE
    return LAW
