"""The author's visible text, character for character: our page against plain Markdown, block by block."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from chapterhouse import chapters
from chapterhouse.model import Numbering, Source
from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.context import Note
from chapterhouse.render.footnotes import OPTIONS
from chapterhouse.render.lists import add_lists

PHRASES = (
    "The child's social worker",
    "*must* tell",
    "**without delay**",
    "see paragraph 1.1",
    "see *paragraph 2.3* and **section 2** above",
    "chapter 2.2, paragraph 1.4, paragraphs 1.2 and\n1.3",
    "`paragraph 1.1`",
    "[paragraph 1.2](https://northmoor.example/?a=1&b=2)",
    "R&D at 7\\.30 pm (5 < 6 > 4)",
    "cafe\u0301 \u2013 \u201cwithin\u00a024\u00a0hours\u201d",
    "under s.47 & s\\*17",
    "H<sub>2</sub>O &amp; &lt;b&gt; &copy; &#8212;",
    "3.4 is no number here, nor is 12. or (a)",
    "[^1]",
    "\u0635\u062d\u0629 \u0627\u0644\u0637\u0641\u0644",
    "a_b_c __init__ ~ ^ | \\| \\# \\- {braces} {: .x}",
    "\\\\ \\` \\* STX",
)
SPACES = (" ", "  ", "\u00a0", "\t")
SENTENCES = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4).map(" ".join)


def blocks(numbering: Numbering) -> st.SearchStrategy[str]:
    """Blocks that may follow a number. None of them runs into the one before."""
    one_line = SENTENCES.map(lambda text: text.replace("\n", " "))
    cells = one_line.map(lambda text: text.replace("\\|", "").replace("|", ""))
    return st.one_of(
        one_line.map(lambda text: f"Further: {text}"),
        st.tuples(one_line, one_line).map(lambda pair: f"- {pair[0]}\n- {pair[1]}\n    1. {pair[1]}"),
        st.tuples(one_line, one_line).map(lambda pair: f"a) {pair[0]}\n    i) {pair[1]}\n    ii) x\nb) y"),
        st.tuples(cells, cells).map(lambda pair: f"| A | B |\n|---|--:|\n| {pair[0]} | {pair[1]} |"),
        one_line.map(lambda text: f"> Quoted: {text}\n>\n> - and a list"),
        one_line.map(lambda text: f'!!! note "Mind"\n\n    {text}\n\n    9.9 no number'),
        one_line.map(lambda text: f"```\n1.1 {text}\n\n1.2 x\n```"),
        one_line.map(lambda text: f"        {text}")
        if numbering == "none"
        else one_line.map("Then: {}".format),
    )


@st.composite
def texts(draw: st.DrawFn, numbering: Numbering) -> tuple[str, list[str]]:
    """A chapter, and its blocks with each number escaped, so that plain Markdown leaves it alone."""
    parts: list[str] = []
    plain: list[str] = []
    for number in range(1, draw(st.integers(1, 5))):
        if draw(st.booleans()):
            parts.append(
                f"## {number}. Heading *{number}*" if numbering == "sections" else f"### Part {number}"
            )
            plain.append(parts[-1])
        printed = f"{number}.{number}A" if numbering == "sections" else f"{number}."
        text = draw(st.sampled_from(SPACES)) + "It reads: " + draw(SENTENCES)
        parts.append(printed + text)
        # A tab is as wide as its column says, which the escape moves.
        plain.append((printed + text).expandtabs(4).replace(printed, printed.replace(".", "\\."), 1))
        for block in draw(st.lists(blocks(numbering), max_size=3)):
            parts.append(block)
            plain.append(block)
    parts.append("[^1]: A note, see paragraph 1.1A.")
    return "\n\n".join(parts), plain


def plain_lines(blocks: list[str]) -> list[str]:
    """What plain Markdown with the same bundle makes of each block, as lines of text."""
    md = Markdown(
        extensions=["tables", "footnotes", "attr_list", "admonition", "fenced_code"],
        extension_configs={"footnotes": OPTIONS},
    )
    add_lists(md)
    lines = []
    for block in blocks:
        html = md.reset().convert(f"{block}\n\n[^1]: x")
        soup = BeautifulSoup(html, "html.parser")
        for note in soup.select("div.footnote"):
            note.decompose()
        lines += text_lines(soup)
    return lines


def text_lines(soup: BeautifulSoup) -> list[str]:
    return [line for line in soup.get_text().split("\n") if line.strip()]


def our_lines(text: str, context: Context) -> list[str]:
    md = Markdown(extensions=[ChapterhouseExtension(contexts={"a": context}.get)])
    soup = BeautifulSoup(md.convert(marked("a", text)), "html.parser")
    for note in soup.select("[data-chapterhouse-note], section.footnote"):
        note.decompose()
    return text_lines(soup)


def context_with_everything(numbering: Numbering) -> Context:
    """Links every reference and notes every paragraph."""
    both = (Note("Under review"), Note("amended", "a@changes.md#1", "every text", quiet=True))
    notes = {f"{n}.{n}A" if numbering == "sections" else str(n): both for n in range(9)}
    return Context(numbering, lambda reference: f"#{reference.paragraph}", notes, lambda *_: None)


@settings(deadline=None, max_examples=60)
@given(texts("sections"))
def test_sectioned(case: tuple[str, list[str]]) -> None:
    text, plain = case
    assert our_lines(text, context_with_everything("sections")) == plain_lines(plain)


@settings(deadline=None, max_examples=60)
@given(texts("continuous"))
def test_continuous(case: tuple[str, list[str]]) -> None:
    text, plain = case
    assert our_lines(text, context_with_everything("continuous")) == plain_lines(plain)


LINES = (
    "## 1. One",
    "### Two",
    "# Three {: .wide }",
    "1.1 text",
    "1.2\u00a0more",
    "2.1A x",
    "23. text",
    "24. more",
    "25.",
    "- item",
    "    - nested",
    "a) item",
    "    text",
    "text",
    "> quote",
    "| a | b |",
    "|---|---|",
    "```",
    "~~~",
    "---",
    "===",
    "!!! note",
    "[^1]: note",
    "[x]: https://northmoor.example/",
    "<div>",
    "</div>",
    "<!-- c",
    "-->",
    "`code",
    "",
    "",
    "",
    " ",
    "\t",
    "\u00a0",
    "{: .wide }",
    "* * *",
    "\\",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["sections", "continuous", "none"]))
def test_whatever_the_lines_no_number_is_lost_in_silence(lines: list[str], numbering: Numbering) -> None:
    text = "\n".join(lines)
    told: list[tuple[str, str]] = []
    context = Context(numbering, wall=lambda *words: told.append(words))
    md = Markdown(extensions=["toc", ChapterhouseExtension(contexts={"a": context}.get)])
    html = md.convert(marked("a", text))
    assert "\x02" not in html
    body, _ = chapters.read(Source("a.md", text), 0, numbering)
    expected = {section.anchor for section in body.sections} | {p.anchor for p in body.paragraphs}
    found = set(re.findall(r'<(?:h[1-6]|div)(?: class="[^"]*")? id="([^"]*)"', html))
    missing = expected - found
    assert not missing or any("neither paragraph nor heading" in complaint for _, complaint in told)
