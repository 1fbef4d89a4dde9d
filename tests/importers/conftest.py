"""What the tests of importing share: documents of our own, in the shapes that other people's have."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from chapterhouse.importers import choosing
from chapterhouse.importers.blocks import Block, Document, Loss, in_order, own_text
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Piece, Recognised

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


def words_of(found: Recognised) -> list[str]:
    """The words of all that was recognised, in its order, each where it stood."""
    rows: Iterable[Loss] = (
        one
        if isinstance(one, Loss)
        else Loss(f"{one.number} {own_text(one.block)}" if isinstance(one, Piece) else one.text, "", "unread")
        for one in found.stretches
    )
    return list(in_order(rows))


def written_out(document: Document) -> Document:
    """The same with every marker a word of the source, as if somebody had typed it."""

    def typed(block: Block) -> Block:
        rows = tuple(
            tuple(replace(cell, blocks=tuple(map(typed, cell.blocks))) for cell in row) for row in block.rows
        )
        return replace(block, automatic=False, rows=rows)

    return Document(tuple(typed(one) if isinstance(one, Block) else one for one in document.stretches))
