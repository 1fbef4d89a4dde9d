"""`SHA256SUMS`: the digests of a chapter's archived versions, chained so that removal and reordering show.

`sha256sum -c --strict` accepts the file: each line of it that is no comment is a digest, two spaces and a
name. Above each such line stands `# previous: ` with the digest of all bytes above that comment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence

NAME = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^\s/\\]+)")
MARKS = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")
PREVIOUS = re.compile(r"# previous: ([0-9a-f]{64})")


class ManifestError(ValueError):
    """A manifest that is not as it was written; `line` is the first line at fault, counted from 1.

    `merged` says that it is so because two editors added to it at once, `doubled` that this line and the one
    below it repeat two above.
    """

    def __init__(self, line: int, message: str, *, merged: bool = False, doubled: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.merged = merged
        self.doubled = doubled


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes) -> Mapping[str, str]:
    """The digests by the names of the files, in order. Raises ManifestError where the chain is broken."""
    found: dict[str, str] = {}
    links: set[str] = set()
    chained = listed = False
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        text = line.decode("ascii", "replace").removesuffix("\n")
        if reason := _unlike(text, line):
            raise ManifestError(number, reason, merged=bool(MARKS.match(text)))
        if previous := PREVIOUS.fullmatch(text):
            if error := _unlinked(lines, number, previous[1], links):
                raise error
            links.add(previous[1])
            chained, listed = True, False
        elif entry := LINE.fullmatch(text):
            if not chained:
                # Of two lines that were added to the same ones, git keeps the link above them once.
                reason = "the line has no `# previous:` above it"
                raise ManifestError(number, reason, merged=listed)
            if entry[2] in found:
                raise ManifestError(number, f"{entry[2]} is listed twice")
            found[entry[2]] = entry[1]
            chained, listed = False, True
        elif not text.startswith("# ") or chained:
            raise ManifestError(number, "the line is neither a digest with a name nor a comment")
    if chained:
        raise ManifestError(data.count(b"\n"), "the line that belongs below is missing")
    return found


def told_apart(data: bytes) -> Mapping[str, frozenset[str]]:
    """The digests of each name that stands beside more than one, as where git put two manifests together."""
    found: dict[str, set[str]] = {}
    for line in data.decode("ascii", "replace").splitlines():
        if entry := LINE.fullmatch(line):
            found.setdefault(entry[2], set()).add(entry[1])
    return {name: frozenset(digests) for name, digests in found.items() if len(digests) > 1}


def _unlinked(lines: Sequence[bytes], number: int, link: str, links: Collection[str]) -> ManifestError | None:
    """What is wrong with the link on a line; None where it holds."""
    if _repeats(lines, number - 1):
        return ManifestError(number, "this line and the one below it stand twice", doubled=True)
    if link in links:
        return ManifestError(number, "two lines stand upon the same lines above", merged=True)
    if link != digest(b"".join(lines[: number - 1])):
        return ManifestError(number, "the lines above are not those that were written")
    return None


def _repeats(lines: Sequence[bytes], index: int) -> bool:
    """Whether a line and the one below it stand above too, as they are."""
    pair = lines[index : index + 2]
    return len(pair) > 1 and any(lines[above : above + 2] == pair for above in range(index - 1))


def _unlike(text: str, line: bytes) -> str:
    """Why a line is not as it was written, whatever it says; empty where it may be."""
    if MARKS.match(text):
        return "git left the marks of a merge here"
    if line.endswith((b"\r\n", b"\r")):
        return "the line ends as Windows or an old Mac ends lines"
    if not line.endswith(b"\n"):
        return "the line has no end"
    for kind in (LINE, PREVIOUS):
        if kind.fullmatch(text.lower()) and not kind.fullmatch(text):
            return "capitals stand where small letters were written"
    return ""


def appended(data: bytes, name: str, sha256: str) -> bytes:
    """The manifest with one more line, and the link of the chain above it."""
    return data + f"# previous: {digest(data)}\n{sha256}  {name}\n".encode("ascii")
