"""What `chapterhouse impact` prints: the paragraphs that a change of the law touches, to work through."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence

from chapterhouse import dates
from chapterhouse.citations import judge, links, wording
from chapterhouse.diagnostics import printers
from chapterhouse.law import Target
from chapterhouse.manual.impact import Affected, Impact, Place, uncovered
from chapterhouse.manual.printing import Paint, counted, rows, told
from chapterhouse.manual.recording import File
from chapterhouse.manual.reviewing import Outcome
from chapterhouse.model import Manual

SCHEMA = 1


def to_do(affected: Affected) -> tuple[str, ...]:
    """What an editor is to do about one text of a chapter."""
    wrong = [p for place in affected.places for p in place.mention.problems if p.code in judge.CODES.values()]
    accepted = [one for place in affected.places for _, one in place.mention.accepted]
    cure = "; ".join(dict.fromkeys(problem.hint for problem in wrong))
    if affected.state == "draft":
        return (f"It is a draft, so nothing is recorded: {cure or 'put its text right'}.",)
    if affected.state == "scheduled":
        day = dates.long(affected.effective) if affected.effective else ""
        return (f"It applies from {day}: reissue it before then, or record a version on top of it.",)
    said = []
    if review := affected.review:
        left = uncovered(affected)
        said.append(f"Under review since {dates.long(review.since)}, until {dates.long(review.expected)}.")
        if left:
            said.append(f"Add to its review, as a change: {', '.join(left)}.")
    if wrong:
        said.append(f"Amend it: {cure}.")
    elif accepted:
        said.append(f"Accepted: {accepted[0].because} See whether that still holds.")
    else:
        said.append("Read it against the change, and amend it if the change touches what it says.")
    if affected.coming:
        day = dates.long(affected.coming.effective)
        said.append(f"Version {affected.coming.version} follows on {day}; what is urgent comes before it.")
    elif not affected.review and not accepted:
        said.append("Until that is done: --open-review.")
    return tuple(said)


def as_text(manual: Manual, found: Impact, *, colour: bool = False) -> str:
    """For people: the state of the law, then chapter by chapter each paragraph with what to do."""
    return "\n".join(_text(manual, found, printers.painter(colour=colour))) + "\n"


def _text(manual: Manual, found: Impact, paint: Paint) -> Iterator[str]:
    yield f"{found.called} ({found.target})"
    yield f"  on {dates.long(found.day)}: {found.state}"
    if found.url:
        yield f"  {found.url}"
    yield ""
    # One paragraph may cite it in the text of today and in the one to come.
    paragraphs = len({(one.chapter.slug, anchor) for one in found.affected for anchor in one.anchors})
    chapters = len({affected.chapter.slug for affected in found.affected})
    if not found.affected:
        yield "No chapter cites it."
    else:
        yield f"Cited in {counted(paragraphs, 'paragraph')} of {counted(chapters, 'chapter')}:"
    for affected in found.affected:
        yield ""
        yield from _chapter(affected, paint)
    for target, count in found.whole:
        yield ""
        called = wording.called(manual.register, target)
        yield f"{called} is cited as a whole in {counted(count, 'paragraph')}:"
        yield f"  chapterhouse impact {target}"
    if found.records:
        yield ""
        yield "Amendments made because of it:"
        for chapter, record in found.records:
            day = dates.long(record.effective)
            summary = printers.visible(record.summary)
            yield f"  {chapter.head.chapter}, version {record.version}, {day}: {summary}"
    if found.duties:
        yield ""
        yield "Bodies that it binds:"
        yield from (f"  {duty.body}" for duty in found.duties)


def _chapter(affected: Affected, paint: Paint) -> Iterator[str]:
    head = affected.chapter.head
    yield f"{head.chapter} {printers.visible(head.title)} ({_state(affected)})"
    for place in affected.places:
        where = f"paragraph {place.paragraph}" if place.paragraph else place.anchor or "the opening"
        if place.mention.footnote:
            where += f", footnote {place.mention.footnote}"
        yield f"  {affected.chapter.source.path}:{place.line}:{place.column}: {where}"
        yield f"    {_marked(place, paint)}"
        for problem in place.mention.problems:
            yield f"    {told(problem, paint)}"
    for line in to_do(affected):
        yield f"  {paint('help', 'to do:')} {printers.visible(line)}"


def _marked(place: Place, paint: Paint) -> str:
    """The sentence with the words that cite in quotation marks before it."""
    return f"{paint('info', f'“{printers.visible(place.mention.words)}”')} in: {printers.visible(place.text)}"


def _state(affected: Affected) -> str:
    if affected.state == "draft":
        return "draft"
    day = dates.long(affected.effective) if affected.effective else ""
    version = affected.chapter.head.version
    said = f"version {version}, {'from' if affected.state == 'scheduled' else 'in force since'} {day}"
    if not day:
        said = "its records cannot be read"
    return f"{said}, under review" if affected.review else said


def outcomes(found: Sequence[Outcome], *, dry: bool, colour: bool = False) -> str:
    """For people: what became of each chapter; of a dry run the differences that would be written."""
    paint = printers.painter(colour=colour)
    lines = []
    for one in found:
        severity = "error" if one.state == "refused" else "info"
        lines.append(
            f"{one.chapter.source.path}: {paint(severity, one.state)}: {printers.visible(one.message)}"
        )
        if one.hint:
            lines.append(f"  {paint('help', 'help:')} {printers.visible(one.hint)}")
        if dry:
            lines += [difference(one.files)] if one.files else []
    if found and dry:
        lines.append("nothing was written: it is a dry run")
    return "\n".join((*lines, ""))


def difference(files: Sequence[File]) -> str:
    """The unified difference between the files of a chapter and what is to be written."""
    lines: list[str] = []
    for file in files:
        if file.before == file.after:
            continue
        before = (file.before or b"").decode().splitlines(keepends=True)
        after = file.after.decode().splitlines(keepends=True)
        if file.before is None and file.after == files[-1].after:
            lines.append(f"{file.path}: a copy of the chapter as it is below\n")
            continue
        origin = file.path if file.before is not None else "/dev/null"
        lines += difflib.unified_diff(before, after, origin, file.path)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines).rstrip("\n")


def as_json(manual: Manual, found: Impact, reviews: Sequence[Outcome] | None = None) -> str:
    """The contract of `impact --format json`.

    `{"schema": 1, "date", "instrument", "provision", "called", "url", "status", "state", "settled",
    "replaced_by": [{"instrument", "provision", "called"}], "chapters": [{"number", "slug", "title", "state":
    "published|scheduled|draft", "version", "effective", "under_review", "to_do": [...], "places": [{"path",
    "line", "column", "anchor", "paragraph", "footnote", "words", "text", "targets": [{"instrument",
    "provision"}], "problems": [{"code", "message", "hint"}]}]}], "whole": [{"instrument", "provision",
    "paragraphs"}], "amendments": [{"number", "slug", "version", "effective", "kind", "summary"}], "duties":
    [{"body", "territory", "provisions": [...]}]}`.

    Lines and columns count from one. `effective` is null for a draft. With `--open-review` also `"reviews":
    [{"slug", "path", "outcome": "opened|finished|kept|skipped|refused", "version", "paragraphs", "message",
    "hint", "files": [...]}]`.
    """
    register = manual.register
    document: dict[str, object] = {
        "schema": SCHEMA,
        "date": found.day.isoformat(),
        **_target(found.target),
        "called": found.called,
        "url": links.address(register, found.target),
        "status": found.standing.state,
        "state": found.state,
        "settled": found.standing.settled,
        "replaced_by": [{**_target(t), "called": wording.called(register, t)} for t in found.replaced_by],
        "chapters": [_affected(affected) for affected in found.affected],
        "whole": [{**_target(target), "paragraphs": count} for target, count in found.whole],
        "amendments": [
            {
                "number": chapter.head.chapter,
                "slug": chapter.slug,
                "version": record.version,
                "effective": record.effective.isoformat(),
                "kind": record.kind,
                "summary": record.summary,
            }
            for chapter, record in found.records
        ],
        "duties": [
            {"body": duty.body, "territory": duty.territory, "provisions": [str(t) for t in duty.provisions]}
            for duty in found.duties
        ],
    }
    if reviews is not None:
        document["reviews"] = [
            {
                "slug": one.chapter.slug,
                "path": one.chapter.source.path,
                "outcome": one.state,
                "version": one.version,
                "paragraphs": one.paragraphs,
                "message": one.message,
                "hint": one.hint,
                "files": [file.path for file in one.files if file.before != file.after],
            }
            for one in reviews
        ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _target(target: Target) -> dict[str, str]:
    return {"instrument": target.instrument, "provision": target.provision}


def _affected(affected: Affected) -> dict[str, object]:
    head = affected.chapter.head
    return {
        "number": head.chapter,
        "slug": affected.chapter.slug,
        "title": head.title,
        "state": affected.state,
        "version": head.version,
        "effective": affected.effective.isoformat() if affected.effective else None,
        "under_review": affected.review is not None,
        "to_do": to_do(affected),
        "places": [
            {
                "path": affected.chapter.source.path,
                "line": place.line,
                "column": place.column,
                "anchor": place.anchor,
                "paragraph": place.paragraph,
                "footnote": place.mention.footnote,
                "words": place.mention.words,
                "text": place.text,
                "targets": [_target(target) for target in place.targets],
                "problems": rows(place.mention.problems),
            }
            for place in affected.places
        ],
    }
