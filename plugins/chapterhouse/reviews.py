"""Chapters put under review on disk, because of the law that they cite."""

from __future__ import annotations

from pathlib import Path

from chapterhouse import manual as manuals
from chapterhouse import recorder
from chapterhouse.manual import reviewing
from chapterhouse.manual.impact import Impact
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.manual.reviewing import Outcome, Request
from chapterhouse.model import Manual


def put_under_review(
    root: Path, manual: Manual, found: Impact, request: Request, *, dry: bool
) -> tuple[Outcome, ...]:
    """What becomes of each chapter that an impact names; written, and proved by reading the manual again.

    `manual` is what was read from `root`. With `dry` nothing is written.
    """
    faults = manuals.check(manual, request.day)
    planned = reviewing.plan(manual, found, request, faults)
    if dry or not any(outcome.files for outcome in planned):
        return planned
    done = [_written(root, outcome) for outcome in planned]
    wrong = recorder.proved(root, [outcome.chapter for outcome in done if outcome.files], request.day, faults)
    return tuple(
        outcome.refused(f"it was written, and has an error now: {fault.message}", fault.hint)
        if (fault := wrong.get(outcome.chapter.slug))
        else outcome
        for outcome in done
    )


def _written(root: Path, outcome: Outcome) -> Outcome:
    """Write the files of one chapter; what came of it."""
    try:
        recorder.write(root, outcome.files)
    except RefusedError as refused:
        return outcome.refused(str(refused), refused.hint)
    return outcome
