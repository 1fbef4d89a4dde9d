"""The nouns of the law that a manual cites, as frozen values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from chapterhouse.mention import Mention

if TYPE_CHECKING:  # a manual has a register, so the model imports this module
    from chapterhouse.model import Acceptance, Span

Territory = Literal["england", "wales", "both"]
Effect = Literal[
    "in-force",
    "inserted",
    "amended",
    "prospective",
    "repealed",
    "revoked",
    "replaced",
    "disapplied",
    "renamed",
    "note",
]
State = Literal["in-force", "repealed", "revoked", "superseded", "prospective", "unknown"]
Confidence = Literal["high", "medium", "low"]
Basis = Literal["lookup", "memory"]
CitationKind = Literal["full", "short", "oblique", "bare", "guidance"]

YEAR = re.compile(r"\W*\b(\d{4})\)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """An instrument, or a provision of it."""

    instrument: str
    """Its id: the path on legislation.gov.uk (`ukpga/2004/31`), `guidance/<slug>` or `treaty/<slug>`."""
    provision: str = ""
    """The path inside it (`section/47/1`); empty for the whole instrument."""

    def __str__(self) -> str:
        return f"{self.instrument}/{self.provision}" if self.provision else self.instrument


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact about an instrument or some of its provisions."""

    effect: Effect
    territory: Territory
    """Where it holds."""
    text: str
    """The fact in words for a reader."""
    confidence: Confidence
    basis: Basis
    provisions: tuple[tuple[str, str], ...] = ()
    """Paths of provisions, first and last of each range; the same twice for a single one. Empty for the
    whole instrument."""
    start: date | None = None
    """The first day on which it holds; None where that is not established."""
    by: tuple[Target, ...] = ()
    """What brought it about."""
    replaced_by: tuple[Target, ...] = ()
    partly: bool = False
    """Of an Act in force: whether much of it waits for commencement. Then it says nothing of a provision."""
    note: str = ""
    """For whoever keeps the register; never shown to readers."""


@dataclass(frozen=True)
class Instrument:
    """An Act, a statutory instrument, or one edition of guidance."""

    id: str
    title: str
    """Without the year for guidance; with it for legislation, as the instrument is cited."""
    year: int | None = None
    number: str = ""
    """As printed: `41`, `1705 (W. 167)`."""
    short_forms: tuple[str, ...] = ()
    wrong_titles: tuple[str, ...] = ()
    """Titles that do not exist and have been seen where this instrument was meant."""
    territory: Territory | None = None
    """Where it extends and applies, within England and Wales; None where that is neither or not known."""
    edition_of: str = ""
    """The id of the guidance of which this is an edition."""
    reissued: tuple[date, ...] = ()
    """Of guidance that is issued anew under one title: the first day of each edition, in order."""
    url: str = ""
    """The official page of guidance and treaties; legislation has its address from its id."""
    contains: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """The first and last provision of a Part, a Chapter of a Part or a cross-heading, by its path:
    `part/III` holds `section/17` to `section/30A`."""
    last: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The highest number that there ever was of a kind of provision: `section` → `108`. Kinds that are
    not named here are not known."""
    chapters: tuple[str, ...] = ()
    """Of guidance: the titles of its chapters, in order from chapter 1."""
    facts: tuple[Fact, ...] = ()
    source: str = ""
    """The file that it was read from."""
    place: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A provision that the trade cites by its number alone: s47."""

    form: str
    target: Target
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Duty:
    """A body and the provisions that bind it."""

    body: str
    territory: Territory
    provisions: tuple[Target, ...]
    confidence: Confidence
    basis: Basis


def binds(duty: Duty, territory: Territory) -> bool:
    """Whether a duty bears on whoever goes by the law of a territory."""
    return "both" in (duty.territory, territory) or duty.territory == territory


# Compared by identity: there are few, and what is made of one is kept with it.
@dataclass(frozen=True, eq=False)
class Register:
    """The instruments that are known: the national register, and what a manual adds."""

    as_of: date
    """The day up to which the national register was kept."""
    instruments: Mapping[str, Instrument]
    """By id."""
    titles: Mapping[str, str]
    """The titles of instruments of which nothing more is known, by id: they exist."""
    shorthand: tuple[Shorthand, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Forms that more than one instrument claims, and the ids of those."""
    duties: tuple[Duty, ...] = ()
    territory: Territory = "both"
    """Whose law the manual goes by."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says of a provision on a day."""

    state: State
    fact: Fact | None = None
    """The fact that decides; None where the register has none."""
    settled: bool = True
    """False where the fact is of low confidence: it must not be shown to readers as settled."""
    england: State = "unknown"
    wales: State = "unknown"
    england_fact: Fact | None = None
    wales_fact: Fact | None = None
    territory: Territory = "both"
    """What was asked for."""
    inherited_from: str = ""
    """The instrument, where nothing is recorded of the provision itself and this is what holds of it all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a citation: the code of a diagnostic, and its words."""

    code: str
    message: str
    hint: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A phrase that refers to instruments or provisions. `text[start:end]` are its words."""

    start: int
    end: int
    kind: CitationKind
    targets: tuple[Target, ...]
    """Empty where the phrase could not be resolved. Of an erroneous citation: what was meant, as far as
    the register can tell; `sound` is then false."""
    resolved_by: str
    """How the targets were found: a word of `citations.resolve.WAYS`."""
    sound: bool = True
    """Whether the targets are what the words say: only then may it become a link."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the words, whatever the date."""
    edition: int | None = None
    """The year of the edition that is cited, of guidance that is reissued under one id."""


@dataclass(frozen=True, slots=True)
class CitationMention(Mention):
    """A citation at its place in a chapter, judged on a day.

    It is not linked in headings, code, links, titles of chapters, and longer terms of the glossary.
    """

    citation: Citation
    standings: tuple[Standing, ...]
    """What the register says of each target."""
    problems: tuple[Problem, ...]
    """What is wrong with it and has not been accepted."""
    accepted: tuple[tuple[Problem, Acceptance], ...]
    """What is wrong with it and was accepted on purpose."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """What it refers to; empty where that is not known."""
        return self.citation.targets


def title_key(title: str) -> tuple[str, int]:
    """What sorts titles: from A to Z without accents and articles, then by year."""
    plain = unicodedata.normalize("NFKD", title)
    folded = "".join(c for c in plain if not unicodedata.combining(c)).casefold().removeprefix("the ")
    year = YEAR.search(folded)
    words = re.findall(r"\w+", folded[: year.start()] if year else folded)
    return " ".join(words), int(year[1]) if year else 0
