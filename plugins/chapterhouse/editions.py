"""What a page shows of a chapter: which version of it, and how that version stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from chapterhouse import dates
from chapterhouse import history as histories
from chapterhouse.history import in_order, shown, superseded
from chapterhouse.manual.following import still
from chapterhouse.model import Amendment, Chapter, Head, History, Kind, Manual, Review, UnderReview, Version

State = Literal["in-force", "under-review", "scheduled", "withdrawn", "superseded"]

STATES: dict[State, str] = {
    "in-force": "In force",
    "under-review": "Under review",
    "scheduled": "Not yet in force",
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
}
"""Each state in the words that readers see."""

KINDS: dict[Kind, str] = {
    "new": "New chapter",
    "added": "Text added",
    "removed": "Text removed",
    "revised": "Text revised",
    "corrected": "Mistake corrected",
    "renumbered": "Paragraphs renumbered",
    "reviewed": "Review recorded",
    "withdrawn": "Chapter withdrawn",
}
"""Each kind of amendment in the words that readers see."""


@dataclass(frozen=True)
class Edition:
    """One version of a chapter as a page shows it on `today`.

    Number, title and text come from the version shown; owner and review from the live chapter, because they
    change without a version.
    """

    history: History
    version: Version
    today: date
    """The build date."""
    manual_name: str = ""
    site_url: str = ""
    """Where the site is published, with a slash at its end; empty where nobody has said."""

    @property
    def live(self) -> Head:
        """The front matter of the live chapter."""
        return self.history.chapter.head

    @property
    def amendment(self) -> Amendment:
        """The record of the version shown."""
        return self.version.amendment

    @property
    def chapter(self) -> Chapter:
        """The chapter at the version shown."""
        return self.version.chapter

    @property
    def head(self) -> Head:
        """The front matter of the version shown."""
        return self.chapter.head

    @cached_property
    def under_review(self) -> UnderReview | None:
        """The review declared of the version shown."""
        return histories.under_review(self.history, self.version, self.today)

    @cached_property
    def state(self) -> State:
        """How the version shown stands on the build date."""
        if self.amendment.effective > self.today:
            return "scheduled"
        if self.version != shown(self.history, self.today):
            return "superseded"
        if self.head.status == "withdrawn":
            return "withdrawn"
        return "under-review" if self.under_review else "in-force"

    @property
    def judged(self) -> date:
        """The day on which the law that it cites is judged: of what is not in force, its own."""
        return self.amendment.effective if self.state in {"scheduled", "superseded"} else self.today

    @property
    def review(self) -> Review | None:
        """The owner's next review; None where the version shown is not going to have one."""
        return None if self.state in {"withdrawn", "superseded"} else self.live.review

    @property
    def review_overdue(self) -> bool:
        """Whether the review was due before the build date. On the day itself it is not overdue."""
        return self.review is not None and self.review.due < self.today

    @property
    def expected_passed(self) -> bool:
        """Whether the end of a declared review was expected before the build date."""
        return self.under_review is not None and self.under_review.expected < self.today

    @property
    def until(self) -> date | None:
        """The last day the version shown applied; None unless it is superseded."""
        return self.version.until if self.state == "superseded" else None

    @property
    def never_applied(self) -> bool:
        """Whether the version was overtaken on its first day."""
        return self.until is not None and not self.version.applied

    @property
    def withdrawal(self) -> Amendment:
        """The record that withdrew the chapter; a later record may have corrected what it says."""
        recorded = self.live.amendments[self.live.amendments.index(self.amendment) :]
        return next(record for record in recorded if record.kind == "withdrawn")

    @cached_property
    def scheduled(self) -> tuple[Amendment, ...]:
        """The changes still to come after the version shown, earliest first."""
        if self.state == "superseded":
            return ()
        order = in_order(self.live.amendments)
        return tuple(a for a in order if a.effective > self.today and a != self.amendment)

    @cached_property
    def records(self) -> tuple[Amendment, ...]:
        """The amendments to tell the reader of, newest first: up to the one shown if it is superseded."""
        order = in_order(self.live.amendments)
        if self.state == "superseded" and self.amendment in order:
            order = order[: order.index(self.amendment) + 1]
        return order[::-1]

    def still(self, record: Amendment) -> frozenset[str]:
        """The addresses of the text shown that are what they were when `record` was made.

        A number that was given to another text since leads a reader of the record astray.
        """
        if record == self.amendment:
            return frozenset(self.chapter.anchors)
        return still(self.history, record.version, self.amendment.version)

    @cached_property
    def corrections(self) -> tuple[Amendment, ...]:
        """Later records that put right a mistake in the version shown, earliest first."""
        order = in_order(self.live.amendments)
        return tuple(a for a in order if a.corrects and a.corrects.version == self.amendment.version)

    @cached_property
    def archived(self) -> frozenset[str]:
        """The versions that have a page of their own."""
        return frozenset(version.number for version in superseded(self.history, self.today))

    @property
    def path(self) -> str:
        """Where the chapter lives on the site, relative to its root."""
        return f"{self.history.chapter.slug}/"

    @property
    def history_path(self) -> str:
        """Where the history of the chapter is read."""
        return f"{self.path}changes/"

    def version_path(self, version: str) -> str:
        """Where the text of a superseded version is read."""
        return f"{self.path}versions/{version}/"

    def changes_path(self, version: str) -> str:
        """Where it is read what a version changed."""
        return f"{self.history_path}{version}/"

    @property
    def own_path(self) -> str:
        """Where this version is read; empty while another is shown and this one is still to come."""
        if self.version == shown(self.history, self.today):
            return self.path
        return "" if self.state == "scheduled" else self.version_path(self.version.number)

    @property
    def address(self) -> str:
        """The chapter's whole address; empty where the site has none."""
        return self.whole(self.path)

    def whole(self, path: str) -> str:
        """The whole address of a path; empty where the site has none."""
        return self.site_url + path if self.site_url else ""

    @property
    def standing(self) -> str:
        """The version and its days in words, for a citation and for paper."""
        version, start = f"version {self.amendment.version}", dates.long(self.amendment.effective)
        if self.never_applied:
            return f"{version}, dated {start} and never in force"
        if self.until:
            return f"{version}, in force from {start} to {dates.long(self.until)}"
        if self.state == "withdrawn":
            return f"{version}, withdrawn from {dates.long(self.withdrawal.effective)}"
        return f"{version}, in force from {start}"


def edition(history: History, today: date, manual_name: str = "", site_url: str = "") -> Edition:
    """The edition that `today` shows at the chapter's own address.

    Raises ValueError for a draft, and where the text of the version is not at hand.
    """
    version = shown(history, today)
    if version is None:
        raise ValueError(f"{history.chapter.slug} has no version to show on {today}")
    return Edition(history, version, today, manual_name, site_url)


def editions(manual: Manual, today: date) -> tuple[Edition, ...]:
    """What each chapter shows on a day, in the manual's order. Drafts are left out."""
    return tuple(edition(history, today) for history in manual.published)


def sentence(text: str) -> str:
    """A text that an editor wrote, with a full stop if it has no end of its own."""
    return text if text.endswith((".", "?", "!", ":", "…")) else f"{text}."
