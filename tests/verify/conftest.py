"""A manual with one chapter for each state that a page can be in, built once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chapterhouse import manual as manuals
from chapterhouse.model import Manual
from chapterhouse.verify import verify

DATE = date(2026, 11, 21)
FIRST = date(2025, 1, 1)
OWNER = "Procedures Subgroup"
TEXT = """
## 1. When to act

1.1 Act on the day.

1.2 Tell the duty desk.

## 2. What to write

2.1 Write what you saw.

2.2 Keep a copy.
"""
LIST = """
## Duties

1. Act on the day.

2. Tell the duty desk.
"""
SETTINGS = """
site_name: Case procedures
site_url: https://procedures.northmoor.example/
docs_dir: procedures
theme: {name: material, language: en-GB, font: false}
plugins: [search, chapterhouse]
"""

Record = dict[str, Any]
Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]


def record(version: str, effective: date, kind: str, summary: str, **more: Any) -> Record:
    fixed = {"version": version, "effective": effective, "published": effective, "kind": kind}
    return {**fixed, "summary": summary, **more}


def write(root: Path, name: str, head: Record, records: list[Record], past: Record, text: str = TEXT) -> None:
    """A chapter and the text of each of its versions; `past` is what older versions had in their heads."""
    slug = f"core/{name}"
    for place in range(len(records)):
        own = head if place == 0 else {**head, **past}
        own = {key: value for key, value in own.items() if value is not None}
        version = {"version": records[place]["version"]}
        fields = {**own, **version, "amendments": records[place:]}
        front = "".join(f"{key}: {json.dumps(value, default=str)}\n" for key, value in fields.items())
        targets = [root / "amendments" / slug / f"{version['version']}.md"]
        targets += [root / "procedures" / f"{slug}.md"] if place == 0 else []
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"---\n{front}---\n{text}", "utf-8")


def head(number: str, title: str, **more: Any) -> Record:
    return {
        "chapter": number,
        "title": title,
        "owner": OWNER,
        "review": {"due": date(2027, 3, 31)},
        **more,
    }


def under_review(*, still_applies: bool, paragraphs: tuple[str, ...], expected: date) -> Record:
    said = {
        "since": date(2026, 9, 1),
        "reason": "The duty is being rewritten",
        "still_applies": still_applies,
    }
    said |= {"meanwhile": "Ring the duty desk", "expected": expected}
    return {**said, "paragraphs": list(paragraphs)}


def write_manual(root: Path) -> None:
    """The manual of these tests."""
    content = root / "procedures"
    (content / "pages").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (content / "parts.yml").write_text("parts: {core: Core}\n", "utf-8")
    (content / "index.md").write_text("---\ntitle: Home\n---\n\nWelcome.\n", "utf-8")
    (content / "pages/about.md").write_text("---\ntitle: About\n---\n\nAbout.\n", "utf-8")
    first = record("1", FIRST, "new", "First issue.")
    late, soon = date(2026, 10, 1), date(2026, 12, 31)
    rely = head("1.1", "Text not to rely on", formerly=["core/old"])
    rely["under_review"] = under_review(still_applies=False, paragraphs=("1.2", "2"), expected=soon)
    full = record("2", date(2026, 9, 1), "revised", "Opens a review", paragraphs=["1.2", "2"])
    full |= {"published": date(2026, 8, 25), "because": ["ukpga/2022/31"], "approved_by": "The Board"}
    full |= {"reason": "The law changed", "action": "Read paragraph 1.2", "renumbered": {"1.3": "2.1"}}
    write(root, "rely", rely, [full, first], {"under_review": None})
    stands = head("1.2", "Text that stands", review={"due": date(2026, 11, 1)})
    stands["under_review"] = under_review(still_applies=True, paragraphs=("1.1",), expected=late)
    write(root, "stands", stands, [first], {})
    duties = head("1.3", "Duties", numbering="continuous")
    duties["under_review"] = under_review(still_applies=False, paragraphs=("2",), expected=soon)
    write(root, "duties", duties, [first], {}, LIST)
    gone = record("2", date(2026, 2, 1), "withdrawn", "Merged into 1.1.")
    write(root, "gone", head("1.4", "Gone", status="withdrawn"), [gone, first], {"status": None})
    change = record("2", date(2027, 1, 4), "revised", "Names the duty desk.", paragraphs=["1.2"])
    write(root, "change", head("1.5", "The new title"), [change, first], {"title": "The old title"})
    write(root, "coming", head("1.6", "Coming"), [record("1", date(2027, 1, 4), "new", "First issue.")], {})
    day = date(2025, 6, 1)
    corrects = {"version": "1", "from": FIRST, "until": date(2025, 5, 31)}
    third = record("3", day, "corrected", "Puts the number right.", corrects=corrects)
    past = {"under_review": under_review(still_applies=True, paragraphs=("1.1",), expected=late)}
    past["under_review"]["since"] = FIRST
    write(
        root,
        "mistake",
        head("1.7", "Mistake"),
        [third, record("2", day, "revised", "A slip."), first],
        past,
    )
    draft = "---\nchapter: '1.8'\ntitle: Draft\nowner: Me\nstatus: draft\n---\n\n## 1. One\n\n1.1 Two.\n"
    (content / "core/draft.md").write_text(draft, "utf-8")


def build(root: Path, site: Path, day: date = DATE) -> None:
    """Build a manual as an editor would. Fails the test if the build does."""
    environment = {**os.environ, "CHAPTERHOUSE_DATE": day.isoformat()}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> Path:
    place = tmp_path_factory.mktemp("states")
    write_manual(place)
    archive(place)
    return place


@pytest.fixture(scope="session")
def manual(root: Path) -> Manual:
    loaded = manuals.load(root)
    assert [d for d in manuals.check(loaded, DATE) if d.severity == "error"] == []
    return loaded


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built")
    build(root, place)
    return place


@pytest.fixture
def site_of(root: Path, tmp_path: Path) -> Callable[[date], Path]:
    """Builds the site of another day."""

    def make(day: date) -> Path:
        build(root, tmp_path / "site", day)
        return tmp_path / "site"

    return make


@pytest.fixture(scope="session")
def without_plugin(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same manual, built by a MkDocs that has never heard of us."""
    place = tmp_path_factory.mktemp("without")
    shutil.copytree(root / "procedures", place / "procedures")
    bare = SETTINGS.replace(", chapterhouse]", "]").replace("language: en-GB", "language: en")
    (place / "mkdocs.yml").write_text(bare, "utf-8")
    build(place, place / "site")
    return place / "site"


@pytest.fixture(scope="session")
def plain(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with nothing around its articles: what the theme adds is no part of the proof."""
    return stripped(site, tmp_path_factory.mktemp("plain") / "site")


def stripped(site: Path, place: Path) -> Path:
    """A copy of a site with nothing around its articles."""
    shutil.copytree(site, place, ignore=shutil.ignore_patterns("javascripts", "*.map", "*.min.css"))
    for file in place.rglob("*.html"):
        text = file.read_text("utf-8")
        heads = r"<meta name=\"(?:chapterhouse|robots).*?>|<link rel=\"stylesheet\" media=\"print\".*?>"
        metas = "\n".join(re.findall(heads, text))
        article = text[text.index("<article") : text.index("</article>")]
        body = f"<main>\n{article}</article>\n</main>"
        file.write_text(f"<!doctype html>\n<head>{metas}</head>\n<body>\n{body}\n</body>\n", "utf-8")
    return place


def damages(manual: Manual, plain: Path) -> Iterator[Damage]:
    """Changes one file of a site, and returns what `verify` then says of it, and of no other file.

    An edit is a function of the file's text, or a text that stands there once and what replaces it.
    """
    kept: dict[Path, str] = {}

    def change(page: str, edit: Edit) -> set[str]:
        file = plain / page
        kept[file] = text = file.read_text("utf-8")
        if isinstance(edit, tuple):
            assert text.count(edit[0]) == 1, f"{edit[0]!r} stands there {text.count(edit[0])} times"
            changed = text.replace(*edit)
        else:
            changed = edit(text)
        assert changed != text
        file.write_text(changed, "utf-8")
        failures = verify(manual, plain).failures
        assert {failure.page for failure in failures} <= {page}, failures
        return {failure.reason for failure in failures}

    yield change
    for file, text in kept.items():
        file.write_text(text, "utf-8")


@pytest.fixture
def damage(manual: Manual, plain: Path) -> Iterator[Damage]:
    """Changes one file of the site of states, and returns what `verify` then says of it."""
    yield from damages(manual, plain)


@pytest.fixture
def copy(plain: Path, tmp_path: Path) -> Path:
    """A copy of the site, to be damaged at will."""
    return Path(shutil.copytree(plain, tmp_path / "copy"))


POST = "Post it to the office before the day is over."
LATER = TEXT.replace("Keep a copy.", POST)
LASTING = (
    ("1", "2025-01-01", "kind: new", f"{TEXT}\n2.3 {POST}\n"),
    (
        "2",
        "2025-06-01",
        'kind: revised, paragraphs: ["1.2", "2.2"], renumbered: {"2.3": "2.2"}',
        LATER.replace("Tell", "Ring"),
    ),
    (
        "3",
        "2025-09-01",
        'kind: corrected, paragraphs: ["1.2"], corrects: {version: "2", from: 2025-06-01, until: 2025-08-31}',
        LATER.replace("Tell", "Call"),
    ),
    (
        "4",
        "2027-01-04",
        'kind: revised, paragraphs: ["1.1"]',
        LATER.replace("Tell", "Call").replace("on the day", "at once"),
    ),
)
"""The versions of a chapter whose words change: number, day, more of the record, text."""


@pytest.fixture(scope="session")
def lasting(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> Path:
    """A manual of one chapter that has had other words and numbers, and will change."""
    place = tmp_path_factory.mktemp("lasting")
    written = {
        "mkdocs.yml": SETTINGS,
        "procedures/parts.yml": "parts: {core: Core}\n",
        "procedures/index.md": "---\ntitle: Home\n---\n\nWelcome.\n",
    }
    records = ""
    for number, day, more, text in LASTING:
        dated = f'version: "{number}", effective: {day}, published: {day}, reason: "So it was."'
        records = f"  - {{{dated}, summary: Change {number}., {more}}}\n{records}"
        head = f'chapter: "1.1"\ntitle: Acting\nowner: {OWNER}\nversion: "{number}"\n'
        head += f"review: {{due: 2027-03-31}}\namendments:\n{records}"
        written[f"amendments/core/acting/{number}.md"] = f"---\n{head}---\n{text}"
    written["procedures/core/acting.md"] = written["amendments/core/acting/4.md"]
    for name, content in written.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, "utf-8")
    archive(place)
    build(place, place / "site")
    return place


@pytest.fixture
def spoil(lasting: Path, tmp_path: Path) -> Iterator[Damage]:
    """Changes one file of the site of the lasting manual, and returns what `verify` then says of it."""
    loaded = manuals.load(lasting)
    assert [d for d in manuals.check(loaded, DATE) if d.severity == "error"] == []
    yield from damages(loaded, stripped(lasting / "site", tmp_path / "plain"))


@pytest.fixture(scope="session")
def boards(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> Callable[..., Path]:
    """Writes and builds a manual of one chapter, `core/boards`, of two versions with one text.

    `days` are those from which they apply; `more` are further lines of the head, `files` further files.
    """

    def made(text: str, days: tuple[str, str], more: str = "", files: dict[str, str] | None = None) -> Path:
        place = tmp_path_factory.mktemp("boards")
        records = [
            f'  - {{version: "{n}", effective: {day}, published: {day}, kind: {kind}, summary: A change.}}\n'
            for n, day, kind in zip("12", days, ("new", "revised"), strict=True)
        ]
        versions = {
            number: f'---\nchapter: "1.1"\ntitle: Boards\nowner: {OWNER}\nversion: "{number}"\n'
            f"review: {{due: 2027-03-31}}\n{more}amendments:\n{''.join(own)}---\n{text}"
            for number, own in (("1", records[:1]), ("2", records[::-1]))
        }
        written = {
            "mkdocs.yml": SETTINGS,
            "procedures/parts.yml": "parts: {core: Core}\n",
            "procedures/index.md": "---\ntitle: Home\n---\n\nWelcome.\n",
            "procedures/core/boards.md": versions["2"],
            "amendments/core/boards/2.md": versions["2"],
            "amendments/core/boards/1.md": versions["1"],
        }
        for name, content in {**written, **(files or {})}.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(content, "utf-8")
        archive(place)
        build(place, place / "site")
        return place

    return made


@pytest.fixture(scope="session")
def rebuilt(archive: Callable[..., None]) -> Callable[[Path], None]:
    """Archives a manual and builds it again, into its own folder of the site."""

    def again(place: Path) -> None:
        archive(place)
        build(place, place / "site")

    return again
