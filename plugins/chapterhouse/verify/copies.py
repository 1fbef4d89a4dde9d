"""What became of printed copies: the page of each code, where codes are typed, and where they stand."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bs4 import Tag

from chapterhouse import dates, history
from chapterhouse.manual.changes import between, redlined
from chapterhouse.model import History
from chapterhouse.redline import Redline, telling
from chapterhouse.verify import wording
from chapterhouse.verify.built import Built, seen, words
from chapterhouse.verify.past import changes_faults
from chapterhouse.verify.required import Required

FIGURES = [one for one in string.digits + string.ascii_lowercase if one not in "ilou"]
CHECK = "check/"


def code(records: History, version: str) -> str | None:
    """The first 35 bits of the digest of a version, in base 32; None where its text is not at hand."""
    text = history.text_of(records, version)
    digest = records.digests.get(f"{version}.md") or (text.sha256 if text else None)
    if digest is None:
        return None
    left, found = int(digest[:9], 16) >> 1, ""
    while len(found) < 7:
        left, figure = divmod(left, 32)
        found = FIGURES[figure] + found
    return found


@dataclass(frozen=True)
class Copy:
    """A version of which somebody may hold a copy."""

    own: Required
    shown: Required
    """The chapter as it stands."""

    @property
    def code(self) -> str:
        """By which it is known."""
        return code(self.own.history, self.own.version.number) or ""

    @property
    def number(self) -> str:
        """The version."""
        return self.own.version.number

    @property
    def current(self) -> bool:
        """Whether the chapter's page shows that version."""
        return self.own.amendment == self.shown.amendment

    @property
    def never(self) -> bool:
        """Whether a later version takes effect on its first day."""
        until = self.own.version.until
        return until is not None and until < self.own.amendment.effective

    @property
    def ahead(self) -> bool:
        """Whether it is going to apply."""
        return self.own.amendment.effective > self.own.today and not self.never

    @cached_property
    def redline(self) -> Redline | None:
        """What the copy and the chapter's page do not have in common, in the order of time."""
        if self.current:
            return None
        old, new = self.own.version, self.shown.version
        return between(self.own.history, *((new, old) if self.ahead else (old, new)))

    @property
    def told(self) -> tuple[str, ...]:
        """What must stand first, then the lines below."""
        start, today = self.own.amendment.effective, dates.long(self.own.today)
        if self.never:
            last = [record for record in self.own.order if record.effective == start][-1]
            later = start > self.own.today
            never = "is not going to apply" if later else "never applied"
            took = f"{'takes' if later else 'took'} effect on the same day, {dates.long(start)}."
            line = f"Version {self.number} {never}: version {last.version} {took}"
            return f"Do not use this copy: it {never}", line
        if self.ahead:
            return (
                "This copy does not apply yet",
                f"Version {self.number} takes effect on {dates.long(start)}.",
            )
        if self.shown.state == "withdrawn":
            gone = self.shown.withdrawal
            since = f"Withdrawn since {dates.long(gone.effective)}: do not follow this copy"
            return since, wording.sentence(gone.summary)
        if self.current:
            return (
                f"This copy is still current, on the site as built on {today}",
                f"Version {self.number} has been in force since {dates.long(start)}.",
                *(wording.turn(record) for record in self.shown.scheduled),
            )
        return self._over(today)

    def _over(self, today: str) -> tuple[str, ...]:
        after = history.following(self.own.history, self.own.version)
        number, day = (after.number, dates.long(after.amendment.effective)) if after else ("", "")
        now, last = self.shown.version.number, number == self.shown.version.number
        if self._changed:
            first = f"This copy is out of date since {day}: version {number} took its place"
            return (first,) if last else (first, f"Version {now} is in force now")
        same = " and has the same words." if last else f"; version {now}, in force now, has the same words."
        first = f"The words of this copy are still current, on the site as built on {today}"
        return first, f"Version {number} took its place{same}"

    @property
    def _changed(self) -> bool:
        """Whether a reader of the copy may be led astray: a banner is told of besides."""
        found, wrong = self.redline, (record.corrects for record in self.own.order)
        if any(one.version == self.number for one in wrong if one):
            return True
        return found is not None and (
            bool(found.told or found.formatting) or any(f.name != "under_review" for f in found.fields)
        )

    @property
    def beside(self) -> Iterator[str]:
        """What else must be said: mistakes put right since, and a review of the text that applies."""
        for record in self.own.order:
            if record.corrects and record.corrects.version == self.number:
                yield wording.correction(record)
        review = self.shown.under_review
        if review and not self.never and not self.ahead and self.shown.state != "withdrawn":
            since = "since" if review.since <= self.own.today else "from"
            yield f"The chapter is under review {since} {dates.long(review.since)}"
            yield from (wording.sentence(review.reason), wording.sentence(review.meanwhile))

    @property
    def changes(self) -> list[str]:
        """Each change by name, with what happened."""
        if self.redline is None:
            return []
        titles = telling.headings(self.redline.changes)
        called = [(telling.called(change, titles), change) for change in self.redline.told]
        return [f"{name[:1].upper()}{name[1:]}: {wording.became(change)}" for name, change in called]

    @property
    def leads(self) -> set[str]:
        """Where its links must lead: the chapter, its own text, every redline between the two."""
        found = {self.shown.path, f"{self.shown.path}changes/"}
        if self.own.state == "superseded":
            found.add(self.own.file.removesuffix("index.html"))
        order, shown = [record.version for record in self.own.order], redlined(self.own.history)
        first, last = sorted((order.index(self.number), order.index(self.shown.version.number)))
        return found | {f"{self.shown.path}changes/{n}/" for n in order[first + 1 : last + 1] if n in shown}


def copies(shown: Iterable[Required]) -> dict[str, list[Copy]]:
    """The versions of which there may be copies, by the file that tells what became of them."""
    found: dict[str, list[Copy]] = {}
    for one in shown:
        for version in history.versions(one.history):
            copy = Copy(Required(one.history, version, one.today, one.register), one)
            found.setdefault(f"{CHECK}{copy.code}/index.html", []).append(copy)
    return found


def faults(built: Built, wanted: list[Copy]) -> Iterator[str]:
    """What is wrong with the page of a code."""
    if "noindex" not in built.meta("robots"):
        yield "search engines are not told to pass over this page"
    boxes = built.hooks("copy")
    if len(boxes) != len(wanted):
        yield f"it tells of {len(boxes)} versions, not of {len(wanted)}"
        return
    for copy, box in zip(wanted, boxes, strict=True):
        title = f"chapter {copy.own.title}, version {copy.number}"
        named = [*built.headings(), *(words(tag) for tag in box.select("h2") if seen(tag))]
        if not any(name.casefold().endswith(title.casefold()) for name in named):
            yield f"no title names {title}"
        yield from _verdict_faults(box, copy)
        yield from _difference_faults(box, copy, addressed=len(wanted) == 1)
        for target in sorted(copy.leads - built.targets(box)):
            yield f"no link leads to {target}"


def _verdict_faults(box: Tag, copy: Copy) -> Iterator[str]:
    """What is told first is what is so, and nothing else."""
    notices = [tag for tag in box.select(".chapter-notice") if seen(tag)]
    first = [words(tag) for notice in notices[:1] for tag in notice.select("h2, h3") if seen(tag)]
    if first != [copy.told[0]]:
        yield f"it says first {' '.join(first) or 'nothing'}, not {copy.told[0]}"
    said = " ".join(map(words, notices))
    for line in (*copy.told[1:], *copy.beside):
        if line not in said:
            yield f"it does not say: {line}"


def _difference_faults(box: Tag, copy: Copy, *, addressed: bool) -> Iterator[str]:
    """Each change is named and shown, and no other."""
    listed = [words(tag) for tag in box.select(".copy-changes > li") if seen(tag)]
    for line in copy.changes:
        if line not in listed:
            yield f"the list of changes does not say: {line}"
    for line in listed:
        if line not in copy.changes:
            yield f"the list of changes says what is not so: {line}"
    if copy.redline:
        yield from changes_faults(box, copy.redline, addressed=addressed)


def index_faults(built: Built, wanted: Iterable[Copy]) -> Iterator[str]:
    """What is wrong with the page on which a code is typed: without scripts, it lists them all."""
    links = [link for hook in built.hooks("check") for link in hook.find_all("a", href=True) if seen(link)]
    listed = {(built.target(link), words(link)) for link in links}
    for copy in wanted:
        if (f"{CHECK}{copy.code}/", f"Version {copy.number}: {copy.code}") not in listed:
            yield f"the code of version {copy.number} of {copy.shown.path} is missing, or leads elsewhere"


def history_faults(built: Built, wanted: Iterable[Copy]) -> Iterator[str]:
    """What is wrong with the codes in the history of a chapter, each beside its version."""
    told = {
        str(item.get("data-version")): (words(item), built.targets(item))
        for hook in built.hooks("history")
        for item in hook.select("li.amendment")
    }
    for copy in wanted:
        said, targets = told.get(copy.number, ("", set()))
        if f"Copies of this version carry the code {copy.code}." not in said:
            yield f"version {copy.number} does not say the code of its copies, {copy.code}"
        elif f"{CHECK}{copy.code}/" not in targets:
            yield f"the code of version {copy.number} leads elsewhere"
