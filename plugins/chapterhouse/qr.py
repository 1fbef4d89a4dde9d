"""QR codes (ISO/IEC 18004) of addresses."""

from __future__ import annotations

from io import BytesIO

import segno

BORDER = 2
"""Modules of white around the code. The standard asks for four; the paper around it is white too."""


def svg(text: str, module: float | None = None) -> str:
    """A QR code as an SVG document, without an XML declaration; it can still be read when 15 % of it is
    dirty or torn (level M).

    With `module`, the millimetres of one of its squares, the drawing has a size of its own; without, it takes
    the one that it is given. Raises ValueError for a text too long to be read from paper.
    """
    made = segno.make_qr(text, error="m", boost_error=False)
    out = BytesIO()
    options: dict[str, object] = {"scale": module, "unit": "mm"} if module else {"omitsize": True}
    options |= {"xmldecl": False, "svgns": True, "nl": False, "svgclass": None, "lineclass": None}
    made.save(out, kind="svg", border=BORDER, **options)
    return out.getvalue().decode()
