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


def recognised(name: str) -> Recognised:
    """What is recognised in one of our own documents."""
    return recognise(choosing.read(name, (DOCUMENTS / name).read_bytes()))
