"""Links and pictures: their addresses, and the words for those who cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chapterhouse.markup.addresses import address_fault, is_outside
from chapterhouse.markup.text import Text
from chapterhouse.masking import Piece, unescape
from chapterhouse.model import Diagnostic, Source, Span

ROOT = "procedures"
# What Python-Markdown takes for an autolink; the rest is a tag to it.
AUTOLINK = re.compile("@|://")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture whose address is relative, or a fragment."""

    target: str
    """As written, with character references read; still percent-encoded."""
    span: Span
    """The place of the address."""
    image: bool


def depth(path: str) -> int:
    """How many folders stand between the root of the content and the file at `path`."""
    folders = path.split("/")[:-1]
    return len(folders) - (folders[:1] == [ROOT])


def check(text: Text) -> Iterator[Diagnostic]:
    """Addresses that may not stand in a page, and pictures without words."""
    folders = depth(text.source.path)
    refused = set()
    for piece, image in _addresses(text.readings):
        reason = address_fault(piece.address, folders, image=image)
        # The address of a definition may be an autolink to another reader.
        if reason and piece.place not in refused:
            refused.add(piece.place)
            yield text.fault(
                "forbidden-address",
                piece.place,
                piece.place + len(piece.address),
                reason,
                "save the picture beside the chapter, and write its file name"
                if image
                else "write https://, mailto: or tel: and the address, or the path of a file of the manual",
            )
        elif not reason and piece.kind == "autolink" and not AUTOLINK.search(piece.address):
            yield text.fault(
                "forbidden-html",
                piece.start,
                piece.end,
                "Markdown takes this for HTML: only an address with :// or @ may stand in such brackets",
                f"write [words]({piece.address})",
            )
    for piece in text.pieces:
        # The words of `![words](file)` stand between its first two signs and its target's first.
        if piece.kind == "image" and not text.body[piece.start + 2 : piece.target - 1].strip():
            yield text.fault(
                "picture-without-text",
                piece.start,
                piece.end,
                "this picture has no words for those who cannot see it",
                f"write ![what the picture shows]({piece.address or 'picture.png'})",
            )


def _addresses(found: list[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Every piece with an address of its own, and whether a picture is at it."""
    pictured = {piece.label for piece in found if piece.kind == "image" and piece.label}
    for piece in found:
        if piece.place and piece.kind != "note":
            yield piece, piece.kind == "image" or (piece.kind == "definition" and piece.label in pictured)


def links(source: Source, start: int) -> tuple[Link, ...]:
    """The relative addresses and fragments in the body that starts at `start`, in order of their places.

    Addresses that are refused are not among them: each has a diagnostic of its own.
    """
    return links_of(Text(source, start))


def links_of(text: Text) -> tuple[Link, ...]:
    """As `links`, of a body that has been read."""
    folders = depth(text.source.path)
    found = []
    for piece, image in _addresses(text.pieces):
        if piece.kind == "autolink" or is_outside(piece.address):
            continue
        if address_fault(piece.address, folders, image=image):
            continue
        start = text.start + piece.place
        span = text.source.span(start, start + len(piece.address))
        found.append(Link(unescape(piece.address), span, image))
    return tuple(sorted(found, key=lambda link: link.span))
