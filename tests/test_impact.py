"""`chapterhouse impact`: what a change of the law touches, and chapters put under review because of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chapterhouse import frontmatter, manifest
from chapterhouse import manual as manuals
from chapterhouse.cli import main
from chapterhouse.law import Target
from chapterhouse.manual import impact, law, reviewing
from chapterhouse.model import Source

DATE = "2026-11-21"
DAY = date(2026, 11, 21)
LAW = "ukpga/2004/31/section/11"
REASON = "Section 11 is being rewritten."


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--manual", str(root), "impact", *arguments, "--date", DATE])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def as_json(root: Path, *arguments: str) -> dict[str, Any]:
    report = json.loads(run(root, "--format", "json", *arguments).stdout)
    assert report["schema"] == 1
    return dict(report)


def archive(root: Path, slug: str, *versions: str) -> None:
    """Put the live chapter in the archive as its newest version, and list what is there."""
    folder = root / "amendments" / slug
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / "procedures" / f"{slug}.md", folder / f"{versions[-1]}.md")
    data = b""
    for version in versions:
        digest = manifest.digest((folder / f"{version}.md").read_bytes())
        data = manifest.appended(data, f"{version}.md", digest)
    (folder / manifest.NAME).write_bytes(data)


@pytest.fixture
def cited(small_manual: Path) -> Path:
    """The small manual with section 11 in two paragraphs of chapter 1.2, archived and listed."""
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    text = text.replace(
        "2.2 You keep a copy.", "2.2 You keep a copy. Under s.11(2) of the CA 2004 it is shared."
    )
    text = text.replace(
        "1.2 Ring the duty desk first, then write:",
        "1.2 Under section 11 of the Children Act 2004, ring the duty desk first, then write:",
    )
    chapter.write_bytes(text.encode())
    archive(small_manual, "core/referrals", "1", "2")
    return small_manual


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def opened(root: Path, *more: str, law: str = LAW) -> Result:
    return run(root, law, "--open-review", "--reason", REASON, *more)


def errors(root: Path) -> list[str]:
    found = manuals.check(manuals.load(root), DAY)
    return [f"{one.path}: {one.message}" for one in found if one.severity == "error"]


# --- What is touched ---


def test_each_paragraph_is_named_with_its_words(cited: Path) -> None:
    (chapter,) = as_json(cited, LAW)["chapters"]
    assert (chapter["number"], chapter["state"], chapter["version"]) == ("1.2", "published", "2")
    first, second = chapter["places"]
    assert first == {
        "path": "procedures/core/referrals.md",
        "line": 28,
        "column": 11,
        "anchor": "1.2",
        "paragraph": "1.2",
        "footnote": "",
        "words": "section 11 of the Children Act 2004",
        "text": "Under section 11 of the Children Act 2004, ring the duty desk first, then write:",
        "targets": [{"instrument": "ukpga/2004/31", "provision": "section/11"}],
        "problems": [],
    }
    assert second["paragraph"] == "2.2"
    assert second["text"] == "Under s.11(2) of the CA 2004 it is shared."
    assert chapter["to_do"]


def test_people_get_a_list_to_work_through(cited: Path) -> None:
    said = run(cited, LAW).stdout
    assert said.startswith(
        "section 11 of the Children Act 2004 (ukpga/2004/31/section/11)\n  on 21 November 2026: in force\n"
    )
    assert "Cited in 2 paragraphs of 1 chapter:" in said
    assert "  procedures/core/referrals.md:28:11: paragraph 1.2\n" in said
    assert "  to do: " in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("asked", "cited_as", "touched"),
    [
        ("ukpga/1989/41/section/47", "section/47/1", True),
        ("ukpga/1989/41/section/4", "section/47", False),
        ("ukpga/1989/41/section/47/1", "section/47", False),
        ("ukpga/1989/41", "schedule/2/paragraph/3", True),
        ("ukpga/1989/41/part/III", "section/17", True),
        ("ukpga/1989/41/part/III", "section/22A/1", True),
        ("ukpga/1989/41/part/III", "section/47", False),
        ("ukpga/2004/31", "section/47", False),
    ],
)
def test_a_provision_is_touched_by_its_parts(asked: str, cited_as: str, touched: bool) -> None:  # noqa: FBT001 - a table
    type_, year, number, *path = asked.split("/")
    target = Target(f"{type_}/{year}/{number}", "/".join(path))
    assert impact.touches(law.national(), target, Target("ukpga/1989/41", cited_as)) is touched


def test_guidance_is_touched_by_its_editions() -> None:
    umbrella, edition = Target("guidance/working-together"), Target("guidance/working-together-2018")
    assert impact.touches(law.national(), umbrella, edition)
    assert not impact.touches(law.national(), edition, umbrella)


def test_a_range_holds_what_was_inserted_in_it(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    text = text.replace("section 11 of the Children", "sections 10 to 12 of the Children")
    chapter.write_bytes(text.encode())
    (found,) = as_json(cited, "ukpga/2004/31/section/11A")["chapters"]
    assert [place["words"] for place in found["places"]] == ["sections 10 to 12 of the Children Act 2004"]
    assert as_json(cited, "ukpga/2004/31/section/12A")["chapters"] == []


def test_what_is_cited_as_a_whole_is_pointed_at(cited: Path) -> None:
    report = as_json(cited, f"{LAW}/1")
    assert report["chapters"] == []
    assert report["whole"] == [{"instrument": "ukpga/2004/31", "provision": "section/11", "paragraphs": 1}]


def test_texts_to_come_and_drafts_are_told_apart(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace('version: "2"\nowner', 'version: "3"\nowner')
    record = (
        '  - {version: "3", effective: 2027-01-01, published: 2026-11-01, kind: revised, summary: Later.}\n'
    )
    text = text.replace("amendments:\n", f"amendments:\n{record}").replace("s.11(2)", "s.11(4)")
    chapter.write_bytes(text.encode())
    draft = '---\nchapter: "1.9"\ntitle: New\nowner: Us\nstatus: draft\n---\n\n'
    draft += "1.1 Section 11 of the Children Act 2004.\n"
    (cited / "procedures/core/new.md").write_text(draft, "utf-8")
    report = as_json(cited, LAW)
    assert [(one["slug"], one["state"], one["effective"]) for one in report["chapters"]] == [
        ("core/referrals", "published", "2026-04-01"),
        ("core/referrals", "scheduled", "2027-01-01"),
        ("core/new", "draft", None),
    ]
    assert report["chapters"][0]["places"][0]["path"] == "amendments/core/referrals/2.md"
    assert "Cited in 3 paragraphs of 2 chapters:" in run(cited, LAW).stdout
    result = opened(cited)
    assert result.exit_code == 1
    assert "refused: version 3 is scheduled for 2027-01-01" in result.stdout
    assert "procedures/core/new.md: skipped: a draft" in result.stdout


def test_a_withdrawn_chapter_is_not_listed(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("kind: revised", "kind: withdrawn")
    chapter.write_bytes(
        text.replace('version: "2"\nowner', 'version: "2"\nstatus: withdrawn\nowner').encode()
    )
    assert as_json(cited, LAW)["chapters"] == []


def test_records_and_duties_that_name_it_are_listed(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    because = "summary: Names the duty desk.\n    because: [Section 11 of the Children Act 2004]"
    chapter.write_bytes(text.replace("summary: Names the duty desk.", because).encode())
    report = as_json(cited, LAW)
    assert [(one["slug"], one["version"]) for one in report["amendments"]] == [("core/referrals", "2")]
    assert any("police" in duty["body"].lower() for duty in report["duties"])


def test_the_sentence_is_found_in_lists_tables_links_and_notes(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    body = (
        "1.2 First s. 5 of it. A *second* sentence of [ours](records.md#1.1) names section 11 of the"
        " Children Act 2004, e.g. here. A third.\n\n"
        "- One item.\n- Another under section 11 of the Children Act 2004; and more.\n\n"
        "| Who | Law |\n|---|---|\n| Board | section 11 of the Children Act 2004 |\n\n"
        "1.3 A note.[^1]\n\n[^1]: See section 11 of the Children Act 2004.\n\n"
        f"1.4 {'word ' * 90}section 11 of the Children Act 2004 {'word ' * 90}.\n"
    )
    start, end = text.index("1.2 Under"), text.index("## 2.")
    chapter.write_bytes((text[:start] + body + "\n" + text[end:]).encode())
    places = as_json(cited, LAW)["chapters"][0]["places"]
    assert [(one["paragraph"], one["footnote"]) for one in places[:4]] == [
        ("1.2", ""),
        ("1.2", ""),
        ("1.2", ""),
        ("1.3", "1"),
    ]
    said = [one["text"] for one in places]
    assert said[0].startswith("A second sentence of ours names section 11 of the Children Act 2004")
    assert said[0].endswith("e.g. here.")
    assert said[1] == "Another under section 11 of the Children Act 2004; and more."
    assert said[2] == "Board section 11 of the Children Act 2004"
    assert said[3] == "See section 11 of the Children Act 2004."
    assert said[4].startswith("… word")
    assert "section 11 of the Children Act 2004" in said[4]
    assert len(said[4]) < 300


@pytest.mark.parametrize(
    "asked",
    [
        LAW,
        f"https://www.legislation.gov.uk/{LAW}",
        "section 11 of the Children Act 2004",
        "Children Act 2004 section 11",
        "ukpga/2004/31/section 11",
        "UKPGA/2004/31/section/11",
    ],
)
def test_an_id_an_address_and_a_title_mean_the_same(cited: Path, asked: str) -> None:
    assert impact.asked(manuals.load(cited), asked, DAY) == Target("ukpga/2004/31", "section/11")


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("ukpga/2004/310", "ukpga/2004/31 (Children Act 2004)"),
        ("Childrn Act 2004x", "Children Act 2004"),
        ("", "write"),
    ],
)
def test_what_is_not_known_is_misuse(cited: Path, asked: str, nearest: str) -> None:
    result = run(cited, asked)
    assert result.exit_code == 2
    assert "is not known" in result.stderr
    assert nearest in result.stderr


def test_what_nobody_cites_is_said(cited: Path) -> None:
    result = run(cited, "ukpga/1998/42")
    assert result.exit_code == 0
    assert "No chapter cites it." in result.stdout
    assert "knows no such provision" in run(cited, "ukpga/2004/31/section/900").stdout


# --- Under review ---


def test_a_review_touches_nothing_but_what_it_adds(cited: Path) -> None:
    before = files(cited)
    result = opened(cited, "--meanwhile", "Ask the owner: first.", "--expected", "2027-06-30")
    assert result.exit_code == 0, result.output
    assert "opened: under review as version 3: 1.2, 2.2" in result.stdout
    after = files(cited)
    live = after["procedures/core/referrals.md"]
    assert after["amendments/core/referrals/3.md"] == live
    old, new = (Source("x.md", data.decode()) for data in (before["procedures/core/referrals.md"], live))
    head, start, faults = frontmatter.read(new)
    assert faults == ()
    assert new.text[start:] == old.text[frontmatter.read(old)[1] :]
    assert head.version == "3"
    assert head.under_review is not None
    assert head.under_review.reason == REASON
    assert head.under_review.meanwhile == "Ask the owner: first."
    assert head.under_review.paragraphs == ("1.2", "2.2")
    assert (head.under_review.since, head.under_review.expected) == (DAY, date(2027, 6, 30))
    record = head.amendments[0]
    assert (record.kind, record.because, record.effective) == ("reviewed", ("ukpga/2004/31",), DAY)
    assert "section 11 of the Children Act 2004" in record.summary
    sums = after["amendments/core/referrals/SHA256SUMS"]
    assert sums.startswith(before["amendments/core/referrals/SHA256SUMS"])
    assert list(manifest.read(sums)) == ["1.md", "2.md", "3.md"]
    touched = {path for path in after if after[path] != before.get(path)}
    assert len(touched) == 3
    assert errors(cited) == []


def test_a_dry_run_shows_the_difference_and_writes_nothing(cited: Path) -> None:
    before = files(cited)
    said = opened(cited, "--dry-run").stdout
    assert '\n-version: "2"\n+version: "3"\n' in said
    assert "\n+under_review:\n" in said
    assert "\n+# previous: " in said
    assert files(cited) == before
    assert as_json(cited, LAW, "--open-review", "--reason", REASON, "--dry-run")["reviews"][0]["files"] == [
        "amendments/core/referrals/3.md",
        "amendments/core/referrals/SHA256SUMS",
        "procedures/core/referrals.md",
    ]


def test_a_chapter_under_review_stays_so_and_what_it_does_not_name_is_told(cited: Path) -> None:
    opened(cited, law=f"{LAW}/2")
    before = files(cited)
    result = opened(cited)
    assert result.exit_code == 0
    assert "kept: under review already, since 2026-11-21; not named in it: 1.2" in result.stdout
    assert files(cited) == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: "\ufeff" + text, id="byte-order mark"),
        pytest.param(lambda text: text.replace("owner:", "# kept\nowner:   "), id="comment"),
        pytest.param(lambda text: text.rstrip("\n"), id="no last line end"),
    ],
)
def test_the_ways_of_an_editor_stay(cited: Path, change: Any) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = change(chapter.read_bytes().decode())
    chapter.write_bytes(text.encode())
    archive(cited, "core/referrals", "1", "2")
    assert opened(cited).exit_code == 0
    after = chapter.read_bytes().decode()
    lines = iter(after.split("\n"))
    kept = [line for line in text.split("\n") if not line.startswith("version:")]
    assert all(line in lines for line in kept)
    assert ("\r\n" in text) == ("\r\n" in after)
    assert after.count("\n") == after.count("\r\n") or "\r" not in text


def refuse(cited: Path, says: str) -> None:
    before = files(cited)
    result = opened(cited)
    assert result.exit_code == 1
    assert "procedures/core/referrals.md: refused: " in result.stdout
    assert says in result.stdout
    assert "  help: " in result.stdout
    assert files(cited) == before


def test_an_unrecorded_change_is_refused(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"You keep a copy", b"You keep two copies"))
    refuse(cited, "it is no longer what was published as version 2: paragraph 2.2")


def test_an_owner_may_change_without_a_version(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"Procedures Subgroup", b"Another Subgroup"))
    assert opened(cited).exit_code == 0


def test_a_version_that_is_not_in_the_archive_is_refused(cited: Path) -> None:
    (cited / "amendments/core/referrals/2.md").unlink()
    refuse(cited, "version 2 is not in the archive")


def test_a_chapter_with_errors_is_refused(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"kind: revised", b"kind: revamped"))
    refuse(cited, "the chapter has an error; line 14: kind cannot be revamped")


def test_law_that_ended_is_no_error_that_stops_a_review(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    chapter.write_bytes(chapter.read_bytes().replace(b"section 11 of", b"section 14 of"))
    archive(cited, "core/referrals", "1", "2")
    assert errors(cited)
    said = run(cited, "ukpga/2004/31/section/14").stdout
    assert "    error[law-repealed] section 14 of the Children Act 2004: repealed on 29 June 2018\n" in said
    assert "  to do: Amend it: cite " in said
    result = opened(cited, law="ukpga/2004/31/section/14")
    assert result.exit_code == 0, result.output
    assert "opened" in result.stdout


def test_records_in_braces_are_refused(cited: Path) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    start, end = text.index("amendments:"), text.index("\n---\n\n")
    records = (
        'amendments: [{version: "2", effective: 2026-04-01, published: 2026-03-25, kind: revised,'
        ' summary: A.}, {version: "1", effective: 2024-01-01, published: 2023-12-15, kind: new,'
        " summary: First issue.}]"
    )
    chapter.write_bytes((text[:start] + records + text[end:]).encode())
    archive(cited, "core/referrals", "1", "2")
    refuse(cited, "the records are not written one below the other")


def test_an_altered_archive_is_refused(cited: Path) -> None:
    first = cited / "amendments/core/referrals/1.md"
    first.write_bytes(first.read_bytes().replace(b"worried", b"anxious"))
    refuse(cited, "amendments/core/referrals/1.md is not what was archived")


def test_a_broken_chain_is_refused(cited: Path) -> None:
    sums = cited / "amendments/core/referrals/SHA256SUMS"
    sums.write_bytes(sums.read_bytes().split(b"\n", 2)[2])
    refuse(cited, "SHA256SUMS, line 1: the lines above are not those that were written")


def test_another_file_in_the_place_of_the_next_version_is_refused(cited: Path) -> None:
    chapter = (cited / "procedures/core/referrals.md").read_text("utf-8")
    other = chapter.replace('version: "2"', 'version: "3"', 1)
    (cited / "amendments/core/referrals/3.md").write_text(other, "utf-8")
    refuse(cited, "3.md is there already, and is something else")


def test_an_archive_without_a_manifest_gets_one(cited: Path) -> None:
    sums = cited / "amendments/core/referrals/SHA256SUMS"
    sums.unlink()
    assert opened(cited).exit_code == 0
    assert list(manifest.read(sums.read_bytes())) == ["1.md", "2.md", "3.md"]


@pytest.mark.parametrize(
    "reason",
    ['Say "no": when? #1', "- dash", "Tŷ'r plant ☂ 🙂", "{a: [b]}", "\\n", "no", "%", "'", "&x *y !z"],
)
def test_words_are_kept_whatever_they_are(cited: Path, reason: str) -> None:
    assert run(cited, LAW, "--open-review", "--reason", reason).exit_code == 0
    text = (cited / "procedures/core/referrals.md").read_bytes().decode()
    review = frontmatter.read(Source("x.md", text))[0].under_review
    assert review is not None
    assert review.reason == reason


@pytest.mark.parametrize(
    "options",
    [
        ("--open-review",),
        ("--reason", "x"),
        ("--dry-run",),
        ("--open-review", "--reason", "two\nlines"),
        ("--open-review", "--reason", "<b>bold</b>"),
        ("--open-review", "--reason", "x" * 2001),
        ("--open-review", "--reason", " "),
        ("--open-review", "--reason", "x", "--expected", "2026-11-20"),
        ("--open-review", "--reason", "x", "--published", "2026-11-22"),
        ("--open-review", "--reason", "x", "--expected", "soon"),
    ],
)
def test_misuse_writes_nothing(cited: Path, options: tuple[str, ...]) -> None:
    before = files(cited)
    result = run(cited, LAW, *options)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert files(cited) == before


def test_three_months_on_is_a_day_of_the_calendar() -> None:
    days = [date(2026, 11, 30), date(2026, 1, 15), date(2027, 11, 30), date(2026, 12, 31)]
    assert [reviewing.expected(day).isoformat() for day in days] == [
        "2027-02-28",
        "2026-04-15",
        "2028-02-29",
        "2027-03-31",
    ]


# --- Stopped ---

KILL = """
import os, sys
left = int(sys.argv.pop(1))
def hook(event, arguments):
    global left
    if event in ("tempfile.mkstemp", "os.chmod", "os.rename"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
from chapterhouse.cli import main
main()
"""


@pytest.mark.parametrize("operations", range(9))
def test_killed_before_any_operation_it_is_finished_by_the_same_command(cited: Path, operations: int) -> None:
    expected = shutil.copytree(cited, cited.parent / "expected")
    opened(expected)
    command = [sys.executable, "-c", KILL, str(operations), "--manual", str(cited), "impact", LAW]
    command += ["--date", DATE, "--open-review", "--reason", REASON]
    before = files(cited)
    assert subprocess.run(command, check=False).returncode == 9
    halfway = files(cited)
    wanted = files(expected)
    for path, data in halfway.items():
        temporary = Path(path).name.startswith(".")
        assert temporary or data in (before.get(path), wanted[path]), path
    assert errors(cited) == []
    assert opened(cited).exit_code == 0
    after = {path: data for path, data in files(cited).items() if not Path(path).name.startswith(".")}
    assert after == wanted


def test_what_was_begun_on_another_day_in_other_words_is_finished_as_it_was_archived(cited: Path) -> None:
    live = cited / "procedures/core/referrals.md"
    before = live.read_bytes()
    opened(cited)
    wanted = files(cited)
    live.write_bytes(before)
    result = run(cited, LAW, "--open-review", "--reason", "Other words.")
    assert "finished: under review as version 3: 1.2, 2.2; it had been begun" in result.stdout
    assert files(cited) == wanted


@pytest.mark.skipif(os.name == "nt", reason="sets a limit that Windows does not have")
def test_a_full_disk_is_one_line_and_nothing_is_half_written(cited: Path) -> None:
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))\n"
    script += "from chapterhouse.cli import main; main()"
    command = [sys.executable, "-B", "-c", script, "--manual", str(cited), "impact", LAW, "--date", DATE]
    command += ["--open-review", "--reason", REASON]
    before = files(cited)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "refused: it cannot be written: " in result.stdout
    assert "Traceback" not in result.stderr
    assert files(cited) == before


def test_the_sample_is_put_under_review_and_stays_sound(sample: Path, tmp_path: Path) -> None:
    for name in ("procedures", "amendments"):
        shutil.copytree(sample / name, tmp_path / name)
    shutil.copyfile(sample / "mkdocs.yml", tmp_path / "mkdocs.yml")
    known = errors(tmp_path)
    result = run(tmp_path, "ukpga/1989/41", "--open-review", "--reason", REASON)
    assert result.exit_code in (0, 1)
    assert result.stdout.count(": opened: ") >= 5
    assert errors(tmp_path) == known
    again = run(tmp_path, "ukpga/1989/41", "--open-review", "--reason", REASON)
    assert ": opened: " not in again.stdout
