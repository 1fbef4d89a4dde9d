"""Measures paper: one chapter and a whole manual as PDF, by us, by a browser, by a plugin of MkDocs.

    python -m tests.benchmarks.paper --chapters 50

The browser is Chromium, which prints the page of a chapter as it stands on a built site. The plugin is
mkdocs-print-site-plugin, which puts the whole manual on one page that Chromium prints; it is measured where
it is installed, and is none of the dependencies. CPU seconds of the command and of all that it starts, and
the memory of the greatest of these processes: of Chromium, which has several, that is less than all of it.
Printed as a Markdown table and never asserted.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pikepdf
import yaml
from tests.benchmarks.run import BUILD, HERE, Cost, Size, measure, write_plain

PDF = (sys.executable, "-m", "chapterhouse", "pdf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PRINTING = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--timeout=600000")
SITE = "site-print"


def browser() -> str:
    """Chromium, by whatever name it has."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or sys.exit("The benchmark prints by Chromium, which is not there.")


def printed(page: Path, output: str) -> tuple[str, ...]:
    """The command that prints a page of a built site."""
    return (browser(), *PRINTING, f"--print-to-pdf={output}", page.resolve().as_uri())


def write_print_site(folder: Path) -> None:
    """The settings of a site that has all of its pages on one."""
    write_plain(folder)
    settings = yaml.safe_load((folder / "plain.yml").read_text("utf-8"))
    settings["plugins"] = [*settings["plugins"], {"print-site": {"add_to_navigation": False}}]
    settings["use_directory_urls"] = False
    (folder / "print.yml").write_text(yaml.safe_dump(settings), "utf-8")


def costs(folder: Path) -> Iterator[tuple[str, Cost, Path | None]]:
    """What each way took, and the file that it made."""
    chapter = next(iter(sorted((folder / "procedures/part-1").glob("*.md"))))
    slug = chapter.relative_to(folder / "procedures").with_suffix("").as_posix()
    one, whole, shown, every = (folder / f"{name}.pdf" for name in ("one", "whole", "shown", "every"))
    yield "one chapter: `chapterhouse pdf`", measure((*PDF, slug, "-o", str(one)), folder), one
    yield "whole manual: `chapterhouse pdf`", measure((*PDF, "-o", str(whole)), folder), whole
    measure(BUILD, folder)
    page = printed(folder / "site" / slug / "index.html", str(shown))
    yield "one chapter: its page printed by Chromium", measure(page, folder), shown
    if find_spec("mkdocs_print_site_plugin") is None:
        return
    write_print_site(folder)
    build = (*BUILD[:-1], SITE, "--config-file", "print.yml")
    yield "whole manual: site with mkdocs-print-site-plugin", measure(build, folder), None
    page = printed(folder / SITE / "print_page.html", str(every))
    yield "whole manual: the page of that plugin printed by Chromium", measure(page, folder), every


def table(size: Size) -> str:
    """The results as Markdown."""
    lines = [f"{size}.", "", "| What | CPU s | Peak MB | Sheets | KB |", "| --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "manual")
        arguments = chain.from_iterable((f"--{name}", str(value)) for name, value in asdict(size).items())
        subprocess.run([sys.executable, HERE / "generate.py", *arguments, "--output", folder], check=True)
        for name, cost, file in costs(folder):
            sheets = size_of = ""
            if file:
                with pikepdf.open(file) as pdf:
                    sheets = str(len(pdf.pages))
                size_of = f"{file.stat().st_size // 1000}"
            lines.append(f"| {name} | {cost.seconds:.1f} | {cost.megabytes:.0f} | {sheets} | {size_of} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=50)
    parser.add_argument("--words", type=int, default=4000, help="words in a chapter, on average")
    options = parser.parse_args()
    sys.stdout.write(table(Size(options.chapters, options.words, 1, 300)))


if __name__ == "__main__":
    main()
