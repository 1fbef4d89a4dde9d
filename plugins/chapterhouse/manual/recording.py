"""Recording a new version of a chapter: what is to be written, worked out and proved before any of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chapterhouse import amending, frontmatter, manifest
from chapterhouse.chapters import numbers
from chapterhouse.diagnostics import CODES
from chapterhouse.manual import sense
from chapterhouse.manual.load import judge_markup, parse_chapter
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Manual, UnderReview


class RefusedError(Exception):
    """A chapter that cannot be recorded as it stands; `hint` says what to do first."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


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
    begun: bool
    """Whether it is in the archive already, because writing it was stopped half way."""


def following(chapter: Chapter) -> str:
    """The next whole number above every version there is."""
    newest = max((record.version for record in chapter.head.amendments), key=numbers.key, default="0")
    return str(int(newest.partition(".")[0]) + 1)


def recorded(
    manual: Manual, chapter: Chapter, record: Amendment, review: UnderReview | None, sums: bytes | None
) -> Recorded:
    """The version that `record` makes of a chapter: its record, `version:`, and `review` if one is opened.

    No other byte of the chapter changes. `sums` are the bytes of its `SHA256SUMS`. Where the same version was
    begun and stopped, that is what is finished. Raises RefusedError.
    """
    archive = manual.histories[chapter.slug].archive
    folder = f"{ARCHIVE}/{chapter.slug}"
    named = {record.version, *(earlier.version for earlier in chapter.head.amendments)}
    if stray := next((name for name in archive if name not in named), ""):
        message = f"{folder}/{stray}.md is in the archive and has no record"
        raise RefusedError(message, "record that version first, or move the file away")
    text = _text(chapter, record, review)
    begun = archive.get(record.version)
    if begun is not None and begun.source.text != text:
        # Stopped half way, and begun on another day or in other words: what was archived stands.
        if review is None or _undone(begun, chapter) != chapter.source.text:
            message = f"{folder}/{record.version}.md is there already, and is something else"
            raise RefusedError(message, "record that version first, or move the file away")
        text = begun.source.text
    after = _proved(manual, chapter, text)
    data = text.encode()
    archived = {f"{name}.md": one.sha256 for name, one in archive.items()}
    archived[f"{record.version}.md"] = manifest.digest(data)
    order = [f"{one.version}.md" for one in reversed(after.head.amendments)]
    files = (
        File(f"{folder}/{record.version}.md", None if begun is None else data, data),
        File(f"{folder}/{manifest.NAME}", sums, _listed(sums, archived, order, folder)),
        File(chapter.source.path, chapter.source.text.encode(), data),
    )
    return Recorded(after, files, begun is not None)


def _text(chapter: Chapter, record: Amendment, review: UnderReview | None) -> str:
    text, tree = chapter.source.text, frontmatter.tree(chapter.source)
    if tree is None:
        raise RefusedError("its front matter cannot be read", "run `chapterhouse check`")
    try:
        edits = [amending.version(text, tree, record.version), amending.record(text, tree, record)]
        if review:
            edits.append(amending.under_review(text, tree, review))
    except amending.LayoutError as error:
        line = chapter.source.span(error.place, error.place).line
        raise RefusedError(f"line {line}: {error}", error.hint) from None
    after = amending.applied(text, edits)
    wanted = replace(
        chapter.head,
        version=record.version,
        under_review=review or chapter.head.under_review,
        amendments=(record, *chapter.head.amendments),
    )
    if frontmatter.read(replace(chapter.source, text=after))[0] != wanted:
        hint = "write the record by hand, as docs/editing.md shows"
        raise RefusedError("its front matter is laid out so that nothing can be inserted safely", hint)
    return after


def _undone(begun: Chapter, chapter: Chapter) -> str:
    """An archived version without its newest record and the review that it opened, if it has them."""
    text, tree = begun.source.text, frontmatter.tree(begun.source)
    if tree is None:
        return ""
    try:
        edits = [
            amending.version(text, tree, chapter.head.version),
            amending.without_record(text, tree),
        ]
        if chapter.head.under_review is None:
            edits.append(amending.without(text, tree, "under_review"))
    except (amending.LayoutError, KeyError):
        return ""
    return amending.applied(text, edits)


def _proved(manual: Manual, chapter: Chapter, text: str) -> Chapter:
    """The chapter with its new text, after making sure that it has no new error and the body is untouched."""
    source = replace(chapter.source, text=text)
    after, faults = parse_chapter(source, chapter.slug, manifest.digest(text.encode()))
    known = replace(manual.histories[chapter.slug], chapter=after)
    known = replace(known, archive={**known.archive, after.head.version: after})
    chapters = tuple(after if one is chapter else one for one in manual.chapters)
    whole = replace(manual, chapters=chapters, histories={**manual.histories, chapter.slug: known})
    found = [*faults, *judge_markup(after), *(fault for rule in sense.RULES for fault in rule(whole, after))]
    errors = [fault for fault in found if fault.severity == "error" and not CODES[fault.code].acceptable]
    if errors:
        raise RefusedError(f"it would have an error: {errors[0].message}", errors[0].hint)
    if after.text != chapter.text:
        raise RefusedError("its text would not stay as it is", "write `under_review:` by hand")
    return after


def _listed(sums: bytes | None, archived: Mapping[str, str], order: Sequence[str], folder: str) -> bytes:
    """The manifest with every archived version in it, those that it lacks in the order of their records."""
    path = f"{folder}/{manifest.NAME}"
    data = sums or b""
    try:
        known = manifest.read(data)
    except manifest.ManifestError as error:
        hint = "put the file back as it was: it is only ever added to"
        raise RefusedError(f"{path}, line {error.line}: {error}", hint) from None
    for name, sha256 in known.items():
        if archived.get(name) != sha256:
            what = "is not what was archived" if name in archived else "is missing from the archive"
            raise RefusedError(f"{folder}/{name} {what}", "put the file back as it was")
    for name in order:
        if name in archived and name not in known:
            data = manifest.appended(data, name, archived[name])
    return data
