"""Where a link or a picture may lead, however it is disguised."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from chapterhouse.masking import unescape

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What a browser strips from an address, and what it does not show.
UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")
ROUNDS = 3
"""How often an address may be encoded over itself before it is read as it stands."""


def bare(target: str) -> str:
    """An address as a browser, or a program more lenient than one, may read it."""
    for _ in range(ROUNDS):
        decoded = unquote(unescape(target), errors="replace")
        if decoded == target:
            break
        target = decoded
    return UNSEEN.sub("", unicodedata.normalize("NFKC", target)).replace("\\", "/")


def is_outside(target: str) -> bool:
    """Whether an address has a scheme or a host: whether it leads out of the site."""
    plain = bare(target)
    return SCHEME.match(plain) is not None or plain.startswith("//")


def address_fault(target: str, depth: int | None = None, *, image: bool = False) -> str:
    """Why a link (or a picture, if `image`) may not have this address; empty if it may.

    Allowed are http, https, mailto, tel, fragments and relative addresses. `depth` is the number of
    folders between the root of the content and the file: with it, an address that climbs out is refused.
    """
    plain = bare(target)
    if plain.startswith("//"):
        return "an address that starts with // leads to another host without saying how"
    if match := SCHEME.match(plain):
        return _scheme_fault(match[1].lower(), plain[match.end() :], image=image)
    if depth is not None and _climbs(plain, depth):
        return "this address leads out of the manual"
    return ""


def _scheme_fault(scheme: str, rest: str, *, image: bool) -> str:
    if scheme not in SCHEMES:
        return f"{scheme[:20]}: is not an address that a page may lead to"
    if image:
        return "a picture from another place would be fetched from there by every reader"
    if scheme in {"http", "https"} and not re.match("//[^/?#]", rest):
        return f"this address names no host after {scheme}:"
    return ""


def _climbs(plain: str, depth: int) -> bool:
    path = re.split("[?#]", plain, maxsplit=1)[0]
    if path.startswith("/"):
        depth, path = 0, path.lstrip("/")
    for step in path.split("/"):
        if step == "..":
            depth -= 1
        elif step not in {"", "."}:
            depth += 1
        if depth < 0:
            return True
    return False
