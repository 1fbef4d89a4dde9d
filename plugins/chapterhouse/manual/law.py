"""The register of legislation: the national one, which comes with the package, and a manual's own."""

from __future__ import annotations

from functools import cache
from importlib import resources

from chapterhouse.citations import reading
from chapterhouse.law import Register
from chapterhouse.manual.tree import CONTENT, Tree
from chapterhouse.model import Diagnostic, Source

LEGISLATION = f"{CONTENT}/legislation.yml"
TITLES_PATH = "chapterhouse/data/titles.tsv"


@cache
def national() -> Register:
    """The national register, read once. It is the law of both England and Wales."""
    return read_national()[0]


def read_national() -> tuple[Register, tuple[Diagnostic, ...]]:
    """The national register, and what is wrong with its files."""
    sources = []
    for path in (reading.NATIONAL_PATH, TITLES_PATH):
        file = resources.files("chapterhouse").joinpath(path.removeprefix("chapterhouse/"))
        sources.append(Source(path, file.read_text("utf-8")))
    return reading.read_register(*sources)


def local(tree: Tree) -> Register:
    """The national register with what the manual adds to it in `procedures/legislation.yml`.

    What is wrong with that file is added to the faults of the tree; the rest of it still holds.
    """
    source = tree.read(LEGISLATION)
    if source is None or tree.is_conflicted(source):
        return national()
    register, faults = reading.with_local(national(), source)
    if faults:
        tree.faults.extend(faults)
        tree.unread.add(LEGISLATION)
    return register
