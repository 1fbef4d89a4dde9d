"""Writes a manual of any size, in the shape of real ones, for measuring. Same arguments, same bytes.

A chapter of 4,000 words has about 55 numbered paragraphs in sections (every tenth chapter is numbered
continuously), 30 citations, 8 references to other chapters and 8 within, 80 mentions of 300 terms (their
other names, abbreviations and plurals among them), nested lists, tables, footnotes and quotations. With
--versions 3, chapters have had one to three versions, each in the archive; with --fewest 3 too, each has had
three. The glossary explains the terms;
with --terms 0 there is none, and the text is the same. The settings of the site are those of this repository.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
PHRASES = tomllib.loads((HERE / "phrases.toml").read_text("utf-8"))
USED_TERMS = 300
"""How many terms the text uses, whatever the glossary explains; more only where that explains more."""
SLOT = re.compile(r"\{(\w+)\}")

BUILD_DATE = date(2026, 9, 1)
"""The day at which a generated manual has no fault and one chapter in fifteen is under review."""
WORDS_IN_A_PARAGRAPH = 72
CHAPTERS_IN_A_PART = 30
SENTENCES = {"term": 14, "citation": 21, "internal": 7, "crossing": 7}
"""How many of a hundred sentences are of each kind; the rest are plain."""


@dataclass(frozen=True)
class Term:
    """A term of the glossary."""

    term: str
    abbreviation: str
    alias: str
    """Another name; empty for every third."""
    kind: str

    @property
    def plural(self) -> str:
        """More than one of it."""
        return f"{self.term[:-1]}ies" if self.term.endswith("y") else f"{self.term}s"


def every_term() -> list[Term]:
    """All that there is, in an order that does not change. Half of them are abbreviated, no two alike."""
    found: list[Term] = []
    taken: set[str] = set()
    seconds = zip(PHRASES["term_second"], PHRASES["term_alias"], PHRASES["term_kind"], strict=True)
    for index, (first, (second, other, kind)) in enumerate(
        itertools.product(PHRASES["term_first"], list(seconds))
    ):
        letters = (f"{first[:n]}{second[:m]}".upper() for n, m in ((1, 2), (2, 2), (3, 2)))
        free = (word for word in letters if word not in taken)
        abbreviation = next(free, "") if index % 2 else ""
        taken.add(abbreviation)
        found.append(Term(f"{first} {second}", abbreviation, f"{first} {other}" if index % 3 else "", kind))
    return found


TERMS = every_term()


@dataclass(frozen=True)
class Outline:
    """What other chapters must know of a chapter to refer to it."""

    index: int
    sections: tuple[int, ...]
    """How many paragraphs each section has."""

    @property
    def continuous(self) -> bool:
        """Whether its paragraphs are numbered through, 1. to 55."""
        return self.index % 10 == 9

    @property
    def part(self) -> int:
        """The number of its part."""
        return self.index // CHAPTERS_IN_A_PART + 1

    @property
    def number(self) -> str:
        """The chapter's number."""
        return f"{self.part}.{self.index % CHAPTERS_IN_A_PART + 1}"

    @property
    def title(self) -> str:
        """A subject, with a setting once the subjects have run out."""
        turn, subject = divmod(self.index, len(PHRASES["subject"]))
        setting = PHRASES["setting"][turn % len(PHRASES["setting"])]
        return f"{PHRASES['subject'][subject]} {setting}".strip()

    @property
    def slug(self) -> str:
        """The path without `.md`. The number keeps it unique whatever the title."""
        return f"part-{self.part}/{re.sub('[^a-z]+', '-', self.title.lower())}-{self.index + 1}"

    @cached_property
    def numbers(self) -> tuple[tuple[str, ...], ...]:
        """The paragraph numbers of each section."""
        if self.continuous:
            count = itertools.count(1)
            return tuple(tuple(str(next(count)) for _ in range(size)) for size in self.sections)
        numbered = enumerate(self.sections, 1)
        return tuple(tuple(f"{s}.{p}" for p in range(1, size + 1)) for s, size in numbered)

    def any_number(self, random: Random) -> str:
        """The number of one of its paragraphs."""
        return random.choice(random.choice(self.numbers))


@dataclass
class Writer:
    """Writes the text of one chapter, and remembers the footnotes that it owes."""

    random: Random
    outline: Outline
    others: Sequence[Outline]
    terms: Sequence[Term] = ()
    """Those that it may use."""
    notes: list[str] = field(default_factory=list)

    def say(self, name: str) -> str:
        """A phrase of the list `name` with every slot filled."""
        return self.fill(str(self.random.choice(PHRASES[name])))

    def fill(self, phrase: str) -> str:
        """A phrase with every slot filled."""
        return SLOT.sub(self._fill, phrase)

    def _fill(self, match: re.Match[str]) -> str:
        name = match[1].lower()
        special = {
            "term": self._term,
            "terms": self._terms,
            "written_out": self._written_out,
            "law": self._law,
            "here": self._here,
            "there": self._there,
        }
        text = special[name]() if name in special else self.say(name)
        return text if match[1].islower() else text[0].upper() + text[1:]

    def _any_term(self) -> Term:
        # Few terms do most of the work, as in any manual.
        return self.terms[int(len(self.terms) * self.random.random() ** 2)]

    def _term(self) -> str:
        term = self._any_term()
        (name,) = self.random.choices((term.term, term.abbreviation, term.alias), (6, 2, 2))
        return name or term.term

    def _terms(self) -> str:
        return self._any_term().plural

    def _written_out(self) -> str:
        term = self._any_term()
        return f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term

    def _law(self) -> str:
        instrument = self.random.choice(PHRASES["instrument"])
        first, second = self.random.sample(instrument["numbers"], 2)
        form = str(self.random.choice(PHRASES["law"]))
        return form.format(title=instrument["title"], unit=instrument["unit"], first=first, second=second)

    def _here(self) -> str:
        return f"paragraph {self.outline.any_number(self.random)}"

    def _there(self) -> str:
        other = self.random.choice([o for o in self.others if o is not self.outline] or [self.outline])
        form = str(self.random.choice(PHRASES["there"]))
        return form.format(other=other, number=other.any_number(self.random))

    def sentences(self) -> str:
        """Two to four sentences of kinds drawn by their shares, one time in ten with a footnote."""
        shares = (100 - sum(SENTENCES.values()), *SENTENCES.values())
        kinds = self.random.choices(("plain", *SENTENCES), shares, k=self.random.randint(2, 4))
        text = " ".join(self.say(kind) for kind in kinds)
        if self.random.randrange(10) == 0:
            self.notes.append(self.say("note"))
            text += f"[^{len(self.notes)}]"
        return text

    def paragraph(self) -> str:
        """What stands after a number: text, and sometimes a list, a table or a quotation."""
        draw = self.random.randrange(100)
        if draw < 24:
            kind = self.random.choice(("duty", "content"))
            return f"{self.say(kind)}\n\n{self._list(f'{kind}_item')}"
        if draw < 28:
            return f"{self.sentences()}\n\n{self._table()}"
        if draw < 31:
            return f"{self.sentences()}\n\n> {self.say('plain')}"
        return self.sentences()

    def _list(self, item: str) -> str:
        lines = []
        for _ in range(self.random.randint(3, 6)):
            lines.append(f"- {self.say(item)};")
            if self.random.randrange(8) == 0:
                lines += [f"    - {self.say(item)};" for _ in range(self.random.randint(2, 3))]
        return "\n".join(lines)[:-1] + "."

    def _table(self) -> str:
        columns = self.random.randint(3, 5)
        rows = ["| Step | " + " | ".join(f"Part {n}" for n in range(2, columns + 1)) + " |"]
        rows.append("| --- " * columns + "|")
        for step in range(1, self.random.randint(4, 8)):
            cells = [self.say("cell") for _ in range(columns - 1)]
            rows.append("| " + " | ".join([str(step), *cells]) + " |")
        return "\n".join(rows)


@dataclass(frozen=True)
class Record:
    """One amendment, and the sentence that it added to each paragraph."""

    version: int
    effective: date
    added: dict[str, str]

    def __str__(self) -> str:
        listed = ", ".join(f'"{number}"' for number in self.added)
        return str(PHRASES["record"]).format(
            version=self.version,
            effective=self.effective,
            published=self.effective - timedelta(days=7),
            kind="revised" if self.added else "new",
            paragraphs=f"    paragraphs: [{listed}]\n" if self.added else "",
            summary="Says more about what is expected." if self.added else "First published.",
        )


@dataclass(frozen=True)
class Text:
    """A chapter as first written, and what came after."""

    outline: Outline
    headings: list[str]
    paragraphs: dict[str, str]
    notes: list[str]
    records: list[Record]

    def at(self, version: int) -> bytes:
        """The file at one version."""
        records = [record for record in self.records if record.version <= version]
        paragraph = self.outline.numbers[0][0]
        under_review = self.outline.index % 15 == 14
        head = str(PHRASES["head"]).format(
            outline=self.outline,
            version=version,
            numbering="continuous" if self.outline.continuous else "sections",
            due=BUILD_DATE + timedelta(days=30 + 11 * self.outline.index % 700),
            under_review=PHRASES["under_review"].format(paragraph=paragraph) if under_review else "",
            records="".join(str(record) for record in reversed(records)),
        )
        return (head + "\n" + "\n\n".join(self._blocks(records)) + "\n").encode()

    def _blocks(self, records: Sequence[Record]) -> Iterator[str]:
        continuous = self.outline.continuous
        sections = zip(self.headings, self.outline.numbers, strict=True)
        for section, (heading, numbers) in enumerate(sections, 1):
            yield f"## {heading}" if continuous else f"## {section}. {heading}"
            for number in numbers:
                added = "".join(f" {record.added[number]}" for record in records if number in record.added)
                yield f"{number}{'.' if continuous else ''} {self.paragraphs[number]}{added}"
        for mark, note in enumerate(self.notes, 1):
            yield f"[^{mark}]: {note}"


def outlines(chapters: int, words: int, seed: int) -> list[Outline]:
    """The outline of every chapter; lengths run from 0.6 to 1.4 of `words`."""
    found = []
    for index in range(chapters):
        random = Random(f"{seed}/outline/{index}")
        left = max(round(words * random.uniform(0.6, 1.4)) // WORDS_IN_A_PARAGRAPH, 2)
        sections: list[int] = []
        while left > 0 and len(sections) < len(PHRASES["heading"]):
            sections.append(min(left, random.randint(5, 12)))
            left -= sections[-1]
        sections[-1] += left
        found.append(Outline(index, tuple(sections)))
    return found


def write(
    outline: Outline,
    others: Sequence[Outline],
    terms: Sequence[Term],
    versions: tuple[int, int],
    seed: int,
) -> Text:
    """The text that fills an outline."""
    random = Random(f"{seed}/text/{outline.index}")
    writer = Writer(random, outline, others, terms)
    headings = random.sample(PHRASES["heading"], len(outline.sections))
    paragraphs = {number: writer.paragraph() for numbers in outline.numbers for number in numbers}
    # A sentence added below a list or a table would become part of it.
    plain = [number for number, text in paragraphs.items() if "\n" not in text]
    effective = date(2023, 9, 1) + timedelta(days=outline.index % 28)
    records = [Record(1, effective, {})]
    fewest, most = versions
    for version in range(2, 1 + fewest + outline.index % (most - fewest + 1)):
        effective += timedelta(days=min(365, 1000 // most))
        chosen = set(random.sample(plain, min(2, len(plain))))
        records.append(Record(version, effective, {n: writer.say("plain") for n in plain if n in chosen}))
    return Text(outline, headings, paragraphs, writer.notes, records)


def manifest(archive: Sequence[tuple[str, bytes]]) -> bytes:
    """SHA256SUMS of a chapter's archive, each line chained to all above it."""
    text = ""
    for name, content in archive:
        text += f"# previous: {hashlib.sha256(text.encode()).hexdigest()}\n"
        text += f"{hashlib.sha256(content).hexdigest()}  {name}\n"
    return text.encode()


def glossary(terms: Sequence[Term], outline: Outline, seed: int) -> bytes:
    """The glossary. Each entry leads to the next, so that none is unused, however short the manual."""
    # What the text may say though the glossary does not explain it.
    common = ", ".join(term.abbreviation for term in TERMS[len(terms) :] if term.abbreviation)
    text = f"schema: 1\ncommon: [{common}]\nterms:\n"
    for index, term in enumerate(terms):
        writer = Writer(Random(f"{seed}/term/{index}"), outline, ())
        following = terms[(index + 1) % len(terms)]
        naming = index % 2 == 0
        more = str(PHRASES["definition_naming"]).replace("{next}", following.term) if naming else ""
        optional = {
            "abbreviation": term.abbreviation,
            "aliases": f"[{term.alias}]" if term.alias else "",
            "plural": term.plural if index % 10 == 0 else "",
            "see": "" if naming else f"[{following.term}]",
        }
        listed = "".join(f"    {name}: {value}\n" for name, value in optional.items() if value)
        text += f"  - term: {term.term}\n    kind: {term.kind}\n{listed}    definition: >-\n"
        text += f"      {writer.say('definition')}\n"
        text += f"      {writer.fill(more) if naming else writer.say('definition_more')}\n"
    return text.encode()


def files(
    chapters: int, words: int, versions: tuple[int, int], terms: int, seed: int
) -> Iterator[tuple[str, bytes]]:
    """Every file of the manual: its path, with forward slashes, and its content."""
    every = outlines(chapters, words, seed)
    used = TERMS[: max(terms, USED_TERMS)]
    yield "mkdocs.yml", (HERE.parents[1] / "mkdocs.yml").read_bytes()
    parts = sorted({outline.part for outline in every})
    yield "procedures/parts.yml", ("parts:\n" + "".join(f"  part-{n}: Part {n}\n" for n in parts)).encode()
    home = "---\ntitle: Measured procedures\n---\n\nText made for measuring; nobody should follow it.\n\n"
    home += "".join(f"- [{outline.number} {outline.title}]({outline.slug}.md)\n" for outline in every)
    yield "procedures/index.md", home.encode()
    if terms:
        yield "procedures/glossary.yml", glossary(TERMS[:terms], every[0], seed)
    for outline in every:
        text = write(outline, every, used, versions, seed)
        archive = [(f"{record.version}.md", text.at(record.version)) for record in text.records]
        yield f"procedures/{outline.slug}.md", archive[-1][1]
        for name, content in (*archive, ("SHA256SUMS", manifest(archive))):
            yield f"amendments/{outline.slug}/{name}", content


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=50)
    parser.add_argument("--words", type=int, default=4000, help="words in a chapter, on average")
    parser.add_argument("--versions", type=int, default=1, help="the most that a chapter has had")
    parser.add_argument("--fewest", type=int, default=1, help="the fewest versions that a chapter has had")
    parser.add_argument("--terms", type=int, default=300, help="entries of the glossary; 0 writes none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True, help="a new or empty folder")
    options = parser.parse_args()
    if options.chapters < 1 or not 1 <= options.fewest <= options.versions:
        parser.error("--chapters and --fewest must be at least 1, --versions no less than --fewest")
    if not 0 <= options.terms <= len(TERMS):
        parser.error(f"--terms must be from 0 to {len(TERMS)}")
    if options.output.exists() and any(options.output.iterdir()):
        parser.error(f"{options.output} is not empty")
    words = 0
    for path, content in files(
        options.chapters, options.words, (options.fewest, options.versions), options.terms, options.seed
    ):
        target = options.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        words += len(content.split()) if path.startswith("procedures/part-") else 0
    sys.stdout.write(f"{options.chapters} chapters, {words:,} words in {options.output}\n")


if __name__ == "__main__":
    main()
