"""The table of duties: bodies down, provisions across, from what the register knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from chapterhouse.citations import provisions, wording
from chapterhouse.crossreference import Index, duties
from chapterhouse.law import Confidence, Duty, Target, Territory, title_key

PLACES: dict[Territory, str] = {
    "england": wording.PLACES["england"],
    "wales": wording.PLACES["wales"],
    "both": "England and Wales",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A body and what binds it."""

    body: str
    anchor: str
    """Its id in the page."""
    binding: dict[Target, Confidence]
    """The provisions, each with how sure the register is."""

    @property
    def confidence(self) -> Confidence:
        """How sure the register is of all of them; high where that differs, and each says it for itself."""
        found = set(self.binding.values())
        return found.pop() if len(found) == 1 else "high"


@dataclass(frozen=True)
class Table:
    """The duties of one territory."""

    territory: Territory
    rows: tuple[Row, ...]
    columns: tuple[Target, ...]
    """By instrument, from A to Z, and in the order of the statute book."""

    @property
    def place(self) -> str:
        """The territory in words."""
        return PLACES[self.territory]

    @cached_property
    def heads(self) -> tuple[tuple[str, int], ...]:
        """The instruments across, each with how many columns it spans."""
        groups = groupby(self.columns, key=lambda target: target.instrument)
        return tuple((identifier, len(list(columns))) for identifier, columns in groups)

    def bound_by(self, target: Target) -> tuple[Row, ...]:
        """The bodies that a provision binds."""
        return tuple(row for row in self.rows if target in row.binding)


def tables(index: Index) -> tuple[Table, ...]:
    """The tables of duties that the page of an index shows; none where the register has no duties."""
    return tuple(_table(index, territory, listed) for territory, listed in duties(index.register))


def _table(index: Index, territory: Territory, listed: Iterable[Duty]) -> Table:
    bodies: dict[str, dict[Target, Confidence]] = {}
    for duty in listed:
        binding = bodies.setdefault(duty.body, {})
        binding |= {target: duty.confidence for target in duty.provisions if target not in binding}
    rows: dict[str, Row] = {}
    for body, binding in bodies.items():
        slug = re.sub("[^a-z0-9]+", "-", body.lower()).strip("-")
        anchor = f"duties-{territory}-{slug}"
        if anchor in rows:
            anchor += f"-{len(rows) + 1}"
        rows[anchor] = Row(body, anchor, binding)

    def order(target: Target) -> tuple[tuple[str, int], str, provisions.Key]:
        title = index.by_id[target.instrument].title
        return title_key(title), target.instrument, provisions.key(target.provision)

    columns = sorted({target for row in rows.values() for target in row.binding}, key=order)
    return Table(territory, tuple(rows.values()), tuple(columns))
