"""Loading and judging whole manuals, hostile ones included."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chapterhouse import manual as manuals
from chapterhouse.diagnostics import CODES
from chapterhouse.manual.tree import Tree
from chapterhouse.model import Diagnostic, Span
from chapterhouse.site import Site

TODAY = date(2026, 11, 21)
DAYS = (date(1900, 1, 1), date(2023, 12, 20), date(2026, 3, 31), TODAY, date(2199, 12, 31))
CHAPTER = "procedures/core/referrals.md"
ARCHIVED = "amendments/core/referrals/1.md"
Archive = Callable[..., None]
CASE_MANUAL = Path(__file__).parent.parent / "cases/manual"
SOUND = (CASE_MANUAL / CHAPTER).read_bytes()
FIRST = (CASE_MANUAL / ARCHIVED).read_bytes()


def judge(root: Path) -> tuple[Diagnostic, ...]:
    """What `check` finds. Where that is no error, the site is drawn too, on days of every kind."""
    manual = manuals.load(root)
    found = manuals.check(manual, TODAY)
    for diagnostic in found:
        span = diagnostic.span
        assert diagnostic.code in CODES
        assert diagnostic.message
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        if diagnostic.path in manual.sources:
            source = manual.sources[diagnostic.path]
            assert 1 <= span.line <= len(source.starts)
            assert 1 <= span.column <= len(source.line(span.line)) + 1
    errors, overtaken = divided(found)
    left = None
    for day in DAYS:
        # What time brings about is never an error, and takes none away but one: a version that holds what an
        # overtaken one lacked settles it for good when it comes into force, and the cure names the day.
        lasting, places = divided(manuals.check(manual, day))
        assert lasting == errors
        assert left is None or places <= left
        assert day != TODAY or places == overtaken
        left = places
        if not lasting and not places:
            draw(Site(manual, day, "Case procedures", "https://procedures.example/", lambda *_: None))
    return found


def divided(found: tuple[Diagnostic, ...]) -> tuple[set[Diagnostic], set[tuple[str, Span]]]:
    """The errors that no day takes away, and where one stands that does."""
    errors = {one for one in found if one.severity == "error"}
    overtaken = {one for one in errors if one.code == "schedule-overtaken"}
    return errors - overtaken, {(one.path, one.span) for one in overtaken}


def draw(site: Site) -> None:
    """Everything of the site that does not take MkDocs."""
    addresses = [page.address for page in site.pages]
    assert len(addresses) == len(set(addresses))
    assert all(page.context and page.title is not None for page in site.pages)
    for page in site.pages:
        for around in (page.before, page.after):
            assert around is None or around(page.url)
    assert site.order
    assert all(site.files.values())


@pytest.fixture(scope="module")
def shared_manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(CASE_MANUAL, tmp_path_factory.mktemp("m") / "manual"))


MARKS = """1.1 |2.2A |3. |23. |## 1. Title\n|# |### |\n|\n\n|- |    |```\n|~~~|> |a) |i)
|[x](y.md#1.1)|![](z.png)
|[^1]|[^1]: |<b>|<!--|-->|&#x0;|\\|{: .x }|{#y}|`|**|_|paragraph 1.1|chapter 2.2, paragraph 9.9|\r\n|\r
|\u2028|\x85|\x00|\ufeff|\u202e|e\u0301|<<<<<<< a\n|=======\n|>>>>>>> b\n|---\n|===\n|!!! note\n|*[A]: b\n"""
LONG = "9" * 5000
TOKENS = st.lists(
    st.sampled_from(
        [
            *MARKS.split("|"),
            "| a | b |\n|---|---|\n",
            "|",
            f"{LONG} ",
            f"1.{LONG} ",
            f"{LONG}. ",
            f"## {LONG}. ",
        ]
    ),
    max_size=60,
)
UNDER_REVIEW = """\
under_review:
  {since: 1900-01-01, reason: x,
   still_applies: true, meanwhile: y, paragraphs: [1.2], expected: 2199-12-31}"""
# Values of the front matter, each with what may be put in its place.
VALUES = [
    *'1.2|"2"|"1"|2027-03-31|2026-04-01|2026-03-25|2024-01-01|2023-12-15|[school]'.split("|"),
    *"roles: [school]|Making a referral|revised|kind: new|First issue.|Procedures Subgroup".split("|"),
]
ODD = [
    *(LONG, f"1.{LONG}", f'"{LONG}"'),
    *'"1"|"2"|"3.1"|0|~|[]|{}|[x, y]|x|<b>|"\\u200b"'.split("|"),
    *"0001-01-01 1900-01-01 2199-12-31 9999-12-31 2026-02-30 2026-04-01 2024-01-01".split(),
    *("withdrawn", "corrected"),
    *("kind: withdrawn", "status: withdrawn", "status: draft", "numbering: continuous", "numbering: none"),
    *("formerly: [core/old]", "formerly: [core/records]", "kind: new\n    renumbered: {1: 2}"),
    "kind: corrected\n    corrects: {version: 1, from: 2024-01-01, until: 2199-12-31}",
    UNDER_REVIEW,
]
SWAPS = st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(ODD)), max_size=4)
HOSTILE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def swapped(data: bytes, swaps: list[tuple[str, str]]) -> bytes:
    for old, new in swaps:
        data = data.replace(old.encode(), new.encode())
    return data


HEADS = st.one_of(
    st.sampled_from([b"", b"---\n", SOUND, SOUND[: SOUND.index(b"##")]]),
    st.builds(swapped, st.sampled_from([SOUND, SOUND[: SOUND.index(b"##")]]), SWAPS),
)
BODIES = st.one_of(st.binary(max_size=300), TOKENS.map(lambda tokens: "".join(tokens).encode()))


@given(HEADS, BODIES)
@settings(HOSTILE, max_examples=300)
def test_any_bytes_as_a_chapter_end_in_diagnostics(
    shared_manual: Path, archive: Archive, head: bytes, body: bytes
) -> None:
    (shared_manual / ARCHIVED).write_bytes(FIRST)
    (shared_manual / CHAPTER).write_bytes(head + body)
    archive(shared_manual)
    judge(shared_manual)


@given(HEADS, BODIES)
@settings(HOSTILE, max_examples=150)
def test_any_bytes_as_an_archived_version_end_in_diagnostics(
    shared_manual: Path, archive: Archive, head: bytes, body: bytes
) -> None:
    (shared_manual / ARCHIVED).write_bytes(head.replace(b'version: "2"', b'version: "1"', 1) + body)
    (shared_manual / CHAPTER).write_bytes(SOUND)
    archive(shared_manual)
    judge(shared_manual)


@given(SWAPS, SWAPS)
@settings(HOSTILE, max_examples=300)
def test_any_values_of_two_versions_end_in_diagnostics_or_in_a_site(
    shared_manual: Path, archive: Archive, live: list[tuple[str, str]], archived: list[tuple[str, str]]
) -> None:
    (shared_manual / ARCHIVED).write_bytes(swapped(FIRST, archived))
    (shared_manual / CHAPTER).write_bytes(swapped(SOUND, live))
    archive(shared_manual)
    judge(shared_manual)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + SOUND, id="byte-order mark"),
        pytest.param(SOUND.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(SOUND.replace(b"\n", b"\r"), id="CR"),
        pytest.param(SOUND.replace(b"copy.\n", b"copy."), id="no final newline"),
        pytest.param(
            SOUND.replace(b"duty desk", "de\u0301sk â “quoted” text".encode()), id="NFD and typography"
        ),
        pytest.param(SOUND.replace(b"paragraph 2.1", "paragraph\u00a02.1".encode()), id="no-break space"),
    ],
)
def test_what_must_be_read_is_read(small_manual: Path, data: bytes, archive: Archive) -> None:
    (small_manual / CHAPTER).write_bytes(data)
    archive(small_manual)
    assert judge(small_manual) == ()
    chapter = manuals.load(small_manual).by_slug["core/referrals"]
    assert chapter.anchors == ("1", "1.1", "1.2", "2", "2.1", "2.2")
    assert chapter.body.paragraphs[1].text.replace("\r", "").startswith("Ring the ")


def test_no_file_of_any_kind_raises(small_manual: Path) -> None:
    (small_manual / "procedures/parts.yml").write_bytes(b"\xff")
    (small_manual / "procedures/core/records.md").unlink()
    os.mkfifo(small_manual / "procedures/core/records.md")
    assert {d.code for d in judge(small_manual)} == {"not-utf8", "unreadable-file"}


def test_a_file_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert tree.read("procedures/core/gone.md") is None
    assert [(d.code, d.message) for d in tree.faults] == [
        ("unreadable-file", "the file cannot be read: No such file or directory")
    ]


def test_other_programs_files_are_passed_over(small_manual: Path) -> None:
    for name in (".DS_Store", ".referrals.md.swp", "referrals.md~", ".#referrals.md"):
        (small_manual / "procedures/core" / name).write_bytes(b"\xff\xff")
    assert judge(small_manual) == ()


def test_an_accepted_diagnostic_is_silent(small_manual: Path, archive: Archive) -> None:
    """It may be accepted without a version."""
    file = small_manual / CHAPTER
    text = file.read_text("utf-8").replace("2.2 You keep", "2.3 You keep")
    text = text.replace('paragraphs: ["1.2"]', 'paragraphs: ["1.2", "2.2"]')
    accept = (
        "accept:\n  - {code: number-gap, text: 2.3 You keep, because: 2.2 was taken out in 2020.}\nreview:"
    )
    file.write_text(text, "utf-8")
    archive(small_manual)
    assert [d.code for d in judge(small_manual)] == ["number-gap"]
    file.write_text(text.replace("review:", accept), "utf-8")
    assert judge(small_manual) == ()


def test_time_alone_makes_no_error(small_manual: Path, archive: Archive) -> None:
    """Whether every version has its text is asked of each on every day, before its change and after."""
    file = small_manual / CHAPTER
    file.write_text(
        file.read_text("utf-8").replace("effective: 2026-04-01", "effective: 2027-04-01"), "utf-8"
    )
    archive(small_manual)
    assert judge(small_manual) == ()
    (small_manual / ARCHIVED).unlink()
    assert [d.code for d in judge(small_manual)] == ["missing-version"]


def test_the_state_of_an_archived_version_must_still_be_readable(
    small_manual: Path, archive: Archive
) -> None:
    """A banner hangs on it while a change is scheduled. The rest of its front matter is as it was."""
    text = FIRST.replace(b"roles: [school]", b"under_review: {since: 2026-09-31}")
    text = text.replace(b"owner:", b"keeper:").replace(b"due: 2027-03-31", b"due: soon")
    (small_manual / ARCHIVED).write_bytes(text)
    archive(small_manual)
    assert {d.code for d in judge(small_manual)} == {"bad-date", "under-review-incomplete"}
    (small_manual / ARCHIVED).write_bytes(b"<<<<<<< ours\n" + FIRST)
    assert [d.code for d in judge(small_manual)] == ["merge-conflict"]


def test_a_broken_archive_hides_no_broken_reference(small_manual: Path, archive: Archive) -> None:
    (small_manual / ARCHIVED).write_bytes(b"\xff")
    archive(small_manual)
    (small_manual / CHAPTER).write_bytes(SOUND.replace(b"chapter 1.3,", b"chapter 7.7,"))
    archive(small_manual)
    assert [d.code for d in judge(small_manual)] == ["not-utf8", "broken-reference"]


def test_a_fault_is_told_once_and_not_in_every_file_that_leads_to_it(small_manual: Path) -> None:
    """A chapter that cannot be read may have any number, and a list of parts any part."""
    (small_manual / "procedures/pages").mkdir(exist_ok=True)
    page = "---\ntitle: About\n---\nSee chapter 1.2, paragraph 2.1 and [it](../core/referrals.md#2.1).\n"
    (small_manual / "procedures/pages/about.md").write_text(page, "utf-8")
    assert judge(small_manual) == ()
    (small_manual / CHAPTER).write_bytes(SOUND.replace(b"title: Making", b"title: Making: "))
    assert [d.code for d in judge(small_manual)] == ["broken-yaml"]
    (small_manual / CHAPTER).write_bytes(b"\xff" + SOUND)
    assert [d.code for d in judge(small_manual)] == ["not-utf8"]
    (small_manual / CHAPTER).write_bytes(SOUND)
    (small_manual / "procedures/parts.yml").write_text("<<<<<<< ours\nparts: {}\n>>>>>>> theirs\n", "utf-8")
    assert [d.code for d in judge(small_manual)] == ["merge-conflict"]


def test_a_record_may_name_a_paragraph_that_it_took_out(small_manual: Path) -> None:
    added = FIRST.replace(b"## 2.", b"1.3 Or ring the office.\n\n## 2.", 1)
    (small_manual / ARCHIVED).write_bytes(added)
    named = SOUND.replace(b'paragraphs: ["1.2"]', b'paragraphs: ["1.2", "1.3", "1.4"]')
    (small_manual / CHAPTER).write_bytes(named)
    assert [d.message for d in judge(small_manual) if d.code == "unknown-paragraph"] == [
        "the chapter has no paragraph 1.4"
    ]


def test_references_on_pages_lead_somewhere(small_manual: Path) -> None:
    page = "---\ntitle: About\n---\nSee chapter 1.2, paragraph 9.9. A number is written: paragraph 3.4.\n"
    (small_manual / "procedures/pages").mkdir(exist_ok=True)
    (small_manual / "procedures/pages/about.md").write_text(page, "utf-8")
    found = judge(small_manual)
    assert [(d.code, d.path, d.message) for d in found] == [
        ("broken-reference", "procedures/pages/about.md", "chapter 1.2 has no paragraph 9.9")
    ]
