"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that at every instant it is the old one or the new one, whatever stops us.

    Raises OSError; then the old file stands, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp keeps the file to its owner; a chapter is read like any other.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


class ChangedError(Exception):
    """A file is not what it was when the work was planned; the argument is its path."""


def write_in_order(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Write files one after the other, each whole, and read each again.

    Of each: its path, what it must hold now (None: there must be no file), and what it is to hold. One that
    holds that already is left alone, so that work that was stopped goes on where it stopped. Raises OSError,
    and ChangedError where somebody else has written meanwhile; then what follows is not written.
    """
    for path, before, after in files:
        now = read(path)
        if now == after:
            continue
        if now != before:
            raise ChangedError(path)
        write_atomically(path, after)
        if read(path) != after:
            raise ChangedError(path)


def read(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
