"""What the site says of the past: the register, the dated views, redlines, and what old numbers became."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bs4 import Tag

from chapterhouse import dates, history
from chapterhouse.manual.changes import Step, between, redlined
from chapterhouse.manual.wordings import marks
from chapterhouse.model import Amendment
from chapterhouse.redline import Change, Redline
from chapterhouse.verify import wording
from chapterhouse.verify.built import Built, fold, letters, seen, words
from chapterhouse.verify.required import Required

DAY = timedelta(days=1)
UNSAID = frozenset({"read-out", "redline-mark", "wording-days"})
"""What a page adds to the words of a redline or of a history: for the ear, the mark of an item, the days."""
FEW = 6
"""So many changes to come are shown in the chapter itself; of more it says where they stand."""


@dataclass(frozen=True)
class Past:
    """Every published chapter with what is shown of it, and the pages of its superseded versions."""

    shown: tuple[Required, ...]
    superseded: tuple[Required, ...]
    today: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something changed: each has a page."""
        found = set()
        for one in self.shown:
            for record in one.order:
                found.add(record.effective)
                if record.corrects:
                    found |= {record.corrects.start, record.corrects.until + DAY}
        return tuple(sorted(found))

    @property
    def redlines(self) -> dict[str, Step]:
        """What each amendment changed, by the file that shows it."""
        return {
            f"{one.path}changes/{version}/index.html": step
            for one in self.shown
            for version, step in redlined(one.history).items()
        }


# --- The register ---


def register_faults(built: Built, past: Past) -> Iterator[str]:
    """What is wrong with the page of all amendments."""
    found = built.hooks("register")
    items = [tag for hook in found for tag in hook.find_all("li", attrs={"data-version": True}) if seen(tag)]
    listed = {(str(item.get("data-chapter")), str(item.get("data-version"))): item for item in items}
    wanted = {
        (one.history.chapter.slug, record.version): record for one in past.shown for record in one.order
    }
    yield from _compared("amendment", wanted, listed)
    for key in wanted.keys() & listed.keys():
        record, said = wanted[key], words(listed[key])
        name = f"version {record.version} of {key[0]}"
        for text in _told(record):
            if fold(text) not in said:
                yield f"{name}: the register does not say: {text}"
    order = [wanted[key].effective for key in listed if key in wanted]
    coming, past_days = ([day for day in order if (day > past.today) is later] for later in (True, False))
    if order != [*sorted(coming), *sorted(past_days, reverse=True)]:
        yield "the register is not in order: what is to come, soonest first, then newest first"


def _told(record: Amendment) -> Iterator[str]:
    yield f"effective {dates.long(record.effective)}"
    yield f"{wording.KINDS[record.kind]}: {wording.sentence(record.summary)}"
    if record.action:
        yield wording.sentence(record.action)


# --- As at a date ---


def dated_faults(built: Built, past: Past) -> Iterator[str]:
    """What is wrong with the page on which a reader picks a date: every version, with its days."""
    rows = list(_rows(built, "as-at"))
    for one in (*past.shown, *past.superseded):
        start, until = one.amendment.effective, one.version.until
        days = (start.isoformat(), until.isoformat() if until else "")
        # What is still to come may be told at the same address.
        own = [row[3] for row in rows if row[:3] == (one.file.removesuffix("index.html"), *days)]
        if not own:
            yield f"version {one.amendment.version} of {one.path} is missing, or has other days"
        spoken = [one.title, dates.long(start), *([dates.long(until)] if until and until >= start else [])]
        if own and not any(all(text in said for text in spoken) for said in own):
            yield f"version {one.amendment.version} of {one.path} is not told with title and days"
    linked = {target for hook in built.hooks("as-at") for target in built.targets(hook)}
    for day in past.days:
        if f"as-at/{day.isoformat()}/" not in linked:
            yield f"the page of {dates.long(day)} is not linked"


def day_faults(built: Built, past: Past, day: date) -> Iterator[str]:
    """What is wrong with the page of one day: one version of each chapter or none, and the right one."""
    if built.headings() != [f"As at {dates.long(day)}"]:
        yield f"the title is not As at {dates.long(day)}"
    applied = ((one.path, history.as_at(one.history, day)) for one in past.shown)
    wanted = {path: version.number for path, version in applied if version}
    listed: dict[str, list[str]] = {}
    for target, _, _, said in _rows(built, "as-at-day"):
        path = next((path for path in wanted if target.startswith(path)), target)
        listed.setdefault(path, []).extend(re.findall(r"Version ([0-9.]+)", said))
    for path in sorted(wanted.keys() | listed.keys()):
        numbers, right = listed.get(path, []), [wanted[path]] if path in wanted else []
        if numbers != right:
            yield f"{path}: the versions listed are {numbers or 'none'}, not {right or 'none'}"
    said = " ".join(words(hook) for hook in built.hooks("as-at-day"))
    for one in past.shown:
        for record in one.order:
            wrong, told = record.corrects, fold(wording.sentence(record.summary))
            if wrong and wrong.start <= day <= wrong.until and told not in said:
                yield f"{one.path}: it is not told that version {wrong.version} was published in error"


def _rows(built: Built, hook: str) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the table of chapters: where each leads, its first and last day, its words."""
    for table in (t for h in built.hooks(hook) for t in h.select("table.dated-versions") if seen(t)):
        for row in table.select("tbody tr"):
            link = row.find("a", href=True)
            target = built.target(link) if isinstance(link, Tag) else ""
            path = target.partition("?")[0].partition("#")[0]
            yield path, str(row.get("data-from", "")), str(row.get("data-until", "")), words(row)


# --- Redlines ---


def redline_faults(built: Built, step: Step) -> Iterator[str]:
    """What is wrong with the page of one amendment: each change at its address, to the word."""
    hooks = built.hooks("redline")
    if len(hooks) != 1:
        yield "the redline is missing"
        return
    if "noindex" not in built.meta("robots"):
        yield "search engines are not told to pass over this redline"
    said = words(hooks[0])
    for day in (step.before.amendment.effective, step.after.amendment.effective):
        if dates.long(day) not in said:
            yield f"the redline does not say {dates.long(day)}"
    yield from changes_faults(hooks[0], step.redline)


def changes_faults(hook: Tag, redline: Redline, *, addressed: bool = True) -> Iterator[str]:
    """What is wrong with a redline as an element shows it; `addressed` if each change has its address."""
    for change in redline.told:
        yield from _change_faults(hook, change, addressed=addressed)
    said = letters(words(hook))
    for field in redline.fields:
        if letters(field.new) not in said:
            yield f"the redline does not say: {field.new}"


def _change_faults(hook: Tag, change: Change, *, addressed: bool) -> Iterator[str]:
    """A change without its insertions is in the older words, without its deletions in the newer."""
    name = f"{change.kind} {change.number or 'above the first number'}"
    wanted = {op: said_of(change, op) for op in ("deleted", "inserted")}
    places = [tag for tag in hook.select(".redline-change") if _is(tag, change, addressed=addressed)]
    if not places:
        yield f"the change of {name} is missing"
        return
    if not change.wording:
        return  # it is told in words where it went
    for op, gone, side in (("deleted", "ins", "older"), ("inserted", "del", "newer")):
        if not any(wanted[op] in letters(without(place, gone)) for place in places):
            yield f"the change of {name} does not give the {side} words"


def _is(tag: Tag, change: Change, *, addressed: bool) -> bool:
    """Whether an element is at the address of a change, or at one of its own where another has the number."""
    own = str(tag.get("id", ""))
    return tag.get("data-change") == change.state and (
        not addressed or own == change.number or own.startswith("chapterhouse-")
    )


def without(place: Tag, name: str) -> str:
    """The words of an element without what stands in elements of a name, and what a page adds to them."""
    found = []
    for text in place.find_all(string=True):
        around = [parent for parent in text.parents if isinstance(parent, Tag)]
        inside = around[: around.index(place)] if place in around else around
        if not any(tag.name == name or UNSAID.intersection(tag.get("class") or ()) for tag in inside):
            found.append(str(text))
    return "".join(found)


def said_of(change: Change, op: str) -> str:
    """The letters of one side of a change: of the older words (`deleted`), the newer, or what both have."""
    pieces = (piece for block in change.blocks for piece in block.pieces if piece.op in {"same", op})
    return letters("".join(piece.shown for piece in pieces))


# --- What stands beside a paragraph ---


def mark_faults(built: Built, required: Required) -> Iterator[str]:
    """What is wrong with the marks that say when each paragraph was last changed."""
    wanted = marks(required.history, required.version)
    for number in sorted(required.chapter.numbers):
        places = [tag for tag in built.ids.get(number, []) if id(tag) in built.place]
        said = [words(mark) for place in places for mark in place.select(".paragraph-mark") if seen(mark)]
        mark = wanted.get(number)
        told = f"{mark.kind} {dates.long(mark.version.amendment.effective)}" if mark else ""
        if mark and not any(text.startswith(f"{told}:") for text in said):
            yield f"paragraph {number} does not say: {told}"
        elif not mark and said:
            yield f"paragraph {number} says {said[0]}, and was never changed"


# --- What is coming ---


def coming_faults(built: Built, required: Required) -> Iterator[str]:
    """What is wrong with the notice of scheduled changes: when, and in which words, as far as it has them."""
    previous = required.version
    for record in required.scheduled:
        version = next((v for v in history.versions(required.history) if v.amendment == record), None)
        if version is None or not version.applied:
            continue
        redline = between(required.history, previous, version)
        previous = version
        if not redline.told:
            continue
        hooks = built.hooks("coming")
        if not hooks:
            yield "the notice of what is going to change is missing"
            return
        if not any(f"From {dates.long(record.effective)}" in words(hook) for hook in hooks):
            yield f"the notice of what is going to change does not say from {dates.long(record.effective)}"
        if len(redline.told) > FEW:
            continue
        for change in redline.told:
            said = (letters(without(hook, "del")) for hook in hooks)
            if change.wording and not any(said_of(change, "inserted") in text for text in said):
                name = f"{change.kind} {change.number}"
                yield f"the notice of what is going to change does not give the newer words of {name}"


# --- What old numbers became ---


def gone_faults(built: Built, required: Required) -> Iterator[str]:
    """What is wrong with old numbers: each that a version had until now still has its address."""
    if required.state == "superseded":
        return
    due = [v for v in history.versions(required.history) if v.amendment.effective <= required.today]
    applied = [v for v in due if v.until is None or v.until >= v.amendment.effective]
    for number in sorted(
        {number for v in applied for number in v.chapter.numbers} - required.chapter.numbers
    ):
        places = built.ids.get(number, [])
        if len(places) != 1 or not any(
            place in hook.descendants for hook in built.hooks("gone") for place in places
        ):
            yield f"paragraph {number} is gone, and its address leads nowhere"


# --- Comparison ---


def _compared(
    noun: str, wanted: Iterable[tuple[str, str]], listed: Iterable[tuple[str, str]]
) -> Iterator[str]:
    for slug, version in sorted(set(wanted) - set(listed)):
        yield f"the {noun} of version {version} of {slug} is missing"
    for slug, version in sorted(set(listed) - set(wanted)):
        yield f"version {version} of {slug} is listed, and there is none"
