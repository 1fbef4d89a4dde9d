"""The register that a manual has: the national one, and what its own file adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from chapterhouse.manual import law
from chapterhouse.manual.load import load

FILE = "procedures/legislation.yml"
OWN = """\
territory: england
instruments:
  - id: guidance/northmoor-protocol
    title: Northmoor protocol
    year: 2024
"""


def test_a_manual_without_a_file_has_the_national_register(small_manual: Path) -> None:
    manual = load(small_manual)
    assert manual.register is law.national()
    assert manual.diagnostics == ()


def test_a_manual_adds_instruments_and_sets_its_territory(small_manual: Path) -> None:
    (small_manual / FILE).write_text(OWN, "utf-8")
    manual = load(small_manual)
    assert manual.diagnostics == ()
    assert manual.register.territory == "england"
    assert manual.register.instruments["guidance/northmoor-protocol"].source == FILE
    assert manual.register.instruments.keys() > law.national().instruments.keys()
    assert "guidance/northmoor-protocol" not in law.national().instruments


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "not-utf8"),
        (b"<<<<<<< mine\nterritory: wales\n=======\n>>>>>>> theirs\n", "merge-conflict"),
        (b"territory: [\n", "broken-yaml"),
        (OWN.replace("england", "both ways").encode(), "wrong-type"),
    ],
)
def test_a_faulty_file_stops_nothing_else(small_manual: Path, data: bytes, code: str) -> None:
    whole = load(small_manual)
    (small_manual / FILE).write_bytes(data)
    manual = load(small_manual)
    assert [(fault.path, fault.code) for fault in manual.diagnostics] == [(FILE, code)]
    assert FILE in manual.unread
    assert manual.register.territory == "both"
    assert [chapter.slug for chapter in manual.chapters] == [chapter.slug for chapter in whole.chapters]


def test_the_file_may_not_be_a_link(small_manual: Path) -> None:
    (small_manual / "elsewhere.yml").write_text(OWN, "utf-8")
    (small_manual / FILE).symlink_to("../elsewhere.yml")
    manual = load(small_manual)
    assert [(fault.path, fault.code) for fault in manual.diagnostics] == [(FILE, "symlink")]
    assert manual.register is law.national()
