"""`chapterhouse cite`: every citation in any text, its contract, and what it says of files that are none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from chapterhouse.cli import main
from chapterhouse.manual import citing, law
from chapterhouse.model import Source

DATE = "2026-11-21"
TEXT = """\
The board was set up under section 14 of the Children Act 2004. A council acts under section 47(1) of
the Children Act 1989 and sections 16C and 16E of the Children Act 2004.

The Learning and Skills Act 2004 does not exist.
"""


def cite(*arguments: str, text: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ["cite", *arguments], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def as_json(*arguments: str, text: bytes | None = None) -> list[dict[str, Any]]:
    report = json.loads(cite("--format", "json", *arguments, text=text).stdout)
    assert report["schema"] == 1
    return list(report["files"])


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_json_is_the_contract(letter: Path) -> None:
    (file,) = as_json(str(letter))
    assert file["path"] == str(letter)
    first, second, third, fourth = file["citations"]
    assert first == {
        "start": 27,
        "end": 62,
        "line": 1,
        "column": 28,
        "text": "section 14 of the Children Act 2004",
        "kind": "full",
        "targets": [
            {
                "instrument": "ukpga/2004/31",
                "provision": "section/14",
                "url": "https://www.legislation.gov.uk/ukpga/2004/31/section/14",
                "status": "repealed",
            }
        ],
        "problems": [],
    }
    assert second["text"] == "section 47(1) of\nthe Children Act 1989"
    assert [target["provision"] for target in second["targets"]] == ["section/47/1"]
    assert [target["provision"] for target in third["targets"]] == ["section/16C", "section/16E"]
    assert (third["line"], third["column"]) == (2, 27)
    assert fourth["problems"] == [
        {
            "code": "no-such-instrument",
            "message": "there is no Learning and Skills Act 2004",
            "hint": "write Learning and Skills Act 2000, if that is meant",
        }
    ]


def test_age_alone_is_a_problem_only_on_a_day(letter: Path) -> None:
    letter.write_text(TEXT.split(" A council", maxsplit=1)[0], "utf-8")
    assert cite(str(letter)).exit_code == 0
    (file,) = as_json("--date", "2018-06-28", str(letter))
    assert [problem for citation in file["citations"] for problem in citation["problems"]] == []
    assert file["citations"][0]["targets"][0]["status"] == "in-force"
    result = cite("--date", DATE, str(letter))
    assert result.exit_code == 1
    assert (
        "error[law-repealed] section 14 of the Children Act 2004: repealed on 29 June 2018" in result.stdout
    )


def test_people_read_place_words_meaning_state_and_cure(letter: Path) -> None:
    lines = cite(str(letter)).stdout.splitlines()
    assert lines[0] == (
        f'{letter}:1:28: "section 14 of the Children Act 2004" → section 14 of the Children Act 2004'
        " (repealed on 29 June 2018)"
    )
    assert lines[2].endswith("→ section 16C, section 16E of the Children Act 2004 (in force)")
    assert lines[3].split(" → ")[1].startswith("probably the Learning and Skills Act 2000")
    assert lines[4:6] == [
        "  error[no-such-instrument] there is no Learning and Skills Act 2004",
        "    help: write Learning and Skills Act 2000, if that is meant",
    ]
    assert lines[6] == "4 citations in 1 file, 1 error"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("head", ["", "---\ntitle: The Children Act 2004\n---\n"])
def test_offsets_are_those_of_the_decoded_text(tmp_path: Path, end: str, mark: str, head: str) -> None:
    text = mark + (head + "Tŷ ☂ 🙂\n\nSee section 11 of the Children Act 2004.\n").replace("\n", end)
    path = tmp_path / "letter.md"
    path.write_bytes(text.encode())
    (file,) = as_json(str(path))
    (citation,) = file["citations"]
    assert text[citation["start"] : citation["end"]] == "section 11 of the Children Act 2004"
    assert (citation["line"], citation["column"]) == (3 + head.count("\n"), 5)


def test_a_line_of_hyphens_opens_no_front_matter_without_a_key(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("---\nThe Children Act 2004 applies: always.\n---\n", "utf-8")
    assert len(as_json(str(path))[0]["citations"]) == 1


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", " \n", "# a\n", "\t#\r\n"])
def test_a_head_of_many_lines_without_a_key_costs_no_time(line: str) -> None:
    text = f"---\n{line * 10_000}The Children Act 2004\n---\n"
    started = time.process_time()
    assert len(as_json("-", text=text.encode())[0]["citations"]) == 1
    assert time.process_time() - started < 5


def test_only_markdown_has_addresses_and_tags_that_are_no_prose(tmp_path: Path) -> None:
    text = 'See [the board](https://northmoor.example/Children-Act-2004/section "Children Act 2004").\n'
    for name, count in (("letter.md", 0), ("letter.txt", 1)):
        (tmp_path / name).write_text(text, "utf-8")
        assert len(as_json(str(tmp_path / name))[0]["citations"]) == count


def test_what_nothing_resolves_is_listed_without_a_target() -> None:
    (file,) = as_json("-", text=b"Regulation 13 of the 2014 Regulations applies.")
    (citation,) = file["citations"]
    assert citation["targets"] == []
    assert [problem["code"] for problem in citation["problems"]] == ["unresolved-citation"]
    assert "→ not resolved" in cite("-", text=b"Regulation 13 of the 2014 Regulations applies.").stdout


def test_inside_a_manual_its_register_and_territory_hold(small_manual: Path, tmp_path: Path) -> None:
    text = b"See the Northmoor Practice Guide and section 23 of the Children Act 1989."
    inside, outside = small_manual / "procedures/pages/notes.txt", tmp_path / "notes.txt"
    inside.parent.mkdir(exist_ok=True)
    inside.write_bytes(text)
    outside.write_bytes(text)
    (small_manual / "procedures/legislation.yml").write_text(
        "schema: 1\nterritory: england\ninstruments:\n"
        "  - {id: guidance/northmoor, title: Northmoor Practice Guide, url: 'https://northmoor.example/'}\n",
        "utf-8",
    )
    assert cite(str(inside)).exit_code == 0
    own = as_json(str(inside))[0]["citations"]
    assert own[0]["targets"][0]["instrument"] == "guidance/northmoor"
    assert [one["text"] for one in as_json(str(outside))[0]["citations"]] == [own[1]["text"]]
    named = CliRunner().invoke(
        main, ["--manual", str(small_manual), "cite", "--format", "json", str(outside)]
    )
    assert len(json.loads(named.stdout)["files"][0]["citations"]) == 2


def test_a_territory_that_is_given_comes_first() -> None:
    welsh = b"Section 37 of the Social Services and Well-being (Wales) Act 2014 applies."
    told = {
        territory: as_json("--date", DATE, "--territory", territory, "-", text=welsh)[0]["citations"][0]
        for territory in ("england", "wales")
    }
    assert [problem["code"] for problem in told["england"]["problems"]] == ["wrong-territory"]
    assert told["wales"]["problems"] == []


def test_what_a_chapter_accepts_is_no_problem(small_manual: Path) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("2.2 You", "2.2 Section 14 of the Children Act 2004. You")
    chapter.write_text(text, "utf-8")
    assert cite("--date", DATE, str(chapter)).exit_code == 1
    accept = "accept:\n  - {code: law-repealed, text: Section 14, because: History.}\namendments:"
    chapter.write_text(text.replace("amendments:", accept), "utf-8")
    assert cite("--date", DATE, str(chapter)).exit_code == 0


def test_every_file_is_done_and_every_fault_told(tmp_path: Path, letter: Path) -> None:
    files = {
        "latin.txt": "Children Act 2004, café".encode("latin-1"),
        "wide.txt": "Children Act 2004".encode("utf-16"),
        "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "huge.txt": b"x" * (citing.MOST_BYTES + 1),
        "empty.txt": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in (*files, "missing.txt", ".")]
    result = cite(*names, str(letter))
    assert result.exit_code == 1
    told = [line for line in result.stderr.splitlines() if "error[" in line]
    assert [line.split("error[")[1].split("]")[0] for line in told] == [
        "not-utf8",
        "not-utf8",
        "not-utf8",
        "too-large",
        "unreadable-file",
        "unreadable-file",
    ]
    assert "at most 20,000,000 are read" in result.stderr
    assert "name the files in it" in result.stderr
    assert f"{tmp_path / 'empty.txt'}: no citations: there is no text in it" in result.stdout
    assert "4 citations in 2 files" in result.stdout
    report = as_json(*names, str(letter))
    assert [Path(file["path"]).name for file in report] == ["empty.txt", "letter.txt"]


def test_a_file_without_citations_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Nothing of that kind.", "utf-8")
    result = cite(str(path))
    assert (result.exit_code, result.stdout) == (0, f"{path}: no citations\n0 citations in 1 file\n")


@pytest.mark.parametrize(
    "arguments",
    [(), ("--format", "xml", "-"), ("--date", "2026-02-30", "-"), ("--territory", "scotland", "-")],
)
def test_misuse(arguments: tuple[str, ...]) -> None:
    assert cite(*arguments, text=b"").exit_code == 2


def test_programs_read_utf8_and_no_colour_whatever_the_console(tmp_path: Path, letter: Path) -> None:
    letter.write_text("Tŷ: “section 11 of the Children Act 2004”.", "utf-8")
    command = [sys.executable, "-m", "chapterhouse", "cite", "--format", "json", str(letter)]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout.decode("utf-8"))["files"][0]["citations"][0]["start"] == 5
    result = subprocess.run(
        [*command[:4], str(letter)], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert result.returncode == 0
    assert " → section 11 of the Children Act 2004 (in force)" in result.stdout.decode("utf-8")
    assert b"\x1b" not in result.stdout


@pytest.mark.skipif(not shutil.which("script"), reason="needs a terminal, which the program `script` makes")
def test_colour_is_for_terminals_that_want_it(tmp_path: Path, letter: Path) -> None:
    command = ["script", "-qec", f"{sys.executable} -m chapterhouse cite {letter}", "/dev/null"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert b"\x1b[1;31merror[no-such-instrument]\x1b[0m" in shown.stdout
    plain = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, check=False
    )
    assert b"error[no-such-instrument]" in plain.stdout
    assert b"\x1b[1" not in plain.stdout


@pytest.mark.skipif(os.name == "nt", reason="names of files are text on Windows")
def test_a_name_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text(TEXT, "utf-8")
    for form in ("text", "json"):
        command = [sys.executable.encode(), b"-m", b"chapterhouse", b"cite", b"--format", form.encode(), name]
        result = subprocess.run(command, capture_output=True, check=False)
        assert (result.returncode, result.stderr) == (1, b"")
        if form == "json":
            assert len(json.loads(result.stdout)["files"][0]["citations"]) == 4


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                (
                    "section 14 of the Children Act 2004",
                    "---\n",
                    "\r\n",
                    "title: x\n",
                    "[a](b)",
                    "`",
                    "s47 ",
                    "\ufeff",
                    "Working Together 2018",
                )
            ),
        ),
        max_size=12,
    ).map("".join)
)
def test_whatever_the_text_places_hold(text: str) -> None:
    for name in ("x.md", "x.txt"):
        found = citing.cite(Source(name, text), law.national(), date(2026, 11, 21), date(2026, 11, 21))
        assert json.loads(citing.as_json([found]))["schema"] == 1
        assert citing.as_text([found], date(2026, 11, 21)).endswith("\n")
        last = 0
        for cited in found.found:
            assert last <= cited.start < cited.end <= len(text)
            assert text[cited.start : cited.end] == cited.text
            last = cited.end


# --- Reshaped for a scorer that reads {start, end, targets: [{instrument, provision}]}, a line each ---


def reshaped(report: dict[str, Any]) -> list[str]:
    return [
        json.dumps(
            {
                "start": citation["start"],
                "end": citation["end"],
                "targets": [
                    {key: t[key] for key in ("instrument", "provision")} for t in citation["targets"]
                ],
            }
        )
        for citation in report["citations"]
    ]


def test_it_is_reshaped_for_the_scorer_in_one_step(letter: Path) -> None:
    lines = [json.loads(line) for line in reshaped(as_json(str(letter))[0])]
    assert lines[0] == {
        "start": 27,
        "end": 62,
        "targets": [{"instrument": "ukpga/2004/31", "provision": "section/14"}],
    }
    for line in lines:
        assert set(line) == {"start", "end", "targets"}
        assert all(set(target) == {"instrument", "provision"} for target in line["targets"])


@pytest.mark.skipif(
    "CHAPTERHOUSE_SEEDS" not in os.environ, reason="CHAPTERHOUSE_SEEDS names no folder of texts"
)
def test_the_scorer_reads_it(tmp_path: Path) -> None:
    """The folder holds texts `NNN_*.txt`, and beside it `gold/` the annotations and the scorer."""
    seeds = Path(os.environ["CHAPTERHOUSE_SEEDS"])
    scorer = shutil.copytree(seeds.parent / "gold", tmp_path / "gold") / "score.py"
    (tmp_path / "found").mkdir()
    texts = sorted(seeds.glob("[0-9][0-9][0-9]_*.txt"))
    assert texts
    for text in texts:
        lines = reshaped(as_json(str(text))[0])
        (tmp_path / "found" / f"{text.name[:3]}.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(scorer), str(seeds), str(tmp_path / "found")]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    row = dict(
        zip(
            result.stdout.split("\n")[0].split(),
            result.stdout.strip().split("\n")[-1].split()[1:],
            strict=False,
        )
    )
    assert int(row["exact"]) >= 0.92 * int(row["gold"]), result.stdout
    assert int(row["wrong"]) <= 0.02 * int(row["gold"]), result.stdout
