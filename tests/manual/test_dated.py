"""`as-at`: the manual on a day, and the words of a chapter that day."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chapterhouse.cli import main
from chapterhouse.manual import dated, load, naming, standing
from chapterhouse.model import Manual

ARRANGEMENTS = "arrangements/local-safeguarding-arrangements"


def as_at(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--manual", str(root), "as-at", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def referrals(small_manual: Path) -> Path:
    return small_manual / "procedures/core/referrals.md"


def test_a_day_is_told_as_a_table_with_its_guidance_and_its_mistakes(
    small_manual: Path, referrals: Path
) -> None:
    wrong = '{version: "1", from: 2026-03-01, until: 2026-03-31}'
    edit(referrals, "kind: revised", f"kind: corrected\n    corrects: {wrong}")
    edit(small_manual / "procedures/core/records.md", "2024-01-01", "2026-12-01")
    assert as_at(small_manual, "2026-03-17").stdout == (
        "In force on 17 March 2026:\n"
        "  1.2  Making a referral  version 1  from 1 January 2024 to 31 March 2026\n"
        "\n"
        "Not in force yet:\n"
        "  1.3  Keeping records  version 1  from 1 December 2026\n"
        "\n"
        "Guidance in force that day:\n"
        "  Working Together to Safeguard Children (2023), since 15 December 2023\n"
        "  Keeping Children Safe in Education, since 1 September 2025\n"
        "  Statutory framework for the Early Years Foundation Stage, since 1 September 2025\n"
        "\n"
        "Published in error on that day, and corrected later:\n"
        "  1.2 Making a referral: version 1, from 1 March 2026 to 31 March 2026;"
        " corrected by version 2: Names the duty desk.\n"
    )


def test_a_day_before_the_first_version_is_an_answer_and_no_fault(small_manual: Path) -> None:
    result = as_at(small_manual, "1980-01-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == (
        "Nothing was in force on 1 January 1980: the first chapter took effect on 1 January 2024."
    )
    chapter = as_at(small_manual, "1980-01-01", "1.2")
    assert chapter.exit_code == 0
    assert chapter.stdout.splitlines() == [
        "1.2 Making a referral",
        "Nothing was in force on 1 January 1980: version 1 is the first, from 1 January 2024.",
    ]


def test_what_is_withdrawn_and_what_is_under_review_is_said_of_the_day(sample: Path) -> None:
    lines = as_at(sample, "2026-11-21").stdout.splitlines()
    assert lines.index("Withdrawn by then:") < next(n for n, line in enumerate(lines) if "  2.7  " in line)
    assert any(line.startswith("  2.5  ") and line.endswith(", under review") for line in lines)
    earlier = as_at(sample, "2026-01-01").stdout.splitlines()
    assert not any(line.endswith(", under review") for line in earlier)


def test_law_beyond_the_register_is_not_said_to_be_certain(small_manual: Path) -> None:
    kept = "  (as known on 1 November 2026, up to which the register is kept)"
    assert kept in as_at(small_manual, "2026-11-02").stdout.splitlines()
    assert kept not in as_at(small_manual, "2026-11-01").stdout.splitlines()


@pytest.fixture(scope="module")
def manual() -> Manual:
    return load(Path(__file__).parents[2])


def test_every_chapter_of_every_day_has_the_words_that_were_archived(manual: Manual, sample: Path) -> None:
    """The bytes below the front matter, with their ends of lines."""
    for history in manual.histories.values():
        for record in history.chapter.head.amendments:
            view = standing.as_at(manual, record.effective)
            then = standing.chapter_then(history, record.effective)
            text = dated.chapter_as_text(manual, view, then, terminal=False)
            number = then.amendment.version
            archived = (sample / "amendments" / then.slug / f"{number}.md").read_bytes()
            head, _, body = text.partition("\n\n")
            assert archived.endswith(body.encode())
            assert archived[: -len(body.encode())].endswith(b"---\n")
            assert f"version {number}, from" in head


def test_an_edit_that_nobody_recorded_was_never_in_force(small_manual: Path, referrals: Path) -> None:
    (small_manual / "amendments/core/referrals/2.md").write_bytes(referrals.read_bytes())
    edit(referrals, "Ring the duty desk first", "Write first")
    assert "Ring the duty desk first" in as_at(small_manual, "2026-05-01", "1.2").stdout


def test_a_text_keeps_its_ends_of_lines(small_manual: Path, referrals: Path) -> None:
    archived = small_manual / "amendments/core/referrals/1.md"
    archived.write_bytes(archived.read_bytes().replace(b"\n", b"\r\n"))
    result = as_at(small_manual, "2025-01-01", "core/referrals")
    assert result.stdout_bytes.partition(b"\n\n")[2].startswith(b"\r\n## 1.")
    del referrals


def test_a_terminal_is_not_steered_by_an_old_text(small_manual: Path) -> None:
    archived = small_manual / "amendments/core/referrals/1.md"
    edit(archived, "1.1 Refer", "1.1 \x1b[31mRefer")
    manual = load(small_manual)
    history = naming.chapter(manual, "1.2", date(2025, 1, 1))
    day = date(2025, 1, 1)
    view, then = standing.as_at(manual, day), standing.chapter_then(history, day)
    assert "\x1b" in dated.chapter_as_text(manual, view, then, terminal=False)
    shown = dated.chapter_as_text(manual, view, then, terminal=True)
    assert "\x1b" not in shown
    assert "1.1 \\x1b[31mRefer a child" in shown


def test_json_says_the_same_to_programs(sample: Path) -> None:
    made = json.loads(as_at(sample, "2022-08-01", "--format", "json").stdout)
    assert (made["schema"], made["date"]) == (1, "2022-08-01")
    states = {one["slug"]: one["state"] for one in made["chapters"]}
    assert states["arrangements/serious-case-reviews"] == "withdrawn"
    assert states["core/assessment"] == "scheduled"
    one = json.loads(as_at(sample, "2022-08-01", ARRANGEMENTS, "--format", "json").stdout)
    (chapter,) = one["chapters"]
    archived = (sample / "amendments" / ARRANGEMENTS / f"{chapter['version']}.md").read_bytes()
    assert chapter["sha256"] == hashlib.sha256(archived).hexdigest()
    assert archived.endswith(chapter.pop("text").encode())
    assert chapter in made["chapters"]
    assert one["guidance"] == made["guidance"]
    assert one["guidance"][0] == {
        "id": "guidance/working-together-2018",
        "title": "Working Together to Safeguard Children (2018)",
        "since": "2018-07-04",
        "url": one["guidance"][0]["url"],
    }
    assert [c["corrected_by"] for c in one["corrections"]] == ["3.1"]
    before = json.loads(as_at(sample, "1980-01-01", ARRANGEMENTS, "--format", "json").stdout)["chapters"][0]
    assert (before["version"], before["text"], before["sha256"], before["state"]) == (
        None,
        None,
        None,
        "scheduled",
    )


@pytest.mark.parametrize("name", ["core/nothing", "9.9", "", "../referrals"])
def test_a_chapter_that_never_was_is_misuse(small_manual: Path, name: str) -> None:
    result = as_at(small_manual, "2026-05-01", name)
    assert result.exit_code == 2
    assert "no chapter" in result.stderr


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "1899-12-31"])
def test_a_day_that_never_was_is_misuse(small_manual: Path, day: str) -> None:
    result = as_at(small_manual, day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert day in result.stderr


def test_a_text_that_is_not_at_hand_is_said_to_be_missing(small_manual: Path) -> None:
    (small_manual / "amendments/core/referrals/1.md").unlink()
    table, chapter = as_at(small_manual, "2025-01-01"), as_at(small_manual, "2025-01-01", "1.2")
    assert "version 1  from 1 January 2024; its text is not in the archive: run check" in table.stdout
    assert chapter.stdout.splitlines()[1:3] == [
        "In force on 1 January 2025: version 1, from 1 January 2024.",
        "Its text is not in the archive: run check.",
    ]
    assert "the manual has errors" in table.stderr


def test_a_renamed_chapter_says_what_it_is_called_today(sample: Path) -> None:
    result = as_at(sample, "2017-05-05", "core/making-a-referral")
    assert result.stdout.splitlines()[0] == "1.1 Making a referral"
    assert "Today it is 1.1 Recognising a concern and making a referral." in result.stdout
