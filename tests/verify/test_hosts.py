"""A page asks no other host, and holds nothing that could hide or replace its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<style>section {display: none}</style>", "<style> can hide what the page must show"),
        (
            '<p style="color: white">x</p>',
            "<p> has a style of its own, which can hide what the page must show",
        ),
        ('<p onclick="x()">x</p>', "<p> has a script of its own: onclick"),
        (
            '<meta http-equiv="Refresh" content="0; url=x">',
            "<meta> leads readers to another page by itself",
        ),
        ('<base href="/x/">', "<base> sends every link elsewhere"),
        ("<object></object>", "<object> runs or shows what is not of this site"),
        ("<embed>", "<embed> runs or shows what is not of this site"),
        ("<iframe></iframe>", "<iframe> runs or shows what is not of this site"),
        ('<img src="https://x.example/a.png">', "<img> asks another host: https://x.example/a.png"),
        ('<img src="//x.example/a.png">', "<img> asks another host: //x.example/a.png"),
        ('<img src="\\\\x.example/a.png">', "<img> asks another host: \\\\x.example/a.png"),
        ('<img src=" https://x.example/">', "<img> asks another host:  https://x.example/"),
        ('<img src="http://[">', "<img> asks another host: http://["),
        (
            '<img srcset="a.png 1x, https://x.example/b.png 2x">',
            "<img> asks another host: https://x.example/b.png",
        ),
        (
            '<video poster="https://x.example/a.png"></video>',
            "<video> asks another host: https://x.example/a.png",
        ),
        (
            '<script src="https://x.example/a.js"></script>',
            "<script> asks another host: https://x.example/a.js",
        ),
        ('<link rel="preload" href="https://x.example/">', "<link> asks another host: https://x.example/"),
        ('<link href="https://x.example/">', "<link> asks another host: https://x.example/"),
        (
            '<svg><use xlink:href="https://x.example/#a"/></svg>',
            "<use> asks another host: https://x.example/#a",
        ),
        ('<a href="x" ping="https://x.example/">x</a>', "<a> asks another host: https://x.example/"),
    ],
)
def test_a_page_asks_no_other_host_and_hides_nothing(html: str, reason: str, damage: Damage) -> None:
    assert damage("pages/about/index.html", ("</article>", f"{html}</article>")) == {reason}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://www.legislation.gov.uk/">x</a>',
        '<link rel="canonical" href="https://procedures.northmoor.example/">',
        '<img src="data:image/png;base64,AAAA">',
        '<img srcset="a.png 1x, ../b.png 2x">',
    ],
)
def test_a_page_may_link_and_show_its_own(html: str, damage: Damage) -> None:
    assert damage("pages/about/index.html", ("</article>", f"{html}</article>")) == set()


@pytest.mark.parametrize(
    ("css", "asked"),
    [
        ('@import "https://x.example/a.css";', "https://x.example/a.css"),
        ("@IMPORT url(//x.example/a.css);", "//x.example/a.css"),
        ("p {background: url( 'https://x.example/a.png')}", "https://x.example/a.png"),
        ("p {background: url(a.png)} /* url(https://x.example/) */", ""),
        ("p {background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\")}", ""),
    ],
)
def test_a_style_sheet_asks_no_other_host(css: str, asked: str, damage: Damage, plain: Path) -> None:
    sheet = next(plain.glob("assets/chapterhouse.*.css")).relative_to(plain).as_posix()
    wanted = {f"the style sheet asks another host: {asked}"} if asked else set()
    assert damage(sheet, lambda text: f"{text}\n{css}") == wanted
