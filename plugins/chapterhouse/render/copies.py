"""The pages that tell what became of a printed copy, and the page that leads to them by its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from chapterhouse import history as histories
from chapterhouse.editions import Edition
from chapterhouse.manual import changes, copies
from chapterhouse.model import History, UnderReview, Version
from chapterhouse.redline import Redline
from chapterhouse.render import redline
from chapterhouse.render.pieces import ENVIRONMENT, Url
from chapterhouse.render.redline import ShownRedline

Verdict = Literal["current", "same", "outdated", "scheduled", "never", "withdrawn"]


@dataclass(frozen=True)
class Copy:
    """What is told of the copies of one version."""

    version: Version
    shown: Edition
    """The chapter as it stands on the build date."""

    @property
    def history(self) -> History:
        """All versions of the chapter."""
        return self.shown.history

    @cached_property
    def edition(self) -> Edition:
        """The version of the copy, as it stands on the build date."""
        return replace(self.shown, version=self.version)

    @property
    def own(self) -> bool:
        """Whether it is the version that the chapter's page shows."""
        return self.version.amendment is self.shown.version.amendment

    @cached_property
    def verdict(self) -> Verdict:
        """What somebody who holds the copy has to know first."""
        if not self.version.applied:
            return "never"
        if self._ahead:
            return "scheduled"
        if self.shown.state == "withdrawn":
            return "withdrawn"
        if self.own:
            return "current"
        return "outdated" if self._changed else "same"

    @property
    def _changed(self) -> bool:
        """Whether anything on the sheets may be wrong today: in the layout too, as the addresses of links are
        printed. Of a review the page tells besides.
        """
        found = self._redline
        return found is not None and (
            bool(found.told or found.formatting or self.edition.corrections)
            or any(field.name != "under_review" for field in found.fields)
        )

    @cached_property
    def _redline(self) -> Redline | None:
        """From the copy to the text on the chapter's page; to what is still to come, from that text."""
        if self.own:
            return None
        old, new = self.version, self.shown.version
        if self._ahead:
            old, new = new, old
        return changes.between(self.history, old, new)

    @property
    def _ahead(self) -> bool:
        """Whether it is of a version that is going to apply."""
        return self.version.applied and self.edition.state == "scheduled"

    @cached_property
    def redline(self) -> ShownRedline | None:
        """Between the copy and the text on the chapter's page; None where it is that text."""
        return redline.shown(self._redline) if self._redline else None

    @property
    def following(self) -> Version | None:
        """The version that took the place of the copy's, or is going to."""
        return histories.following(self.history, self.version)

    @property
    def instead(self) -> Version | None:
        """Of a version that never applies, the one that took effect on its day."""
        return histories.as_at(self.history, self.version.amendment.effective)

    @property
    def under_review(self) -> UnderReview | None:
        """The review of the text that applies, where the copy says what applies or did."""
        applies = self.verdict in {"current", "same", "outdated"}
        return self.shown.under_review if applies else None

    @cached_property
    def since(self) -> tuple[str, ...]:
        """The versions between the copy's and the chapter's page, whichever is later, with a redline each."""
        order = [version.amendment for version in histories.versions(self.history)]
        one, other = sorted(order.index(v.amendment) for v in (self.version, self.shown.version))
        redlined = changes.redlined(self.history)
        between = (record.version for record in order[one + 1 : other + 1])
        return tuple(number for number in between if number in redlined)


def copy(code: str, found: Iterable[Copy], url: Url) -> str:
    """The HTML of the page of a code: what is told of the versions that have it, nearly always one."""
    return ENVIRONMENT.get_template("copy.html").render(
        code=code, copies=tuple(found), CHECK=copies.CHECK, url=url
    )


def check(shown: Iterable[Edition], url: Url) -> str:
    """The HTML of the page on which a code is typed; `shown` are the chapters as they stand."""
    chapters = [
        (edition, [(one.number, copies.code(edition.history, one)) for one in _newest_first(edition)])
        for edition in shown
    ]
    return ENVIRONMENT.get_template("check.html").render(
        chapters=chapters, LETTERS=copies.LETTERS, path=copies.path, url=url
    )


def _newest_first(edition: Edition) -> tuple[Version, ...]:
    return histories.versions(edition.history)[::-1]
