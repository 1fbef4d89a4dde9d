"""What the style sheets for print say, and what a page that was left open is told, is held to the manual."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chapterhouse.verify.built import Built
from chapterhouse.verify.sheets import linked

PAGE = "core/gone/index.html"
Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]


@pytest.fixture
def style(plain: Path) -> str:
    """The style sheet by which a chapter is printed."""
    return linked(Built.read(PAGE, (plain / PAGE).read_text("utf-8")))


FAULTS = [
    (("1.4 Gone", "1.4 Gone away"), {"the style sheet for print does not say: 1.4 Gone"}),
    (
        ("withdrawn from 1 February", "in force from 1 February"),
        {"the style sheet for print does not say: Version 2, withdrawn from 1 February 2026"},
    ),
    (
        (r"Printed from the site built on 21 November 2026\a ", ""),
        {"the style sheet for print does not say: Printed from the site built on 21 November 2026"},
    ),
    (("M2 2.5h7", "M2 2.5h6"), {"the QR code is not that of ADDRESS"}),
    (
        lambda text: re.sub(r'--ch-code:url\("[^"]*"\)', '--ch-code:""', text),
        {"the style sheet for print has no QR code"},
    ),
    ((r"\a Copy", r"\a Anything else\a Copy"), {"the style sheet for print says besides"}),
]
"""What is done to a style sheet, and what `verify` says of it."""
NAMES = ["title", "standing", "printed", "QR code", "no QR code", "more"]


@pytest.mark.parametrize(("edit", "told"), FAULTS, ids=NAMES)
def test_a_style_sheet_that_says_another_thing_is_named(
    style: str, damage: Damage, edit: Edit, told: set[str]
) -> None:
    said = {re.sub(r"https://\S+/check/\w{7}/#20261121$", "ADDRESS", one) for one in damage(style, edit)}
    assert {re.sub(r"besides, .*", "besides", one) for one in said} == told


@pytest.mark.parametrize("file", [PAGE, "index.html", "core/mistake/changes/index.html"])
@pytest.mark.parametrize(("old", "new"), [(r"<link .*?>", ""), (r"\.css", ".old")], ids=["gone", "lost"])
def test_a_page_without_its_style_sheet_is_named(damage: Damage, file: str, old: str, new: str) -> None:
    told = {"the style sheet by which it is printed is missing"}
    assert damage(file, lambda text: re.sub(old, new, text)) == told


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (('"version": "2"', '"version": "3"'), "says {"),
        (("withdrawn from", "in force from"), "says {"),
        (("{", ""), "is no JSON: "),
    ],
)
def test_what_an_open_page_is_told_is_true(damage: Damage, edit: Edit, told: str) -> None:
    (said,) = damage("core/gone/current.json", edit)
    assert said.startswith(told)
