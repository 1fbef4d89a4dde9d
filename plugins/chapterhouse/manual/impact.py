"""What a change of the law touches: the paragraphs that cite it, the records that name it, the duties."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chapterhouse import citations, history
from chapterhouse.citations import judge, links, provisions, targets, wording
from chapterhouse.citations.status import status
from chapterhouse.citations.targets import exists
from chapterhouse.diagnostics import printers
from chapterhouse.law import CitationMention, Duty, Register, Standing, Target
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.prose import sentence
from chapterhouse.model import Amendment, Chapter, Manual, UnderReview

State = Literal["published", "scheduled", "draft"]

UNKNOWN = "the register knows no such provision"
ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?legislation\.gov\.uk/(?:id/)?")
PATH = re.compile(provisions.PATH)
RANGE = re.compile(r"[0-9A-Za-z)]\s*(?:\bto\b|-|\bthrough\b)\s*[0-9(A-Za-z]")


@dataclass(frozen=True, slots=True)
class Place:
    """A citation at its place in a chapter."""

    line: int
    column: int
    anchor: str
    """The address of its paragraph or section, or of the mark of its footnote; empty above the first."""
    paragraph: str
    """The number of the paragraph; empty in none."""
    text: str
    """The sentence in which it stands."""
    targets: tuple[Target, ...]
    """What it cites of what was asked for."""
    mention: CitationMention


@dataclass(frozen=True, slots=True)
class Affected:
    """One text of a chapter that cites what was asked for."""

    chapter: Chapter
    """The text: the live file, or the archived version in force while a change is scheduled."""
    state: State
    effective: date | None
    """From when the text applies; None for a draft."""
    review: UnderReview | None
    places: tuple[Place, ...]
    coming: Amendment | None = None
    """The change that is scheduled on top of a published text."""

    @property
    def anchors(self) -> tuple[str, ...]:
        """The addresses that cite it, in order, each once."""
        return tuple(dict.fromkeys(place.anchor for place in self.places if place.anchor))


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything in a manual that an instrument or a provision touches, on a day."""

    target: Target
    day: date
    called: str
    url: str
    standing: Standing
    state: str
    """The standing in words."""
    replaced_by: tuple[Target, ...]
    affected: tuple[Affected, ...]
    whole: tuple[tuple[Target, int], ...]
    """Provisions that hold the one asked for and are cited as a whole, each with the number of paragraphs."""
    records: tuple[tuple[Chapter, Amendment], ...]
    """The amendments whose `because` names it."""
    duties: tuple[Duty, ...]


def uncovered(affected: Affected) -> tuple[str, ...]:
    """The addresses in a text that cite it and that the review of the text does not name.

    A review that names a section covers its paragraphs. Where there is no review, all.
    """
    review = affected.review
    named = history.touched(review, affected.chapter) | set(review.paragraphs if review else ())
    return tuple(anchor for anchor in affected.anchors if anchor not in named)


def asked(manual: Manual, text: str, day: date) -> Target | None:
    """What an id, an address or a title with a provision means; None where that is not known.

    `ukpga/2004/31/section/14`, `https://www.legislation.gov.uk/ukpga/2004/31`, `section 14 of the Children
    Act 2004`. Known is what the register knows, and what the manual cites.
    """
    register = manual.register
    path = ADDRESS.sub("", text.strip()).strip("/")
    known = {one.lower(): one for one in (*register.titles, *register.instruments, *_cited(manual, day))}
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        instrument = known.get("/".join(parts[:end]).lower())
        provision = "/".join(parts[end:])
        if instrument and (not provision or PATH.fullmatch(provision)):
            return Target(instrument, targets.own_path(register, instrument, provision))
        if instrument:
            # section 14(2), written after an id
            path = f"{provision.replace('/', ' ')} of {wording.called(register, Target(instrument))}"
            break
    cited = citations.find(path, register, day)
    found = [one for citation in cited if citation.sound for one in citation.targets]
    return found[0] if len(set(found)) == 1 else None


def known(manual: Manual, text: str, day: date) -> Target:
    """What `asked` finds. Raises ValueError, naming what is nearest, where that is nothing."""
    target = asked(manual, text, day)
    if target is None:
        near = "".join(f"\n  {one}" for one in nearest(manual, text))
        hint = f"; the nearest are:{near}" if near else ": write it like ukpga/2004/31/section/14"
        raise ValueError(f"{printers.visible(text)} is not known{hint}")
    return target


def nearest(manual: Manual, text: str) -> tuple[str, ...]:
    """The ids, with their titles, that are nearest to what was asked for and is not known."""
    register = manual.register
    titles = {**register.titles, **{one.id: one.title for one in register.instruments.values()}}
    wanted = ADDRESS.sub("", text.strip()).strip("/").lower()[:120]
    by_words = {title.lower(): one for one, title in titles.items()}
    by_words.update({one.lower(): one for one in titles})
    # A known instrument with a provision that is not written as a path is nearest to itself.
    parts = wanted.split("/")
    own = [by_words[p] for end in range(len(parts), 0, -1) if (p := "/".join(parts[:end])) in by_words]
    close = difflib.get_close_matches(wanted, by_words, n=3, cutoff=0.6)
    ids = dict.fromkeys((*own, *(by_words[words] for words in close)))
    return tuple(f"{one} ({titles[one]})" for one in list(ids)[:3])


def impact(manual: Manual, target: Target, day: date) -> Impact:
    """What the manual has to do with an instrument or a provision, on a day.

    Read are the texts that apply or are going to, and the drafts; no withdrawn chapters, no superseded
    versions.
    """
    register = manual.register
    standing = status(register, target, day, register.territory)
    affected: list[Affected] = []
    whole = dict.fromkeys(_above(target), 0)
    for chapter in manual.chapters:
        for text, state, effective in _texts(manual, chapter, day):
            said = mentions(manual, text, max(day, effective or day))
            places = tuple(_places(register, target, text, said))
            if places:
                affected.append(_affected(manual, chapter, text, state, effective, places, day))
            for holder in whole:
                whole[holder] += len(
                    {m.anchor for m in said if holder in m.targets and not _touched(register, target, m)}
                )
    return Impact(
        target,
        day,
        wording.called(register, target),
        links.address(register, target),
        standing,
        UNKNOWN if exists(register, target) is False else wording.words(register, standing, day),
        standing.fact.replaced_by if standing.fact and standing.state in judge.CODES else (),
        tuple(affected),
        tuple((holder, count) for holder, count in whole.items() if count),
        tuple(_records(manual, target, day)),
        tuple(
            duty for duty in register.duties if any(touches(register, target, own) for own in duty.provisions)
        ),
    )


def touches(register: Register, target: Target, cited: Target) -> bool:
    """Whether a citation is of what was asked for, or of a part of it.

    An instrument is touched by every citation of it, guidance by those of its editions, a Part by those of
    the sections that the register says it holds.
    """
    known = register.instruments.get(cited.instrument)
    if cited.instrument != target.instrument:
        return bool(known and known.edition_of == target.instrument and not target.provision)
    if not target.provision or provisions.within(cited.provision, target.provision, target.provision):
        return True
    held = known.contains.get(target.provision) if known else None
    return held is not None and provisions.within(cited.provision, *held)


def _touched(register: Register, target: Target, mention: CitationMention) -> tuple[Target, ...]:
    """The targets of a mention that are what was asked for."""
    direct = tuple(cited for cited in mention.targets if touches(register, target, cited))
    return direct or _of_range(target, mention)


def _of_range(target: Target, mention: CitationMention) -> tuple[Target, ...]:
    """Of a range, the neighbours between which the provision was inserted: sections 14 to 16 hold 14A.

    A range was found with all that counting tells; neighbours that leave out a number are of a list.
    """
    if not target.provision or not RANGE.search(mention.words):
        return ()
    for pair in zip(mention.targets, mention.targets[1:], strict=False):
        first, last = (one.provision for one in pair)
        if (
            {one.instrument for one in pair} == {target.instrument}
            and provisions.is_range(first, last)
            and provisions.within(target.provision, first, last)
            and provisions.expand(first, last) == (first, last)
        ):
            return pair
    return ()


def _above(target: Target) -> tuple[Target, ...]:
    """The provisions that hold the target, nearest first."""
    return tuple(Target(target.instrument, path) for path in provisions.ancestors(target.provision))


def _cited(manual: Manual, day: date) -> Iterator[str]:
    for chapter in manual.chapters:
        for mention in mentions(manual, chapter, day):
            yield from (target.instrument for target in mention.targets)


def _texts(manual: Manual, chapter: Chapter, day: date) -> Iterator[tuple[Chapter, State, date | None]]:
    """The texts of a chapter that apply or are going to apply, or its draft."""
    if chapter.head.status == "draft":
        yield chapter, "draft", None
        return
    if not chapter.head.amendments or "amendments" in chapter.head.unread:
        # Which text applies cannot be told from records that cannot be read; the live one is at hand.
        yield chapter, "published", None
        return
    known = manual.histories[chapter.slug]
    current = history.as_at(known, day)
    coming = [version for version in history.versions(known) if version.amendment.effective > day]
    for version in ([current] if current else []) + coming:
        if version.chapter.head.status != "withdrawn":
            state: State = "published" if version is current else "scheduled"
            yield version.chapter, state, version.amendment.effective


def _affected(
    manual: Manual,
    chapter: Chapter,
    text: Chapter,
    state: State,
    effective: date | None,
    places: tuple[Place, ...],
    day: date,
) -> Affected:
    known = manual.histories[chapter.slug]
    review, coming = text.head.under_review, None
    if state == "published":
        current = history.as_at(known, day)
        review = history.under_review(known, current, day) if current else review
        coming = history.coming(known, day)
    return Affected(text, state, effective, review, places, coming)


def _places(
    register: Register, target: Target, chapter: Chapter, said: Sequence[CitationMention]
) -> Iterator[Place]:
    for mention in said:
        targets = _touched(register, target, mention)
        if not targets:
            continue
        span = chapter.span(mention.start, mention.end)
        anchor = mention.anchor
        paragraph = anchor if anchor in chapter.numbers else ""
        words = sentence(chapter, mention.start, mention.end)
        yield Place(span.line, span.column, anchor, paragraph, words, targets, mention)


def _records(manual: Manual, target: Target, day: date) -> Iterator[tuple[Chapter, Amendment]]:
    register = manual.register
    for chapter in manual.chapters:
        for record in chapter.head.amendments:
            named = [one for text in record.because for one in _named(register, text, day)]
            if any(touches(register, target, one) for one in named):
                yield chapter, record


def _named(register: Register, text: str, day: date) -> Iterator[Target]:
    """What a reason names: an id, or words that cite."""
    if target := wording.named(register, text):
        yield target
        return
    for citation in citations.find(text, register, day):
        yield from citation.targets
