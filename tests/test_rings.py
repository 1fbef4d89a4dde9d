"""The rings of the code: imports point down, and the core loads neither MkDocs nor click."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import chapterhouse

PACKAGE = Path(chapterhouse.__file__).parent
RINGS = (
    ("model", "law", "mention", "terms", "diagnostics", "dates", "fields", "masking"),
    (
        "frontmatter",
        "amending",
        "chapters",
        "citations",
        "glossary",
        "references",
        "markup",
        "history",
        "manifest",
        "redline",
    ),
    ("manual",),
    (
        "addresses",
        "editions",
        "crossreference",
        "render",
        "outputs",
        "paper",
        "qr",
        "sheet",
        "site",
        "importers",
        "theming",
        "verify",
    ),
    ("mkdocs_plugin", "cli", "recorder", "reviews", "exporting", "importing", "writing"),
)
RING = {name: ring for ring, names in enumerate(RINGS) for name in names}
MODULES = sorted(
    path.relative_to(PACKAGE)
    for path in PACKAGE.rglob("*.py")
    if path.name not in ("__init__.py", "__main__.py")
) + sorted(path.relative_to(PACKAGE) for path in PACKAGE.glob("*/__init__.py"))


def imported(path: Path) -> Iterator[str]:
    """The absolute names that a module imports, `from a import b` as `a.b`."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def noun(path: Path) -> str:
    """The module or folder of the package that a file belongs to."""
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path: Path) -> None:
    here = noun(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "chapterhouse" or len(parts) == 1 or parts[1] == "__version__":
            continue
        there = parts[1]
        if there == here:
            continue
        below = RING[there] < RING[here]
        # Ring 1 modules do not know one another; in the outer rings views build on views.
        beside = RING[there] == RING[here] and RING[here] in (0, 3, 4)
        assert below or beside, f"{here} imports {there}"


def test_no_two_modules_of_a_ring_import_one_another() -> None:
    """Not even by way of a third: static_order refuses a circle."""
    uses: dict[str, set[str]] = {name: set() for name in RING}
    for path in MODULES:
        parts = (name.split(".") for name in imported(path) if name.startswith("chapterhouse."))
        uses[noun(path)] |= {part[1] for part in parts if part[1] in RING} - {noun(path)}
    # A manual has a register, and a problem may be accepted: names of types alone.
    uses["law"].discard("model")
    uses["terms"].discard("model")
    assert len(list(TopologicalSorter(uses).static_order())) == len(RING)


@pytest.mark.parametrize("path", [path for path in MODULES if noun(path) == "verify"], ids=str)
def test_the_proof_asks_nothing_of_the_code_that_builds(path: Path) -> None:
    building = {
        "addresses",
        "editions",
        "render",
        "crossreference",
        "outputs",
        "paper",
        "qr",
        "sheet",
        "site",
        "importers",
        "theming",
        "mkdocs_plugin",
    }
    nouns = {name.split(".")[1] for name in imported(path) if name.startswith("chapterhouse.")}
    assert not nouns & building


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_mkdocs_and_click_stay_at_the_edge(path: Path) -> None:
    edges = {"mkdocs": "mkdocs_plugin", "click": "cli"}
    for name in imported(path):
        top = name.partition(".")[0]
        if top in edges:
            assert noun(path) == edges[top]


def test_every_module_has_a_ring() -> None:
    assert {noun(path) for path in MODULES} == set(RING)


def test_the_core_loads_neither_mkdocs_nor_click() -> None:
    """Not even through a library."""
    names = ", ".join(f"chapterhouse.{name}" for ring in RINGS[:4] for name in ring)
    script = f"import sys, {names}; print(sorted({{'mkdocs', 'click', 'material'}} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_only_the_reader_of_the_tree_reads_files() -> None:
    """Disk is read in one module, and at the edge. `verify` reads a site, others the package's own data."""
    reading = {"manual/tree.py", "writing.py", "verify/site.py"}
    reading |= {"mkdocs_plugin/plugin.py", "mkdocs_plugin/settings.py"}
    reading |= {"manual/law.py", "outputs/common.py", "paper/engine.py"}
    reading |= {"importing.py"}  # documents of other people, which are no part of the tree
    for path in MODULES:
        if path.as_posix() in reading:
            continue
        nodes = list(ast.walk(ast.parse((PACKAGE / path).read_text("utf-8"))))
        names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert not names & {"read_text", "read_bytes", "scandir", "iterdir"}, path
        assert not any(isinstance(node, ast.Call) and opens(node) for node in nodes), path


def opens(call: ast.Call) -> bool:
    """Whether a call is `open(...)` or `path.open("rb")`; what is given bytes opens nothing on disk."""
    if ast.unparse(call.func) == "open":
        return True
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "open":
        return False
    own = ast.unparse(call.func.value) == "self"
    return not own and all(isinstance(one, ast.Constant) for one in call.args)
