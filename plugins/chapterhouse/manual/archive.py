"""The archive of each chapter held against the live file: no published word may be lost or altered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from chapterhouse import frontmatter, manifest
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.manual import digests, slugs
from chapterhouse.manual.archived import state_faults
from chapterhouse.manual.holdings import Holdings, named
from chapterhouse.manual.tree import ARCHIVE, CONTENT
from chapterhouse.model import Amendment, Chapter, Diagnostic, Manual, Span

TWO_EDITORS = (
    "two editors amended one version: keep the one that was published. Save the other text elsewhere, put the"
    " chapter back as it stands in {path}, make the other change in it again and run `{amend}`"
)


def check(manual: Manual) -> Iterator[Diagnostic]:
    """Every fault of the archive that does not depend on a date."""
    moved = {}
    for folder in sorted(manual.archives - manual.histories.keys()):
        if f"{CONTENT}/{folder}.md" in manual.unread:
            continue  # the chapter is there, and a diagnostic says what is wrong with it
        chapter = _moved(manual, folder)
        if chapter:
            moved[chapter.slug] = folder
        yield _orphan(folder, chapter)
    for chapter in manual.chapters:
        holdings = Holdings(manual, manual.histories[chapter.slug])
        if chapter.head.status == "draft":
            yield from _draft(holdings)
            continue  # what else is to be said is said once it is published again
        yield from digests.faults(holdings)
        if chapter.slug not in moved:
            yield from _missing(holdings)
        yield from _files(holdings)
        yield from _live(holdings)
        yield from _records(holdings)


def _orphan(folder: str, chapter: Chapter | None) -> Diagnostic:
    path = f"{ARCHIVE}/{folder}"
    message = f"there is no chapter {folder} to which this archive belongs"
    hint = (
        f"put {CONTENT}/{folder}.md back and withdraw the chapter, which keeps its address; if it has another"
        f" name now, move the folder with it and write `formerly: [{folder}]`"
    )
    if any(slugs.complaints(folder)):  # `formerly` could not name it
        message = "no chapter can have had this archive, which is not in the folder of a part"
        hint = f"move it to {ARCHIVE}/{chapter.slug if chapter else '<part>/<name>, where its chapter is'}"
    elif chapter:
        message = f"the chapter of this archive is {chapter.slug} now"
        hint = f"move the folder to {ARCHIVE}/{chapter.slug}"
        if folder not in chapter.head.formerly:
            hint += f", and write `formerly: [{folder}]` in {chapter.source.path}"
    return fault("orphan-archive", path, NOWHERE, message, hint)


def _moved(manual: Manual, folder: str) -> Chapter | None:
    """The chapter that had this archive, by what it says of its old address or by its number."""
    without = [one for one in manual.chapters if one.slug not in manual.archives and one.head.amendments]
    sources = [source for path, source in manual.sources.items() if path.startswith(f"{ARCHIVE}/{folder}/")]
    numbers = {frontmatter.read(source)[0].chapter for source in sources} - {""}
    return next(
        (one for one in without if folder in one.head.formerly or one.head.chapter in numbers),
        None,
    )


def _draft(holdings: Holdings) -> Iterator[Diagnostic]:
    """A published chapter may not become a draft: the site would lose it with all its versions."""
    live, history = holdings.live, holdings.history
    archived = bool(history.archive) or history.sums is not None
    if not archived and not live.head.amendments:
        return
    message = f"the chapter was published, as {holdings.folder}/ says, and a draft is not shown"
    hint = f"take `status: draft` out; to end it, write `status: withdrawn` and run `{holdings.amend}`"
    if not archived:
        message = "a draft has records, as if it had been published, and is not shown"
        hint = "take `status: draft` out; if it never was published, take `version` and `amendments` out"
    yield fault("published-draft", live.source, live.head.places.get("status", NOWHERE), message, hint)


def _missing(holdings: Holdings) -> Iterator[Diagnostic]:
    """Every version needs its text in the archive, the current one too: on some day it is asked for."""
    live, listed = holdings.live, holdings.listed
    for version, index in holdings.records.items():
        path = holdings.path(version)
        newest = index == 0
        # Of a newest record that contradicts the front matter another diagnostic tells.
        unread = path in holdings.manual.unread or (newest and version != holdings.current)
        if unread or version in holdings.history.archive:
            continue
        message = f"the text of version {version} is not in the archive"
        hint = f"put the chapter as it stood then at {path}"
        if sha256 := listed.get(f"{version}.md"):
            message = f"version {version} was archived, and its file is gone"
            hint = f"put it back, from a copy or with `git checkout -- {path}`"
            if sha256 == live.sha256:
                hint = f"copy {live.source.path} to {path}: the chapter is still as it was archived"
        elif newest:
            message = f"version {version} is recorded and not archived yet"
            hint = f"run `{holdings.amend}`, which archives the chapter as it stands"
        place = live.head.places.get(f"amendments[{index}].version", NOWHERE)
        yield fault("missing-version", live.source, place, message, hint)
    for name in listed:
        path = f"{holdings.folder}/{name}"
        if name.removesuffix(".md") in holdings.records or path in holdings.manual.unread:
            continue
        if name not in holdings.history.digests:
            sums = f"{holdings.folder}/SHA256SUMS"
            message = f"{name} was archived, and the file is gone"
            hint = f"put it back, from a copy or with `git checkout -- {path}`"
            yield fault("missing-version", sums, NOWHERE, message, hint)


def _files(holdings: Holdings) -> Iterator[Diagnostic]:
    """Files of the archive that are no version of the chapter, or have no record."""
    for version in holdings.history.archive:
        if version in holdings.altered:
            continue
        head, path = holdings.head(version), holdings.path(version)
        if not version.replace(".", "").isdecimal():
            message = f"{version}.md is no version of the chapter"
            hint = f"move it out of {holdings.folder}/"
            yield fault("archive-mismatch", path, NOWHERE, message, hint)
            continue
        unreadable = [*state_faults(holdings.history.archive, version)]
        yield from unreadable
        if head.version != version and head.places and not unreadable:
            says = f"version {head.version}" if head.version else "no version"
            message = f"its name says version {version}, its front matter {says}"
            hint = f"put the chapter here as it stood at version {version}"
            place = head.places.get("version", NOWHERE)
            yield fault("archive-mismatch", path, place, message, hint)
        elif (
            head.version == version
            and version not in holdings.records
            and version != holdings.live.head.version
            and holdings.readable
        ):
            yield _without_record(holdings, version)


def _without_record(holdings: Holdings, version: str) -> Diagnostic:
    live, path = holdings.live, holdings.path(version)
    place = holdings.head(version).places.get("version", NOWHERE)
    if version == holdings.begun:
        message = f"the recording of version {version} was begun and not finished"
        hint = f"run `{holdings.amend}` again, which finishes it"
        return fault("archive-without-record", path, place, message, hint)
    if later := _recorded_in(holdings, version):
        message = f"the record of version {version} is gone, which stands in {holdings.path(later)}"
        hint = "put it back as it stands there: what was recorded stays"
        return fault(
            "record-changed", live.source, live.head.places.get("amendments", NOWHERE), message, hint
        )
    message = f"version {version} is in the archive, and the chapter has no record of it"
    hint = f"if it was published, {holdings.adopting(version)}; if not, move the file away"
    if f"{version}.md" in holdings.listed:
        hint += f", and take its line and the one above it out of {holdings.folder}/{manifest.NAME}"
    return fault("archive-without-record", path, place, message, hint)


def _recorded_in(holdings: Holdings, version: str) -> str:
    """A recorded version that has the record of another; empty where none has."""
    for later in holdings.records:
        if holdings.sound(later):
            records = holdings.history.archive[later].head.amendments
            if any(record.version == version for record in records):
                return later
    return ""


def _live(holdings: Holdings) -> Iterator[Diagnostic]:
    """The live chapter against its version as it was archived.

    Nothing is told of it while the archive has a version without a record: that is put right first, and
    no change can be recorded before it is.
    """
    version, live = holdings.current, holdings.live
    if not version or version in holdings.doubled or holdings.unrecorded or not holdings.sound(version):
        return
    keys, places = holdings.changed
    if not keys and not places:
        return
    archived = holdings.history.archive[version]
    path = holdings.path(version)
    told = named(keys, places, live.numbers | archived.numbers)
    if _differing(live.head.amendments[0], archived.head.amendments[0]):
        place = live.head.places.get("amendments[0].version", NOWHERE)
        message = f"version {version} is one thing here and another in the archive: {told}, and the record"
        hint = TWO_EDITORS.format(path=path, amend=holdings.amend)
        yield fault("duplicate-version", live.source, place, message, hint)
        return
    message = f"it is no longer what was published as version {version}: {told}"
    hint = f"run `{holdings.amend}`, which records the change, or put back what stands in {path}"
    place = _first(live, keys, places)
    yield fault("unrecorded-change", live.source, place, message, hint)


def _first(live: Chapter, keys: tuple[str, ...], places: tuple[str, ...]) -> Span:
    lines = {paragraph.anchor: paragraph.line for paragraph in live.body.paragraphs}
    lines.update({section.anchor: section.line for section in live.body.sections})
    found = [lines[place] for place in places if place in lines]
    if found:
        return live.source.line_span(min(found))
    if places:
        return live.source.line_span(live.body.line)
    return next((live.head.places[key] for key in keys if key in live.head.places), NOWHERE)


def _records(holdings: Holdings) -> Iterator[Diagnostic]:
    """Each record against the one that was archived with its own version."""
    live = holdings.live
    for version, index in holdings.records.items():
        path = f"amendments[{index}]"
        unread = any(name.startswith(path) for name in live.head.unread)
        if version in holdings.doubled or unread or not holdings.sound(version):
            continue
        head = holdings.head(version)
        archived = head.amendments[:1]
        if not archived or archived[0].version != version or "amendments" in head.unread:
            continue
        differing = _differing(live.head.amendments[index], archived[0])
        if not differing or (version == holdings.current and any(holdings.changed)):
            continue
        places = live.head.places
        place = places.get(f"{path}.{differing[0]}", places.get(f"{path}.version", NOWHERE))
        keys = " and ".join(f"`{key}`" for key in differing)
        message = f"the record of version {version} is not the one that was archived: {keys}"
        hint = f"put it back as it stands in {holdings.path(version)}; to say more, record another version"
        yield fault("record-changed", live.source, place, message, hint)


def _differing(record: Amendment, archived: Amendment) -> list[str]:
    """The keys in which two records differ."""
    names = (one.name for one in fields(Amendment))
    return [name for name in names if getattr(record, name) != getattr(archived, name)]
