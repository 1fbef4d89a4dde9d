"""What a chapter's archive holds, and which of its versions may be relied on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from chapterhouse import history as histories
from chapterhouse import manifest
from chapterhouse.manifest import ManifestError
from chapterhouse.manual import inserting
from chapterhouse.manual.archived import newest
from chapterhouse.manual.tree import ARCHIVE
from chapterhouse.model import Amendment, Chapter, Head, History, Manual


@dataclass(frozen=True)
class Holdings:
    """The archive of one chapter beside its live file."""

    manual: Manual
    history: History

    @property
    def live(self) -> Chapter:
        """The live chapter."""
        return self.history.chapter

    @property
    def folder(self) -> str:
        """Where the archive stands."""
        return f"{ARCHIVE}/{self.live.slug}"

    @property
    def amend(self) -> str:
        """The command that records a version of the chapter."""
        return f"chapterhouse amend {self.live.slug}"

    def path(self, version: str) -> str:
        """The file of a version."""
        return f"{self.folder}/{version}.md"

    def head(self, version: str) -> Head:
        """The front matter of an archived version, with the newest of its records."""
        return newest(self.history.archive, version)

    @cached_property
    def broken(self) -> ManifestError | None:
        """What is wrong with the manifest, if it is there."""
        try:
            manifest.read(self.history.sums or b"")
        except ManifestError as error:
            return error
        return None

    @cached_property
    def listed(self) -> Mapping[str, str]:
        """The digests that the manifest gives, by the names of the files; none where it is broken."""
        return {} if self.broken else manifest.read(self.history.sums or b"")

    @cached_property
    def altered(self) -> frozenset[str]:
        """The versions of which the bytes are not those that were archived.

        Of a broken manifest, these are the ones that are neither of two texts of which it tells.
        """
        wanted = {name: frozenset({digest}) for name, digest in self.listed.items()}
        if self.broken:
            wanted |= manifest.told_apart(self.history.sums or b"")
        names = ((version, f"{version}.md") for version in self.history.archive)
        return frozenset(
            version
            for version, name in names
            if name in wanted and self.history.digests.get(name) not in wanted[name]
        )

    @cached_property
    def records(self) -> Mapping[str, int]:
        """Where the record of each version stands among the live ones; of two, the upper."""
        found: dict[str, int] = {}
        for index, record in enumerate(self.live.head.amendments):
            found.setdefault(record.version, index)
        return found

    @cached_property
    def unrecorded(self) -> tuple[str, ...]:
        """The archived versions of which the live chapter has no record. While one is there, none follows."""
        return tuple(version for version in self.history.archive if version not in self.records)

    @cached_property
    def doubled(self) -> frozenset[str]:
        """The versions of which there are two records: nothing can be told of either."""
        named = [record.version for record in self.live.head.amendments]
        return frozenset(version for version in named if named.count(version) > 1)

    @property
    def readable(self) -> bool:
        """Whether every record of the live chapter could be read; if not, a diagnostic says why."""
        head = self.live.head
        if not head.places or "amendments" in head.unread:
            return False
        return bool(head.amendments) or (head.status == "draft" and "amendments" not in head.places)

    @property
    def current(self) -> str:
        """The live version; empty where the front matter contradicts itself or cannot be read."""
        head = self.live.head
        agree = self.readable and bool(head.amendments) and head.amendments[0].version == head.version
        return head.version if agree else ""

    def sound(self, version: str) -> bool:
        """Whether an archived version is at hand, is what was archived, and is the version it is called."""
        return (
            version in self.history.archive
            and version not in self.altered
            and self.head(version).version == version
        )

    def text(self, version: str) -> Chapter | None:
        """The chapter at one version, where its text may be relied on."""
        if version == self.current:
            return self.live
        return self.history.archive[version] if self.sound(version) else None

    def steps(self) -> Iterator[tuple[Amendment, Amendment]]:
        """Each amendment but the first, with the one whose text it changed."""
        records = self.live.head.amendments
        for amendment in records:
            before = histories.predecessor(records, amendment)
            if before is not None and not {amendment.version, before.version} & self.doubled:
                yield before, amendment

    @cached_property
    def changed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys and addresses in which the live chapter is not its version as it was archived.

        Records are left out: each is held against the one of its own version.
        """
        if not self.sound(self.current):
            return (), ()
        keys, places = histories.unrecorded(self.live, self.history.archive[self.current])
        return tuple(key for key in keys if key not in {"version", "amendments"}), places

    @cached_property
    def begun(self) -> str:
        """The version of which the recording was begun and not finished; empty where there is none."""
        return next(iter(self.finished), "")

    @cached_property
    def finished(self) -> Mapping[str, str]:
        """What the live file is to hold once the recording of a version is finished, by the version."""
        current = self.history.archive[self.current] if self.sound(self.current) else None
        for version in self.unrecorded:
            if not self.sound(version):
                continue
            chapter = self.history.archive[version]
            if [record.version for record in chapter.head.amendments[:1]] != [version]:
                continue
            text = inserting.finished(self.live, current, chapter)
            if text is not None:
                return {version: text}
        return {}

    def adopting(self, version: str) -> str:
        """How a version that the chapter has no record of becomes the live one, with nothing lost."""
        return (
            f"save the chapter elsewhere, copy {self.path(version)} to {self.live.source.path}, make in it"
            f" again what has changed since and run `{self.amend}`"
        )


MOST = 6
"""So many paragraphs are named one by one."""


def named(keys: Sequence[str], places: Sequence[str], numbers: Collection[str]) -> str:
    """Keys and addresses in words: "`title`, paragraphs 1.2 and 2.1, section 2".

    `numbers` says which addresses are those of paragraphs.
    """
    words = [f"`{key}`" for key in keys]
    words += _listed("paragraph", [place for place in places if place in numbers])
    words += _listed("section", [place for place in places if place and place not in numbers])
    if "" in places:
        words.append("the text that has no number")
    return ", ".join(words)


def _listed(noun: str, names: list[str]) -> list[str]:
    if len(names) > MOST:
        return [f"{noun}s {', '.join(names[:MOST])} and {len(names) - MOST} more"]
    many = f"{noun}s {', '.join(names[:-1])} and" if len(names) > 1 else noun
    return [f"{many} {names[-1]}"] if names else []
