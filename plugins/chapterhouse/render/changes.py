"""The page of one amendment, with its redline, and the page of a chapter's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from chapterhouse import history as histories
from chapterhouse.editions import Edition
from chapterhouse.law import Register
from chapterhouse.manual import changes, copies
from chapterhouse.manual.changes import Step
from chapterhouse.manual.wordings import ParagraphHistory, Wording, followed, paragraph_histories
from chapterhouse.model import Amendment, History
from chapterhouse.render import redline
from chapterhouse.render.pieces import ENVIRONMENT, Url, reason
from chapterhouse.render.redline import Part, ShownRedline


@dataclass(frozen=True)
class Places:
    """What of a page the numbers in a record may lead to."""

    numbers: frozenset[str]
    anchors: frozenset[str]


@dataclass(frozen=True)
class AmendmentPage:
    """What the page of one amendment tells."""

    step: Step
    shown: Edition
    """The chapter as it stands on the build date."""

    @property
    def history(self) -> History:
        """All versions of the chapter."""
        return self.shown.history

    @property
    def today(self) -> date:
        """The build date."""
        return self.shown.today

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
        return replace(self.shown, version=self.step.before)

    @cached_property
    def new(self) -> Edition:
        """The version that it made."""
        return replace(self.shown, version=self.step.after)

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
        page=page, url=url, reason=lambda text: reason(text, register)
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
    def codes(self) -> Mapping[str, str]:
        """The code that the copies of each version carry."""
        history = self.shown.history
        return {one.number: copies.code(history, one) for one in histories.versions(history)}

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
        here = dict.fromkeys(one for _, one in known.standing.get(version, ()))
        place = known.order.index(version) if version in known.order else 0
        later = {one for number in known.order[place + 1 :] for _, one in known.standing[number]}
        rest = [one for one in known.every if one not in here]
        return (
            ("Paragraph by paragraph", self._shown(here)),
            ("Paragraphs to come", self._shown(one for one in rest if one in later)),
            ("Paragraphs that are no more", self._shown(one for one in rest if one not in later)),
        )

    @cached_property
    def addresses(self) -> Mapping[ParagraphHistory, str]:
        """Where each paragraph stands on the page: at its number, if no other leads there by that."""
        return {one: ids[0] for one, ids in self._leading.items()}

    @cached_property
    def _leading(self) -> Mapping[ParagraphHistory, tuple[str, ...]]:
        """All addresses that lead to each paragraph."""
        found: dict[ParagraphHistory, list[str]] = {one: [] for one in followed(self.shown.history).every}
        for address, one in self.ids.items():
            found[one].append(address)
        return {
            one: tuple(addresses or [f"chapterhouse-history-{place}"])
            for place, (one, addresses) in enumerate(found.items(), 1)
        }

    def _shown(self, paragraphs: Iterable[ParagraphHistory]) -> tuple[ShownParagraph, ...]:
        return tuple(ShownParagraph(one, self._leading[one]) for one in paragraphs)

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
        page=page, url=url, check_path=copies.path, reason=lambda text: reason(text, register)
    )
