"""Proof, read from the built HTML alone, that a site carries what its sources require.

A site can be built without the plugin, by another program, or with a template that drops a block, and the
build is green. So nothing here asks the code that builds: the manual says what must stand on each page,
the page is parsed, and what is missing fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from chapterhouse import dates, history
from chapterhouse.model import Chapter, Manual, UnderReview, Version

HOOK = "data-chapterhouse"
# What keeps text from a reader who has no scripts, wherever it stands around it.
HIDING = ("template", "script", "style", "noscript", "object", "iframe")
REQUESTS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
FETCHING = frozenset(
    {"stylesheet", "preconnect", "preload", "prefetch", "dns-prefetch", "icon", "modulepreload"}
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that a page of the built site must carry and does not."""

    page: str
    """The file, relative to the site."""
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was read, and what was missing."""

    pages: int
    failures: tuple[Failure, ...]

    @property
    def summary(self) -> str:
        """One line for people."""
        if self.failures:
            count = len(self.failures)
            return (
                f"{count} failure{'s' if count > 1 else ''} in {self.pages} pages: do not publish this site"
            )
        return f"{self.pages} pages read; every banner, status line, stamp and address is there"


@dataclass(frozen=True)
class Built:
    """One HTML file of the site."""

    file: str
    html: BeautifulSoup

    @cached_property
    def ids(self) -> frozenset[str]:
        """The addresses inside the article."""
        return frozenset(str(tag["id"]) for tag in self.html.find_all(id=True))

    def hook(self, name: str) -> Tag | None:
        """The element that carries a mark of ours, if a reader can see it."""
        found = self.html.select_one(f'[{HOOK}="{name}"]')
        return found if found and _seen(found) else None

    def meta(self, name: str) -> str:
        """The content of a `meta` element; empty where there is none."""
        found = self.html.find("meta", attrs={"name": name})
        return str(found.get("content", "")) if isinstance(found, Tag) else ""


def verify(manual: Manual, site: Path, today: date | None = None) -> Report:
    """Read a built site and name whatever its sources require and it lacks.

    Without `today` the site is judged at the build date that its home page names.
    """
    return _Verifier(manual, site, today).run()


class _Verifier:
    def __init__(self, manual: Manual, site: Path, today: date | None) -> None:
        self.manual = manual
        self.site = site
        self.failures: list[Failure] = []
        self.read: dict[str, Built] = {}
        self.today = today or self._own_date()

    def run(self) -> Report:
        files = sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html"))
        for file in files:
            if built := self._open(file):
                self._page(built)
        for page in self.manual.pages:
            self._required(f"{page.slug}/index.html".lstrip("/"), "page")
        for chapter in self.manual.chapters:
            self._chapter(chapter)
        for file in ("404.html", "chapters/index.html", "reviews/index.html", "reviews.ics"):
            self._required(file, "file")
        self._indexes()
        self._search()
        return Report(len(files), tuple(self.failures))

    def _fail(self, page: str, reason: str) -> None:
        self.failures.append(Failure(page, reason))

    def _open(self, file: str) -> Built | None:
        if file not in self.read:
            try:
                text = (self.site / file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                self._fail(file, f"cannot be read: {error}")
                return None
            self.read[file] = Built(file, BeautifulSoup(text, "html.parser"))
        return self.read[file]

    def _required(self, file: str, what: str) -> bool:
        there = (self.site / file).is_file()
        if not there:
            self._fail(file, f"the {what} is missing")
        return there

    def _own_date(self) -> date:
        home = self._open("index.html") if (self.site / "index.html").is_file() else None
        try:
            return dates.parse(home.meta("chapterhouse-date") if home else "")
        except ValueError:
            # Every page is about to fail for the same reason; any date will do.
            return date.max

    def _page(self, built: Built) -> None:
        """What every page of the site carries, and what none does."""
        if not built.meta("chapterhouse"):
            self._fail(built.file, "the mark of Chapterhouse is missing: was it built with the plugin?")
        elif built.meta("chapterhouse-date") != self.today.isoformat():
            said = built.meta("chapterhouse-date") or "nothing"
            self._fail(built.file, f"the build date is {said}, not {self.today.isoformat()}")
        for tag, address in _requests(built.html):
            parts = urlsplit(address)
            if parts.scheme not in ("", "data") or parts.netloc:
                self._fail(built.file, f"<{tag}> asks another host: {address}")

    def _chapter(self, chapter: Chapter) -> None:
        file = f"{chapter.slug}/index.html"
        if chapter.head.status == "draft":
            if (self.site / file).exists():
                self._fail(file, "this is a draft, and it was built")
            return
        records = self.manual.histories[chapter.slug]
        shown = history.as_at(records, self.today)
        if self._required(file, "chapter") and (built := self._open(file)):
            self._version(built, chapter, shown, shown.chapter if shown else chapter)
            self._state(built, chapter, shown)
        for version in history.superseded(records, self.today):
            file = f"{chapter.slug}/versions/{version.number}/index.html"
            if self._required(file, "superseded version") and (built := self._open(file)):
                self._version(built, chapter, version, version.chapter)
                self._superseded(built, version)
        for slug in chapter.head.formerly:
            self._required(f"{slug}/index.html", "old address")

    def _version(self, built: Built, live: Chapter, version: Version | None, text: Chapter) -> None:
        """Title, status line, stamp, amendments and addresses of one version of a chapter."""
        heading = built.html.find("h1")
        title = f"{text.head.chapter} {text.head.title}"
        if heading is None or _words(heading) != _fold(title):
            self._fail(built.file, f"the title is not {title}")
        amendment = version.amendment if version else live.head.amendments[-1]
        number, day = amendment.version, dates.long(amendment.effective)
        self._says(built, "status", "status line", number, live.head.owner)
        self._says(built, "stamp", "stamp", f"Version {number}", dates.long(self.today), text.head.title)
        if text.head.status != "withdrawn":
            self._says(built, "stamp", "stamp", day)
        self._says(built, "amendments", "list of amendments", amendment.summary)
        missing = [anchor for anchor in text.anchors if anchor not in built.ids]
        if missing:
            listed = ", ".join(f"#{anchor}" for anchor in missing[:10])
            self._fail(built.file, f"{len(missing)} addresses are missing: {listed}")

    def _state(self, built: Built, chapter: Chapter, shown: Version | None) -> None:
        head = shown.chapter.head if shown else chapter.head
        if head.under_review and head.status != "withdrawn":
            self._banner(built, head.under_review)
            self._beside(built, shown.chapter if shown else chapter)
        elif built.hook("under-review"):
            self._fail(built.file, "it says that it is under review, and it is not")
        if head.status == "withdrawn":
            self._says(built, "withdrawn", "notice that the chapter is withdrawn", "Withdrawn")
        records = self.manual.histories[chapter.slug]
        if coming := history.coming(records, self.today):
            self._says(built, "scheduled", "notice of the coming change", dates.long(coming.effective))

    def _banner(self, built: Built, review: UnderReview) -> None:
        says = (review.reason, review.meanwhile, dates.long(review.since), dates.long(review.expected))
        self._says(built, "under-review", "under-review banner", "Under review", *says)
        banner = built.hook("under-review")
        linked = (
            {str(a["href"]).rpartition("#")[2] for a in banner.find_all("a", href=True)} if banner else set()
        )
        for number in review.paragraphs:
            if banner and number not in linked:
                self._fail(built.file, f"the under-review banner does not lead to paragraph {number}")

    def _beside(self, built: Built, chapter: Chapter) -> None:
        for number in sorted(history.under_review(chapter)):
            paragraph = built.html.find(id=number)
            if isinstance(paragraph, Tag) and "Under review" not in paragraph.get_text():
                self._fail(built.file, f"nothing beside paragraph {number} says that it is under review")

    def _superseded(self, built: Built, version: Version) -> None:
        days = [dates.long(version.amendment.effective)]
        if version.until and version.until >= version.amendment.effective:
            days.append(dates.long(version.until))
        self._says(built, "superseded", "notice that the version is superseded", "Superseded", *days)
        if "noindex" not in built.meta("robots"):
            self._fail(built.file, "search engines are not told to pass this superseded version over")

    def _says(self, built: Built, hook: str, what: str, *phrases: str) -> None:
        element = built.hook(hook)
        if element is None:
            self._fail(built.file, f"the {what} is missing")
            return
        words = _words(element)
        for phrase in phrases:
            if phrase and _fold(phrase) not in words:
                self._fail(built.file, f"the {what} does not say: {phrase}")

    def _indexes(self) -> None:
        file = "api/manual.json"
        if not self._required(file, "file"):
            return
        try:
            data = json.loads((self.site / file).read_text(encoding="utf-8"))
            listed = {entry["url"] for entry in data["chapters"]}
        except (ValueError, KeyError, TypeError) as error:
            self._fail(file, f"is not what its schema says: {error!r}")
            return
        if data.get("build_date") != self.today.isoformat():
            self._fail(file, f"the build date is {data.get('build_date')}, not {self.today.isoformat()}")
        wanted = {f"{c.slug}/" for c in self.manual.chapters if c.head.status != "draft"}
        for url in sorted(wanted ^ listed):
            self._fail(file, f"{url} is {'missing' if url in wanted else 'listed and is no chapter'}")
        for file in ("chapters/index.html", "reviews/index.html"):
            if not (self.site / file).is_file() or (built := self._open(file)) is None:
                continue
            text = _words(built.html)
            for chapter in self.manual.chapters:
                hidden = chapter.head.status == "draft" or (
                    file.startswith("reviews") and chapter.head.status == "withdrawn"
                )
                if not hidden and _fold(chapter.head.title) not in text:
                    self._fail(file, f"chapter {chapter.head.chapter} is missing")

    def _search(self) -> None:
        path = self.site / "search/search_index.json"
        if not path.is_file():
            return
        try:
            found = {
                entry["location"].partition("#")[0] for entry in json.loads(path.read_text("utf-8"))["docs"]
            }
        except (ValueError, KeyError, TypeError) as error:
            self._fail("search/search_index.json", f"cannot be read: {error!r}")
            return
        for location in sorted(found):
            if re.search(r"/versions/[^/]+/$", location):
                self._fail("search/search_index.json", f"{location} is superseded, and search finds it")


def _requests(html: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for name, attribute in REQUESTS.items():
        for tag in html.find_all(name, attrs={attribute: True}):
            yield name, str(tag[attribute])
    for tag in html.find_all("link", href=True):
        if FETCHING.intersection(tag.get("rel") or []):
            yield "link", str(tag["href"])


def _seen(tag: Tag) -> bool:
    """Whether a reader without scripts meets the element. The end matter may be folded; it prints open."""
    for element in (tag, *tag.parents):
        if element.name in HIDING or "hidden" in element.attrs or element.attrs.get("aria-hidden") == "true":
            return False
        if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", str(element.attrs.get("style", ""))):
            return False
    return True


def _words(tag: Tag) -> str:
    return _fold(tag.get_text(" "))


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
