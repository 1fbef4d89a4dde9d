"""What `mkdocs.yml` says of PDF files, and where it leaves that to MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from chapterhouse.manual.settings import pdf

Said = bool | None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", False),
        ("plugins: [search, chapterhouse]", False),
        ("plugins:\n  - search\n  - chapterhouse: {pdf: true}", True),
        ("plugins:\n  - chapterhouse:\n      pdf: yes", True),
        ("plugins:\n  - chapterhouse: {pdf: false}", False),
        ("plugins:\n  - chapterhouse:", False),
        ("plugins:\n  chapterhouse: {pdf: On}\n  search: {}", True),
        ("plugins:\n  chapterhouse: {}", False),
        ("plugins:\n  - search: {lang: !ENV LANG}\n  - chapterhouse: {pdf: true}", True),
        ("extra: {x: !ENV X}\nplugins:\n  - chapterhouse: {pdf: true}", True),
        # What only MkDocs can follow.
        ("plugins:\n  - chapterhouse: {pdf: !ENV [X, true]}", None),
        ("plugins:\n  - chapterhouse:\n      pdf: !ENV X", None),
        ("plugins:\n  - chapterhouse: !ENV X", None),
        ("plugins:\n  - !ENV X", None),
        ("plugins: !ENV X", None),
        ("plugins: !ENV [X, [chapterhouse]]", None),
        ("extra: &on true\nplugins:\n  - chapterhouse:\n      pdf: *on", None),
        ("extra: &own {pdf: true}\nplugins:\n  - chapterhouse:\n      <<: *own", None),
        # A list takes the place of what is inherited; a dictionary is put together with it.
        ("INHERIT: base.yml", None),
        ("INHERIT: base.yml\nplugins: [chapterhouse]", False),
        ("INHERIT: base.yml\nplugins:\n  search: {}", None),
        ("INHERIT: base.yml\nplugins:\n  chapterhouse: {}", None),
        ("INHERIT: base.yml\nplugins:\n  chapterhouse: {pdf: true}", True),
        ("plugins: [", None),
    ],
)
def test_pdf_is_said_or_left_open(tmp_path: Path, written: str, expected: Said) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Northmoor\n{written}\n", "utf-8")
    assert pdf(tmp_path) is expected
