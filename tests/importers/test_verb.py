"""`chapterhouse import`, as somebody uses it who brings a manual along: to a site that builds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import chapterhouse
from chapterhouse.cli import main

from .conftest import DOCUMENTS

SCHEMA = Path(chapterhouse.__file__).parent / "schema/import.schema.json"
DATE = "2026-11-22"
OWN = sorted(DOCUMENTS.iterdir())
FILLED = {
    "owner": "Policy and Procedures Subgroup",
    "since": "2026-03-01",
    "still_applies": "true",
    "meanwhile": "Follow the text as it stands.",
    "paragraphs": '["1.1"]',
    "expected": "2027-03-01",
}
"""What a person writes in the place of each TODO."""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def codes(manual: Path) -> set[str]:
    """What `check` finds wrong with a manual."""
    found = json.loads(run("--manual", manual, "check", "--date", DATE, "--format", "json").output)
    return {one["code"] for one in found["diagnostics"] if one["severity"] != "info"}


def filled(draft: Path) -> None:
    """Settle what is marked TODO, and make a chapter of the draft."""
    text = draft.read_text("utf-8")
    for key, value in FILLED.items():
        text = re.sub(rf"^(\s*{key}): TODO$", rf"\1: {value}", text, flags=re.MULTILINE)
    assert "TODO" not in re.sub(r"^#.*$", "", text.split("\n---\n")[0], flags=re.MULTILINE)
    draft.write_text(text.replace("status: draft\n", "review: {due: 2027-11-30}\n", 1), "utf-8")


def becomes_a_site(manual: Path, documents: Sequence[Path]) -> None:
    drafts = manual / "procedures/imported"
    assert run("import", *documents, "--output", drafts, "--date", DATE).exit_code == 0
    assert len(list(drafts.iterdir())) == len(documents)
    assert codes(manual) == {"todo"}
    for draft in sorted(drafts.iterdir()):
        filled(draft)
    for draft in sorted(drafts.iterdir()):
        name = f"imported/{draft.stem}"
        days = ("--effective", DATE, "--date", DATE)
        said = run("--manual", manual, "amend", name, "--summary", "Imported.", *days)
        assert said.exit_code == 0, said.output
    site = manual / "site"
    built = run("--manual", manual, "build", "--strict", "--date", DATE, "--site-dir", site)
    assert built.exit_code == 0, built.output
    assert run("--manual", manual, "verify", site, "--date", DATE).exit_code == 0


def test_our_own_documents_become_a_site(manual: Path) -> None:
    becomes_a_site(manual, OWN)


def test_the_four_documents_become_a_site(manual: Path, seeds: list[Path]) -> None:
    becomes_a_site(manual, seeds)


def test_the_report_for_programs(tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = run("import", DOCUMENTS / "hosted.txt", "-o", output, "--format", "json", "--date", DATE)
    assert result.exit_code == 0
    (one,) = json.loads(result.output)["files"]
    assert one["draft"] == str(tmp_path / "out/the-northmoor-escalation-forum.md")
    assert one["chapter"] == {
        "number": "4.7",
        "title": "The Northmoor Escalation Forum",
        "numbering": "sections",
    }
    assert one["gaps"] == ["2.3"]
    assert [drop["place"] for drop in one["dropped"]] == ["line 1", "line 5", "line 7", "line 35", "line 36"]
    assert "The source has no paragraph 2.3." in one["person"]


def test_the_report_for_a_person(tmp_path: Path) -> None:
    said = run("import", DOCUMENTS / "table.txt", "-o", tmp_path / "out", "--date", DATE).output
    for words in (
        "\n  PB3 The Northmoor Duty Desk\n  2 sections, 5 numbered paragraphs",
        "  Moved to the top of the draft:\n",
        "\n    line 5: In March 2026 this guidance was marked as under review. (the notice that the chapter",
        "  For you to settle:\n",
        "Line 8: write who owns the chapter in the place of TODO (`owner:`).",
        "Nothing follows the colon at line 11, paragraph 1.2: a list or table may already be missing in the",
    ):
        assert words in said


def test_nothing_is_written_over(tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("import", DOCUMENTS / "hosted.txt", "-o", output, "--date", DATE).exit_code == 0
    (draft,) = output.iterdir()
    draft.write_text("mine", "utf-8")
    again = run("import", DOCUMENTS / "hosted.txt", "-o", output, "--date", DATE)
    assert again.exit_code == 1
    assert f"{draft} is there already" in again.output
    assert draft.read_text("utf-8") == "mine"
    assert list(output.iterdir()) == [draft]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"%PDF-1.7", "it is a PDF file"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "a Word document of the old form"),
        ("a.rtf", b"{\\rtf1", "Rich Text Format"),
        ("a.txt.gz", b"\x1f\x8b\x08", "a packed file"),
    ],
)
def test_what_is_not_read(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    """One line for what is no document, and the others are imported all the same."""
    wrong = tmp_path / name
    wrong.write_bytes(content)
    result = run("import", wrong, DOCUMENTS / "hosted.txt", "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 1
    assert [why in line for line in result.output.splitlines() if str(wrong) in line] == [True]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_file_of_200_megabytes(tmp_path: Path) -> None:
    """It is refused by its size, before it is read."""
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    result = run("import", large, "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 1
    assert result.output.startswith(f"{large}: not imported: it has 200,000,000 bytes")
    assert not (tmp_path / "out").exists()


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    result = run("import", pipe, "-o", tmp_path / "out", "--date", DATE)
    assert (result.exit_code, "it is not a file (a folder, perhaps)" in result.output) == (1, True)


def test_names_that_climb_out(tmp_path: Path) -> None:
    """A title is no path: nothing is written outside of the folder."""
    source = tmp_path / "source.txt"
    source.write_text("4.2 ../../../../etc/passwd\n\n1. Start\n\n1.1 Words.\n\n1.2 More.\n")
    assert run("import", source, "-o", tmp_path / "out", "--date", DATE).exit_code == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["etc-passwd.md", "out", "source.txt"]


def test_links_between_documents(tmp_path: Path) -> None:
    """A link to another document of the same run leads to its draft; one that leads nowhere is told."""
    (tmp_path / "one.md").write_text("# 1.1 One\n\nSee [the other](two.md#x) and [a third](three.md).\n")
    (tmp_path / "two.md").write_text("# 1.2 Two\n\nWords of [a site](https://moor.example/).\n")
    result = run("import", tmp_path / "one.md", tmp_path / "two.md", "-o", tmp_path / "out", "--date", DATE)
    assert result.exit_code == 0
    assert "a third (three.md)" in result.output
    text = (tmp_path / "out/one.md").read_text("utf-8")
    assert "See [the other](two.md) and a third." in text
    assert "the other (two.md#x): leads to two.md" in result.output
    assert "[a site](https://moor.example/)" in (tmp_path / "out/two.md").read_text("utf-8")


def test_a_part_of_a_manual(small_manual: Path) -> None:
    """Numbers and files that the manual has already are given to no draft."""
    shutil.copy(DOCUMENTS / "hosted.txt", small_manual / "4.txt")
    text = (small_manual / "4.txt").read_text("utf-8").replace("4.7 The Northmoor", "1.2 The Northmoor")
    (small_manual / "4.txt").write_text(text, "utf-8")
    output = small_manual / "procedures/core"
    result = run("import", small_manual / "4.txt", "-o", output, "--date", DATE)
    assert result.exit_code == 0
    assert "The document is numbered 1.2, and so is another chapter" in result.output
    assert codes(small_manual) == {"todo"}


FAULTY = """\
4.{0} Title {0}

1. Start

1.1 See paragraph 9.9 of this chapter.

1.2 Under section 999 of the Children Act 1989.

1.4 More of the words.
"""


def test_a_dozen_documents_with_faults(manual: Path) -> None:
    """Whatever a run has to mend, it mends in all of them."""
    for number in range(12):
        (manual / f"{number}.txt").write_text(FAULTY.format(number + 1), "utf-8")
    output = manual / "procedures/imported"
    names = [manual / f"{number}.txt" for number in range(12)]
    result = run("import", *names, "-o", output, "--date", DATE, "--format", "json")
    assert result.exit_code == 0
    assert codes(manual) == {"todo"}
    for one in json.loads(result.output)["files"]:
        found = {fault["code"]: fault["line"] for fault in one["accepted"]}
        assert found.keys() == {"broken-reference", "no-such-provision", "number-gap"}
        lines = Path(one["draft"]).read_text("utf-8").split("\n")
        assert lines[found["broken-reference"] - 1].startswith("1.1 ")
        assert lines[found["number-gap"] - 1].startswith("1.4 ")
        assert one["paragraphs"] == ["1.1", "1.2", "1.4"]


def test_an_entry_for_each_fault_and_not_for_each_place(manual: Path) -> None:
    """What is said of the same words is accepted once."""
    said = "".join(f"1.{number} See paragraph 9.9, or 1.1.\n\n" for number in range(1, 400))
    (manual / "many.txt").write_text(f"4.1 Forms\n\n1. Start\n\n{said}", "utf-8")
    output = manual / "procedures/imported"
    result = run("import", manual / "many.txt", "-o", output, "--date", DATE, "--format", "json")
    (one,) = json.loads(result.output)["files"]
    assert len(one["accepted"]) == 399
    assert (output / "forms.md").read_text("utf-8").count("- code:") == 1
    assert codes(manual) == {"todo"}


def test_more_faults_than_front_matter_can_accept(manual: Path) -> None:
    """Every number stays; what finds no room is told, and `check` says it."""
    said = "".join(f"1.{n} Under section {900 + n} of the Children Act 1989.\n\n" for n in range(1, 700))
    (manual / "many.txt").write_text(f"4.1 Forms\n\n1. Start\n\n{said}", "utf-8")
    output = manual / "procedures/imported"
    result = run("import", manual / "many.txt", "-o", output, "--date", DATE, "--format", "json")
    (one,) = json.loads(result.output)["files"]
    text = (output / "forms.md").read_text("utf-8")
    assert re.findall(r"^1\.([0-9]+) Under", text, re.MULTILINE) == [str(n) for n in range(1, 700)]
    assert len(one["accepted"]) > 300
    assert len(one["accepted"]) + len(one["left"]) == len(one["law"])
    told = f"{len(one['left'])} more faults are not accepted at the top of the draft"
    assert any(line.startswith(told) for line in one["person"])
    assert codes(manual) == {"todo", "no-such-provision"}


def test_markers_of_lists_are_kept(tmp_path: Path) -> None:
    page = "<h1>2.2 Lists</h1><p>There are:</p><ol type=A><li>one</ol><p>And:</p><ol type=I><li>two</ol>"
    (tmp_path / "a.html").write_text(page)
    assert run("import", tmp_path / "a.html", "-o", tmp_path / "out", "--date", DATE).exit_code == 0
    text = (tmp_path / "out/lists.md").read_text("utf-8")
    assert re.findall("^- .*", text, re.MULTILINE) == ["- A\\) one", "- I\\) two"]


def test_a_part_that_is_new(manual: Path) -> None:
    """The draft is judged where it is written, and the part that is missing is told."""
    output = manual / "procedures/fresh"
    result = run("import", DOCUMENTS / "hosted.txt", "-o", output, "--date", DATE)
    assert result.exit_code == 0
    assert "write a line `fresh:` with its title under `parts:` in procedures/parts.yml" in result.output
    assert "# chapterhouse amend fresh/" in next(output.iterdir()).read_text("utf-8")
    assert codes(manual) == {"todo", "unknown-part"}
    (manual / "procedures/parts.yml").write_text("parts:\n  fresh: Fresh\n")
    assert codes(manual) == {"todo"}


@pytest.mark.parametrize(
    "folder",
    ["procedures", "procedures/core/deeper", "procedures/My Part", "procedures/api", "amendments/core"],
)
def test_a_folder_that_can_have_no_chapter(manual: Path, folder: str) -> None:
    before = sorted(manual.rglob("*"))
    result = run("import", DOCUMENTS / "hosted.txt", "-o", manual / folder, "--date", DATE)
    assert result.exit_code == 2
    assert len([line for line in result.output.splitlines() if line.startswith("Error: ")]) == 1
    assert sorted(manual.rglob("*")) == before


def test_a_folder_beside_the_manual(manual: Path) -> None:
    """The draft has no address yet, and does not say that it has one."""
    run("import", DOCUMENTS / "hosted.txt", "-o", manual / "drafts", "--date", DATE)
    assert "# chapterhouse amend PART/the-" in next((manual / "drafts").iterdir()).read_text("utf-8")


def test_links_into_the_manual(small_manual: Path) -> None:
    """A chapter is known by its address or the name of its file; a place in it, by its number."""
    (small_manual / "a.md").write_text(
        "# 7.1 Links\n\n## 1. One\n\n1.1 See [a](records.html#1.1), [b](/core/records/),"
        " [c](../core/records.md#x),"
        " [d](b.md#1.2), [e](#1.1), [f](#top) and [g](https://elsewhere.example/core/records/).\n\n1.2 End.\n"
    )
    (small_manual / "b.md").write_text("# 7.2 Others\n\n## 1. One\n\n1.1 One.\n\n1.2 Two, see [a](a.md).\n")
    output = small_manual / "procedures/core"
    names = [small_manual / "a.md", small_manual / "b.md"]
    result = run("import", *names, "-o", output, "--date", DATE, "--format", "json")
    assert (
        "1.1 See [a](records.md#1.1), [b](records.md), [c](records.md), [d](others.md#1.2), [e](#1.1), f"
        " and [g](https://elsewhere.example/core/records/)."
    ) in (output / "links.md").read_text("utf-8")
    first, second = json.loads(result.output)["files"]
    assert first["links"] == [
        {"text": "c", "address": "../core/records.md#x", "leads": "records.md"},
        {"text": "f", "address": "#top", "leads": ""},
    ]
    assert any("It links to others.md" in line for line in first["person"])
    assert any("It links to links.md" in line for line in second["person"])
    assert codes(small_manual) == {"todo"}


def test_drafts_that_link_to_each_other_are_published(manual: Path) -> None:
    """As docs/importing.md says: neither is a draft any more before the first is published."""
    for name, other in (("a", "b"), ("b", "a")):
        said = f"# 7.{ord(name)} Chapter {name}\n\n## 1. One\n\n1.1 See [it]({other}.md).\n\n1.2 End.\n"
        (manual / f"{name}.md").write_text(said)
    becomes_a_site(manual, [manual / "a.md", manual / "b.md"])


def test_a_text_of_20_megabytes(tmp_path: Path) -> None:
    """No chapter can hold it: it is refused before its two million lines are read."""
    (tmp_path / "lines.txt").write_text("1.1 texts\n" * 1_990_000)
    start = time.process_time()
    result = run("import", tmp_path / "lines.txt", "-o", tmp_path / "out", "--date", DATE)
    assert time.process_time() - start < 10
    assert result.output.count("\n") == 1
    assert "its text has 15,920,000 bytes, and a chapter may have 2,000,000: divide" in result.output


def test_the_schema_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "faulty.txt").write_text(FAULTY.format(1))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a.html").write_text(
        "<p>Words <img alt='a map'> of <a href='x.html'>it</a>.<script>x</script>"
    )
    names = [*OWN, *(tmp_path / name for name in ("faulty.txt", "a.pdf", "a.html"))]
    result = run("import", *names, "-o", tmp_path / "out", "--format", "json", "--date", DATE)
    report = json.loads(result.output)
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    schema.validate(report)
    for key in ("dropped", "front_matter", "links", "accepted", "law", "gaps"):
        assert any(one.get(key) for one in report["files"]), key


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("../d2/index.html", "second.md"),
        ("../d2/index.html#1.1", "second.md#1.1"),
        ("./../d1/index.html", "first.md"),
        ("../d9/index.html", ""),
        ("/d2/index.html", ""),
        ("index.html?id=55", ""),
        ("other.html", ""),
    ],
)
def test_links_between_folders(tmp_path: Path, address: str, leads: str) -> None:
    """Of files of one name, the path says which is meant; what is not known for certain is told."""
    for folder, title in (("d1", "First"), ("d2", "Second")):
        (tmp_path / folder).mkdir()
        page = f"<h1>1.{folder[1]} {title}</h1><h2>1. One</h2><p>1.1 See <a href='{address}'>it</a>.</p>"
        (tmp_path / folder / "index.html").write_text(page)
    (tmp_path / "other.html").write_text("<h1>1.3 Other</h1><p>Words.</p>")
    names = [tmp_path / "d1/index.html", tmp_path / "d2/index.html", tmp_path / "other.html"]
    said = run("import", *names, "-o", tmp_path / "out", "--date", DATE, "--format", "json").output
    assert f"1.1 See {f'[it]({leads})' if leads else 'it'}." in (tmp_path / "out/first.md").read_text("utf-8")
    told = [] if leads else [{"text": "it", "address": address, "leads": ""}]
    assert json.loads(said)["files"][0]["links"] == told


def test_files_saved_into_one_folder(tmp_path: Path) -> None:
    """The folders of the old site are not there, and the name of the file says which is meant."""
    link = "<a href='{}'>{}</a>"
    links = [link.format("/safe/records.html#1.1", "a"), link.format("/safe/index.html", "b")]
    (tmp_path / "index.html").write_text(
        f"<h1>1.1 First</h1><h2>1. One</h2><p>1.1 See {' and '.join(links)}.</p>"
    )
    (tmp_path / "records.html").write_text("<h1>1.2 Records</h1><h2>1. One</h2><p>1.1 One.</p>")
    names = [tmp_path / "index.html", tmp_path / "records.html"]
    run("import", *names, "-o", tmp_path / "out", "--date", DATE)
    assert "1.1 See [a](records.md#1.1) and b." in (tmp_path / "out/first.md").read_text("utf-8")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\x1b[31m\nb.txt")
    Path(name).write_text("Words of it.\n\nMore words.\n")
    said = run("import", name, "-o", tmp_path / "out", "--date", DATE).output
    assert "\x1b" not in said
    assert f"{tmp_path}/a\\udcff\\x1b[31m\\nb.txt: imported as {tmp_path}/out/" in said.split("\n")[0]
    (one,) = json.loads(run("import", name, "-o", tmp_path / "two", "--format", "json").output)["files"]
    assert one["path"] == name


@pytest.mark.parametrize("made", ["file", "link", "below"])
def test_what_is_no_folder(tmp_path: Path, made: str) -> None:
    output = tmp_path / "out"
    if made == "link":
        output.symlink_to(tmp_path / "nowhere")
    else:
        output.write_text("mine")
    wanted = output / "deeper" if made == "below" else output
    result = run("import", DOCUMENTS / "hosted.txt", "-o", wanted)
    assert result.exit_code == 2
    why = "is a link that leads nowhere" if made == "link" else "is no folder"
    assert f"Error: {output} {why}" in result.output
    assert list(tmp_path.iterdir()) == [output]


def test_no_name_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("import", DOCUMENTS / "hosted.txt", "-o", "")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "Error: --output names no folder" in result.output


def test_a_draft_that_cannot_be_written(tmp_path: Path) -> None:
    """It is told; the others are written, and their reports are not lost."""
    (tmp_path / "big.txt").write_text(
        "4.1 Large\n\n1. Start\n\n1.1 Words.\n\n" + "Words and words.\n\n" * 9000
    )
    names = [str(tmp_path / "big.txt"), str(DOCUMENTS / "hosted.txt")]
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        "from chapterhouse.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, "import", *names, "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    path = tmp_path / "out/large.md"
    assert f"big.txt: not imported: its draft cannot be written to {path}: File too large" in done.stdout
    assert "The Northmoor Escalation Forum" in done.stdout
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["the-northmoor-escalation-forum.md"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    result = run("import", gone, DOCUMENTS / "hosted.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.output.startswith(f"{gone}: not imported: No such file or directory\n")
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_every_word_that_is_not_in_the_draft_is_told(tmp_path: Path) -> None:
    """However long it is: the list is the only place where it stands."""
    struck = " ".join(f"word{number}" for number in range(100))
    (tmp_path / "a.html").write_text(f"<h1>1.1 One</h1><p>Kept. <del>{struck}</del></p>")
    assert struck in run("import", tmp_path / "a.html", "-o", tmp_path / "out").output


def test_headings_with_numbers_and_without(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 1.1 One\n\n## 1. Start\n\n1.1 Words.\n\n### Who\n\n1.2 Words.\n\n### How\n\n1.3 Words.\n"
    )
    said = run("import", tmp_path / "a.md", "-o", tmp_path / "out").output
    assert "  1 section, 2 other headings, 3 numbered paragraphs\n" in said
    (tmp_path / "b.md").write_text("# 1.1 One\n\n## Who\n\nWords.\n")
    said = run("import", tmp_path / "b.md", "-o", tmp_path / "out2").output
    assert "  1 heading, 1 other paragraph\n" in said


def test_what_has_several_paragraphs_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 1.1 One\n\n## 1. Start\n\n1.1 Words[^1] of[^2] these:\n\n- one\n\n  more of it\n\n- two\n\n"
        "```\ntyped\n```\n\n[^1]: A note.\n\n    More of it.\n\n[^2]: Another.\n"
    )
    result = run("import", tmp_path / "a.md", "-o", tmp_path / "out", "--format", "json")
    (one,) = json.loads(result.output)["files"]
    made = {what: count for what, count in one["recognised"].items() if count}
    assert made == {"section": 1, "numbered_paragraph": 1, "list_item": 2, "footnote": 2, "code_block": 1}
    text = run("import", tmp_path / "a.md", "-o", tmp_path / "out2").output
    assert "  1 section, 1 numbered paragraph, 2 list items, 2 footnotes, 1 code block\n" in text


def test_a_long_line_with_many_faults(tmp_path: Path) -> None:
    """The line is read once for all of them, and not at each."""
    (tmp_path / "a.txt").write_text("1.1 " + "See paragraph 3.4 below. " * 8_000)
    start = time.process_time()
    assert run("import", tmp_path / "a.txt", "-o", tmp_path / "out", "--date", DATE).exit_code == 0
    assert time.process_time() - start < 10
