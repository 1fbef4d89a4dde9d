"""The text of a file that is to take the place of the live chapter, while another version is scheduled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chapterhouse import history, manifest
from chapterhouse.manual import inserting, recording
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Manual, Source


def text_of(manual: Manual, live: Chapter, file: Source) -> tuple[Chapter, Chapter]:
    """The chapter that a file makes, and the version that it was made of. Raises RefusedError."""
    archived = recording.refuse_unrecorded(manual, live)
    text, faults = parse_chapter(
        replace(live.source, text=file.text), live.slug, manifest.digest(file.text.encode())
    )
    wrong = [one for one in (*faults, *judge_markup(text)) if one.severity == "error"]
    if wrong:
        raise RefusedError(f"{file.path}, line {wrong[0].span.line}: {wrong[0].message}", wrong[0].hint)
    archive = manual.histories[live.slug].archive
    base = archive.get(text.head.version)
    if base is None or all(one.version != text.head.version for one in live.head.amendments):
        message = f"{file.path} is version {text.head.version or 'unknown'}, which the archive does not have"
        raise RefusedError(message, _cure(live, "the version in force"))
    if text.head.amendments != base.head.amendments:
        message = f"the records in {file.path} are not those of version {text.head.version}"
        raise RefusedError(message, f"{_cure(live, text.head.version)}; `amend` writes its record itself")
    inserting.refuse_lost(live, archived, text)
    return text, base


def refuse_order(manual: Manual, text: Chapter, effective: date, *, urgent: bool) -> None:
    """Refuse a text that was not made of the version in force on a day.

    Raises RefusedError, and ValueError where another version is scheduled and it was not called urgent.
    """
    known = manual.histories[text.slug]
    current = history.as_at(known, effective)
    if current is None or current.number != text.head.version:
        number = current.number if current else "none"
        message = f"it was made of version {text.head.version}, and on {effective} version {number} applies"
        raise RefusedError(message, _cure(known.chapter, number))
    waiting = scheduled(known.chapter.head.amendments, effective)
    if waiting and not urgent:
        one = waiting[0]
        message = f"version {one.version} is scheduled for {one.effective}, and would not hold this change"
        raise ValueError(f"{message}: if it cannot wait, say so with --urgent")


def scheduled(records: tuple[Amendment, ...], day: date) -> tuple[Amendment, ...]:
    """The versions that take effect after a day, in their order."""
    return tuple(one for one in history.in_order(records) if one.effective > day)


def _cure(live: Chapter, version: str) -> str:
    number = version if version[:1].isdecimal() else "<version>"
    return f"copy {ARCHIVE}/{live.slug}/{number}.md ({version}) and make the change in the copy"
