"""Chapters on paper, as Firefox prints them: it has no margin boxes, and repeats the stamp of the article."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from chapterhouse.dates import LONDON

MOMENT = re.compile(r"Printedon(\w+?day\d+\w+?20\d\d)at(\d\d:\d\d)(GMT|BST)")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def stamp(site: Path, path: str) -> list[str]:
    """The lines of the stamp of a page, without white space."""
    soup = BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser")
    return [squeezed(line.get_text()) for line in soup.select("[data-chapterhouse=stamp] p")]


@pytest.mark.parametrize("what", ["under-review", "superseded"])
def test_every_sheet_is_stamped(
    firefox: Any,
    address: str,
    site: Path,
    pages: dict[str, str],
    decoded: Callable[[Any, int], list[str]],
    what: str,
) -> None:
    before = datetime.now(LONDON).replace(second=0, microsecond=0)
    paper = firefox.print(address + pages[what])
    what_it_is, standing, _, built, copy = stamp(site, pages[what])
    assert len(paper.drawn) > 5
    for sheet in paper.drawn:
        moment = MOMENT.search(sheet)
        assert moment is not None
        assert f"{what_it_is}{standing}{moment[0]}{built}{copy}" in sheet
        said = datetime.strptime(f"{moment[1]} {moment[2]}", "%A%d%B%Y %H:%M").replace(tzinfo=LONDON)
        assert before <= said <= before + timedelta(minutes=3)
    (code,) = decoded(paper, len(paper.drawn))
    assert squeezed(code) in copy
    # The words across the sheet are drawn letter by letter, each on a line of its own.
    marked = ["Superseded" in sheet for sheet in paper.drawn]
    assert all(marked) if what == "superseded" else not any(marked)


def test_without_scripts_the_build_date_stands_for_it(
    firefox: Any, address: str, site: Path, pages: dict[str, str]
) -> None:
    firefox.scripts(on=False)
    try:
        paper = firefox.print(address + pages["under-review"])
    finally:
        firefox.scripts(on=True)
    assert all("".join(stamp(site, pages["under-review"])) in sheet for sheet in paper.drawn)


def test_nothing_is_lost_under_a_stamp(firefox: Any, hard_to_print: str) -> None:
    """Every row of a long table is there, with its head on each sheet, above the stamp."""
    drawn = "".join(firefox.print(f"{hard_to_print}core/table/").drawn)
    assert [row for row in range(90) if f"row{row}cell0row{row}cell1row{row}cell2" not in drawn] == []
    assert drawn.count("Column0Column1Column2") > 2
