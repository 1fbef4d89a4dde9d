"""Measures `check` and a build, the build against plain Material in the same interleaved run.

CPU seconds (user and system, of the command and all that it starts) and peak memory, as the operating system
counts them; medians over the rounds. Shared machines make wall times worthless, so none are given. Results
are printed as a Markdown table and never asserted: whether a machine is slow is no fault of the code.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

HERE = Path(__file__).parent
BUILD_DATE = "2026-09-01"
PLAIN_EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables"]

CHECK = (sys.executable, "-m", "chapterhouse", "check")
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
PLAIN = (*BUILD[:-1], "site-plain", "--config-file", "plain.yml")
SETTINGS = (*BUILD[:-1], "site-settings", "--config-file", "settings.yml")

TARGET_CHECK_SECONDS = 3.0
TARGET_CHECK_MEGABYTES = 300
TARGET_RATIO = 1.15


@dataclass(frozen=True)
class Size:
    """How large a manual."""

    chapters: int
    words: int
    versions: int
    terms: int
    fewest: int = 1

    def __str__(self) -> str:
        history = f" in {self.fewest} to {self.versions} versions" if self.versions > 1 else ""
        glossary = f", a glossary of {self.terms} terms" if self.terms else ", no glossary"
        return f"{self.chapters} chapters of about {self.words:,} words{history}{glossary}"


TARGET_SIZE = Size(300, 4000, 1, 300)
"""The targets are set for this size; at others the figures stand alone."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder. Ends the benchmark, showing what was said, if it fails."""
    environment = {**os.environ, "CHAPTERHOUSE_DATE": BUILD_DATE, "NO_MKDOCS_2_WARNING": "1"}
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace"))
            sys.exit(f"failed: {' '.join(command)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def write_plain(folder: Path) -> None:
    """The same site without the plugin, with Python-Markdown's own extensions, in two forms.

    `plain.yml` is Material as it comes; `settings.yml` keeps the site's own settings of the theme.
    """
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    settings["theme"]["language"] = "en"  # en-GB is ours
    # Paragraph numbers are no anchors there, and saying so 2,000 times would not be building.
    settings.pop("validation", None)
    settings["plugins"] = [name for name in settings["plugins"] if name != "chapterhouse"]
    settings["markdown_extensions"] = PLAIN_EXTENSIONS
    (folder / "settings.yml").write_text(yaml.safe_dump(settings), "utf-8")
    # As Material comes: with its search and its whole navigation on every page.
    del settings["theme"]["features"]
    (folder / "plain.yml").write_text(yaml.safe_dump(settings), "utf-8")


def row(name: str, costs: Sequence[Cost], target: str = "") -> str:
    """One line of the table: median and range of the seconds, the greatest memory."""
    seconds = sorted(cost.seconds for cost in costs)
    spread = f"{statistics.median(seconds):.2f} ({seconds[0]:.2f} to {seconds[-1]:.2f})"
    return f"| {name} | {spread} | {max(cost.megabytes for cost in costs):.0f} | {target} |"


def verdict(target: str, *, met: bool) -> str:
    """A target and whether it was met."""
    return f"{target}: {'met' if met else '**missed**'}"


def runs(size: Size, rounds: int) -> dict[tuple[str, ...], list[Cost]]:
    """What each command took on a new manual, in each round."""
    costs: dict[tuple[str, ...], list[Cost]] = {CHECK: [], BUILD: [], PLAIN: [], SETTINGS: []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "manual")
        arguments = itertools.chain.from_iterable((f"--{k}", str(v)) for k, v in asdict(size).items())
        subprocess.run([sys.executable, HERE / "generate.py", *arguments, "--output", folder], check=True)
        write_plain(folder)
        for turn in range(rounds):
            sys.stderr.write(f"round {turn + 1} of {rounds}\n")
            # The order turns round every other time: what is left of one in the caches helps the next.
            for command in costs if turn % 2 == 0 else reversed(costs):
                costs[command].append(measure(command, folder))
    return costs


def table(size: Size, rounds: int) -> str:
    """The results as Markdown."""
    costs = runs(size, rounds)
    checks, builds = costs[CHECK], costs[BUILD]
    ratio, ratio_settings = (
        statistics.median(b.seconds / p.seconds for b, p in zip(builds, costs[other], strict=True))
        for other in (PLAIN, SETTINGS)
    )
    check_target = ratio_target = ""
    if size == TARGET_SIZE:
        quick = statistics.median(cost.seconds for cost in checks) <= TARGET_CHECK_SECONDS
        small = max(cost.megabytes for cost in checks) <= TARGET_CHECK_MEGABYTES
        check_target = verdict(
            f"{TARGET_CHECK_SECONDS:g} s, {TARGET_CHECK_MEGABYTES} MB", met=quick and small
        )
        ratio_target = verdict(f"{TARGET_RATIO:g}", met=ratio <= TARGET_RATIO)
    versions = [f"{package} {version(package)}" for package in ("mkdocs", "mkdocs-material", "markdown")]
    lines = (
        f"{size}, {rounds} rounds. Python {platform.python_version()}, {', '.join(versions)}.",
        "",
        "| What | CPU seconds: median (range) | Peak MB | Target |",
        "| --- | --- | --- | --- |",
        row("`chapterhouse check`", checks, check_target),
        row("build, plain Material", costs[PLAIN]),
        row("build, Material with the site's settings of the theme", costs[SETTINGS]),
        row("build, Chapterhouse", builds),
        f"| build, Chapterhouse to plain | {ratio:.2f} x | | {ratio_target} |",
        f"| build, Chapterhouse to the same settings | {ratio_settings:.2f} x | | |",
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=50)
    parser.add_argument("--words", type=int, default=4000, help="words in a chapter, on average")
    parser.add_argument(
        "--versions",
        type=int,
        default=1,
        help="above 1 we publish superseded versions that plain Material lacks",
    )
    parser.add_argument("--fewest", type=int, default=1, help="the fewest versions that a chapter has had")
    parser.add_argument("--terms", type=int, default=300, help="entries of the glossary; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not hasattr(os, "wait4"):
        sys.exit("The benchmark asks the operating system what a command took; Windows does not tell.")
    size = Size(options.chapters, options.words, options.versions, options.terms, options.fewest)
    sys.stdout.write(table(size, max(options.rounds, 1)))


if __name__ == "__main__":
    main()
