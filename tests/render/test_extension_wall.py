"""The second wall tells of everything that must not stand in a page, and where."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Literal

import pytest
from markdown import Extension, Markdown
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import SimpleTagPattern

from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.context import Note
from chapterhouse.render.wall import Tags

HARMLESS = """\
## 1. Purpose {: .wide }

1.1 H<sub>2</sub>O, <abbr title="integrated care board">ICB</abbr>, a<br>b, <q>so</q> &nbsp; &amp; a < b > c.
{: .note }

1.2 [Web](https://northmoor.example/a?b=c&d=e#f), <https://northmoor.example>, <office@northmoor.example>,
[mail](mailto:office@northmoor.example), [call](tel:+441632960001), [page](../core/a.md#1.1), [up](#1.1).

![A plan](plan.png "The plan"){: .narrow }

a) x
    ii) y

9. start

| a | b |
|:-:|--:|
| 1 | 2 |

!!! note "Mind"
    Text[^1] and again[^1].

```python
<script>alert(1)</script> & "so"
```

`<b onclick=x>`

[^1]: Note, with `javascript:` in it.
"""


def complaints(text: str, *extensions: str | Extension) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    context = Context("sections", wall=lambda place, complaint: told.append((place, complaint)))
    ours = ChapterhouseExtension(contexts={"a": context}.get)
    Markdown(extensions=[*extensions, ours]).convert(marked("a", text))
    return told


@pytest.mark.parametrize("output", ["xhtml", "html"])
@pytest.mark.parametrize(
    "extensions", [["toc"], [], [TocExtension(permalink=True)], ["pymdownx.superfences"]]
)
def test_what_a_chapter_is_made_of_is_no_fault(
    extensions: list[str | Extension], output: Literal["xhtml", "html"]
) -> None:
    told: list[object] = []
    notes = {"1.1": (Note("New"), Note("Old", "1@changes.md#1.1", "1.1", quiet=True))}
    context = Context("sections", notes=notes, wall=lambda *words: told.append(words))
    ours = ChapterhouseExtension(contexts={"a": context}.get)
    Markdown(extensions=[*extensions, ours], output_format=output).convert(marked("a", HARMLESS))
    assert told == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<script>alert(1)</script>", "<script> may not stand in a page"),
        ("x <script>alert(1)</script> y", "<script> may not stand in a page"),
        ("<ScRiPt src=//evil.example>", "<script> may not stand in a page"),
        ("x <img src=x onerror=alert(1)> y", "the attribute onerror may not stand on <img>"),
        ("<div onclick=alert(1)>x</div>", "the attribute onclick may not stand on <div>"),
        ("<svg/onload=alert(1)>", "<svg> may not stand in a page"),
        ("<iframe src=https://evil.example></iframe>", "<iframe> may not stand in a page"),
        ("<p style='position:fixed'>x</p>", "the attribute style may not stand on <p>"),
        ("x <b>bold</b>", "<b> may not stand in a page"),
        ("x <!-- ask legal --> y", "a comment would be published with the page: ask legal"),
        ("<!--><script>alert(1)</script>-->", "a comment would be published with the page"),
        ("<!doctype html>", "a comment would be published with the page"),
        ("<?php ?>", "a comment would be published with the page"),
        ("<![CDATA[x]]>", "a comment would be published with the page"),
        ("x </div> y", "</div> closes nothing"),
        ("</div>\n\nx", "</div> closes nothing"),
        ("x <sub>y", "<sub> is never closed"),
        ("<div>x", "<div> is never closed"),
        ("<div>x <img src=x onerror=alert(1) ", "a tag is not finished"),
        ("[x](javascript:alert(1))", "javascript: is not an address that a page may lead to"),
        ("[x](JaVa&#115;cript:alert(1))", "javascript: is not an address that a page may lead to"),
        ("[x](&#x6a;avascript&colon;alert(1))", "javascript: is not an address that a page may lead to"),
        ("[x](<java\tscript:alert(1)>)", "javascript: is not an address that a page may lead to"),
        ("[x][y]\n\n[y]: vbscript:x", "vbscript: is not an address that a page may lead to"),
        ("![x](data:image/svg+xml,x)", "data: is not an address that a page may lead to"),
        ("![x](https://evil.example/x.png)", "a picture from another place would be fetched"),
        ("[x](//evil.example)", "an address that starts with // leads to another host"),
        ("<javascript:alert(1)>", "<javascript:alert(1)> may not stand in a page"),
        ("x\n{: onclick=alert(1) }", "the attribute onclick may not stand on <p>"),
        ("x\n{: style=color:red }", "the attribute style may not stand on <p>"),
        ("## x {: onfocus=alert(1) autofocus }", "the attribute onfocus may not stand on <h2>"),
        ("[x](a){: HREF=javascript:alert(1) }", "the attribute HREF may not stand on <a>"),
        ("[x](a){: href=javascript:alert(1) }", "javascript: is not an address that a page may lead to"),
        # A tag inside an attribute list is put back after the attribute has been quoted.
        ("## x {: title='<i x=\" onmouseover=alert(1) \">' }", "HTML may not stand in the attribute title"),
        ("[^1]\n\n[^1]: <script>alert(1)</script>", "<script> may not stand in a page"),
        ("| a |\n|---|\n| <script>x</script> |", "<script> may not stand in a page"),
        ("> <form action=x>y</form>", "<form> may not stand in a page"),
    ],
)
def test_what_must_not_stand_in_a_page(text: str, complaint: str) -> None:
    found = [words for _, words in complaints(text)]
    assert any(words.startswith(complaint) for words in found), found


def test_each_complaint_says_where() -> None:
    text = (
        "x <b>\n\n## 1. A <i>\n\nx <u>\n\n1.1 x <s>y</s>\n\n- z <tt>\n\n1.2 x\n{: onclick=x }\n\n## 2. B\n\n"
        "<center>x</center>\n\n[^1]: <big>\n\n2.1 [^1]"
    )
    told = complaints(text)
    assert [(place, words) for place, words in told if "may not" in words] == [
        ("", "<b> may not stand in a page"),
        ("1", "<i> may not stand in a page"),
        ("1", "<u> may not stand in a page"),
        ("1.1", "<s> may not stand in a page"),
        ("1.1", "<tt> may not stand in a page"),
        ("1.2", "the attribute onclick may not stand on <p>"),
        ("2", "<center> may not stand in a page"),
        ("footnotes", "<big> may not stand in a page"),
    ]


def test_html_that_other_extensions_make_is_looked_at_too() -> None:
    class Blink(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the host's name
            md.inlinePatterns.register(SimpleTagPattern(r"(!!)(.+?)!!", "blink"), "blink", 175)

    assert complaints("1.1 x !!y!!", Blink()) == [("1.1", "<blink> may not stand in a page")]
    assert complaints("<div markdown>\n<i>x</i>\n</div>", "md_in_html")[0][1] == "<i> may not stand in a page"


@pytest.mark.parametrize("html", ["<![x[y]]>", f"<p title='&#{'1' * 5000};'>"])
def test_html_that_cannot_be_read_is_a_complaint(html: str) -> None:
    assert "a tag cannot be read" in Tags(Counter()).read(html)


def test_without_a_context_the_log_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "chapterhouse.render"):
        Markdown(extensions=["chapterhouse"]).convert("1.1 <b>x</b>")
    assert [record.getMessage() for record in caplog.records] == ["1.1: <b> may not stand in a page"]
