"""Documents of other people read from disk, and their drafts written to a folder."""

from __future__ import annotations

import dataclasses
import os
import posixpath
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from chapterhouse import manual as manuals
from chapterhouse.importers import choosing
from chapterhouse.importers.blocks import Document, RefusedError, own_text, size_told, within
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.drafts.drafting import Imported, Place
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Recognised
from chapterhouse.manual import law, settings, slugs
from chapterhouse.manual.tree import ARCHIVE, CONTENT, MAX_BYTES, manual_of
from chapterhouse.model import Manual, Part
from chapterhouse.writing import write_atomically

PART = Part("imported", "Imported")
"""The part that drafts are judged in where the folder for them is in no manual."""


class PlaceError(ValueError):
    """A folder in which no chapter can stand; the argument says why in one line."""


def run(files: Sequence[Path], output: Path, day: date) -> tuple[Imported, ...]:
    """Make a draft of each file, in order, and write it below `output`.

    Nothing that is there already is written over, and nothing is written outside of `output`. A draft that
    cannot be written is told like a file that cannot be read. Raises PlaceError where `output` is no folder
    and cannot become one, or where a manual can have no chapter; OSError where the manual cannot be read.
    """
    if why := _no_folder(output):
        raise PlaceError(why)
    place = _place(output)
    read = [(file, *_read(file)) for file in files]
    found = [(_whole(file), one) for file, one, _ in read if isinstance(one, Recognised)]
    drafts = iter(drafting.drafts(found, place, day))
    done = []
    for file, one, remarks in read:
        if isinstance(one, str):
            done.append(Imported(str(file), refused=one))
        else:
            done.append(_written(Imported(str(file), draft=next(drafts), remarks=remarks), output))
    return tuple(done)


def _no_folder(output: Path) -> str:
    """Why there can be no folder of a path; nothing, if there is one or it can be made."""
    for step in (output, *output.parents):
        if step.is_dir():
            return ""
        if step.exists():
            return f"{step} is no folder"
        if step.is_symlink():
            return f"{step} is a link that leads nowhere"
    return ""


def _whole(file: Path) -> str:
    """The path of a file from the root, as links between files are read: with strokes, without steps back.

    A name may have bytes that are no text.
    """
    return os.fsencode(posixpath.normpath(file.absolute().as_posix())).decode("utf-8", "replace")


def _read(file: Path) -> tuple[Recognised | str, tuple[str, ...]]:
    """What was recognised in a file, or why it is not read; and what was odd about it."""
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            return "it is not a file (a folder, perhaps)", ()
        within(about.st_size, "file")
        with file.open("rb") as opened:
            document = choosing.read(file.name, opened.read(about.st_size + 1))
    except RefusedError as error:
        return str(error), ()
    except OSError as error:
        return error.strerror or "it cannot be read", ()
    if why := _too_long(document):
        return why, ()
    return recognise(document), document.remarks


def _too_long(document: Document) -> str:
    """Why a document is no chapter, whatever is recognised in it: by its words alone."""
    size = sum(len(own_text(part).encode()) for part in document.blocks)
    return _divide("its text", size) if size > MAX_BYTES else ""


def _divide(what: str, size: int) -> str:
    return f"{size_told(size, 'chapter', MAX_BYTES, what)}: divide the document"


def _written(imported: Imported, output: Path) -> Imported:
    draft = imported.draft
    if draft is None:
        return imported
    path = output / f"{PurePosixPath(draft.slug).name}.md"
    data = draft.source.text.encode()
    if len(data) > MAX_BYTES:
        return dataclasses.replace(imported, draft=None, refused=_divide("its draft", len(data)))
    try:
        write_atomically(path, data, new=True)
    except FileExistsError:
        why = f"{path} is there already: choose another folder, or move it"
        return dataclasses.replace(imported, draft=None, refused=why)
    except OSError as error:
        why = f"its draft cannot be written to {path}: {error.strerror}"
        return dataclasses.replace(imported, draft=None, refused=why)
    return dataclasses.replace(imported, written=str(path))


def _place(output: Path) -> Place:
    """The manual that a folder belongs to, and the part that it is; an empty manual where it is in none."""
    whole = output.resolve()
    root = manual_of([whole, *whole.parents])
    if root is None:
        empty = Manual((), (), (PART,), (), {}, frozenset(), {}, law.national(), ())
        return Place(empty, PART.folder, inside=False)
    steps = whole.relative_to(root.resolve()).parts
    base, url = manuals.load(root), _url(root)
    if steps[:1] == (ARCHIVE,):
        raise PlaceError(f"{output} is in the archive of published versions: name a part, as {CONTENT}/core")
    if steps[:1] != (CONTENT,):
        base = dataclasses.replace(base, parts=(*base.parts, PART))
        return Place(base, PART.folder, inside=False, url=url)
    if len(steps) != 2:
        raise PlaceError(f"{output} is no part of the manual: chapters stand in one, as in {CONTENT}/core")
    for _, why, hint in slugs.complaints(f"{steps[1]}/chapter"):
        raise PlaceError(f"{output} can be no part of the manual: {why}; {hint}")
    return Place(base, steps[1], url=url)


def _url(root: Path) -> str:
    """Where the manual says that it is published, if it says so in its own words."""
    try:
        return settings.settings(root).url
    except ValueError:
        return ""
