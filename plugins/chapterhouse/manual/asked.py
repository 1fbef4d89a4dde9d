"""What an editor asks for on the command line, by the rules that the validator has for the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chapterhouse import frontmatter
from chapterhouse.citations import wording
from chapterhouse.fields.nodes import Scalar
from chapterhouse.fields.reading import Reading, Type, nearest
from chapterhouse.fields.shapes import ListOf, Shape
from chapterhouse.manual import impact
from chapterhouse.manual.tree import CONTENT, PARTS
from chapterhouse.model import Kind, Manual, Source

ID = re.compile(r"[a-z]+/[a-z0-9/-]+")
"""What is meant for the id of an instrument or provision, and no words."""

OPTIONS = {"paragraphs": "--paragraph", "approved_by": "--approved-by"}
"""The options that are spelt otherwise than their keys."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an editor says of an amendment. What is empty or None nobody said."""

    summary: str = ""
    effective: date | None = None
    published: date | None = None
    kind: Kind | None = None
    because: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    action: str = ""
    roles: tuple[str, ...] = ()
    approved_by: str = ""
    reason: str = ""
    renumbered: tuple[tuple[str, str], ...] = ()
    correct: str = ""
    """The version that was published in error."""
    wrong_from: date | None = None
    wrong_until: date | None = None


def words(shape: Shape, name: str, text: str) -> str:
    """A text for a key of a record, by the validator's own rule. Raises ValueError, saying what is wrong."""
    kind = shape.fields[name].type
    return _read(kind.item if isinstance(kind, ListOf) else kind, name, text)


def of_amendment(name: str, text: str) -> str:
    """A text for a key of a record of an amendment. Raises ValueError, saying what is wrong."""
    return words(frontmatter.AMENDMENT, name, text)


def checked(manual: Manual, request: Request) -> Request:
    """The same request, its words held to the validator's rules. Raises ValueError."""
    own: dict[str, Any] = {
        name: of_amendment(name, text)
        for name in ("summary", "action", "approved_by", "reason")
        if (text := getattr(request, name))
    }
    return replace(
        request,
        **own,
        because=tuple(_cause(manual, text) for text in dict.fromkeys(request.because)),
        paragraphs=tuple(of_amendment("paragraphs", one) for one in dict.fromkeys(request.paragraphs)),
        roles=tuple(_role(manual, role) for role in dict.fromkeys(request.roles)),
        renumbered=tuple((_place(old), _place(new)) for old, new in request.renumbered),
    )


def _cause(manual: Manual, text: str) -> str:
    cause = of_amendment("because", text)
    if ID.fullmatch(cause) and wording.named(manual.register, cause) is None:
        near = next(iter(impact.nearest(manual, cause)), "")
        cure = f"the nearest is {near}" if near else f"add it to {CONTENT}/legislation.yml, or write words"
        raise ValueError(f"--because: no instrument has the id {cause}: {cure}")
    return cause


def _role(manual: Manual, text: str) -> str:
    role = of_amendment("roles", text)
    known = [one.id for one in manual.roles]
    if role not in known and PARTS not in manual.unread:
        near = nearest(role, known)
        raise ValueError(
            f"--roles: {role} is not a role: " + (f"write {near}" if near else f"add it to {PARTS}")
        )
    return role


def _place(number: str) -> str:
    return _read(frontmatter.PLACE, "renumbered", number)


def _read(kind: Type, name: str, text: str) -> str:
    option = OPTIONS.get(name, f"--{name}")
    reading = Reading(Source(option, text))
    found = kind.read(Scalar(0, 0, text), reading, option)
    for fault in reading.faults:
        # The validator's cures are for a file: here there is no key to delete, and no cursor to put anywhere.
        hidden = fault.code == "control-character"
        cure = (
            "type the words again, without it" if hidden else fault.hint.removesuffix(", or delete the key")
        )
        message = fault.message if fault.message.startswith(option) else f"{option}: {fault.message}"
        raise ValueError(f"{message}: {cure}" if cure else message)
    return str(found)
