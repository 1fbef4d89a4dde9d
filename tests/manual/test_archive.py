"""The archive held against the live chapter and its manifest: each fault once, at its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import history, manifest
from chapterhouse import manual as manuals
from chapterhouse.manual import archived
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Diagnostic, Source

Archive = Callable[..., None]
DAY = date(2026, 11, 21)
SLUG = "core/records"
LIVE = f"procedures/{SLUG}.md"
FOLDER = f"amendments/{SLUG}"
Versions = list[tuple[str, str, str, str]]
"""Version, effective date (and day of publication after a slash), lines of the record, text; oldest first."""


def write(root: Path, archive: Archive, versions: Versions) -> None:
    """Chapter 1.3 in these versions, each archived."""
    shutil.rmtree(root / FOLDER)
    (root / FOLDER).mkdir()
    records = ""
    for version, days, more, text in versions:
        effective, _, published = days.partition("/")
        lines = "".join(f"    {line}\n" for line in more.split("\n") if line)
        record = (
            f'  - version: "{version}"\n    effective: {effective}\n    published: {published or effective}\n'
            f"    kind: revised\n    summary: A change.\n{lines}"
        )
        records = record + records
        head = f'chapter: "1.3"\ntitle: Keeping records\nversion: "{version}"\nowner: Subgroup\n'
        head += f"review: {{due: 2027-03-31}}\namendments:\n{records}"
        (root / LIVE).write_text(f"---\n{head}---\n\n## 1. The record\n\n{text}\n", "utf-8")
        archive(root)


def faults(root: Path) -> list[Diagnostic]:
    return [fault for fault in manuals.check(manuals.load(root), DAY) if fault.severity == "error"]


def told(root: Path) -> list[tuple[str, str]]:
    return [(fault.code, fault.path) for fault in faults(root)]


TEXT = "1.1 Write on the day.\n\n1.2 Keep it.\n\n1.3 Read it."
THREE: Versions = [
    ("1", "2024-01-01", "", TEXT),
    ("2", "2025-01-01", 'paragraphs: ["1.2"]', TEXT.replace("Keep it", "Keep it well")),
    (
        "3",
        "2026-01-01",
        'paragraphs: ["1.1"]',
        TEXT.replace("Keep it", "Keep it well").replace("Write", "Say"),
    ),
]


@pytest.mark.parametrize("version", ["1", "2", "3"])
@pytest.mark.parametrize(
    ("old", "new", "says"), [("Read it.", "Read it all.", "paragraph 1.3"), ("1.3 ", "1.4 ", "1.3")]
)
def test_what_was_altered_is_told_from_the_other_versions(
    small_manual: Path, archive: Archive, version: str, old: str, new: str, says: str
) -> None:
    write(small_manual, archive, THREE)
    file = small_manual / FOLDER / f"{version}.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    (fault,) = faults(small_manual)
    assert (fault.code, fault.path) == ("archive-altered", f"{FOLDER}/{version}.md")
    assert says in fault.message
    assert fault.hint.startswith(f"copy {LIVE} to" if version == "3" else "put the file back")
    assert fault.span.line == 1 + file.read_text("utf-8")[: file.read_text("utf-8").index(new)].count("\n")


def test_what_a_record_says_to_have_changed_is_not_suspected(small_manual: Path, archive: Archive) -> None:
    write(small_manual, archive, THREE)
    file = small_manual / FOLDER / "2.md"
    file.write_text(file.read_text("utf-8").replace("Keep it well", "Keep it badly"), "utf-8")
    (fault,) = faults(small_manual)
    assert fault.message == "it is not what was archived as version 2: look at paragraph 1.2"
    file.write_text(file.read_text("utf-8").replace("Keep it badly", "Keep it well") + "\n\n", "utf-8")
    (fault,) = faults(small_manual)
    assert fault.message.endswith("cannot be told from the others")


@pytest.mark.parametrize("version", ["1", "3"])
@pytest.mark.parametrize(("size", "says"), [(0, "it is empty"), (100, "it is cut off")])
def test_a_version_that_lost_its_end_is_not_compared(
    small_manual: Path, archive: Archive, version: str, size: int, says: str
) -> None:
    write(small_manual, archive, THREE)
    file = small_manual / FOLDER / f"{version}.md"
    file.write_bytes(file.read_bytes()[:size])
    (fault,) = faults(small_manual)
    assert fault.message == f"it is not what was archived as version {version}: {says}"
    assert fault.hint.startswith(f"copy {LIVE} to" if version == "3" else "put the file back")


def test_swapped_versions_are_each_told(small_manual: Path, archive: Archive) -> None:
    write(small_manual, archive, THREE)
    one, two = small_manual / FOLDER / "1.md", small_manual / FOLDER / "2.md"
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)
    messages = [fault.message for fault in faults(small_manual)]
    assert messages == [
        "it is not what was archived as version 1: it holds what was archived as 2.md",
        "it is not what was archived as version 2: it holds what was archived as 1.md",
    ]


@pytest.mark.parametrize("version", ["1", "2", "3"])
def test_a_version_that_is_gone_is_told_once(small_manual: Path, archive: Archive, version: str) -> None:
    write(small_manual, archive, THREE)
    (small_manual / FOLDER / f"{version}.md").unlink()
    (fault,) = faults(small_manual)
    assert (fault.code, fault.path) == ("missing-version", LIVE)
    assert fault.message == f"version {version} was archived, and its file is gone"
    assert ("still as it was archived" in fault.hint) == (version == "3")


def test_a_version_that_was_renamed_is_gone_and_is_no_other(small_manual: Path, archive: Archive) -> None:
    write(small_manual, archive, THREE)
    (small_manual / FOLDER / "2.md").rename(small_manual / FOLDER / "7.md")
    assert told(small_manual) == [("archive-mismatch", f"{FOLDER}/7.md"), ("missing-version", LIVE)]


def test_a_version_without_record_that_is_gone_is_told_at_the_manifest(
    small_manual: Path, archive: Archive
) -> None:
    write(small_manual, archive, THREE)
    sums = small_manual / FOLDER / manifest.NAME
    sums.write_bytes(manifest.appended(sums.read_bytes(), "9.md", manifest.digest(b"")))
    assert told(small_manual) == [("missing-version", f"{FOLDER}/SHA256SUMS")]


def test_the_newest_record_that_nobody_archived(small_manual: Path, archive: Archive) -> None:
    write(small_manual, archive, THREE[:2])
    kept = shutil.copytree(small_manual / FOLDER, small_manual.parent / "kept")
    write(small_manual, archive, THREE)
    shutil.rmtree(small_manual / FOLDER)
    shutil.copytree(kept, small_manual / FOLDER)
    (fault,) = faults(small_manual)
    assert (fault.code, fault.message) == ("missing-version", "version 3 is recorded and not archived yet")
    assert fault.hint == f"run `chapterhouse amend {SLUG}`, which archives the chapter as it stands"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("owner: Subgroup", "owner: Board"),
        ("owner: Subgroup", "owner:   'Subgroup' # us"),
        ("{due: 2027-03-31}", "{due: 2028-03-31}"),
        ("amendments:", "formerly: [core/old]\namendments:"),
        ("amendments:", "roles: [school]\namendments:"),
        ("\n", "\r\n"),
    ],
)
def test_what_may_change_without_a_version(small_manual: Path, archive: Archive, old: str, new: str) -> None:
    write(small_manual, archive, THREE)
    file = small_manual / LIVE
    file.write_bytes(file.read_text("utf-8").replace(old, new).encode())
    assert told(small_manual) == []


def test_a_renamed_chapter_takes_its_archive_along(small_manual: Path) -> None:
    """The three steps of docs/editing.md, and what is said while one is missing."""
    (small_manual / LIVE).rename(small_manual / "procedures/core/notes.md")
    file = small_manual / "procedures/core/notes.md"
    assert told(small_manual) == [("orphan-archive", FOLDER)]
    file.write_text(file.read_text("utf-8").replace("owner:", f"formerly: [{SLUG}]\nowner:"), "utf-8")
    assert told(small_manual) == [("orphan-archive", FOLDER)]
    (small_manual / FOLDER).rename(small_manual / "amendments/core/notes")
    assert manuals.check(manuals.load(small_manual), DAY) == ()


def test_of_a_folder_that_was_no_address_nothing_formerly_is_asked(small_manual: Path) -> None:
    (small_manual / FOLDER).rename(small_manual / "amendments/records")
    (fault,) = faults(small_manual)
    assert (fault.code, fault.path) == ("orphan-archive", "amendments/records")
    assert fault.hint == f"move it to {FOLDER}"
    (small_manual / "amendments/records").rename(small_manual / FOLDER)
    assert faults(small_manual) == []


def test_a_file_outside_every_folder_of_the_archive(small_manual: Path) -> None:
    shutil.copy(small_manual / FOLDER / "1.md", small_manual / "amendments/1.md")
    (fault,) = faults(small_manual)
    assert (fault.code, fault.path) == ("orphan-archive", "amendments/1.md")
    assert fault.message == "amendments/1.md stands outside every chapter's folder"
    assert fault.hint == "move or delete it"


def test_lines_of_the_manifest_that_stand_twice_blame_nobody(small_manual: Path, archive: Archive) -> None:
    write(small_manual, archive, THREE)
    sums = small_manual / FOLDER / manifest.NAME
    lines = sums.read_bytes().splitlines(keepends=True)
    sums.write_bytes(b"".join(lines + lines[-2:]))
    (fault,) = faults(small_manual)
    assert (fault.code, fault.span.line) == ("broken-manifest", len(lines) + 1)
    assert fault.message == "this line and the one below it stand twice"
    assert fault.hint == "delete the second pair of lines"
    sums.write_bytes(b"".join(lines))
    assert faults(small_manual) == []


REVIEW = (
    "under_review: {since: 2026-09-01, reason: New., still_applies: true, meanwhile: Ask.,"
    ' paragraphs: ["1.1"], expected: 2027-01-31}\nowner: S'
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('chapter: "1.3"', 'chapter: "1.4"', "`chapter`"),
        ("owner: S", "numbering: none\nowner: S", "`numbering`"),
        (
            "owner: S",
            REVIEW,
            "`under_review`",
        ),
        ("Keep it well.", "Keep it well!", "paragraph 1.2"),
        ("\n1.3 Read it.", "", "paragraph 1.3"),
        ("\n1.3 Read it.", "\n1.3 Read it.\n\n1.4 Burn it.", "paragraph 1.4"),
    ],
)
def test_an_unrecorded_change_is_one_fault(
    small_manual: Path, archive: Archive, old: str, new: str, says: str
) -> None:
    """A paragraph that an edit takes out is named by the record that is to come."""
    write(small_manual, archive, THREE)
    records = small_manual / "procedures/core/referrals.md"
    records.write_text(
        records.read_text("utf-8").replace(", as chapter 1.3, paragraph 1.1 says", ""), "utf-8"
    )
    archive(small_manual, "core/referrals")
    file = small_manual / LIVE
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    (fault,) = faults(small_manual)
    assert fault.code == "unrecorded-change"
    assert says in fault.message


# --- Numbers that vanish ---


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([""], ["1.3"]),
        (['paragraphs: ["1.3"]'], []),
        (['renumbered: {"1.3": "1.2"}'], []),
        (['renumbered: {"1.2": "1.3"}'], ["1.3"]),
        (["", 'paragraphs: ["1.3"]'], []),
        (["", 'renumbered: {"1.3": "1.1"}'], []),
        (['paragraphs: ["1.3"]', 'paragraphs: ["1.1"]'], []),
    ],
)
def test_a_number_may_go_if_a_record_names_it(
    small_manual: Path, archive: Archive, records: list[str], expected: list[str]
) -> None:
    """`unknown-paragraph` lets a record name what the version before had."""
    gone = "1.1 Write on the day.\n\n1.2 Keep it."
    versions = [("1", "2024-01-01", "", TEXT)]
    versions += [(f"{n}", f"2025-0{n}-01", more, gone) for n, more in enumerate(records, 2)]
    write(small_manual, archive, versions)
    vanished = [fault for fault in faults(small_manual) if fault.code == "paragraph-vanished"]
    assert [fault.message.split()[1] for fault in vanished] == expected
    assert len(faults(small_manual)) == len(expected)


def test_a_heading_may_go(small_manual: Path, archive: Archive) -> None:
    write(
        small_manual,
        archive,
        [("1", "2024-01-01", "", f"{TEXT}\n\n## 2. End"), ("2", "2025-01-01", "", TEXT)],
    )
    assert told(small_manual) == []


def test_a_paragraph_is_missed_by_the_version_that_follows_it_in_effect(
    small_manual: Path, archive: Archive
) -> None:
    """Version 3 is urgent and stands on version 1: it need not hold what version 2, scheduled, adds."""
    more = f"{TEXT}\n\n1.4 Burn it."
    versions = [
        ("1", "2024-01-01", "", TEXT),
        ("2", "2027-01-01/2026-01-01", 'paragraphs: ["1.4"]', more),
        ("3", "2026-02-01", 'paragraphs: ["1.1"]', TEXT.replace("Write", "Say")),
    ]
    write(small_manual, archive, versions)
    assert told(small_manual) == [("schedule-overtaken", LIVE)]


# --- Versions that overtake one another ---


@pytest.mark.parametrize(
    ("days", "overtaken"),
    [
        (["2024-01-01", "2025-01-01", "2026-01-01"], []),
        (["2024-01-01", "2027-01-01/2026-01-01"], []),
        (["2024-01-01", "2027-01-01/2026-01-01", "2026-02-01"], ["2"]),
        (["2024-01-01", "2027-01-01/2026-01-01", "2026-02-01", "2027-01-01/2026-03-01"], []),
        # Recorded anew for an earlier day, it would still take effect on its own.
        (["2024-01-01", "2027-01-01/2026-01-01", "2026-02-01", "2026-12-01/2026-03-01"], ["2"]),
        # What comes after it takes nothing back.
        (["2024-01-01", "2027-01-01/2026-01-01", "2026-02-01", "2027-06-01/2026-03-01"], ["2"]),
        # It took effect as it was: what is in force since has put it right, and what is to come has not yet.
        (["2024-01-01", "2026-07-01/2026-01-01", "2026-06-01"], ["2"]),
        (["2024-01-01", "2026-07-01/2026-01-01", "2026-06-01", "2026-07-05"], []),
        (["2024-01-01", "2026-07-01/2026-01-01", "2026-06-01", "2026-11-21"], []),
        (["2024-01-01", "2026-07-01/2026-01-01", "2026-06-01", "2026-11-22/2026-07-05"], ["2"]),
        # Two are scheduled; each is overtaken.
        (["2024-01-01", "2027-01-01/2026-01-01", "2028-01-01/2026-01-01", "2026-02-01"], ["2", "3"]),
        # Dated back behind one that has been in force: put right by any version that comes after it.
        (["2024-01-01", "2025-01-01", "2024-06-01/2025-06-01"], ["2"]),
        (["2024-01-01", "2025-01-01", "2024-06-01/2025-06-01", "2026-01-01"], []),
        # Dated back, but behind nothing.
        (["2024-01-01", "2024-06-01/2025-06-01"], []),
        (["2024-01-01", "2025-01-01", "2025-01-01"], []),
    ],
)
def test_a_version_that_does_not_stand_on_the_one_in_force_before_it(
    small_manual: Path, archive: Archive, days: list[str], overtaken: list[str]
) -> None:
    versions = [(f"{n}", day, "reason: Agreed." if "/" in day else "", TEXT) for n, day in enumerate(days, 1)]
    write(small_manual, archive, versions)
    found = faults(small_manual)
    assert {fault.code for fault in found} <= {"schedule-overtaken"}
    assert sorted(fault.message.split()[1] for fault in found) == overtaken
    for fault in found:
        assert f"`chapterhouse amend {SLUG}" in fault.hint, fault.hint


# --- What the archive costs ---


def test_no_superseded_version_is_parsed_to_check_the_manual(
    small_manual: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """350 chapters of 20 versions are 7,000 texts; a version is parsed for whoever asks for it, and once."""
    write(small_manual, archive, THREE)
    parsed: list[str] = []

    def counting(source: Source, slug: str, sha256: str) -> object:
        parsed.append(source.path)
        return parse_chapter(source, slug, sha256)

    monkeypatch.setattr(archived, "parse_chapter", counting)
    manual = manuals.load(small_manual)
    assert manuals.check(manual, DAY) == ()
    assert parsed == []
    known = manual.histories[SLUG]
    assert len(history.versions(known)) == 3
    assert known.archive["1"] is known.archive["1"]
    assert known.archive["3"] is known.chapter
    assert parsed == [f"{FOLDER}/1.md", f"{FOLDER}/2.md"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "accept: []\n"])
def test_the_top_of_a_version_is_its_front_matter(
    small_manual: Path, archive: Archive, ends: str, last: str
) -> None:
    """Read without the records below the newest, at the places where it stands in the file."""
    write(small_manual, archive, THREE)
    file = small_manual / FOLDER / "2.md"
    text = file.read_text("utf-8").replace("---\n\n## 1.", f"{last}---\n\n## 1.").replace("\n", ends)
    file.write_bytes(text.encode())
    archive(small_manual)
    known = manuals.load(small_manual).histories[SLUG].archive
    top, whole = archived.newest(known, "2"), known["2"].head
    assert (top.version, top.title, top.amendments[0]) == (whole.version, whole.title, whole.amendments[0])
    assert all(whole.places[path] == place for path, place in top.places.items() if path != "amendments")
    assert archived.numbers(known, "2") == known["2"].numbers


HOSTILE = st.sampled_from(
    [b"\n", b"# ", b"previous: ", b"0" * 64, b"  1.md\n", b"<<<<<<< a\n", b"\r\n", b"\xff", b"A"]
)


@given(st.lists(HOSTILE, max_size=12), st.sampled_from([b"", manifest.appended(b"", "1.md", "0" * 64)]))
def test_any_bytes_as_a_manifest_are_read_or_refused(pieces: list[bytes], start: bytes) -> None:
    data = start + b"".join(pieces)
    line, found = 1, {}
    try:
        found = dict(manifest.read(data))
    except manifest.ManifestError as error:
        line = error.line
    assert 1 <= line <= max(len(data.splitlines()), 1)
    assert all(name in data.decode() for name in found)
