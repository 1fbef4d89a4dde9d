"""What the site needs of MkDocs and of the theme, and the settings under which it is not built."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

import chapterhouse
from chapterhouse import dates
from chapterhouse.manual.tree import ARCHIVE, CONTENT
from chapterhouse.site import Site, safe
from chapterhouse.terms import GLOSSARY_PAGE

PACKAGE = Path(chapterhouse.__file__).parent
ASSETS = ("chapterhouse.css", "chapterhouse.js")


def refuse(config: MkDocsConfig, root: Path) -> None:
    """Settings under which the promises of the site could not be kept."""
    if Path(config.docs_dir).resolve() != (root / CONTENT).resolve():
        raise PluginError(f"docs_dir must be {CONTENT}: write `docs_dir: {CONTENT}` in mkdocs.yml")
    _refuse_site_dir(Path(config.site_dir).resolve(), root.resolve())
    if not config.use_directory_urls:
        raise PluginError("addresses end in a slash: delete `use_directory_urls: false` from mkdocs.yml")
    if config.repo_url:
        raise PluginError(
            "repo_url makes every page ask another host: write edit_uri_template in mkdocs.yml instead"
        )
    if config.theme.name != "material":
        raise PluginError("the pages are made for Material: write `theme: {name: material}` in mkdocs.yml")


def _refuse_site_dir(site: Path, root: Path) -> None:
    """MkDocs empties the folder of the site before it writes: it must hold nothing but an earlier site."""
    if root.is_relative_to(site) or any(site.is_relative_to(root / name) for name in (CONTENT, ARCHIVE)):
        raise PluginError(f"the site cannot be written to {site}: everything there would be deleted")
    if site.is_dir() and any(site.iterdir()) and not (site / "404.html").is_file():
        raise PluginError(
            f"{site} holds something else than an earlier site; delete it, or choose another folder"
        )


def apply(config: MkDocsConfig, site: Site) -> None:
    """What the site needs of MkDocs and of the theme, so that one line in mkdocs.yml is enough."""
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(PACKAGE / "theme"))
    theme["font"] = False  # fonts would be fetched from another host
    config.extra["chapterhouse"] = {
        "version": chapterhouse.__version__,
        "date": site.today.isoformat(),
        "built": dates.long(site.today),
        "statement": "pages/accessibility/" if "pages/accessibility.md" in site.by_source else "",
        "glossary": GLOSSARY_PAGE if "glossary.md" in site.by_source else "",
        "name": site.name,
    }
    if (search := config.plugins.get("material/search")) is not None:
        # Other words for what stands in a text must not come before the text that is asked for.
        search.config["fields"].setdefault("tags", {"boost": 1.0})
    config.extra_css.append(asset("chapterhouse.css"))
    config.extra_javascript.append(asset("chapterhouse.js"))
    if "chapterhouse" not in config.markdown_extensions:
        config.markdown_extensions.append("chapterhouse")
    if not config.nav:
        config.nav = _navigation(site)


def _navigation(site: Site) -> list[Any]:
    nav: list[Any] = []
    for title, pages in site.order:
        entries = [{safe(page.title): page.source} for page in pages]
        nav.extend(entries if not title else [{safe(title): entries}])
    return nav


def asset(name: str) -> str:
    """The address of a file of ours. Its digest is in its name: no reader is shown yesterday's."""
    digest = hashlib.sha256((PACKAGE / "assets" / name).read_bytes()).hexdigest()[:8]
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{digest}.{suffix}"
