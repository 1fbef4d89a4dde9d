"""What `chapterhouse diff` compares: two versions of a chapter, or one with edits not yet recorded."""

from __future__ import annotations

from dataclasses import dataclass

from chapterhouse import dates
from chapterhouse import history as histories
from chapterhouse.manual import naming
from chapterhouse.manual.changes import renumbered
from chapterhouse.model import Amendment, Chapter, History, Manual
from chapterhouse.redline import compare
from chapterhouse.redline.printing import Compared, Side


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a chapter, with its record, or with the one that it was made from."""

    chapter: Chapter
    record: Amendment
    recorded: bool = True

    @property
    def side(self) -> Side:
        """What a printer calls it."""
        return Side(self.record.version, self.record.effective) if self.recorded else Side()


def difference(manual: Manual, name: str, old: str | None = None, new: str | None = None) -> Compared:
    """The redline of the chapter with a slug, number or path, from one text of it to another.

    `old` and `new` are versions, or dates written YYYY-MM-DD, which stand for the version in force on that
    day. Without `new` it is the chapter as it stands now. Without both it is what was edited and not recorded
    yet; where nothing was, what the newest amendment changed. Raises ValueError, with what is known, for a
    chapter or version that is not.
    """
    history = naming.chapter(manual, name)
    records = history.chapter.head.amendments
    if not records:
        raise ValueError(f"{history.chapter.slug} is a draft: it has no version yet")
    now = _now(history)
    if old is None and now.recorded:
        before = histories.before(history, records[0])
        first = _text(history, before.amendment) if before else now
    else:
        first = _asked(history, old) if old else _text(history, records[0])
    second = _asked(history, new) if new else now
    redline = compare(first.chapter, second.chapter, renumbered(history, first.record, second.record))
    head = second.chapter.head
    return Compared(history.chapter.slug, f"{head.chapter} {head.title}", first.side, second.side, redline)


def _now(history: History) -> _Text:
    """The live chapter: its newest version, unless it was edited since."""
    live, record = history.chapter, history.chapter.head.amendments[0]
    archived = history.archive.get(record.version)
    # An owner or an old address changes without a version: the bytes would call that an edit of the text.
    edited = archived is not None and any(histories.unrecorded(live, archived))
    return _Text(live if edited else archived or live, record, recorded=not edited)


def _text(history: History, record: Amendment) -> _Text:
    """A version as it was recorded: the archive knows nothing of what was edited since."""
    chapter = history.archive.get(record.version) or histories.text_of(history, record.version)
    if chapter is None:
        raise ValueError(f"the text of version {record.version} is not in the archive: run check")
    return _Text(chapter, record)


def _asked(history: History, asked: str) -> _Text:
    """The text that a version or a date stands for."""
    records = history.chapter.head.amendments
    try:
        day = dates.parse(asked)
    except ValueError:
        return _text(history, naming.record(history, asked))
    due = [record for record in histories.in_order(records) if record.effective <= day]
    if not due:
        known = naming.listed(records)
        raise ValueError(f"no version was in force on {dates.long(day)}; there are {known}")
    return _text(history, due[-1])
