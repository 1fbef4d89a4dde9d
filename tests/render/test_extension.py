"""Numbered paragraphs and sections: the page has what the core found, and nothing else moves."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import chapters
from chapterhouse.model import Numbering, Source
from chapterhouse.render import ChapterhouseExtension, Context, makeExtension, marked
from chapterhouse.render.context import Note

SECTIONED = """\
## 1. Purpose

1.1 The partnership agrees how agencies work together.

1.2 The safeguarding partners are:
- the local authority;
- the chief officer of police.

## 2. Notification {: .wide }

Text before the first number.

2.1\u00a0The duty:

a) first
    i) within
    ii) within too
b) second

| Who | When |
|-----|-----:|
| All | Now  |

2.1A Not text[^one] alone.

!!! note "Remember"
    Keep a copy.

    2.9 is no number here.

> Nor is
>
> 2.8 this one.

```
2.7 or this

2.6 one
```

### Records

2.10 A record is kept.

[^one]: A note with two paragraphs.

    2.5 Of which this is the second.
"""

CONTINUOUS = """\
## Purpose

22. The partnership agrees.

23. The partners are:

- the local authority;
- the board.

24. They must

a) meet
b) agree:

    1. on this
    2. on that

25. In the end:
    i) one
26. is no number, for no blank line stands before it.

26A. Last.

## Purpose

27. Under a heading of the same name.
"""

NONE = """\
## Purpose

1.1 is not a number here.

1. Nor is this

## Purpose
"""

CHAPTERS: Mapping[str, tuple[Numbering, str]] = {
    "sections": ("sections", SECTIONED),
    "continuous": ("continuous", CONTINUOUS),
    "none": ("none", NONE),
    "crlf": ("sections", SECTIONED.replace("\n", "\r\n")),
    "cr": ("continuous", CONTINUOUS.replace("\n", "\r")),
    "mixed line ends": ("sections", SECTIONED.replace("\n\n", "\r\n\n")),
    "byte-order mark": ("sections", "\ufeff" + SECTIONED),
    "byte-order mark, number first": ("sections", "\ufeff1.1 Text."),
    "decomposed letters": ("none", "## Cafe\u0301\n\n## Cafe\u0301 re\u0301sume\u0301"),
    "other scripts": ("none", "## \u062a\u062d\u0641\u0638\n\nText.\n\n## \u4fdd\u8b77"),
    "tabs": ("sections", "1.1\tText.\n\n1.2 More.\n\n\t1.3 Code."),
    "no final line end": ("continuous", "1. One\n\n2. Two"),
    "heading without a blank line": ("sections", "## 1. A\n1.1 Text.\n## 2. B\n2.1 Text."),
    "blank lines that are not empty": ("sections", "1.1 A\n \t\n1.2 B\n\u00a0\n1.3 C"),
    "separators that end no line": ("sections", "1.1 A\u2028\u2028B\n\n1.2 C\x85\n\n1.3 D"),
    "signs in headings": ("none", "## A *b* `c` & [d](https://northmoor.example/) ##\n\n### C\\# {: .wide }"),
}


def page(text: str, numbering: Numbering = "sections", **context: object) -> BeautifulSoup:
    """The page that `text` becomes, as MkDocs would render it."""
    known = {"core/a": Context(numbering, **context)}  # type: ignore[arg-type] # any field of it
    md = Markdown(
        extensions=["toc", "tables", "fenced_code", "chapterhouse"],
        extension_configs={"chapterhouse": {"contexts": known.get}},
    )
    return BeautifulSoup(md.convert(marked("core/a", text)), "html.parser")


def addresses(soup: BeautifulSoup) -> list[str]:
    """The ids of headings and paragraphs, in order."""
    return [str(tag.get("id")) for tag in soup.select("h1, h2, h3, h4, h5, h6, .paragraph")]


def find(soup: BeautifulSoup, number: str) -> Tag:
    (tag,) = (tag for tag in soup.find_all("div", class_="paragraph") if tag["id"] == number)
    return tag


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_page_has_the_anchors_that_the_core_found(name: str) -> None:
    numbering, text = CHAPTERS[name]
    body, _ = chapters.read(Source("a.md", text), 0, numbering)
    places = [(s.line, s.anchor) for s in body.sections] + [(p.line, p.anchor) for p in body.paragraphs]
    soup = page(text, numbering)
    assert addresses(soup) == [anchor for _, anchor in sorted(places)]
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_which_anchors_they_are() -> None:
    assert addresses(page(SECTIONED)) == ["1", "1.1", "1.2", "2", "2.1", "2.1A", "records", "2.10"]
    numbers = ["purpose", "22", "23", "24", "25", "26A", "purpose-2", "27"]
    assert addresses(page(CONTINUOUS, "continuous")) == numbers


def test_a_number_is_a_link_to_its_paragraph() -> None:
    link = find(page(SECTIONED), "1.1").select_one("p:first-child > a:first-child")
    assert link is not None
    assert (link.get_text(), link["href"], link["class"]) == ("1.1", "#1.1", ["paragraph-number"])
    link = find(page(CONTINUOUS, "continuous"), "23").select_one("p:first-child > a:first-child")
    assert link is not None
    assert (link.get_text(), link["href"]) == ("23.", "#23")


def test_what_follows_a_number_belongs_to_it() -> None:
    soup = page(SECTIONED)
    inside = {
        number: [child.name for child in find(soup, number).find_all(recursive=False)]
        for number in ("1.1", "1.2", "2.1", "2.1A", "2.10")
    }
    assert inside == {
        "1.1": ["p"],
        "1.2": ["p", "ul"],
        "2.1": ["p", "ol", "div"],
        "2.1A": ["p", "div", "blockquote", "pre"],
        "2.10": ["p"],
    }
    before = soup.find("p", string="Text before the first number.")
    assert isinstance(before, Tag)
    assert before.find_parent("div", class_="paragraph") is None


def test_lists_between_continuous_numbers_stay_inside_their_paragraph() -> None:
    soup = page(CONTINUOUS, "continuous")
    assert [li.get_text() for li in find(soup, "23").select("ul > li")] == [
        "the local authority;",
        "the board.",
    ]
    outer, inner = find(soup, "24").select("ol")
    assert (outer["type"], inner.get("type"), inner.parent) == ("a", "1", outer.select("li")[1])
    assert "26. is no number" in find(soup, "25").get_text()


def test_lists_say_how_their_items_are_marked() -> None:
    lists = page("a) x\n    i) y\n\nb. z\n\n1. n").select("ol")
    assert [ol["class"] for ol in lists] == [
        ["fancylists-lower-alpha", "list-paren"],
        ["fancylists-lower-roman", "list-paren"],
        ["fancylists-lower-alpha"],
        ["fancylists-decimal"],
    ]
    assert lists[2]["start"] == "2"


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("a) x\nb) y\nd) z\ne) q", [None, None, "4", None]),
        ("1) x\n\n3) y\n\n    text of 3\n\n4) z", [None, "3", None]),
        ("i) x\nii) y\niv) z", [None, None, "4"]),
        ("a) x\nb) y\na) z", [None, None, "1"]),
        ("3. x\n5. y", [None, "5"]),
        ("1. x\n1. y\n1. z", [None, None, None]),
    ],
)
def test_items_keep_the_numbers_that_they_are_written_with(written: str, values: list[str | None]) -> None:
    (only,) = page(written).select("ol")
    assert [item.get("value") for item in only.select("li")] == values


@given(
    st.lists(
        st.builds(
            "{}{} {}".format,
            st.sampled_from(["", "", "    ", "        ", "  "]),
            st.sampled_from(
                ["a)", "b)", "d)", "i)", "iv)", "1.", "7.", "3)", "-", "*", "A.", "I)", "x)", ""]
            ),
            st.sampled_from(["word", "1. q", "* a) x", "", "a) b"]),
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=300, deadline=None)
def test_lists_of_any_shape_are_read(lines: list[str]) -> None:
    read = page("\n".join(lines)).select("*")
    assert not [name for tag in read for name in tag.attrs if name.startswith("__")]


def test_headings_keep_their_text_and_the_contents_know_them() -> None:
    md = Markdown(
        extensions=["toc", ChapterhouseExtension(numbering="sections")],
        extension_configs={"toc": {"permalink": True}},
    )
    soup = BeautifulSoup(md.convert(SECTIONED), "html.parser")
    heading = soup.find(id="1")
    assert heading is not None
    assert (heading.name, next(heading.strings)) == ("h2", "1. Purpose")
    contents = [(token["id"], token["name"]) for token in md.toc_tokens]  # type: ignore[attr-defined] # toc's
    assert contents == [("1", "1. Purpose"), ("2", "2. Notification")]
    assert [child["id"] for child in md.toc_tokens[1]["children"]] == ["records"]  # type: ignore[attr-defined]


def test_an_attribute_list_gives_no_heading_another_address() -> None:
    soup = page("## 3. Duty {: #duty .wide }\n\n3.1 Text.\n{: #other .note }")
    heading = soup.find("h2")
    assert isinstance(heading, Tag)
    assert (heading["id"], heading["class"]) == ("3", ["wide"])
    assert find(soup, "3.1").find("p", class_="note") is not None


def test_of_two_paragraphs_with_one_number_the_first_has_the_address() -> None:
    soup = page("1.1 One.\n\n1.1 Two.")
    one, two = soup.select("div.paragraph")
    assert (one["id"], two.get("id")) == ("1.1", None)
    assert two.get_text(strip=True) == "1.1Two."


def test_notes_stand_beside_their_paragraph_only() -> None:
    soup = page("1.1 One.\n\n1.2 *Two*.", notes={"1.2": (Note("Under review"), Note("<New> &amp; due"))})
    notes = soup.select("[data-chapterhouse-note]")
    assert [note.get_text() for note in notes] == [" Under review", " <New> &amp; due"]
    assert all(note.name == "span" and note.has_attr("data-search-exclude") for note in notes)
    assert [note.find_parent("div")["id"] for note in notes] == ["1.2", "1.2"]  # type: ignore[index] # it has one
    assert find(soup, "1.2").get_text().strip() == "1.2 Under review <New> &amp; due Two."
    for note in notes:
        note.decompose()
    assert find(soup, "1.2").get_text().strip() == "1.2 Two."


def test_notes_may_lead_somewhere_and_quiet_ones_stand_below() -> None:
    said = (
        Note("changes on 1 January 2027", "a@changes@4.md#1.1", "what changes in paragraph 1.1"),
        Note("amended 1 April 2026", "a@changes.md#1.1", "every text of paragraph 1.1 & <b>", quiet=True),
    )
    soup = page("1.1 One:\n\n- two;\n- three.\n\n## Next\n\n1.2 Four.", notes={"1.1": said})
    paragraph = find(soup, "1.1")
    loud, quiet = paragraph.select("[data-chapterhouse-note]")
    assert (loud.name, loud["href"]) == ("a", "a@changes@4.md#1.1")
    assert quiet.name == "p"
    assert [child.name for child in paragraph.find_all(recursive=False)] == ["p", "ul", "p"]
    link = quiet.find("a")
    assert isinstance(link, Tag)
    assert link["href"] == "a@changes.md#1.1"
    assert link.get_text().strip() == "amended 1 April 2026: every text of paragraph 1.1 & <b>"
    assert not loud.find("a")
    for note in (loud, quiet):
        assert note.has_attr("data-search-exclude")
        note.decompose()
    assert "".join(paragraph.get_text().split()) == "1.1One:two;three."


def test_footnotes_stand_at_the_end_outside_every_paragraph() -> None:
    soup = page("1.1 One[^a] and again[^a].\n\n[^a]: First.\n\n1.2 Two[^b].\n\n[^b]: Second.\n\n    - a list")
    footnotes = soup.select("section.footnote")
    assert len(footnotes) == 1
    (division,) = footnotes
    assert division.find_parent() is soup
    assert division.find_next_sibling() is None
    assert (division["role"], division["aria-label"]) == ("doc-endnotes", "Footnotes")
    links = division.select("a.footnote-backref")
    assert [link["aria-label"] for link in links] == [
        "Back to footnote 1 in the text",
        "Back to footnote 1 in the text, mention 2",
        "Back to footnote 2 in the text",
    ]
    assert all(soup.find(id=str(link["href"])[1:]) for link in links)


def test_the_phrase_that_marks_the_place_of_footnotes_elsewhere_is_text() -> None:
    soup = page("1.1 One[^a].\n\n///Footnotes Go Here///\n\n[^a]: First.")
    assert "///Footnotes Go Here///" in find(soup, "1.1").get_text()


@pytest.mark.parametrize(
    "text",
    ["<div>\n\n1.1 Inside.\n\n</div>", "1.1 Title\n---\n\nText.", "1.1 | a\n--- | ---\nx | y"],
)
def test_where_markdown_and_the_core_differ_the_number_stays_and_the_wall_is_told(text: str) -> None:
    told: list[tuple[str, str]] = []
    soup = page(text, wall=lambda place, complaint: told.append((place, complaint)))
    body, _ = chapters.read(Source("a.md", text), 0, "sections")
    differs = any(paragraph.anchor not in addresses(soup) for paragraph in body.paragraphs)
    assert differs == any("neither paragraph nor heading" in complaint for _, complaint in told)
    assert "1.1" in soup.get_text()
    assert "\x02" not in soup.get_text()


def test_a_text_without_a_mark_has_the_numbering_of_the_option() -> None:
    def numbers(text: str, **options: object) -> list[str]:
        html = Markdown(extensions=[makeExtension(**options)]).convert(text)
        return [str(tag["id"]) for tag in BeautifulSoup(html, "html.parser").select(".paragraph")]

    assert numbers("1.1 Text.\n\n1.2 More.") == ["1.1", "1.2"]
    assert numbers("1. Text.\n\n2. More.") == []
    assert numbers("1. Text.\n\n2. More.", numbering="continuous") == ["1", "2"]
    assert numbers("1.1 Text.", numbering="none") == []
    assert numbers("1.1 Text.", contexts={}.get) == []
    with pytest.raises(ValueError, match="numbering is one of auto, sections, continuous, none"):
        makeExtension(numbering="letters")


def test_a_mark_without_a_context_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(LookupError, match="core/b"):
        Markdown(extensions=["chapterhouse"]).convert(marked("core/b", "1.1 Text."))
    with pytest.raises(ValueError, match="not a key"):
        marked("core/b\n", "1.1 Text.")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_context_can_bring_what_the_core_found_in_the_whole_file(end: str) -> None:
    head = f"---{end}chapter: '1.1'{end}---{end}{end}"
    text = SECTIONED.replace("\n", end)
    body, _ = chapters.read(Source("a.md", head + text), len(head), "sections")
    assert body.line == 5
    assert page(text, body=body) == page(text)
    with pytest.raises(ValueError, match="body is not that of the text"):
        page(f"Another text.{end}{end}{text}", body=body)


def test_one_converter_renders_one_chapter_after_another() -> None:
    known = {"a": Context("sections"), "b": Context("continuous")}
    md = Markdown(extensions=[ChapterhouseExtension(contexts=known.get)])
    texts = {"a": "1.1 A[^1].\n\n[^1]: x", "b": "1. B."}
    fresh = {}
    for key, text in texts.items():
        fresh[key] = Markdown(extensions=[ChapterhouseExtension(contexts=known.get)]).convert(
            marked(key, text)
        )
    for key in "abab":
        assert md.reset().convert(marked(key, texts[key])) == fresh[key]
