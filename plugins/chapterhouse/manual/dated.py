"""What `chapterhouse as-at` prints: the manual, or one chapter of it, as it stood on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from chapterhouse import dates
from chapterhouse.citations import links, wording
from chapterhouse.diagnostics import printers
from chapterhouse.law import Target
from chapterhouse.manual.standing import ChapterThen, DatedView, GuidanceThen, Mistake, State
from chapterhouse.model import LINE_END, Chapter, Manual

SCHEMA = 1
GONE = "its text is not in the archive: run check"


def published(then: ChapterThen) -> Chapter | None:
    """The chapter as it was published: the archive's, which no edit has touched since; else the live one."""
    if then.version is None:
        return None
    return then.history.archive.get(then.version.number, then.version.chapter)


def as_text(manual: Manual, view: DatedView) -> str:
    """For people: a table of the chapters, the guidance, and what was corrected later."""
    return "\n".join(_text(manual, view)) + "\n"


def chapter_as_text(manual: Manual, view: DatedView, then: ChapterThen, *, terminal: bool) -> str:
    """For people: how the chapter stood, then its text as it was published, character for character.

    On a terminal, control characters that an old text may hold are spelt out, and only there.
    """
    text = published(then)
    head = "\n".join(_head(manual, view, then)) + "\n"
    if text is None:
        return head
    body = "\n".join(map(_visible, LINE_END.split(text.text))) if terminal else text.text
    return f"{head}\n{body}"


def as_json(manual: Manual, view: DatedView) -> str:
    """For programs: `{"schema", "date", "chapters", "guidance", "corrections"}`."""
    return _dumped(_json(manual, view, view.chapters))


def chapter_as_json(manual: Manual, view: DatedView, then: ChapterThen) -> str:
    """For programs: the same of one chapter, with its `text`; null where there was none."""
    made = _json(manual, view, (then,))
    text = published(then)
    made["chapters"][0]["text"] = text.text if text else None
    return _dumped(made)


def _text(manual: Manual, view: DatedView) -> Iterator[str]:
    day = dates.long(view.day)
    by_state: dict[State, list[ChapterThen]] = {"in-force": [], "withdrawn": [], "scheduled": []}
    for one in view.chapters:
        by_state["in-force" if one.state == "under-review" else one.state].append(one)
    if by_state["in-force"]:
        yield f"In force on {day}:"
        yield from _table(by_state["in-force"])
    elif by_state["scheduled"] and not by_state["withdrawn"]:
        first = min(one.amendment.effective for one in by_state["scheduled"])
        yield f"Nothing was in force on {day}: the first chapter took effect on {dates.long(first)}."
    else:
        yield f"Nothing was in force on {day}."
    yield from _part("Withdrawn by then:", _table(by_state["withdrawn"]))
    yield from _part("Not in force yet:", _table(by_state["scheduled"]))
    yield from _part("Guidance in force that day:", (f"  {_guidance(manual, one)}" for one in view.guidance))
    if view.day > manual.register.as_of:
        yield f"  (as known on {dates.long(manual.register.as_of)}, up to which the register is kept)"
    yield from _part(
        "Published in error on that day, and corrected later:",
        (f"  {_visible(_called(one.history.chapter))}: {_mistake(one)}" for one in view.corrections),
    )


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A part of the report, if there is anything in it."""
    listed = tuple(lines)
    if listed:
        yield from ("", title, *listed)


def _table(chapters: Iterable[ChapterThen]) -> Iterator[str]:
    """Chapters with their versions and days, in columns."""
    rows = [_row(one) for one in chapters]
    widths = [max(len(row[column]) for row in rows) for column in range(4)] if rows else []
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _row(then: ChapterThen) -> tuple[str, str, str, str]:
    head = then.text.head
    said = ", under review" if then.state == "under-review" else ""
    if then.version is None and then.state != "scheduled":
        said += f"; {GONE}"
    title = _visible(head.title)
    return head.chapter, title, f"version {then.amendment.version}", f"{_days(then)}{said}"


def _days(then: ChapterThen) -> str:
    start = dates.long(then.amendment.effective)
    until = then.version.until if then.version else None
    return f"from {start} to {dates.long(until)}" if until else f"from {start}"


def _head(manual: Manual, view: DatedView, then: ChapterThen) -> Iterator[str]:
    """What a chapter's text stands under."""
    yield _visible(_called(then.text))
    if then.state == "scheduled":
        first = then.amendment
        yield (
            f"Nothing was in force on {dates.long(view.day)}: version {first.version} is the first, "
            f"{_days(then)}."
        )
        return
    word = "Withdrawn" if then.state == "withdrawn" else "In force"
    yield f"{word} on {dates.long(view.day)}: version {then.amendment.version}, {_days(then)}."
    if then.version is None:
        yield f"{GONE[0].upper()}{GONE[1:]}."
    if review := then.under_review:
        yield f"Under review since {dates.long(review.since)}: {_visible(review.reason)}"
    live = then.history.chapter
    if _called(live) != _called(then.text):
        yield f"Today it is {_visible(_called(live))}."
    for one in view.corrections:
        if one.history is then.history:
            yield f"Published in error: {_mistake(one)}"
    for edition in view.guidance:
        yield f"Guidance in force that day: {_guidance(manual, edition)}"


def _called(chapter: Chapter) -> str:
    return f"{chapter.head.chapter} {chapter.head.title}"


def _guidance(manual: Manual, edition: GuidanceThen) -> str:
    name = wording.heading(manual.register, Target(edition.instrument.id))
    return f"{name}, since {dates.long(edition.since)}" if edition.since else name


def _mistake(mistake: Mistake) -> str:
    by, wrong = mistake.correction, mistake.wrong
    days = f"from {dates.long(wrong.start)} to {dates.long(wrong.until)}"
    return f"version {wrong.version}, {days}; corrected by version {by.version}: {_visible(by.summary)}"


def _visible(text: str) -> str:
    return printers.visible(text)


def _dumped(made: dict[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _json(manual: Manual, view: DatedView, chapters: tuple[ChapterThen, ...]) -> dict[str, Any]:
    of = {one.slug for one in chapters}
    return {
        "schema": SCHEMA,
        "date": view.day.isoformat(),
        "chapters": [_chapter_json(one) for one in chapters],
        "guidance": [_guidance_json(manual, one) for one in view.guidance],
        "corrections": [_mistake_json(one) for one in view.corrections if one.history.chapter.slug in of],
    }


def _chapter_json(then: ChapterThen) -> dict[str, Any]:
    text = published(then)
    return {
        "number": then.text.head.chapter,
        "slug": then.slug,
        "title": then.text.head.title,
        "version": then.amendment.version if then.state != "scheduled" else None,
        "state": then.state,
        "from": then.amendment.effective.isoformat(),
        "until": _iso(then.version.until if then.version else None),
        "sha256": text.sha256 if text else None,
    }


def _guidance_json(manual: Manual, edition: GuidanceThen) -> dict[str, Any]:
    target = Target(edition.instrument.id)
    return {
        "id": edition.instrument.id,
        "title": wording.heading(manual.register, target),
        "since": _iso(edition.since),
        "url": links.address(manual.register, target),
    }


def _mistake_json(mistake: Mistake) -> dict[str, Any]:
    return {
        "slug": mistake.history.chapter.slug,
        "version": mistake.wrong.version,
        "from": mistake.wrong.start.isoformat(),
        "until": mistake.wrong.until.isoformat(),
        "corrected_by": mistake.correction.version,
        "summary": mistake.correction.summary,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
