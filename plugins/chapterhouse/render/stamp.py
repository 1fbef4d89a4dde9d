"""What every sheet of a page says of itself, for browsers: in the article, and in the margins of the paper.

Chromium prints the margin boxes of a style sheet that each page links for print alone. Firefox repeats the
stamp in the article instead, and WebKit prints it once at each end.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote

from chapterhouse import dates, qr
from chapterhouse.sheet import Sheet

FOLDER = "assets/sheets"
"""Where the style sheets stand, from the site's root."""

MODULE = 0.5
"""Millimetres of one square of a QR code: a telephone reads it from paper at 0.33."""
ROOM = 142.0
"""Millimetres of a line of the foot: A4, less its margins, less the number of the sheet."""
LETTER, ROW = 2.65, 3.45
"""Millimetres of an em and of a line at 7.5 points."""
ABOVE, BELOW = 3.0, 7.0
"""Millimetres between text and foot, and between the foot and what no printer reaches."""
PLAIN = re.compile(r"[ !#-;=?-\[\]-~]")
"""The characters that stand for themselves in a string of a style sheet, whatever stands around it."""


@dataclass(frozen=True)
class Stamp:
    """The stamp of one page."""

    sheet: Sheet
    title: str
    """What a saved file and the browser's own header call it: `2.2 Local arrangements, version 3`."""
    today: date
    """The build date."""
    current: str = ""
    """Where the page asks which version the site has now, relative to it; empty where it need not ask."""
    version: str = ""
    """The version shown, of a page that asks."""
    until: date | None = None
    """The last day on which the words across the sheet hold; None where they always do."""

    @property
    def printed(self) -> str:
        """What stands for the moment of printing where no script can tell it."""
        return f"Printed from the site built on {dates.long(self.today)}"

    @property
    def copy(self) -> str:
        """The code of this copy and where it is checked; empty of a page that is no version."""
        if not self.sheet.code:
            return ""
        where = f": check it at {self.sheet.check}" if self.sheet.check else ""
        return f"Copy {self.sheet.code}{where}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of the foot, line by line."""
        said = (self.sheet.what, self.sheet.standing, self.printed, self.sheet.built, self.copy)
        return tuple(line for line in said if line)

    @cached_property
    def style(self) -> str:
        """The style sheet for print: the words, the QR code, and the room that they need below the text.

        A rule for the margins takes the browser's own header and footer away, so that this one says the
        same with scripts off.
        """
        code, side = "", 0.0
        if self.sheet.check:
            drawing = qr.svg(self.sheet.check, MODULE)
            side = float(drawing.partition('width="')[2].partition("mm")[0])
            code = f'url("data:image/svg+xml,{quote(drawing, safe=CODED)}")'
        # One line more is kept for what only the moment of printing shows.
        rows = sum(_rows(line, ROOM - side) for line in self.lines) + 1
        margin = math.ceil(ABOVE + max(rows * ROW, ROW + side) + BELOW)
        foot = string("\n".join(self.lines))
        return (
            f":root{{--ch-foot:{foot};--ch-code:{code or string('')};--ch-code-side:{side:g}mm}}\n"
            f"@supports not (-moz-appearance:none){{@page{{margin-bottom:{margin}mm}}}}\n"
        )

    @cached_property
    def path(self) -> str:
        """Where the style sheet stands. Its digest is its name: pages that say the same share it."""
        return f"{FOLDER}/{hashlib.sha256(self.style.encode()).hexdigest()[:16]}.css"


CODED = " !$&()*+,-./:;=?@[]^_`{|}~<>'"
"""What may stand as it is in an address in double quotes. Not `"`, `%`, `#` or a backslash."""


def string(text: str) -> str:
    """A string of a style sheet that says `text`, in ASCII; nothing in it can end the string or the sheet."""
    return '"' + "".join(c if PLAIN.fullmatch(c) else f"\\{ord(c):x} " for c in text) + '"'


def _rows(line: str, width: float) -> int:
    """On how many lines a text may come to stand, of `width` millimetres each; of ordinary words rather one
    too many. Letters are taken at the width of an average one, so that a line of many m's may be wider.
    """
    ems = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.7 if c.isupper() else 0.5 for c in line)
    return max(1, math.ceil(ems * LETTER * 1.05 / width))
