"""What an editor's change of a chapter is, before it is recorded: the redline, its kind, its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chapterhouse import history
from chapterhouse.manual import changes, naming, recording, succession
from chapterhouse.manual.asked import Request
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Correction, Kind, Manual, Version
from chapterhouse.redline import Redline, compare


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that nobody recorded yet."""

    text: Chapter
    """What is to be recorded: the live chapter, or what is to take its place."""
    base: Chapter | None
    """The version that was changed; None before the first."""
    redline: Redline | None
    """What changed; None before the first version, and where nothing did."""
    kind: Kind
    cancels: Amendment | None = None
    """A scheduled version that is overtaken; it is cancelled where no byte of the text changed."""


def proposal(
    manual: Manual, text: Chapter, base: Chapter | None, request: Request, day: date
) -> Proposal | None:
    """What changed from a version to a text; None where nothing did and nothing scheduled is overtaken."""
    if base is None:
        return Proposal(text, None, None, "new")
    records = manual.histories[text.slug].chapter.head.amendments
    cancels = next(iter(overtaken(records, day, request.effective)), None)
    keys, places = history.unrecorded(text, base)
    if not keys and not places:
        return Proposal(text, base, None, "revised", cancels) if cancels else None
    redline = compare(base, text, dict(request.renumbered))
    return Proposal(text, base, redline, kind_of(redline, base, text), cancels)


def first(manual: Manual, chapter: Chapter) -> bool:
    """Whether a chapter has no version yet. Raises RefusedError where it cannot be published as it stands."""
    head = chapter.head
    if head.status == "draft":
        raise RefusedError("it is a draft", "take `status: draft` out when it is to be published")
    if "amendments" in head.unread:
        raise RefusedError("its records have faults", "run `chapterhouse check`, and correct them first")
    if head.amendments and head.version != head.amendments[0].version:
        newest = head.amendments[0].version
        was = f"version {head.version}" if head.version else "no version"
        message = f"the chapter says {was}, and its newest record is version {newest}"
        raise RefusedError(message, f'write `version: "{newest}"`: `amend` sets the next one itself')
    if head.amendments:
        return False
    if head.review is None and head.status != "withdrawn":
        hint = (
            "add `review:` below `owner:`, and below it `  due: YYYY-MM-DD`, when the owner checks it again"
        )
        raise RefusedError("it has no day by which it is reviewed", hint)
    if manual.histories[chapter.slug].archive:
        folder = f"{ARCHIVE}/{chapter.slug}"
        hint = "put its records back as they stand in the newest version there"
        raise RefusedError(f"it has no records, and {folder} holds versions of it", hint)
    return True


def numbers(redline: Redline) -> tuple[str, ...]:
    """The paragraphs and headings that a reader is told of; a new number alone is told otherwise."""
    found = [one.number for one in redline.told if one.number and (one.wording or not one.renumbered)]
    return tuple(dict.fromkeys(found))


def renumbered(redline: Redline) -> tuple[tuple[str, str], ...]:
    """Old numbers of paragraphs, and their new ones."""
    return tuple((one.was, one.number) for one in redline.changes if one.kind == "paragraph" and one.was)


def kind_of(redline: Redline, base: Chapter, text: Chapter) -> Kind:
    """The kind of amendment that a change looks like."""
    if text.head.status == "withdrawn" != base.head.status:
        return "withdrawn"
    told = redline.told
    if text.head.under_review != base.head.under_review and text.text == base.text:
        return "revised" if _others(text, base) else "reviewed"
    if not told or _others(text, base):
        return "revised"
    if all(one.state == "added" for one in told):
        return "added"
    if all(one.state == "removed" for one in told):
        return "removed"
    if all(one.renumbered and not one.wording for one in told):
        return "renumbered"
    return "revised"


def overtaken(records: tuple[Amendment, ...], day: date, asked: date | None = None) -> tuple[Amendment, ...]:
    """The overtaken versions that can still be cancelled, in their order.

    Those that are scheduled on `day`. One that has taken effect meanwhile is put right from its own day on,
    for which an editor asks.
    """
    known = [
        one for one, _ in history.overtaken(records, day) if one.effective > day or one.effective == asked
    ]
    return history.in_order(tuple(known))


def unsettled(chapter: Chapter, day: date) -> tuple[str, str]:
    """What is left to be done about the first overtaken version, and how; empty where there is none."""
    known = dict(history.overtaken(chapter.head.amendments, day))
    for one in history.in_order(tuple(known)):
        message = f"version {one.version}, of {one.effective}, does not hold the change of version "
        return message + known[one].version, succession.settling(chapter, one, known[one], day)
    return "", ""


def record(manual: Manual, found: Proposal, request: Request, day: date) -> Amendment:
    """The record of a change, with what nobody said worked out.

    Raises ValueError for what cannot be asked, and RefusedError where the chapter stands in the way.
    """
    known = manual.histories[found.text.slug]
    effective = request.effective or usual(found, day)
    published = request.published or day
    if effective < published and not request.reason:
        message = f"it takes effect on {effective}, before it is published on {published}"
        raise ValueError(f"{message}: say why with --reason, or put the dates right")
    _refuse_order(found, effective, day)
    kind = _kind(found, request)
    if not request.summary:
        raise ValueError("say what changed, in words for the reader: --summary")
    amendment = Amendment(
        version=recording.following(known.chapter, kind),
        effective=effective,
        published=published,
        kind=kind,
        summary=request.summary,
        because=request.because,
        approved_by=request.approved_by,
        reason=request.reason,
        action=request.action,
        roles=request.roles,
        renumbered=request.renumbered,
        corrects=_correction(manual, found, request, effective) if request.correct else None,
    )
    _refuse_unknown(found, request)
    redline = _redline(manual, found, amendment)
    if not request.renumbered and redline:
        amendment = replace(amendment, renumbered=renumbered(redline))
    paragraphs = request.paragraphs or (numbers(redline) if redline else ())
    return replace(amendment, paragraphs=paragraphs)


def usual(found: Proposal, day: date) -> date:
    """The day from which a change applies if nobody says."""
    return found.cancels.effective if found.cancels and not found.redline else day


def _refuse_order(found: Proposal, effective: date, day: date) -> None:
    """Refuse a day on which the version would not apply, or would bring along what is to come later."""
    newest = found.base.head.amendments[0] if found.base else None
    cancels = None if found.redline else found.cancels
    if cancels and newest and newest.effective > cancels.effective:
        message = f"version {newest.version}, on which it stands, takes effect on {newest.effective}"
        raise RefusedError(message, unsettled(found.text, day)[1])
    if cancels and effective != cancels.effective:
        message = f"version {cancels.version} would still take effect on {cancels.effective}"
        raise RefusedError(message, f"cancel it on that day: --effective {cancels.effective}")
    if newest is None or newest.effective <= effective:
        return
    message = f"version {newest.version}, on which it stands, takes effect on {newest.effective}"
    hint = f"give --effective {newest.effective} or later"
    if newest.effective > day:
        hint += "; what cannot wait is recorded on top of the version in force, with --from FILE --urgent"
    raise RefusedError(message, hint)


def _kind(found: Proposal, request: Request) -> Kind:
    kind = request.kind or ("corrected" if request.correct else found.kind)
    if request.correct and kind != "corrected":
        raise ValueError(f"--correct makes it a correction, and not {kind}: leave --kind out")
    if kind == "corrected" and not request.correct:
        raise ValueError("a correction says which version was published in error: give --correct VERSION")
    if (kind == "new") != (found.base is None):
        what = "the first version is new" if found.base is None else "only the first version is new"
        raise ValueError(f"--kind cannot be {kind}: {what}")
    return kind


def _correction(manual: Manual, found: Proposal, request: Request, effective: date) -> Correction:
    wrong = request.correct
    known = manual.histories[found.text.slug]
    records = known.chapter.head.amendments
    version = next((one for one in history.versions(known) if one.number == wrong), None)
    if version is None:
        named = ", ".join(one.version for one in records)
        raise ValueError(f"--correct {wrong}: there is no such version; there are: {named or 'none'}")
    start = version.amendment.effective
    last = effective - timedelta(days=1)
    until = max(min(version.until or last, last), start)
    if request.wrong_from is None and (start > effective or (version.until and version.until < start)):
        message = f"--correct {wrong}: that version has not been in force, so nothing is to be corrected"
        raise ValueError(f"{message}; change it without --correct, or say when it was shown: --wrong-from")
    start, until = request.wrong_from or start, request.wrong_until or until
    if until < start:
        raise ValueError(f"it was shown from {start} until {until}, which is earlier: put the two days right")
    return Correction(wrong, start, until)


def _redline(manual: Manual, found: Proposal, amendment: Amendment) -> Redline | None:
    """What a reader is told of the amendment: the change from what would apply on its day without it."""
    if found.base is None:
        return None
    known = manual.histories[found.text.slug]
    records = (amendment, *known.chapter.head.amendments)
    head = replace(found.text.head, version=amendment.version, amendments=records)
    after = replace(known, chapter=replace(found.text, head=head))
    before = history.before(after, amendment)
    if before is None:
        return found.redline
    return changes.between(after, before, Version(amendment, found.text, None))


def _refuse_unknown(found: Proposal, request: Request) -> None:
    old = frozenset(found.base.anchors) if found.base else frozenset()
    here = frozenset(found.text.anchors)
    named = [("--paragraph", number, here | old) for number in request.paragraphs]
    named += [("--renumbered", was, old) for was, _ in request.renumbered]
    named += [("--renumbered", now, here) for _, now in request.renumbered]
    for option, number, known in named:
        if number not in known:
            raise ValueError(f"{option}: {'; '.join(naming.no_paragraph(number, known))}")


def _others(text: Chapter, base: Chapter) -> bool:
    """Whether a key differs that makes a version, other than the review."""
    names = ("chapter", "title", "status", "numbering")
    return any(getattr(text.head, name) != getattr(base.head, name) for name in names)
