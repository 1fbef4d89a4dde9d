"""Pages of others: what is read of them, that it is every word, and that nothing in them does harm."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from bs4.element import CData, PreformattedString, Tag
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.importers.blocks import LARGEST, Block, Document, Loss, RefusedError, Run, in_order, words
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.pages import html

BLOCKS = (
    "p div h2 ul ol li table tr td th blockquote pre nav section dl dt dd body html br hr q"
    " header footer aside"
).split()
"""What stands apart from the words around it, of all that these tests write."""


def read(page: str) -> Document:
    return html.read(page.encode())


def blocks(page: str) -> list[Block]:
    return [part for part in read(page).stretches if isinstance(part, Block)]


def losses(page: str) -> list[tuple[str, str, str]]:
    return [(part.why, part.text, part.remark) for part in read(page).stretches if isinstance(part, Loss)]


def told(page: str) -> list[str]:
    """Each block as one line: its kind and level, its marker, its words."""
    return [f"{block.kind}{block.level} {block.marker}|{block.text}" for block in blocks(page)]


def not_kept(tag: Tag) -> bool:
    return tag.name in ("del", "button", "nav") or tag.has_attr("hidden")


def source_words(soup: BeautifulSoup) -> list[str]:
    """The words of a page by an independent count."""
    for tag in soup(["script", "style"]):
        tag.decompose()
    for tag in soup("img"):
        tag.replace_with(f" {tag.get('alt', '')} ")
    for tag in soup("input"):
        tag.replace_with(f" {tag.get('value', '')} {tag.get('placeholder', '')} ")
    for tag in soup("a", title=True)[:1]:
        tag.insert_before(f" {tag['title']} ")
    for tag in soup.find_all(not_kept):
        if not tag.get_text().strip() and tag.name not in BLOCKS:
            tag.decompose()
    for tag in soup.find_all():
        if tag.name in BLOCKS or not_kept(tag):
            tag.insert(0, " ")
            tag.append(" ")
            tag.insert_before(" ")
            tag.insert_after(" ")
    texts = soup.find_all(
        string=lambda text: isinstance(text, CData) or not isinstance(text, PreformattedString)
    )
    return words("".join(texts))


# --- The law: every word, once, in order ---

TEXTS = st.text("abcéß 1.\n•&<\u00a0", min_size=1, max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
EMPTY = st.sampled_from(
    (
        "<br>",
        "<hr>",
        '<input placeholder="Type here">',
        '<img src="a/map.png" alt="A map">',
        '<input type=submit value="Go on">',
        "<!-- no -->",
    )
)
INLINE = (
    "b",
    "em",
    "sup",
    "span",
    "a href=/x",
    "a href=/x title=Tipped",
    "a href=javascript:x",
    "span hidden",
    "del",
    "q",
    "font style=font-weight:700",
)
BLOCK = (
    *(
        "p",
        "div",
        "h2",
        "blockquote",
        "pre",
        "section",
        "section hidden",
        "nav",
        "dl",
        "dt",
        "dd",
        "td",
        "li",
        "script",
    ),
    *("header", "footer class=c", "aside", "div class=menu", "p class=breadcrumb", "div id=cookie-bar"),
    *("ul", "ol type=a start=3", "ol reversed", "table", "tr", "td rowspan=2 colspan=2", "th", "button"),
)


@st.composite
def elements(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    """An element with others in it; of one in five the end is left out, as authors do."""
    start = draw(st.sampled_from((*INLINE, *BLOCK)))
    name = start.split()[0]
    end = (
        ""
        if draw(st.integers(0, 4)) == 0 and name not in ("script", "button", "nav", "del")
        else f"</{name}>"
    )
    return f"<{start}>{draw(inside)}{end}"


PAGES = st.recursive(
    TEXTS | EMPTY, lambda inner: st.lists(inner | elements(inner), max_size=5).map("".join), max_leaves=40
)


@given(PAGES)
def test_every_word_of_a_page_stands_in_it_once_and_in_order(page: str) -> None:
    document = read(page)
    assert list(in_order(document.stretches)) == source_words(html.parsed(page))
    for block in flat(document.stretches):
        assert all(len(row) == len(block.rows[0]) for row in block.rows)


def flat(parts: tuple[Block | Loss, ...]) -> Iterator[Block]:
    """All blocks, those in cells too."""
    for part in parts:
        if isinstance(part, Block):
            yield part
            for row in part.rows:
                for cell in row:
                    yield from flat(cell.blocks)


def test_the_law_of_words_would_notice_a_word_that_is_missing_doubled_or_moved() -> None:
    page = "<p>one <del>two</del> three<p>four"
    parts = read(page).stretches
    assert list(in_order(parts)) == source_words(html.parsed(page)) == ["one", "two", "three", "four"]
    for wrong in (parts[1:], (*parts, parts[-1]), parts[::-1]):
        assert list(in_order(wrong)) != source_words(html.parsed(page))


def test_what_is_lost_within_a_word_stands_between_its_halves() -> None:
    parts = read("<p>safe<del>ty</del>guarding").stretches
    assert [part.text for part in parts] == ["safeguarding", "ty"]
    assert list(in_order(parts)) == ["safe", "ty", "guarding"]


# --- What is understood ---


def test_headings_paragraphs_quotes_code_and_breaks() -> None:
    page = """<h2>1. Purpose</h2><div role=heading aria-level=4>Part</div>1.1 The <b>partners</b>
      agree<br>to meet.<blockquote>Said<blockquote>before</blockquote></blockquote><pre>a
  b</pre>"""
    assert told(page) == [
        "heading2 |1. Purpose",
        "heading4 |Part",
        "paragraph1 |1.1 The partners agree to meet.",
        "quote1 |Said",
        "quote2 |before",
        "code1 |a b",
    ]
    paragraph, code = blocks(page)[2], blocks(page)[-1]
    assert paragraph.runs == (Run("1.1 The "), Run("partners", strong=True), Run(" agree\nto meet."))
    assert code.runs == (Run("a\n  b"),)
    assert [block.place for block in blocks(page)][:3] == ["line 1", "line 1", "line 1"]


def test_lists_have_the_markers_that_a_browser_shows() -> None:
    page = """<ul><li>one<li>two<ol type=a start=3><li>deep<p>more</p></li><li>deeper</ol><li>three</ul>
      <ol type=I><li>x<li value=4>y</ol><ol reversed><li>x</li><li>y</li></ol>
      <ol style="list-style-type:lower-roman"><li>z</ol>"""
    assert told(page) == [
        "item1 •|one",
        "item1 •|two",
        "item2 c)|deep",
        "item2 |more",
        "item2 d)|deeper",
        "item1 •|three",
        *("item1 I)|x", "item1 IV)|y", "item1 2.|x", "item1 1.|y", "item1 i)|z"),
    ]
    assert all(block.automatic is bool(block.marker) for block in blocks(page))


def test_a_term_is_an_item_with_what_it_means() -> None:
    page = """<dl><dt>Absent<dd>Not there.<p>Nor known.</p><dt>Missing<dt>Lost<dd>Not <ul><li>seen</ul></dl>
      <dl><dd>First</dd><dt><b>1.1 Duty</b></dt><dd>1.2 Of all</dd></dl><dt>Alone"""
    assert told(page) == [
        *("item1 •|Absent", "item1 |Not there.", "item1 |Nor known.", "item1 •|Missing", "item1 •|Lost"),
        *("item1 |Not", "item2 •|seen"),
        *("paragraph1 |First", "paragraph1 |1.1 Duty", "paragraph1 |1.2 Of all", "paragraph1 |Alone"),
    ]
    assert [block.runs[0].strong for block in blocks(page)][:5] == [True, False, False, True, True]


def test_a_list_goes_on_after_one_inside_it() -> None:
    page = "<ol><li>first<li>second<ul><li>nested</ul><li>third</ol>"
    assert told(page) == ["item1 1.|first", "item1 2.|second", "item2 •|nested", "item1 3.|third"]


def test_two_ends_of_lines_part_paragraphs() -> None:
    page = """<p>1.1 One<br>line.<br> <br><b>1.2 Two.<br><br><br></b>Three<del>four</del><br><br>
      <h2>Head<br><br>ing</h2><ul><li>a<br><br>b<li>c</ul><pre>x<br><br>y</pre><table><tr><td>d<br><br>e</table>"""
    assert told(page)[:-1] == [
        *("paragraph1 |1.1 One line.", "paragraph1 |1.2 Two.", "paragraph1 |Three"),
        *("heading2 |Head ing", "item1 •|a", "item1 |b", "item1 •|c", "code1 |x y"),
    ]
    assert [block.text for block in blocks(page)[-1].rows[0][0].blocks] == ["d", "e"]


def test_tables_keep_their_grid_and_what_is_in_their_cells() -> None:
    page = """<table><caption>Duties</caption><tr><th>Body<th colspan=2>Duty<tr><td
      rowspan=2>Police<td><ul><li>one<li>two</ul>
      <td>z<tr><td>q<table><tr><td>in<td>ner</table><td>w</table>"""
    caption, table = blocks(page)
    assert caption.text == "Duties"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Body", "Duty", ""],
        ["Police", "• one • two", "z"],
        ["", "q in ner", "w"],
    ]
    assert [block.kind for block in table.rows[2][1].blocks] == ["paragraph", "table"]


def test_tables_deep_in_one_another_become_paragraphs_of_the_innermost_that_is_kept() -> None:
    page = "<table><tr><td>a" * 12
    assert list(in_order(read(page).stretches)) == ["a"] * 12
    depth, cells = 0, [*blocks(page)]
    while tables := [block for block in cells if block.kind == "table"]:
        depth += 1
        cells = [block for table in tables for row in table.rows for cell in row for block in cell.blocks]
    assert depth == 6


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<sup><a href="#fn1">1</a></sup>', '<ol><li id="fn1">Text <a href="#r">↩</a></ol>'),
        (
            '<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>',
            '<ol><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> Text</ol>',
        ),
        (
            '<a href="#_ftn1" name="_ftnref1">[1]</a>',
            '<div><p><a href="#_ftnref1" name="_ftn1">[1]</a> Text</p></div>',
        ),
        ('<a href="#fn:1" id="r"><sup>1</sup></a>', '<div id="fn:1"><p>Text</p></div>'),
    ],
    ids=["plain", "wikipedia", "word", "pandoc"],
)
def test_marks_of_footnotes_know_their_notes(mark: str, note: str) -> None:
    paragraph, text = blocks(f"<p id=r>The Act{mark} says.</p>{note}")
    (marked,) = [run for run in paragraph.runs if run.mark]
    assert marked.raised
    assert (text.kind, text.text, text.name) == ("note", "Text", marked.mark)


def test_a_link_to_a_section_is_no_mark_of_a_footnote() -> None:
    page = """<p><a href="#s1">1</a> <a href="#s1">Purpose</a><h2 id=s1>Purpose</h2>
      <p id=x>See<sup><a href="#x">1</a></sup>"""
    assert not [run for block in blocks(page) for run in block.runs if run.mark]
    assert {run.href for block in blocks(page) for run in block.runs} == {"", "#s1", "#x"}


def test_word_writes_the_markers_of_its_lists_into_the_text() -> None:
    page = """<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
      style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
      </span></span></span><![endif]>Item</p>
      <p style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>1.1<span>&nbsp;
      </span></span>Paragraph<o:p></o:p></p>"""
    item, paragraph = blocks(page)
    assert (item.kind, item.level, item.marker, item.automatic, item.text) == ("item", 2, "·", False, "Item")
    assert (paragraph.kind, paragraph.marker, paragraph.text) == ("paragraph", "", "1.1 Paragraph")


def test_google_writes_each_level_of_a_list_as_a_list_by_itself() -> None:
    page = """<b style="font-weight:normal"><ul class="lst-kix_a1-0"><li>one</ul><ul
      class="lst-kix_a1-1"><li><span
      style="font-weight:700">two</span></ul></b>"""
    assert told(page) == ["item1 •|one", "item2 •|two"]
    assert [block.runs[0].strong for block in blocks(page)] == [False, True]


def test_what_is_not_kept_is_listed_with_why_and_where() -> None:
    page = """<title>Manual</title><script>var x</script><nav><p>Home<p>Top</nav><p hidden>a<p>kept <span
      style="display: none">b</span> <s>c</s> <img src="p/map.png?x" alt="d"> <img src="data:x">
      <select><option>e</select>
      <template>f</template><iframe src=//x></iframe><a href="JavaScript:g()">h</a><![CDATA[i]]>"""
    assert losses(page) == [
        ("furniture", "Manual", "The title of the window."),
        ("furniture", "Home Top", ""),
        ("hidden", "a", ""),
        ("hidden", "b", ""),
        ("deleted", "c", "It is struck through in the source."),
        ("picture", "d", "The picture map.png is not kept."),
        ("picture", "", "A picture is not kept."),
        ("furniture", "e", ""),
        ("hidden", "f", ""),
        ("unread", "", "What a frame, a film or a program shows is not fetched."),
        ("markup", "", "The link to “JavaScript:g()” is left out: a page may not link there."),
        ("hidden", "i", ""),
    ]
    document = read(page)
    assert [part.text for part in document.stretches if isinstance(part, Block)] == ["kept h"]
    assert document.stretches[1].place == "line 1"
    assert document.remarks == ("Scripts and style sheets are left out: 1.",)


SITE = """<title>Manual</title><div id=cookie-banner><h2>Cookies</h2><p>We use cookies.</p></div>
<header class=top><img src=x alt=Crest>Northmoor procedures</header><ul class="menu left"><li><a
href=a>Home</a><li><a href=b>2.5 Core</a></ul><p class=breadcrumb><a href=a>Home</a> &gt; Missing</p>
<div class=contents><b>Contents</b><ol><li><a href=#a>Definitions list</a></ol></div>"""


def test_what_a_site_shows_on_all_its_pages_is_furniture() -> None:
    text = "<h1>2.2 Missing</h1><p>1.1 A child who goes missing is reported to the police at once.</p>" * 3
    page = f"{SITE}<main>{text}</main><aside><a href=c>Related</a></aside><div id=footer>© Northmoor</div>"
    assert [block.text for block in blocks(page)] == [block.text for block in blocks(text)]
    assert [loss for loss in losses(page) if loss[0] == "furniture"] == [
        ("furniture", "Manual", "The title of the window."),
        ("furniture", "Cookies We use cookies.", ""),
        ("furniture", "Crest Northmoor procedures", ""),
        ("furniture", "Home 2.5 Core", ""),
        ("furniture", "Home > Missing", ""),
        ("furniture", "Contents Definitions list", "The list of contents, which is made anew."),
        ("furniture", "Related", ""),
        ("furniture", "© Northmoor", ""),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<div class=header><h1>2.2 Missing</h1></div>",
        "<div class=header>1. Definitions</div><p>a</p><div class=header>2. Duties</div>",
        "<header><h2>2.2 Missing</h2></header>",
        "<blockquote>Said<footer>by the panel</footer></blockquote>",
        "<aside>Ring 999 first.</aside>",
        "<ul class=menu><li>Breakfast<li>Lunch</ul>",
        "<div class=sidebar><a href=x>1.1 The duty officer is told.</a></div>",
        "<div class=footer>1.1 The duty officer is told.</div>",
        '<sup><a href="#fn1">1</a></sup><footer><p id=fn1>See the Act.</footer>',
        "<div class=contents><h2>Contents of the file</h2>What a file holds: <a href=x>letters</a>.</div>",
    ],
)
def test_what_is_only_called_by_the_names_of_furniture_is_kept(page: str) -> None:
    around = "<p>Words of the page that are more than those.</p>" * 5
    assert [loss for loss in losses(page + around) if loss[0] == "furniture"] == []


def test_the_name_of_a_page_is_no_menu_that_holds_all_of_it() -> None:
    assert told("<div class='page sidebar menu'><a href=x>Missing children</a>") == [
        "paragraph1 |Missing children"
    ]


def test_what_links_and_inputs_say_beside_their_words_is_listed_once() -> None:
    page = """<p><a href=x title="What is meant">Here</a> <a href=y title="What is meant">there</a>
      <a href=z title="here">Here</a> <input placeholder="Your postcode">
      <textarea placeholder=Why>No</textarea>"""
    assert losses(page) == [
        ("hidden", "What is meant", "What a link says of itself to those who point at it."),
        ("furniture", "Your postcode", ""),
        ("furniture", "Why No", ""),
    ]


def test_a_lowered_sign_stays_in_its_word() -> None:
    assert told("<p>CO<sub>2</sub> and H<sub>2</sub>O") == ["paragraph1 |CO2 and H2O"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://northmoor.example/a", "https://northmoor.example/a"),
        ("../2-2/", "../2-2/"),
        ("#s1", "#s1"),
        ("mailto:a@northmoor.example", "mailto:a@northmoor.example"),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        (r"C:\manual\a.doc", ""),
    ],
)
def test_links_lead_only_where_a_page_may(address: str, kept: str) -> None:
    (block,) = blocks(f'<p><a href="{address}">x</a>')
    assert block.runs == (Run("x", href=kept),)


@pytest.mark.parametrize(
    "content",
    [
        "<p>Häuser “so”".encode(),
        "\ufeff<p>Häuser “so”".encode(),
        "<p>Häuser “so”".encode("cp1252"),
        "<meta charset=iso-8859-1><p>Häuser “so”".encode("cp1252"),
        '<meta http-equiv=Content-Type content="text/html; charset=utf-8"><p>Häuser “so”'.encode(),
        "\ufeff<p>Häuser “so”".encode("utf-16-le"),
        "<html><body><p>Häuser “so”".encode("utf-16-be"),
    ],
    ids=["utf-8", "bom", "cp1252", "latin", "declared", "utf-16-bom", "utf-16"],
)
def test_every_usual_encoding_is_told(content: bytes) -> None:
    document = html.read(content)
    assert [part.text for part in document.stretches] == ["Häuser “so”"]
    guessed = content == "<p>Häuser “so”".encode("cp1252")
    assert [remark[:42] for remark in document.remarks] == (
        ["The file does not say how its letters are "] if guessed else []
    )


@pytest.mark.parametrize(
    ("content", "text", "remark"),
    [
        (
            "<p>A “fee” of £5.\n<p>Caf".encode() + b"\xe9",
            ["A “fee” of £5.", "Café"],
            "One sign is not in the encoding of the rest (UTF-8): compare line 2 with the document.",
        ),
        (
            "<p>A “fee”\n<p>of £5".encode() + b"\xe2\x80",
            ["A “fee”", "of £5â€"],
            "2 signs are not in the encoding of the rest (UTF-8): compare line 2 with the document.",
        ),
    ],
)
def test_one_odd_byte_spoils_no_other(content: bytes, text: list[str], remark: str) -> None:
    document = html.read(content)
    assert [part.text for part in document.stretches] == text
    assert document.remarks == (remark,)


# --- Harm ---


@pytest.mark.parametrize(
    "page",
    [
        *(
            "<div>" * 40_000 + "x",
            "<p>x" * 20_000,
            "<table><tr><td>" * 13_000 + "x",
            "<table>" + "<td>x" * 20_000,
        ),
        *("<!--" * 40_000, "<!-- >" * 40_000, "<![CDATA[" * 40_000, "<![CDATA[ >" * 20_000, "<![x>" * 40_000),
        *("<a " * 40_000, '<a b="' * 40_000, "</" * 40_000, "<?x " * 40_000, "<" * 190_000, "&" * 400_000),
        "<table><tr>" + "<td colspan=1000 rowspan=60000>x" * 2000 + "<tr><td>" * 2000,
        "<p style='" + "text-decoration:" * 60_000 + "'>x",
        "<meta " + "charset" * 1_000_000,
        "<p>x" + "<i> </i><span style='mso-list:Ignore'> </span>" * 10_000,
        " " * 10_000_000 + "x",
        f"<style>{'.a,' * 1_000_000}.a{{font-weight:{'b' * 4_000_000}}}</style><p class=a>x",
    ],
    ids=lambda page: page[:12],
)
def test_no_page_takes_more_than_seconds(page: str) -> None:
    start = time.process_time()
    read(page)
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b" " * (LARGEST["page"] + 1), "bytes"),
        (b"<" * (2 * html.MOST_ELEMENTS + 1), "elements"),
        (b"&" * (html.MOST_ENTITIES + 1), "signs"),
        (b"<p " + b"a=b/" * (html.MOST_STRETCHES + 2), "attributes"),
    ],
)
def test_a_page_that_is_too_large_is_refused_in_one_line(content: bytes, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as refused:
        html.read(content)
    assert "\n" not in str(refused.value)


SEEDS = (
    """<html><title>Manual</title><body><nav>Home</nav><h1>2.2 Referrals</h1><p>1.1 The <b>partners</b><sup><a
    href="#fn1">1</a></sup> agree.<ul><li>one<ol type=i><li>two</ol></ul><table><tr><th rowspan=2>A<td
      colspan=3>B<tr><td>C</table>
    <blockquote>Q</blockquote><pre>x
    y</pre><img src=a.png alt="A map"><span style="display:none">no</span><ol><li id=fn1>Note</ol>""",
    """<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
      style='mso-list:Ignore'>·</span><![endif]>
    Item<o:p></o:p></p><!--[if gte mso 9]><xml></xml><![endif]--><a href="#_ftn1"
      name="_ftnref1">[1]</a><div id=ftn1><p><a
    href="#_ftnref1" name="_ftn1">[1]</a> Note</p></div><textarea>t</textarea><![CDATA[c]]><?php x
      ?><svg><text>s</text></svg>""",
)
PIECES = (
    *(
        "<",
        ">",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!",
        "<table>",
        "</table>",
        "<td>",
        "<p>",
        "</p>",
        "<li>",
        "\0",
        "&#x110000;",
    ),
    *(
        "<script>",
        "<title>",
        "<a href='#fn1'>",
        "</a>",
        "<sup>",
        "\ufeff",
        "&",
        "&#0;",
        "<ol start=99999999999>",
        "<td colspan=0>",
    ),
)


def mutated(source: str, dice: random.Random) -> bytes:
    """A page after some accidents."""
    for _ in range(dice.randint(1, 8)):
        first, second = sorted((dice.randrange(len(source) + 1), dice.randrange(len(source) + 1)))
        match dice.randrange(4):
            case 0:
                source = source[:first] + dice.choice(PIECES) + source[first:]
            case 1:
                source = source[:first] + source[min(second, first + 20) :]
            case 2:
                source = source[:second] + source[first:second][:200] + source[second:]
            case _:
                source = source[:first] + chr(dice.randrange(0x3000)) + source[first + 1 :]
    content = bytearray(source.encode(dice.choice(("utf-8", "utf-16", "cp1252")), "replace"))
    for _ in range(dice.randrange(4)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def test_two_thousand_broken_pages_are_all_read() -> None:
    dice = random.Random(6)
    start = time.process_time()
    for number in range(2000):
        content = mutated(SEEDS[number % len(SEEDS)], dice)
        document = html.read(content)
        text, _ = decoded(content)
        assert "".join(in_order(document.stretches)) == "".join(source_words(html.parsed(text)))
    assert time.process_time() - start < 120


def test_a_list_that_counts_down_and_closes_no_item() -> None:
    page = "<ol reversed><li>x<ul><li>in</ul><li>y<li>z</ol>"
    assert told(page) == ["item1 3.|x", "item2 \N{BULLET}|in", "item1 2.|y", "item1 1.|z"]


def test_words_are_dressed_by_their_class() -> None:
    """As Google Docs writes it; not whole paragraphs, not on some media only, not by more than a class."""
    page = """<style><!-- .a{color:red;font-weight:700}
      .b, span.c{font-style:italic} .up{vertical-align:super} .a{font-weight:400;} .d{font-weight:700}
      @media print{.e{font-weight:700}} p .f{font-weight:700}</style>
      <p class=d><span class="x d">bold</span> <span class="d a">both</span> <span class="a d">again</span>
      <span class="b d">slanted</span> <i class=c style="font-style:normal">not</i> <sup class=e>e</sup>
      <span class=f>f</span> <span class=up>up</span>"""
    (block,) = blocks(page)
    assert block.runs == (
        *(Run("bold", strong=True), Run(" "), Run("both", strong=True), Run(" ")),
        *(Run("again", strong=True), Run(" ")),
        Run("slanted", strong=True, emphasis=True),
        Run(" not "),
        Run("e", raised=True),
        Run(" f "),
        Run("up", raised=True),
    )


def test_the_meaning_of_an_abbreviation_is_listed_once() -> None:
    page = (
        '<p>The <abbr title="Local Authority">LA</abbr> and <abbr title="Local Authority">LA</abbr> <abbr>x'
    )
    assert losses(page) == [("hidden", "Local Authority", "What an abbreviation is short for.")]
    assert told(page) == ["paragraph1 |The LA and LA x"]
