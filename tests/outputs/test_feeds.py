"""The feeds: read by a program that is not ours, by the rules of RFC 4287, and by a schema of JSON Feed."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.dom import minidom

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chapterhouse import crossreference, model, outputs
from chapterhouse.manual import load
from chapterhouse.model import Amendment, Body, Chapter, Head, History, Manual, Source
from chapterhouse.outputs import feeds

Files = Callable[..., Mapping[str, bytes]]
BUILT = date(2026, 11, 21)
SITE = "https://procedures.northmoor.example/"
ATOM = "http://www.w3.org/2005/Atom"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
JSON_FEED = Draft202012Validator(
    json.loads(Path(__file__).with_name("jsonfeed.schema.json").read_text("utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
HOSTILE = (
    "]]> <script>alert(1)</script> &amp; & \"quoted\" 'so' 👩🏽‍⚕️ \u200fברכה\u200e "
    "<![CDATA[x]]> <!-- --> <?x?> {{ 1 }}"
)


def read(data: bytes) -> Any:
    """A feed as another program reads it, which must have nothing to complain of."""
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def children(parent: minidom.Element, name: str) -> list[minidom.Element]:
    """The children of one name."""
    found = (child for child in parent.childNodes if isinstance(child, minidom.Element))
    return [child for child in found if child.tagName == name]


def text_of(element: minidom.Element) -> str:
    """All the text of an element that holds nothing else."""
    assert all(isinstance(part, minidom.Text) for part in element.childNodes)
    return "".join(part.data for part in element.childNodes if isinstance(part, minidom.Text))


def texts(parent: minidom.Element, name: str) -> list[str]:
    """The texts of the children of one name."""
    return [text_of(child) for child in children(parent, name)]


def judge_atom(data: bytes, *, whole: bool = True) -> None:
    """What RFC 4287 asks of a feed, in 4.1.1 and 4.1.2, as far as ours uses it."""
    root = minidom.parseString(data).documentElement
    assert root is not None
    assert (root.tagName, root.getAttribute("xmlns")) == ("feed", ATOM)
    entries = children(root, "entry")
    seen = set()
    for element in (root, *entries):
        (identifier,), (title,), (updated,) = (texts(element, name) for name in ("id", "title", "updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier)
        assert title
        assert INSTANT.fullmatch(updated)
        assert identifier not in seen
        seen.add(identifier)
        authors = children(element, "author")
        assert authors
        assert all(texts(author, "name") != [""] for author in authors)
        links = children(element, "link")
        kinds = [(one.getAttribute("rel"), one.getAttribute("type")) for one in links]
        assert len(kinds) == len(set(kinds))
        assert kinds.count(("alternate", "text/html")) == 1
        for link in links:
            assert link.getAttribute("href").startswith(SITE) is whole
    for element in entries:
        assert len(texts(element, "content")) == len(texts(element, "summary")) == 1
        # No text says what it is: it is plain.
        assert not children(element, "content")[0].hasAttribute("type")


def judge_json(data: bytes) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(data)
    assert list(JSON_FEED.iter_errors(made)) == []
    assert len({item["id"] for item in made["items"]}) == len(made["items"])
    return made


def one_chapter(amendments: tuple[Amendment, ...], **head: Any) -> Manual:
    """A manual of one chapter, as no reader of files would let it pass."""
    full = Head(chapter="1.1", title="Title", owner="Owner", version="1", amendments=amendments, **head)
    live = Chapter("core/one", Source("procedures/core/one.md", ""), full, Body(), "", "a" * 64)
    history = History(live, {one.version: live for one in amendments})
    return Manual(
        chapters=(live,),
        pages=(),
        parts=(),
        roles=(model.Role("school", "Schools"), model.Role("police", "Police")),
        histories={"core/one": history},
        files=frozenset(),
        sources={},
        register=load(Path(__file__).parents[1] / "cases/manual").register,
        diagnostics=(),
    )


def feeds_of(manual: Manual, today: date = BUILT, name: str = "Northmoor") -> dict[str, feeds.Feed]:
    found = outputs.feeds_of(manual, crossreference.recorded(manual, today), today, name)
    return {feed.folders[0]: feed for feed in found}


def test_every_feed_of_the_sample_is_read_by_others(sample: Path, sample_files: Mapping[str, bytes]) -> None:
    manual = load(sample)
    folders = ["", *(f"{c.slug}/" for c in manual.chapters if c.head.status != "draft")]
    folders += [f"{slug}/" for chapter in manual.chapters for slug in chapter.head.formerly]
    folders += [f"roles/{role.id}/" for role in manual.roles]
    assert len(folders) > 25
    assert {path for path in sample_files if path.endswith("feed.xml")} == {f"{f}feed.xml" for f in folders}
    for folder in folders:
        xml, made = sample_files[f"{folder}feed.xml"], judge_json(sample_files[f"{folder}feed.json"])
        judge_atom(xml)
        found = read(xml)
        assert found.feed.title == made["title"]
        assert [entry.id for entry in found.entries] == [item["id"] for item in made["items"]]
        assert [entry.link for entry in found.entries] == [item["url"] for item in made["items"]]
        dates = [datetime.fromisoformat(entry.updated) for entry in found.entries]
        assert dates == sorted(dates, reverse=True)
        assert found.feed.updated == found.entries[0].updated
        assert found.feed.language == made["language"] == "en-GB"


def test_an_entry_says_what_changed_whom_it_concerns_and_what_to_do(small_manual: Path, files: Files) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace(
        "summary: Names the duty desk.",
        "summary: Names the duty desk\n    action: Ring it\n    approved_by: Board\n"
        '    because: [ukpga/2004/31, A review]\n    renumbered: {"1.3": "1.2"}\n'
        '    corrects: {version: "1", from: 2024-01-01, until: 2026-03-31}',
        1,
    )
    chapter.write_text(text, "utf-8")
    entry, first, _ = read(files(small_manual)["feed.xml"]).entries
    assert entry.title == "1.2 Making a referral: version 2, in force from 1 April 2026"
    assert entry.summary == "Names the duty desk."
    assert entry.content[0].value.splitlines() == [
        "Text revised: Names the duty desk.",
        "What to do: Ring it.",
        "Paragraphs: 1.2.",
        "Renumbered: 1.3 is now 1.2.",
        "Corrects: version 1, as published from 1 January 2024 to 31 March 2026.",
        "Because of: Children Act 2004; A review.",
    ]
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("revised", "Text revised"),
        ("school", "Schools"),
    ]
    # To what changed; the first issue changed nothing.
    assert (entry.link, first.link) == (f"{SITE}core/referrals/changes/2/", f"{SITE}core/referrals/")
    assert (entry.author, first.author) == ("Board", "Procedures Subgroup")
    # Midnight in London: in March an hour before summer time, and in summer an hour ahead.
    assert entry.published == entry.updated == "2026-03-25T00:00:00+00:00"
    chapter.write_text(text.replace("published: 2026-03-25", "published: 2026-03-30"), "utf-8")
    assert read(files(small_manual)["feed.xml"]).entries[0].updated == "2026-03-30T00:00:00+01:00"


@pytest.mark.parametrize(
    ("kind", "effective", "words"),
    [
        ("withdrawn", date(2026, 5, 1), "version 2, withdrawn from 1 May 2026"),
        ("revised", date(2027, 5, 1), "version 2, in force from 1 May 2027"),
    ],
)
def test_a_title_says_from_when_it_holds(kind: model.Kind, effective: date, words: str) -> None:
    first = Amendment("1", date(2024, 1, 1), date(2024, 1, 1), "new", "First.")
    later = Amendment("2", effective, date(2026, 4, 1), kind, "Later.")
    assert feeds_of(one_chapter((later, first)))[""].entries[0].title == f"1.1 Title: {words}"


def test_a_version_that_never_applied_is_not_said_to_be_in_force() -> None:
    planned = Amendment("1", date(2027, 1, 4), date(2026, 10, 1), "new", "Planned.")
    instead = Amendment("2", date(2027, 1, 4), date(2026, 11, 1), "revised", "Instead.")
    titles = [entry.title for entry in feeds_of(one_chapter((instead, planned)))["core/one/"].entries]
    assert titles == [
        "1.1 Title: version 2, in force from 4 January 2027",
        "1.1 Title: version 1, dated 4 January 2027 and never in force",
    ]


@given(
    words=st.one_of(st.just(HOSTILE), st.text(st.characters(), min_size=1)),
    url=st.sampled_from([SITE, ""]),
)
def test_whatever_an_editor_writes_is_words_and_no_more(words: str, url: str) -> None:
    """Also what the readers of files refuse: control characters, half a character, a name of no letters."""
    record = Amendment("1", BUILT, BUILT, "new", words, action=words, approved_by=words)
    manual = one_chapter((record,), roles=("school",))
    expected = feeds.FORBIDDEN.sub("\ufffd", re.sub(r"[\t\r\n]+", " ", words))
    for feed in feeds_of(manual, name=f"Manual {words}").values():
        made = judge_json(json.dumps(outputs.json_feed(feed, url)).encode())
        xml = outputs.atom_feed(feed, url)
        xml.decode("utf-8", "strict")
        judge_atom(xml, whole=bool(url))
        assert made["title"].startswith(f"Manual {expected}: ")
        root = minidom.parseString(xml).documentElement
        assert root is not None
        assert {node.tagName for node in root.getElementsByTagName("*")} <= {
            *"id title updated author name link generator entry published category summary content".split()
        }
        for item in made["items"]:
            assert item["content_text"].startswith(f"New chapter: {expected}")
            (summary,) = root.getElementsByTagName("summary")
            assert text_of(summary) == item["summary"]


def test_a_hostile_summary_reaches_the_reader_as_it_was_typed(
    small_manual: Path, files: Files, archive: Callable[..., None]
) -> None:
    """As far as a chapter may hold it: tags are refused in a summary before a feed is written."""
    words = "]]> 3 < 4 & \"5\" > 'x' 👩🏽‍⚕️ \u200fברכה\u200e {{ 1 }} &c."
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8").replace("Names the duty desk.", json.dumps(words, ensure_ascii=False))
    chapter.write_text(text, "utf-8")
    archive(small_manual)
    assert load(small_manual).diagnostics == ()
    made = files(small_manual)
    assert read(made["feed.xml"]).entries[0].summary == words
    assert judge_json(made["feed.json"])["items"][0]["summary"] == words
    for path in ("core/referrals/feed.xml", "roles/school/feed.xml"):
        judge_atom(made[path])
        assert words in read(made[path]).entries[0].content[0].value


def test_a_feed_does_not_tell_what_is_not_published_yet(small_manual: Path, files: Files) -> None:
    before, on_the_day = (files(small_manual, date(2026, 3, day)) for day in (24, 25))
    assert [len(read(one["feed.xml"]).entries) for one in (before, on_the_day)] == [2, 3]
    assert read(on_the_day["core/referrals/feed.xml"]).feed.updated == "2026-03-25T00:00:00+00:00"


def test_the_build_date_is_no_part_of_a_feed(small_manual: Path, files: Files) -> None:
    def told(today: date) -> dict[str, bytes]:
        return {path: data for path, data in files(small_manual, today).items() if "feed." in path}

    assert told(date(2026, 3, 25)) == told(date(2036, 1, 1))


def test_ids_outlive_the_names_of_chapter_and_host(small_manual: Path, files: Files) -> None:
    def ids(made: Mapping[str, bytes], path: str) -> list[str]:
        found = read(made[path])
        return [found.feed.id, *(entry.id for entry in found.entries)]

    before = files(small_manual)
    for folder, suffix in (("procedures/core", ".md"), ("amendments/core", "")):
        shutil.move(small_manual / f"{folder}/referrals{suffix}", small_manual / f"{folder}/renamed{suffix}")
    chapter = small_manual / "procedures/core/renamed.md"
    # The live file may change in these without a version; its archived bytes stay.
    (small_manual / "amendments/core/renamed/2.md").write_bytes(chapter.read_bytes())
    archived = files(small_manual)
    text = chapter.read_text("utf-8").replace("title:", "formerly: [core/referrals]\ntitle:", 1)
    chapter.write_text(text, "utf-8")
    after = files(small_manual, url="https://elsewhere.example/manual/", name="Southmoor")
    for old, new in (("core/referrals", "core/renamed"), ("roles/school", "roles/school"), ("", "")):
        then, now = f"{old}/feed.xml".lstrip("/"), f"{new}/feed.xml".lstrip("/")
        assert ids(archived, now) == ids(after, now)
        assert ids(before, then)[0] == ids(after, now)[0]
        assert ids(before, then)[2:] == ids(after, now)[2:]
        assert len(ids(after, now)) > 2
    assert len({ids(after, f"{one}feed.xml")[0] for one in ("", "core/renamed/", "roles/school/")}) == 3


def test_a_renamed_chapter_is_followed_at_its_old_address(small_manual: Path, files: Files) -> None:
    chapter = small_manual / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    chapter.write_text(text.replace("title:", "formerly: [core/old-name]\ntitle:", 1), "utf-8")
    made = files(small_manual)
    for name in ("feed.xml", "feed.json"):
        assert made[f"core/old-name/{name}"] == made[f"core/referrals/{name}"]
    assert judge_json(made["core/old-name/feed.json"])["feed_url"] == f"{SITE}core/referrals/feed.json"


def test_a_record_concerns_its_own_roles_before_those_of_the_chapter() -> None:
    first = Amendment("1", date(2024, 1, 1), date(2024, 1, 1), "new", "For the chapter's.")
    second = Amendment("2", date(2025, 1, 1), date(2025, 1, 1), "revised", "For police.", roles=("police",))
    found = feeds_of(one_chapter((second, first), roles=("school",)))
    told = {folder: [entry.summary for entry in feed.entries] for folder, feed in found.items()}
    assert told["roles/school/"] == ["For the chapter's."]
    assert told["roles/police/"] == ["For police."]
    assert told[""] == told["core/one/"] == ["For police.", "For the chapter's."]


def test_without_an_address_links_are_relative_and_json_has_none(small_manual: Path, files: Files) -> None:
    made = files(small_manual, url="")
    for path in ("feed.xml", "core/referrals/feed.xml", "roles/school/feed.xml"):
        judge_atom(made[path], whole=False)
        found = read(made[path])
        leads = [urljoin(f"https://any.example/{path}", entry.link) for entry in found.entries]
        assert "https://any.example/core/referrals/changes/2/" in leads
        home = "core/referrals/" if path.startswith("core/") else ""
        assert urljoin(f"https://any.example/{path}", found.feed.link) == f"https://any.example/{home}"
        assert [link.rel for link in found.feed.links] == ["alternate"]
        without = judge_json(made[posixpath.splitext(path)[0] + ".json"])
        assert "feed_url" not in without
        assert not any("url" in item for item in without["items"])


def test_a_feed_names_itself_and_holds_the_newest_hundred() -> None:
    records = tuple(
        Amendment(str(n), date(2024, 1, 1), date(2024, 1, 1), "revised", f"Change {n}.")
        for n in range(150, 0, -1)
    )
    feed = feeds_of(one_chapter(records))["core/one/"]
    assert [entry.summary for entry in feed.entries][:2] == ["Change 150.", "Change 149."]
    assert len(feed.entries) == feeds.LONGEST == 100
    found = feedparser.parse(outputs.atom_feed(feed, SITE))
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": f"{SITE}core/one/",
        "self": f"{SITE}core/one/feed.xml",
    }


def test_a_feed_that_has_nothing_to_tell_is_a_feed(small_manual: Path, files: Files) -> None:
    made = files(small_manual, date(2020, 1, 1))
    for path in ("feed.xml", "core/referrals/feed.xml", "roles/school/feed.xml"):
        judge_atom(made[path])
        found = read(made[path])
        assert (found.entries, found.feed.updated) == ([], "1970-01-01T00:00:00+01:00")
    assert judge_json(made["feed.json"])["items"] == []
