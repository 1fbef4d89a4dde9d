"""What `mkdocs.yml` says of a manual: its name, and where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from chapterhouse.diagnostics import printers
from chapterhouse.fields import nodes
from chapterhouse.manual.tree import Tree

FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the data of a manual says of all of it."""

    name: str
    url: str
    """Where the site is published; empty where nobody has said."""


def settings(root: Path, url: str | None = None) -> Settings:
    """The settings of the manual in a folder; `url` stands in the place of what the file says.

    MkDocs has ways to put a value together from elsewhere (`!ENV`, `INHERIT`), and only MkDocs follows them.
    Raises ValueError where a value is not written out, or the file cannot be read.
    """
    tree = Tree(root)
    source = tree.read(FILE)
    if source is None:
        raise ValueError("; ".join(f"{one.path}: {one.message}" for one in tree.faults))
    node, faults = nodes.read(source, 0, len(source.text))
    entries = node.entries if isinstance(node, nodes.Mapping) else None
    if entries is None:
        raise ValueError(printers.text(faults, tree.sources) or f"{FILE} is empty")
    tags = {fault.span.line for fault in faults if fault.code in ("yaml-tag", "yaml-alias")}

    def value(key: str) -> str:
        found = next((one for name, one in entries if name.text == key), None)
        if found is None:
            return ""
        line = source.span(found.start, found.start).line
        if line in tags or not isinstance(found, nodes.Scalar):
            raise ValueError(f"{key} in {FILE} is not written out")
        return found.text.strip()

    name, address = value("site_name"), value("site_url") if url is None else url
    if not name:
        raise ValueError(f"{FILE} has no site_name")
    if address and not (urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc):
        raise ValueError(f"{address} is no address of a site: write it like https://procedures.example/")
    return Settings(name, address)
