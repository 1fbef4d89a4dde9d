"""Documents of other people read from disk, and their drafts written to a folder."""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from chapterhouse import manual as manuals
from chapterhouse.importers import choosing
from chapterhouse.importers.blocks import Document, RefusedError
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.report import Imported
from chapterhouse.manual import law
from chapterhouse.manual.tree import CONTENT, MAX_BYTES, manual_of
from chapterhouse.model import Manual
from chapterhouse.writing import write_atomically

PART = "imported"
"""The part of a manual that drafts are judged in where the folder for them is in none."""


def run(files: Sequence[Path], output: Path, day: date) -> tuple[Imported, ...]:
    """Make a draft of each file, in order, and write it below `output`.

    Nothing that is there already is written over, and nothing is written outside of `output`. Raises OSError
    where a draft cannot be written.
    """
    read: list[tuple[Path, Document | str]] = [(file, _read(file)) for file in files]
    found = [(file.name, recognise(document)) for file, document in read if isinstance(document, Document)]
    base, folder = _place(output)
    drafts = iter(drafting.drafts(found, base, folder, day))
    done = []
    for file, document in read:
        if isinstance(document, str):
            done.append(Imported(str(file), refused=document))
            continue
        imported = Imported(str(file), draft=next(drafts), remarks=document.remarks)
        done.append(_written(imported, output))
    return tuple(done)


def _read(file: Path) -> Document | str:
    """The blocks of a file, or why it is not read."""
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            return "it is no file"
        if about.st_size > choosing.LARGEST:
            return f"it has {about.st_size:,} bytes, and {choosing.LARGEST:,} is the most"
        with file.open("rb") as opened:
            content = opened.read(choosing.LARGEST + 1)
        return choosing.read(file.name, content)
    except RefusedError as error:
        return str(error)
    except OSError as error:
        return error.strerror or "it cannot be read"


def _written(imported: Imported, output: Path) -> Imported:
    draft = imported.draft
    if draft is None:
        return imported
    path = output / f"{PurePosixPath(draft.slug).name}.md"
    data = draft.source.text.encode()
    if len(data) > MAX_BYTES:
        why = f"its draft has {len(data):,} bytes, and a chapter may have {MAX_BYTES:,}: divide the document"
        return dataclasses.replace(imported, draft=None, refused=why)
    try:
        write_atomically(path, data, new=True)
    except FileExistsError:
        why = f"{path} is there already: choose another folder, or move it"
        return dataclasses.replace(imported, draft=None, refused=why)
    return dataclasses.replace(imported, written=str(path))


def _place(output: Path) -> tuple[Manual, str]:
    """The manual that a folder belongs to, and the part that it is; an empty manual where it is in none."""
    whole = output.resolve()
    root = manual_of([whole, *whole.parents])
    if root is not None:
        inside = whole.is_relative_to(root.resolve() / CONTENT)
        steps = whole.relative_to(root.resolve() / CONTENT).parts if inside else ()
        return manuals.load(root), steps[0] if len(steps) == 1 else PART
    return Manual((), (), (), (), {}, frozenset(), {}, law.national(), ()), PART
