"""How deep the headings of a document stand in its draft."""

from __future__ import annotations

import pytest

from chapterhouse.importers import choosing
from chapterhouse.importers.recognising.levels import levelled
from chapterhouse.importers.recognising.recognise import recognise


def outline(name: str, content: str) -> list[str]:
    """The headings, each behind as many signs as its level asks."""
    found = levelled(recognise(choosing.read(name, content.encode())).pieces)
    return [f"{'#' * one.block.level} {one.block.text}" for one in found if one.block.kind == "heading"]


@pytest.mark.parametrize(
    ("page", "levels"),
    [
        (
            "<h2>1. A</h2><p>1.1 a<p>1.2 a<h2>Appendix 1: Contacts</h2>b<h2>References</h2>c",
            "2A 2Appendix 2References",
        ),
        ("<h2>1. A</h2><p>1.1 a<p>1.2 a<h3>Appendix</h3>b<h3>References</h3>c", "2A 3Appendix 3References"),
        (
            "<h2>1. A</h2><p>1.1 a<p>1.2 a<h2>Annex A</h2>b<h3>Forms</h3>c<h2>Annex B</h2>d",
            "2A 2Annex 3Forms 2Annex",
        ),
        ("<h2>Scope</h2>a<h2>Terms</h2>b<h2>1. A</h2><p>1.1 a<p>1.2 b", "2Scope 2Terms 2A"),
        ("<h2>1. A</h2><p>1.1 a<p>1.2 a<h2>Notes</h2><p>1.3 b<h2>2. B</h2><p>2.1 c", "2A 3Notes 2B"),
        (
            "<h2>1. A</h2><p>1.1 a<p>1.2 a<h3>Notes</h3>b<h2>Forms</h2>c<h2>2. B</h2><p>2.1 c",
            "2A 3Notes 2Forms 2B",
        ),
        (
            "<h2>1. A</h2><p>1.1 a<p>1.2 a<h3>Notes</h3>b<h2>Forms</h2><p>1.3 c<h2>2. B</h2><p>2.1 c",
            "2A 3Notes 3Forms 2B",
        ),
        (
            "<h3>1. A</h3><p>1.1 a<p>1.2 a<h3>Schedule of visits</h3>b<h3>Schedule 2</h3>c",
            "2A 3Schedule 2Schedule",
        ),
    ],
)
def test_headings_of_a_page(page: str, levels: str) -> None:
    lines = outline("a.html", f"<h1>T</h1>{page}")
    assert (
        " ".join(f"{line.count('#')}{line.lstrip('# ').split()[0].rstrip(':')}" for line in lines) == levels
    )


def test_headings_of_a_text() -> None:
    lines = (
        "4.2 Forms",
        "1. Asking",
        "1.1 Ask.",
        "Forms",
        "1.2 Ask again.",
        "Annex A",
        "Text.",
        "Notes",
        "Text.",
    )
    assert outline("a.txt", "\n\n".join(lines)) == ["## Asking", "### Forms", "## Annex A", "### Notes"]
