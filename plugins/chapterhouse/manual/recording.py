"""Recording a new version of a chapter: what is to be written, worked out and proved before any of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from chapterhouse import history, manifest
from chapterhouse.chapters import numbers
from chapterhouse.citations import judge
from chapterhouse.diagnostics import CODES
from chapterhouse.manual import inserting, sense
from chapterhouse.manual.check import check
from chapterhouse.manual.holdings import Holdings, named
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Diagnostic, Kind, Manual, UnderReview

LATER = frozenset({"schedule-overtaken", *judge.CODES.values()})
"""Errors that a new version may leave: what the law brought about, and what another record puts right."""


State = Literal["recorded", "finished", "archived"]
"""A version is new; or had been begun, and is as it was begun; or lacked only its place in the archive."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: its path from the manual's root, what it must hold now, and what then."""

    path: str
    before: bytes | None
    """None where there must be no file."""
    after: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A new version, and the files to be written in their order, each whole: archive, manifest, chapter."""

    chapter: Chapter
    files: tuple[File, ...]
    state: State

    @property
    def record(self) -> Amendment:
        """The record of the version."""
        return self.chapter.head.amendments[0]


def following(chapter: Chapter, kind: Kind = "revised") -> str:
    """The next whole number above every version there is; for a correction the next below the newest one."""
    newest = max((record.version for record in chapter.head.amendments), key=numbers.key, default="0")
    whole, _, rest = newest.partition(".")
    if kind == "corrected":
        return f"{whole}.{int(rest.partition('.')[0] or 0) + 1}"
    return str(int(whole) + 1)


def recorded(manual: Manual, text: Chapter, record: Amendment, review: UnderReview | None) -> Recorded:
    """The version that `record` makes of a text: its records, `version:`, and the review that is declared.

    `text` is the live chapter, or one that is to take its place; nothing else of it changes. Raises
    RefusedError.
    """
    live = manual.histories[text.slug].chapter
    after = _proved(manual, text, inserting.inserted(text, (record, *live.head.amendments), review))
    return _files(manual, after, state="recorded")


def begun(manual: Manual, slug: str) -> Recorded | None:
    """The version of a chapter that is in the archive alone, because writing it was stopped half way.

    Raises RefusedError where something else is in the archive without a record.
    """
    holdings = Holdings(manual, manual.histories[slug])
    live = holdings.live
    for version in holdings.unrecorded:
        one = holdings.history.archive[version]
        path = holdings.path(version)
        own = [record.version for record in one.head.amendments[:1]]
        if own != [version] or one.head.amendments[1:] != live.head.amendments:
            message = f"{path} is there already, and is something else than the next version"
            raise RefusedError(message, "record that version first, or move the file away")
        if version in holdings.altered:
            raise RefusedError(f"{path} is not what was archived", "put the file back as it was")
        if version != holdings.begun:
            message = f"{path} was begun as the next version, and the chapter has changed since"
            raise RefusedError(message, holdings.adopting(version))
        text = holdings.finished[version]
        after, _ = parse_chapter(replace(live.source, text=text), slug, manifest.digest(text.encode()))
        return _files(manual, after, state="finished")
    return None


def completed(manual: Manual, slug: str) -> Recorded | None:
    """The newest version where its record is there and the archive or its manifest lacks it; else None.

    That is what is left of a record that was written by hand. Raises RefusedError.
    """
    known = manual.histories[slug]
    live = known.chapter
    if not live.head.amendments:
        return None
    done = _files(manual, live, state="archived")
    files = done.files[:2]
    if all(file.before == file.after for file in files):
        return None
    if files[0].before is None:
        inserting.refuse_closed(live)  # as it is archived it stays, and the next version is made of it
    return replace(done, files=files)


def archived(manual: Manual, chapter: Chapter) -> Chapter:
    """The version that a live chapter says it is, as it was archived. Raises RefusedError."""
    found = manual.histories[chapter.slug].archive.get(chapter.head.version)
    if found is None:
        raise lacking(chapter)
    return found


def lacking(chapter: Chapter) -> RefusedError:
    """The refusal of a chapter whose current version is not in the archive."""
    version = chapter.head.version
    path = f"{ARCHIVE}/{chapter.slug}/{version}.md"
    hint = (
        f"copy the chapter, as it was published, to {path}; "
        f"if it is so still, `chapterhouse amend {chapter.slug}` alone does that"
    )
    return RefusedError(f"version {version} is not in the archive", hint)


def refuse_unrecorded(manual: Manual, chapter: Chapter) -> Chapter:
    """What `archived` gives. Raises RefusedError also where the live text is another."""
    known = archived(manual, chapter)
    keys, places = history.unrecorded(chapter, known)
    if keys or places:
        told = named(keys, places, chapter.numbers | known.numbers)
        message = f"it is no longer what was published as version {chapter.head.version}: {told}"
        path = known.source.path
        raise RefusedError(message, f"record that change first, or put back what stands in {path}")
    return known


def refuse_errors(manual: Manual, done: Recorded, day: date) -> None:
    """Refuse a version that `check` would call wrong on a day, but for what is left for later."""
    after = done.chapter
    _, faults = parse_chapter(after.source, after.slug, after.sha256)
    whole = _as_written(manual, after, done.files)
    own = [*faults, *judge_markup(after), *(fault for rule in sense.RULES for fault in rule(whole, after))]
    found = errors(check(replace(whole, diagnostics=tuple(own)), day), after)
    if found:
        many = "an error" if len(found) == 1 else f"{len(found)} errors, the first"
        raise RefusedError(f"it would have {many}: {found[0].message}", found[0].hint)


def errors(faults: Sequence[Diagnostic], chapter: Chapter) -> list[Diagnostic]:
    """What is wrong with a chapter or its archive, but for what a version may leave."""
    paths = (chapter.source.path, f"{ARCHIVE}/{chapter.slug}/")
    return [
        fault
        for fault in faults
        if (fault.path == paths[0] or fault.path.startswith(paths[1]))
        and fault.severity == "error"
        and fault.code not in LATER
    ]


def _files(manual: Manual, after: Chapter, *, state: State) -> Recorded:
    """The files of a version, in their order."""
    known = manual.histories[after.slug]
    folder = f"{ARCHIVE}/{after.slug}"
    name = f"{after.head.version}.md"
    data = after.source.text.encode()
    kept = known.archive.get(after.head.version)
    # Of a version that was begun, the live file may have another owner meanwhile; what is archived stays.
    archived_ = kept.source.text.encode() if kept else data
    digests = {f"{version}.md": one.sha256 for version, one in known.archive.items()}
    digests.setdefault(name, manifest.digest(data))
    order = [f"{one.version}.md" for one in reversed(after.head.amendments)]
    files = (
        File(f"{folder}/{name}", archived_ if kept else None, archived_),
        File(f"{folder}/{manifest.NAME}", known.sums, _listed(known.sums, digests, order, folder)),
        File(known.chapter.source.path, known.chapter.source.text.encode(), data),
    )
    return Recorded(after, files, state)


def _as_written(manual: Manual, after: Chapter, files: Sequence[File]) -> Manual:
    """The manual as it will be once the files are written."""
    known = manual.histories[after.slug]
    archive = {after.head.version: after, **known.archive}
    digests = {f"{after.head.version}.md": after.sha256, **known.digests}
    sums = next((file.after for file in files if file.path.endswith(manifest.NAME)), known.sums)
    history_ = replace(known, chapter=after, archive=archive, sums=sums, digests=MappingProxyType(digests))
    chapters = tuple(after if one.slug == after.slug else one for one in manual.chapters)
    sources = {**manual.sources, after.source.path: after.source}
    return replace(
        manual,
        chapters=chapters,
        histories={**manual.histories, after.slug: history_},
        sources=sources,
    )


def _proved(manual: Manual, text: Chapter, source: str) -> Chapter:
    """The chapter with its new text, after making sure that it has no new error and the body is untouched."""
    data = source.encode()
    after, faults = parse_chapter(replace(text.source, text=source), text.slug, manifest.digest(data))
    done = _files(manual, after, state="recorded")
    whole = _as_written(manual, after, done.files)
    found = [*faults, *judge_markup(after), *(fault for rule in sense.RULES for fault in rule(whole, after))]
    wrong = [fault for fault in errors(found, after) if not CODES[fault.code].acceptable]
    if wrong:
        raise RefusedError(f"it would have an error: {wrong[0].message}", wrong[0].hint)
    if after.text != text.text:
        raise RefusedError("its text would not stay as it is", "write the record by hand")
    return after


def _listed(sums: bytes | None, digests: Mapping[str, str], order: Sequence[str], folder: str) -> bytes:
    """The manifest with every archived version in it, those that it lacks in the order of their records."""
    path = f"{folder}/{manifest.NAME}"
    data = sums or b""
    try:
        known = manifest.read(data)
    except manifest.ManifestError as error:
        hint = "put the file back as it was: it is only ever added to"
        raise RefusedError(f"{path}, line {error.line}: {error}", hint) from None
    for name, sha256 in known.items():
        if digests.get(name) != sha256:
            what = "is not what was archived" if name in digests else "is missing from the archive"
            raise RefusedError(f"{folder}/{name} {what}", "put the file back as it was")
    for name in order:
        if name in digests and name not in known:
            data = manifest.appended(data, name, digests[name])
    return data
