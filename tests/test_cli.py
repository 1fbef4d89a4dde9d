"""The command, as an editor meets it: what it writes, what it says, how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import CliRunner, Result

from chapterhouse import frontmatter
from chapterhouse.cli import VERBS, main
from chapterhouse.model import Source

DATE = "2026-11-21"


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--manual", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def spawn(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "chapterhouse", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_exit_codes(small_manual: Path, archive: Callable[..., None]) -> None:
    """0: no error; 1: an error, or with --strict a warning; 2: misuse. Never a traceback."""
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    assert run(small_manual, "check", "--date", DATE).exit_code == 0
    chapter.write_text(text.replace("2.2 You", "2.3 You").replace('["1.2"]', '["1.2", "2.2"]'), "utf-8")
    archive(small_manual)
    assert run(small_manual, "check", "--date", DATE).exit_code == 0
    assert run(small_manual, "check", "--date", DATE, "--strict").exit_code == 1
    chapter.write_text(text.replace("2.2 You", "2.1 You"), "utf-8")
    assert run(small_manual, "check", "--date", DATE).exit_code == 1
    for wrong in (["--date", "2026-02-30"], ["--format", "xml"], ["--nothing"]):
        assert run(small_manual, "check", *wrong).exit_code == 2


@pytest.mark.parametrize("name", ["CHAPTERHOUSE_DATE", "SOURCE_DATE_EPOCH"])
def test_a_wrong_build_date_is_misuse(small_manual: Path, name: str) -> None:
    result = spawn("check", cwd=small_manual, **{name: "yesterday"})
    assert result.returncode == 2
    assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_the_manual_is_found_from_a_folder_inside_it(small_manual: Path, tmp_path: Path) -> None:
    assert spawn("check", cwd=small_manual / "procedures/core").returncode == 0
    lost = spawn("check", cwd=tmp_path)
    assert lost.returncode == 2
    assert "mkdocs.yml and procedures/" in lost.stderr


def test_results_are_on_stdout_and_hold_no_colour_in_a_pipe(small_manual: Path) -> None:
    (small_manual / "procedures/core/records.md").write_text("no front matter", "utf-8")
    result = spawn("check", "--date", DATE, cwd=small_manual)
    assert "error[no-front-matter]" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_json_is_the_contract(small_manual: Path) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    chapter.write_text(chapter.read_text("utf-8").replace("2026-04-01", "2026-13-01"), "utf-8")
    report = json.loads(run(small_manual, "check", "--format", "json", "--date", DATE).output)
    assert report["schema"] == 1
    assert report["diagnostics"][0] == {
        "code": "bad-date",
        "severity": "error",
        "path": "procedures/core/referrals.md",
        "line": 12,
        "column": 16,
        "end_line": 12,
        "end_column": 26,
        "message": "effective is not a calendar date",
        "hint": "write it as YYYY-MM-DD, for example 2026-03-01",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Making enquiries",
        'Say "no": when?',
        "no",
        "1.5",
        "Plant mewn perygl â",
        "#1",
        "a\\b",
        "x: y",
    ],
)
def test_a_new_chapter_passes_check(small_manual: Path, title: str) -> None:
    result = run(small_manual, "new", "practice/enquiries", "2.1", title)
    assert result.exit_code == 0, result.output
    path = small_manual / "procedures/practice/enquiries.md"
    head, _, faults = frontmatter.read(Source("x.md", path.read_text("utf-8")))
    assert (head.title, head.chapter, head.owner, head.status, faults) == (
        title,
        "2.1",
        "Procedures Subgroup",
        "draft",
        (),
    )
    assert run(small_manual, "check", "--strict", "--date", DATE).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("core/referrals", "2.1", "Again"), 2, "exists already"),
        (("core/other", "1.2", "Twin"), 1, "duplicate-chapter-number"),
        (("core/other", "one", "Wrong number"), 1, "wrong-type"),
        (("cores/other", "2.1", "No such part"), 1, "unknown-part"),
        (("../other", "2.1", "Out of the manual"), 1, "bad-slug"),
        (("core/a/b", "2.1", "Too deep"), 1, "bad-slug"),
        (("core/Other", "2.1", "A capital"), 1, "bad-slug"),
        (("search/other", "2.1", "The site's own"), 1, "reserved-slug"),
        (("core/other", "2.1", "<b>Markup</b>"), 1, "markup-in-text"),
        (("core/other", "2.1", ""), 1, "empty-value"),
    ],
)
def test_new_refuses_what_would_not_pass(
    small_manual: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    before = sorted(small_manual.rglob("*"))
    result = run(small_manual, "new", *arguments)
    assert result.exit_code == code
    assert says in result.output
    assert sorted(small_manual.rglob("*")) == before


def test_new_says_in_one_line_what_the_disk_refuses(small_manual: Path) -> None:
    (small_manual / "procedures/practice").write_text("A file where a folder belongs.", "utf-8")
    result = spawn("new", "practice/enquiries", "2.1", "Enquiries", cwd=small_manual)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"procedures/practice/enquiries\.md cannot be written: .+\n", result.stderr)


@pytest.mark.skipif(os.name == "nt", reason="a console of Windows hands over text")
def test_arguments_that_are_no_text_are_misuse(small_manual: Path) -> None:
    command = [sys.executable, "-m", "chapterhouse", "new", "core/other", "2.1", os.fsdecode(b"\xff")]
    result = subprocess.run(command, cwd=small_manual, capture_output=True, check=False)
    assert result.returncode == 2
    assert b"not UTF-8" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_letters_that_a_console_lacks_stop_nothing(small_manual: Path, form: str) -> None:
    """What programs read is UTF-8 all the same."""
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("roles: [school]", "kind: ŵyth")
    chapter.write_text(text.replace("kind: revised", "kind: ŵyth"), "utf-8")
    command = [sys.executable, "-m", "chapterhouse", "check", "--date", DATE, "--format", form]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    result = subprocess.run(command, cwd=small_manual, env=environment, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (1, b"")
    if form == "text":
        assert rb"kind: \u0175yth" in result.stdout
    else:
        assert "kind cannot be ŵyth" in result.stdout.decode("utf-8")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_names_the_options_of_a_verb(verb: str) -> None:
    result = CliRunner().invoke(main, [verb, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {verb} ")
    for parameter in main.commands[verb].params:
        names = parameter.opts if parameter.param_type_name == "option" else [parameter.human_readable_name]
        assert all(name in result.output for name in names)


def test_help_of_the_command_names_every_verb() -> None:
    for name in ("-h", "--help"):
        result = CliRunner().invoke(main, [name])
        assert result.exit_code == 0
        assert set(VERBS) <= set(re.findall(r"^  ([a-z-]+)  ", result.output, re.MULTILINE))
    # All have been loaded now.
    assert set(main.commands) == set(VERBS)


def test_check_loads_no_library_that_it_does_without(small_manual: Path) -> None:
    large = "{'bs4', 'segno', 'mammoth', 'mkdocs', 'typst', 'pikepdf'}"
    script = f"import atexit, sys; atexit.register(lambda: print({large} & set(sys.modules)))"
    script += "; from chapterhouse.cli import main; main()"
    command = [sys.executable, "-c", script, "--manual", str(small_manual), "check", "--date", DATE]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.splitlines()[-1:]) == (0, ["set()"])


def test_every_verb_is_in_the_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    for verb in VERBS:
        assert f"chapterhouse {verb}" in readme


def test_build_writes_the_site_and_verify_passes_it(small_manual: Path) -> None:
    built = spawn("build", "--date", DATE, "--strict", "--site-dir", "out", cwd=small_manual)
    assert built.returncode == 0, built.stderr
    proof = spawn("verify", "out", cwd=small_manual)
    assert (proof.returncode, proof.stderr) == (0, "")
    (small_manual / "out/core/referrals/index.html").unlink()
    proof = spawn("verify", "out", cwd=small_manual)
    assert proof.returncode == 1
    assert proof.stderr.splitlines() == ["core/referrals/index.html: the chapter is missing"]


def test_a_manual_with_a_fault_is_not_built_and_the_old_site_stands(small_manual: Path) -> None:
    assert spawn("build", "--date", DATE, cwd=small_manual).returncode == 0
    site = small_manual / "site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    chapter = small_manual / "procedures/core/referrals.md"
    chapter.write_text(chapter.read_text("utf-8").replace("title: Making", "titel: Making"), "utf-8")
    built = spawn("build", "--date", DATE, cwd=small_manual)
    assert built.returncode == 1
    assert "procedures/core/referrals.md:3:1: error[unknown-key]" in built.stderr
    assert "Traceback" not in built.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("use_directory_urls: false", "use_directory_urls"),
        ("repo_url: https://code.example/manual", "repo_url"),
        ("theme: readthedocs", "Material"),
    ],
)
def test_settings_that_would_break_a_promise_are_refused(small_manual: Path, setting: str, says: str) -> None:
    settings = small_manual / "mkdocs.yml"
    kept = [
        line
        for line in settings.read_text("utf-8").splitlines()
        if line.split(":")[0] != setting.split(":", maxsplit=1)[0]
    ]
    settings.write_text("\n".join((*kept, setting)), "utf-8")
    built = spawn("build", cwd=small_manual)
    assert built.returncode == 1
    assert says in built.stderr
    assert "Traceback" not in built.stderr


def test_a_partial_build_is_refused(small_manual: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--dirty"]
    built = subprocess.run(command, cwd=small_manual, capture_output=True, text=True, check=False)
    assert built.returncode == 1
    assert "--dirty leaves chapters out of the indexes" in built.stderr
    assert "Traceback" not in built.stderr
    assert not (small_manual / "site").exists()


def test_what_only_the_finished_page_shows_stops_the_build(
    small_manual: Path, archive: Callable[..., None]
) -> None:
    """An archived text is not judged by today's rules, but what may stand in no page stands in none."""
    archived = small_manual / "amendments/core/referrals/1.md"
    text = archived.read_text("utf-8")
    archived.write_text(text.replace("You keep", "<script>alert(1)</script> You keep"), "utf-8")
    archive(small_manual)
    assert run(small_manual, "check", "--strict", "--date", DATE).exit_code == 0
    built = spawn("build", "--date", DATE, cwd=small_manual)
    assert built.returncode == 1
    assert "there is no site" in built.stderr
    assert "amendments/core/referrals/1.md, at 2.2: <script> may not stand in a page" in built.stderr
    assert "Traceback" not in built.stderr
    assert not list((small_manual / "site").rglob("*.html"))


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """`serve` in a process of its own, on a port that was free; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "chapterhouse", "serve", "--date", DATE, "--address", address]
    with (
        (root / "serve.log").open("w") as log,
        subprocess.Popen(command, cwd=root, stdout=log, stderr=log, start_new_session=True) as process,
    ):
        try:
            yield f"http://{address}/"
        finally:
            os.killpg(process.pid, signal.SIGINT)
            # Where the tests themselves run in the background of a shell, its children ignore the signal.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(url: str, words: str, seconds: float = 30) -> None:
    """Until a page says the words. Fails when it does not in good time."""
    end = time.monotonic() + seconds
    said = ""
    while time.monotonic() < end:
        with suppress(URLError, ConnectionError), urllib.request.urlopen(url, timeout=5) as answer:
            said = answer.read().decode()
            if words in said:
                return
        time.sleep(0.2)
    pytest.fail(f"{url} does not say {words!r} after {seconds} seconds: {said[-300:]}")


@pytest.mark.skipif(os.name == "nt", reason="a process group is ended by a signal")
def test_serve_shows_the_manual_and_each_change_of_it(
    small_manual: Path, archive: Callable[..., None]
) -> None:
    """An edit is looked at before it is recorded; what is in the archive must be as it was archived."""
    chapter = small_manual / "procedures/core/referrals.md"
    archived = small_manual / "amendments/core/referrals/1.md"
    with serving(small_manual) as address:
        wait_for(f"{address}core/referrals/", "You keep a copy.")
        chapter.write_text(chapter.read_text("utf-8").replace("keep a copy", "keep two copies"), "utf-8")
        wait_for(f"{address}core/referrals/", "You keep two copies.")
        archived.write_text(archived.read_text("utf-8").replace("keep a copy", "kept a copy"), "utf-8")
        archive(small_manual)
        wait_for(f"{address}core/referrals/versions/1/", "You kept a copy.")
    assert "Traceback" not in (small_manual / "serve.log").read_text("utf-8")
