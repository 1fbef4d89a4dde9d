"""No page asks another host for anything, and none has a fault on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Page

ASKING = {
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "object": "data",
    "embed": "src",
    "form": "action",
}
SPOKEN = {"canonical", "prev", "next"}
"""Relations of a `link` that a browser does not follow by itself."""


def addresses(site: Path) -> Iterator[str]:
    """The address, from the root, of every page of the site."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix().removesuffix("index.html")


def test_every_page_in_the_browser(visit: Callable[..., Page], address: str, site: Path) -> None:
    """Opened and read to its end; `watch` holds what was asked and said."""
    found = list(addresses(site))
    page = visit(found[0])
    for path in found[1:]:
        page.goto(address + path)
        page.keyboard.press("End")
    assert len(found) > 50


def test_no_file_names_another_host_to_load_from(site: Path) -> None:
    """Also what a browser fetches only sometimes: a hint to connect, a picture for one width."""
    foreign = []
    for path in site.rglob("*.html"):
        html = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for name, attribute in ASKING.items():
            for element in html.find_all(name):
                relations = set(element.get_attribute_list("rel")) if name == "link" else set()
                address = str(element.get(attribute, ""))
                if urlsplit(address).netloc and not relations <= SPOKEN:
                    foreign.append((path.relative_to(site).as_posix(), address))
        foreign += [
            (path.name, str(e["srcset"])) for e in html.select("[srcset]") if "//" in str(e["srcset"])
        ]
    for path in site.rglob("*.css"):
        text = path.read_text("utf-8")
        if "url(http" in text or "url(//" in text or "@import" in text:
            foreign.append((path.relative_to(site).as_posix(), "a style sheet"))
    assert foreign == []
