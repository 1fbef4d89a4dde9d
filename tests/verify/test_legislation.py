"""The index of the law: a citation that it loses, or tells otherwise, fails the site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chapterhouse import manual as manuals
from chapterhouse.model import Manual
from chapterhouse.verify import verify

HERE = Path(__file__).parent
INDEX, DATA, TABLE = "legislation/index.html", "api/legislation.json", "legislation.csv"
FAMILY = "section 17 of the Children Act 1989"
SECTION, REPEALED = "section 47 of the Children Act 1989", "section 13 of the Children Act 2004"
CHILDREN = "legislation/ukpga/1989/41/index.html"
ACCEPTED = """accept:
  - {code: law-repealed, text: section 13, because: A chapter about what was.}
"""
TEXT = (
    "You keep a copy under section 47 of the Children Act 1989, once section 13 of the Children Act 2004.[^1]"
)
ELSEWHERE = "See section 17 of the Children Act 1989."
NOTE = "\n[^1]: Section 5 of the Care Act 2014.\n"

Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> tuple[Manual, Path]:
    """A small manual that cites what is in force and what is not, and its site."""
    root = Path(shutil.copytree(HERE.parent / "cases/manual", tmp_path_factory.mktemp("law") / "manual"))
    file = root / "procedures/core/referrals.md"
    text = (
        file.read_text("utf-8").replace("You keep a copy.", TEXT).replace("See paragraph 2.1.", ELSEWHERE)
        + NOTE
    )
    file.write_text(text.replace("amendments:\n", f"{ACCEPTED}amendments:\n", 1), "utf-8")
    archive(root)
    environment = {**os.environ, "CHAPTERHOUSE_DATE": "2026-11-21"}
    site = root.parent / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return manuals.load(root), site


@pytest.fixture
def told(lawful: tuple[Manual, Path], tmp_path: Path) -> Callable[[str, Edit], set[str]]:
    """What `verify` says once a file of the site is changed."""

    def change(file: str, edit: Edit) -> set[str]:
        manual, site = lawful
        copy = Path(shutil.copytree(site, tmp_path / "site"))
        text = (copy / file).read_text("utf-8")
        changed = edit(text)
        assert changed != text
        (copy / file).write_text(changed, "utf-8", newline="")
        failures = verify(manual, copy).failures
        assert {failure.page for failure in failures} <= {file}
        return {failure.reason for failure in failures}

    return change


def test_a_sound_site_passes(lawful: tuple[Manual, Path]) -> None:
    manual, site = lawful
    assert verify(manual, site).failures == ()


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (INDEX, "file"),
        (DATA, "file"),
        (TABLE, "file"),
        ("api/schema/legislation.json", "file"),
        (CHILDREN, "page of an instrument"),
    ],
)
def test_a_file_that_is_gone_is_missed(
    lawful: tuple[Manual, Path], tmp_path: Path, file: str, what: str
) -> None:
    manual, site = lawful
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / file).unlink()
    assert [(f.page, f.reason) for f in verify(manual, copy).failures] == [(file, f"the {what} is missing")]


PLACE = "chapter 1.2, 2.2 is missing, or does not lead to core/referrals/#2.2"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            'href="../legislation/ukpga/1989/41/#section-47"',
            'href="../legislation/ukpga/1989/41/#section-4"',
            f"{SECTION} is missing, or does not lead to legislation/ukpga/1989/41/#section-47",
        ),
        ('href="../core/referrals/#2.2"', 'href="../core/referrals/#2.1"', f"{SECTION}: {PLACE}"),
        ("Repealed", "In force", f"{REPEALED}: that its state is repealed is not said"),
        ('data-chapterhouse="legislation"', "", "the index of the law is missing"),
        (
            "<td>section 40</td>",
            "<td></td>",
            "the duty of Early years provider under section 40 of ukpga/2006/21 is missing",
        ),
    ],
)
def test_what_the_index_loses_is_named(
    told: Callable[[str, Edit], set[str]], old: str, new: str, reason: str
) -> None:
    assert reason in told(INDEX, lambda text: text.replace(old, new))


def test_the_page_of_an_instrument_keeps_its_places(told: Callable[[str, Edit], set[str]]) -> None:
    found = told(CHILDREN, lambda text: text.replace('id="section-47"', 'id="section-48"'))
    assert found == {
        f"{SECTION} has no place in the page, which should be #section-47",
        "#section-48 is listed and is not cited",
    }


@pytest.mark.parametrize("file", [INDEX, CHILDREN])
def test_each_provision_is_told_in_its_own_state(told: Callable[[str, Edit], set[str]], file: str) -> None:
    """Words that stand elsewhere in the page, or hold those that are required, are no proof."""

    def edit(text: str) -> str:
        before, at, after = text.partition(">Section 47<")
        return before + at + re.sub(r'(?<="law-state">)[^<]*', "Not yet in force", after, count=1)

    unsaid, otherwise = sorted(told(file, edit), reverse=True)
    assert unsaid == f"{SECTION}: that its state is in-force is not said"
    assert otherwise.startswith(f"{SECTION}: its state is told as “Not yet in force”, not “")


@pytest.mark.parametrize("file", [INDEX, CHILDREN])
def test_an_instrument_is_told_in_its_own_state(told: Callable[[str, Edit], set[str]], file: str) -> None:
    found = told(file, lambda text: text.replace('law-state">In force<', 'law-state">Repealed<', 1))
    assert found == {
        "the Children Act 1989: its state is told as “Repealed”, not “In force”",
        "the Children Act 1989: that its state is in-force is not said",
    }


@pytest.mark.parametrize("file", [INDEX, CHILDREN])
def test_a_place_belongs_to_its_provision(told: Callable[[str, Edit], set[str]], file: str) -> None:
    """A place that moves to another provision is missed at the one and too many at the other."""
    up = "../" * file.count("/")

    def edit(text: str) -> str:
        before, at, after = text.partition(">Section 47<")
        own, other = (f'<a href="{up}core/referrals/#{n}">{n}</a>' for n in ("2.2", "1.1"))
        assert own in after
        return before.replace(other, f"{other} {own}") + at + after.replace(own, "", 1)

    assert told(file, edit) == {
        f"{SECTION}: {PLACE}",
        f"{FAMILY}: 2.2, which leads to core/referrals/#2.2, is listed and does not cite it",
    }


def test_an_instrument_that_only_a_duty_names_keeps_its_page(
    told: Callable[[str, Edit], set[str]],
) -> None:
    page = "legislation/ukpga/2006/21/index.html"
    found = told(page, lambda text: text.replace(">In force<", ">Repealed<"))
    assert "the Childcare Act 2006: its state is told as “Repealed”, not “In force”" in found


def test_the_data_lists_what_the_manual_cites(told: Callable[[str, Edit], set[str]]) -> None:
    def edit(text: str) -> str:
        data = json.loads(text)
        data["as_of"] = "2020-01-01"
        found = {one["id"]: one for one in data["instruments"]}
        _, section = found["ukpga/1989/41"]["provisions"]
        section["provision"], section["state"] = "section/48", "repealed"
        found["ukpga/2004/31"]["provisions"][0]["state"] = "in-force"
        found["ukpga/2014/23"]["provisions"][0]["cited_in"][0]["slug"] = "core/records"
        return json.dumps(data)

    assert told(DATA, edit) == {
        "as_of is '2020-01-01', not '2026-11-01'",
        "ukpga/1989/41/section/48 is listed and is not cited",
        f"{SECTION} is missing",
        f"{REPEALED}: state is 'in-force', not 'repealed'",
        "section 5 of the Care Act 2014: core/records is listed and does not cite it",
        "section 5 of the Care Act 2014: core/referrals is missing",
    }


def test_the_table_lists_what_the_manual_cites(told: Callable[[str, Edit], set[str]]) -> None:
    assert told(TABLE, lambda text: text.replace("section/47", "section/48")) == {
        f"{SECTION}: chapter 1.2, 2.2 is missing",
        "ukpga/1989/41/section/48 is listed and is not cited",
    }


@pytest.mark.parametrize("text", ["", "[]", '{"instruments": 1}'])
def test_data_that_cannot_be_read_fails(told: Callable[[str, Edit], set[str]], text: str) -> None:
    (reason,) = told(DATA, lambda _: text)
    assert reason.startswith("is not what its schema says")
