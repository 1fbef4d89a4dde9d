"""The page of one amendment, with its redline, and the page of a chapter's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chapterhouse import history as histories
from chapterhouse.editions import Edition
from chapterhouse.law import Register
from chapterhouse.manual import changes
from chapterhouse.manual.changes import Step
from chapterhouse.manual.wordings import ParagraphHistory, Wording, followed, paragraph_histories
from chapterhouse.model import Amendment, History
from chapterhouse.render import redline
from chapterhouse.render.pieces import ENVIRONMENT, Url, reason
from chapterhouse.render.redline import Part, ShownRedline


def path(slug: str, version: str) -> str:
    """Where the redline of an amendment is, from the site's root."""
    return f"{slug}/changes/{version}/"


def history_path(slug: str) -> str:
    """Where the history of a chapter is, from the site's root."""
    return f"{slug}/changes/"


@dataclass(frozen=True)
class Places:
    """What of a page the numbers in a record may lead to."""

    numbers: frozenset[str]
    anchors: frozenset[str]


@dataclass(frozen=True)
class AmendmentPage:
    """What the page of one amendment tells."""

    step: Step
    history: History
    today: date

    @property
    def slug(self) -> str:
        """The chapter that it amended."""
        return self.history.chapter.slug

    @property
    def record(self) -> Amendment:
        """The amendment."""
        return self.step.after.amendment

    @cached_property
    def old(self) -> Edition:
        """The version before it, as it stands on the build date."""
        return Edition(self.history, self.step.before, self.today)

    @cached_property
    def new(self) -> Edition:
        """The version that it made."""
        return Edition(self.history, self.step.after, self.today)

    @cached_property
    def redline(self) -> ShownRedline:
        """What it changed."""
        return redline.shown(self.step.redline)

    @cached_property
    def places(self) -> Places:
        """The changes that the page has an address for."""
        own = redline.addresses(self.step.redline)
        numbers = frozenset(number for number, change in own.items() if change.kind == "paragraph")
        return Places(numbers, frozenset(own))

    @cached_property
    def beside(self) -> tuple[str, str]:
        """The versions of the changes before and after this one; empty where there is none."""
        order = ["", *changes.redlined(self.history), ""]
        place = order.index(self.record.version)
        return order[place - 1], order[place + 1]


def amendment(page: AmendmentPage, url: Url, register: Register) -> str:
    """The HTML of the page of one amendment."""
    return ENVIRONMENT.get_template("changes.html").render(
        page=page, url=url, reason=lambda text: reason(text, register), path=path, history_path=history_path
    )


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph on the page of a chapter's history."""

    paragraph: ParagraphHistory
    ids: tuple[str, ...]
    """Its address, then those that lead to it because it had them once."""


@dataclass(frozen=True)
class HistoryPage:
    """What the page of a chapter's history tells."""

    shown: Edition
    """The chapter as it stands on the build date."""

    @property
    def slug(self) -> str:
        """The chapter."""
        return self.shown.history.chapter.slug

    @property
    def records(self) -> tuple[Amendment, ...]:
        """All records, newest first."""
        return histories.in_order(self.shown.live.amendments)[::-1]

    @cached_property
    def redlined(self) -> Mapping[str, Step]:
        """The amendments that have a page."""
        return changes.redlined(self.shown.history)

    @cached_property
    def ids(self) -> Mapping[str, ParagraphHistory]:
        """The paragraph that each address of the page leads to."""
        return paragraph_histories(self.shown.history, self.shown.today)

    @cached_property
    def places(self) -> Places:
        """The addresses that records may lead to."""
        numbers = {a for a, one in self.ids.items() if one.first.change.kind == "paragraph"}
        return Places(frozenset(numbers), frozenset(self.ids))

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[ShownParagraph, ...]], ...]:
        """Paragraphs under a heading: those of today, those to come, those that are no more."""
        known, version = followed(self.shown.history), self.shown.version.number
        here = [one for _, one in known.standing.get(version, ())]
        place = known.order.index(version) if version in known.order else 0
        later = {id(one) for number in known.order[place + 1 :] for _, one in known.standing[number]}
        rest = [one for one in known.every if all(one is not other for other in here)]
        return (
            ("Paragraph by paragraph", self._shown(here)),
            ("Paragraphs to come", self._shown(one for one in rest if id(one) in later)),
            ("Paragraphs that are no more", self._shown(one for one in rest if id(one) not in later)),
        )

    def _shown(self, paragraphs: Iterable[ParagraphHistory]) -> tuple[ShownParagraph, ...]:
        places = {id(one): place for place, one in enumerate(followed(self.shown.history).every)}
        leading: dict[int, list[str]] = {}
        for address, one in self.ids.items():
            leading.setdefault(id(one), []).append(address)
        return tuple(
            ShownParagraph(one, tuple(leading.get(id(one), [f"chapterhouse-history-{places[id(one)]}"])))
            for one in paragraphs
        )

    def days(self, wording: Wording) -> str:
        """How the days of a text are introduced: `since`, `from`, or that there are none."""
        start = wording.version.amendment.effective
        if wording.until and wording.until < start:
            return "never"
        if start > self.shown.today:
            return "to come"
        return "ended" if wording.until else "since"

    def parts(self, wording: Wording, paragraph: ParagraphHistory) -> tuple[Part, ...]:
        """A text of a paragraph: the first as it was, each later one with what changed in its words."""
        if wording is paragraph.first:
            return redline.plain(wording.change)
        return redline.parts(wording.change.blocks) if wording.change.wording else ()


def history(page: HistoryPage, url: Url, register: Register) -> str:
    """The HTML of the page of a chapter's history."""
    return ENVIRONMENT.get_template("history.html").render(
        page=page, url=url, reason=lambda text: reason(text, register), path=path, history_path=history_path
    )
