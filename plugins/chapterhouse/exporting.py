"""The data of a manual written to a folder, without a site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from chapterhouse import crossreference, outputs
from chapterhouse.manual.settings import Settings
from chapterhouse.manual.tree import ARCHIVE, CONTENT
from chapterhouse.model import Manual
from chapterhouse.writing import write_atomically


class OwnFolderError(Exception):
    """A folder that holds the manual itself; the argument is its path."""


def data(manual: Manual, day: date, settings: Settings) -> Mapping[str, bytes]:
    """Every file of data that the site of a manual has, by path from its root."""
    law, uses = crossreference.index(manual, day), crossreference.uses(manual, day)
    records = crossreference.recorded(manual, day)
    return outputs.files(manual, day, settings.name, settings.url, law, uses, records)


def export(files: Mapping[str, bytes], output: Path, root: Path) -> None:
    """Write files below `output`, each whole. What else stands there stays.

    Raises OwnFolderError, before anything is written, where one would stand in the manual in `root` or take
    its place; OSError where one cannot be written.
    """
    own, top = root.resolve(), output.resolve()
    # A folder below may be a link that leads elsewhere.
    folders = {top, *((output / path).parent.resolve() for path in files)}
    for folder in sorted(folders):
        if within(folder, own) or own.is_relative_to(folder):
            raise OwnFolderError(folder)
    for path, content in files.items():
        write_atomically(output / path, content)


def within(path: Path, root: Path) -> bool:
    """Whether a resolved path is that of a folder of the manual in `root`, or below one."""
    return any(path.is_relative_to(root / name) for name in (CONTENT, ARCHIVE))
