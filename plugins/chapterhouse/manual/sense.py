"""Checks across a chapter's parts and across files, none of which depends on a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chapterhouse import history, markup, references
from chapterhouse.chapters import numbers
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.fields.reading import nearest
from chapterhouse.manual import links, slugs
from chapterhouse.manual.tree import ARCHIVE, CONTENT, PARTS
from chapterhouse.masking import mask
from chapterhouse.model import Chapter, Diagnostic, Manual, Page

Rule = Callable[[Manual, Chapter], Iterator[Diagnostic]]


def check(manual: Manual) -> tuple[Diagnostic, ...]:
    """Every fault that takes more than one value, or more than one file, to see."""
    faults = [*_numbers(manual)]
    for chapter in manual.chapters:
        for rule in RULES:
            faults.extend(rule(manual, chapter))
    for page in manual.pages:
        faults.extend((*_links(manual, page), *_references(manual, page)))
    return tuple(faults)


def _numbers(manual: Manual) -> Iterator[Diagnostic]:
    seen: dict[str, Chapter] = {}
    today = {chapter.slug for chapter in manual.chapters}
    formerly: dict[str, str] = {}
    for chapter in sorted(manual.chapters, key=lambda chapter: chapter.slug):
        number = chapter.head.chapter
        if number and number in seen:
            message = f"chapter {number} is also {seen[number].source.path}"
            yield _at(
                chapter, "chapter", "duplicate-chapter-number", message, "give one of them another number"
            )
        seen.setdefault(number, chapter)
        for index, slug in enumerate(chapter.head.formerly):
            hint = "one address can lead to one chapter: delete it in one of them"
            if slug in today:
                message = f"{slug} is a chapter today"
            elif slug in formerly:
                message = f"{slug} is claimed by {formerly[slug]} too"
            elif unfit := next(slugs.complaints(slug), None):
                message, hint = f"{slug} was never a chapter: {unfit[1]}", "write it like core/old-name"
            else:
                formerly[slug] = chapter.slug
                continue
            yield _at(chapter, f"formerly[{index}]", "formerly-clash", message, hint)


def _parts_and_roles(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    if PARTS in manual.unread:
        return
    folders = [part.folder for part in manual.parts]
    if chapter.part not in folders:
        near = nearest(chapter.part, folders)
        message = f"the part {chapter.part} is not in parts.yml"
        yield fault(
            "unknown-part",
            chapter.source,
            NOWHERE,
            message,
            f"move the chapter to {near}/, or add the part" if near else "add it to procedures/parts.yml",
        )
    known = [role.id for role in manual.roles]
    named = [("roles", chapter.head.roles)]
    named += [(f"amendments[{i}].roles", record.roles) for i, record in enumerate(chapter.head.amendments)]
    for path, roles in named:
        for index, role in enumerate(roles):
            if role not in known:
                near = nearest(role, known)
                hint = f"write {near}" if near else "add it to procedures/parts.yml"
                yield _at(chapter, f"{path}[{index}]", "unknown-role", f"{role} is not a role", hint)


def _versions(_manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    head = chapter.head
    records = head.amendments
    newest_read = "amendments" not in head.unread
    if records and newest_read and head.version and head.version != records[0].version:
        message = (
            f"the chapter is version {head.version}, its newest amendment is version {records[0].version}"
        )
        hint = f"write {records[0].version}, or record the amendment that made version {head.version}"
        yield _at(chapter, "version", "version-mismatch", message, hint)
    seen: dict[str, int] = {}
    for index, record in enumerate(records):
        path = f"amendments[{index}]"
        line = chapter.head.places.get(f"{path}.version", NOWHERE).line
        if record.version in seen:
            message = (
                f"two amendments are version {record.version}; the other is on line {seen[record.version]}"
            )
            hint = "two editors may have amended one version: give the later one the next number"
            yield _at(chapter, f"{path}.version", "duplicate-version", message, hint)
        elif index and numbers.key(record.version) > numbers.key(records[index - 1].version):
            message = f"version {record.version} stands below version {records[index - 1].version}"
            yield _at(chapter, f"{path}.version", "version-order", message, "records stand newest first")
        seen.setdefault(record.version, line)
        if record.effective < record.published and not record.reason:
            message = f"it takes effect on {record.effective}, before it was published on {record.published}"
            hint = "put the dates right, or add `reason:` to say why"
            yield _at(chapter, f"{path}.effective", "backdated", message, hint)


def _corrections(_manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    records = chapter.head.amendments
    for index, record in enumerate(records):
        if record.corrects is None:
            continue
        path = f"amendments[{index}].corrects"
        wrong, start, until = record.corrects.version, record.corrects.start, record.corrects.until
        earlier = [one.version for one in records[index + 1 :]]
        if wrong not in earlier and "amendments" not in chapter.head.unread:
            message = f"version {wrong} is no earlier version of the chapter"
            hint = f"write one of: {', '.join(earlier)}" if earlier else "delete corrects"
            yield _at(chapter, f"{path}.version", "bad-correction", message, hint)
        if until < start:
            message = f"it was shown from {start} until {until}, which is earlier"
            yield _at(chapter, f"{path}.until", "bad-correction", message, "put the two days right")


def _archive(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    """Every version but the newest, which is the live file, needs its text: on some day it is asked for."""
    records = manual.histories[chapter.slug]
    folder = f"{ARCHIVE}/{chapter.slug}"
    for index, record in enumerate(chapter.head.amendments):
        unread = f"{folder}/{record.version}.md" in manual.unread  # and a diagnostic says why
        if index and not unread and history.text_of(records, record.version) is None:
            message = f"the text of version {record.version} is not in the archive"
            hint = f"put the chapter as it stood then at {folder}/{record.version}.md"
            yield _at(chapter, f"amendments[{index}].version", "missing-version", message, hint)
    for name, text in records.archive.items():
        if name != text.head.version:
            says = f"version {text.head.version}" if text.head.version else "no version"
            message = f"its name says version {name}, its front matter {says}"
            hint = f"put the chapter here as it stood at version {name}"
            if not name.replace(".", "").isdecimal():
                message, hint = f"{name}.md is no version of the chapter", f"move it out of {folder}/"
            place = text.head.places.get("version", NOWHERE)
            yield fault("archive-mismatch", f"{folder}/{name}.md", place, message, hint)


def _paragraphs(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    head = chapter.head
    here = frozenset(chapter.anchors)
    if head.under_review:
        for index, number in enumerate(head.under_review.paragraphs):
            if number not in here:
                yield _unknown(chapter, f"under_review.paragraphs[{index}]", number, here)
    archive = manual.histories[chapter.slug].archive
    gone: set[str] = set()
    for index, record in enumerate(head.amendments):
        then = archive.get(record.version)
        known = frozenset(then.anchors) if then else here
        if record.kind == "removed":
            gone.update(record.paragraphs)
        gone.update(old for old, _ in record.renumbered)
        for position, number in enumerate(record.paragraphs):
            if number in known or number in here or number in gone:
                continue
            # What the record itself took out stands in a version before it.
            before = (archive.get(one.version) for one in head.amendments[index + 1 :])
            if not any(number in text.anchors for text in before if text):
                yield _unknown(chapter, f"amendments[{index}].paragraphs[{position}]", number, known)


def _unknown(chapter: Chapter, path: str, number: str, known: frozenset[str]) -> Diagnostic:
    near = nearest(number, known)
    hint = f"the nearest is {near}" if near else "write the number of a paragraph as it is printed"
    return _at(chapter, path, "unknown-paragraph", f"the chapter has no paragraph {number}", hint)


def _withdrawn(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    head = chapter.head
    if head.status == "withdrawn" and head.under_review:
        message = "a withdrawn chapter cannot be under review"
        hint = "delete under_review, or `status: withdrawn`"
        yield _at(chapter, "under_review", "withdrawn-under-review", message, hint)
    if head.status == "draft" or "amendments" in head.unread:
        return
    for index, record in enumerate(head.amendments):
        text = chapter if index == 0 else history.text_of(manual.histories[chapter.slug], record.version)
        if text is None or (index and text.head.version != record.version):
            continue
        # What corrects a withdrawal leaves the chapter withdrawn, or brings it back.
        last = next((r for r in head.amendments[index:] if r.kind != "corrected"), record)
        if text.head.status == "withdrawn" and last.kind != "withdrawn":
            message = f"the chapter is withdrawn, and the amendment of version {last.version} is {last.kind}"
            hint = "record the withdrawal as an amendment of `kind: withdrawn`, or delete the status"
            yield _at(text, "status", "withdrawn-mismatch", message, hint)
        elif text.head.status != "withdrawn" and record.kind == "withdrawn":
            message = f"version {record.version} withdraws the chapter, and its status does not say so"
            hint = "write `status: withdrawn`, or another kind of amendment"
            path = f"amendments[{index}].kind" if text is chapter else "version"
            yield _at(text, path, "withdrawn-mismatch", message, hint)


def _references(manual: Manual, page: Chapter | Page) -> Iterator[Diagnostic]:
    start = page.start
    for reference in references.find(mask(page.text, links=True)):
        message = missing(manual, page, reference)
        if message:
            place = page.source.span(start + reference.start, start + reference.end)
            hint = "write the number of a paragraph that exists, or name the document it belongs to"
            yield fault("broken-reference", page.source, place, message, hint)


def leads(manual: Manual, page: Chapter | Page) -> Iterator[Diagnostic]:
    """The references and links of a text that lead nowhere."""
    yield from _references(manual, page)
    yield from _links(manual, page)


def missing(manual: Manual, page: Chapter | Page, reference: references.Reference) -> str:
    """Why an internal reference leads nowhere; empty where it leads somewhere, or may be none at all."""
    if isinstance(page, Page):
        # A page has no numbers of its own, so a paragraph without a chapter is only spoken of.
        certain = reference.certain and bool(reference.chapter)
    else:
        continuous = page.head.numbering == "continuous"
        certain = reference.certain or (continuous and not reference.chapter and bool(reference.paragraph))
    if not certain:
        return ""
    target = manual.by_number.get(reference.chapter) if reference.chapter else page
    draft = isinstance(target, Chapter) and target.head.status == "draft" and target is not page
    if target is None and any(
        path.startswith(f"{CONTENT}/") and path.endswith(".md") for path in manual.unread
    ):
        return ""  # a chapter that could not be read may have any number
    if target is None or draft:
        return f"there is no chapter {reference.chapter}"
    wanted = reference.paragraph or reference.section
    if wanted and wanted not in target.anchors:
        what = "paragraph" if reference.paragraph else "section"
        where = f"chapter {reference.chapter}" if reference.chapter else "this chapter"
        return f"{where} has no {what} {wanted}"
    return ""


def _links(manual: Manual, page: Chapter | Page) -> Iterator[Diagnostic]:
    start = page.start
    for link in markup.links(page.source, start):
        if reason := links.dead(manual, page.source.path, page.anchors, link.target):
            message, hint = reason
            yield fault("broken-link", page.source, link.span, message, hint)


def _at(chapter: Chapter, path: str, code: str, message: str, hint: str) -> Diagnostic:
    return fault(code, chapter.source, chapter.head.places.get(path, NOWHERE), message, hint)


RULES: tuple[Rule, ...] = (
    _parts_and_roles,
    _versions,
    _corrections,
    _archive,
    _paragraphs,
    _withdrawn,
    _references,
    _links,
)
