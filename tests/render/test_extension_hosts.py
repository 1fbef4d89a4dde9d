"""The extension alone, one line in mkdocs.yml, under each host: the same anchors, and no false alarm."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from material.plugins.search.plugin import Parser

from chapterhouse import chapters
from chapterhouse.model import Numbering, Source
from chapterhouse.render import ChapterhouseExtension, Context, marked
from chapterhouse.render.context import Note

SETTINGS = """\
site_name: Northmoor
site_url: https://northmoor.example/
validation: {{anchors: warn, unrecognized_links: warn, absolute_links: warn}}
markdown_extensions: [chapterhouse]
{theme}
"""
THEME = "theme: {name: null, custom_dir: theme}\n"
PAGE = (
    "<article>{{ page.content }}</article><nav>{% for item in page.toc %}"
    '<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>'
)
SECTIONED = """\
## 1. Purpose

1.1 See paragraph 1.2, [the other](b.md#2.1), [section](b.md#2) and [this](#1.2)[^1].

- one

1.2 Next.

| a | b |
|---|--:|
| 1 | 2 |

[^1]: Note, see paragraph 1.1.
"""
OTHER = "## 2. Duties\n\n2.1 See [paragraph 1.2](a.md#1.2).\n\n### 2.2 is no paragraph\n"
CONTINUOUS = "## Purpose\n\n23. The partners are:\n- one\n\n    a) two\n\n24. See paragraph 23.\n"
PLAIN = "## 1. Purpose\n\n1.1 is no number on a page, see [a](core/a.md#1.1).\n"


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(root: Path, *command: str) -> str:
    """Build the site, and return what the host said."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def page(root: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((root / "site" / name / "index.html").read_text("utf-8"), "html.parser")


def addresses(soup: BeautifulSoup) -> list[str]:
    return [str(tag["id"]) for tag in soup.select("article h2[id], article h3[id], article div.paragraph")]


def core(text: str, numbering: Numbering) -> list[str]:
    body, _ = chapters.read(Source("a.md", text), 0, numbering)
    places = [(s.line, s.anchor) for s in body.sections] + [(p.line, p.anchor) for p in body.paragraphs]
    return [anchor for _, anchor in sorted(places)]


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_mkdocs_knows_our_anchors_and_our_contents(host: str, tmp_path: Path) -> None:
    if importlib.util.find_spec(host) is None:
        pytest.skip(f"{host} is not installed")
    sound = {
        "docs/core/a.md": SECTIONED,
        "docs/core/b.md": OTHER,
        "docs/index.md": PLAIN.replace("1.1 is", "It is"),
    }
    write(tmp_path, sound | {f"{host}.yml": SETTINGS.format(theme=THEME), "theme/main.html": PAGE})
    said = build(tmp_path, host, "build", "--strict")
    assert "WARNING" not in said
    soup = page(tmp_path, "core/a")
    assert addresses(soup) == core(SECTIONED, "sections") == ["1", "1.1", "1.2"]
    assert [(link["href"], link.get_text()) for link in soup.select("nav a")] == [("#1", "1. Purpose")]
    links = {link.get_text(): link["href"] for link in soup.select("article p a")}
    assert links["paragraph 1.2"] == "#1.2"
    assert links["the other"] == "../b/#2.1"
    assert soup.find("th", style=True) is None

    write(tmp_path, {"docs/core/b.md": OTHER + "\n2.3 [Broken](a.md#9.9), [broken too](#2.9).\n"})
    said = build(tmp_path, host, "build")
    assert said.count("WARNING") == 2
    assert "does not contain an anchor '#9.9'" in said
    assert "there is no such anchor on this page" in said


def test_zensical_finds_the_same_anchors(tmp_path: Path) -> None:
    pytest.importorskip("zensical", reason="Zensical is not installed: it has no release for this platform")
    head = '---\nchapter: "1.{}"\ntitle: Duties\nnumbering: {}\n---\n\n'
    files = {
        "mkdocs.yml": SETTINGS.format(theme="theme: {name: material, font: false}"),
        "docs/index.md": f"---\ntitle: Home\n---\n\n{PLAIN}",
        "docs/core/a.md": '---\nchapter: "1.1"\ntitle: Duties\n---\n\n' + SECTIONED,
        "docs/core/b.md": head.format(2, "sections") + OTHER,
        "docs/core/c.md": head.format(3, "continuous") + CONTINUOUS,
        "docs/core/d.md": head.format(4, "none") + CONTINUOUS,
    }
    write(tmp_path, files)
    said = build(tmp_path, "zensical", "build", "--clean", "--strict")
    assert "arning" not in said
    assert addresses(page(tmp_path, "core/a")) == core(SECTIONED, "sections") == ["1", "1.1", "1.2"]
    assert addresses(page(tmp_path, "core/b")) == core(OTHER, "sections")
    soup = page(tmp_path, "core/c")
    assert addresses(soup) == core(CONTINUOUS, "continuous") == ["purpose", "23", "24"]
    paragraph = soup.find("div", id="23")
    assert paragraph is not None
    assert [li.get_text(strip=True) for li in paragraph.select("ul li, ol li")] == ["onetwo", "two"]
    assert [link["href"] for link in soup.select("article a.reference")] == ["#23"]
    assert addresses(page(tmp_path, "core/d")) == ["purpose"]
    assert addresses(page(tmp_path, ".")) == ["1-purpose"]


def test_notes_are_not_found_by_the_search_of_material() -> None:
    known = {"a": Context("sections", notes={"1.1": (Note("Under review"),)})}
    html = Markdown(extensions=[ChapterhouseExtension(contexts=known.get)]).convert(marked("a", SECTIONED))
    assert "Under review" in BeautifulSoup(html, "html.parser").get_text()
    parser = Parser()
    parser.feed(html)
    parser.close()
    words = "".join("".join(section.text) for section in parser.data)
    assert "1.1 See paragraph 1.2" in words
    assert "Under review" not in words


@pytest.mark.parametrize("after", [False, True])
def test_extensions_that_the_site_names_itself_change_nothing(*, after: bool) -> None:
    own = ["tables", "footnotes", "attr_list", "admonition", "fenced_code"]
    html = Markdown(extensions=["chapterhouse", *own] if after else [*own, "chapterhouse"]).convert(SECTIONED)
    soup = BeautifulSoup(html, "html.parser")
    assert addresses(BeautifulSoup(f"<article>{html}</article>", "html.parser")) == ["1", "1.1", "1.2"]
    assert len(soup.select(".footnote li")) == len(soup.select("table")) == 1
