"""Citations of the law become links with notes, and not one character of the author's text changes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import chapters
from chapterhouse.citations import leading
from chapterhouse.law import CitationMention
from chapterhouse.manual import law, mentions
from chapterhouse.model import Acceptance, Chapter, Head, Manual, Source
from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.cited import CitedLaw, cited_law
from chapterhouse.render.linking import LinkedWords

DAY = date(2026, 11, 21)
LAW = "https://www.legislation.gov.uk/"


def chapter(text: str, *accept: Acceptance) -> Chapter:
    source = Source("procedures/core/a.md", text)
    return Chapter("core/a", source, Head(accept=accept), chapters.read(source, 0, "sections")[0], text, text)


def manual(one: Chapter) -> Manual:
    return Manual((one,), (), (), (), {}, frozenset(), {}, law.national(), ())


def found(one: Chapter, day: date = DAY) -> tuple[CitationMention, ...]:
    return mentions.mentions(manual(one), one, day)


def told(text: str, *accept: Acceptance, day: date = DAY) -> CitedLaw:
    one = chapter(text, *accept)
    return cited_law(law.national(), one, found(one, day), day)


def html(text: str, cited: tuple[LinkedWords, ...], complaints: list[str] | None = None) -> str:
    """The page of a text; what the wall says goes to `complaints`, or fails the test."""
    said: list[str] = []
    known = {"a": Context("sections", wall=lambda _, words: said.append(words), linked=cited)}
    made = Markdown(extensions=["toc", ChapterhouseExtension(contexts=known.get)]).convert(marked("a", text))
    if complaints is None:
        assert said == []
    else:
        complaints += said
    return made


def page(text: str, *accept: Acceptance, day: date = DAY) -> BeautifulSoup:
    return BeautifulSoup(html(text, told(text, *accept, day=day).words), "html.parser")


def links(soup: BeautifulSoup) -> list[tuple[str, str]]:
    assert not soup.select("a a")
    return [(a.get_text(), str(a["href"]).removeprefix(LAW)) for a in soup.select("a.citation")]


def unlinked(made: str) -> str:
    """A page without what was added for its citations."""
    made = re.sub(r'<span class="citation-note"[^>]*>[^<]*</span>', "", made)
    return re.sub(r'<a [^>]*class="citation"[^>]*>(.*?)</a>', r"\1", made, flags=re.DOTALL)


S11, S47 = "ukpga/2004/31/section/11", "ukpga/1989/41/section/47"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1 See section 11 of the Children Act 2004.", [("section 11 of the Children Act 2004", S11)]),
        ("Section 11\nof the Children Act 2004.", [("Section 11\nof the Children Act 2004", S11)]),
        ("section 11 of the  \nChildren Act 2004.", [("section 11 of the\nChildren Act 2004", S11)]),
        ("\tx\n\n1.1 a\tb\tsection 47 CA 1989", [("section 47 CA 1989", S47)]),
        # The whole phrase is one link where it covers the emphasis that it touches.
        ("*Children Act 2004*, section 11", [("Children Act 2004, section 11", S11)]),
        ("section 11 of the *Children Act 2004*", [("section 11 of the Children Act 2004", S11)]),
        ("section **11** of the Children Act 2004", [("section 11 of the Children Act 2004", S11)]),
        ("**section 11 of the Children Act 2004**", [("section 11 of the Children Act 2004", S11)]),
        # Where it cuts an element in two, the longer piece is.
        ("**under section 11** of the Children Act 2004", [("of the Children Act 2004", S11)]),
        # Each number leads to its own.
        (
            "sections 13 and 14 of the Children Act 2004",
            [("sections 13", S11[:-2] + "13"), ("14 of the Children Act 2004", S11[:-2] + "14")],
        ),
        (
            "Children Act 1989 s47(1) and (2)",
            [("Children Act 1989 s47(1)", f"{S47}/1"), ("(2)", f"{S47}/2")],
        ),
        # Words that two citations share lead where the first does.
        (
            "section 11 Education Act 2002 section 175",
            [
                ("section 11 Education Act 2002", "ukpga/2002/32/section/11"),
                ("section 175", "ukpga/2002/32/section/175"),
            ],
        ),
        # A range leads to what holds it.
        (
            "sections 10 to 12 of the Children Act 2004",
            [("sections 10 to 12 of the Children Act 2004", S11[:13])],
        ),
        ("- section 11 of the Children Act 2004\n    - s.47 CA 1989", None),
        ("> section 11 of the Children Act 2004", None),
        ("| a | b |\n|---|---|\n| section 11 of the Children Act 2004 | c |", None),
        ('!!! note "Mind section 11 of the Children Act 2004"\n    s.47 CA 1989', None),
        ("x[^1].\n\n[^1]: See section 11 of the Children Act 2004.", None),
        ("Children&nbsp;Act&nbsp;2004 &amp; s\\.47 CA 1989 \\(Children Act 2004\\)", None),
        ("<mark>Children Act 2004</mark> and `code` and **s.47 CA 1989**[^1]\n\n[^1]: x", None),
        ("## Children Act 2004", []),
        ("`section 11 of the Children Act 2004`", []),
        ("```\nsection 11 of the Children Act 2004\n```", []),
        ("    section 11 of the Children Act 2004", []),
        ("[section 11 of the Children Act 2004](https://northmoor.example/)", []),
        ("Section 11 of the Skills Act 2003", []),
        ("Children Act 2044", []),
    ],
)
def test_what_is_linked(text: str, expected: list[tuple[str, str]] | None) -> None:
    soup = page(text)
    if expected is None:
        one = chapter(text)
        wanted = [lead.href for own in leading.leads(law.national(), text, found(one)) for lead in own]
        assert len(wanted) >= 1
        assert sorted(str(a["href"]) for a in soup.select("a.citation")) == sorted(wanted)
    else:
        assert links(soup) == expected


def test_a_link_says_what_it_is() -> None:
    link = page("1.1 See section 11 of the Children Act 2004.").select_one("a.citation")
    assert link is not None
    assert link.attrs == {
        "class": ["citation"],
        "href": f"{LAW}{S11}",
        "rel": ["external", "noreferrer"],
        "aria-describedby": "law-ukpga-2004-31 law-ukpga-2004-31-section-11",
    }


REASON = Acceptance("law-repealed", "section 13", "The chapter tells of the boards that there were.")


@pytest.mark.parametrize(
    ("text", "accept", "note"),
    [
        ("section 11 of the Children Act 2004", (), ""),
        ("section 13 of the Children Act 2004", (), " (repealed on 29 June 2018)"),
        (
            "section 13 of the Children Act 2004",
            (REASON,),
            " (repealed on 29 June 2018; kept as it is: The chapter tells of the boards that there were)",
        ),
        ("sections 11 and 13 of the Children Act 2004", (), " (section 13: repealed on 29 June 2018)"),
        ("section 16EA of the Children Act 2004", (), " (not yet in force)"),
        (
            "Children Act 2044",
            (Acceptance("no-such-instrument", "2044", "A slip that & the <record> shows"),),
            " (there is no such Act; kept as it is: A slip that & the <record> shows)",
        ),
        (
            "section 20 of the Children Act 1989",
            (),
            " (in force in England; repealed for Wales on 6 April 2016)",
        ),
    ],
)
def test_the_note_beside(text: str, accept: tuple[Acceptance, ...], note: str) -> None:
    soup = page(f"1.1 Under *{text}*, they met.", *accept)
    notes = soup.select(".citation-note")
    assert [one.get_text() for one in notes] == ([note] if note else [])
    for one in notes:
        assert set(one.attrs) == {"class", "data-chapterhouse-note", "data-search-exclude"}
        before = one.previous_sibling
        assert not soup.select("a.citation") or (isinstance(before, Tag) and before["class"] == ["citation"])


def test_a_version_is_judged_on_its_own_day() -> None:
    text = "section 13 of the Children Act 2004"
    assert told(text, day=date(2012, 6, 1)).words[0].note == ""
    assert told(text, day=date(2018, 6, 29)).words[0].note == "repealed on 29 June 2018"


def test_what_is_of_low_confidence_is_not_shown_as_settled() -> None:
    register = law.national()
    low = [
        (i, path)
        for i in register.instruments.values()
        for fact in i.facts
        if fact.confidence == "low" and fact.effect in ("repealed", "revoked", "replaced")
        for path, _ in fact.provisions or (("", ""),)
        if not i.id.startswith("guidance/") and path.startswith("section/") and path.count("/") == 1
    ]
    assert low
    for instrument, path in low:
        told_of = told(f"section {path.split('/')[1]} of the {instrument.title}", day=date(2030, 1, 1))
        states = [e.state for _, group in told_of.groups for i in group for e in i.entries]
        assert states
        assert all("not confirmed" in state for state in states)


def test_references_are_read_with_the_citations_beside_them() -> None:
    """What stands before a number may make it the Act's; a note in between hides nothing."""
    text = "1.1 x\n\n1.2 See paragraph 1.1 and section 13 of the Children Act 2004, paragraph 1.1."
    known = {
        "a": Context("sections", address=lambda r: f"#{r.paragraph}", linked=told(text).words),
        "b": Context("sections", address=lambda r: f"#{r.paragraph}"),
    }
    pages = [
        BeautifulSoup(
            Markdown(extensions=[ChapterhouseExtension(contexts=known.get)]).convert(marked(key, text)),
            "html.parser",
        )
        for key in known
    ]
    with_law, without = [[a.get_text() for a in soup.select("a.reference")] for soup in pages]
    assert with_law == without


def test_what_markdown_does_not_show_is_told() -> None:
    text = "1.1 [a]\n\n[a]: https://northmoor.example/ 'Children Act 2004'\n"
    start = text.index("Children")
    cited = LinkedWords(start, start + 17, "Children Act 2004", "1.1", LAW)
    complaints: list[str] = []
    made = html(text, (cited,), complaints)
    assert complaints == ["Markdown does not show the citation “Children Act 2004” as text"]
    assert "\x02" not in made
    assert "law:" not in made


def test_a_citation_is_never_taken_for_a_list() -> None:
    """`s. 47` looks like the nineteenth item of a list."""
    assert links(page("s. 47 of the Children Act 1989 applies.")) == [("s. 47 of the Children Act 1989", S47)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_byte_order_mark(end: str) -> None:
    lines = [
        "\ufeff1.1 Children Act 2004 and",
        "s.47 CA 1989.",
        "",
        "1.2\tSection 11",
        "of the Children Act 2004.",
    ]
    text = end.join(lines)
    one = chapter(text)
    words = cited_law(law.national(), one, found(one), DAY).words
    made = html(text, words)
    assert [re.sub(r"\s+", " ", a) for a, _ in links(BeautifulSoup(made, "html.parser"))] == [
        "Children Act 2004",
        "s.47 CA 1989",
        "Section 11 of the Children Act 2004",
    ]


# --- The laws ---

CITED = st.sampled_from(
    [
        "section 11 of the Children Act 2004",
        "sections 13 and 14 of the Children Act 2004",
        "s.47\\(1\\) CA 1989",
        "section 47 of the *Children Act 1989*",
        "**Section 17** of the Children Act 1989",
        "Sections 10 to 12\nof the Children Act 2004",
        "section 28 of the  \nChildren Act 2004",
        "Crime &amp; Disorder Act 1998",
        "Crime & Disorder Act 1998",
        "*Working Together to Safeguard Children* 2018",
        "Chapter 2 of _Working Together_ 2023",
        "Education Act 2002 [^1]section 175",
        "Children&nbsp;Act 2004",
        "the Act",
        "that Act, section 11",
        "S28 and s17",
        "section <sup>1</sup>47 of the Children Act 1989",
    ]
)
FILLER = st.sampled_from(
    [
        "they must act",
        "`section 11 of the Children Act 2004`",
        "[section 47 of the Children Act 1989](b.md)",
        "see paragraph 1.1",
        "**in all _cases_ alike**",
        "a \\* b \\_c\\_ \\(d\\)",
        "<mark>mark</mark> and <abbr title='Children Act 2004'>CA</abbr>",
        "x[^1] y",
        "&lt;p&gt; &copy; 5 < 6 > 4",
        "<https://www.legislation.gov.uk/ukpga/2004/31/section/11>",
        "2 * 3 * 4",
        "![Children Act 2004](a.png)",
    ]
)
JOIN = st.sampled_from([" ", ", ", " (", "; ", " \\*", "\n", " **and** ", ". "])
CARELESS = st.sampled_from([" *", "* ", "** ", " _", "*", "_ "])


@st.composite
def prose(draw: st.DrawFn, joins: st.SearchStrategy[str]) -> str:
    parts = [draw(st.one_of(CITED, FILLER))]
    for _ in range(draw(st.integers(0, 4))):
        parts += [draw(joins), draw(st.one_of(CITED, FILLER))]
    text = "".join(parts)
    frames = ["{}", "({})", '"{}"'] if re.search("[*_]", text) else ["{}", "*{}*", "**{}**", "_{}_"]
    return draw(st.sampled_from(frames)).format(text)


def indented(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


@st.composite
def block(draw: st.DrawFn, number: int, joins: st.SearchStrategy[str]) -> str:
    text = draw(prose(joins))
    line = text.replace("  \n", " ").replace("\n", " ")
    return draw(
        st.sampled_from(
            [
                f"1.{number} {text}",
                text,
                indented(text, "- ", "    ") + f"\n    - {line}",
                indented(text, "a) ", "    "),
                indented(text, "> ", "> "),
                f"| {line} | b |\n|---|---|\n| c | {line} |",
                f'!!! note "{line.replace(chr(34), "")}"\n' + indented(text, "    ", "    "),
                f"## {line}",
                f"1.{number} Thus:\n- {line}\n- {line}",
            ]
        )
    )


@st.composite
def texts(draw: st.DrawFn, joins: st.SearchStrategy[str]) -> str:
    blocks = [draw(block(number, joins)) for number in range(1, draw(st.integers(2, 5)))]
    note = draw(prose(joins)).replace("[^1]", "")
    return "\n\n".join([*blocks, "x[^1]", indented(note, "[^1]: ", "    ")]) + "\n"


def linked(text: str) -> str:
    """The page of a text, of which every citation is what the core says."""
    one = chapter(text)
    own = found(one)
    words = cited_law(law.national(), one, own, DAY).words
    made = html(text, words)
    assert "\x02" not in made
    soup = BeautifulSoup(made, "html.parser")
    assert not soup.select("a a, code a.citation, pre a.citation, h2 a.citation")
    wanted = [lead.href for leads in leading.leads(law.national(), text, own) for lead in leads]
    assert sorted(str(a["href"]) for a in soup.select("a.citation")) == sorted(wanted)
    assert len(soup.select(".citation-note")) == sum(bool(one.note) for one in words)
    return made


@given(texts(JOIN))
@settings(max_examples=150, deadline=None)
def test_linking_changes_no_character_and_misses_nothing(text: str) -> None:
    assert unlinked(linked(text)) == unlinked(html(text, ()))


@given(texts(st.one_of(JOIN, CARELESS)))
@settings(max_examples=100, deadline=None)
def test_careless_emphasis_hides_no_citation(text: str) -> None:
    """What Markdown makes of marks that do not match, nobody can tell: it may even swallow letters."""
    linked(text)
