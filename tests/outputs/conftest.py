"""What the tests of the outputs share: the published schemas, and the files of a manual."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from chapterhouse import crossreference, outputs
from chapterhouse.manual import load
from chapterhouse.model import Manual

BUILT = date(2026, 11, 21)
SITE = "https://procedures.northmoor.example/"
Files = Callable[..., Mapping[str, bytes]]


def files_of(manual: Manual, today: date, url: str, name: str) -> Mapping[str, bytes]:
    """Every file of data of a manual."""
    law, uses = crossreference.index(manual, today), crossreference.uses(manual, today)
    return outputs.files(manual, today, name, url, law, uses, crossreference.recorded(manual, today))


@pytest.fixture
def files() -> Files:
    """Every file of data of the manual in a folder."""

    def files_(root: Path, today: date = BUILT, url: str = SITE, name: str = "Northmoor") -> dict[str, bytes]:
        return dict(files_of(load(root), today, url, name))

    return files_


@pytest.fixture(scope="session")
def sample_files() -> Mapping[str, bytes]:
    """Every file of data of the sample manual."""
    return files_of(load(Path(__file__).parents[2]), BUILT, SITE, "Northmoor procedures")


@pytest.fixture
def judge() -> Callable[[str], Draft202012Validator]:
    """The judge of a published schema."""

    def judge_(name: str) -> Draft202012Validator:
        schema = json.loads(outputs.schema(name))
        Draft202012Validator.check_schema(schema)
        return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    return judge_
