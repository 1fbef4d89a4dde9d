"""`SHA256SUMS`: the digests of a chapter's archived versions, chained so that removal and reordering show.

`sha256sum -c --strict` accepts the file: each line of it that is no comment is a digest, two spaces and a
name. Above each such line stands `# previous: ` with the digest of all bytes above that comment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

NAME = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^\s/\\]+)")
PREVIOUS = re.compile(r"# previous: ([0-9a-f]{64})")


class ManifestError(ValueError):
    """A manifest that is not as it was written; `line` is the first line at fault, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes) -> Mapping[str, str]:
    """The digests by the names of the files, in order. Raises ManifestError where the chain is broken."""
    found: dict[str, str] = {}
    chained = False
    place = 0
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        text = line.decode("ascii", "replace").removesuffix("\n")
        if previous := PREVIOUS.fullmatch(text):
            if previous[1] != digest(data[:place]):
                raise ManifestError(number, "the lines above are not those that were written")
            chained = True
        elif entry := LINE.fullmatch(text):
            if not chained:
                raise ManifestError(number, "the line has no `# previous:` above it")
            if entry[2] in found:
                raise ManifestError(number, f"{entry[2]} is listed twice")
            found[entry[2]] = entry[1]
            chained = False
        elif not text.startswith("# ") or chained:
            raise ManifestError(number, "the line is neither a digest with a name nor a comment")
        if not line.endswith(b"\n"):
            raise ManifestError(number, "the line has no end")
        place += len(line)
    if chained:
        raise ManifestError(data.count(b"\n"), "the line that belongs below is missing")
    return found


def appended(data: bytes, name: str, sha256: str) -> bytes:
    """The manifest with one more line, and the link of the chain above it."""
    return data + f"# previous: {digest(data)}\n{sha256}  {name}\n".encode("ascii")
