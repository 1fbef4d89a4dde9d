"""Pages between being made and being written: each by its own source, in whatever order MkDocs asks."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from chapterhouse.render import Context
from chapterhouse.site.galley import Galley
from chapterhouse.site.page import SitePage


def superseded(name: str, made: list[weakref.ref[SitePage]]) -> SitePage:
    """A page that is made when it is asked for, and noted in `made`."""
    bare = SitePage(f"{name}.md", f"{name}/", name, hidden=True)

    def write() -> SitePage:
        whole = replace(bare, text="Old.", context=Context(), before=lambda _: f"<h1>{name}</h1>")
        made.append(weakref.ref(whole))
        return whole

    return replace(bare, write=write)


def test_two_pages_in_the_making_are_not_taken_for_one_another() -> None:
    made: list[weakref.ref[SitePage]] = []
    galley = Galley({f"{name}.md": superseded(name, made) for name in ("one", "two")})
    one, two = galley.make("one.md"), galley.make("two.md")
    assert one
    assert two
    assert galley.context("one.md") is one.context
    assert galley.context("two.md") is two.context
    assert [galley.fill(name, "<p>Old.</p>") for name in ("one.md", "two.md")] == ["", ""]
    assert galley.whole("two.md") == "<h1>two</h1><p>Old.</p>"
    assert galley.whole("one.md") == "<h1>one</h1><p>Old.</p>"


def test_a_superseded_page_is_made_once_and_forgotten_when_it_is_packed() -> None:
    made: list[weakref.ref[SitePage]] = []
    galley = Galley({"one.md": superseded("one", made)})
    galley.make("one.md")
    galley.fill("one.md", "<p>Old.</p>")
    gc.collect()
    assert [page() for page in made] == [None]


def test_search_reads_an_excerpt_and_everybody_else_the_page() -> None:
    page = SitePage("one.md", "one/", "One", text="Text.", after=lambda _: "<footer>Law</footer>")
    galley = Galley({"one.md": page})
    html = '<div class="paragraph" id="1.1"><p>Text.</p></div>'
    assert galley.fill("one.md", html) == html
    assert "Text." in galley.excerpt("one.md", html)
    assert galley.whole("one.md") == f"{html}<footer>Law</footer>"


def test_a_source_that_is_no_page_of_ours_is_left_alone() -> None:
    galley = Galley({})
    assert galley.make("else.md") is None
    assert galley.context("else.md") is None
