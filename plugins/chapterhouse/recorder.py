"""A new version on disk: its files written in their order, and the manual read again to prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from chapterhouse import manual as manuals
from chapterhouse.manual import recording
from chapterhouse.manual.recording import File
from chapterhouse.manual.refusal import RefusedError
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


def proved(
    root: Path, chapters: Iterable[Chapter], day: date, before: Sequence[Diagnostic]
) -> Mapping[str, Diagnostic]:
    """An error that each chapter or its archive has now, as they are read again, and that it had not before.

    By slug; what has none is left out. `before` is what `check` said then.
    """
    known = {(fault.path, fault.code, fault.message) for fault in before}
    faults = manuals.check(manuals.load(root), day)
    new = [fault for fault in faults if (fault.path, fault.code, fault.message) not in known]
    return {chapter.slug: found[0] for chapter in chapters if (found := recording.errors(new, chapter))}
