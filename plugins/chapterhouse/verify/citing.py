"""The law that a page cites: each citation a link, what is not in force said beside it, all of it listed.

The words of the template stand here a second time, on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import Tag

from chapterhouse import dates
from chapterhouse.citations import beside, leading, links, provisions, wording
from chapterhouse.law import CitationMention, Register, Standing, State, Target, title_key
from chapterhouse.manual.mentions import mentions
from chapterhouse.mention import Mention
from chapterhouse.model import Manual
from chapterhouse.verify.built import NOTE, Built, letters, seen, words
from chapterhouse.verify.required import Required
from chapterhouse.verify.wording import STATES, Notice, notice, sentence
from chapterhouse.verify.wording import place as place_words

GROUPS = (
    ("Acts", ("ukpga/", "anaw/", "asc/", "mwa/")),
    ("Regulations and orders", ("uksi/", "wsi/", "eur/")),
    ("Guidance", ("guidance/",)),
    ("Treaties", ("treaty/",)),
)
NAME = "list of the law cited"
QUIET = frozenset({"in-force", "unknown"})
"""The states of law beside which nothing need stand."""


@dataclass(frozen=True)
class CitedHere:
    """What the page of one version must say of the law."""

    required: Required
    register: Register
    mentions: tuple[CitationMention, ...]
    day: date

    @cached_property
    def links(self) -> Counter[tuple[str, str]]:
        """The links in the text: the place, and where they lead."""
        leads = leading.leads(self.register, self.required.chapter.text, self.mentions)
        pairs = zip(self.mentions, leads, strict=True)
        return Counter((place(mention), lead.href) for mention, own in pairs for lead in own)

    @cached_property
    def notes(self) -> Counter[tuple[str, str]]:
        """What stands beside citations: the place, and the words."""
        said = ((m, beside.note(self.register, m, self.day)) for m in self.mentions if m.linkable)
        return Counter((place(m), f"({note})") for m, note in said if note)

    @cached_property
    def cited(self) -> dict[Target, tuple[Standing, list[CitationMention]]]:
        """What is cited, with its state and where."""
        found: dict[Target, tuple[Standing, list[CitationMention]]] = {}
        for mention in self.mentions:
            for index, target in enumerate(mention.targets if mention.citation.sound else ()):
                found.setdefault(target, (mention.standings[index], []))[1].append(mention)
        return found

    @property
    def list(self) -> Notice | None:
        """The list at the end; None where there is nothing to list."""
        if not self.cited:
            return None
        said = ["Law and guidance cited here", self._as_of()]
        targets = {links.address(self.register, target) for target in self.cited}
        instruments = {target.instrument for target in self.cited}
        for heading, types in GROUPS:
            own = [i for i in instruments if i.startswith(types)]
            if own:
                said.append(heading)
            for instrument in sorted(own, key=lambda i: (title_key(self._title(i)), i)):
                targets.add(links.address(self.register, Target(instrument)))
                said += self._lines(instrument)
        page = self.required.file.removesuffix("index.html")
        targets |= {f"{page}{href}" for _, found in self.cited.values() for href, _ in map(self._at, found)}
        return notice("law", NAME, said, targets - {""})

    def _as_of(self) -> str:
        stood, when = {
            "superseded": ("stood", "when this version took effect"),
            "scheduled": ("stands", "when this version takes effect"),
        }.get(self.required.state, ("stood", "when this page was built"))
        kept = (
            f"Taken from a register kept up to {dates.long(self.register.as_of)}; the official text decides."
        )
        return f"As the law {stood} on {dates.long(self.day)}, {when}. {kept}"

    def _title(self, instrument: str) -> str:
        return wording.heading(self.register, Target(instrument))

    def _lines(self, instrument: str) -> Iterator[str]:
        own = [target for target in self.cited if target.instrument == instrument]
        read = self._read(Target(instrument), "it")
        whole = Target(instrument)
        line = f"{self._title(instrument)} "
        if whole in own:
            state = self._state(whole)
            line += f"{state[:1].upper()}{state[1:]}. {read} {self._where(whole)}"
        else:
            line += read
        yield line
        for target in sorted(own, key=lambda t: provisions.key(t.provision)):
            if target.provision:
                name = provisions.words(target.provision, instrument)
                state = f"{name[:1].upper()}{name[1:]}: {self._state(target)}."
                yield f"{state} {self._read(target, name)} {self._where(target)}"

    def _read(self, target: Target, name: str) -> str:
        """The words of a link to an official text."""
        host = (urlsplit(links.address(self.register, target)).hostname or "").removeprefix("www.")
        return f"Read {name} on {'GOV.UK' if host == 'gov.uk' else host}" if host else ""

    def _state(self, target: Target) -> str:
        standing, found = self.cited[target]
        problems = [p for m in found for p in (*m.problems, *(p for p, _ in m.accepted))]
        across = beside.elsewhere(self.register, [p for p in problems if p.target == target])
        state = wording.words(self.register, standing, self.day)
        return f"{state}; {across}" if across else state

    def _where(self, target: Target) -> str:
        found = self.cited[target][1]
        line = f"Cited in {', '.join(dict.fromkeys(name for _, name in map(self._at, found)))}."
        reasons = [a.because for m in found for p, a in m.accepted if p.target in (None, target)]
        return " ".join([line, *(f"Kept as it is: {r}" for r in dict.fromkeys(map(sentence, reasons)))])

    def _at(self, mention: CitationMention) -> tuple[str, str]:
        """The address of a mention in the page, and its name."""
        if mention.footnote:
            return f"#fn:{mention.footnote}", "a footnote"
        name = place_words(self.required.chapter, mention.anchor, mention.paragraph)
        return f"#{mention.anchor or 'chapterhouse-title'}", name


def cited_here(manual: Manual, required: Required) -> CitedHere:
    """What a page must say of the law: on its own day if the version shown is not the one in force."""
    other = required.state in {"superseded", "scheduled"}
    day = required.amendment.effective if other else required.today
    return CitedHere(required, manual.register, mentions(manual, required.chapter, day), day)


def faults(built: Built, cited: CitedHere) -> Iterator[str]:
    """What is wrong with the links and notes of a page, each fault as one line."""
    places = {p.anchor for p in cited.required.chapter.body.paragraphs}
    tags = [tag for tag in in_text(built) if _classes(tag) & {"citation", "citation-note"}]
    own = [(at(tag, places), tag) for tag in tags if "citation" in _classes(tag)]
    notes = Counter((at(tag, places), words(tag)) for tag in tags if NOTE in tag.attrs)
    yield from _differ(Counter((where, str(tag.get("href"))) for where, tag in own), cited.links, "lead to")
    yield from _differ(notes, cited.notes, "say")
    yield from _unsaid(cited, notes)
    said = [(place(mention), letters(mention.words)) for mention in cited.mentions]
    for where, tag in own:
        if not any(there == where and letters(words(tag)) in cites for there, cites in said):
            yield f"{name_of(where)}: a link is about {words(tag)}, which cites no law there"
        ids = str(tag.get("aria-describedby", "")).split()
        if not ids or not all(any(map(seen, built.ids.get(i, ()))) for i in ids):
            yield f"{name_of(where)}: nothing describes the citation {words(tag)}"


def in_text(built: Built) -> Iterator[Tag]:
    """What a reader sees of a page but the list of its terms, whose definitions have links of their own."""
    listed = {id(tag) for terms in built.hooks("terms") for tag in terms.find_all()}
    return (tag for tag in built.tags if id(tag) not in listed and seen(tag))


def place(mention: Mention) -> str:
    """Where a mention stands, as `at` finds it in the page."""
    return f"fn:{mention.footnote}" if mention.footnote else mention.paragraph


def at(tag: Tag, paragraphs: Iterable[str]) -> str:
    """The paragraph or the footnote in which an element stands; empty for neither."""
    for above in tag.parents:
        found = str(above.get("id", "")) if above.attrs else ""
        if found in paragraphs or found.startswith("fn:"):
            return found
    return ""


def name_of(where: str) -> str:
    """A place for people."""
    if where.startswith("fn:"):
        return "a footnote"
    return f"paragraph {where}" if where else "outside the paragraphs"


def _differ(found: Counter[tuple[str, str]], wanted: Counter[tuple[str, str]], verb: str) -> Iterator[str]:
    for where, what in sorted((wanted - found).keys()):
        yield f"{name_of(where)}: no citation does {verb} {what}"
    for where, what in sorted((found - wanted).keys()):
        yield f"{name_of(where)}: a citation must not {verb} {what}"


def _unsaid(cited: CitedHere, notes: Counter[tuple[str, str]]) -> Iterator[str]:
    """Law at its end, or still to come, beside which no note says so: asked of the register alone."""
    wanted: Counter[tuple[str, State]] = Counter()
    for mention in cited.mentions:
        if mention.linkable and mention.citation.sound:
            wanted.update((place(mention), state) for state in set(_states(mention)) - QUIET)
    for (where, state), count in wanted.items():
        said = (n for (at, words), n in notes.items() if at == where and re.search(STATES[state], words))
        if sum(said) < count:
            yield f"{name_of(where)}: a citation of law that is {state} has no note that says so"


def _states(mention: CitationMention) -> Iterator[State]:
    for standing in mention.standings:
        yield standing.state
        if standing.territory == "both":
            yield from (standing.england, standing.wales)


def _classes(tag: Tag) -> set[str]:
    return set(tag.get_attribute_list("class"))
