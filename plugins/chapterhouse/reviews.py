"""Chapters put under review on disk, because of the law that they cite."""

from __future__ import annotations

from pathlib import Path

from chapterhouse import manifest
from chapterhouse import manual as manuals
from chapterhouse.manual import reviewing
from chapterhouse.manual.impact import Impact
from chapterhouse.manual.reviewing import Outcome, Request
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Manual
from chapterhouse.writing import ChangedError, read, write_in_order


def put_under_review(
    root: Path, manual: Manual, found: Impact, request: Request, *, dry: bool
) -> tuple[Outcome, ...]:
    """What becomes of each chapter that an impact names; written, and proved by reading the manual again.

    `manual` is what was read from `root`. With `dry` nothing is written. Raises OSError where a manifest
    cannot be read.
    """
    faults = manuals.check(manual, request.day)
    slugs = {affected.chapter.slug for affected in found.affected}
    sums = {slug: read(root / ARCHIVE / slug / manifest.NAME) for slug in slugs}
    planned = reviewing.plan(manual, found, request, faults, sums)
    if dry or not any(outcome.files for outcome in planned):
        return planned
    done = [_written(root, outcome) for outcome in planned]
    return reviewing.proved(done, manuals.check(manuals.load(root), request.day), faults)


def _written(root: Path, outcome: Outcome) -> Outcome:
    """Write the files of one chapter; what came of it."""
    try:
        write_in_order((root / file.path, file.before, file.after) for file in outcome.files)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        hint = "what was written stands: put that right, and give the same command again"
        return outcome.refused(f"it cannot be written: {where}{error.strerror}", hint)
    except ChangedError as error:
        return outcome.refused(f"{error} was changed meanwhile", "give the same command again")
    return outcome
