"""What the site tells of printed copies, and what `verify` says where that was tampered with."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from chapterhouse import history as histories
from chapterhouse import manual as manuals
from chapterhouse.manual import copies
from chapterhouse.model import Manual
from chapterhouse.verify import verify

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]

TOLD = {
    ("core/rely", "2"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/rely", "1"): "The words of this copy are still current, on the site as built on 21 November 2026",
    ("core/stands", "1"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/duties", "1"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/gone", "2"): "Withdrawn since 1 February 2026: do not follow this copy",
    ("core/gone", "1"): "Withdrawn since 1 February 2026: do not follow this copy",
    ("core/change", "2"): "This copy does not apply yet",
    ("core/change", "1"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/coming", "1"): "This copy does not apply yet",
    ("core/mistake", "3"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/mistake", "2"): "Do not use this copy: it never applied",
    (
        "core/mistake",
        "1",
    ): "This copy is out of date since 1 June 2025: version 3 took its place",
}
"""What stands first on the page of each version of the manual of states."""
LASTING = {
    ("core/acting", "1"): "This copy is out of date since 1 June 2025: version 2 took its place",
    ("core/acting", "2"): "This copy is out of date since 1 September 2025: version 3 took its place",
    ("core/acting", "3"): "This copy is still current, on the site as built on 21 November 2026",
    ("core/acting", "4"): "This copy does not apply yet",
}


def page(manual: Manual, slug: str, number: str) -> str:
    """The file that tells of copies of a version."""
    records = manual.histories[slug]
    version = next(one for one in histories.versions(records) if one.number == number)
    return f"{copies.path(copies.code(records, version))}index.html"


def first(site: Path, file: str) -> str:
    """What a page of a code says first."""
    html = BeautifulSoup((site / file).read_text("utf-8"), "html.parser")
    heading = html.select_one(".chapter-notice h2")
    assert heading is not None
    return heading.get_text()


def test_each_version_has_a_page_that_says_first_how_it_stands(manual: Manual, site: Path) -> None:
    assert {key: first(site, page(manual, *key)) for key in TOLD} == TOLD
    assert len(list(site.glob("check/*/index.html"))) == len(TOLD)


def test_of_a_text_that_changed_too(lasting: Path) -> None:
    loaded = manuals.load(lasting)
    assert {key: first(lasting / "site", page(loaded, *key)) for key in LASTING} == LASTING


WORDS = [
    (
        ("core/rely", "2"),
        ("still current", "perhaps current"),
        (
            "it says first This copy is perhaps current, on the site as built on 21 November 2026, not"
            " This copy is still current, on the site as built on 21 November 2026"
        ),
    ),
    (("core/rely", "2"), ("Ring the duty desk.", ""), "it does not say: Ring the duty desk."),
    (
        ("core/rely", "1"),
        ("The chapter is under review", "The chapter was under review"),
        "it does not say: The chapter is under review since 1 September 2026",
    ),
    (
        ("core/rely", "1"),
        ("took its place and has", "took its place and had"),
        "it does not say: Version 2 took its place and has the same words.",
    ),
    (
        ("core/gone", "1"),
        ("Merged into 1.1.", ""),
        "it does not say: Merged into 1.1.",
    ),
    (
        ("core/change", "1"),
        ("From <time", "On <time"),
        "it does not say: From 4 January 2027 this chapter changes: Names the duty desk.",
    ),
    (
        ("core/change", "2"),
        (": </span>The new title<", ": </span>The newest title<"),
        "the redline does not say: The new title",
    ),
    (
        ("core/coming", "1"),
        ("takes effect", "took effect"),
        "it does not say: Version 1 takes effect on 4 January 2027.",
    ),
    (
        ("core/mistake", "2"),
        ("version 3 took effect", "version 2 took effect"),
        "it does not say: Version 2 never applied: version 3 took effect on the same day, 1 June 2025.",
    ),
    (
        ("core/mistake", "1"),
        ("Puts the number right.", ""),
        (
            "it does not say: It was published with a mistake from 1 January 2025 to 31 May 2025, put right"
            " by version 3: Puts the number right."
        ),
    ),
    (
        ("core/mistake", "1"),
        ('href="../../core/mistake/versions/1/"', 'href="../../"'),
        "no link leads to core/mistake/versions/1/",
    ),
    (("core/stands", "1"), ("noindex", "index"), "search engines are not told to pass over this page"),
    (
        ("core/stands", "1"),
        (", version 1</h1>", ", version 2</h1>"),
        "no title names chapter 1.2 Text that stands, version 1",
    ),
]


@pytest.mark.parametrize(("key", "edit", "reason"), WORDS)
def test_another_word_is_named(
    manual: Manual, damage: Damage, key: tuple[str, str], edit: Edit, reason: str
) -> None:
    assert reason in damage(page(manual, *key), edit)


@pytest.mark.parametrize(
    ("number", "edit", "reason"),
    [
        (
            "1",
            lambda text: text.replace(": removed.", ": changed."),
            "the list of changes does not say: Paragraph 2.2: removed.",
        ),
        (
            "1",
            lambda text: re.sub(r"<li><a href=\"#1.2\".*?</li>", "", text),
            "the list of changes does not say: Paragraph 1.2: changed.",
        ),
        (
            "1",
            lambda text: text.replace(
                '<ul class="copy-changes">', '<ul class="copy-changes"><li>9.9: new.</li>'
            ),
            "the list of changes says what is not so: 9.9: new.",
        ),
        (
            "1",
            lambda text: text.replace('id="1.2"', 'id="1.1"'),
            "the change of paragraph 1.2 is missing",
        ),
        (
            "2",
            lambda text: text.replace("deleted: </span>Ring", "deleted: </span>Told"),
            "the change of paragraph 1.2 does not give the older words",
        ),
        (
            "4",
            lambda text: text.replace("inserted: </span>at once", "inserted: </span>soon"),
            "the change of paragraph 1.1 does not give the newer words",
        ),
        (
            "1",
            lambda text: text.replace("/changes/3/", "/changes/2/"),
            "no link leads to core/acting/changes/3/",
        ),
        (
            "1",
            lambda text: text.replace("Version 3 is in force now", ""),
            "it does not say: Version 3 is in force now",
        ),
        (
            "1",
            lambda text: text.replace('data-chapterhouse="copy"', ""),
            "it tells of 0 versions, not of 1",
        ),
    ],
)
def test_a_change_that_is_missing_is_named(
    lasting: Path, spoil: Damage, number: str, edit: Edit, reason: str
) -> None:
    assert reason in spoil(page(manuals.load(lasting), "core/acting", number), edit)


def test_a_page_that_is_missing_or_of_no_version_is_named(lasting: Path, tmp_path: Path) -> None:
    loaded, site = manuals.load(lasting), shutil.copytree(lasting / "site", tmp_path / "site")
    mine = page(loaded, "core/acting", "2")
    (site / mine).parent.rename(site / "check/0000000")
    assert {(one.page, one.reason) for one in verify(loaded, site).failures} == {
        (mine, "the page of a printed copy is missing"),
        ("check/0000000/index.html", "no version has this code, and it was built"),
    }


GONE = "the code of version 1 of core/rely/ is missing, or leads elsewhere"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("check/index.html", "<code>{}</code>", "<code>none</code>", GONE),
        ("check/index.html", "check/{}/", "check/", GONE),
        (
            "core/rely/changes/index.html",
            "<code>{}</code>",
            "<code>none</code>",
            "version 1 does not say the code of its copies, {}",
        ),
        (
            "core/rely/changes/index.html",
            "check/{}/",
            "check/",
            "the code of version 1 leads elsewhere",
        ),
    ],
)
def test_the_code_stands_where_it_is_looked_for(
    manual: Manual, damage: Damage, file: str, old: str, new: str, reason: str
) -> None:
    code = page(manual, "core/rely", "1").split("/")[1]
    assert damage(file, (old.format(code), new)) == {reason.format(code)}


def test_programs_are_told_the_right_code(manual: Manual, damage: Damage) -> None:
    code = page(manual, "core/rely", "2").split("/")[1]

    def edit(text: str) -> str:
        data = json.loads(text)
        entry = next(one for one in data["amendments"] if (one["slug"], one["version"]) == ("core/rely", "2"))
        entry["code"] = "0000000"
        return json.dumps(data)

    assert damage("api/amendments.json", edit) == {f"core/rely 2: code is '0000000', not '{code}'"}
