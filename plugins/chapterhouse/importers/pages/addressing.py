"""Where the links of other people's documents lead, and what becomes of those that no page may have."""

from __future__ import annotations

import re

from chapterhouse.markup.addresses import UNSEEN, address_fault

_SHOWN = 60


def kept_address(address: str) -> tuple[str, str]:
    """An address that a draft may have, or an empty one; and a sentence on what is not kept, or none."""
    address = UNSEEN.sub("", address)
    if not address_fault(address):
        return address, ""
    shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
    return "", f"The link to \u201c{shown}\u201d is left out: a page may not link there."


def of_picture(source: str) -> str:
    """What to say of a picture."""
    name = (
        "" if source.startswith("data:") else re.split(r"[?#]", source)[0].rpartition("/")[2][:_SHOWN].strip()
    )
    return f"The picture {name} is not kept." if name else "A picture is not kept."
