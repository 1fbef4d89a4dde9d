"""What the tests share: the small manual of the cases, and the flag that rewrites golden files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from chapterhouse import manifest
from chapterhouse.chapters import numbers

# How long one example takes says how busy the machine is, and nothing of the code.
settings.register_profile("chapterhouse", deadline=None)
settings.load_profile("chapterhouse")

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="write the golden files anew, to be read before a commit"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file when asked to."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--golden"):
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_text(encoding="utf-8")

    return compare


def archive_manual(root: Path, *slugs: str) -> None:
    """Put the live chapters of a manual (or some of them) in its archive, and list all that is there.

    A chapter that says no version is left alone. Whatever was listed before is forgotten.
    """
    content = root / "procedures"
    found = {path.relative_to(content).with_suffix("").as_posix(): path for path in content.glob("*/*.md")}
    found = {
        slug: path for slug, path in found.items() if not (path.is_symlink() or path.parent.is_symlink())
    }
    for slug in slugs or found:
        folder = root / "amendments" / slug
        data = found[slug].read_bytes() if slug in found and found[slug].is_file() else b""
        if version := re.search(rb"^version: *[\"']?([0-9.]{1,20})\b", data, re.MULTILINE):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{version[1].decode()}.md").write_bytes(data)
        list_archive(folder)


def list_archive(folder: Path) -> None:
    """Write the manifest of a folder of the archive anew."""
    sums = b""
    files = [path for path in folder.glob("*.md") if re.fullmatch(r"[0-9.]+", path.stem) and path.is_file()]
    for path in sorted(files, key=lambda path: numbers.key(path.stem)):
        sums = manifest.appended(sums, path.name, manifest.digest(path.read_bytes()))
    if files:
        (folder / manifest.NAME).write_bytes(sums)


@pytest.fixture(scope="session")
def archive() -> Callable[..., None]:
    """Archives the live chapters of a manual as they stand: `archive(root)`, `archive(root, slug)`."""
    return archive_manual


@pytest.fixture
def small_manual(tmp_path: Path) -> Path:
    """A copy of the manual of the cases: two sound chapters of one part."""
    return Path(shutil.copytree(HERE / "cases" / "manual", tmp_path / "manual"))


@pytest.fixture
def sample() -> Path:
    """The sample manual: the repository itself."""
    return HERE.parent
