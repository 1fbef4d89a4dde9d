"""`amend`: from a chapter and what an editor asks for to a version that may be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chapterhouse import history
from chapterhouse.manual import proposing, recording, urgent
from chapterhouse.manual.asked import Request
from chapterhouse.manual.proposing import Proposal
from chapterhouse.manual.recording import Recorded
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.model import Chapter, Manual, Source


@dataclass(frozen=True, slots=True)
class Asked:
    """One running of `amend`: the chapter, what is said of the change, and the day on which it is said."""

    manual: Manual
    chapter: Chapter
    request: Request
    day: date
    file: Source | None = None
    """The text that is to take the place of the live one."""
    urgent: bool = False


def pending(asked: Asked) -> Recorded | None:
    """What was begun and is to be finished first, without anything being asked. Raises RefusedError."""
    manual, slug = asked.manual, asked.chapter.slug
    done = recording.begun(manual, slug)
    if done is None and asked.file is None and not _changed(asked):
        done = recording.completed(manual, slug)
        # Whoever says what changed has changed something, and it would be sealed as what was published.
        if done and done.files[0].before is None and asked.request.summary:
            raise recording.lacking(asked.chapter)
    if done:
        recording.refuse_errors(manual, done, asked.day)
    return done


def proposed(asked: Asked) -> Proposal:
    """The change that is to be recorded. Raises RefusedError, also where there is none."""
    manual, chapter = asked.manual, asked.chapter
    text, base = chapter, None
    if not proposing.first(manual, chapter):
        if asked.file:
            text, base = urgent.text_of(manual, chapter, asked.file)
        else:
            base = _archived(manual, chapter)
    elif asked.file:
        raise RefusedError("it has no version yet", "write the text in the live file, and leave --from out")
    found = proposing.proposal(manual, text, base, asked.request, asked.day)
    if found is None or (asked.file and found.redline is None):
        hint = proposing.unsettled(chapter, asked.day)[1]
        if asked.file:
            hint = f"make the change in {asked.file.path}"
        raise RefusedError(f"nothing has changed since version {text.head.version}", hint)
    return found


def planned(asked: Asked, found: Proposal) -> Recorded:
    """The version that records a change. Raises RefusedError, and ValueError for what cannot be asked."""
    if asked.file:
        urgent.refuse_order(
            asked.manual, found.text, asked.request.effective or asked.day, urgent=asked.urgent
        )
    record = proposing.record(asked.manual, found, asked.request, asked.day)
    done = recording.recorded(asked.manual, found.text, record, found.text.head.under_review)
    recording.refuse_errors(asked.manual, done, asked.day)
    return done


def left(done: Recorded, day: date) -> str:
    """What is to be done about a version that was overtaken; empty where there is none."""
    message, cure = proposing.unsettled(done.chapter, day)
    return f"{message}: {cure}" if message else ""


def alike(manual: Manual, done: Recorded) -> str:
    """Which other versions had the words that a correction calls wrong; empty where none had."""
    wrong = done.record.corrects
    known = manual.histories[done.chapter.slug]
    texts = {one.version: history.text_of(known, one.version) for one in known.chapter.head.amendments[::-1]}
    own = texts.get(wrong.version) if wrong else None
    if wrong is None or own is None:
        return ""
    words = {(one.anchor, one.text) for one in own.body.paragraphs if one.anchor in done.record.paragraphs}
    others = [
        version
        for version, text in texts.items()
        if text and text is not own and words & {(one.anchor, one.text) for one in text.body.paragraphs}
    ]
    if not others:
        return ""
    many = "versions" if len(others) > 1 else "version"
    return (
        f"the record says that the mistake was shown from {wrong.start} until {wrong.until}; {many}"
        f" {', '.join(others)} had the same words in a paragraph that it corrects; --wrong-from and"
        " --wrong-until say so of more days"
    )


def _changed(asked: Asked) -> bool:
    """Whether the live text differs from an archived version that it says it is."""
    archived = asked.manual.histories[asked.chapter.slug].archive.get(asked.chapter.head.version)
    if archived is None:
        return proposing.first(asked.manual, asked.chapter)
    return bool(any(history.unrecorded(asked.chapter, archived)))


def _archived(manual: Manual, chapter: Chapter) -> Chapter:
    """The version that a live chapter says it is, as it was archived."""
    archived = recording.archived(manual, chapter)
    if archived.head.amendments != chapter.head.amendments:
        message = f"the records are not as they were archived with version {chapter.head.version}"
        raise RefusedError(message, f"put them back as they stand in {archived.source.path}")
    return archived
