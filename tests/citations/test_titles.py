"""Every title and short form of the register finds its own instrument, alone and with a provision."""

from __future__ import annotations

import re

import pytest

from chapterhouse import citations
from chapterhouse.law import Target
from chapterhouse.manual import law

REGISTER = law.national()
LEGISLATION = {
    i.id: i.title for i in REGISTER.instruments.values() if not i.id.startswith(("guidance", "treaty"))
}
TITLES = LEGISLATION | dict(REGISTER.titles)


def found(text: str) -> list[Target]:
    return [target for c in citations.find(text, REGISTER) if c.sound for target in c.targets]


def unit_of(identity: str, title: str) -> str:
    """What the instrument has that can stand in a citation."""
    if identity.partition("/")[0] in ("ukpga", "anaw", "asc", "mwa"):
        return "section"
    return "article" if identity.startswith("eur") or re.search(r"\bOrder [0-9]{4}$", title) else "regulation"


def test_every_title_finds_itself_with_a_provision() -> None:
    """`section 1 of the TITLE`: that instrument, that provision, and no other."""
    wrong = {}
    for identity, title in TITLES.items():
        unit = unit_of(identity, title)
        got = found(f"{unit} 1 of the {title}")
        if got != [Target(identity, f"{unit}/1")]:
            wrong[title] = [str(target) for target in got]
    assert wrong == {}


@pytest.mark.parametrize(
    "form", [(i.id, f) for i in REGISTER.instruments.values() for f in i.short_forms], ids=lambda f: f[1]
)
def test_every_short_form_means_its_instrument_or_is_ambiguous(form: tuple[str, str]) -> None:
    identity, words = form
    meant = {target.instrument for c in citations.find(f"See {words}.", REGISTER) for target in c.targets}
    assert meant <= {identity}
