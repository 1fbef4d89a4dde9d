"""The sample manual, built at a fixed date, served on this machine and opened in Chromium.

Whatever a test looks at, the page may ask no other host, say no error on the console and answer every
request: each page that is opened here is watched, and the test fails at its end if it did otherwise.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

from chapterhouse import dates, history
from chapterhouse import manual as manuals
from chapterhouse.model import Chapter, Manual

ROOT = Path(__file__).parents[2]
DATE = "2026-11-21"
NOON = f"{DATE}T12:00:00Z"

PAGES = {
    "home": "",
    "plain": "core/assessment/",
    "under-review": "arrangements/serious-incidents/",
    "overdue": "core/resolving-disagreement/",
    "scheduled": "arrangements/local-safeguarding-arrangements/",
    "continuous": "core/child-protection-conferences/",
    "wide-table": "arrangements/duties-of-organisations/",
    "unnumbered": "arrangements/contacts/",
    "withdrawn": "arrangements/serious-case-reviews/",
    "superseded": "core/referrals/versions/3/",
    "redline": "arrangements/local-safeguarding-arrangements/changes/4/",
    "history": "arrangements/local-safeguarding-arrangements/changes/",
    "chapters": "chapters/",
    "reviews": "reviews/",
    "amendments": "amendments/",
    "as-at": "as-at/",
    "as-at-day": "as-at/2022-07-01/",
    "check": "check/",
    "copy": "check/4tyspez/",
    "current-copy": "check/2ttnxac/",
    "legislation": "legislation/",
    "instrument": "legislation/ukpga/2004/31/",
    "glossary": "glossary/",
    "accessibility": "pages/accessibility/",
    "lost": "no/such/page/",
}
"""One address of each kind of page that the site has."""

CHAPTERS = ("plain", "under-review", "continuous", "wide-table")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as a host of static sites does, with the site's own page for lost addresses."""

    def log_message(self, *args: Any) -> None:
        """Say nothing: the tests see what was asked from the browser's side."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        content = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Watch:
    """What the pages of one test have asked for and complained of."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("request", lambda request: self._asked(request.url))
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"{error.error}"))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.faults.append(f"another host was asked: {url}")

    def _failed(self, url: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # the page was left while it was still loading
            self.faults.append(f"{url} failed: {why}")

    def _said(self, message: ConsoleMessage) -> None:
        # A browser logs the status of a lost address. The page itself is what the reader asked for.
        itself = message.page is not None and message.location["url"] == message.page.url.partition("#")[0]
        if message.type in {"error", "warning"} and not (itself and "404" in message.text):
            self.faults.append(f"{message.type} on the console: {message.text} ({message.location['url']})")


def serve(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yields the address of its root."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(site))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def build(root: Path, site: Path, *, strict: bool = True) -> None:
    """Build a manual as its editor would. Fails the test if the build does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    command += ["--strict"] * strict
    environment = {**os.environ, "CHAPTERHOUSE_DATE": DATE}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `kind` runs for every kind of page, for `chapter_kind` only for some chapters."""
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", PAGES)
    if "chapter_kind" in metafunc.fixturenames:
        metafunc.parametrize("chapter_kind", CHAPTERS)


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Addresses from the site's root, by kind of page."""
    return PAGES


@pytest.fixture(scope="session")
def manual() -> Manual:
    return manuals.load(ROOT)


@pytest.fixture(scope="session")
def shown(manual: Manual) -> Callable[[str], Chapter]:
    """The chapter that stands at an address on the build date, as the core reads it."""

    def find(address: str) -> Chapter:
        version = history.as_at(manual.histories[address.strip("/")], dates.parse(DATE))
        assert version is not None
        return version.chapter

    return find


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample manual as built at the fixed date."""
    place = tmp_path_factory.mktemp("browser") / "site"
    build(ROOT, place)
    return place


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample is served: the address of its home page."""
    yield from serve(site)


@pytest.fixture(scope="session")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample is served as a site whose pages Material swaps without loading them."""
    place = tmp_path_factory.mktemp("instant")
    copy, site = place / "copy", place / "site"
    for name in ("procedures", "amendments"):
        shutil.copytree(ROOT / name, copy / name)
    site.mkdir()
    with contextmanager(serve)(site) as root:
        settings = (ROOT / "mkdocs.yml").read_text("utf-8")
        changed = settings.replace("  features:\n", "  features:\n    - navigation.instant\n")
        changed = re.sub(r"^site_url: .*$", f"site_url: {root}", changed, flags=re.MULTILINE)
        assert "navigation.instant" in changed
        (copy / "mkdocs.yml").write_text(changed, "utf-8")
        build(copy, site)
        yield root


@pytest.fixture(scope="session")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Iterator[str]]:
    """Builds another manual than the sample, be it with warnings, and serves it."""

    def offer(root: Path) -> Iterator[str]:
        place = tmp_path_factory.mktemp("offered") / "site"
        build(root, place, strict=False)
        yield from serve(place)

    return offer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; no other host can be reached from it."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.fail("no Chromium found: install it (Debian, Ubuntu: apt-get install chromium)")
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if os.name == "posix" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root otherwise
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture
def watch(address: str) -> Iterator[Watch]:
    """Fails the test if one of its pages asked another host, lost a request or complained."""
    watching = Watch(address)
    yield watching
    assert watching.faults == []


@pytest.fixture
def visit(browser: Browser, address: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a path of the site in a browser of its own: `visit(path, width=390, scheme="dark", now=...)`.

    The page's clock starts at noon of the build date, its machine is in Auckland, and nothing on it moves;
    `scripts=False` switches scripts off. Other names are settings of Playwright's `new_context`.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        now: str = NOON,
        scripts: bool = True,
        site: str = address,
        **settings: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            java_script_enabled=scripts,
            locale="en-GB",
            **{"color_scheme": scheme, "timezone_id": "Pacific/Auckland", "reduced_motion": "reduce"}
            | settings,
        )
        contexts.append(context)
        if site == address:
            watch.over(context)
        context.clock.install(time=now)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def focus() -> Callable[[Page], dict[str, Any]]:
    """What has the focus: its name for programs, whether a reader sees it, and whether anything marks it."""

    def look(page: Page) -> dict[str, Any]:
        found = page.evaluate(FOCUS)
        if not (found["seen"] and found["marked"]):
            page.wait_for_timeout(300)  # the search opens around its field, once that has the focus
            found = page.evaluate(FOCUS)
        assert isinstance(found, dict)
        return found

    return look


@pytest.fixture
def tab_to() -> Callable[[Page, Locator], None]:
    """Presses Tab, as a reader without a mouse does, until the focus is there."""

    def walk(page: Page, target: Locator) -> None:
        for _ in range(400):
            if target.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        pytest.fail("Tab does not lead there")

    return walk


@pytest.fixture
def seek() -> Callable[[Page, str], Locator]:
    """Types words into the search box, as a reader does; returns the results."""

    def ask(page: Page, words: str) -> Locator:
        page.keyboard.press("/")
        page.keyboard.insert_text(words)
        page.keyboard.press("End")  # the search listens to keys
        results = page.locator(".md-search-result__item")
        results.first.wait_for()
        return results

    return ask


FOCUS = """() => {
  const element = document.activeElement;
  const boxes = [...element.getClientRects()].filter(box => box.width > 0 && box.height > 0);
  const seen = box => {
    const x = box.x + box.width / 2, y = box.y + Math.min(box.height, innerHeight) / 2;
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    if (top === null) return false;
    return element.contains(top) || (top.contains(element) && !top.matches("header, header *"));
  };
  const style = getComputedStyle(element);
  const channels = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = colour => channels(colour).slice(0, 3).map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  let ground = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement;
  while (ground.parentElement && (channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 1) {
    ground = ground.parentElement;
  }
  const colours = [style.outlineColor, getComputedStyle(ground).backgroundColor];
  const [dark, bright] = colours.map(light).sort((a, b) => a - b);
  return {
    what: `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`,
    body: element === document.body,
    text: element.textContent.trim(),
    label: element.getAttribute("aria-label"),
    search: element.closest(".md-search__output") !== null,
    seen: boxes.some(seen) && element.checkVisibility({opacityProperty: true, visibilityProperty: true}),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && (bright + .05) / (dark + .05) >= 3,
    ring: colours.join(" on "),
  };
}"""
