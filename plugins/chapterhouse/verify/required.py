"""What the page of one version of a chapter must say on a day, computed from the manual alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chapterhouse import dates, history
from chapterhouse.law import Register
from chapterhouse.manual.changes import redlined
from chapterhouse.model import Amendment, Chapter, Head, History, UnderReview, Version
from chapterhouse.verify import wording
from chapterhouse.verify.built import fold
from chapterhouse.verify.wording import Notice, notice


@dataclass(frozen=True)
class Required:
    """What one page must say: `version` of a chapter, on `today`."""

    history: History
    version: Version
    today: date
    register: Register

    @property
    def live(self) -> Head:
        """The front matter of the live chapter: owner and review change without a version."""
        return self.history.chapter.head

    @property
    def chapter(self) -> Chapter:
        """The text shown."""
        return self.version.chapter

    @property
    def amendment(self) -> Amendment:
        """The record of the version shown."""
        return self.version.amendment

    @property
    def path(self) -> str:
        """The chapter's address from the site's root."""
        return f"{self.history.chapter.slug}/"

    @property
    def file(self) -> str:
        """The page of the version shown."""
        within = f"versions/{self.version.number}/" if self.state == "superseded" else ""
        return f"{self.path}{within}index.html"

    @property
    def title(self) -> str:
        """Number and title of the version shown."""
        return fold(f"{self.chapter.head.chapter} {self.chapter.head.title}")

    @cached_property
    def superseded(self) -> tuple[Version, ...]:
        """The versions that have a page of their own."""
        return history.superseded(self.history, self.today)

    @cached_property
    def order(self) -> tuple[Amendment, ...]:
        """Every record, in the order in which they come to apply."""
        return history.in_order(self.live.amendments)

    @cached_property
    def state(self) -> str:
        """How the version shown stands, as `api/manual.json` and the status line name it."""
        if self.amendment.effective > self.today:
            return "scheduled"
        if self.version in self.superseded:
            return "superseded"
        if self.chapter.head.status == "withdrawn":
            return "withdrawn"
        return "under-review" if self.under_review else "in-force"

    @cached_property
    def under_review(self) -> UnderReview | None:
        """The review declared of the version shown."""
        return history.under_review(self.history, self.version, self.today)

    @property
    def days(self) -> str:
        """The days on which the version applied, in words; for a version that never did, nothing."""
        start, until = self.amendment.effective, self.version.until
        if self.state != "superseded" or until is None:
            return dates.long(start)
        return f"{dates.long(start)} to {dates.long(until)}" if until >= start else ""

    @property
    def withdrawal(self) -> Amendment:
        """The record that withdrew the chapter; a later record may have corrected what it says."""
        recorded = self.live.amendments[self.live.amendments.index(self.amendment) :]
        return next((record for record in recorded if record.kind == "withdrawn"), self.amendment)

    @property
    def standing(self) -> str:
        """The version and its days, as on paper."""
        version = f"version {self.amendment.version}"
        if not self.days:
            return f"{version}, dated {dates.long(self.amendment.effective)} and never in force"
        if self.state == "withdrawn":
            return f"{version}, withdrawn from {dates.long(self.withdrawal.effective)}"
        return f"{version}, in force from {self.days}"

    @property
    def records(self) -> tuple[Amendment, ...]:
        """The amendments that the page tells of, newest first: up to its own if it is superseded."""
        end = self.order.index(self.amendment) + 1 if self.state == "superseded" else None
        return self.order[:end][::-1]

    @property
    def scheduled(self) -> tuple[Amendment, ...]:
        """The changes still to come after the version shown, earliest first."""
        if self.state == "superseded":
            return ()
        return tuple(a for a in self.order if a.effective > self.today and a != self.amendment)

    @property
    def entry(self) -> dict[str, object]:
        """The chapter's entry in `api/manual.json`, as its schema lays it down."""
        review = self.live.review if self.state != "withdrawn" else None
        last = review.last if review else None
        return {
            "number": self.chapter.head.chapter,
            "slug": self.chapter.slug,
            "title": self.chapter.head.title,
            "part": self.chapter.part,
            "version": self.amendment.version,
            "effective": self.amendment.effective.isoformat(),
            "status": self.state,
            "review": {
                "due": review.due.isoformat() if review else None,
                "last": last.date.isoformat() if last else None,
                "overdue": review is not None and review.due < self.today,
            },
            "url": self.path,
            "sha256": self.chapter.sha256,
        }

    @property
    def attributes(self) -> dict[str, str]:
        """What the status line says to programs."""
        return {
            "data-state": self.state,
            "data-chapter": self.chapter.head.chapter,
            "data-version": self.amendment.version,
            "data-effective": self.amendment.effective.isoformat(),
            "data-standing": self.standing,
        }

    @property
    def status(self) -> Notice:
        """The status line."""
        said = ["Version", self.amendment.version]
        if self.state == "superseded":
            said += ["In force", self.days or "Never"]
        elif self.state == "withdrawn":
            said += ["Withdrawn since", dates.long(self.withdrawal.effective)]
        else:
            said += [f"In force {'from' if self.state == 'scheduled' else 'since'}", self.days]
        if self.live.review and self.state not in {"withdrawn", "superseded"}:
            said += ["Next review", wording.due(self.live.review.due, self.today)]
        return notice("status", "status line", [*said, "Owner", self.live.owner])

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What must stand before the text."""
        found = []
        review = self.under_review
        if self.state == "superseded":
            found.append(self._superseded())
        elif self.state == "withdrawn":
            said = wording.withdrawn(self.withdrawal)
            found.append(notice("withdrawn", "notice that the chapter is withdrawn", said))
        elif review:
            said = wording.under_review(review, self.chapter, self.today)
            linked = {f"{self.path}#{n}" for n in review.paragraphs if n in self.chapter.anchors}
            found.append(notice("under-review", "under-review banner", said, linked))
        if self.state == "scheduled" or self.scheduled:
            found.append(self._scheduled())
        return tuple(found)

    def amended(self, record: Amendment) -> Notice:
        """What the list of amendments says of one record."""
        said = wording.amendment(
            record, self.chapter, self.today, self.register, here=record == self.amendment
        )
        archived = {version.number for version in self.superseded} - {self.amendment.version}
        target = {f"{self.path}versions/{record.version}/"} if record.version in archived else set()
        if record.version in redlined(self.history):
            said.append(f"Changes in version {record.version}")
            target.add(f"{self.path}changes/{record.version}/")
        return notice("amendments", f"amendment of version {record.version}", said, target)

    def _superseded(self) -> Notice:
        start, review = self.amendment.effective, self.under_review
        said = wording.superseded(self.amendment.version, start, self.days, review)
        number = self.amendment.version
        said += [wording.correction(a) for a in self.order if a.corrects and a.corrects.version == number]
        said.append("Go to the current version of this chapter")
        leads = {self.path}
        shown, after = redlined(self.history), history.following(self.history, self.version)
        if number in shown:
            said.append(f"What version {number} changed")
            leads.add(f"{self.path}changes/{number}/")
        if after and after.number in shown:
            said.append(f"What version {after.number} changed, which took its place")
            leads.add(f"{self.path}changes/{after.number}/")
        return notice("superseded", "notice that the version is superseded", said, leads)

    def _scheduled(self) -> Notice:
        if self.state == "scheduled":
            comes = f"This chapter comes into force on {self.days}. It does not apply before then."
            said = ["Not yet in force", comes]
        else:
            said = [f"Changes on {dates.long(self.scheduled[0].effective)}"]
        said += [wording.change(record, self.chapter) for record in self.scheduled]
        return notice("scheduled", "notice of the coming change", said)
