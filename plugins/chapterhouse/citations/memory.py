"""What a text has named so far, and how far each of it reaches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chapterhouse.citations import targets
from chapterhouse.citations.kinds import LAW, MADE, has, type_of
from chapterhouse.citations.names import Names
from chapterhouse.citations.phrases import Phrase
from chapterhouse.citations.runs import Item, Run
from chapterhouse.citations.structure import Structure
from chapterhouse.law import Register

CLEARLY = 1.5
"""How many times as often as any other an instrument must be cited to be what a chapter is about."""
# A line that holds a name and no other words.
MARKS = re.compile(r"[#\s>*_:|.-]*\Z")
NO_HEADING = 7


class Memory:
    """Moves along a text with the phrases found in it."""

    def __init__(
        self, text: str, structure: Structure, phrases: Sequence[Phrase], register: Register, names: Names
    ) -> None:
        self.text = text
        self.structure = structure
        self.register = register
        self.names = names
        self.heading = ""
        """The instrument that is the heading of the block."""
        self.provided = ""
        """The instrument last cited with a provision in this paragraph."""
        self.named = ""
        """The instrument last named in this paragraph."""
        self.made = ""
        """The statutory instrument last named."""
        self.treaty = ""
        """The treaty, or the regulation of the Union, last named."""
        self.law = ""
        """The Act last cited with a provision, wherever that was."""
        self.seen: set[str] = set()
        """What has been named so far."""
        self.in_sentence: list[str] = []
        """The instruments named in this sentence, the last one last."""
        self.in_paragraph: list[str] = []
        """The same of this paragraph."""
        self._stem: list[str] = []
        self._cited: dict[tuple[str, str], str] = {}
        self._paragraph = self._sentence = -1
        self._level = 0
        self._headings = sorted(structure.headings.items())
        self._survey(phrases)

    def _survey(self, phrases: Sequence[Phrase]) -> None:
        """What the whole text says outright, wherever in it."""
        sure = [(p.named, p.run) for p in phrases if p.named and len(p.named.ids) == 1]
        self.full = frozenset(
            n.ids[0] for n, _ in sure if n.sound and (n.year or not n.form or n.kind == "guidance")
        )
        """What is named in full."""
        # What is cited with a provision counts twice: it is used, and not only spoken of.
        self._counts = Counter(named.ids[0] for named, run in sure for _ in range(2 if run else 1))
        self._explicit: dict[tuple[str, str], set[str]] = {}
        for named, run in sure:
            for item in _spelt(run) if run else ():
                self._explicit.setdefault((item.unit, item.number), set()).add(named.ids[0])

    def turn(self, position: int) -> None:
        """Forget what does not reach as far as a position."""
        while self._headings and self._headings[0][0] <= position:
            if self._headings.pop(0)[1] <= self._level:
                self.heading = ""
        paragraph = self.structure.paragraph(position)
        if paragraph != self._paragraph:
            listed = self.structure.is_item(position)
            introduced = listed and self.text[max(0, paragraph - 8) : paragraph].rstrip().endswith(":")
            if introduced:
                self._stem = list(self.in_sentence)
            elif not listed:
                self._stem = []
            if not listed:
                self.provided = self.named = ""
                self.in_paragraph = []
            self._paragraph = paragraph
        sentence = self.structure.sentence(position)
        if sentence != self._sentence:
            self._sentence, self.in_sentence = sentence, []

    def remember(self, instrument: str, run: Run | None) -> None:
        """Keep in mind that an instrument was named here, or cited with provisions."""
        self.named = instrument
        self.seen.add(instrument)
        for listed in (self.in_sentence, self.in_paragraph):
            if instrument in listed:
                listed.remove(instrument)
            listed.append(instrument)
        if type_of(instrument) in LAW and (run or not self.law):
            self.law = instrument
        if type_of(instrument) in MADE:
            self.made = instrument
        if type_of(instrument) in ("treaty", "eur"):
            self.treaty = instrument
        if run:
            self.provided = instrument
            for item in _spelt(run):
                self._cited[item.unit, item.number] = instrument

    def govern(self, phrase: Phrase, instrument: str) -> None:
        """Let a line that is nothing but the name of an Act govern what stands below it."""
        start, end = self.structure.line(phrase.start)
        alone = MARKS.match(self.text, phrase.end, end) and MARKS.match(self.text, start, phrase.start)
        if phrase.run is None and alone:
            self.heading = instrument
            self._level = self.structure.headings.get(start, NO_HEADING)
        elif phrase.run and self.heading != instrument:
            self.heading = ""

    def near(self, run: Run) -> str:
        """The instrument last named in the same sentence or in the stem of the list."""
        for instrument in (*reversed(self.in_sentence), *reversed(self._stem)):
            if has(instrument, run.unit) and type_of(instrument) != "treaty":
                return instrument
        return ""

    def same(self, run: Run) -> str:
        """The instrument with which this chapter has cited the same provision already."""
        found = {self._cited.get((item.unit, item.number), "") for item in run.items}
        return found.pop() if len(found) == 1 else ""

    def anywhere(self, run: Run) -> str:
        """The only instrument with which this chapter cites the same provision, before or after."""
        common = set.intersection(*(self.explicitly(item.unit, item.number) for item in run.items))
        return common.pop() if len(common) == 1 else ""

    def knowing(self, run: Run) -> str:
        """The only instrument of the chapter that the register knows to have such provisions."""
        found = [i for i in sorted(self.full | self.seen) if has(i, run.unit) and self.knows(i, run)]
        return found[0] if len(found) == 1 else ""

    def beside(self, run: Run) -> str:
        """The instrument last named in the paragraph that the register knows to have such provisions."""
        return next((i for i in reversed(self.in_paragraph) if has(i, run.unit) and self.knows(i, run)), "")

    def explicitly(self, unit: str, number: str) -> set[str]:
        """The instruments with which a provision is cited outright."""
        return self._explicit.get((unit, number), set())

    def trade(self, run: Run) -> str:
        """The instrument of which the trade cites such provisions by their number alone."""
        found = set()
        for item in run.items:
            form = f"s{item.number}" if item.unit == "section" else ""
            found.add(next((s.target.instrument for s in self.register.shorthand if s.form == form), ""))
        return found.pop() if len(found) == 1 else ""

    def only(self, run: Run) -> str:
        """The instrument named in the paragraph, if it is the only one that has such provisions."""
        fitting = {i for i in self.in_paragraph if has(i, run.unit)}
        return fitting.pop() if len(fitting) == 1 else ""

    def dominant(self, run: Run) -> str:
        """The instrument that the chapter is about: the one it names and cites most, if clearly so."""
        ranked = [(i, n) for i, n in self._counts.most_common() if has(i, run.unit) and _is_law(i)]
        if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
            return ranked[0][0]
        return ""

    def knows(self, instrument: str, run: Run) -> bool:
        """Whether the register has something on record of what is cited."""
        found = targets.of_run(run, instrument, self.register, self.names) if instrument else ()
        return bool(found) and all(targets.exists(self.register, target) for target in found)

    def possible(self, instrument: str, run: Run) -> bool:
        """Whether an instrument can have such provisions, for all that is known."""
        if not has(instrument, run.unit) or not _is_law(instrument):
            return False
        found = targets.of_run(run, instrument, self.register, self.names)
        return all(targets.exists(self.register, target) is not False for target in found)


def _spelt(run: Run) -> list[Item]:
    """The provisions that the words themselves name."""
    return [item for item in run.items if not item.implied]


def _is_law(instrument: str) -> bool:
    """Whether provisions that stand alone can be of an instrument: a section alone is none of guidance."""
    return type_of(instrument) != "guidance"
