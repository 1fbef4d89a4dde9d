"""MkDocs' side of the manual. What the site is stands in `site`; here it is handed to MkDocs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from chapterhouse import dates
from chapterhouse import manual as manuals
from chapterhouse.diagnostics import CODES, printers
from chapterhouse.manual.tree import ARCHIVE, CONTENT
from chapterhouse.mkdocs_plugin import settings
from chapterhouse.mkdocs_plugin.settings import ASSETS, PACKAGE
from chapterhouse.model import Diagnostic, Manual
from chapterhouse.paper import EngineError
from chapterhouse.paper.published import Published, published
from chapterhouse.render import marked
from chapterhouse.render.stamp import Stamp
from chapterhouse.site import Site, refusal, safe
from chapterhouse.site.galley import Galley
from chapterhouse.site.page import SitePage
from chapterhouse.theming import ValidTemplates

log = get_plugin_logger("chapterhouse")
UNRECORDED = "unrecorded-change"


class Settings(Config):
    """Hardly any: what a manual may vary stands in the manual."""

    pdf = Type(bool, default=False)
    """Whether the site carries a PDF file of each chapter. That takes Typst, which not every machine has."""


class ChapterhousePlugin(BasePlugin[Settings]):
    """Checks the manual, then builds a page for each chapter, version and index."""

    site: Site
    refused: list[str]
    galley: Galley
    pdfs: Mapping[str, Published]
    """The PDF files of the chapters, by slug."""
    serving: bool = False
    """Whether the site is only looked at, on the editor's own machine."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Refuse partial builds, which would leave indexes without the pages that were not built."""
        if dirty:
            raise PluginError("--dirty leaves chapters out of the indexes: build without it")
        self.serving = command == "serve"

    @event_priority(100)  # before the search, which asks the theme for the words of our language
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and judge the manual. Nothing has been written or deleted yet if it is refused."""
        root = Path(config.config_file_path).parent
        settings.refuse(config, root)
        try:
            today = dates.build_date(os.environ, datetime.now(UTC))
        except ValueError as error:
            raise PluginError(str(error)) from None
        manual = manuals.load(root)
        _judge(manual, manuals.check(manual, today), serving=self.serving)
        self.refused = []
        self.site = Site(manual, today, config.site_name, config.site_url or "", self._refuse)
        self.pdfs = {}
        # Those who look at an edit on their own machine need not wait for paper.
        if self.config.pdf and not self.serving:
            self.pdfs = self._published(root)
            self.site = replace(self.site, pdfs={slug: one.told for slug, one in self.pdfs.items()})
        self.galley = Galley(self.site.by_source)
        settings.apply(config, self.site)
        config.mdx_configs["chapterhouse"] = {"contexts": self.galley.context}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages of the site in the place of the files of the manual."""
        for file in list(files):
            published = f"{CONTENT}/{file.src_uri}" in self.site.manual.files
            if file.src_dir == config.docs_dir and not published:
                files.remove(file)
        for page in self.site.pages:
            files.append(_page_file(page, config))
        for path, content in self.site.files.items():
            files.append(File.generated(config, path, content=content))
        for one in self.pdfs.values():
            files.append(File.generated(config, one.told.path, content=one.pdf))
        for path in ASSETS:
            content = (PACKAGE / "assets" / path).read_bytes()
            files.append(File.generated(config, settings.asset(path), content=content))
        config.extra["chapterhouse"]["sheet"] = _style(self.site.stamp(), config, files)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The text below the front matter: MkDocs would drop front matter that it cannot read."""
        del config
        ours = self.galley.make(page.file.src_uri)
        return marked(ours.source, ours.text) if ours else None

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Name the page. The theme prints these values as HTML."""
        del markdown
        ours = self.site.by_source.get(page.file.src_uri)
        if ours is None:
            return None
        page.meta = {"title": safe(ours.title)}
        page.title = page.meta["title"]
        page.meta["feeds"] = ours.feeds
        stamp = self.galley.stamp(ours.source)
        if stamp and stamp.sheet.code:  # other pages share one
            page.meta["sheet"] = _style(stamp, config, files)
        if ours.hidden or not ours.searched:
            page.meta["search"] = {"exclude": True}
        if ours.hidden:
            page.meta["robots"] = "noindex"
        page.update_date = self.site.today.isoformat()
        return None

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Fill a page that has no text of its own, before the search reads it."""
        del config, files
        ours = self.site.by_source.get(page.file.src_uri)
        if ours is None:
            return None
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ours.anchors
        if ours.hidden:
            page.markdown = ""
        return self.galley.fill(ours.source, html)

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Let the search read an excerpt."""
        del context, config, nav
        if page.file.src_uri in self.site.by_source:
            page.content = self.galley.excerpt(page.file.src_uri, page.content or "")

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Let everybody else read the page."""
        del context, config, nav
        if page.file.src_uri in self.site.by_source:
            page.content = self.galley.whole(page.file.src_uri)

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Stop before anything is written if a page holds what may not stand in one."""
        del config, files
        env.add_extension(ValidTemplates)
        env.auto_reload = (
            False  # each build has a new environment; asking for the time of every include is dear
        )
        self._stop()

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Let go of a page that is written: nothing looks at it again."""
        del output, config
        page.content = ""

    @event_priority(100)  # before the search writes what it knows
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Tell the search the other words for the terms of each section."""
        _bridge(config, self.site)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Build again when an archived version changes."""
        del builder
        archive = Path(config.config_file_path).parent / ARCHIVE
        if archive.is_dir():
            server.watch(str(archive))
        return server

    def _published(self, root: Path) -> Mapping[str, Published]:
        """The PDF files of the chapters. A chapter of which none can be made stops the build."""
        try:
            made = published(self.site, root)
        except (EngineError, ValueError) as error:
            raise PluginError(f"the PDF files cannot be made; nothing was built\n\n{error}") from None
        self._stop()
        return made

    def _refuse(self, path: str, place: str, complaint: str) -> None:
        self.refused.append(refusal(path, place, complaint))

    def _stop(self) -> None:
        """Stop at what the second wall refused."""
        if self.refused:
            listed = "\n".join(f"  {complaint}" for complaint in self.refused)
            raise PluginError(f"what may not stand in a page stopped the build; there is no site:\n{listed}")


def _bridge(config: MkDocsConfig, site: Site) -> None:
    """Let the theme's search find each section by other words for its terms. Its text stays as it is.

    The search has a field for tags; this is where they are known by section, and not only by page. They are
    shown as HTML; an ampersand stays, as the search must find it.
    """
    index = getattr(config.plugins.get("material/search"), "search_index", None)
    synonyms = {page.address: page.synonyms for page in site.pages if page.synonyms}
    for entry in getattr(index, "entries", ()):
        address, _, anchor = entry["location"].partition("#")
        if words := synonyms.get(address, {}).get(anchor):
            entry["tags"] = [word.replace("<", "&lt;") for word in words]


def _judge(manual: Manual, found: tuple[Diagnostic, ...], *, serving: bool) -> None:
    """Stop at an error. Warnings stop a strict build, except those that only time has brought about.

    An edit is looked at before it is recorded: what is recorded stays.
    """
    errors = [d for d in found if d.severity == "error" and not (serving and d.code == UNRECORDED)]
    if errors:
        raise PluginError(
            "the manual has faults; nothing was built\n\n" + printers.text(errors, manual.sources)
        )
    for d in found:
        say = log.warning if d.severity == "warning" and not CODES[d.code].ages else log.info
        say("%s:%s:%s: %s[%s] %s", d.path, d.span.line, d.span.column, d.severity, d.code, d.message)


def _page_file(page: SitePage, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.UNDEFINED if page.listed and not page.hidden else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.source, content="", inclusion=inclusion)
    file.dest_uri = f"{page.address}index.html"
    return file


def _style(stamp: Stamp, config: MkDocsConfig, files: Files) -> str:
    """The address of the style sheet by which a page is printed, which becomes a file of the site."""
    if stamp.path not in files.src_uris:
        files.append(File.generated(config, stamp.path, content=stamp.style))
    return stamp.path
