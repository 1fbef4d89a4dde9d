"""`amend` where there is no terminal: what it works out, what it writes, what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chapterhouse import frontmatter, manifest
from chapterhouse import manual as manuals
from chapterhouse.cli import main
from chapterhouse.model import Amendment, Head, Source

LIVE = "procedures/core/referrals.md"
SUMS = "amendments/core/referrals/SHA256SUMS"
DAY = date(2026, 11, 21)

Command = Callable[..., Result]
Archive = Callable[..., None]
Files = Callable[[Path], dict[str, bytes]]
Errors = Callable[[Path], list[str]]


def head_of(root: Path, path: str = LIVE) -> Head:
    return frontmatter.read(Source(path, (root / path).read_bytes().decode()))[0]


def newest(root: Path, path: str = LIVE) -> Amendment:
    return head_of(root, path).amendments[0]


def edit(root: Path, old: str, new: str, path: str = LIVE) -> None:
    text = (root / path).read_bytes().decode()
    assert old in text
    (root / path).write_bytes(text.replace(old, new).encode())


def refused(result: Result, code: int, *says: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    for words in says:
        assert words in result.stderr


def test_a_change_is_archived_listed_and_recorded(
    written: Path, command: Command, files: Files, errors: Errors
) -> None:
    before = files(written)
    result = command(
        written,
        "amend",
        "1.2",
        "--summary",
        "Two copies are kept.",
        "--because",
        "ukpga/2004/31",
        "--because",
        "A request: of the schools",
        "--action",
        "Keep two.",
        "--roles",
        "school,police",
        "--approved-by",
        "Subgroup",
        "--effective",
        "2026-12-01",
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{LIVE}: recorded: version 3, revised, effective 2026-12-01: 2.2\n"
    assert result.stderr == ""
    after = files(written)
    assert {path for path in after if after[path] != before.get(path)} == {
        LIVE,
        SUMS,
        "amendments/core/referrals/3.md",
    }
    assert after["amendments/core/referrals/3.md"] == after[LIVE]
    assert after[SUMS].startswith(before[SUMS])
    assert list(manifest.read(after[SUMS])) == ["1.md", "2.md", "3.md"]
    assert newest(written) == Amendment(
        version="3",
        effective=date(2026, 12, 1),
        published=DAY,
        kind="revised",
        summary="Two copies are kept.",
        paragraphs=("2.2",),
        because=("ukpga/2004/31", "A request: of the schools"),
        approved_by="Subgroup",
        action="Keep two.",
        roles=("school", "police"),
    )
    lines = iter(after[LIVE].split(b"\n"))
    kept = [line for line in before[LIVE].split(b"\n") if not line.startswith(b"version:")]
    assert all(line in lines for line in kept)
    assert errors(written) == []
    again = command(written, "amend", "1.2", "--summary", "Again.")
    refused(again, 1, f"{LIVE}: refused: nothing has changed since version 3")


@pytest.mark.parametrize("name", ["core/referrals", "1.2", LIVE, "/core/referrals/"])
def test_a_chapter_is_named_by_slug_number_or_path(written: Path, name: str, command: Command) -> None:
    assert command(written, "amend", name, "--summary", "Two copies.").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "kind", "paragraphs", "renumbered"),
    [
        ("You keep two copies.\n", "You keep a copy.\n\n2.3 You date it.\n", "added", ("2.3",), ()),
        ("\n2.2 You keep two copies.\n", "", "removed", ("2.2",), ()),
        ("1.2 Ring the", "1.2A Ring the", "renumbered", (), (("1.2", "1.2A"),)),
        ("title: Making a referral", "title: Referring", "revised", ("2.2",), ()),
    ],
)
def test_kind_and_paragraphs_are_worked_out(
    written: Path,
    old: str,
    new: str,
    kind: str,
    paragraphs: tuple[str, ...],
    renumbered: tuple[tuple[str, str], ...],
    command: Command,
) -> None:
    if kind == "renumbered":
        edit(written, "two copies", "a copy")
    edit(written, old, new)
    result = command(written, "amend", "core/referrals", "--summary", "Changed.")
    assert result.exit_code == 0, result.output
    record = newest(written)
    assert (record.kind, record.paragraphs, record.renumbered) == (kind, paragraphs, renumbered)


def test_a_withdrawal_is_seen(written: Path, command: Command, errors: Errors) -> None:
    edit(written, "owner:", "status: withdrawn\nowner:")
    assert command(written, "amend", "1.2", "--summary", "Use chapter 1.3.").exit_code == 0
    assert newest(written).kind == "withdrawn"
    assert errors(written) == []


def test_a_review_opened_by_hand_is_of_kind_reviewed(written: Path, command: Command) -> None:
    edit(written, "two copies", "a copy")
    block = (
        "under_review:\n  since: 2026-11-21\n  reason: Why.\n  still_applies: true\n  meanwhile: Wait.\n"
        '  paragraphs: ["2.2"]\n  expected: 2027-01-31\namendments:\n'
    )
    edit(written, "amendments:\n", block)
    assert command(written, "amend", "1.2", "--summary", "Under review.").exit_code == 0
    assert newest(written).kind == "reviewed"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "--summary"),
        (("--summary", "two\nlines"), "--summary must stand on one line: join the lines\n"),
        (("--summary", "<b>bold</b>"), "plain text"),
        (("--summary", "x" * 2001), "at most 2,000"),
        (("--summary", "   "), "--summary is empty: write plain text\n"),
        (
            ("--summary", "a\u200bb"),
            "--summary: an invisible character stands here: zero width space",
        ),
        (("--summary", "a\x07b"), "(U+0007): type the words again, without it\n"),
        (("--summary", "x", "--approved-by", " "), "--approved-by is empty: write plain text\n"),
        (("--summary", "x", "--because", "ukpga/2004/310000"), "--because: no instrument has the id ukpga"),
        (("--summary", "x", "--roles", "schools"), "--roles: schools is not a role: write school"),
        (
            ("--summary", "x", "--paragraph", "2.9"),
            "--paragraph: the chapter has no paragraph 2.9; the nearest",
        ),
        (("--summary", "x", "--renumbered", "2.2"), "is not written as OLD=NEW"),
        (("--summary", "x", "--renumbered", "2.2=2.9"), "--renumbered: the chapter has no paragraph 2.9"),
        (("--summary", "x", "--effective", "2026-11-20"), "before it is published on 2026-11-21"),
        (("--summary", "x", "--effective", "soon"), "not written as YYYY-MM-DD"),
        (("--summary", "x", "--kind", "new"), "only the first version is new"),
        (("--summary", "x", "--kind", "corrected"), "give --correct VERSION"),
        (("--summary", "x", "--correct", "9"), "there is no such version; there are: 2, 1"),
        (("--summary", "x", "--wrong-from", "2026-11-01"), "go with --correct"),
        (("--summary", "x", "--urgent"), "--urgent goes with --from FILE"),
        (("--summary", "x", "--from", "nothing.md"), "--from nothing.md"),
    ],
)
def test_misuse_is_one_message_and_writes_nothing(
    written: Path, options: tuple[str, ...], says: str, command: Command, files: Files
) -> None:
    before = files(written)
    refused(command(written, "amend", "1.2", *options), 2, "Error: ", says)
    assert files(written) == before


def test_an_unknown_chapter_is_misuse(written: Path, command: Command) -> None:
    refused(command(written, "amend", "core/referral"), 2, "the nearest is core/referrals")


def test_before_its_publication_it_takes_a_reason(written: Path, command: Command) -> None:
    options = ("--summary", "x", "--effective", "2026-11-01", "--reason", "Agreed by telephone.")
    assert command(written, "amend", "1.2", *options).exit_code == 0
    assert newest(written).reason == "Agreed by telephone."


def test_an_error_of_the_text_is_refused(written: Path, command: Command, files: Files) -> None:
    edit(written, "two copies.", "two copies, as paragraph 9.9 says.")
    before = files(written)
    refused(
        command(written, "amend", "1.2", "--summary", "x"), 1, "this chapter has no paragraph 9.9", "help:"
    )
    assert files(written) == before


def test_a_version_written_by_habit_is_refused(written: Path, command: Command) -> None:
    edit(written, 'version: "2"\nowner', 'version: "3"\nowner')
    refused(command(written, "amend", "1.2", "--summary", "x"), 1, 'write `version: "2"`')


def test_a_record_that_was_changed_is_refused(written: Path, command: Command) -> None:
    edit(written, "Names the duty desk.", "Names the desk.")
    refused(command(written, "amend", "1.2", "--summary", "x"), 1, "not as they were archived with version 2")


def test_a_correction_names_the_days_of_the_mistake(written: Path, command: Command, errors: Errors) -> None:
    assert command(written, "amend", "1.2", "--summary", "x", "--correct", "2").exit_code == 0
    record = newest(written)
    assert (record.version, record.kind) == ("2.1", "corrected")
    assert record.corrects is not None
    assert (record.corrects.version, record.corrects.start, record.corrects.until) == (
        "2",
        date(2026, 4, 1),
        date(2026, 11, 20),
    )
    edit(written, "two copies", "three copies")
    days = ("--wrong-from", "2024-02-01", "--wrong-until", "2024-02-29")
    assert command(written, "amend", "1.2", "--summary", "x", "--correct", "1", *days).exit_code == 0
    assert newest(written).version == "2.2"
    assert errors(written) == []


def test_a_first_publication(written: Path, command: Command, errors: Errors) -> None:
    path = "procedures/practice/enquiries.md"
    head = '---\nchapter: "2.1"\ntitle: Enquiries\nowner: Subgroup\nstatus: draft\n---\n\n'
    (written / path).parent.mkdir(exist_ok=True)
    (written / path).write_text(head + "## 1. Why\n\n1.1 Ask.\n", "utf-8")
    arguments = ("amend", "practice/enquiries", "--summary", "First issue.")
    refused(command(written, *arguments), 1, "it is a draft", "take `status: draft` out")
    edit(written, "status: draft\n", "", path)
    refused(command(written, *arguments), 1, "no day by which it is reviewed", "due: YYYY-MM-DD")
    edit(written, "owner: Subgroup\n", "owner: Subgroup\nreview:\n  due: 2027-11-30\n", path)
    result = command(written, *arguments)
    assert result.exit_code == 0, result.output
    assert (newest(written, path).version, newest(written, path).kind) == ("1", "new")
    archived = written / "amendments/practice/enquiries"
    assert (archived / "1.md").read_bytes() == (written / path).read_bytes()
    assert list(manifest.read((archived / "SHA256SUMS").read_bytes())) == ["1.md"]
    assert not [error for error in errors(written) if "enquiries" in error]


def test_a_record_written_by_hand_is_archived_as_it_stands(
    small_manual: Path, command: Command, files: Files
) -> None:
    """As in a manual that was kept by hand: version 2 and all digests are missing."""
    for path in (SUMS, "amendments/core/referrals/2.md"):
        (small_manual / path).unlink()
    live = (small_manual / LIVE).read_bytes()
    refused(command(small_manual, "amend", "1.2", "--summary", "x"), 1, "version 2 is not in the archive")
    result = command(small_manual, "amend", "1.2")
    assert result.exit_code == 0, result.output
    assert "archived: version 2" in result.stdout
    after = files(small_manual)
    assert after[LIVE] == after["amendments/core/referrals/2.md"] == live
    assert list(manifest.read(after[SUMS])) == ["1.md", "2.md"]
    refused(command(small_manual, "amend", "1.2"), 1, "nothing has changed since version 2")


def test_a_digest_that_is_missing_is_added(written: Path, command: Command) -> None:
    edit(written, "two copies", "a copy")
    (written / SUMS).unlink()
    assert "archived: version 2" in command(written, "amend", "1.2").stdout
    assert list(manifest.read((written / SUMS).read_bytes())) == ["1.md", "2.md"]


def test_an_altered_archive_is_refused(written: Path, command: Command, files: Files) -> None:
    edit(written, "worried", "anxious", "amendments/core/referrals/1.md")
    before = files(written)
    refused(command(written, "amend", "1.2", "--summary", "x"), 1, "1.md is not what was archived")
    assert files(written) == before


@pytest.fixture
def scheduled(written: Path, command: Command) -> Path:
    """The same with the change of paragraph 2.2 as version 3, from 4 January 2027."""
    assert command(written, "amend", "1.2", "--summary", "x", "--effective", "2027-01-04").exit_code == 0
    return written


def urgent(root: Path, text: str = "Ring the police first", version: str = "2") -> str:
    """A copy of a version with an urgent change of paragraph 1.2."""
    copy = root / "urgent.md"
    source = (root / f"amendments/core/referrals/{version}.md").read_bytes()
    copy.write_bytes(source.replace(b"Ring the duty desk first", text.encode()))
    return str(copy)


def test_other_versions_with_the_words_that_are_corrected_are_named(
    written: Path, command: Command, files: Files
) -> None:
    """Version 2 changed another paragraph than 2.2."""
    before = files(written)
    options = ("amend", "1.2", "--summary", "x", "--correct", "2", "--paragraph")
    result = command(written, *options, "1.1", "--dry-run")
    assert "version 1 had the same words" in result.stderr
    assert "--wrong-from and --wrong-until" in result.stderr
    assert files(written) == before
    assert "same words" not in command(written, "amend", "1.2", "--summary", "x").stderr


def test_records_below_which_none_could_be_added_are_not_archived(
    written: Path, command: Command, files: Files
) -> None:
    shutil.rmtree(written / "amendments/core/referrals")
    text = (written / LIVE).read_text("utf-8")
    start, end = text.index("amendments:"), text.index("\n---\n", 4)
    record = '{version: "1", effective: 2025-01-01, published: 2025-01-01, kind: new, summary: Published.}'
    whole = f"{text[:start]}amendments: [{record}]{text[end:]}".replace('version: "2"', 'version: "1"')
    (written / LIVE).write_text(whole, "utf-8")
    before = files(written)
    result = command(written, "amend", "1.2")
    refused(result, 1, "the records are not written one below the other", "its first key after a dash")
    assert files(written) == before
    (written / LIVE).write_text(
        whole.replace("amendments: [", "amendments:\n  - ").replace("}]", "}"), "utf-8"
    )
    assert command(written, "amend", "1.2").exit_code == 0


def test_nothing_comes_before_the_version_that_it_stands_on(scheduled: Path, command: Command) -> None:
    edit(scheduled, "two copies", "three copies")
    result = command(scheduled, "amend", "1.2", "--summary", "x")
    refused(result, 1, "version 3, on which it stands, takes effect on 2027-01-04", "--from FILE --urgent")
    assert command(scheduled, "amend", "1.2", "--summary", "x", "--effective", "2027-01-04").exit_code == 0


def test_an_urgent_change_leaves_the_scheduled_version_in_the_archive_and_says_what_is_left(
    scheduled: Path, command: Command, files: Files
) -> None:
    before = files(scheduled)
    file = urgent(scheduled)
    refused(command(scheduled, "amend", "1.2", "--summary", "x", "--from", file), 2, "say so with --urgent")
    result = command(scheduled, "amend", "1.2", "--summary", "Police.", "--from", file, "--urgent")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{LIVE}: recorded: version 4, revised, effective 2026-11-21: 1.2\n"
    assert (
        "version 3, of 2027-01-04, does not hold the change of version 4: edit the chapter" in result.stderr
    )
    after = files(scheduled)
    assert after["amendments/core/referrals/3.md"] == before["amendments/core/referrals/3.md"]
    assert after["amendments/core/referrals/4.md"] == after[LIVE]
    assert [record.version for record in head_of(scheduled).amendments] == ["4", "3", "2", "1"]
    assert (
        head_of(scheduled).amendments[1:] == head_of(scheduled, "amendments/core/referrals/3.md").amendments
    )


def test_an_overtaken_version_is_cancelled_or_issued_again(
    scheduled: Path, command: Command, errors: Errors
) -> None:
    command(scheduled, "amend", "1.2", "--summary", "Police.", "--from", urgent(scheduled), "--urgent")
    again = shutil.copytree(scheduled, scheduled.parent / "again")
    early = command(scheduled, "amend", "1.2", "--summary", "x", "--effective", "2026-12-01")
    refused(early, 1, "version 3 would still take effect on 2027-01-04", "--effective 2027-01-04")
    result = command(scheduled, "amend", "1.2", "--summary", "Version 3 is cancelled.")
    assert result.exit_code == 0, result.output
    assert (newest(scheduled).version, newest(scheduled).effective) == ("5", date(2027, 1, 4))
    assert newest(scheduled).paragraphs == ()
    assert result.stderr == ""
    refused(command(scheduled, "amend", "1.2", "--summary", "x"), 1, "nothing has changed since version 5")
    edit(again, "You keep a copy", "You keep two copies")
    options = ("--summary", "Issued again.", "--effective", "2027-01-04")
    assert command(again, "amend", "1.2", *options).exit_code == 0
    assert newest(again).paragraphs == ("2.2",)
    assert errors(scheduled) == errors(again) == []


def test_what_was_overtaken_long_ago_and_taken_up_since_is_over(
    written: Path, command: Command, files: Files, errors: Errors
) -> None:
    """Version 3 is dated back behind version 2, which applied already; version 4 holds both changes."""
    edit(written, "two copies", "a copy")
    back = ("--effective", "2025-01-01", "--reason", "Agreed by telephone.", "--urgent")
    file = written / "old.md"
    file.write_bytes(
        (written / "amendments/core/referrals/1.md").read_bytes().replace(b"worried", b"anxious")
    )
    dated = command(written, "amend", "1.2", "--summary", "Anxious.", "--from", str(file), *back)
    assert dated.exit_code == 0, dated.output
    assert "version 2, of 2026-04-01, does not hold the change of version 3: make the changes" in dated.stderr
    assert command(written, "amend", "1.2").exit_code == 1
    edit(written, "You keep", "You always keep")
    assert command(written, "amend", "1.2", "--summary", "Both.").exit_code == 0
    assert errors(written) == []
    before = files(written)
    refused(command(written, "amend", "1.2", "--summary", "Again?"), 1, "nothing has changed since version 4")
    assert files(written) == before


def test_what_was_overtaken_and_took_effect_is_put_right_as_check_says(
    scheduled: Path, command: Command, errors: Errors
) -> None:
    later = ("--date", "2027-02-01")
    command(scheduled, "amend", "1.2", "--summary", "Police.", "--from", urgent(scheduled), "--urgent")
    again = ("amend", "1.2", "--summary", "Cancelled.")
    arguments = ("--manual", str(scheduled), *again, *later)
    result = CliRunner().invoke(main, [*arguments])
    refused(result, 1, "nothing has changed since version 4")
    cure = ("--effective", "2027-01-04", "--reason", "It was forgotten.")
    result = CliRunner().invoke(main, [*arguments, *cure])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert errors(scheduled) == []


def on(root: Path, day: str, *arguments: str) -> Result:
    """A verb on a day."""
    return CliRunner().invoke(main, ["--manual", str(root), *arguments, "--date", day])


def overtaken(root: Path, day: str) -> list[str]:
    found = manuals.check(manuals.load(root), date.fromisoformat(day))
    return [one.hint for one in found if one.code == "schedule-overtaken"]


def test_what_was_overtaken_and_took_effect_is_history_once_both_changes_are_in_force(
    scheduled: Path, command: Command
) -> None:
    command(scheduled, "amend", "1.2", "--summary", "Police.", "--from", urgent(scheduled), "--urgent")
    assert "--reason" not in overtaken(scheduled, "2027-01-03")[0]
    (cure,) = overtaken(scheduled, "2027-01-08")
    assert "run `chapterhouse amend core/referrals`;" in cure
    assert "`chapterhouse amend core/referrals --effective 2027-01-04 --reason ...`" in cure
    refused(on(scheduled, "2027-01-08", "amend", "1.2", "--summary", "x"), 1, "nothing has changed", cure)
    edit(scheduled, "You keep a copy", "You keep two copies")
    result = on(scheduled, "2027-01-08", "amend", "1.2", "--summary", "Both.")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert newest(scheduled).effective == date(2027, 1, 8)
    assert overtaken(scheduled, "2027-01-08") == overtaken(scheduled, "2030-01-01") == []
    # On a day before it takes effect, it has put nothing right.
    assert len(overtaken(scheduled, "2027-01-07")) == 1


@pytest.mark.parametrize("day", ["2026-11-22", "2027-02-01"])
def test_what_was_overtaken_under_a_later_schedule_is_put_right_as_check_says(
    scheduled: Path, command: Command, day: str
) -> None:
    """Version 5 holds both changes and is to come later still: version 3 does not wait for it."""
    command(scheduled, "amend", "1.2", "--summary", "Police.", "--from", urgent(scheduled), "--urgent")
    edit(scheduled, "You keep a copy", "You keep two copies")
    command(scheduled, "amend", "1.2", "--summary", "Both.", "--effective", "2027-06-01")
    (cure,) = overtaken(scheduled, day)
    refused(on(scheduled, day, "amend", "1.2", "--summary", "x"), 1, cure)
    assert "copy of amendments/core/referrals/3.md" in cure
    options = cure.partition(" --from FILE ")[2].rstrip("`").split()
    file = urgent(scheduled, version="3")
    result = on(scheduled, day, "amend", "1.2", "--summary", "Both.", "--from", file, *options)
    assert result.exit_code == 0, result.output
    assert not any("version 3" in hint for hint in overtaken(scheduled, day))


def test_what_the_live_file_alone_holds_is_not_lost(scheduled: Path, command: Command, files: Files) -> None:
    file = urgent(scheduled)
    arguments = ("amend", "1.2", "--summary", "x", "--from", file, "--urgent")
    edit(scheduled, "owner: Procedures Subgroup", "owner: Procedures Subgroup  # asked in May")
    before = files(scheduled)
    refused(command(scheduled, *arguments), 1, "is in no version: owner: Procedures Subgroup  # asked in May")
    edit(scheduled, "worried", "anxious")
    refused(command(scheduled, *arguments), 1, "no longer what was published as version 3: paragraph 1.1")
    edit(scheduled, "anxious", "worried")
    assert files(scheduled) == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'version: "2"\nowner', b'version: "9"\nowner', "version 9, which the archive does not have"),
        (b'version: "2"\nowner', b'version: "1"\nowner', "the records in"),
        (b"kind: new", b"kind: old", "line 20: kind cannot be old"),
        (b"Ring the police", b"Ring the duty desk", "nothing has changed since version 2"),
    ],
)
def test_a_file_that_does_not_stand_on_the_version_in_force_is_refused(
    scheduled: Path, old: bytes, new: bytes, says: str, command: Command, files: Files
) -> None:
    file = Path(urgent(scheduled))
    file.write_bytes(file.read_bytes().replace(old, new))
    before = files(scheduled)
    refused(command(scheduled, "amend", "1.2", "--summary", "x", "--from", str(file), "--urgent"), 1, says)
    assert files(scheduled) == before


def test_a_file_made_of_another_version_than_that_in_force_is_refused(
    scheduled: Path, command: Command
) -> None:
    file = urgent(scheduled, version="3")
    result = command(scheduled, "amend", "1.2", "--summary", "x", "--from", file, "--urgent")
    refused(result, 1, "on 2026-11-21 version 2 applies", "copy amendments/core/referrals/2.md")


def test_a_dry_run_shows_the_record_and_writes_nothing(written: Path, command: Command, files: Files) -> None:
    before = files(written)
    result = command(written, "amend", "1.2", "--summary", "Two.", "--dry-run")
    assert result.exit_code == 0
    assert f"{LIVE}: would be recorded: version 3, revised" in result.stdout
    assert '+  - version: "3"\n' in result.stdout
    assert result.stdout.endswith("nothing was written: it is a dry run\n")
    assert files(written) == before


def test_a_manual_without_errors_stays_so(written: Path, command: Command) -> None:
    before = manuals.check(manuals.load(written), DAY)
    assert command(written, "amend", "1.2", "--summary", "Two.").exit_code == 0
    after = manuals.check(manuals.load(written), DAY)
    assert [one for one in after if one not in before] == []
