"""Measures the glossary: how fast its terms are found, and what a site with them costs beside other sites.

    python -m tests.benchmarks.terms
    python -m tests.benchmarks.terms --only finding --chapters 100

Finding is that of a generated manual, in CPU seconds of one core, the best of some rounds: that of the
product, then other ways to find the same names in the same folded text, with the places on which each
differs from ours. Building is measured as `run.py` does, in interleaved rounds; a site with one definition
a line for `abbr` takes minutes and is built in the first round only. What is not installed is left out and
named: pyahocorasick, ahocorasick-rs, mkdocs-ezglossary-plugin. Results are printed as Markdown tables and
never asserted.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import yaml
from tests.benchmarks.run import BUILD, BUILD_DATE, PLAIN, Cost, measure, row, write_plain

from chapterhouse.glossary import Finder
from chapterhouse.glossary.find import COMBINING, fold
from chapterhouse.manual.load import load
from chapterhouse.manual.terms import terms
from chapterhouse.masking import blank, pieces
from chapterhouse.model import Manual
from chapterhouse.terms import Term

HERE = Path(__file__).parent
ROUNDS = 3
WORD = re.compile(rf"[\w{COMBINING}]")

T = TypeVar("T")
Span = tuple[int, int]
Way = Callable[[str], Sequence[Span]]
"""What finds names in a folded text: where each stands, in order, none overlapping another."""


def say(*lines: str) -> None:
    """Write lines to the standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=("finding", "building"))
    parser.add_argument("--chapters", type=int, help="default: 350 for finding, 100 for building")
    parser.add_argument("--terms", type=int, help="default: 500 for finding, 300 for building")
    parser.add_argument("--rounds", type=int, default=3, help="of building")
    options = parser.parse_args()
    # What is measured begins as a copy of this process, and counts its memory as its own: keep it small.
    alone = ProcessPoolExecutor(1, max_tasks_per_child=1, mp_context=get_context("spawn"))
    with tempfile.TemporaryDirectory() as temporary, alone:
        if options.only != "building":
            size = (options.chapters or 350, options.terms or 500)
            alone.submit(finding, Path(temporary, "finding"), *size).result()
        if options.only != "finding":
            size = (options.chapters or 100, options.terms or 300)
            contenders, missing = alone.submit(sites, Path(temporary, "building"), *size).result()
            building(contenders, missing, size, max(options.rounds, 1))


def generated(folder: Path, chapters: int, count: int) -> Path:
    """A new manual."""
    size = ("--chapters", str(chapters), "--terms", str(count))
    command = [sys.executable, str(HERE / "generate.py"), *size, "--output", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def installed(name: str) -> ModuleType | None:
    """A module, if there is one of that name."""
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


# --- Finding ---


def finding(folder: Path, chapters: int, count: int) -> None:
    """What finding takes in all chapters, by our way and by others."""
    manual = load(generated(folder, chapters, count))
    texts = [chapter.text for chapter in manual.chapters]
    prose = list(map(read, texts))
    re.purge()  # or a pattern would be made only once
    setup, finder = timed(lambda: Finder(manual.glossary), 1)
    size = sum(map(len, texts)) / 1e6
    say(
        f"{len(texts)} chapters, {size:.2f} million characters; {len(manual.glossary.terms)} terms with"
        f" {len(finder.names):,} names, plurals included.",
        "",
        "| What | CPU seconds | MB/s | Making it ready, ms | Found | Unlike ours |",
        "| --- | --- | --- | --- | --- | --- |",
    )

    def tell(
        name: str, seconds: float, found: int | str = "", ready: float | None = None, unlike: str = ""
    ) -> None:
        made = "" if ready is None else f"{ready * 1e3:.1f}"
        said = f"{found:,}" if isinstance(found, int) else found
        say(f"| {name} | {seconds:.2f} | {size / seconds:.1f} | {made} | {said} | {unlike} |")

    seconds, found = timed(lambda: [finder.find(text) for text in prose])
    tell("the product: finding in prose", seconds, sum(map(len, found)), setup)
    seconds, _ = timed(lambda: [finder.find(read(text)) for text in texts])
    tell("the product: reading the chapters, and finding", seconds, sum(map(len, found)))
    seconds, folded = timed(lambda: [fold(text) for text in prose])
    tell("of these, folding", seconds)
    ours: list[Sequence[Span]] | None = None
    for name, make, rounds in WAYS:
        setup, way = timed(partial(make, finder), 1)
        if way is None:
            say(f"| names in folded text: {name} | not installed | | | | |")
            continue
        seconds, spans = timed(partial(_all, way, folded), rounds)
        ours = spans if ours is None else ours
        unlike = differences(folded, ours, spans) if spans is not ours else ""
        ready = None if make is with_pattern else setup
        tell(f"names in folded text: {name}", seconds, sum(map(len, spans)), ready, unlike)
    say("")


def read(text: str) -> str:
    """The prose of a chapter, as the product reads it for terms."""
    return blank(text, ((p.start if p.kind == "image" else p.target, p.end) for p in pieces(text)))


def timed(work: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """The least CPU time that some work took, and its result."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def _all(way: Way, texts: Iterable[str]) -> list[Sequence[Span]]:
    return [way(text) for text in texts]


def differences(
    texts: Sequence[str], ours: Sequence[Sequence[Span]], theirs: Sequence[Sequence[Span]]
) -> str:
    """How many places only one of two ways found, and the cause where there is one cause."""
    missed, added, spaced = 0, 0, 0
    for text, one, other in zip(texts, ours, theirs, strict=True):
        lacking = set(one) - set(other)
        missed += len(lacking)
        added += len(set(other) - set(one))
        spaced += sum("  " in text[start:end] for start, end in lacking)
    if not missed and not added:
        return "none"
    return f"{missed} missed, {spaced} of them for a second space in the name; {added} added"


def with_pattern(finder: Finder) -> Way:
    """Our own: a pattern shaped as the tree of the letters."""
    return lambda text: [match.span(1) for match in finder.pattern.finditer(text)]


def with_alternation(finder: Finder) -> Way:
    """The names side by side, the longest first."""
    names = "|".join(map(re.escape, sorted(finder.names, key=lambda name: (-len(name), name))))
    pattern = re.compile(rf"(?<![\w{COMBINING}])({names})(?:'s)?(?![\w{COMBINING}])")
    return lambda text: [match.span(1) for match in pattern.finditer(text)]


def with_pyahocorasick(finder: Finder) -> Way | None:
    """Every name wherever its letters stand; then what is a whole word, the longest at each place."""
    module: Any = installed("ahocorasick")
    if module is None:
        return None
    automaton = module.Automaton()
    for name in finder.names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def way(text: str) -> Sequence[Span]:
        return whole(text, ((last + 1 - length, last + 1) for last, length in automaton.iter(text)))

    return way


def with_ahocorasick_rs(finder: Finder) -> Way | None:
    """The same by the library written in Rust."""
    module: Any = installed("ahocorasick_rs")
    if module is None:
        return None
    automaton = module.AhoCorasick(list(finder.names))

    def way(text: str) -> Sequence[Span]:
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return whole(text, ((start, end) for _, start, end in found))

    return way


def whole(text: str, found: Iterable[Span]) -> list[Span]:
    """Of overlapping places those that are whole words, the longest at each, none overlapping another."""
    words = [
        (start, -end)
        for start, end in found
        if not WORD.match(text[start - 1 : start]) and not WORD.match(text[end : end + 1])
    ]
    result: list[Span] = []
    done = 0
    for start, negative in sorted(words):
        if start >= done:
            done = -negative
            result.append((start, done))
    return result


WAYS: Sequence[tuple[str, Callable[[Finder], Way | None], int]] = (
    ("a tree as a pattern (`re`), which is ours", with_pattern, ROUNDS),
    ("pyahocorasick, and a filter", with_pyahocorasick, ROUNDS),
    ("ahocorasick-rs, and a filter", with_ahocorasick_rs, ROUNDS),
    ("names side by side (`re`)", with_alternation, 1),
)


# --- Building ---


@dataclass(frozen=True)
class Contender:
    """A site to be built, and how often."""

    name: str
    folder: Path
    command: Sequence[str]
    once: bool = False


def building(
    contenders: Sequence[Contender], missing: Sequence[str], size: tuple[int, int], rounds: int
) -> None:
    """What a build takes, beside plain Material on the same text."""
    costs: dict[str, list[Cost]] = {one.name: [] for one in contenders}
    for turn in range(rounds):
        # The order turns round every other time: what is left of one in the caches helps the next.
        for one in contenders if turn % 2 == 0 else reversed(contenders):
            if turn == 0 or not one.once:
                sys.stderr.write(f"round {turn + 1} of {rounds}: {one.name}\n")
                costs[one.name].append(measure(one.command, one.folder))
    say(
        f"{size[0]} chapters, {size[1]} terms, {rounds} rounds.",
        "",
        "| Build | CPU seconds: median (range) | Peak MB | To plain Material |",
        "| --- | --- | --- | --- |",
    )
    plain = costs[contenders[0].name]
    for one in contenders:
        pairs = zip(costs[one.name], plain, strict=False)
        ratio = statistics.median(cost.seconds / beside.seconds for cost, beside in pairs)
        say(row(one.name, costs[one.name], f"{ratio:.2f} x"))
    say(*(f"| {name} | not installed | | |" for name in missing))


def sites(folder: Path, chapters: int, count: int) -> tuple[list[Contender], list[str]]:
    """The sites, plain Material first, and what cannot be built here."""
    bare, ours = generated(folder / "bare", chapters, 0), generated(folder / "ours", chapters, count)
    write_plain(bare)
    manual = load(ours)
    abbreviated(bare, manual.glossary.terms)
    found = [
        Contender("plain Material", bare, PLAIN),
        Contender("Chapterhouse without a glossary", bare, BUILD),
        Contender("Chapterhouse with its glossary", ours, BUILD),
        Contender("Material, `abbr`, blank lines between", bare, by("spaced")),
        Contender("Material, `abbr`, one a line", bare, by("lines"), once=True),
    ]
    marks = {"what we link": True, "every mention": False}
    names = {f"Material, ezglossary, {what} marked": first for what, first in marks.items()}
    if installed("mkdocs_ezglossary_plugin") is None:
        return found, list(names)
    for name, first in names.items():
        copy = folder / f"marked-{first}"
        marked(bare, copy, manual, only_first=first)
        found.append(Contender(name, copy, by("marked")))
    return found, []


def by(name: str) -> tuple[str, ...]:
    """The command that builds with the settings of that name."""
    return (*BUILD[:-1], f"site-{name}", "--config-file", f"{name}.yml")


def settings(folder: Path) -> dict[str, Any]:
    """Those of plain Material."""
    loaded: dict[str, Any] = yaml.safe_load((folder / "plain.yml").read_text("utf-8"))
    return loaded


def abbreviated(folder: Path, listed: Sequence[Term]) -> None:
    """Settings for tooltips by `abbr`, with a definition of each name appended to every page."""
    lines = [f"*[{name}]: {' '.join(term.definition.split())}" for term in listed for name in term.names]
    for name, between in (("lines", "\n"), ("spaced", "\n\n")):
        # Outside of the pages, as its documentation says.
        (folder / f"{name}.md").write_text(between.join(lines) + "\n", "utf-8")
        own = settings(folder)
        own["theme"]["features"] = ["content.tooltips"]
        appended = {"pymdownx.snippets": {"auto_append": [f"{name}.md"]}}
        own["markdown_extensions"] = [*own["markdown_extensions"], "abbr", appended]
        (folder / f"{name}.yml").write_text(yaml.safe_dump(own), "utf-8")


def marked(bare: Path, folder: Path, manual: Manual, *, only_first: bool) -> None:
    """A copy of plain Material's site in which terms are marked as ezglossary reads them, and defined."""
    shutil.copytree(bare, folder, ignore=shutil.ignore_patterns("site*", "amendments"))
    for chapter in manual.chapters:
        places = [
            (one.start, one.end, one.term.term, one.words)
            for one in terms(manual, chapter, date.fromisoformat(BUILD_DATE))
            if (one.first if only_first else one.linkable)
        ]
        source = chapter.source.text
        body = "".join(written(chapter.text, places))
        text = source[: chapter.start] + body + source[chapter.start + len(chapter.text) :]
        (folder / chapter.source.path).write_text(text, "utf-8")
    entries = (
        f"term:{term.term}\n:   {' '.join(term.definition.split())}\n" for term in manual.glossary.terms
    )
    page = "# Glossary\n\n<glossary::term>\n\n# Definitions\n\n" + "\n".join(entries)
    (folder / "procedures" / "terms.md").write_text(page, "utf-8")
    own = settings(folder)
    own["plugins"] = [*own["plugins"], "ezglossary"]
    own["markdown_extensions"] = [*own["markdown_extensions"], "def_list"]
    (folder / "marked.yml").write_text(yaml.safe_dump(own), "utf-8")


def written(text: str, places: Sequence[tuple[int, int, str, str]]) -> Iterator[str]:
    """A text with its marks. A cell of a table keeps the term's own name: a bar would part it."""
    done = 0
    for start, end, term, words in places:
        line = text.rfind("\n", 0, start) + 1
        yield text[done:start]
        yield f"<term:{term}>" if text.startswith("|", line) else f"<term:{term}|{words}>"
        done = end
    yield text[done:]


if __name__ == "__main__":
    main()
