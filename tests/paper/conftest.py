"""What the tests of paper share: the sample's site, and documents made of its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chapterhouse import editions, history, paper, sheet
from chapterhouse import manual as manuals
from chapterhouse.paper.article import Articles
from chapterhouse.site import Site
from chapterhouse.site_page import SitePage

TODAY = date(2026, 11, 21)
URL = "https://procedures.northmoor.example/"


def refuse(path: str, place: str, complaint: str) -> None:
    pytest.fail(f"{path} {place}: {complaint}")


@pytest.fixture(scope="session")
def articles() -> Articles:
    """The articles of the sample."""
    manual = manuals.load(Path(__file__).parents[2])
    return Articles(Site(manual, TODAY, "Northmoor procedures", URL, refuse))


@pytest.fixture(scope="session")
def chapters(articles: Articles) -> dict[str, tuple[SitePage, editions.Edition]]:
    """The page of every chapter and archived version of the sample, with its edition, by source."""
    site = articles.site
    found = {}
    for records in site.manual.published:
        shown = editions.edition(records, site.today, site.name, site.url)
        slug = records.chapter.slug
        found[f"{slug}.md"] = (site.by_source[f"{slug}.md"], shown)
        for version in history.superseded(records, site.today):
            source = f"{slug}@{version.number}.md"
            edition = editions.Edition(records, version, site.today, site.name, site.url)
            found[source] = (site.by_source[source], edition)
    return found


@pytest.fixture(scope="session")
def part(
    articles: Articles, chapters: dict[str, tuple[SitePage, editions.Edition]]
) -> Callable[[str], paper.Part]:
    """The part of a chapter or of an archived version, by source."""

    def made(source: str) -> paper.Part:
        page, edition = chapters[source]
        blocks = articles.nodes(page)
        return paper.Part(page.title, sheet.sheet(edition), blocks, page.address)

    return made
