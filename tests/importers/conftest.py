"""What the tests of importing share: documents of our own, in the shapes that other people's have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chapterhouse.importers import choosing
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Recognised

DOCUMENTS = Path(__file__).parent / "documents"
SEEDS = "CHAPTERHOUSE_SEEDS"
"""The environment variable that names a folder of real documents, which are not ours to keep here."""


@pytest.fixture(params=sorted(path.name for path in DOCUMENTS.iterdir()))
def document(request: pytest.FixtureRequest) -> Path:
    """Each of our own documents."""
    return DOCUMENTS / str(request.param)


@pytest.fixture
def seeds() -> list[Path]:
    """The real documents; a test that asks for them is skipped where there are none."""
    folder = os.environ.get(SEEDS, "")
    found = sorted(Path(folder).glob("*.txt")) if folder else []
    if not found:
        pytest.skip(f"{SEEDS} names no folder of texts")
    return found


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """A manual with a home page and nothing else."""
    root = tmp_path / "manual"
    (root / "procedures").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Moor procedures\nsite_url: https://moor.example/\ndocs_dir: procedures\n"
        "theme: {name: material}\nplugins: [search, chapterhouse]\n"
    )
    (root / "procedures/index.md").write_text("---\ntitle: Moor procedures\n---\n\nWhat we do.\n")
    (root / "procedures/parts.yml").write_text("parts:\n  imported: Imported\n")
    return root


def recognised(name: str) -> Recognised:
    """What is recognised in one of our own documents."""
    return recognise(choosing.read(name, (DOCUMENTS / name).read_bytes()))
