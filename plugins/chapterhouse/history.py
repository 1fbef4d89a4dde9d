"""Which version of a chapter applied on which day."""

from __future__ import annotations

from datetime import date, timedelta

from chapterhouse.model import LINE_END, Amendment, Chapter, History, UnderReview, Version


def in_order(amendments: tuple[Amendment, ...]) -> tuple[Amendment, ...]:
    """Amendments by effective date, earliest first; of two on one day, the later recorded last.

    `amendments` stand newest recorded first, as in a chapter's front matter.
    """
    by_recording = amendments[::-1]
    return tuple(sorted(by_recording, key=lambda amendment: amendment.effective))


def spans(amendments: tuple[Amendment, ...]) -> tuple[tuple[Amendment, date | None], ...]:
    """Amendments in order of effect, each with the last day on which it applies; None where no other follows.

    One overtaken on its first day has a last day before its effective date: it never applies.
    """
    order = in_order(amendments)
    following = (*(amendment.effective - timedelta(days=1) for amendment in order[1:]), None)
    return tuple(zip(order, following, strict=False))


def versions(history: History) -> tuple[Version, ...]:
    """Every version whose text is at hand, in the order in which they came to apply.

    A version overtaken on its first day has an `until` before its effective date: it never applied.
    """
    found = (_version(history, *span) for span in spans(history.chapter.head.amendments))
    return tuple(version for version in found if version is not None)


def as_at(history: History, day: date) -> Version | None:
    """The version that applies on `day`: the greatest effective date on or before it.

    None before the first version, and where the text of that version is not at hand.
    """
    due = [span for span in spans(history.chapter.head.amendments) if span[0].effective <= day]
    return _version(history, *due[-1]) if due else None


def shown(history: History, day: date) -> Version | None:
    """The version that a page shows on `day`: the one that applies, else the first that is going to.

    None for a draft, and where the text is not at hand.
    """
    order = spans(history.chapter.head.amendments)
    if any(amendment.effective <= day for amendment, _ in order):
        return as_at(history, day)
    return _version(history, *order[0]) if order else None


def coming(history: History, day: date) -> Amendment | None:
    """The first amendment that takes effect after `day`."""
    later = (a for a in in_order(history.chapter.head.amendments) if a.effective > day)
    return next(later, None)


def superseded(history: History, day: date) -> tuple[Version, ...]:
    """The archived versions that `day` no longer shows as the chapter, oldest first."""
    current = shown(history, day)
    return tuple(v for v in versions(history) if v != current and v.amendment.effective <= day)


def under_review(history: History, version: Version, day: date) -> UnderReview | None:
    """The review declared of a version: in its own text, or in the live file while a page shows the version.

    An editor who declares a review while a change is scheduled writes it into the live file, which holds the
    text to come. It is meant for the reader of today, and a banner may never be lost. On a day before the
    review began, the reader had no banner.
    """
    declared = version.chapter.head.under_review
    if declared is None and version == shown(history, day):
        live = history.chapter.head.under_review
        return live if live and live.since <= day else None
    return declared


def touched(review: UnderReview | None, chapter: Chapter) -> frozenset[str]:
    """The paragraphs of a text that a review names; one that names a section means all of it."""
    named = review.paragraphs if review else ()
    return frozenset(p.number for p in chapter.body.paragraphs if p.number in named or p.section in named)


def before(history: History, amendment: Amendment) -> Version | None:
    """The version that an amendment changed; None for the first, and where the text is not at hand."""
    records = history.chapter.head.amendments
    found = predecessor(records, amendment)
    return next((_version(history, *span) for span in spans(records) if span[0] is found), None)


def predecessor(records: tuple[Amendment, ...], amendment: Amendment) -> Amendment | None:
    """What an amendment changed: what applied until its effective date, as it was recorded then.

    It is looked for among what was recorded earlier, so that no later record changes what an amendment did.
    A version of the same day is passed over unless the amendment corrects that very version: overtaken on its
    first day it never applied, and a reader has never had to follow it. `records` stand newest recorded
    first. None for the first.
    """
    wrong = amendment.corrects.version if amendment.corrects else ""
    known = [
        one
        for one in in_order(records[records.index(amendment) + 1 :])
        if one.effective < amendment.effective
        or (one.effective == amendment.effective and one.version == wrong)
    ]
    return known[-1] if known else None


def overtaken(records: tuple[Amendment, ...], day: date) -> tuple[tuple[Amendment, Amendment], ...]:
    """Versions that take effect after one that was recorded later, and so do not hold what it changed.

    Each stands with the one that overtook it: an urgent change, or one that was given an earlier date. A
    version that never applies, because a later one takes effect on its very day, has been recorded anew or
    taken back. One that has its place taken on `day` by a version recorded after both is history, which
    nobody can mend. `records` stand newest recorded first.
    """
    never = {
        record.version for record, until in spans(records) if until is not None and until < record.effective
    }
    found = []
    for index, record in enumerate(records):
        later = next((one for one in records[:index] if one.effective < record.effective), None)
        if later is None or record.version in never:
            continue
        newer = records[: records.index(later)]
        if not any(record.effective < one.effective <= day for one in newer):
            found.append((record, later))
    return tuple(found)


def _version(history: History, amendment: Amendment, until: date | None) -> Version | None:
    """An amendment with its text; None where that is not at hand."""
    chapter = text_of(history, amendment.version)
    return Version(amendment, chapter, until) if chapter is not None else None


def following(history: History, version: Version) -> Version | None:
    """The version that took the place of another: the next that applied for at least a day."""
    later = versions(history)
    places = [place for place, one in enumerate(later) if one.amendment is version.amendment]
    applied = (
        one for one in later[places[-1] + 1 :] if one.until is None or one.until >= one.amendment.effective
    )
    return next(applied, None)


def text_of(history: History, version: str) -> Chapter | None:
    """The chapter at one version: the live file where it is that version, else the archive."""
    if version == history.chapter.head.version:
        return history.chapter
    return history.archive.get(version)


def unrecorded(live: Chapter, archived: Chapter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a live chapter differs from its version as it was archived: keys, and addresses in the text.

    Who owns the chapter, whom it concerns, its review, its old addresses and what is accepted in it may
    change without a version; so may the ends of lines, which git may write otherwise into a working copy. A
    change above the first number has the address `""`.
    """
    keys = tuple(
        name
        for name in ("chapter", "title", "status", "numbering", "version", "under_review", "amendments")
        if getattr(live.head, name) != getattr(archived.head, name)
    )
    if LINE_END.sub("\n", live.text) == LINE_END.sub("\n", archived.text):
        return keys, ()
    now, then = _texts(live), _texts(archived)
    places = [place for place in (*now, *then) if now.get(place) != then.get(place)]
    return keys, tuple(dict.fromkeys(places)) or ("",)


def _texts(chapter: Chapter) -> dict[str, str]:
    """The text of a chapter by address: each paragraph, and what stands in no paragraph."""
    found = {paragraph.anchor: paragraph.text for paragraph in chapter.body.paragraphs}
    found.update({section.anchor: section.title for section in chapter.body.sections})
    return found


def meanwhile(history: History, today: date) -> Chapter | None:
    """The text in force while a change is scheduled: it is in the archive; None where it is the live one."""
    version = shown(history, today) if history.chapter.head.amendments else None
    return version.chapter if version and version.chapter is not history.chapter else None


def judged_on(chapter: Chapter, today: date) -> date:
    """The day on which a live text is judged: that from which it applies, at the earliest today."""
    records = chapter.head.amendments
    return max(today, records[0].effective) if records else today
