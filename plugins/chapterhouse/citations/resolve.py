"""Which instrument a phrase means, where it does not say so itself, and by which rule that was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from chapterhouse.citations import lookalikes, status, targets
from chapterhouse.citations.kinds import has, type_of
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
        "paragraph": "it is cited in the same paragraph",
        "heading": "it is the heading",
        "sentence": "it is named in the same sentence or the stem of the list",
        "provision": "the chapter cites the same provision with its instrument",
        "regulations": "it is the statutory instrument last named",
        "trade": "the trade cites this provision by its number alone",
        "year": "it is the Act of that year in the chapter",
        "dominant": "it is the Act that the chapter cites most",
        "": "nothing tells",
    }
)
"""The rules, in words. The order in which they are asked is that of `_bare` and `_oblique`."""
SEE = re.compile(r"\b(?:[Ss]ee|refer to|go to)(?: also)? \Z")
UNDER = re.compile(r"\b(?:[Uu]nder|by virtue of|pursuant to|in accordance with|within the meaning of|a|the|an) \Z")
MARKS = re.compile(r"[#\s>*_:|.-]*\Z")
CHANGES = re.compile(
    r"\b(?:amend|insert|substitut|repeal|replac|add)(?:e?s|ed|ing|e)?(?: by)?(?: a)?(?: new)?[ \n]\Z"
)
"""What stands before a provision of another Act than the one that does it."""
# "s47 enquiries", "section 20 accommodation": the number has become a word of the trade.
ADJECTIVE = re.compile(
    r" (?i:enquir|inquir|investigat|assessment|accommodat|agreement|meeting|strategy|dut(?:y|ies)\b|powers?\b|plan|support"
    r"|services?\b|child|placement|order|aftercare|suite|report|audit|detention)"
)
CLEARLY = 1.5
"""How many times as often as any other an instrument must be cited to be the one that a chapter is about."""
LAW = ("ukpga", "anaw", "asc", "mwa")
MADE = ("uksi", "wsi")


@dataclass
class Reader:
    """Walks through the phrases of one text and remembers what has been named."""

    text: str
    register: Register
    names: Names
    day: date | None
    structure: Structure
    phrases: list[Phrase]
    defined: dict[str, str] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    """Instruments of which every name so far was an error."""
    heading: str = ""
    heading_level: int = 0
    paragraph: int = -1
    provided: str = ""
    """The instrument last cited with a provision in this paragraph."""
    named: str = ""
    """The instrument last named in this paragraph."""
    in_paragraph: set[str] = field(default_factory=set)
    sentence: int = -1
    in_sentence: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    cited: dict[tuple[str, str], str] = field(default_factory=dict)
    """Top-level provisions already cited, with their instrument."""
    made: str = ""
    """The statutory instrument last named."""
    treaty: str = ""

    def __post_init__(self) -> None:
        sure = [p for p in self.phrases if p.named and len(p.named.ids) == 1]
        self.full = {
            i
            for p in sure
            if p.named
            for i in p.named.ids
            if p.named.year or not p.named.form or p.named.kind == "guidance"
        }
        self.counts = Counter(p.named.ids[0] for p in sure if p.named and p.run)
        self.names_counted = Counter(p.named.ids[0] for p in sure if p.named)
        self.explicit: dict[tuple[str, str], list[str]] = {}
        for phrase in sure:
            if phrase.named and phrase.run:
                for item in phrase.run.items:
                    listed = self.explicit.setdefault((item.unit, item.number), [])
                    listed.append(phrase.named.ids[0])

    def read(self) -> list[Citation]:
        """The citations, in order."""
        found = []
        levels = sorted(self.structure.headings.items())
        for phrase in self.phrases:
            while levels and levels[0][0] <= phrase.start:
                if levels.pop(0)[1] <= self.heading_level:
                    self.heading = ""
            self._turn(phrase.start)
            citation = self._cite(phrase)
            if citation:
                found.append(citation)
        return found

    def _turn(self, position: int) -> None:
        """Forget what does not reach as far as a position."""
        paragraph = self.structure.paragraph(position)
        if paragraph != self.paragraph:
            listed = self.structure.is_item(position)
            before = self.text[max(0, paragraph - 8) : paragraph].rstrip()
            if not (listed and (before.endswith(":") or self.stem)):
                self.stem = []
            if listed and before.endswith(":"):
                self.stem = list(self.in_sentence)
            if not listed:
                self.provided = self.named = ""
                self.in_paragraph = set()
            self.paragraph = paragraph
        sentence = self.structure.sentence(position)
        if sentence != self.sentence:
            self.sentence, self.in_sentence = sentence, []

    def _cite(self, phrase: Phrase) -> Citation | None:
        if phrase.named:
            return self._of_named(phrase, phrase.named)
        if phrase.run is None:
            return None
        instrument, way, kind = self._oblique(phrase) if phrase.oblique else self._bare(phrase, phrase.run)
        if instrument is None:
            return None
        if not instrument:
            return Citation(phrase.start, phrase.end, kind, (), "", problems=(self._unresolved(phrase, kind),))
        found = targets.of_run(phrase.run, instrument, self.register, self.names)
        self._remember(instrument, phrase.run)
        return Citation(phrase.start, phrase.end, kind, found, way, sound=instrument not in self.unsound)

    # --- Phrases that name their instrument ---

    def _of_named(self, phrase: Phrase, named: Named) -> Citation | None:
        ids, way = self._choose(named, phrase.run)
        for form in named.defines:
            if len(ids) == 1:
                self.defined[form.removeprefix("the ").lower()] = ids[0]
        if len(ids) != 1:
            problems = named.problems or (_ambiguous(self._words(phrase), ids, self.register),)
            if not named.problems and not named.form.isupper() and named.kind != "guidance" and not phrase.run and not named.year:
                # "Education Act" alone says too little to be called a citation at fault.
                problems = (_ambiguous(self._words(phrase), ids, self.register),)
            return Citation(phrase.start, phrase.end, named.kind, (), "", sound=False, problems=problems)
        instrument = ids[0]
        if named.sound:
            self.unsound.discard(instrument)
        elif instrument not in self.full or instrument not in self.cited.values():
            self.unsound.add(instrument)
        if phrase.run:
            found = targets.of_run(phrase.run, instrument, self.register, self.names)
        else:
            found = (Target(instrument, named.provision),)
        if type_of(instrument) != "guidance":
            self._govern(phrase, instrument)
            self._remember(instrument, phrase.run)
        edition = named.year if named.kind == "guidance" else None
        return Citation(
            phrase.start, phrase.end, named.kind, found, way, named.sound, named.problems, edition
        )

    def _choose(self, named: Named, run: Run | None) -> tuple[tuple[str, ...], str]:
        """Of the instruments that a name can mean, the one that the chapter means."""
        ids = named.ids
        if named.form and (known := self.defined.get(named.form.lower())) and (known in ids or not named.year):
            return (known,), "defined"
        if len(ids) < 2:
            return ids, "named"
        here = tuple(i for i in ids if i in self.full)
        if len(here) == 1:
            return here, "elsewhere"
        ids = here or ids
        if self.register.territory != "both":
            local = tuple(i for i in ids if self._territory(i) == self.register.territory)
            if len(local) == 1:
                return local, "territory"
        umbrella = tuple(i for i in ids if i in self.names.editions)
        if len(umbrella) == 1:
            return umbrella, "named"
        if self.day is not None:
            standing = (i for i in ids if self._in_force(i, self.day))
            current = tuple(standing)
            if len(current) == 1:
                return current, "date"
        if run:
            known_ids = tuple(i for i in ids if all(i in self.explicit.get((x.unit, x.number), ()) for x in run.items))
            if len(known_ids) == 1:
                return known_ids, "provision"
        return ids, ""

    def _territory(self, instrument: str) -> str | None:
        known = self.register.instruments.get(instrument)
        return known.territory if known else None

    def _in_force(self, instrument: str, day: date) -> bool:
        return status.status(self.register, Target(instrument), day, self.register.territory).state in ("in-force", "unknown")

    def _govern(self, phrase: Phrase, instrument: str) -> None:
        """Let a line that is nothing but the name of an Act govern what stands below it."""
        start, end = self.structure.line(phrase.start)
        if phrase.run is None and MARKS.match(self.text[phrase.end : end]) and MARKS.match(self.text[start : phrase.start]):
            self.heading = instrument
            self.heading_level = self.structure.heading_level(start) or 7
        elif phrase.run and self.heading and self.heading != instrument:
            self.heading = ""

    def _remember(self, instrument: str, run: Run | None) -> None:
        self.named = instrument
        self.in_paragraph.add(instrument)
        if instrument in self.in_sentence:
            self.in_sentence.remove(instrument)
        self.in_sentence.append(instrument)
        if type_of(instrument) in MADE:
            self.made = instrument
        if type_of(instrument) in ("treaty", "eur"):
            self.treaty = instrument
        if run:
            self.provided = instrument
            for item in run.items:
                self.cited[item.unit, item.number] = instrument

    # --- Phrases that do not ---

    def _oblique(self, phrase: Phrase) -> tuple[str | None, str, CitationKind]:
        oblique, run = phrase.oblique, phrase.run
        if oblique is None or run is None:
            return None, "", "oblique"
        kinds = MADE if oblique.noun in ("regulations", "order") else LAW
        if oblique.which == "above":
            kinds = MADE if run.unit in ("regulation", "rule") else LAW
        if oblique.noun == "convention":
            kinds = ("treaty",)
        if oblique.year:
            form = f"{oblique.year} act"
            if form in self.defined:
                return self.defined[form], "defined", "oblique"
            same = sorted({i for i in self.full if type_of(i) in kinds and self.names.years.get(i) == oblique.year})
            if len(same) > 1:
                same = [i for i in same if all(i in self.explicit.get((x.unit, x.number), ()) for x in run.items)]
            if len(same) == 1:
                return same[0], "year", "oblique"
            return "", "", "oblique"
        if oblique.which == "the" and (known := self.defined.get(oblique.noun)):
            return known, "defined", "oblique"
        for instrument, way in (
            (self.provided, "paragraph"),
            (self.named, "paragraph"),
            (self.heading, "heading"),
            (self._same(run), "provision"),
            (self.made if kinds == MADE else "", "regulations"),
            (self._dominant(run), "dominant"),
        ):
            if instrument and type_of(instrument) in kinds and has(instrument, run.unit):
                return instrument, way, "oblique"
        return "", "", "oblique"

    def _bare(self, phrase: Phrase, run: Run) -> tuple[str | None, str, CitationKind]:
        titled = lookalikes.is_titled(self.text, run)
        before = self.text[max(0, run.start - 24) : run.start]
        own = all(item.number in self.structure.own and not item.levels for item in run.items)
        weak = bool(SEE.search(before)) or (titled and not UNDER.search(before))
        weak = weak or own
        nested = run.items[0].unit not in BARE
        changed = bool(CHANGES.search(before)) and bool(self.in_sentence)
        near = "" if weak or changed else self._near(run)
        same = self._same(run)
        trade = self._trade(run)
        if same and same != near and self._known(same, run) and not self._known(near, run):
            near = ""
        if trade and trade != near and ADJECTIVE.match(self.text, run.end) and not self._known(near, run):
            near = ""
        for instrument, way in (
            (self.heading, "heading"),
            (near, "sentence"),
            (same, "provision"),
            (self.made if run.unit == "regulation" else "", "regulations"),
            (self.treaty if run.unit == "article" else "", "paragraph"),
            ("" if nested else trade, "trade"),
            ("" if weak or changed else self.provided, "paragraph"),
            ("" if weak or changed else self._only(run), "paragraph"),
            ("" if weak or nested else self._dominant(run), "dominant"),
        ):
            if instrument and self._possible(instrument, run):
                return instrument, way, "bare"
        # A section of some document, for all that is known: no citation, and no fault.
        if weak or nested or run.unit in ("article", "regulation"):
            return None, "", "bare"
        return "", "", "bare"

    def _possible(self, instrument: str, run: Run) -> bool:
        if not has(instrument, run.unit):
            return False
        found = targets.of_run(run, instrument, self.register, self.names)
        return all(targets.exists(self.register, target) is not False for target in found)

    def _known(self, instrument: str, run: Run) -> bool:
        """Whether the register has something on record of what is cited."""
        found = targets.of_run(run, instrument, self.register, self.names) if instrument else ()
        return bool(found) and all(targets.exists(self.register, target) for target in found)

    def _only(self, run: Run) -> str:
        """The instrument named in the paragraph, if it is the only one that has such provisions."""
        fitting = {i for i in self.in_paragraph if has(i, run.unit)}
        return fitting.pop() if len(fitting) == 1 else ""

    def _near(self, run: Run) -> str:
        for instrument in (*reversed(self.in_sentence), *reversed(self.stem)):
            if has(instrument, run.unit) and type_of(instrument) != "treaty":
                return instrument
        return ""

    def _same(self, run: Run) -> str:
        """The instrument with which this chapter cites the same provision, before or elsewhere."""
        listed = [set(self.explicit.get((item.unit, item.number), ())) for item in run.items]
        common = set.intersection(*listed)
        if len(common) == 1:
            return common.pop()
        found = {self.cited.get((item.unit, item.number), "") for item in run.items}
        return found.pop() if len(found) == 1 else ""

    def _trade(self, run: Run) -> str:
        found = set()
        for item in run.items:
            form = f"s{item.number}" if item.unit == "section" else f"{item.unit} {item.number}"
            found.add(next((s.target.instrument for s in self.register.shorthand if s.form == form), ""))
        return found.pop() if len(found) == 1 else ""

    def _dominant(self, run: Run) -> str:
        """The instrument that the chapter cites most with provisions, else names most; none if two do."""
        for counts in (self.counts, self.names_counted):
            ranked = [(i, n) for i, n in counts.most_common() if has(i, run.unit)]
            if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
                return ranked[0][0]
        return ""

    def _words(self, phrase: Phrase) -> str:
        return " ".join(self.text[phrase.start : phrase.end].split())

    def _unresolved(self, phrase: Phrase, kind: CitationKind) -> Problem:
        words = self._words(phrase)
        if kind == "oblique":
            return Problem("unresolved-citation", f"nothing tells which Act is meant by {words}", "name it with its year")
        return Problem("unresolved-citation", f"nothing tells whose {words} is meant", "name the Act with its year")


def _ambiguous(words: str, ids: tuple[str, ...], register: Register) -> Problem:
    titles = [register.instruments[i].title if i in register.instruments else register.titles.get(i, i) for i in ids]
    listed = " or ".join(titles[:4]) if titles else "nothing that the register knows"
    return Problem("ambiguous-citation", f"{words} can mean several instruments", f"write {listed}")
