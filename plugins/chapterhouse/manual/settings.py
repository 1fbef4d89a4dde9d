"""What `mkdocs.yml` says of a manual: its name, and where it is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chapterhouse.diagnostics import printers
from chapterhouse.fields import nodes
from chapterhouse.manual.tree import Tree
from chapterhouse.model import Diagnostic, Source

FILE = "mkdocs.yml"
INHERIT = "INHERIT"
MERGE = "<<"
YES = frozenset({"true", "yes", "on"})
"""What YAML 1.1 takes for true, in small letters."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the data of a manual says of all of it."""

    name: str
    url: str
    """Where the site is published, with a slash at its end, as MkDocs has it; empty where nobody has said."""


def settings(root: Path, url: str | None = None) -> Settings:
    """The settings of the manual in a folder; `url` stands in the place of what the file says.

    MkDocs has ways to put a value together from elsewhere (`!ENV`, `INHERIT`), and only MkDocs follows them.
    Raises ValueError where a value is not written out, or the file cannot be read.
    """
    source, entries, faults = _read(root)
    tags = _tags(faults)

    def value(key: str) -> str:
        found = entries.get(key)
        if found is None:
            return ""
        if _place(source, found) in tags or not isinstance(found, nodes.Scalar):
            raise ValueError(f"{key} in {FILE} is not written out")
        return found.text.strip()

    name, address = value("site_name"), value("site_url") if url is None else url
    if not name:
        raise ValueError(f"{FILE} has no site_name")
    if address and not (urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc):
        raise ValueError(f"{address} is no address of a site: write it like https://procedures.example/")
    return Settings(name, f"{address.rstrip('/')}/" if address else "")


def pdf(root: Path) -> bool | None:
    """Whether the site of the manual in a folder is to carry a PDF file of each chapter: `pdf: true`.

    None where the file alone does not say: it takes the value, or what it stands in, from elsewhere, as by
    `!ENV`, an alias or `INHERIT`; or it cannot be read.
    """
    try:
        source, entries, faults = _read(root)
    except ValueError:
        return None
    plugins = entries.get("plugins")
    # MkDocs merges dictionaries with those that it inherits; a list takes the place of the other.
    merged = INHERIT in entries and not isinstance(plugins, nodes.Sequence)
    otherwise = None if merged else False
    if plugins is None:
        return otherwise
    tags = _tags(faults)
    listed = plugins.items if isinstance(plugins, nodes.Sequence) else (plugins,)
    if any(_place(source, one) in tags for one in (plugins, *listed)):
        return None
    options = next((own for one in listed if (own := _entries(one).get("chapterhouse"))), None)
    if options is None:
        return otherwise
    told = _entries(options)
    said = told.get("pdf")
    if _place(source, options) in tags or MERGE in told:
        return None
    if said is None:
        return otherwise
    if not isinstance(said, nodes.Scalar) or _place(source, said) in tags:
        return None
    return said.text.lower() in YES


def _read(root: Path) -> tuple[Source, dict[str, nodes.Node], tuple[Diagnostic, ...]]:
    """The file, its keys, and what is wrong with it. Raises ValueError where it gives none."""
    tree = Tree(root)
    source = tree.read(FILE)
    if source is None:
        raise ValueError("; ".join(f"{one.path}: {one.message}" for one in tree.faults))
    node, faults = nodes.read(source, 0, len(source.text))
    entries = _entries(node) if node else {}
    if not entries:
        raise ValueError(printers.text(faults, tree.sources) or f"{FILE} is empty")
    return source, entries, faults


def _tags(faults: Iterable[Diagnostic]) -> frozenset[tuple[int, int]]:
    """The places at which something stands that only MkDocs can follow."""
    return frozenset(
        (one.span.line, one.span.column) for one in faults if one.code in ("yaml-tag", "yaml-alias")
    )


def _place(source: Source, node: nodes.Node) -> tuple[int, int]:
    span = source.span(node.start, node.start)
    return span.line, span.column


def _entries(node: nodes.Node) -> dict[str, nodes.Node]:
    """The keys of a mapping with their values; of anything else none."""
    return {name.text: one for name, one in node.entries} if isinstance(node, nodes.Mapping) else {}
