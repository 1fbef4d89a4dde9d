"""A new version on disk: its files written in their order, and the manual read again to prove them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from chapterhouse import manual as manuals
from chapterhouse.manual import recording
from chapterhouse.manual.recording import File, RefusedError
from chapterhouse.model import Chapter, Diagnostic
from chapterhouse.writing import ChangedError, write_in_order


def write(root: Path, files: Sequence[File]) -> None:
    """Write the files of one chapter. Raises RefusedError, saying what stands."""
    try:
        write_in_order((root / file.path, file.before, file.after) for file in files)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        hint = "what was written stands: put that right, and give the same command again"
        raise RefusedError(f"it cannot be written: {where}{error.strerror}", hint) from None
    except ChangedError as error:
        raise RefusedError(f"{error} was changed meanwhile", "give the same command again") from None


def proved(root: Path, chapter: Chapter, day: date, before: Sequence[Diagnostic]) -> Diagnostic | None:
    """An error that a chapter has now, as it is read again, and did not have before."""
    known = {(fault.code, fault.message) for fault in before}
    found = recording.errors(manuals.check(manuals.load(root), day), chapter)
    return next((fault for fault in found if (fault.code, fault.message) not in known), None)
