"""Where the links of other people's documents lead, and what becomes of those that no page may have."""

from __future__ import annotations

import re

_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0]+")
"""What browsers pass over in an address, and what has no business there."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_SCHEMES = frozenset(("http:", "https:", "mailto:", "tel:"))
_SHOWN = 60


def kept_address(address: str) -> tuple[str, str]:
    """An address that a draft may have, or an empty one; and a sentence on what is not kept, or none.

    Kept are `http`, `https`, `mailto` and `tel`, places in the page (`#`), and what is relative.
    """
    address = _NEVER.sub("", address)
    scheme = _SCHEME.match(address)
    if not scheme or scheme.group().lower() in _SCHEMES:
        return address, ""
    shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
    return "", f"The link to “{shown}” is left out; it leads to no page."


def of_picture(source: str) -> str:
    """What to say of a picture."""
    name = (
        "" if source.startswith("data:") else re.split(r"[?#]", source)[0].rpartition("/")[2][:_SHOWN].strip()
    )
    return f"The picture {name} is not kept." if name else "A picture is not kept."
