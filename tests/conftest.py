"""What the tests share: the small manual of the cases, and the flag that rewrites golden files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

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


@pytest.fixture
def small_manual(tmp_path: Path) -> Path:
    """A copy of the manual of the cases: two sound chapters of one part."""
    return Path(shutil.copytree(HERE / "cases" / "manual", tmp_path / "manual"))


@pytest.fixture
def sample() -> Path:
    """The sample manual: the repository itself."""
    return HERE.parent
