"""What a page says on paper: its stamp, the style sheet by which it is printed, the QR code of the copy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

import segno

from chapterhouse import dates
from chapterhouse.verify import wording
from chapterhouse.verify.built import HOOK, Built, fold, lines
from chapterhouse.verify.copies import CHECK, code
from chapterhouse.verify.required import Required

FOOT = re.compile(r'--ch-foot:"([^"]*)"')
CODE = re.compile(r'--ch-code:url\("data:image/svg\+xml,([^"]*)"\)')
ESCAPED = re.compile(r"\\([0-9a-f]{1,6}) ")
DRAWN = re.compile(r'<path [^>]*\bd="([^"]*)"')
STROKE = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
BORDER = 2
"""Squares of white around a QR code."""


def linked(built: Built) -> str:
    """The style sheet by which a page is printed, as a file of the site; empty for none, or two."""
    found = [
        tag
        for tag in built.html.find_all("link", href=True)
        if "stylesheet" in (tag.get("rel") or ()) and tag.get("media") == "print"
    ]
    return built.target(found[0]) if len(found) == 1 else ""


def faults(built: Built, required: Required) -> Iterator[str]:
    """What is wrong with the stamp of a version, and with the words across its sheets."""
    mark = wording.MARKS.get(required.state, "")
    across = [tag.get_text().strip() for tag in built.tags if tag.get(HOOK) == "mark"]
    if across != ([mark] if mark else []):
        yield f"across its sheets stands {', '.join(across) or 'nothing'}, not {mark or 'nothing'}"
    stamps = built.hooks("stamp")
    if len(stamps) != 1:
        yield f"the stamp stands there {len(stamps)} times" if stamps else "the stamp is missing"
        return
    said = lines(stamps[0])
    yield from _said(said, required, "stamp")
    top = [tag for tag in built.tags if tag.get(HOOK) == "stamp-top"]
    if [lines(tag) for tag in top] != [said]:
        yield "the stamp at the top does not say the same as the one at the end"


def style_faults(text: str, required: Required) -> Iterator[str]:
    """What is wrong with the style sheet by which a version is printed."""
    foot = FOOT.search(text)
    said = ESCAPED.sub(lambda match: chr(int(match[1], 16)), foot[1]).split("\n") if foot else []
    said = [fold(line) for line in said]
    yield from _said(said, required, "style sheet for print")
    drawn, address = CODE.search(text), _address(said, required)
    if drawn is None and address:
        yield "the style sheet for print has no QR code"
    if drawn and _squares(unquote(drawn[1])) != (_squares_of(address) if address else frozenset()):
        yield f"the QR code is not that of {address or 'any address: the site has none'}"


def current_faults(text: str, required: Required) -> Iterator[str]:
    """What is wrong with the file by which a page that was left open asks for a later version."""
    wanted = {
        "schema": 1,
        "build_date": required.today.isoformat(),
        "version": required.amendment.version,
        "standing": required.standing,
    }
    try:
        said = json.loads(text)
    except ValueError as error:
        yield f"is no JSON: {error}"
        return
    if said != wanted:
        yield f"says {said}, not {wanted}"


def _said(said: list[str], required: Required, name: str) -> Iterator[str]:
    """What is wrong with the words of a foot.

    The name of the manual and the address of the site are not the manual's to say: they are taken as they
    stand there, and the address must be one wherever it stands.
    """
    base = wording.published(said, required.path)
    wanted = wording.stamp(
        required.title,
        f"{required.standing[:1].upper()}{required.standing[1:]}",
        dates.long(required.today),
        f"{base}{required.path}" if base else "",
        f"{_code(required)}-{required.today:%Y%m%d}",
        _address(said, required),
    )
    told = [required.title if line.endswith(f". {required.title}") else line for line in said]
    if missing := [line for line in wanted if line not in told]:
        yield from (f"the {name} does not say: {line}" for line in missing)
    elif told != wanted:
        yield f"the {name} says besides, or in another order: {' / '.join(said)}"


def _address(said: list[str], required: Required) -> str:
    base = wording.published(said, required.path)
    return f"{base}{CHECK}{_code(required)}/#{required.today:%Y%m%d}" if base else ""


def _code(required: Required) -> str:
    return code(required.history, required.version.number) or ""


def _squares_of(address: str) -> frozenset[tuple[int, int]]:
    """The black squares of the QR code of an address, by line and column."""
    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    return frozenset((y, x) for y, row in enumerate(matrix) for x, black in enumerate(row) if black)


def _squares(drawing: str) -> frozenset[tuple[int, int]]:
    """The black squares of a drawing made of lines across, each a square high."""
    path = DRAWN.search(drawing)
    found: set[tuple[int, int]] = set()
    x = y = 0.0
    for command, across, down in STROKE.findall(path[1] if path else ""):
        if command == "h":
            found |= {(int(y) - BORDER, int(x) - BORDER + step) for step in range(int(across))}
            x += int(across)
        elif command == "M":
            x, y = float(across), float(down)
        else:
            x, y = x + float(across), y + float(down)
    return frozenset(found)
