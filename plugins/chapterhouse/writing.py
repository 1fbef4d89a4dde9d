"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

SUFFIX = ".unfinished"
"""How the name of a file ends that is being written, and that a kill leaves behind."""
NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def write_atomically(path: Path, data: bytes, *, new: bool = False) -> None:
    """Write a file so that at every instant it is the old one or the new one, whatever stops us.

    What an earlier writing of it left behind, because it was killed, is taken away. With `new` there must be
    no such file: of two that write it at once, one gets FileExistsError. Raises OSError; then the old file
    stands, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp keeps the file to its owner; a chapter is read like any other.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        _put(Path(name), path, new=new)
    except FileNotFoundError:
        if not new or not path.exists():
            raise
        # Whoever was first has cleared away what stood beside the file, this writing too.
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    clear(path)


def clear(path: Path) -> None:
    """Take away what writings of a file left behind that were killed."""
    left = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}{re.escape(SUFFIX)}")
    for one in path.parent.glob(f".*{SUFFIX}"):
        if left.fullmatch(one.name):
            with contextlib.suppress(OSError):
                one.unlink()


def _put(written: Path, path: Path, *, new: bool) -> None:
    if not new:
        written.replace(path)
        return
    try:
        # Unlike a renaming, a link never takes the place of another file.
        path.hardlink_to(written)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # A file system without links.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        written.replace(path)


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
            clear(path)
            continue
        if now != before:
            raise ChangedError(path)
        try:
            write_atomically(path, after, new=before is None)
        except (FileExistsError, FileNotFoundError):
            # Somebody else has written it at the same time, and taken away what we had begun.
            if read(path) == before:
                raise
        if read(path) != after:
            raise ChangedError(path)


def read(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
