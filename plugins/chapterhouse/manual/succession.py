"""How the versions of a chapter follow one another: what overtook what, and which numbers vanished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chapterhouse import history
from chapterhouse.chapters import key as order
from chapterhouse.chapters import printed
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.manual import naming
from chapterhouse.manual.archived import Archive, numbers
from chapterhouse.manual.holdings import Holdings
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Diagnostic, Manual


def overtaken(chapter: Chapter, day: date) -> Iterator[Diagnostic]:
    """Versions that on a day do not stand on one that takes effect before them."""
    records = chapter.head.amendments
    for record, later in history.overtaken(records, day):
        message = (
            f"version {record.version} takes effect on {record.effective} and was recorded before version"
            f" {later.version}, which takes effect on {later.effective}: it does not stand on that"
        )
        place = chapter.head.places.get(f"amendments[{records.index(record)}].effective", NOWHERE)
        hint = settling(chapter, record, later, day)
        yield fault("schedule-overtaken", chapter.source, place, message, hint)


def settling(chapter: Chapter, record: Amendment, later: Amendment, day: date) -> str:
    """What an editor does on a day about a version that a later one overtook; `amend` refuses none of it."""
    records = chapter.head.amendments
    command, start = f"chapterhouse amend {chapter.slug}", record.effective
    passed = start <= day
    if records[0].effective > start:
        # The live text is to come later still: what stands before it is made in a copy.
        applying = history.in_order(tuple(one for one in records if one.effective <= max(start, day)))[-1]
        options = "" if passed else f" --effective {start}"
        return (
            f"make the changes of both in a copy of {ARCHIVE}/{chapter.slug}/{applying.version}.md, and run"
            f" `{command} --from FILE --urgent{options}`"
        )
    if passed:
        return (
            f"make the changes of both in the chapter, and run `{command}`; or, if version {record.version}"
            f" was not to come, run `{command} --effective {start} --reason ...` with the text of version"
            f" {later.version}, which cancels it from that day on"
        )
    return (
        f"edit the chapter so that it says what is to apply from {start}, and run"
        f" `{command} --effective {start}`: with the text of version {later.version} it cancels"
        f" version {record.version}, with the changes of both it keeps both"
    )


def paragraphs(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    """Paragraphs that a review or a record names and that are none, and those that went without a word."""
    yield from _unknown(manual, chapter)
    yield from _vanished(Holdings(manual, manual.histories[chapter.slug]))


def _unknown(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    head = chapter.head
    here = frozenset(chapter.anchors)
    if head.under_review:
        for index, number in enumerate(head.under_review.paragraphs):
            if number not in here:
                yield _no_such(chapter, f"under_review.paragraphs[{index}]", number, here)
    known = manual.histories[chapter.slug]
    gone: set[str] = set()
    for index, record in enumerate(head.amendments):
        gone.update(old for old, _ in record.renumbered)
        for position, number in enumerate(record.paragraphs):
            if number in here or number in gone:
                continue
            # Its own version as it was archived; and what the record itself took out stands in one before it.
            texts = [known.archive.get(one.version) for one in head.amendments[index:]]
            if None in texts[1:] or any(text and number in text.anchors for text in texts):
                continue  # of a text that is missing another diagnostic tells
            own = texts[0] or chapter
            path = f"amendments[{index}].paragraphs[{position}]"
            yield _no_such(chapter, path, number, frozenset(own.anchors))
        if record.kind == "removed":
            gone.update(record.paragraphs)


def _no_such(chapter: Chapter, path: str, number: str, known: frozenset[str]) -> Diagnostic:
    message, hint = naming.no_paragraph(number, known)
    return fault("unknown-paragraph", chapter.source, chapter.head.places.get(path, NOWHERE), message, hint)


def _vanished(holdings: Holdings) -> Iterator[Diagnostic]:
    """Numbers of one version that the next has not, and that no record from then on names."""
    records = holdings.live.head.amendments
    if not holdings.readable or holdings.doubled:
        return
    for before, after in holdings.steps():
        lost = _lost(holdings, before, after)
        if not lost:
            continue
        index = holdings.records[after.version]
        named = {
            number
            for record in records[: index + 1]
            for number in (*record.paragraphs, *(first for first, _ in record.renumbered))
        }
        if unsaid := sorted(lost - named, key=order):
            yield _gone(holdings, before, after, unsaid)


def _gone(holdings: Holdings, before: Amendment, after: Amendment, lost: list[str]) -> Diagnostic:
    chapter, index = holdings.live, holdings.records[after.version]
    what = f"paragraph {lost[0]}" if len(lost) == 1 else f"paragraphs {', '.join(lost)}"
    verb = "is" if len(lost) == 1 else "are"
    message = f"{what} of version {before.version} {verb} not in version {after.version}"
    message += ", and its record does not say so"
    hint = (
        "name it in the record: under `paragraphs` if it was removed, under `renumbered` with its new number"
    )
    if after.version in holdings.history.archive:
        # What is archived stays: a later version brings the number back, and its record names it.
        number = printed(lost[0], chapter.head.numbering)
        hint = f"bring it back, or write `{number} [Removed]` in its place; then run `{holdings.amend}`"
    places = chapter.head.places
    path = f"amendments[{index}]"
    place = places.get(f"{path}.paragraphs", places.get(f"{path}.version", NOWHERE))
    return fault("paragraph-vanished", chapter.source, place, message, hint)


def _lost(holdings: Holdings, before: Amendment, after: Amendment) -> frozenset[str]:
    """The numbers of one version that another has not; none where a text cannot be relied on."""
    archive = holdings.history.archive
    both = holdings.sound(before.version) and holdings.sound(after.version)
    if both and isinstance(archive, Archive) and archive.keeps(before.version, after.version):
        return frozenset()
    old, new = _numbers(holdings, before), _numbers(holdings, after)
    return frozenset() if old is None or new is None else old - new


def _numbers(holdings: Holdings, record: Amendment) -> frozenset[str] | None:
    """The numbers of a version's paragraphs; None where its text cannot be relied on."""
    if holdings.sound(record.version):
        return numbers(holdings.history.archive, record.version)
    return holdings.live.numbers if record.version == holdings.current else None
