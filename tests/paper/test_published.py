"""A site that carries a PDF file of each chapter: the files, what the pages say of them, the proof."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from chapterhouse import manual as manuals
from chapterhouse.cli import main
from chapterhouse.verify import verify

DATE = "2026-11-21"
CASES = Path(__file__).parents[1] / "cases/manual"
PAGE, FILE = "core/referrals/index.html", "core/referrals/1.2-referrals-v2.pdf"


def settings(root: Path, value: str) -> None:
    text = (root / "mkdocs.yml").read_text("utf-8")
    text = text.replace("plugins: [search, chapterhouse]", f"plugins: [search, {{chapterhouse: {value}}}]")
    (root / "mkdocs.yml").write_text(text, "utf-8")


def build(root: Path, site: Path, before: str = "pass") -> subprocess.CompletedProcess[str]:
    """Build a manual, with a statement of Python before it."""
    script = f"import sys; {before}; from mkdocs.__main__ import cli; cli(prog_name='mkdocs')"
    command = [sys.executable, "-c", script, "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "CHAPTERHOUSE_DATE": DATE}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Path(shutil.copytree(CASES, tmp_path_factory.mktemp("published") / "manual"))
    settings(place, "{pdf: true}")
    return place


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    result = build(root, place)
    assert result.returncode == 0, result.stderr
    return place


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "copy"))


def test_each_chapter_offers_its_file_with_its_length_and_size(site: Path) -> None:
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.pdf")} == {
        FILE,
        "core/records/1.3-records-v1.pdf",
    }
    page = BeautifulSoup((site / PAGE).read_text("utf-8"), "html.parser")
    (line,) = page.select("article .chapter-pdf")
    data = (site / FILE).read_bytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert "1.2 Making a referral" in str(pdf.docinfo["/Title"])
    assert line.get_text() == f"PDF of this chapter, 1 sheet, {round(len(data) / 1000)} KB"
    (link,) = line.find_all("a")
    assert (site / "core/referrals" / str(link["href"])).resolve() == (site / FILE).resolve()
    old = (site / "core/referrals/versions/1/index.html").read_text("utf-8")
    assert "chapter-pdf" not in old
    assert "PDF of this chapter" not in (site / "search/search_index.json").read_text("utf-8")


def test_it_is_the_file_that_the_command_makes(root: Path, site: Path) -> None:
    arguments = ["--manual", str(root), "pdf", "1.2", "-o", "-", "--date", DATE]
    result = CliRunner().invoke(main, arguments, env={"CHAPTERHOUSE_DATE": DATE})
    assert result.exit_code == 0
    assert result.stdout_bytes == (site / FILE).read_bytes()


def test_the_site_passes_verify(root: Path, site: Path) -> None:
    result = CliRunner().invoke(main, ["--manual", str(root), "verify", str(site)])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("page", "file", "says"),
    [
        ((r"<p class=\"chapter-pdf\".*?</p>", ""), None, "stands there 0 times, not once"),
        (("1 sheet, ", "2 sheets, "), None, "says that its PDF file has sheets: 2, and it has 1"),
        ((r"\d+ KB", "9 KB"), None, "KB, and the page says 9 KB"),
        ((r"1\.2-referrals-v2\.pdf", "1.2-referrals-v1.pdf"), None, f"does not lead to {FILE}"),
        ((r"PDF of this chapter</a>,", "PDF</a>"), None, "is not as it should be: PDF 1 sheet"),
        (None, lambda _: None, f"its PDF file is missing: {FILE}"),
        (None, lambda data: data[:2000], "says that its PDF file has sheets: 1, and it has 0"),
    ],
)
def test_what_is_wrong_is_found(
    root: Path,
    copy: Path,
    page: tuple[str, str] | None,
    file: Callable[[bytes], bytes | None] | None,
    says: str,
) -> None:
    if page:
        text, count = re.subn(*page, (copy / PAGE).read_text("utf-8"))
        assert count == 1
        (copy / PAGE).write_text(text, "utf-8")
    if file:
        data = file((copy / FILE).read_bytes())
        (copy / FILE).unlink()
        if data is not None:
            (copy / FILE).write_bytes(data)
    for told in (True, None):
        failures = verify(manuals.load(root), copy, pdf=told).failures
        assert {failure.page for failure in failures} == {PAGE}
        assert any(says in failure.reason for failure in failures), failures


def test_a_site_without_them_fails_where_they_are_wanted_and_the_other_way_round(
    root: Path, copy: Path
) -> None:
    manual = manuals.load(root)
    assert {one.reason for one in verify(manual, copy, pdf=False).failures} == {
        "it offers a PDF file, and none is to be made"
    }
    for page in (copy / "core").glob("*/index.html"):
        page.write_text(re.sub(r"<p class=\"chapter-pdf\".*?</p>", "", page.read_text("utf-8")), "utf-8")
    assert verify(manual, copy).failures == ()
    assert len(verify(manual, copy, pdf=True).failures) == 2


def test_without_the_setting_nothing_is_loaded_or_made(small_manual: Path, tmp_path: Path) -> None:
    """The engine is not asked for, and the site is the same whether it could be had or not."""
    settings(small_manual, "{pdf: false}")
    forbid = "sys.modules['typst'] = sys.modules['pikepdf'] = None"
    result = build(small_manual, tmp_path / "site", forbid)
    assert result.returncode == 0, result.stderr
    assert list((tmp_path / "site").rglob("*.pdf")) == []
    assert "chapter-pdf" not in (tmp_path / "site" / PAGE).read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "before", "says"),
    [
        ("{pdf: true}", "sys.modules['typst'] = None", "pip install 'chapterhouse[pdf]'"),
        ("{pdf: often}", "pass", "option 'pdf': Expected type: <class 'bool'>"),
        ("{pdff: true}", "pass", "Unrecognised configuration name: pdff"),
    ],
)
def test_what_cannot_be_made_stops_the_build_before_anything_is_deleted(
    small_manual: Path, site: Path, tmp_path: Path, value: str, before: str, says: str
) -> None:
    place = Path(shutil.copytree(site, tmp_path / "site"))
    files = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    settings(small_manual, value)
    result = build(small_manual, place, before)
    assert result.returncode == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == files


def test_a_file_of_the_manual_at_its_address_is_refused(small_manual: Path, tmp_path: Path) -> None:
    settings(small_manual, "{pdf: true}")
    own = small_manual / "procedures" / FILE
    own.parent.mkdir()
    own.write_bytes(b"%PDF-1.7")
    result = build(small_manual, tmp_path / "site")
    assert result.returncode == 1
    assert f"procedures/{FILE} has the address of the chapter's own PDF file: rename it" in result.stderr


def test_who_only_looks_at_an_edit_does_not_wait_for_paper(root: Path, tmp_path: Path) -> None:
    script = f"""
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config("mkdocs.yml", site_dir={str(tmp_path / "site")!r})
config.plugins.on_startup(command="serve", dirty=False)
build(config)
"""
    command = [sys.executable, "-c", f"import sys; sys.modules['typst'] = None\n{script}"]
    environment = {**os.environ, "CHAPTERHOUSE_DATE": DATE}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "chapter-pdf" not in (tmp_path / "site" / PAGE).read_text("utf-8")
