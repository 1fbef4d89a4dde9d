"""The same few diagnostics through every printer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chapterhouse.diagnostics import fault, printers
from chapterhouse.model import Diagnostic, Source

GOLDEN = Path(__file__).parent / "golden"
SOURCE = Source(
    "procedures/core/referrals.md",
    "---\ntitle: Plant \x1b[31mmewn perygl\n\teffective: 2026-13-01 # 漢字 e\u0301\n"
    + "word " * 60
    + "fault\n",
)
OTHER = "procedures/core/gone, 100%.md"


def found() -> list[Diagnostic]:
    long = SOURCE.text.index("fault")
    date = SOURCE.text.index("2026-13")
    wide = SOURCE.text.index("漢")
    return [
        fault(
            "bad-date",
            SOURCE,
            SOURCE.span(date, date + 10),
            "effective is not a date",
            "write it",
            "month 13",
        ),
        fault("number-gap", SOURCE, SOURCE.span(wide, wide + 2), "wide letters", ""),
        fault(
            "broken-reference",
            SOURCE,
            SOURCE.span(long, long + 5),
            "far to the right",
            "one\ntwo: three, four",
        ),
        fault("unreadable-file", OTHER, SOURCE.span(0, 0), "cannot be read", "allow it"),
        fault("markup-in-text", SOURCE, SOURCE.span(4, 20), "steers the terminal: \x1b[31m", "delete it"),
    ]


@pytest.mark.parametrize("form", list(printers.PRINTERS))
def test_a_printer_prints_what_it_did(form: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{form}.txt", printers.PRINTERS[form](found(), {SOURCE.path: SOURCE}))


def test_colour_adds_nothing_but_colour(golden: Callable[[Path, str], None]) -> None:
    coloured = printers.text(found(), {SOURCE.path: SOURCE}, colour=True)
    golden(GOLDEN / "colour.txt", coloured)
    plain = coloured
    for code in (*printers.COLOURS.values(), "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == printers.text(found(), {SOURCE.path: SOURCE})


def test_no_control_character_of_a_file_reaches_a_terminal() -> None:
    text = printers.text(found(), {SOURCE.path: SOURCE})
    assert not any(not c.isprintable() and c != "\n" for c in text)


def test_the_caret_stands_below_the_fault() -> None:
    lines = printers.text(found()[:1], {SOURCE.path: SOURCE}).splitlines()
    assert lines[1].index("2026-13-01") == lines[2].index("^^^^^^^^^^")


def test_nothing_found_is_said() -> None:
    assert printers.text([], {}) == "no faults found\n"
    assert json.loads(printers.as_json([], {})) == {"schema": 1, "diagnostics": []}
    assert printers.github([], {}) == ""
    assert json.loads(printers.sarif([], {}))["runs"][0]["results"] == []
