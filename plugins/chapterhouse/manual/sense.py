"""Checks across a chapter's parts and across files, none of which depends on a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chapterhouse import markup, references
from chapterhouse.chapters import numbers
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.fields.reading import nearest
from chapterhouse.manual import archive, links, slugs, succession
from chapterhouse.manual.holdings import Holdings
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
    faults.extend(archive.check(manual))
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
            path_ = f"{ARCHIVE}/{chapter.slug}/{record.version}.md"
            hint = archive.TWO_EDITORS.format(path=path_, amend=f"chapterhouse amend {chapter.slug}")
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


def _withdrawn(manual: Manual, chapter: Chapter) -> Iterator[Diagnostic]:
    head = chapter.head
    if head.status == "withdrawn" and head.under_review:
        message = "a withdrawn chapter cannot be under review"
        hint = "delete under_review, or `status: withdrawn`"
        yield _at(chapter, "under_review", "withdrawn-under-review", message, hint)
    if head.status == "draft" or "amendments" in head.unread:
        return
    holdings = Holdings(manual, manual.histories[chapter.slug])
    for index, record in enumerate(head.amendments):
        live = index == 0 or record.version == head.version
        if not live and not holdings.sound(record.version):
            continue
        own = head if live else holdings.head(record.version)
        path = chapter.source.path if live else holdings.path(record.version)
        # What corrects a withdrawal leaves the chapter withdrawn, or brings it back.
        last = next((r for r in head.amendments[index:] if r.kind != "corrected"), record)
        if own.status == "withdrawn" and last.kind != "withdrawn":
            message = f"the chapter is withdrawn, and the amendment of version {last.version} is {last.kind}"
            hint = "record the withdrawal as an amendment of `kind: withdrawn`, or delete the status"
            place = own.places.get("status", NOWHERE)
            yield fault("withdrawn-mismatch", path, place, message, hint)
        elif own.status != "withdrawn" and record.kind == "withdrawn":
            message = f"version {record.version} withdraws the chapter, and its status does not say so"
            hint = "write `status: withdrawn`, or another kind of amendment"
            place = own.places.get(f"amendments[{index}].kind" if live else "version", NOWHERE)
            yield fault("withdrawn-mismatch", path, place, message, hint)


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
    succession.paragraphs,
    _withdrawn,
    _references,
    _links,
)
