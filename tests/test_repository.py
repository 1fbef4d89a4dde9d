"""What stands around the code keeps its word: locks, commands, links, the editor's task."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from chapterhouse import cli
from chapterhouse.diagnostics import fault, printers
from chapterhouse.model import Source, Span

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
GROUPS = PROJECT["dependency-groups"]
LOCKS = {
    "requirements.lock": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "requirements-dev.lock": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["dev"]],
}


def pins(name: str) -> dict[str, str]:
    """The locked versions by package."""
    text = (ROOT / name).read_text("utf-8")
    found: dict[str, str] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE):
        assert package not in found, f"{package} stands twice in {name}: readers' sites would differ"
        found[package] = version
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_satisfies_the_project(name: str) -> None:
    locked = pins(name)
    for written in LOCKS[name]:
        requirement = Requirement(written)
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{written}, locked at {version}: run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links| /", text)
    for block in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in block, block.partition("\n")[0]


def test_tests_run_on_what_a_site_is_built_with() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_the_readme_names_only_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = " ".join(CODE.findall(README))
    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= targets
    assert set(re.findall(r"\bchapterhouse ([a-z-]+)", code)) <= set(cli.VERBS)


def links() -> Iterator[tuple[str, str]]:
    """Every relative link of the documents: the document and the file that it names."""
    for document in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        prose = CODE.sub("", document.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", prose):
            yield str(document.relative_to(ROOT)), target


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{name}: {target}" for name, target in links() if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_the_architecture_names_every_module() -> None:
    """In a row of its folder or in the text about it; the name alone, without `.py`."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = {part for code in re.findall(r"`([^`\n]+)`", text) for part in re.split(r"[/.]", code)}
    package = ROOT / "plugins" / "chapterhouse"
    modules = {path.stem for path in package.rglob("*.py")} - {"__init__", "__main__"}
    assert sorted(modules - named) == []


def test_the_editors_task_understands_check() -> None:
    task = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    source = Source("procedures/core/referrals.md", "effective: 2026-13-01\n")
    shown = printers.text([fault("bad-date", source, Span(1, 12, 1, 22), "not a date", "write")], {})
    match = re.match(pattern["regexp"], shown.splitlines()[0])
    assert match is not None
    fields = {name: match[index] for name, index in pattern.items() if name != "regexp"}
    assert fields == {
        "file": source.path,
        "line": "1",
        "column": "12",
        "severity": "error",
        "code": "bad-date",
        "message": "not a date",
    }
