"""A manual with a glossary: what `verify` misses when a term, its meaning or its places are not there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chapterhouse import manual as manuals
from chapterhouse.verify import verify

TEXT = """
## 1. The LADO

1.1 Tell the LADO of every allegation. The LADO answers.

1.2 The LSCB has gone.

## 2. Records

2.1 The LADOs keep a record[^1].

[^1]: Not the strategy discussion.
"""
GLOSSARY = """
terms:
  - term: local authority designated officer
    abbreviation: LADO
    aliases: [designated officer]
    kind: role
    definition: Looks into each **allegation**; see [the law](https://www.legislation.gov.uk/).
    source: Local rule 7
    see: [strategy discussion]
  - {term: allegation, kind: concept, definition: A claim.}
  - {term: strategy discussion, kind: meeting, definition: A talk.}
  - term: board
    abbreviation: LSCB
    kind: body
    definition: Was there.
    replaced_by: {terms: [partner], since: 2019-09-29}
  - {term: partner, kind: body, definition: Is there.}
"""
PAGE, OLD, WORDS = "core/boards/index.html", "core/boards/versions/1/index.html", "glossary/index.html"
DATA, SEARCH = "api/glossary.json", "search/search_index.json"
OFFICER = "local authority designated officer"


@pytest.fixture(scope="module")
def root(boards: Callable[..., Path]) -> Path:
    return boards(TEXT, ("2018-06-01", "2020-01-01"), files={"procedures/glossary.yml": GLOSSARY})


def test_the_site_is_whole(root: Path) -> None:
    assert verify(manuals.load(root), root / "site").failures == ()


@pytest.mark.parametrize(
    ("page", "old", "new", "told"),
    [
        (
            PAGE,
            r'<a [^>]*class="term"[^>]*>LADOs</a>',
            "LADOs",
            "paragraph 2.1: no term leads glossary/#local-authority-designated-officer",
        ),
        (
            PAGE,
            r"The LADO answers",
            r'The <a class="term" href="../../glossary/#allegation">LADO</a> answers',
            "paragraph 1.1: a term leads glossary/#allegation, and none should",
        ),
        (
            PAGE,
            r'<span class="term-note".*?</span>',
            "",
            "paragraph 1.2: no note on a term says (now: partner)",
        ),
        (
            OLD,
            "LSCB</a>",
            'LSCB</a><span class="term-note"> (now: partner)</span>',
            "paragraph 1.2: a note on a term says (now: partner), and none should",
        ),
        (
            PAGE,
            'aria-describedby="chapterhouse-term-allegation"',
            'aria-describedby="chapterhouse-term-none"',
            "paragraph 1.1: nothing describes the term allegation",
        ),
        (
            PAGE,
            r"(<a [^>]*class=\"term\"[^>]*>LADO)s</a>",
            r"\1</a>s",
            "paragraph 2.1: a link is about LADO, which is no name of its term",
        ),
        (PAGE, 'data-chapterhouse="terms"', "", "the list of the terms used is missing, or there twice"),
        (
            PAGE,
            '<div class="chapter-term" id="chapterhouse-term-strategy-discussion">.*?</div>',
            "",
            "the list of terms has 3 entries, not 4",
        ),
        (PAGE, "A claim\\.", "A fact.", "the list of terms does not say what allegation means"),
        (
            PAGE,
            "no longer the word since",
            "the word since",
            "the list of terms does not say that board is no longer the word, and what is",
        ),
        (WORDS, "A claim\\.", "A fact.", "its entry does not say what allegation means"),
        (WORDS, 'data-term="allegation"', 'data-term="other"', "allegation is missing"),
        (WORDS, ' id="allegation"', ' id="other"', "#allegation is not the heading of allegation"),
        (WORDS, "Local rule 7", "Local rule 8", f"the entry of {OFFICER} does not say Local rule 7"),
        (WORDS, "Also called", "Also", ""),
        (
            WORDS,
            r'href="\.\./core/boards/#2\.1"',
            'href="../core/boards/#2.2"',
            f"the entry of {OFFICER} does not say that it is used at core/boards/#2.1",
        ),
        (DATA, '"designated officer"', '"officer"', f"{OFFICER} lacks some of its names among its synonyms"),
        (DATA, '"core/boards/#2.1"', '"core/boards/#2.2"', f"{OFFICER} is not said to be used where it is"),
        (DATA, '"gone": true', '"gone": false', "board: gone is False"),
        (DATA, "A claim", "A fact", "allegation has another definition or address"),
        (DATA, '"schema": 1', '"schema": 2', "it is of schema 2 and of 2026-11-21"),
        (
            DATA,
            '"term": "partner"',
            '"term": "friend"',
            "its terms are not those of the glossary, or in another order",
        ),
        (
            SEARCH,
            f'"{OFFICER}"',
            '"somebody"',
            f"core/boards/#1 uses {OFFICER}, and search does not find it by {OFFICER}",
        ),
    ],
)
def test_what_is_missing_is_told(
    root: Path, tmp_path: Path, page: str, old: str, new: str, told: str
) -> None:
    manual = manuals.load(root)
    site = Path(shutil.copytree(root / "site", tmp_path / "site"))
    text = (site / page).read_text("utf-8")
    changed = re.sub(old, new, text, count=0 if page == DATA and "designated" in old else 1, flags=re.DOTALL)
    assert changed != text
    (site / page).write_text(changed, "utf-8")
    failures = verify(manual, site).failures
    assert {failure.page for failure in failures} <= {page}
    assert (told in {failure.reason for failure in failures}) if told else failures == ()


@pytest.mark.parametrize("file", [WORDS, DATA, "api/schema/glossary.json"])
def test_a_missing_file_is_told(root: Path, tmp_path: Path, file: str) -> None:
    site = Path(shutil.copytree(root / "site", tmp_path / "site"))
    (site / file).unlink()
    assert [failure.page for failure in verify(manuals.load(root), site).failures] == [file]


def test_links_stand_on_their_words_whatever_the_ends_of_lines(
    root: Path, rebuilt: Callable[[Path], None], tmp_path: Path
) -> None:
    """MkDocs changes the ends of lines before Markdown sees them, and places are counted in the file."""
    copy = Path(shutil.copytree(root, tmp_path / "copy", ignore=shutil.ignore_patterns("site")))
    for file in (*copy.glob("procedures/core/*.md"), *copy.glob("amendments/core/boards/*.md")):
        text = file.read_text("utf-8") + "\n3.1 Under section 47 of the Children Act 1989, ask.\n"
        file.write_bytes(text.replace("## 2. Records", "## 2.\tRecords").replace("\n", "\r\n").encode())
    rebuilt(copy)
    html = (copy / "site" / PAGE).read_text("utf-8")
    linked = re.findall(r'<a [^>]*class="(?:term|citation)"[^>]*>([^<]*)</a>', html)
    assert linked[:6] == [
        "LADO",
        "allegation",
        "LSCB",
        "LADOs",
        "section 47 of the Children Act 1989",
        "strategy discussion",
    ]
    assert verify(manuals.load(copy), copy / "site").failures == ()
