"""Measures `check` and a build, the build against plain Material in the same interleaved run.

CPU seconds (user and system, of the command and all that it starts) and peak memory, as the operating system
counts them; medians over the rounds. Shared machines make wall times worthless, so none are given. Results
are printed as a Markdown table and never asserted: whether a machine is slow is no fault of the code.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml

HERE = Path(__file__).parent
BUILD_DATE = "2026-09-01"
PLAIN_EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables"]

CHECK = (sys.executable, "-m", "chapterhouse", "check")
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
PLAIN = (*BUILD[:-1], "site-plain", "--config-file", "plain.yml")

# The targets are set for this size of manual; at other sizes the figures stand alone.
TARGET_SIZE = (300, 4000)
TARGET_CHECK_SECONDS = 3.0
TARGET_CHECK_MEGABYTES = 300
TARGET_RATIO = 1.15


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
    """The same site for plain Material: without the plugin, with Python-Markdown's own extensions."""
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    settings["plugins"] = [name for name in settings["plugins"] if name != "chapterhouse"]
    settings["markdown_extensions"] = PLAIN_EXTENSIONS
    (folder / "plain.yml").write_text(yaml.safe_dump(settings), "utf-8")


def row(name: str, costs: Sequence[Cost], target: str = "") -> str:
    """One line of the table: median and range of the seconds, the greatest memory."""
    seconds = sorted(cost.seconds for cost in costs)
    spread = f"{statistics.median(seconds):.2f} ({seconds[0]:.2f} to {seconds[-1]:.2f})"
    return f"| {name} | {spread} | {max(cost.megabytes for cost in costs):.0f} | {target} |"


def verdict(*, met: bool, target: str) -> str:
    """A target and whether it was met."""
    return f"{target}: {'met' if met else '**missed**'}"


def table(chapters: int, words: int, rounds: int) -> str:
    """Generate the manual, run every command `rounds` times, and tell the results."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "manual")
        size = ("--chapters", str(chapters), "--words", str(words))
        subprocess.run([sys.executable, HERE / "generate.py", *size, "--output", folder], check=True)
        write_plain(folder)
        checks: list[Cost] = []
        builds: list[Cost] = []
        plains: list[Cost] = []
        for turn in range(rounds):
            sys.stderr.write(f"round {turn + 1} of {rounds}\n")
            checks.append(measure(CHECK, folder))
            # Each goes first every other time: what is left of one in the caches helps the next.
            pair = [(BUILD, builds), (PLAIN, plains)]
            for command, costs in pair if turn % 2 == 0 else reversed(pair):
                costs.append(measure(command, folder))
    ratio = statistics.median(b.seconds / p.seconds for b, p in zip(builds, plains, strict=True))
    targets = {"check": "", "ratio": ""}
    if (chapters, words) == TARGET_SIZE:
        within = statistics.median(cost.seconds for cost in checks) <= TARGET_CHECK_SECONDS
        within = within and max(cost.megabytes for cost in checks) <= TARGET_CHECK_MEGABYTES
        targets = {
            "check": verdict(met=within, target=f"{TARGET_CHECK_SECONDS:g} s, {TARGET_CHECK_MEGABYTES} MB"),
            "ratio": verdict(met=ratio <= TARGET_RATIO, target=f"{TARGET_RATIO:g}"),
        }
    versions = f"Python {platform.python_version()}, " + ", ".join(
        f"{package} {version(package)}" for package in ("mkdocs", "mkdocs-material", "markdown")
    )
    return "\n".join(
        (
            f"{chapters} chapters of about {words:,} words, {rounds} rounds, {versions}:",
            "",
            "| What | CPU seconds: median (range) | Peak MB | Target |",
            "| --- | --- | --- | --- |",
            row("`chapterhouse check`", checks, targets["check"]),
            row("build, plain Material", plains),
            row("build, Chapterhouse", builds),
            f"| build, Chapterhouse to plain | {ratio:.2f} x | | {targets['ratio']} |",
        )
    )


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=50)
    parser.add_argument("--words", type=int, default=4000, help="words in a chapter, on average")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not hasattr(os, "wait4"):
        sys.exit("The benchmark asks the operating system what a command took; Windows does not tell.")
    sys.stdout.write(table(options.chapters, options.words, max(options.rounds, 1)) + "\n")


if __name__ == "__main__":
    main()
