"""`export`: every file of data that the site has, without the site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chapterhouse.cli import main

DATE = "2026-11-21"
ENDS = (".json", ".xml", ".ics", ".csv")


def export(root: Path, output: Path | str, *more: str, day: str = DATE) -> Result:
    arguments = ["--manual", str(root), "export", "--output", str(output), "--date", day, *more]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_writes_what_the_site_has_byte_for_byte(small_manual: Path, tmp_path: Path) -> None:
    settings = small_manual / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "site_url: https://case.example/manual\n", "utf-8")
    built = CliRunner().invoke(
        main, ["--manual", str(small_manual), "build", "--date", DATE, "--site-dir", str(tmp_path / "site")]
    )
    assert built.exit_code == 0
    result = export(small_manual, tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    made = files(tmp_path / "out")
    assert result.stdout == f"{len(made)} files written to {tmp_path / 'out'}\n"
    site = files(tmp_path / "site")
    data = {path for path in site if path.endswith(ENDS) and not path.startswith(("assets/", "search/"))}
    assert set(made) == data - {"sitemap.xml"}
    assert "api/amendments.json" in made
    assert b'"https://case.example/manual/core/referrals/feed.xml"' in made["core/referrals/feed.xml"]
    for path, content in made.items():
        assert content == site[path], path


def test_it_tells_the_day_that_is_asked_for(small_manual: Path, tmp_path: Path) -> None:
    export(small_manual, tmp_path / "out", day="2026-03-24")
    assert b'"build_date": "2026-03-24"' in (tmp_path / "out/api/manual.json").read_bytes()
    first = files(tmp_path / "out")
    export(small_manual, tmp_path / "out", day="2026-03-24")
    assert files(tmp_path / "out") == first


def test_a_manual_with_an_error_is_not_exported(small_manual: Path, tmp_path: Path) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    chapter.write_text(chapter.read_text("utf-8").replace("title: Making", "titel: Making"), "utf-8")
    result = export(small_manual, tmp_path / "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "procedures/core/referrals.md:3:1: error[unknown-key]" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("folder", ["procedures/core", "procedures/new", "amendments", ".", "..", "linked"])
def test_the_manual_itself_is_never_written_over(small_manual: Path, folder: str) -> None:
    (small_manual / "linked").mkdir()
    # A folder that leads back: core/referrals/feed.xml would stand in the archive.
    (small_manual / "linked/core").symlink_to(small_manual / "amendments/core", target_is_directory=True)
    before = files(small_manual)
    result = export(small_manual, small_manual / folder)
    assert result.exit_code == 2
    assert "holds the manual itself: choose another folder" in result.stderr
    assert files(small_manual) == before


def test_what_else_stands_in_the_folder_stays(small_manual: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/other.txt").write_text("mine", "utf-8")
    assert export(small_manual, tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/other.txt").read_text("utf-8") == "mine"


def test_what_the_disk_refuses_is_said_in_one_line(small_manual: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/api").write_text("in the way", "utf-8")
    result = export(small_manual, tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"{os.fspath(tmp_path / 'out/api')} cannot be written: " in result.stderr


@pytest.mark.parametrize(
    ("setting", "more", "says"),
    [
        ("site_url: !ENV SITE", (), "site_url in mkdocs.yml is not written out"),
        ("site_url: [a]", (), "site_url in mkdocs.yml is not written out"),
        ("site_url: procedures.example", (), "procedures.example is no address of a site"),
        ("site_url: !ENV SITE", ("--site-url", "nowhere"), "nowhere is no address of a site"),
        ("site_name: [", (), "broken YAML"),
    ],
)
def test_an_address_that_cannot_be_told_is_misuse(
    small_manual: Path, tmp_path: Path, setting: str, more: tuple[str, ...], says: str
) -> None:
    settings = small_manual / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + setting + "\n", "utf-8")
    result = export(small_manual, tmp_path / "out", *more)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_address_may_be_given_and_the_name_must_be_there(small_manual: Path, tmp_path: Path) -> None:
    settings = small_manual / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}site_url: !ENV SITE\nextra: !!python/name:os.name\n", "utf-8")
    assert export(small_manual, tmp_path / "out", "--site-url", "https://given.example/").exit_code == 0
    assert b'href="https://given.example/feed.xml"' in (tmp_path / "out/feed.xml").read_bytes()
    settings.write_text(text.replace("site_name: Case procedures\n", ""), "utf-8")
    result = export(small_manual, tmp_path / "out")
    assert result.exit_code == 2
    assert "mkdocs.yml has no site_name" in result.stderr
