"""QR codes (ISO/IEC 18004) of addresses."""

from __future__ import annotations

from io import BytesIO

import segno

BORDER = 2
"""Modules of white around the code. The standard asks for four; the paper around it is white too."""


def svg(text: str) -> str:
    """A QR code as an SVG document, without an XML declaration; it can still be read when 15 % of it is
    dirty or torn (level M).

    Raises ValueError for a text too long to be read from paper.
    """
    made = segno.make_qr(text, error="m", boost_error=False)
    out = BytesIO()
    made.save(out, kind="svg", border=BORDER, xmldecl=False, svgns=True, omitsize=True, nl=False)
    return out.getvalue().decode()
