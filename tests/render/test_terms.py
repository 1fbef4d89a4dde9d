"""Terms of the glossary become links, and not one character changes: not in the page, nor in its addresses,
its contents or what the search reads.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import chapters
from chapterhouse import glossary as glossaries
from chapterhouse.manual import law, mentions
from chapterhouse.manual.terms import terms
from chapterhouse.model import Chapter, Head, Manual, Source
from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.cited import cited_law
from chapterhouse.render.linking import LinkedWords
from chapterhouse.render.used import used_terms
from chapterhouse.terms import Glossary

DAY = date(2026, 11, 21)
SAMPLE = Path(__file__).parents[1] / "cases" / "manual"
WORDS = """
schema: 1
terms:
  - term: local authority designated officer
    abbreviation: LADO
    aliases: [designated officer]
    kind: role
    definition: "The officer whom [chapter 1.3](core/records.md) names. See a strategy meeting."
    never: [LADO panel]
  - {term: strategy discussion, aliases: [strategy meeting], kind: meeting, definition: They meet.}
  - {term: child in need, abbreviation: CIN, kind: concept, definition: A child & a family.}
  - {term: child protection enquiry, aliases: [section 47 enquiry], kind: process, definition: They ask.}
  - {term: safeguarding partner, kind: body, definition: 'One of three; section 16E, Children Act 2004.'}
  - term: Local Safeguarding Children Board
    abbreviation: LSCB
    kind: body
    definition: It met.
    replaced_by: {terms: [safeguarding partner], since: 2019-09-29}
"""
GLOSSARY = glossaries.read(Source("procedures/glossary.yml", WORDS))[0]

LADO, SD, CIN = "local-authority-designated-officer", "strategy-discussion", "child-in-need"
ENQUIRY, PARTNER, LSCB = (
    "child-protection-enquiry",
    "safeguarding-partner",
    "local-safeguarding-children-board",
)


# --- The traps, each in a chapter of its own of a manual that is built with a glossary and without ---


@dataclass(frozen=True)
class Trap:
    """A text in which something may go wrong, and what should be in its page."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    """The words of each link to the glossary, and the term to which it leads."""
    beside: tuple[str, ...] = ()
    """What stands beside them, read out or not."""
    tags: Mapping[str, tuple[str, ...]] | None = None
    """By section: the words by which the search finds it besides its own. None: not this trap's matter."""


PLACEHOLDER = "[\x02\x03]|linked:|klzzwxh|wzxhzdk"
EXPANDED = " (local authority designated officer)"
TRAPS = {
    "placeholders": Trap(
        "1.1 Tell the LADO of `LADO`[^1], then hold a *strategy discussion*.\n\n[^1]: The LADO answers.",
        (("LADO", LADO), ("strategy discussion", SD), ("LADO", LADO)),
        (EXPANDED,),
        {"1": ("local authority designated officer", "designated officer", "strategy meeting")},
    ),
    "plural-of-an-abbreviation": Trap(
        "1.1 LADOs meet; the LADO's notes and all LADOs' views.", (("LADOs", LADO),), (EXPANDED,)
    ),
    "possessive": Trap("1.1 The LADO's notes.", (("LADO's", LADO),), (EXPANDED,)),
    "plurals": Trap(
        "1.1 Strategy discussions for children in need come before child protection enquiries.",
        (("Strategy discussions", SD), ("children in need", CIN), ("child protection enquiries", ENQUIRY)),
        tags={
            "1": (
                "strategy meeting",
                "child in need",
                "CIN",
                "child protection enquiry",
                "section 47 enquiry",
            )
        },
    ),
    "line-break": Trap(
        "1.1 A strategy\ndiscussion of a child  \nin need with the designated\nofficers.",
        (("strategy\ndiscussion", SD), ("child\nin need", CIN), ("designated\nofficers", LADO)),
    ),
    "line-break-in-a-list": Trap(
        "1.1 They hold:\n\n- a strategy\n    discussion;\n- and a local authority\n    designated officer.",
        (("strategy\n    discussion", SD), ("local authority\n    designated officer", LADO)),
    ),
    "emphasis": Trap(
        "1.1 A **strategy** discussion, a *child in need* and a _section 47_ enquiry of **it**.",
        (("strategy discussion", SD), ("child in need", CIN), ("section 47 enquiry", ENQUIRY)),
    ),
    "emphasis-cut-in-two": Trap("1.1 Of **any child in** need.", (("child in", CIN),)),
    "link": Trap(
        "1.1 See [the LADO](records.md), [*strategy* discussions][x], <lado@northmoor.example>.\n\n"
        "[x]: records.md 'A child in need'",
        tags={"1": ("local authority designated officer", "designated officer", "strategy meeting")},
    ),
    "citation": Trap(
        "1.1 A section 47 enquiry under section 47 of the Children Act 1989 and section 16E of the"
        " Children Act 2004 by a safeguarding partner. See paragraph 1.1.",
        (("section 47 enquiry", ENQUIRY), ("safeguarding partner", PARTNER)),
    ),
    "term-in-a-term": Trap(
        "1.1 The local authority designated officer and the designated officer.",
        (("local authority designated officer", LADO),),
        tags={"1": ("LADO",)},
    ),
    "every-use": Trap(
        "1.1 The LADO tells the LADO of the LADO.\n\n1.2 The LADO.\n\n## 2. Then\n\n2.1 The LADO. A LADO.",
        (("LADO", LADO), ("LADO", LADO)),
        (EXPANDED,),
        dict.fromkeys("12", ("local authority designated officer", "designated officer")),
    ),
    "heading": Trap(
        "1.1 Thus.\n\n## 2. The LADO and *strategy discussions*\n\n2.1 Thus.",
        tags={
            "2": ("local authority designated officer", "designated officer", "strategy meeting"),
        },
    ),
    "code": Trap("1.1 Write `LADO`.\n\n```\nLADO\n```\n", tags={}),
    "indented-code": Trap("1.1 Thus.\n\n    strategy discussion\n"),
    "words-of-others": Trap(
        '1.1 <q>The LADO</q> and <abbr title="strategy discussion">CIN</abbr>.\n\n> A child in need.\n\n'
        '!!! quote "The LADO"\n\n    The strategy discussion.\n\n!!! note "The LADO"\n\n    Thus.'
    ),
    "blocks": Trap(
        "1.1 Thus:\n\n- the LADO\n    1. a strategy discussion\n\n"
        "| The LADOs | b |\n|---|---|\n| a child in need | b[^1] |\n\n"
        "!!! note\n\n    A safeguarding partner.\n\n[^1]: A section 47 enquiry.",
        (
            ("LADO", LADO),
            ("strategy discussion", SD),
            ("child in need", CIN),
            ("safeguarding partner", PARTNER),
            ("section 47 enquiry", ENQUIRY),
        ),
        (EXPANDED,),
    ),
    "refused": Trap(
        "1.1 The \\LADO, *strategy discussion*{: .no-terms } and the LADO panel.\n\n"
        "1.2 A child in need.\n{: .no-terms }"
    ),
    "escapes": Trap(
        "1.1 A \\*child in need\\*, \\(LADO\\) &amp; a strategy&nbsp;discussion of designated&#160;officers.",
        (("child in need", CIN), ("LADO", LADO), ("strategy\u00a0discussion", SD)),
        (EXPANDED,),
    ),
    "written-out": Trap(
        "1.1 The designated officer (LADO) and a CIN (child in need).\n\n## 2. Then\n\n2.1 The LADO.",
        (("designated officer", LADO), ("CIN", CIN), ("LADO", LADO)),
        (EXPANDED,),
    ),
    "gone": Trap(
        "1.1 The LSCB met. Local Safeguarding Children Boards meet.\n\n## 2. Then\n\n2.1 The LSCB.",
        (("LSCB", LSCB), ("LSCB", LSCB)),
        (
            " (Local Safeguarding Children Board)",
            " (now: safeguarding partner)",
            " (now: safeguarding partner)",
        ),
        {"1": (), "2": ("Local Safeguarding Children Board",)},
    ),
}
HEAD = """---
chapter: "1.{number}"
title: {name}, the LADO and the strategy discussion
version: "1"
owner: Procedures Subgroup
review: {{due: 2027-03-31}}
amendments:
  - {{version: "1", effective: 2024-01-01, published: 2023-12-15, kind: new, summary: About the LADO.}}
---

## 1. What to do

"""

traps = pytest.mark.parametrize("name", TRAPS)


@dataclass(frozen=True)
class Built:
    """The manual of the traps, as built."""

    folder: Path

    def html(self, path: str) -> str:
        """A page."""
        return (self.folder / path / "index.html").read_text("utf-8")

    def article(self, name: str) -> str:
        """What the page of a trap says."""
        found = re.search(r"<article.*?</article>", self.html(f"core/{name}"), re.DOTALL)
        assert found is not None
        return found[0]

    @cached_property
    def index(self) -> dict[str, dict[str, Any]]:
        """What the search reads, by address."""
        docs = json.loads((self.folder / "search/search_index.json").read_text("utf-8"))["docs"]
        found = {entry["location"]: entry for entry in docs}
        assert len(found) == len(docs)
        return found


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def written(html: str) -> BeautifulSoup:
    """A page as its author wrote it: without what the generator added."""
    page = parsed(html)
    for note in page.select("[data-chapterhouse-note]"):
        note.decompose()
    return page


def unlinked(html: str) -> str:
    """A page without the links to the glossary and the law, and without what stands beside them."""
    html = re.sub(r'<span class="(?:(?:citation|term)-note|term-expansion)"[^>]*>[^<]*</span>', "", html)
    return re.sub(r'<a [^>]*class="(?:citation|term)"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, archive: Callable[..., None]) -> dict[str, Built]:
    """The manual with the glossary and without."""
    place = tmp_path_factory.mktemp("terms")
    shutil.copytree(SAMPLE, place / "manual")
    for number, (name, trap) in enumerate(TRAPS.items(), 10):
        text = HEAD.format(number=number, name=name.replace("-", " ").capitalize()) + trap.text + "\n"
        (place / "manual/procedures/core" / f"{name}.md").write_text(text, "utf-8")
    archive(place / "manual")
    return {"without": build(place, "without", ""), "with": build(place, "with", WORDS)}


def build(place: Path, name: str, words: str) -> Built:
    if words:
        (place / "manual/procedures/glossary.yml").write_text(words, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(place / name)]
    environment = {**os.environ, "CHAPTERHOUSE_DATE": DAY.isoformat()}
    result = subprocess.run(
        command, cwd=place / "manual", env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return Built(place / name)


@traps
def test_a_trap_in_the_page(both: dict[str, Built], name: str) -> None:
    article, trap = both["with"].article(name), TRAPS[name]
    page = parsed(article)
    assert not page.select("a a")
    links = written(article).select("a.term")
    assert [(a.get_text(), str(a["href"]).removeprefix("../../glossary/#")) for a in links] == [*trap.links]
    for link in links:
        assert set(link.attrs) == {"class", "href", "aria-describedby"}
        (described,) = page.find_all(id=str(link["aria-describedby"]))
        assert "chapter-term" in described["class"]
    beside = page.select(".term-expansion, .term-note")
    assert tuple(note.get_text() for note in beside) == trap.beside
    for note in beside:
        assert set(note.attrs) == {"class", "data-chapterhouse-note", "data-search-exclude"}
    assert not re.search(PLACEHOLDER, article)


@traps
def test_a_trap_changes_no_character_of_the_text(both: dict[str, Built], name: str) -> None:
    with_terms, without = (both[which].article(name) for which in ("with", "without"))
    assert written(with_terms).get_text() == written(without).get_text()
    assert str(written(unlinked(with_terms))) == str(written(unlinked(without)))


@traps
def test_a_trap_changes_no_anchor(both: dict[str, Built], name: str) -> None:
    with_terms, without = (
        [str(tag["id"]) for tag in parsed(both[which].article(name)).find_all(id=True)]
        for which in ("with", "without")
    )
    assert [one for one in with_terms if not one.startswith("chapterhouse-term")] == without
    assert len(with_terms) == len(set(with_terms))


@traps
def test_a_trap_changes_no_contents(both: dict[str, Built], name: str) -> None:
    """Neither the list beside the page nor its headings, its title or its name in the list of pages."""
    page, plain = (parsed(both[which].html(f"core/{name}")) for which in ("with", "without"))
    for place in (".md-nav--secondary a", f"nav a[href$='{name}/'], nav a[href='./']", "title"):
        listed = [str(one) for one in plain.select(place)]
        assert listed, place
        assert [str(one) for one in page.select(place)] == listed
    headings, plainly = (
        [str(one) for one in written(both[which].article(name)).select("h1, h2")]
        for which in ("with", "without")
    )
    assert headings == plainly
    assert len(headings) >= 2


@traps
def test_a_trap_changes_no_text_in_the_search(both: dict[str, Built], name: str) -> None:
    places = [place for place in both["without"].index if place.startswith(f"core/{name}/")]
    assert len(places) >= 2
    assert places == [place for place in both["with"].index if place.startswith(f"core/{name}/")]
    tags = {}
    for place in places:
        entry = dict(both["with"].index[place])
        if found := entry.pop("tags", None):
            tags[place.partition("#")[2]] = tuple(found)
        assert entry == both["without"].index[place]
    wanted = TRAPS[name].tags
    if wanted is not None:
        assert tags == {section: words for section, words in wanted.items() if words}


@traps
def test_a_trap_is_explained_on_paper(both: dict[str, Built], name: str) -> None:
    """Every term that is linked, once, from A to Z."""
    listed = parsed(both["with"].article(name)).select("[data-chapterhouse=terms] .chapter-term")
    named = [str(entry["id"]).removeprefix("chapterhouse-term-") for entry in listed]
    assert named == sorted(named)
    assert {anchor for _, anchor in TRAPS[name].links} <= set(named)
    assert all(len(entry.get_text().split()) > 3 for entry in listed)


def test_the_index_has_the_glossary_besides_and_nothing_else(both: dict[str, Built]) -> None:
    old, new = both["without"].index, both["with"].index
    assert [place for place in new if place not in old] == [
        "glossary/",
        *(f"glossary/#{term.anchor}" for term in GLOSSARY.terms),
    ]
    assert [place for place in old if place not in new] == []
    changed = [p for p in old if {k: v for k, v in new[p].items() if k != "tags"} != old[p]]
    assert changed == []
    assert not any("tags" in entry for entry in old.values())
    text = (both["with"].folder / "search/search_index.json").read_text("utf-8")
    assert not re.search(rf"\\u000[23]|{PLACEHOLDER}|\(now: ", text)


def test_what_programs_are_told_leads_to_what_is_there(both: dict[str, Built]) -> None:
    folder = both["with"].folder
    entries = json.loads((folder / "api/glossary.json").read_text("utf-8"))["terms"]
    ids: dict[str, set[str]] = {}
    urls = [place["url"] for entry in entries for place in (entry, *entry["used_in"])]
    assert len(urls) > 30
    for url in urls:
        path, _, anchor = url.partition("#")
        ids.setdefault(path, {str(tag["id"]) for tag in parsed(both["with"].html(path)).find_all(id=True)})
        assert anchor in ids[path], url
    schema = json.loads((folder / "api/schema/glossary.json").read_text("utf-8"))
    assert schema["title"] == "api/glossary.json"
    assert json.loads((both["without"].folder / "api/glossary.json").read_text("utf-8"))["terms"] == []
    assert not (both["without"].folder / "glossary").exists()


# --- What is linked on which day ---


def chapter(text: str) -> Chapter:
    source = Source("procedures/core/a.md", text)
    return Chapter("core/a", source, Head(), chapters.read(source, 0, "sections")[0], text, text)


def words(one: Chapter, glossary: Glossary, day: date = DAY) -> tuple[LinkedWords, ...]:
    """All that is linked in the text of a manual of one chapter."""
    manual = Manual((one,), (), (), (), {}, frozenset(), {}, law.national(), (), glossary=glossary)
    cited = cited_law(manual.register, one, mentions.mentions(manual, one, day), day).words
    used = used_terms(manual, terms(manual, one, day), day, "../glossary.md", current=True).words
    return tuple(sorted((*cited, *used), key=lambda each: each.start))


def html(text: str, linked: tuple[LinkedWords, ...]) -> str:
    """The page of a text. Fails the test if the wall says anything."""
    said: list[str] = []
    known = {"a": Context("sections", wall=lambda _, complaint: said.append(complaint), linked=linked)}
    made = Markdown(extensions=["toc", ChapterhouseExtension(contexts=known.get)]).convert(marked("a", text))
    assert said == []
    assert "\x02" not in made
    return made


@pytest.mark.parametrize(
    ("day", "note"),
    [(date(2019, 9, 28), []), (date(2019, 9, 29), [" (now: safeguarding partner)"])],
)
def test_a_term_has_gone_from_its_day_on(day: date, note: list[str]) -> None:
    text = "1.1 Local Safeguarding Children Boards met."
    soup = parsed(html(text, words(chapter(text), GLOSSARY, day)))
    assert [one.get_text() for one in soup.select(".term-note")] == note


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_byte_order_mark(end: str) -> None:
    text = end.join(["\ufeff1.1 The LADO of a strategy", "discussion.", "", "1.2\tA child\tin need."])
    soup = parsed(html(text, words(chapter(text), GLOSSARY)))
    found = [re.sub(r"\s+", " ", a.get_text()) for a in soup.select("a.term")]
    assert found == ["LADO", "strategy discussion", "child in need"]


@pytest.mark.parametrize(
    "text",
    [
        "1.1 See [the LADO](b.md).",
        "1.1 See [the *LADO*](b.md).",
        "1.1 `LADO`",
        "1.1 ![the LADO](a.png)",
        "1.1 [a]\n\n[a]: b.md 'LADO'",
    ],
)
def test_no_link_is_made_where_none_can_stand(text: str) -> None:
    """Whatever the core takes for prose: the page is the last to look."""
    start = text.index("LADO")
    made = html(text, (LinkedWords(start, start + 4, "LADO", "1.1", "#lado", kind="term"),))
    assert made == html(text, ())


# --- The law: the same text with and without ---

TERM = st.sampled_from(
    [
        "LADO",
        "LADOs",
        "the LADO's",
        "local authority designated officer",
        "*designated* officer",
        "**designated officer** (LADO)",
        "Strategy discussions",
        "strategy\ndiscussion",
        "strategy  \nmeeting",
        "strategy-discussion",
        "children _in need_",
        "child&nbsp;in need",
        "section 47 enquiry",
        "LSCB",
        "Local Safeguarding\nChildren Board's",
        "LADO[^1]s",
        "child <mark>in</mark> need",
    ]
)
OTHER = st.sampled_from(
    [
        "they must act",
        "`LADO` and ``strategy discussion``",
        "[a LADO](b.md)",
        "[a *strategy* discussion][x]",
        "![The LADO](a.png)",
        "<lado@northmoor.example>",
        "<https://northmoor.example/LADO>",
        "section 47 of the Children Act 1989",
        "sections 13 and 14 of the *Children Act 2004*",
        "**in all _cases_ alike**",
        "a \\* b \\_c\\_ \\(LADO\\) \\\\LADO",
        "\\LADO",
        "<q>a child in need</q> <abbr title='LADO'>LADO</abbr>",
        "*LADO*{: .no-terms }",
        "x[^1] y",
        "&lt;LADO&gt; &copy; 5 < 6 > 4",
        "2 * 3 * 4",
        "see paragraph 1.1",
    ]
)
JOIN = st.sampled_from([" ", ", ", " (", "; ", " \\*", "\n", "\n**and** ", ". ", "-", "/", "'"])


@st.composite
def prose(draw: st.DrawFn) -> str:
    parts = [draw(st.one_of(TERM, OTHER))]
    for _ in range(draw(st.integers(0, 4))):
        parts += [draw(JOIN), draw(st.one_of(TERM, OTHER))]
    text = "".join(parts)
    frames = ["{}", "({})", '"{}"'] if re.search("[*_]", text) else ["{}", "*{}*", "**{}**", "_{}_"]
    return draw(st.sampled_from(frames)).format(text)


def indented(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


@st.composite
def block(draw: st.DrawFn, number: int) -> str:
    text = draw(prose())
    line = re.sub(r" *\n", " ", text)
    return draw(
        st.sampled_from(
            [
                f"1.{number} {text}",
                text,
                indented(text, "- ", "    ") + f"\n    1. {line}",
                indented(text, "a) ", "    "),
                indented(text, "> ", "> "),
                f"| {line} | b |\n|---|---|\n| c | {line} |",
                f'!!! note "{line.replace(chr(34), "")}"\n' + indented(text, "    ", "    "),
                "!!! quote\n" + indented(text, "    ", "    "),
                f"## {line}",
                f"1.{number} Thus:\n- {line}\n- {line}",
                f"{text}\n{{: .no-terms }}",
                "```\n" + text + "\n```",
            ]
        )
    )


@st.composite
def texts(draw: st.DrawFn) -> str:
    blocks = [draw(block(number)) for number in range(1, draw(st.integers(2, 5)))]
    note = draw(prose()).replace("[^1]", "")
    return "\n\n".join([*blocks, "x[^1]", "[x]: b.md 'A LADO'", indented(note, "[^1]: ", "    ")]) + "\n"


@given(texts())
@settings(max_examples=200)
def test_the_text_is_the_same_with_and_without_terms(text: str) -> None:
    one = chapter(text)
    with_terms, without = html(text, words(one, GLOSSARY)), html(text, words(one, Glossary()))
    nested = "a a, a .term-note, a .term-expansion, code a.term, h2 a.term, q a.term, blockquote a.term"
    assert not parsed(with_terms).select(nested)
    assert unlinked(with_terms) == unlinked(without)
    assert written(unlinked(with_terms)).get_text() == written(unlinked(without)).get_text()


@given(texts())
@settings(max_examples=100)
def test_every_first_use_is_linked(text: str) -> None:
    linked = [one for one in words(chapter(text), GLOSSARY) if one.kind == "term"]
    soup = parsed(html(text, words(chapter(text), GLOSSARY)))
    found = sorted(str(a["href"]) for a in soup.select("a.term"))
    assert found == sorted(one.href for one in linked)
    assert len(soup.select(".term-note")) == sum(bool(one.note) for one in linked)
    assert len(soup.select(".term-expansion")) == sum(bool(one.expansion) for one in linked)
