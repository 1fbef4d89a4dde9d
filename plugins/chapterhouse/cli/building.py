"""`build` and `serve`: the site."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from chapterhouse.cli.common import DATE, main, root


@main.command()
@DATE
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="Where the site is written (default: site/)."
)
@click.option("--strict", is_flag=True, help="Stop at MkDocs' warnings too.")
@click.pass_obj
def build(folder: Path | None, day: date, site_dir: Path | None, *, strict: bool) -> None:
    """Build the site as it stands on a date."""
    options = ["--strict"] if strict else []
    if site_dir:
        options += ["--site-dir", str(site_dir.resolve())]
    sys.exit(mkdocs(root(folder), day, "build", *options))


@main.command()
@DATE
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve it.")
@click.pass_obj
def serve(folder: Path | None, day: date, address: str) -> None:
    """Serve the site on this machine, and build it again at every change."""
    sys.exit(mkdocs(root(folder), day, "serve", "--dev-addr", address))


def mkdocs(folder: Path, day: date, *arguments: str) -> int:
    """Run MkDocs on a manual with the build date set; its exit code, with Ctrl-C as an ordinary end."""
    # Material's notice about its own future is for those who choose the theme, which is not the editor.
    environment = {**os.environ, "CHAPTERHOUSE_DATE": day.isoformat(), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603 - our own words
    except KeyboardInterrupt:
        return 0
